"""What search looks through follows content, and what content leaves alone is not written."""

from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from booking_service.directory.findings import Finding, FindingSlip, FindingWord, Found
from booking_service.directory.models import Payer, Practice, Service
from booking_service.directory.sync import sync
from tests.builders.queries import statements
from tests.directory.test_sync import CLINIC, DOCTOR, SERVICE, content, with_practice, with_service


def words_of(session: Session, kind: Found) -> set[str]:
    return set(session.scalars(select(FindingWord.word).where(FindingWord.kind == kind)))


def test_a_service_is_found_with_what_search_asks_of_it(session: Session, now: datetime) -> None:
    sync(session, content(cards=[with_service(where="video") | {"languages": ["lv", "ru"]}]), now)

    found = session.scalars(select(Finding)).one()
    assert found.id == session.scalars(select(Service.id)).one()
    assert found.practice_id == session.scalars(select(Practice.id)).one()
    assert (found.doctor, found.clinic, found.town) == ("ilze-berzina", "veja-roze", "riga")
    assert (found.specialty, found.title, found.payer) == ("kardiologs", "konsultacija", Payer.PAID)
    assert (found.price_cents, found.online, found.remote, found.children) == (5500, True, True, True)
    assert (found.languages, found.insurers) == (",lv,ru,", ",sala,")


def test_children_are_seen_where_neither_card_nor_service_begins_later(session: Session, now: datetime) -> None:
    ages = ({}, {"from": "13"}, {"from": "14"})
    cards = [
        with_service(ages=of_service) | {"slug": f"d-{number}-{at}", "ages": of_card}
        for number, of_card in enumerate(ages)
        for at, of_service in enumerate(ages)
    ]
    sync(session, content(cards=cards), now)

    seen = set(session.scalars(select(Finding.doctor).where(Finding.children)))
    assert seen == {"d-0-0", "d-0-1", "d-1-0", "d-1-1"}


def test_things_are_found_by_their_words_of_every_language_folded(session: Session, now: datetime) -> None:
    sync(session, content(), now)

    assert words_of(session, Found.DOCTOR) == {"ilze", "berzina"}
    assert words_of(session, Found.CLINIC) == {"klinika", "veja", "roze", "clinic"}
    assert words_of(session, Found.SPECIALTY) == {"kardiologs", "kardiologi"}
    assert words_of(session, Found.TOWN) == {"riga"}
    assert words_of(session, Found.SERVICE) == {"konsultacija"}
    assert {"riga", "rga", "ria", "iga", "rig"} <= set(session.scalars(select(FindingSlip.rest)))


def test_practices_stand_in_the_order_of_pages_and_one_without_services_stands_alone(
    session: Session, now: datetime
) -> None:
    places = [
        {"clinic": "veja-roze", "branch": "juglas", "services": [SERVICE, SERVICE | {"id": "ekg"}]},
        {"clinic": "veja-roze", "services": []},
    ]
    sync(session, content(cards=[DOCTOR | {"practices": places}]), now)

    rows = session.scalars(select(Finding).order_by(Finding.position)).all()
    assert [(row.position, row.payer) for row in rows] == [(0, None), (1000, Payer.PAID), (1001, Payer.PAID)]
    assert rows[0].id == rows[0].practice_id
    assert not rows[0].online


def test_what_content_leaves_alone_is_not_written(engine: Engine, session: Session, now: datetime) -> None:
    sync(session, content(), now)

    with statements(engine) as seen:
        sync(session, content(), now)
    assert [one for one in seen if "finding" in one and not one.startswith("SELECT")] == []


def test_a_changed_card_changes_its_rows_alone(engine: Engine, session: Session, now: datetime) -> None:
    other = DOCTOR | {"slug": "anna-ozola", "given": "Anna", "family": "Ozola"}
    sync(session, content(cards=[DOCTOR, other]), now)

    with statements(engine) as seen:
        sync(session, content(cards=[DOCTOR | {"family": "Liepa"}, other]), now)
    assert "liepa" in words_of(session, Found.DOCTOR)
    assert words_of(session, Found.DOCTOR) == {"ilze", "liepa", "anna", "ozola"}
    slips = set(session.scalars(select(FindingSlip.word)))
    assert "liepa" in slips
    assert "berzina" not in slips
    assert not [one for one in seen if one.startswith(("INSERT INTO finding (", "DELETE FROM finding "))]


def test_a_doctor_who_left_is_found_no_longer(session: Session, now: datetime) -> None:
    sync(session, content(cards=[DOCTOR, with_practice() | {"slug": "anna-ozola", "given": "Anna"}]), now)
    sync(session, content(cards=[DOCTOR]), now)

    assert set(session.scalars(select(Finding.doctor))) == {"ilze-berzina"}
    assert words_of(session, Found.DOCTOR) == {"ilze", "berzina"}


def test_a_clinic_that_moves_takes_its_findings_along(session: Session, now: datetime) -> None:
    sync(session, content(), now)
    sync(session, content([CLINIC | {"insurers": []}]), now)

    assert session.scalars(select(Finding.insurers)).one() == ",,"
