"""Content becomes rows: clinics, doctors, practices and services, in the caller's one transaction.

The only module that imports content. What a row's `facts` hold:
* clinic: the card's own fields, `address` with `town_names`, `insurers` as [{slug, names}];
* doctor: the card's own fields without practices and text; `names` is {"lv": "Ilze Bērziņa"} for persons;
* practice: `room`, `floor`, `phone`, `queue` and `place` (street, post_code, town, town_names, latitude, longitude,
  phones, reception, transport, parking, accessibility, hours_note, a branch's name), the clinic's where a branch is
  silent;
* term: a specialty's `plural`, `lay` and `kind`; a town's `in`;
* service: `preparation`, `preparation_neutral`, `booking`, `hours` and `co_payment` {slug, title, amount, from (a day),
  ages [{from, to, amount}]: those who pay another amount}.
Words are {"lv": …, "ru": …, "en": …} with the languages that exist; money is cents.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from clinic_directory.co_payments import co_payment
from clinic_directory.collation import latvian_key
from clinic_directory.problems import ContentError as ContentError
from clinic_directory.reader import read
from clinic_directory.schema import (
    Branch,
    Clinic,
    Directory,
    Doctor,
    Insurer,
    Practice,
    Service,
    Specialty,
    Town,
    Words,
)
from sqlalchemy import insert
from sqlalchemy.orm import Session

from booking_service.directory import indexing, models, rows
from booking_service.directory.rows import Change
from booking_service.directory.rows import SyncReport as SyncReport
from booking_service.refusals import Refusal

Rows = dict[UUID, dict[str, Any]]
PLACE_FIELDS = {"phones", "reception", "transport", "parking", "accessibility", "hours_note"}


def content(folder: Path) -> Directory:
    """Read and check a content folder. Raises ContentError with every problem of all files."""
    return read(folder)


def sync(session: Session, directory: Directory, now: datetime) -> SyncReport:
    """Make the live rows those of content. Vanished ones are withdrawn and stay for their bookings.

    A card renamed by `old_slugs`, and a service by `old_ids`, keep their rows. What the desk decides (settings,
    calendars) is never touched. Refused: `prefix-taken` where a withdrawn clinic's numbers would be given out again.
    """
    clinics, clinic_ids, clinic_rows = _clinics(session, directory, now)
    doctors, doctor_ids, doctor_rows = _doctors(session, directory, now)
    known_practices = rows.existing(session, models.Practice)
    practice_ids = _practice_ids(directory, known_practices, clinic_ids, doctor_ids)
    wanted = {
        practice_ids[doctor.slug, at]: _practice(directory, practice, doctor_ids[doctor.slug], clinic_ids)
        for doctor in directory.doctors.values()
        for at, practice in enumerate(doctor.practices)
    }
    practices = rows.write(session, models.Practice, wanted, known_practices, now)
    services, of_services, service_rows = _services(session, directory, practice_ids, now)
    _old_slugs(session, directory, clinic_ids, doctor_ids)
    terms = list(_terms(directory))
    rows.write_terms(session, terms)
    indexing.index(session, clinic_rows, doctor_rows, wanted, service_rows, terms)
    session.expire_all()
    at = {row_id: row["doctor_id"] for row_id, row in {**known_practices, **wanted}.items()}
    touched = {*doctors.changed, *doctors.withdrawn}
    touched |= {at[row_id] for row_id in (*practices.added, *practices.changed, *practices.withdrawn)}
    touched |= {at[of_services[row_id]] for row_id in (*services.added, *services.changed, *services.withdrawn)}
    moved = {*clinics.changed, *clinics.withdrawn}
    touched |= {row["doctor_id"] for row in wanted.values() if row["clinic_id"] in moved}
    return SyncReport(clinics, doctors, practices, services, frozenset(touched))


def _clinics(session: Session, directory: Directory, now: datetime) -> tuple[Change, dict[str, UUID], Rows]:
    known = rows.existing(session, models.Clinic)
    ids = rows.by_slug(known, ((clinic.slug, clinic.old_slugs) for clinic in directory.clinics.values()))
    wanted = {ids[clinic.slug]: _clinic(directory, clinic) for clinic in directory.clinics.values()}
    kept = {row["number_prefix"]: row for row_id, row in known.items() if row_id not in wanted}
    for values in wanted.values():
        if other := kept.get(values["number_prefix"]):
            raise Refusal("prefix-taken", prefix=values["number_prefix"], clinic=values["slug"], other=other["slug"])
    _free_prefixes(session, wanted, known)
    change = rows.write(session, models.Clinic, wanted, known, now)
    if change.added:
        session.execute(insert(models.ClinicSettings), [{"clinic_id": clinic_id} for clinic_id in change.added])
    return change, ids, wanted


def _free_prefixes(session: Session, wanted: dict[UUID, dict[str, Any]], known: dict[UUID, dict[str, Any]]) -> None:
    """Prefixes may be exchanged too: whoever changes bears a number for a moment, which content cannot write."""
    was = {row_id: known[row_id]["number_prefix"] for row_id in wanted if row_id in known}
    changing = [row_id for row_id, prefix in was.items() if prefix != wanted[row_id]["number_prefix"]]
    for number, row_id in enumerate(changing):
        clinic = session.get_one(models.Clinic, row_id)
        clinic.number_prefix = f"{number:03}"
        known[row_id]["number_prefix"] = clinic.number_prefix
    session.flush()


def _doctors(session: Session, directory: Directory, now: datetime) -> tuple[Change, dict[str, UUID], Rows]:
    known = rows.existing(session, models.Doctor)
    ids = rows.by_slug(known, ((doctor.slug, doctor.old_slugs) for doctor in directory.doctors.values()))
    wanted = {ids[doctor.slug]: _doctor(directory, doctor) for doctor in directory.doctors.values()}
    return rows.write(session, models.Doctor, wanted, known, now), ids, wanted


def _services(
    session: Session, directory: Directory, practice_ids: dict[tuple[str, int], UUID], now: datetime
) -> tuple[Change, dict[UUID, UUID], Rows]:
    """Write the services; also returns the practice of each, withdrawn ones too, and what is wanted."""
    known = rows.existing(session, models.Service)
    by_practice: dict[UUID, dict[UUID, dict[str, Any]]] = defaultdict(dict)
    for row_id, row in known.items():
        by_practice[row["practice_id"]][row_id] = row
    wanted: dict[UUID, dict[str, Any]] = {}
    for doctor in directory.doctors.values():
        for at, practice in enumerate(doctor.practices):
            practice_id = practice_ids[doctor.slug, at]
            ids = rows.by_slug(by_practice[practice_id], ((one.id, one.old_ids) for one in practice.services))
            for position, one in enumerate(practice.services):
                wanted[ids[one.id]] = _service(directory, doctor, one, practice_id, position)
    change = rows.write(session, models.Service, wanted, known, now)
    return change, {row_id: row["practice_id"] for row_id, row in {**known, **wanted}.items()}, wanted


def _practice_ids(
    directory: Directory,
    known: dict[UUID, dict[str, Any]],
    clinic_ids: dict[str, UUID],
    doctor_ids: dict[str, UUID],
) -> dict[tuple[str, int], UUID]:
    """The row of each practice, by doctor and place in the card.

    A practice is known by doctor, clinic and branch. Where a doctor has one practice at a clinic before and after, it
    is the same one whatever its branch: its calendars go on.
    """
    rows_of = {(row["doctor_id"], row["clinic_id"], row["branch"]): row_id for row_id, row in known.items()}
    live_of: dict[tuple[UUID, UUID], list[UUID]] = defaultdict(list)
    for row_id, row in known.items():
        if row["withdrawn_at"] is None:
            live_of[row["doctor_id"], row["clinic_id"]].append(row_id)
    found: dict[tuple[str, int], UUID] = {}
    for doctor in directory.doctors.values():
        for at, practice in enumerate(doctor.practices):
            place = (doctor_ids[doctor.slug], clinic_ids[practice.clinic])
            exact = rows_of.get((*place, practice.branch or ""))
            alone = sum(other.clinic == practice.clinic for other in doctor.practices) == 1
            live = live_of[place]
            found[doctor.slug, at] = exact or (live[0] if alone and len(live) == 1 else uuid4())
    return found


def _old_slugs(
    session: Session, directory: Directory, clinic_ids: dict[str, UUID], doctor_ids: dict[str, UUID]
) -> None:
    ids = {"clinic": clinic_ids, "doctor": doctor_ids}
    wanted = {(kind, old): ids[kind][slug] for (kind, old), slug in directory.renamed.items()}
    live = {(kind, slug) for kind, slugs in ids.items() for slug in slugs}
    rows.write_old_slugs(session, {(str(kind), old): target for (kind, old), target in wanted.items()}, live)


def _clinic(directory: Directory, clinic: Clinic) -> dict[str, Any]:
    facts = _facts(clinic, "slug", "file", "text", "name", "number_prefix", "hours", "timezone", "old_slugs")
    facts["address"] = _address(directory, clinic)
    facts["insurers"] = [{"slug": slug, "names": _words(directory.insurers[slug].name)} for slug in clinic.insurers]
    return {
        "slug": clinic.slug,
        "names": _words(clinic.name),
        "number_prefix": clinic.number_prefix,
        "town": clinic.address.town,
        "zone": clinic.timezone,
        "hours": [list(span) for span in clinic.hours],
        "facts": facts,
    }


def _doctor(directory: Directory, doctor: Doctor) -> dict[str, Any]:
    names = _words(doctor.name) if doctor.name else {"lv": doctor.full_name()}
    facts = _facts(doctor, "slug", "file", "text", "kind", "name", "practices", "away_until", "old_slugs")
    facts["specialty_names"] = [_words(directory.specialties[slug].name) for slug in doctor.specialties]
    return {
        "slug": doctor.slug,
        "kind": doctor.kind,
        "names": names,
        "sort_key": sort_key(f"{doctor.family} {doctor.given}" if doctor.family else names["lv"]),
        "specialties": list(doctor.specialties),
        "away_until": doctor.away_until,
        "facts": facts,
    }


def _practice(directory: Directory, practice: Practice, doctor_id: UUID, clinic_ids: dict[str, UUID]) -> dict[str, Any]:
    limits = practice.limits
    facts = _facts(practice, "clinic", "branch", "arrive_early", "own_patients_only", "limits", "services")
    facts["place"] = _place(directory, practice)
    return {
        "doctor_id": doctor_id,
        "clinic_id": clinic_ids[practice.clinic],
        "branch": practice.branch or "",
        "town": directory.place(practice).address.town,
        "notice_minutes": limits.notice,
        "horizon_days": limits.horizon,
        "cancel_by_minutes": limits.cancel_by,
        "visits_at_a_time": limits.visits,
        "arrive_early_minutes": practice.arrive_early or 0,
        "own_patients_only": practice.own_patients_only,
        "facts": facts,
    }


def _service(
    directory: Directory, doctor: Doctor, service: Service, practice_id: UUID, position: int
) -> dict[str, Any]:
    facts: dict[str, Any] = {"booking": service.booking, "preparation_neutral": service.preparation_neutral}
    if service.preparation:
        facts["preparation"] = _words(service.preparation)
    if service.hours:
        facts["hours"] = _words(service.hours)
    price = service.price
    if share := co_payment(directory, doctor, service):
        price = share.amount
        facts["co_payment"] = {
            "slug": service.co_payment,
            "title": _words(directory.prices.prices[service.co_payment or ""].title),
            "amount": share.amount,
            "from": directory.prices.from_.isoformat(),
            "ages": [_facts(band) for band in share.others],
        }
    return {
        "practice_id": practice_id,
        "slug": service.id,
        "old_slugs": list(service.old_ids),
        "position": position,
        "titles": _words(service.title),
        "payer": models.Payer(service.payer),
        "place": models.Where(service.where),
        "minutes": service.minutes,
        "buffer_before": service.buffer.before,
        "buffer_after": service.buffer.after,
        "price_cents": price,
        "bookable": service.booking == "online",
        "referral": service.referral,
        "ages_from": service.ages.from_ if service.ages else None,
        "ages_to": service.ages.to if service.ages else None,
        "facts": facts,
    }


def _terms(directory: Directory) -> Iterator[dict[str, Any]]:
    for specialty in directory.specialties.values():
        facts: dict[str, Any] = {"plural": _words(specialty.plural), "kind": specialty.kind}
        if specialty.lay:
            facts["lay"] = _words(specialty.lay)
        yield _term(models.TermKind.SPECIALTY, specialty, facts)
    for town in directory.towns.values():
        yield _term(models.TermKind.TOWN, town, {"in": _words(town.in_)})
    for insurer in directory.insurers.values():
        yield _term(models.TermKind.INSURER, insurer, {})


def _term(kind: models.TermKind, of: Specialty | Town | Insurer, facts: dict[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "slug": of.slug, "names": _words(of.name), "facts": facts}


def _place(directory: Directory, practice: Practice) -> dict[str, Any]:
    """Where a practice really is: its branch, and for what that leaves out its clinic."""
    clinic = directory.clinics[practice.clinic]
    place = directory.place(practice)
    facts = _address(directory, place)
    if isinstance(place, Branch):
        facts["name"] = _words(place.name)
    for source in (clinic, place):
        told = source.model_dump(mode="json", by_alias=True, exclude_none=True, include=PLACE_FIELDS)
        facts |= {name: value for name, value in told.items() if value}
    return facts


def _address(directory: Directory, place: Clinic | Branch) -> dict[str, Any]:
    return _facts(place.address) | {"town_names": _words(directory.towns[place.address.town].name)}


def _facts(value: Any, *left_out: str) -> dict[str, Any]:
    facts: dict[str, Any] = value.model_dump(mode="json", by_alias=True, exclude_none=True, exclude=set(left_out))
    return facts


def _words(words: Words) -> dict[str, str]:
    return {lang: text for lang in ("lv", "ru", "en") if (text := words.own(lang))}


def sort_key(name: str) -> str:
    """A text by which every database sorts a name as the Latvian alphabet does."""
    return "".join(f"{place:04}" for place in latvian_key(name)[0])[:200]
