"""Lists the letters that could not be sent, with the reason; `--again` lets them wait for sending once more."""

import argparse

from booking_service import clock
from booking_service.cli import place, store
from booking_service.cli.speech import say
from booking_service.mail import outbox
from booking_service.settings import Settings


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--again", action="store_true", help="send all of them again")


def run(args: argparse.Namespace, settings: Settings) -> int:
    with place.sessions(settings) as sessions:
        return _again(sessions) if args.again else _list(sessions)


def _list(sessions: place.Sessions) -> int:
    with sessions.begin() as session:
        failed = store.failed_letters(session)
        waiting, _ = store.waiting_letters(session)
    for letter in failed:
        # No address: a terminal's history is no place for it. The desk sees whose letter it was.
        say(f"{letter.made_at:%Y-%m-%d %H:%M}Z  {letter.kind:<22} {letter.attempts} tries  {letter.reason}")
    say(f"{len(failed)} failed, {waiting} waiting.")
    return 0


def _again(sessions: place.Sessions) -> int:
    with sessions.begin() as session:
        ids = store.failed_letter_ids(session)
        again = sum(outbox.send_again(session, letter_id, now=clock.now()) for letter_id in ids)
    say(f"{again} of {len(ids)} failed letters wait again; the others are too old to be sent.")
    return 0
