"""Brings clinics, doctors and services in line with content: everything, or on any problem nothing at all."""

import argparse

from sqlalchemy.orm import Session

from booking_service import clock
from booking_service.bookings.letters import said
from booking_service.calendars import actions as calendars
from booking_service.calendars.store import zone
from booking_service.cli import place, store
from booking_service.cli.speech import complain, say
from booking_service.directory.rows import Change
from booking_service.directory.sync import ContentError, SyncReport, content, sync
from booking_service.settings import Settings


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def run(_args: argparse.Namespace, settings: Settings) -> int:
    try:
        directory = content(settings.content_dir)
    except ContentError as error:
        return complain(f"Nothing was changed. In {settings.content_dir} there is {error}")
    now = clock.now()
    with place.sessions(settings) as sessions, sessions.begin() as session:
        report = sync(session, directory, now)
        calendars.let_openings_lapse(session, report.doctors_touched, now)
        calendars.fill_holidays(session, now)
        lines, warnings = _told(report), _warnings(session, report)
    for line in lines or ["Nothing in content has changed."]:
        say(line)
    for warning in warnings:
        complain(warning)
    return 0


def _told(report: SyncReport) -> list[str]:
    tables = {"clinics": report.clinics, "doctors": report.doctors}
    tables |= {"practices": report.practices, "services": report.services}
    return [f"{name}: {_counts(change)}" for name, change in tables.items() if change]


def _counts(change: Change) -> str:
    counts = {"new": change.added, "changed": change.changed, "withdrawn": change.withdrawn}
    return ", ".join(f"{len(ids)} {word}" for word, ids in counts.items() if ids)


def _warnings(session: Session, report: SyncReport) -> list[str]:
    """Name the coming visits of what content no longer has: they stay, and somebody has to look after them."""
    gone = [*report.clinics.withdrawn, *report.doctors.withdrawn]
    gone += [*report.practices.withdrawn, *report.services.withdrawn]
    lines = []
    for booking in store.coming_of(session, gone, clock.now()):
        when = booking.starts.astimezone(zone(booking.clinic.zone))
        lines.append(
            f"warning: {booking.number}, {when:%Y-%m-%d %H:%M}, {said(booking.doctor.names, 'lv')} "
            f"({said(booking.service.titles, 'lv')}, {booking.clinic.slug}): booked, but no longer in content"
        )
    return lines
