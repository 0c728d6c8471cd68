"""Brings clinics, doctors and services in line with content: everything, or on any problem nothing at all."""

import argparse

from booking_service import clock
from booking_service.bookings.consequences import Stranded, follow_sync
from booking_service.calendars.store import zone
from booking_service.cli import place
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
        stranded = follow_sync(session, report, now=now)
    for line in _told(report) or ["Nothing in content has changed."]:
        say(line)
    for visit in stranded:
        complain(_warning(visit))
    return 0


def _told(report: SyncReport) -> list[str]:
    tables = {"clinics": report.clinics, "doctors": report.doctors}
    tables |= {"practices": report.practices, "services": report.services}
    return [f"{name}: {_counts(change)}" for name, change in tables.items() if change]


def _counts(change: Change) -> str:
    counts = {"new": change.added, "changed": change.changed, "withdrawn": change.withdrawn}
    return ", ".join(f"{len(ids)} {word}" for word, ids in counts.items() if ids)


def _warning(visit: Stranded) -> str:
    """A visit of what content no longer has: it stays booked, and somebody has to look after it."""
    when = visit.starts.astimezone(zone(visit.zone))
    what = f"{visit.doctor} ({visit.service}) at {visit.clinic}"
    return f"warning: {visit.number}, {when:%Y-%m-%d %H:%M}, {what}: booked, but no longer in content"
