"""Says whether the database, the keys and the worker are well; status 1 when one of them is not."""

import argparse
from datetime import timedelta

from booking_service import clock
from booking_service.cli import place, store
from booking_service.cli.speech import complain, say
from booking_service.settings import Settings

LATE = timedelta(minutes=10)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def run(_args: argparse.Namespace, settings: Settings) -> int:
    with place.sessions(settings) as sessions, sessions.begin() as session:
        waiting, oldest = store.waiting_letters(session)
        failed = len(store.failed_letter_ids(session))
    say(f"Database and keys are well; {waiting} letters wait, {failed} failed.")
    if oldest is not None and clock.now() - oldest > LATE:
        return complain(f"A letter has been due since {oldest:%Y-%m-%d %H:%M}Z: is `booking work` running?")
    return 0
