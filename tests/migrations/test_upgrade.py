"""The numbered steps lead from an empty database to the tables of the models, on both databases."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, MetaData, create_engine, inspect, make_url, text
from sqlalchemy.exc import IntegrityError

from booking_service.db import prepare
from booking_service.migrations.comparison import differences
from booking_service.migrations.upgrade import FOLDER, position, propose, steps, upgrade
from booking_service.refusals import Refusal
from booking_service.tables import METADATA

CHILD_KEEPS_ROWS = '''"""A step that rebuilds a parent table."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    rebuilt = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("clinic", recreate=rebuilt) as batch:
        batch.add_column(sa.Column("motto", sa.String(40), nullable=True))
'''


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of each kind without any table."""
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'bare.sqlite3'}")
    else:
        server = create_engine(request.getfixturevalue("postgres").url, isolation_level="AUTOCOMMIT")
        name = f"bare_{uuid4().hex[:8]}"
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        server.dispose()
        engine = create_engine(make_url(request.getfixturevalue("postgres").url).set(database=name))
    prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def two_steps(tmp_path: Path) -> Path:
    """The steps so far and one more that rebuilds the table of clinics."""
    folder = tmp_path / "steps"
    folder.mkdir()
    for step in (FOLDER / "versions").glob("0*.py"):
        (folder / step.name).write_text(step.read_text(encoding="utf-8"), encoding="utf-8")
    last = sorted(folder.iterdir())[-1].name[:4]
    number = f"{int(last) + 1:04d}"
    (folder / f"{number}_motto.py").write_text(
        CHILD_KEEPS_ROWS.replace('"0002"', f'"{number}"').replace('"0001"', f'"{last}"'), encoding="utf-8"
    )
    return folder


def test_an_upgraded_empty_database_equals_the_models(bare: Engine) -> None:
    upgrade(bare)

    with bare.connect() as connection:
        assert differences(connection) == []


def test_constraints_and_indexes_bear_the_names_of_the_models(bare: Engine) -> None:
    upgrade(bare)
    upgraded = reflected(bare)
    METADATA.drop_all(bare)
    METADATA.create_all(bare)

    assert upgraded == reflected(bare)


def test_migrating_twice_changes_nothing(bare: Engine) -> None:
    _, newest = upgrade(bare)

    assert upgrade(bare) == (newest, newest)


def test_there_is_one_head_and_the_numbers_are_in_order() -> None:
    numbers = [step.revision for step in reversed(list(steps().walk_revisions()))]

    assert len(steps().get_heads()) == 1
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


def test_every_step_is_named_by_its_number_and_says_what_it_does() -> None:
    for step in steps().walk_revisions():
        assert re.fullmatch(rf"{step.revision}_[a-z0-9_]+\.py", Path(step.path).name)
        assert step.doc


def test_a_step_that_rebuilds_a_table_keeps_the_rows_that_point_to_it(bare: Engine, two_steps: Path) -> None:
    upgrade(bare)
    clinic = uuid4()
    with bare.begin() as connection:
        connection.execute(METADATA.tables["clinic"].insert().values(clinic_row(clinic)))
        connection.execute(METADATA.tables["clinic_settings"].insert().values(settings_row(clinic)))

    upgrade(bare, versions=two_steps)

    with bare.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM clinic_settings")).scalar() == 1


def test_a_practice_of_before_gets_the_town_of_its_clinic(bare: Engine, tmp_path: Path) -> None:
    first = FOLDER / "versions" / "0001_first_tables.py"
    (tmp_path / first.name).write_text(first.read_text(encoding="utf-8"), encoding="utf-8")
    upgrade(bare, versions=tmp_path)
    clinic, doctor = uuid4(), uuid4()
    doctor_row = {
        "id": doctor.hex, "slug": "x", "kind": "doctor", "names": "{}", "sort_key": "x", "specialties": "[]",
        "facts": "{}",
    }  # fmt: skip
    practice_row = {
        "id": uuid4().hex, "doctor_id": doctor.hex, "clinic_id": clinic.hex, "branch": "", "notice_minutes": 0,
        "horizon_days": 90, "cancel_by_minutes": 0, "visits_at_a_time": 1, "arrive_early_minutes": 0,
        "own_patients_only": False, "facts": "{}",
    }  # fmt: skip
    with bare.begin() as connection:
        connection.execute(METADATA.tables["clinic"].insert().values(clinic_row(clinic)))
        for table, row in (("doctor", doctor_row), ("practice", practice_row)):
            columns = ", ".join(row)
            connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES (:{', :'.join(row)})"), row)

    upgrade(bare)

    with bare.connect() as connection:
        assert connection.execute(text("SELECT town FROM practice")).scalars().all() == ["riga"]


def test_foreign_keys_are_checked_again_after_migrating(bare: Engine) -> None:
    upgrade(bare)

    with pytest.raises(IntegrityError), bare.begin() as connection:
        connection.execute(METADATA.tables["clinic_settings"].insert().values(settings_row(uuid4())))


def test_a_step_that_fails_leaves_the_database_where_it_was(bare: Engine, two_steps: Path) -> None:
    broken = sorted(two_steps.iterdir())[-1]
    broken.write_text(broken.read_text(encoding="utf-8") + "    op.execute('no such sentence')\n", encoding="utf-8")
    _, newest = upgrade(bare)

    with pytest.raises(Exception, match=r"syntax error"):
        upgrade(bare, versions=two_steps)

    with bare.connect() as connection:
        assert position(connection) == newest
        assert "motto" not in [column["name"] for column in inspect(connection).get_columns("clinic")]


def test_a_database_of_newer_code_is_refused(bare: Engine, two_steps: Path) -> None:
    upgrade(bare, versions=two_steps)

    with pytest.raises(Refusal) as refusal:
        upgrade(bare)

    assert refusal.value.code == "database-newer"


def test_sqlite_is_left_in_write_ahead_mode(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    prepare(engine)

    upgrade(engine)

    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()


def test_the_next_step_is_proposed_under_the_next_number(two_steps: Path) -> None:
    last = int(sorted(two_steps.iterdir())[-1].name[:4])

    path = propose("drop the motto", versions=two_steps)

    assert path.name == f"{last + 1:04d}_drop_the_motto.py"
    assert 'drop_column("motto")' in path.read_text(encoding="utf-8").replace("'", '"')


def reflected(engine: Engine) -> dict[str, Any]:
    """Names of everything in the database, by table."""
    seen = MetaData()
    seen.reflect(engine)
    inspector = inspect(engine)
    return {
        name: {
            "columns": {column.name: (str(column.type), column.nullable) for column in table.columns},
            "indexes": sorted((index.name or "", index.unique) for index in table.indexes),
            "checks": sorted(str(check["name"]) for check in inspector.get_check_constraints(name)),
            "uniques": sorted(str(unique["name"]) for unique in inspector.get_unique_constraints(name)),
            "keys": sorted(str(key["name"]) for key in inspector.get_foreign_keys(name)),
        }
        for name, table in seen.tables.items()
        if name != "alembic_version"
    }


def clinic_row(clinic: Any) -> dict[str, Any]:
    return {
        "id": clinic, "slug": "veja-roze", "names": {"lv": "Vēja roze"}, "number_prefix": "VR", "town": "riga",
        "zone": "Europe/Riga", "hours": [], "facts": {},
    }  # fmt: skip


def settings_row(clinic: Any) -> dict[str, Any]:
    return {
        "clinic_id": clinic, "ask_code": "always", "works_on_holidays": False, "answer_days": 1, "remind_days": [1],
        "desk_letters": "none", "waiting_together": False, "letter_texts": {}, "frame_origins": [],
    }  # fmt: skip
