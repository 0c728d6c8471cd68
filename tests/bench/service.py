"""Look-ups, bookings, races and idle connections of the service, as ratios to bare routes on the same server."""

import itertools
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Engine, create_engine, func, insert, select, text
from sqlalchemy.orm import sessionmaker

from booking_service.accounts.models import Visitor
from booking_service.bookings import actions
from booking_service.bookings.models import Booking, State
from booking_service.bookings.rules import Holder
from booking_service.db import prepare
from booking_service.directory.models import Service
from booking_service.portal.typed import Typed
from booking_service.security import encryption, keys, tokens
from tests.bench import world as worlds
from tests.bench.client import Request, Sample, at_once, get, idle, post, run
from tests.bench.server import served

CLIENTS, SECONDS, BOOKINGS, RACES, RACERS = 8, 4.0, 640, 40, 50
ROUNDS = 3


@dataclass
class Figure:
    """One measured line: what, its ratio to the bare route, the goal, and the numbers behind it."""

    name: str
    ratio: float
    goal: float
    detail: str

    def line(self) -> str:
        mark = "ok  " if self.ratio >= self.goal else "MISS"
        return f"  {mark} {self.name:<44} {self.ratio:5.2f} (goal {self.goal:.2f})  {self.detail}"


def measure(kind: str, database_url: str, folder: Path) -> None:
    """Print the figures for one database, which must be empty."""
    ring, keys_file = keys.fresh(), folder / f"keys-{kind}.json"
    keys.write(ring, keys_file)
    encryption.install(ring)
    engine = create_engine(database_url, pool_size=10)
    prepare(engine)
    now = datetime.now(UTC).replace(microsecond=0)
    world = worlds.build(engine, now)
    morning = worlds.workday(now, 2)
    worlds.take_half(engine, world, morning, now)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bench_row (id VARCHAR(32) PRIMARY KEY, note VARCHAR(40))"))
        doctor = connection.scalar(select(Booking.doctor_id).limit(1))
    print(f"{kind}, 2 workers, {CLIENTS} clients")
    with served(database_url, keys_file, folder, str(doctor)) as port:
        for figure in (*_lookups(kind, port, world, morning), _bookings(port, engine, world, now)):
            print(figure.line(), flush=True)
        print(_races(port, engine, world, now), flush=True)
        print(_idle(port, world, morning), flush=True)
    engine.dispose()


def _lookups(kind: str, port: int, world: worlds.World, morning: datetime) -> list[Figure]:
    day = morning.date()
    paths = [f"/api/v1/doctors/{slug}/slots?from={day}&to={day}" for slug in world.doctors]
    ratios: list[tuple[float, Sample, Sample, Sample]] = []
    for _ in range(ROUNDS):
        ours = run(port, [_cycle(port, paths, start) for start in range(CLIENTS)], SECONDS)
        read = run(port, [_cycle(port, ["/bench/read"], 0) for _ in range(CLIENTS)], SECONDS)
        bare = run(port, [_cycle(port, ["/bench/bare"], 0) for _ in range(CLIENTS)], SECONDS)
        if set(ours.statuses) != {200}:
            raise RuntimeError(f"look-ups answered {ours.statuses}")
        ratios.append((ours.per_second / read.per_second, ours, read, bare))
    ratio, ours, read, bare = sorted(ratios, key=lambda row: row[0])[len(ratios) // 2]
    detail = (
        f"{ours.per_second:.0f}/s, p50 {ours.median:.1f} ms, p99 {ours.percentile(0.99):.1f} ms;"
        f" one indexed read {read.per_second:.0f}/s, bare {bare.per_second:.0f}/s"
    )
    return [
        Figure("look-ups / one indexed read", ratio, 0.35 if kind == "SQLite" else 0.25, detail),
        _rows(port, world, ours),
    ]


def _rows(port: int, world: worlds.World, lookups: Sample) -> Figure:
    """The rows of a list, fifty doctors with times and strips in one answer, counted one by one beside look-ups."""
    path = f"/search/live?d={','.join(world.doctors)}"
    ours = run(port, [_cycle(port, [path], 0) for _ in range(CLIENTS)], SECONDS)
    if set(ours.statuses) != {200}:
        raise RuntimeError(f"rows answered {ours.statuses}")
    rate = ours.per_second * len(world.doctors)
    detail = f"{ours.per_second:.0f} lists/s, p50 {ours.median:.1f} ms, p99 {ours.percentile(0.99):.1f} ms"
    return Figure("rows of a list / look-ups of one doctor", rate / lookups.per_second, 0.80, detail)


def _cycle(port: int, paths: list[str], start: int) -> Iterator[Request]:
    return itertools.cycle(get(path, port) for path in paths[start:] + paths[:start])


def _bookings(port: int, engine: Engine, world: worlds.World, now: datetime) -> Figure:
    """The final POST of a signed-in patient with a live hold, beside one committed row; a third of each in turn."""
    requests = _held(port, engine, world, now, BOOKINGS)
    ratios: list[tuple[float, Sample, Sample]] = []
    share = BOOKINGS // ROUNDS
    for number in range(ROUNDS):
        part = requests[number * share : (number + 1) * share]
        ours = run(port, [iter(part[client::CLIENTS]) for client in range(CLIENTS)], 60)
        row = run(port, [itertools.repeat(post("/bench/write", port)) for _ in range(CLIENTS)], SECONDS / 2)
        if set(ours.statuses) != {303}:
            raise RuntimeError(f"bookings answered {ours.statuses}")
        ratios.append((ours.per_second / row.per_second, ours, row))
    with sessionmaker(engine)() as session:
        booked = session.scalar(select(func.count()).where(Booking.state == State.CONFIRMED))
    if booked != share * ROUNDS:
        raise RuntimeError(f"{booked} bookings stand where {share * ROUNDS} were made")
    ratio, ours, row = sorted(ratios, key=lambda row: row[0])[len(ratios) // 2]
    detail = (
        f"{ours.per_second:.0f}/s, p50 {ours.median:.1f} ms, p99 {ours.percentile(0.99):.1f} ms;"
        f" one committed row {row.per_second:.0f}/s"
    )
    return Figure("bookings with letters / one committed row", ratio, 0.12, detail)


def _held(port: int, engine: Engine, world: worlds.World, now: datetime, count: int) -> list[Request]:
    """Make so many holds, each by a visitor of its own with everything typed; return the POSTs that book them."""
    sessions = sessionmaker(engine.execution_options(writes=True))
    requests = []
    for number in range(count):
        service = world.services[number % len(world.services)]
        start = worlds.workday(now, 5 + number // (32 * 50)) + timedelta(minutes=15 * (number // 50 % 32))
        holder = world.holders[number % len(world.holders)]
        token, visitor = tokens.new_token(), uuid4()
        with sessions.begin() as session:
            session.execute(
                insert(Visitor).values(**_visitor(visitor, token, number % len(world.holders), holder, now))
            )
            held = actions.hold(
                session,
                service_id=service,
                start=start,
                # As if held before signing in, and from afar: an account or a network may hold three times.
                holder=Holder(visitor, None, f"bench-{number}"),
                channel="direct",
                lang="lv",
                now=now,
            )
            requests.append(post(f"/book/{held.id}/check", port, cookie=f"__Host-session={token}"))
    return requests


def _visitor(visitor: UUID, token: str, patient: int, holder: Holder, now: datetime) -> dict[str, object]:
    """A signed-in visitor who has typed everything: a person whom the account and, soon, the clinic know already."""
    typed = Typed(
        given="Anna",
        family=f"Kalniņa {patient}",
        code=worlds.code_of(patient),
        birth_day="1",
        birth_month="1",
        birth_year="1990",
        phone="+37120000145",
        pays="self",
    )
    sealed = encryption.seal(json.dumps(typed.as_dict()), visitor, "visitor.typed")
    return {
        "id": visitor,
        "digest": tokens.digest(token),
        "account_id": holder.account_id,
        "network": holder.network,
        "device": "",
        "own_device": False,
        "typed": sealed,
        "made_at": now,
        "last_seen_at": now,
        "ends_at": now + timedelta(hours=12),
    }


def _races(port: int, engine: Engine, world: worlds.World, now: datetime) -> str:
    """Fifty clients want one time at once, over and over; the database counts, not the answers."""
    with sessionmaker(engine)() as session:
        slugs = dict(session.execute(select(Service.id, Service.slug)).all())  # type: ignore[arg-type]
    winners, refused, odd, doubles = [], 0, 0, 0
    for number in range(RACES):
        service = world.services[number % len(world.services)]
        start = worlds.workday(now, 20) + timedelta(minutes=15 * (number // len(world.services)))
        path = f"/book/{world.doctors[number % len(world.doctors)]}/{world.clinic}/{slugs[service]}/"
        body = f"start={start.isoformat().replace('+', '%2B')}"
        answers = at_once(port, [post(path, port, body, world.cookies[client]) for client in range(RACERS)])
        winners.append(sum(status == 303 for status, _ in answers))
        refused += sum(status == 409 for status, _ in answers)
        odd += sum(status not in (303, 409) for status, _ in answers)
        with sessionmaker(engine)() as session:
            live = select(func.count()).where(
                Booking.service_id == service, Booking.starts == start, Booking.state == State.HELD
            )
            doubles += (session.scalar(live) or 0) != 1
    fine = doubles == 0 and odd == 0 and set(winners) == {1}
    mark = "ok  " if fine else "MISS"
    return (
        f"  {mark} {RACES} races of {RACERS}: winners a race {min(winners)}-{max(winners)},"
        f" plainly refused {refused}, other answers {odd}, times not held exactly once {doubles}"
    )


def _idle(port: int, world: worlds.World, morning: datetime) -> str:
    """Twenty connections that say nothing must slow nobody."""
    day = morning.date()
    paths = [f"/api/v1/doctors/{slug}/slots?from={day}&to={day}" for slug in world.doctors]

    def rate() -> float:
        return run(port, [_cycle(port, paths, start) for start in range(CLIENTS)], SECONDS / 2).per_second

    before = rate()
    close = idle(port, 20)
    with_idle = rate()
    close()
    ratio = with_idle / before
    return (
        f"  {'ok  ' if ratio > 0.8 else 'MISS'} look-ups beside 20 idle connections / without {ratio:.2f} (goal 0.80)"
    )


def on_sqlite() -> None:
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/bench.sqlite3", Path(folder))
