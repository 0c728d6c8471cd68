"""Roles at clinics."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from booking_service.accounts import store
from booking_service.accounts.actions import ask_code, end_role, grant
from booking_service.accounts.models import Account, Role, RoleKind
from booking_service.journal.models import JournalEntry
from tests.builders.clinics import clinic, doctor
from tests.builders.refusals import refused

CLERK = "registratura@example.lv"


def test_a_role_is_given_at_one_clinic_and_at_no_other(session: Session, now: datetime) -> None:
    here, there = clinic(session), clinic(session, "otra", prefix="OT")

    role = grant(session, email=CLERK, clinic_slug=here.slug, role=RoleKind.RECEPTION, now=now)

    assert store.role_at(session, role.account_id, here.id) is role
    assert store.role_at(session, role.account_id, there.id) is None
    assert store.roles_of(session, role.account_id) == [role]


def test_an_account_may_work_at_several_clinics(session: Session, now: datetime) -> None:
    first, second = clinic(session), clinic(session, "otra", prefix="OT")

    roles = [
        grant(session, email=CLERK, clinic_slug=first.slug, role=RoleKind.RECEPTION, now=now),
        grant(session, email=CLERK.upper(), clinic_slug=second.slug, role=RoleKind.HEAD, now=now),
    ]

    assert roles[0].account_id == roles[1].account_id
    assert len(store.roles_of(session, roles[0].account_id)) == 2


def test_giving_a_role_twice_changes_nothing(session: Session, now: datetime) -> None:
    here = clinic(session)

    for _ in range(2):
        grant(session, email=CLERK, clinic_slug=here.slug, role=RoleKind.RECEPTION, now=now)

    assert session.scalar(select(func.count()).select_from(Role)) == 1
    assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_a_doctors_role_can_be_given_for_another_doctor(session: Session, now: datetime) -> None:
    here, ilze, janis = clinic(session), doctor(session), doctor(session, "janis-kruze")
    first = grant(session, email=CLERK, clinic_slug=here.slug, role=RoleKind.DOCTOR, doctor_slug=ilze.slug, now=now)

    second = grant(session, email=CLERK, clinic_slug=here.slug, role=RoleKind.DOCTOR, doctor_slug=janis.slug, now=now)

    assert first.ended_at == now
    assert store.roles_of(session, second.account_id) == [second]
    assert second.doctor_id == janis.id


def test_an_ended_role_opens_nothing_and_stays_in_the_table(session: Session, now: datetime) -> None:
    here = clinic(session)
    role = grant(session, email=CLERK, clinic_slug=here.slug, role=RoleKind.RECEPTION, now=now)

    end_role(session, role, now=now + timedelta(days=1))

    assert store.role_at(session, role.account_id, here.id) is None
    assert session.get(Role, role.id) is role
    again = grant(session, email=CLERK, clinic_slug=here.slug, role=RoleKind.RECEPTION, now=now)
    assert again.id != role.id
    assert session.scalars(select(JournalEntry.verb)).all().count("granted") == 2


def test_a_granted_address_is_not_proven_before_its_owner_signs_in(session: Session, now: datetime) -> None:
    role = grant(session, email=CLERK, clinic_slug=clinic(session).slug, role=RoleKind.HEAD, now=now)

    assert store.email_of(session, role.account_id) == ""
    ask_code(session, email=CLERK, lang="lv", network="192.0.2.0", now=now)
    assert store.email_of(session, role.account_id) == ""


def test_an_unknown_clinic_or_doctor_is_refused(session: Session, now: datetime) -> None:
    here = clinic(session)

    with refused("clinic-unknown"):
        grant(session, email=CLERK, clinic_slug="nav", role=RoleKind.RECEPTION, now=now)
    with refused("doctor-missing"):
        grant(session, email=CLERK, clinic_slug=here.slug, role=RoleKind.DOCTOR, now=now)
    with refused("doctor-unknown"):
        grant(session, email=CLERK, clinic_slug=here.slug, role=RoleKind.DOCTOR, doctor_slug="nav", now=now)
    with refused("email-wrong"):
        grant(session, email="nav", clinic_slug=here.slug, role=RoleKind.RECEPTION, now=now)
