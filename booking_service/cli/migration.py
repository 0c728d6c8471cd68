"""Writes the next numbered migration from the difference between the steps so far and the models."""

import argparse

from booking_service.cli.speech import complain, say
from booking_service.migrations.upgrade import propose
from booking_service.settings import ROOT, Settings


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", help="what it does, in a few words: it becomes the file's name")


def run(args: argparse.Namespace, _settings: Settings) -> int:
    if not any(sign.isalnum() for sign in args.words):
        return complain('Say what the migration does: make migration m="rooms of branches"')
    path = propose(args.words)
    say(f"Wrote {path.relative_to(ROOT)}. Read it by hand before it is run.")
    return 0
