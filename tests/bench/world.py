"""The clinic that is measured: 50 doctors, Monday to Friday 8.00-16.00, visits of 15 minutes, 60 patients."""

import secrets
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from clinic_directory.schema import Directory
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.accounts.models import Account, Address, AddressKind, Visitor
from booking_service.bookings import actions
from booking_service.bookings.rules import Holder
from booking_service.calendars.actions import create
from booking_service.calendars.slots import WeekSpan
from booking_service.directory.models import Doctor, Payer, Practice, Service
from booking_service.directory.sync import content, sync
from booking_service.migrations.upgrade import upgrade
from booking_service.patients.models import Person, Relation
from booking_service.security.encryption import seal
from booking_service.security.tokens import digest

DOCTORS, PATIENTS, MINUTES = 50, 60, 15
RIGA = ZoneInfo("Europe/Riga")
CLINIC_SLUG = "merijumu-klinika"
CLINIC = """\
---
name: Mērījumu klīnika
kind: clinic
number_prefix: MK
company_name: SIA „Mērījumi”
company_number: "40003000000"
institution_code: 0100-00000
address: {street: Kastaņu aleja 12, town: riga, post_code: LV-1010, latitude: "56.94965", longitude: "24.10519"}
phones: [+371 6000 0012]
email: registratura@merijumi.example
hours: {mon: 8:00-18:00, tue: 8:00-18:00, wed: 8:00-18:00, thu: 8:00-18:00, fri: 8:00-18:00}
checked: 2026-11-02
---
Klīnika, kurā mēra.
"""
DOCTOR = """\
---
kind: doctor
given: Ārsts
family: Numurs NUMBER
title: Kardiologs
cases: {genitive: Ārsta, dative: Ārstam, accusative: Ārstu, visit_to: pie ārsta}
specialties: [kardiologs]
languages: [lv]
register_number: "12345"
register_checked: 2026-02-22
checked: 2026-11-02
practices:
  - clinic: merijumu-klinika
    limits: {notice: 0 h, horizon: 90 d, cancel_by: 1 h, visits: 50}
    services:
      - id: konsultacija
        title: Konsultācija
        payer: paid
        minutes: 15
        price: "55.00"
---
Pieņem katru darbdienu.
"""
TABLES = {
    "specialties": "kardiologs: {name: Kardiologs, plural: Kardiologi, schema_org: [Cardiovascular], kind: doctor}\n",
    "towns": "riga: {name: Rīga, in: Rīgā, region: LV-RIX}\n",
    "insurers": "{}\n",
    "prices": "from: 2026-01-01\nexempt: Nav.\nprices: {}\n",
}


@dataclass
class World:
    """Slugs and ids that requests are made of. `cookies` belong to signed-in patients."""

    clinic: str
    doctors: list[str] = field(default_factory=list)
    services: list[UUID] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)


def build(engine: Engine, now: datetime) -> World:
    """Make the tables and the clinic on an empty database, from content files as an operator would."""
    upgrade(engine)
    with tempfile.TemporaryDirectory() as folder:
        content = _content(Path(folder))
        with sessionmaker(engine.execution_options(writes=True)).begin() as session:
            sync(session, content, now)
    world = World(CLINIC_SLUG, [f"arsts-{number}" for number in range(DOCTORS)])
    week = [WeekSpan(day, 8 * 60, 16 * 60) for day in range(5)]
    with sessionmaker(engine.execution_options(writes=True)).begin() as session:
        for slug in world.doctors:
            service, practice = session.execute(
                select(Service, Practice).join(Service.practice).join(Practice.doctor).where(Doctor.slug == slug)
            ).one()
            create(session, practice.id, Payer.PAID, week, now=now)
            world.services.append(service.id)
        for number in range(PATIENTS):
            _patient(session, number, now, world)
        while actions.refresh_openings(session, now=now):
            pass
    return world


def _content(folder: Path) -> Directory:
    for name, text in TABLES.items():
        (folder / "tables").mkdir(exist_ok=True)
        (folder / "tables" / f"{name}.yaml").write_text(text, encoding="utf-8")
    for kind in ("clinics", "doctors"):
        (folder / kind).mkdir()
    (folder / "clinics" / f"{CLINIC_SLUG}.md").write_text(CLINIC, encoding="utf-8")
    for number in range(DOCTORS):
        text = DOCTOR.replace("NUMBER", str(number))
        (folder / "doctors" / f"arsts-{number}.md").write_text(text, encoding="utf-8")
    return content(folder)


def _patient(session: Session, number: int, now: datetime, world: World) -> None:
    account = Account(id=uuid4(), created_at=now)
    visitor_id, token, person_id = uuid4(), secrets.token_urlsafe(32), uuid4()
    session.add(account)
    session.flush()
    session.add_all(
        [
            Address(account_id=account.id, kind=AddressKind.EMAIL, value=f"p{number}@bench.example", proven_at=now),
            Visitor(
                id=visitor_id,
                digest=digest(token),
                account_id=account.id,
                network=f"10.0.0.{number}",
                made_at=now,
                last_seen_at=now,
                ends_at=now + timedelta(hours=12),
            ),
            Person(
                id=person_id,
                account_id=account.id,
                relation=Relation.SELF,
                given="Anna",
                family=f"Kalniņa {number}",
                code=seal(code_of(number), person_id, "person.code"),
                birth_date=seal("1990-01-01", person_id, "person.birth_date"),
                phone="+37120000145",
                made_at=now,
            ),
        ]
    )
    world.cookies.append(f"__Host-session={token}")
    world.holders.append(Holder(visitor_id, account.id, f"10.0.0.{number}"))


def code_of(number: int) -> str:
    """The personal code, of the new form, of the patient with this number."""
    return f"32{number:09d}"


def workday(now: datetime, ahead: int) -> datetime:
    """Local 8.00 of the `ahead`-th working day from now, counted from tomorrow, in UTC."""
    day = now.astimezone(RIGA).date()
    while ahead >= 0:
        day += timedelta(days=1)
        ahead -= day.weekday() < 5
    return datetime(day.year, day.month, day.day, 8, tzinfo=RIGA).astimezone(UTC)


def take_half(engine: Engine, world: World, morning: datetime, now: datetime) -> None:
    """Hold every second time of one day at every doctor."""
    sessions = sessionmaker(engine.execution_options(writes=True))
    for number, service in enumerate(world.services):
        for slot in range(0, 32, 2):
            # Each from a network of its own: three holds are what one may have.
            holder = Holder(None, None, f"half-{number}-{slot}")
            with sessions.begin() as session:
                actions.hold(
                    session,
                    service_id=service,
                    start=morning + timedelta(minutes=MINUTES * slot),
                    holder=holder,
                    channel="direct",
                    lang="lv",
                    now=now,
                )
