"""`booking COMMAND`: finds the command, runs it, and turns every no into one sentence and exit status 1.

A command is a module with HELP (one line), `arguments(parser)` and `run(args, settings) -> status`; only the one that
is asked for is imported, so that `booking health` stays quick.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from sqlalchemy.exc import DBAPIError

from booking_service import settings
from booking_service.cli.speech import complain, language
from booking_service.migrations.upgrade import NotMigrated
from booking_service.refusals import Refusal
from booking_service.security.keys import KeysError
from booking_service.web.errors import sentence
from theme import words

COMMANDS = {
    "run": "make, fill and serve everything here, as `make run` does",
    "migrate": "make the tables, or bring older ones up to date",
    "migration": "write the next numbered migration from the models",
    "sync": "bring clinics, doctors and services in line with content",
    "work": "send letters and end what has lapsed, until stopped",
    "staff": "list, give and end the roles of clinic staff",
    "keys": "make the key file, or change its encryption key",
    "letters": "list letters that could not be sent, and send them again",
    "demo": "fill a demo database with staff, patients and bookings",
    "health": "say whether database, keys and worker are well",
}


def main(argv: Sequence[str], env: Mapping[str, str]) -> int:
    """Run one command; return its exit status."""
    name = argv[0] if argv else "help"
    if name not in COMMANDS:
        return _help(name)
    module = import_module(f"booking_service.cli.{name}")
    parser = argparse.ArgumentParser(prog=f"booking {name}", description=module.__doc__)
    module.arguments(parser)
    try:
        args = parser.parse_args(argv[1:])
    except SystemExit as ended:
        # argparse has said what is wrong (2), or shown its help (0).
        return 1 if ended.code else 0
    with words.speaking(language(env)):
        try:
            status: int = module.run(args, settings.read(env))
        except Refusal as refusal:
            return complain(sentence(refusal))
        except (settings.SettingsError, KeysError, NotMigrated) as error:
            return complain(str(error))
        except DBAPIError as error:
            if not error.connection_invalidated and error.code != "e3q8":
                raise
            return complain(f"The database does not answer: {str(error.orig).splitlines()[0]}")
    return status


def _help(name: str) -> int:
    known = name in ("help", "-h", "--help")
    out = sys.stdout if known else sys.stderr
    if not known:
        out.write(f"There is no command {name!r}.\n")
    out.write("booking COMMAND, one of:\n")
    out.writelines(f"  {command:<10} {text}\n" for command, text in COMMANDS.items())
    return 0 if known else 1
