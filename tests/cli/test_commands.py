"""Every command: what it does, and the one sentence with which it says no."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service import clock
from booking_service.accounts.actions import ask_code
from booking_service.accounts.models import Account, Role
from booking_service.bookings.models import Booking
from booking_service.cli import demo_fill, place
from booking_service.cli.main import COMMANDS, main
from booking_service.directory.models import Clinic, Doctor
from booking_service.mail.models import Letter, LetterState
from booking_service.patients.actions import patient_of_clinic
from booking_service.patients.models import Patient
from booking_service.patients.store import code_of
from booking_service.settings import read
from tests.builders import bookings, clinics, people
from tests.builders.content import change
from tests.cli.conftest import Said
from tests.conftest import NOW

Run = Callable[..., Said]


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], {}) == 0

    shown = capsys.readouterr().out
    assert all(f"\n  {name} " in shown for name in COMMANDS)


def test_an_unknown_command_ends_with_1_and_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fly"], {}) == 1

    assert "no command 'fly'" in capsys.readouterr().err


def test_sync_says_what_is_new_and_then_that_nothing_is(booking: Run, sessions: sessionmaker[Session]) -> None:
    first, second = booking("sync"), booking("sync")

    assert first.status == second.status == 0
    assert "clinics: 2 new" in first.out
    assert second.out == "Nothing in content has changed.\n"
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Clinic)) == 2


def test_sync_reports_every_problem_and_changes_nothing(
    booking: Run, settings_of: dict[str, str], sessions: sessionmaker[Session]
) -> None:
    booking("sync")
    folder = Path(settings_of["CONTENT"])
    change(folder, "clinics/veja-roze.md", "mon: 8:00-19:00", "mon: 8-19-20")
    change(folder, "clinics/veja-roze.md", "insurers: [sala]", "insurers: [salla]")
    change(folder, "doctors/ilze-berzina.md", "given: Ilze", "given: Anna")

    said = booking("sync")

    assert said.status == 1
    assert "Nothing was changed" in said.err
    assert "2 problems" in said.err
    assert 'did you mean "sala"?' in said.err
    with sessions() as session:
        names = session.scalars(select(Doctor.names).where(Doctor.slug == "ilze-berzina")).one()
    assert names["lv"] == "Ilze Bērziņa"


def test_sync_warns_of_visits_whose_card_has_gone(
    booking: Run, settings_of: dict[str, str], sessions: sessionmaker[Session]
) -> None:

    with sessions.begin() as writing:
        booked = bookings.booked(writing, clinics.house(writing, clinic_slug="pazudusi", clinic_prefix="PZ"), now=NOW)

    said = booking("sync")

    assert said.status == 0
    assert f"warning: {booked.number}" in said.err
    assert "no longer in content" in said.err


def test_staff_are_given_a_role_listed_and_ended(booking: Run, sessions: sessionmaker[Session]) -> None:
    booking("sync")

    added = booking("staff", "add", "Sandra@Klinika.example", "veja-roze", "reception")
    assert added.status == 0
    assert "/desk/" in added.out
    assert booking("staff", "add", "sandra@klinika.example", "veja-roze", "reception").status == 0
    assert booking("staff", "list").out == "veja-roze\treception\tsandra@klinika.example\n"
    assert booking("staff", "end", "sandra@klinika.example", "veja-roze", "reception").status == 0
    assert "Nobody" in booking("staff", "list").out
    with sessions() as session:
        assert session.scalars(select(Role)).one().ended_at is not None


@pytest.mark.parametrize(
    ("argv", "lang", "words"),
    [
        (("add", "a@b.lv", "nekur", "reception"), "en_GB.UTF-8", "nekur"),
        (("add", "a@b.lv", "nekur", "reception"), "lv_LV.UTF-8", "Klīnikas „nekur” nav"),
        (("add", "nav-adrese", "veja-roze", "reception"), "lv_LV.UTF-8", ""),
        (("add", "a@b.lv", "veja-roze", "doctor"), "en", ""),
        (("end", "a@b.lv", "veja-roze", "head"), "en", "a@b.lv"),
    ],
)
def test_a_refusal_is_one_sentence_in_the_operators_language(
    booking: Run, argv: tuple[str, ...], lang: str, words: str
) -> None:
    booking("sync")

    said = booking("staff", *argv, LANG=lang)

    assert said.status == 1
    assert said.err.count("\n") == 1
    assert words in said.err
    assert "refusal." not in said.err


def test_a_role_that_does_not_exist_is_refused(booking: Run) -> None:
    assert booking("staff", "add", "a@b.lv", "veja-roze", "king").status == 1


def test_a_new_key_file_is_made_once(booking: Run, tmp_path: Path) -> None:
    path = tmp_path / "safe" / "keys.json"

    made, again = booking("keys", "new", KEYS_FILE=str(path)), booking("keys", "new", KEYS_FILE=str(path))

    assert (made.status, again.status) == (0, 1)
    assert path.stat().st_mode & 0o077 == 0


def test_keys_are_changed_without_losing_what_is_sealed(
    booking: Run, settings_of: dict[str, str], sessions: sessionmaker[Session]
) -> None:

    with place.sessions(read(settings_of)) as made, made.begin() as session:
        at = clinics.clinic(session)

        patient_of_clinic(session, at.id, people.patient_facts(), now=NOW)

    assert booking("keys", "rotate").status == 0
    said = booking("keys", "finish")

    assert said.status == 0
    assert "Re-encrypted" in said.out
    assert list(json.loads(Path(settings_of["KEYS_FILE"]).read_text())["encryption"]) == ["2"]

    with place.sessions(read(settings_of)) as made, made.begin() as session:
        code = code_of(session.scalars(select(Patient)).one())
        assert code is not None
        assert code.written() == people.CODE


def test_letters_that_failed_are_listed_and_sent_again(booking: Run, settings_of: dict[str, str]) -> None:

    with place.sessions(read(settings_of)) as made, made.begin() as session:
        ask_code(session, email="anna@example.lv", lang="lv", network="192.0.2.1", now=NOW)
        letter = session.scalars(select(Letter)).one()
        letter.state, letter.reason = LetterState.FAILED, "550 no such mailbox"

    listed = booking("letters")
    assert "550 no such mailbox" in listed.out
    assert "anna@" not in listed.out
    assert booking("letters", "--again").out.startswith("1 of 1")
    assert booking("letters").out == "0 failed, 1 waiting.\n"


def test_health_is_well_when_it_is(booking: Run) -> None:
    said = booking("health")

    assert said.status == 0
    assert "well" in said.out


def test_health_says_that_no_worker_sends(booking: Run, settings_of: dict[str, str]) -> None:

    with place.sessions(read(settings_of)) as made, made.begin() as session:
        late = clock.now() - timedelta(hours=1)
        ask_code(session, email="anna@example.lv", lang="lv", network="192.0.2.1", now=late)

    said = booking("health")

    assert said.status == 1
    assert "booking work" in said.err


def test_a_missing_key_file_is_one_sentence(booking: Run, tmp_path: Path) -> None:
    said = booking("staff", "list", KEYS_FILE=str(tmp_path / "nowhere.json"))

    assert said.status == 1
    assert "booking keys new" in said.err


def test_a_database_without_tables_says_what_to_run(booking: Run, tmp_path: Path) -> None:
    said = booking("health", DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite3'}")

    assert said.status == 1
    assert "booking migrate" in said.err


def test_a_database_that_cannot_be_reached_is_one_sentence(booking: Run, tmp_path: Path) -> None:
    said = booking("health", DATABASE_URL=f"postgresql://nobody@/none?host={tmp_path}")

    assert said.status == 1
    assert said.err.startswith("The database does not answer")
    assert said.err.count("\n") == 1


def test_migrating_says_from_where_to_where(booking: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"

    first, second = booking("migrate", DATABASE_URL=url), booking("migrate", DATABASE_URL=url)

    assert "from nothing to step" in first.out
    assert "up to date" in second.out


def test_a_migration_without_words_is_not_written(booking: Run) -> None:
    assert booking("migration", "  ").status == 1


def test_bad_settings_are_one_sentence(booking: Run) -> None:
    said = booking("health", SMTP_SECURITY="maybe")

    assert said.status == 1
    assert "SMTP_SECURITY" in said.err


def test_the_demo_refuses_outside_demo_mode(booking: Run) -> None:
    said = booking("demo")

    assert said.status == 1
    assert "DEMO=1" in said.err


def test_the_demo_refuses_a_database_with_real_accounts(booking: Run, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        people.account(session, "anna@gmail.example")

    said = booking("demo", DEMO="1")

    assert said.status == 1
    assert "real people" in said.err
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_the_demo_is_made_once_and_needs_no_second(booking: Run, sessions: sessionmaker[Session]) -> None:
    booking("sync")

    first = booking("demo", DEMO="1")
    with sessions() as session:
        count = session.scalar(select(func.count()).select_from(Booking))
    second = booking("demo", DEMO="1")

    assert first.status == second.status == 0
    assert "Sign in at /desk/" in first.out
    assert count
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Booking)) == count
        assert session.scalar(select(func.count()).select_from(Role))


def test_the_same_day_gives_the_same_demo(booking: Run, sessions: sessionmaker[Session]) -> None:
    booking("sync")

    first, second, other = (filled(sessions, day) for day in (NOW, NOW, NOW + timedelta(days=1)))

    assert first == second != other


def filled(sessions: sessionmaker[Session], now: datetime) -> list[tuple[object, ...]]:
    """The demo's visits of a day, taken back afterwards."""
    with sessions() as session:
        demo_fill.fill(session, now)
        return told(session)


def told(session: Session) -> list[tuple[object, ...]]:
    """What a person would notice of the demo's visits; guests book through the real actions, under random numbers."""
    rows = select(Booking.number, Booking.starts, Booking.state, Booking.origin, Patient.family).join(
        Patient, Patient.id == Booking.patient_id
    )
    return [tuple(row) for row in session.execute(rows.where(Booking.account_id.is_(None)).order_by(Booking.number))]
