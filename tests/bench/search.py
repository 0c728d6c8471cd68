"""Search among 10,000 doctors with openings: one page with its filters, counts and times, on each database.

The pages are asked of the application itself, one after another, as one worker answers them.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from demo_content.make import make
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, insert, text
from sqlalchemy.orm import Session, sessionmaker

from booking_service.calendars.models import Opening
from booking_service.cli import demo_hours, store
from booking_service.db import prepare
from booking_service.directory.models import Payer, Practice
from booking_service.directory.sync import content, sync
from booking_service.migrations.upgrade import upgrade
from booking_service.security import encryption, keys
from tests.apps import make_app

DOCTORS, CLINICS = 10_000, 800
ROUNDS = 5
RIGA = ZoneInfo("Europe/Riga")
# As people ask: specialty or service with a town, names, slips, other languages, filters; and then the widest of all.
ASKED = (
    "q=kardiologs+rīga", "q=кардиолог+рига", "q=kardiologs+rigaa", "q=neirologs&payer=state", "q=ģimenes+ārsts+liepājā",
    "q=berzina", "q=ilze+berzina", "q=brezina+ilze", "q=ozol", "q=andris+kalnins", "q=ehokardiogrāfija+rīga",
    "q=zobu+higiēna+jelgava", "q=pediatrs&when=evening", "q=pediatrs&town=riga&lang=ru", "q=heart+doctor+in+Riga",
    "q=dermatologs&sort=price", "q=acu+ārsts&free=1", "q=psihiatrs&remote=1", "q=fizioterapeits+valmiera&page=2",
    "specialty=ginekologs&town=riga&children=1", "q=xqzzyw",
)  # fmt: skip
WIDE = ("", "town=riga", "q=ārsts", "payer=state&free=1")


def measure(kind: str, database_url: str, folder: Path) -> None:
    """Print the figures for one database, which must be empty."""
    encryption.install(keys.fresh())
    engine = create_engine(database_url)
    prepare(engine)
    before = process_time()
    _fill(engine, folder / "content", datetime.now(UTC))
    print(f"{kind}, {DOCTORS} doctors (made in {process_time() - before:.0f} s of CPU)", flush=True)
    app = make_app(engine, folder / "data")
    for name, queries, goal in (("as people ask", ASKED, 50), ("the widest", WIDE, 0)):
        print(_line(name, app.test_client(), queries, goal), flush=True)
    engine.dispose()


def _line(name: str, client: FlaskClient, queries: Sequence[str], goal: int) -> str:
    wall, cpu = [], []
    for _ in range(ROUNDS):
        for query in queries:
            began, worked = perf_counter(), process_time()
            if (status := client.get(f"/search/?{query}").status_code) not in (200, 404):
                raise RuntimeError(f"/search/?{query} answered {status}")
            wall.append(1000 * (perf_counter() - began))
            cpu.append(1000 * (process_time() - worked))
    first, wall, cpu = wall[: len(queries)], sorted(wall[len(queries) :]), sorted(cpu[len(queries) :])
    median, worst = wall[len(wall) // 2], wall[int(len(wall) * 0.99)]
    mark = "" if not goal else "ok  " if median < goal else "MISS"
    aim = f" (goal {goal} ms)" if goal else ""
    own, once = cpu[len(cpu) // 2], sorted(first)[len(first) // 2]
    figures = (
        f"p50 {median:.1f} ms{aim}, p99 {worst:.1f} ms, p50 of our CPU {own:.1f} ms, p50 when asked first {once:.1f} ms"
    )
    return f"  {mark:<4} search, {name:<14} {figures}"


def _fill(engine: Engine, folder: Path, now: datetime) -> None:
    upgrade(engine)
    make(folder, DOCTORS, CLINICS, False)
    sessions = sessionmaker(engine.execution_options(writes=True))
    with sessions.begin() as session:
        sync(session, content(folder), now)
    with sessions.begin() as session:
        _open(session, now)
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))


def _open(session: Session, now: datetime) -> None:
    """Hours for every practice, as the demo has them; and openings that these hours bear out, some weeks ahead."""
    rng = Random(1)  # noqa: S311 - invented hours
    rows = demo_hours.Rows()
    clinics = {clinic.id: clinic for clinic in store.clinics(session)}
    practices = store.bookable_practices(session)
    for practice in practices:
        rows.join(
            demo_hours.open_practice(clinics[practice.clinic_id], practice, demo_hours.weekdays_of(0, 1, rng), rng)
        )
    rows.write(session)
    spans: dict[tuple[UUID, Payer], list[Mapping[str, Any]]] = {}
    owners = {row["id"]: (row["practice_id"], row["payer"]) for row in rows.calendars}
    for row in rows.hours:
        spans.setdefault(owners[row["calendar_id"]], []).append(row)
    openings = [one for practice in practices for one in _openings(practice, spans, now, rng)]
    session.execute(insert(Opening), openings)


def _openings(
    practice: Practice, spans: Mapping[tuple[UUID, Payer], Sequence[Mapping[str, Any]]], now: datetime, rng: Random
) -> Iterator[dict[str, Any]]:
    later = now.astimezone(RIGA).date() + timedelta(days=1 + 7 * rng.choice((0, 0, 0, 1, 2)))
    for service in practice.services:
        theirs = spans.get((practice.id, service.payer), ()) if service.bookable else ()
        starts = sorted(_at(_next(later, span["weekday"]), span["start_minute"]) for span in theirs)
        evenings = sorted(
            _at(_next(later, one["weekday"]), 17 * 60) for one in theirs if one["end_minute"] > 17 * 60 + 30
        )
        weekends = [start for start in starts if start.astimezone(RIGA).weekday() > 4]
        yield {
            "practice_id": practice.id,
            "service_id": service.id,
            "first": starts[0] if starts else None,
            "first_evening": evenings[0] if evenings else None,
            "first_weekend": weekends[0] if weekends else None,
            "valid_until": now + timedelta(days=1),
            "days_from": now.astimezone(RIGA).date(),
            "days": "".join(rng.choice("01234") for _ in range(15)),
        }


def _next(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), RIGA).astimezone(UTC)


def on_sqlite() -> None:
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/search.sqlite3", Path(folder))
