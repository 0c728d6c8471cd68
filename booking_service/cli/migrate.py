"""Takes an empty or older database to the newest tables; nothing to do is no fault."""

import argparse

from booking_service.cli import place
from booking_service.cli.speech import say
from booking_service.migrations.upgrade import upgrade
from booking_service.settings import Settings


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def run(_args: argparse.Namespace, settings: Settings) -> int:
    with place.engine(settings) as engine:
        before, after = upgrade(engine)
    if before == after:
        say(f"The tables are up to date at step {after}.")
    else:
        say(f"The tables went from {'nothing' if before is None else f'step {before}'} to step {after}.")
    return 0
