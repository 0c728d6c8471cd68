"""Everything that the demo puts into its database, in one transaction; the same day gives the same demo."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from booking_service import clock
from booking_service.accounts import actions as accounts
from booking_service.accounts.models import RoleKind
from booking_service.bookings import actions
from booking_service.calendars.actions import fill_holidays
from booking_service.calendars.store import timetables
from booking_service.cli import demo_guests, demo_hours, place, store
from booking_service.cli.demo_people import DOMAIN
from booking_service.cli.demo_rows import Sheet
from booking_service.cli.demo_visits import AHEAD, BEFORE, plan
from booking_service.directory.models import Clinic, Practice

FULL, QUIET = 0.62, 0.05
BUSY = ("baltais-berzs", "bernu-klinika-pucite", "sirds-centrs-kruze", "veja-roze")
PEOPLE = 360


def fill(session: Session, now: datetime) -> str:
    """Write the whole demo in one transaction; return what was made, in a sentence."""
    rng = Random(now.astimezone(ZoneInfo("Europe/Riga")).date().isoformat())  # noqa: S311 - invented people
    fill_holidays(session, now)
    clinics = store.clinics(session)
    practices = store.bookable_practices(session)
    _open(session, clinics, practices, rng, now)
    visits = 0
    for number, clinic in enumerate(clinics):
        here = [practice for practice in practices if practice.clinic_id == clinic.id]
        _staff(session, clinic, here, number, now)
        visits += _visits(session, clinic, here, rng, now, FULL if clinic.slug in BUSY else QUIET)
    guests = demo_guests.book(session, practices, rng, now)
    return f"{visits + guests} visits at {len(clinics)} clinics. Sign in at /desk/, or as {demo_guests.ADDRESSES}."


def write_openings(sessions: place.Sessions) -> int:
    """Write the first free times of doctors who have none yet; return of how many, nothing when all are written."""
    with sessions.begin() as session:
        return actions.refresh_openings(session, now=clock.now())


def _open(
    session: Session, clinics: Sequence[Clinic], practices: Sequence[Practice], rng: Random, now: datetime
) -> None:
    by_id = {clinic.id: clinic for clinic in clinics}
    of_doctor: dict[object, list[Practice]] = {}
    for practice in practices:
        of_doctor.setdefault(practice.doctor_id, []).append(practice)
    rows = demo_hours.Rows()
    for theirs in of_doctor.values():
        for number, practice in enumerate(theirs):
            weekdays = demo_hours.weekdays_of(number, len(theirs), rng)
            rows.join(demo_hours.open_practice(by_id[practice.clinic_id], practice, weekdays, rng))
            demo_hours.send_away(session, practice, rng, now)
    rows.write(session)


def _staff(session: Session, clinic: Clinic, practices: Sequence[Practice], number: int, now: datetime) -> None:
    """Reception for every clinic; a head and a doctor for the first few."""
    given = [(f"registratura.{clinic.slug}", RoleKind.RECEPTION, "")]
    if number < 3:
        given.append((f"vaditaja.{clinic.slug}", RoleKind.HEAD, ""))
        if practices:
            given.append((f"arsts.{clinic.slug}", RoleKind.DOCTOR, practices[0].doctor.slug))
    for name, role, doctor in given:
        accounts.grant(
            session, email=f"{name}@{DOMAIN}", clinic_slug=clinic.slug, role=role, doctor_slug=doctor, now=now
        )


def _visits(
    session: Session, clinic: Clinic, practices: Sequence[Practice], rng: Random, now: datetime, fullness: float
) -> int:
    sheet = Sheet(clinic, rng, now)
    sheet.add_people(PEOPLE if fullness == FULL else PEOPLE // 6)
    services = [service for practice in practices for service in practice.services if service.bookable]
    since, until = now - timedelta(days=BEFORE + 1), now + timedelta(days=AHEAD + 1)
    tables = timetables(session, [service.id for service in services], since, until)
    for practice in practices:
        here = [table for table in tables if table.practice_id == practice.id]
        sheet.add(plan(here, services, rng, now, fullness))
    sheet.write(session)
    return len(sheet.bookings)
