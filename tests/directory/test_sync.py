"""Content becomes rows, and later content changes them without losing what hangs on them."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from clinic_directory.schema import Clinic as ClinicCard
from clinic_directory.schema import Directory, Insurer, Prices, Specialty, Town
from clinic_directory.schema import Doctor as DoctorCard
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings import actions
from booking_service.calendars.models import Opening, PublicHoliday
from booking_service.directory.models import (
    Clinic,
    ClinicSettings,
    CodeRule,
    Doctor,
    OldSlug,
    Payer,
    Practice,
    Service,
    Term,
    TermKind,
)
from booking_service.directory.sync import sort_key, sync
from booking_service.refusals import Refusal
from tests.builders import bookings, clinics
from tests.builders.clinics import House
from tests.builders.queries import statements

ADDRESS = {
    "street": "Kastaņu aleja 12",
    "town": "riga",
    "post_code": "LV-1010",
    "latitude": "56.94965",
    "longitude": "24.10519",
}
TOWN: dict[str, Any] = {"slug": "riga", "name": {"lv": "Rīga", "en": "Riga"}, "in": "Rīgā", "region": "LV-RIX"}
CLINIC: dict[str, Any] = {
    "slug": "veja-roze",
    "file": "clinics/veja-roze.md",
    "name": {"lv": "Klīnika „Vēja roze”", "en": "“Vēja roze” clinic"},
    "kind": "clinic",
    "number_prefix": "VR",
    "company_name": "SIA „Vēja roze”",
    "company_number": "40003000000",
    "institution_code": "0100-00000",
    "address": ADDRESS,
    "branches": [{"id": "juglas", "name": "Juglas filiāle", "address": ADDRESS | {"street": "Juglas iela 3"}}],
    "phones": ["+371 6000 0012"],
    "hours": {"mon": "8:00-12:00, 13:00-17:00", "sun": "closed"},
    "insurers": ["sala"],
    "checked": "2026-11-02",
}
SERVICE: dict[str, Any] = {
    "id": "konsultacija",
    "title": {"lv": "Konsultācija"},
    "payer": "paid",
    "minutes": "30",
    "buffer": {"after": "5"},
    "price": "55.00",
    "ages": {"from": "12"},
}
DOCTOR: dict[str, Any] = {
    "slug": "ilze-berzina",
    "file": "doctors/ilze-berzina.md",
    "given": "Ilze",
    "family": "Bērziņa",
    "title": "Kardioloģe",
    "specialties": ["kardiologs"],
    "checked": "2026-11-02",
    "away_until": "2027-03-15",
    "practices": [{"clinic": "veja-roze", "room": "304", "services": [SERVICE], "limits": {"notice": "2 h"}}],
}


def content(clinic_cards: list[dict[str, Any]] | None = None, cards: list[dict[str, Any]] | None = None) -> Directory:
    """A directory of one clinic and one doctor, or of the given cards."""
    clinic_values = [ClinicCard(**card) for card in (clinic_cards if clinic_cards is not None else [CLINIC])]
    doctor_values = [DoctorCard(**card) for card in (cards if cards is not None else [DOCTOR])]
    price = {"specialist": {"amount": "4.00", "title": "Speciālists"}}
    return Directory(
        folder=Path(),
        clinics={clinic.slug: clinic for clinic in clinic_values},
        doctors={doctor.slug: doctor for doctor in doctor_values},
        specialties={"kardiologs": Specialty(slug="kardiologs", name="Kardiologs", plural="Kardiologi")},
        towns={
            "riga": Town(**{"slug": "riga", "name": {"lv": "Rīga", "en": "Riga"}, "in": "Rīgā", "region": "LV-RIX"})
        },
        insurers={"sala": Insurer(slug="sala", name="„Sala”")},
        prices=Prices(**{"from": "2026-01-01", "exempt": "Bērni", "prices": price}),
        pages={},
        lists={},
    )


def with_service(**values: Any) -> dict[str, Any]:
    return with_practice(services=[SERVICE | values])


def with_practice(**values: Any) -> dict[str, Any]:
    return DOCTOR | {"practices": [DOCTOR["practices"][0] | values]}


def house(session: Session) -> House:
    """The synced rows with a calendar, so that they can be booked."""
    clinic, doctor = session.scalars(select(Clinic)).one(), session.scalars(select(Doctor)).one()
    practice, service = session.scalars(select(Practice)).one(), session.scalars(select(Service)).one()
    doctor.away_until = None
    return House(clinic, doctor, practice, service, clinics.calendar(session, practice, grid_minutes=30))


def test_every_field_that_bookings_need_becomes_a_column(session: Session, now: datetime) -> None:
    report = sync(session, content(), now)

    clinic, doctor = session.scalars(select(Clinic)).one(), session.scalars(select(Doctor)).one()
    practice, service = session.scalars(select(Practice)).one(), session.scalars(select(Service)).one()
    assert (clinic.slug, clinic.number_prefix, clinic.town, clinic.zone) == ("veja-roze", "VR", "riga", "Europe/Riga")
    assert clinic.hours == [[0, 480, 720], [0, 780, 1020]]
    assert clinic.names == {"lv": "Klīnika „Vēja roze”", "en": "“Vēja roze” clinic"}
    assert clinic.facts["address"]["town_names"] == {"lv": "Rīga", "en": "Riga"}
    assert clinic.facts["insurers"] == [{"slug": "sala", "names": {"lv": "„Sala”"}}]
    assert (doctor.names, doctor.kind, doctor.specialties) == ({"lv": "Ilze Bērziņa"}, "doctor", ["kardiologs"])
    assert doctor.away_until is not None
    assert (practice.notice_minutes, practice.horizon_days, practice.visits_at_a_time) == (120, 90, 2)
    assert practice.facts["place"]["street"] == "Kastaņu aleja 12"
    assert practice.facts["place"]["phones"] == ["+37160000012"]
    assert (service.payer, service.minutes, service.buffer_after, service.price_cents) == (Payer.PAID, 30, 5, 5500)
    assert (service.ages_from, service.ages_to, service.bookable) == (12, None, True)
    assert report.doctors_touched == {doctor.id}
    assert session.scalars(select(ClinicSettings.ask_code)).all() == [CodeRule.ALWAYS]


def test_a_practice_at_a_branch_is_there_and_else_as_the_clinic(session: Session, now: datetime) -> None:
    sync(session, content(cards=[with_practice(branch="juglas")]), now)

    place = session.scalars(select(Practice)).one().facts["place"]
    assert (place["street"], place["name"], place["phones"]) == (
        "Juglas iela 3",
        {"lv": "Juglas filiāle"},
        ["+37160000012"],
    )


def test_a_practice_is_in_the_town_of_its_branch(session: Session, now: datetime) -> None:
    branch = {"id": "ogres", "name": "Ogres filiāle", "address": ADDRESS | {"town": "ogre"}}
    ogre = Town(**{"slug": "ogre", "name": {"lv": "Ogre"}, "in": "Ogrē", "region": "LV-067"})
    directory = content([CLINIC | {"branches": [branch]}], [with_practice(branch="ogres")])

    sync(session, replace(directory, towns={**directory.towns, "ogre": ogre}), now)

    assert session.scalars(select(Practice.town)).all() == ["ogre"]
    assert session.scalars(select(Clinic.town)).all() == ["riga"]


def test_specialties_towns_and_insurers_become_terms_and_follow_their_tables(session: Session, now: datetime) -> None:
    sync(session, content(), now)
    terms = select(Term.kind, Term.slug, Term.names, Term.facts).order_by(Term.kind)
    assert [tuple(row) for row in session.execute(terms)] == [
        (TermKind.INSURER, "sala", {"lv": "„Sala”"}, {}),
        (TermKind.SPECIALTY, "kardiologs", {"lv": "Kardiologs"}, {"plural": {"lv": "Kardiologi"}, "kind": "doctor"}),
        (TermKind.TOWN, "riga", {"lv": "Rīga", "en": "Riga"}, {"in": {"lv": "Rīgā"}}),
    ]

    lay = Specialty(slug="kardiologs", name="Kardiologs", plural="Kardiologi", lay="sirds ārsts")
    sync(session, replace(content(), specialties={"kardiologs": lay}), now)

    found = {row.slug: row.facts.get("lay") for row in session.execute(terms)}
    assert found == {"sala": None, "kardiologs": {"lv": "sirds ārsts"}, "riga": None}


def test_a_state_paid_service_has_the_price_of_the_table(session: Session, now: datetime) -> None:
    sync(session, content(cards=[with_service(payer="state", price=None, co_payment="specialist")]), now)

    service = session.scalars(select(Service)).one()
    assert (service.price_cents, service.facts["co_payment"]["title"]) == (400, {"lv": "Speciālists"})


@pytest.mark.parametrize(("booking", "bookable"), [("online", True), ("phone", False), ("walk-in", False)])
def test_only_what_is_booked_online_is_bookable(session: Session, now: datetime, booking: str, bookable: bool) -> None:
    sync(session, content(cards=[with_service(booking=booking)]), now)

    assert session.scalars(select(Service)).one().bookable is bookable


def test_a_sync_without_a_change_writes_nothing(engine: Engine, session: Session, now: datetime) -> None:
    sync(session, content(), now)
    session.commit()

    with statements(engine) as ran:
        report = sync(session, content(), now)

    assert not report.changed
    assert not report.doctors_touched
    assert [statement for statement in ran if not statement.startswith(("SELECT", "BEGIN"))] == []


def test_a_changed_card_changes_its_row_and_the_desks_settings_stay(session: Session, now: datetime) -> None:
    sync(session, content(), now)
    settings = session.scalars(select(ClinicSettings)).one()
    settings.ask_code = CodeRule.NEVER
    session.flush()

    report = sync(session, content([CLINIC | {"name": "Cits vārds"}], [with_service(minutes="45")]), now)

    assert session.scalars(select(Service.minutes)).all() == [45]
    assert session.scalars(select(Clinic)).one().names == {"lv": "Cits vārds"}
    assert session.scalars(select(ClinicSettings.ask_code)).all() == [CodeRule.NEVER]
    assert (len(report.clinics.changed), len(report.services.changed)) == (1, 1)


def test_renamed_cards_and_services_keep_their_rows_and_old_addresses_lead_on(session: Session, now: datetime) -> None:
    sync(session, content(), now)
    there = house(session)
    booking = bookings.booked(session, there)
    clinic = CLINIC | {"slug": "jauna-roze", "old_slugs": ["veja-roze"]}
    doctor = with_service(id="vizite", old_ids=["konsultacija"]) | {
        "slug": "ilze-kalna",
        "old_slugs": ["ilze-berzina"],
    }
    doctor["practices"][0]["clinic"] = "jauna-roze"

    report = sync(session, content([clinic], [doctor]), now)

    session.refresh(booking)
    assert session.get_one(Clinic, booking.clinic_id).slug == "jauna-roze"
    assert session.get_one(Doctor, booking.doctor_id).slug == "ilze-kalna"
    assert session.get_one(Service, booking.service_id).slug == "vizite"
    old = {(row.kind, row.slug): row.target_id for row in session.scalars(select(OldSlug))}
    assert old == {("clinic", "veja-roze"): booking.clinic_id, ("doctor", "ilze-berzina"): booking.doctor_id}
    assert not report.clinics.added + report.clinics.withdrawn + report.doctors.added + report.services.withdrawn
    assert actions.stranded(session, now=now) == []


def test_what_vanishes_is_withdrawn_its_visits_are_named_and_it_comes_back(session: Session, now: datetime) -> None:
    sync(session, content(), now)
    booking = bookings.booked(session, house(session))

    report = sync(session, content(cards=[]), now)

    assert (len(report.doctors.withdrawn), len(report.practices.withdrawn), len(report.services.withdrawn)) == (1, 1, 1)
    (visit,) = actions.follow_sync(session, report, now=now)
    assert (visit.number, visit.starts) == (booking.number, booking.starts)
    assert (visit.clinic, visit.doctor, visit.service) == ("veja-roze", "ilze-berzina", "konsultacija")
    sync(session, content(), now)
    assert actions.stranded(session, now=now) == []
    assert session.scalar(select(func.count()).select_from(Doctor)) == 1


def test_a_practice_that_moves_to_a_branch_is_the_same_with_its_calendars(session: Session, now: datetime) -> None:
    sync(session, content(), now)
    practice = session.scalars(select(Practice)).one()

    sync(session, content(cards=[with_practice(branch="juglas")]), now)

    session.refresh(practice)
    assert (practice.branch, practice.withdrawn_at) == ("juglas", None)
    assert session.scalar(select(func.count()).select_from(Practice)) == 1


def test_the_prefix_of_a_withdrawn_clinic_is_not_given_to_another(session: Session, now: datetime) -> None:
    sync(session, content(), now)

    with pytest.raises(Refusal, match="prefix-taken"):
        sync(session, content([CLINIC | {"slug": "cita"}], []), now)


def test_clinics_may_exchange_their_prefixes(session: Session, now: datetime) -> None:
    other = CLINIC | {"slug": "cita", "number_prefix": "CI"}
    sync(session, content([CLINIC, other]), now)

    sync(session, content([CLINIC | {"number_prefix": "CI"}, other | {"number_prefix": "VR"}]), now)

    assert dict(session.execute(select(Clinic.slug, Clinic.number_prefix)).all()) == {
        "veja-roze": "CI",
        "cita": "VR",
    }


def test_a_failed_sync_changes_nothing(sessions: sessionmaker[Session], now: datetime) -> None:
    with sessions.begin() as session:
        sync(session, content(), now)

    with pytest.raises(Refusal), sessions.begin() as session:
        sync(session, content([CLINIC | {"slug": "cita", "name": "Cita"}], []), now)

    with sessions() as session:
        assert session.scalars(select(Clinic.slug).where(Clinic.withdrawn_at.is_(None))).all() == ["veja-roze"]


def test_following_a_sync_fills_holidays_and_lets_openings_lapse(session: Session, now: datetime) -> None:
    sync(session, content(), now)
    house(session)
    actions.refresh_openings(session, now=now)

    report = sync(session, content(cards=[with_service(minutes="45")]), now)
    actions.follow_sync(session, report, now=now)

    assert session.scalars(select(Opening.valid_until)).all() == [now]
    assert session.scalar(select(func.count()).select_from(PublicHoliday)) or 0 > 40


def test_a_thousand_doctors_take_few_statements(engine: Engine, session: Session, now: datetime) -> None:
    many = [DOCTOR | {"slug": f"arsts-{number}", "family": f"Numurs{number}"} for number in range(1000)]

    with statements(engine) as ran:
        sync(session, content(cards=many), now)

    assert len(ran) < 60
    assert session.scalar(select(func.count()).select_from(Service)) == 1000


def test_names_sort_as_the_latvian_alphabet_does() -> None:
    names = ["Čaka", "Cīrule", "Šmite", "Sproģe", "Ābola", "Abula"]

    assert sorted(names, key=sort_key) == ["Ābola", "Abula", "Cīrule", "Čaka", "Sproģe", "Šmite"]
