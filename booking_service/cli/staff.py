"""Gives and ends the roles of clinic staff, and lists them; whoever has a role signs in by a code to the address."""

import argparse

from booking_service import clock
from booking_service.accounts import actions
from booking_service.accounts.models import RoleKind
from booking_service.accounts.store import account_of, clinic_id_of, live_role
from booking_service.cli import place, store
from booking_service.cli.speech import say
from booking_service.refusals import Refusal
from booking_service.security import contacts
from booking_service.settings import Settings

ROLES = [kind.value for kind in RoleKind]


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    listing = acts.add_parser("list", help="who works where")
    listing.add_argument("clinic", nargs="?", default="", help="only of this clinic")
    for act, text in (("add", "give a role"), ("end", "end a role; its bookings and its journal stay")):
        one = acts.add_parser(act, help=text)
        one.add_argument("email")
        one.add_argument("clinic", help="the clinic's slug, the name of its content file")
        one.add_argument("role", choices=ROLES)
        if act == "add":
            one.add_argument("--doctor", default="", help="whose day a doctor's role sees: the doctor's slug")


def run(args: argparse.Namespace, settings: Settings) -> int:
    acts = {"list": _list, "add": _add, "end": _end}
    return acts[args.act](args, settings)


def _list(args: argparse.Namespace, settings: Settings) -> int:
    with place.sessions(settings) as sessions, sessions.begin() as session:
        found = store.staff(session, args.clinic)
    for clinic, email, kind, doctor, _ in found:
        say(f"{clinic}\t{kind}\t{email}" + (f"\t{doctor}" if doctor else ""))
    if not found:
        say("Nobody works anywhere yet: booking staff add EMAIL CLINIC ROLE")
    return 0


def _add(args: argparse.Namespace, settings: Settings) -> int:
    with place.sessions(settings) as sessions, sessions.begin() as session:
        actions.grant(
            session,
            email=args.email,
            clinic_slug=args.clinic,
            role=RoleKind(args.role),
            doctor_slug=args.doctor,
            now=clock.now(),
        )
    say(f"{args.email} has the role {args.role} at {args.clinic}, and signs in at {settings.site_url}/desk/")
    return 0


def _end(args: argparse.Namespace, settings: Settings) -> int:
    with place.sessions(settings) as sessions, sessions.begin() as session:
        account = account_of(session, contacts.email(args.email))
        clinic_id = clinic_id_of(session, args.clinic)
        if clinic_id is None:
            raise Refusal("clinic-unknown", slug=args.clinic)
        role = live_role(session, account.id, clinic_id, RoleKind(args.role)) if account else None
        if role is None:
            raise Refusal("role-unknown", email=args.email, role=args.role, clinic=args.clinic)
        actions.end_role(session, role, now=clock.now())
    say(f"{args.email} no longer has the role {args.role} at {args.clinic}.")
    return 0
