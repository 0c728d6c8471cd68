"""Fills a demo database: hours for every practice, staff for every desk, patients to sign in as, two weeks of visits.

It is made once: a second run adds nothing.
"""

import argparse
from importlib import import_module

from booking_service import clock
from booking_service.cli import place, store
from booking_service.cli.demo_people import DOMAIN
from booking_service.cli.speech import complain, say
from booking_service.settings import Settings


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def run(_args: argparse.Namespace, settings: Settings) -> int:
    if not settings.demo:
        return complain("The demo is only for trying things out: set DEMO=1.")
    with place.sessions(settings) as sessions:
        with sessions.begin() as session:
            addresses = store.addresses(session)
        if any(address.endswith(f"@{DOMAIN}") for address in addresses):
            return 0
        if addresses:
            return complain("This database has accounts of real people; the demo goes into an empty one.")
        say("Filling the demo's calendars ...")
        # Found by name only now: it needs half the service, which every later start would load for nothing.
        making = import_module("booking_service.cli.demo_fill")
        with sessions.begin() as session:
            told = making.fill(session, clock.now())
        while making.write_openings(sessions):
            pass
    say(told)
    return 0
