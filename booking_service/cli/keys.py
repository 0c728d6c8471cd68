"""Makes the key file, or changes its encryption key in two steps: `rotate`, restart, `finish`."""

import argparse

from booking_service.cli import place
from booking_service.cli.speech import complain, say
from booking_service.security import encryption, keys, rotation
from booking_service.settings import Settings
from booking_service.tables import METADATA


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "act",
        choices=("new", "rotate", "finish"),
        help="new: make a key file; rotate: add a key; finish: re-encrypt everything by it and drop the old ones",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    acts = {"new": _new, "rotate": _rotate, "finish": _finish}
    return acts[args.act](settings)


def _new(settings: Settings) -> int:
    if settings.keys_file.exists():
        return complain(f"{settings.keys_file} exists; nothing was changed, since its keys open what is stored.")
    keys.write(keys.fresh(), settings.keys_file)
    say(f"Wrote {settings.keys_file}. Keep a copy apart from the database's backup: without it nothing can be read.")
    return 0


def _rotate(settings: Settings) -> int:
    ring = keys.with_new_key(keys.read(settings.keys_file))
    keys.write(ring, settings.keys_file)
    say(f"Key {ring.newest} encrypts from now on. Restart web and worker, then run: booking keys finish")
    return 0


def _finish(settings: Settings) -> int:
    with place.sessions(settings) as sessions:
        ring = encryption.keyring()
        changed = rotation.rotate(sessions, METADATA)
    keys.write(keys.without_old_keys(ring), settings.keys_file)
    say(f"Re-encrypted {changed} fields; only key {ring.newest} is left.")
    return 0
