"""Bringing many rows of a table in line with what is wanted, in few statements: new, changed and withdrawn ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from booking_service.directory.models import Clinic, Doctor, OldSlug, Practice, Service, Term

Table = type[Clinic] | type[Doctor] | type[Practice] | type[Service]


@dataclass
class Change:
    """What a sync did to one table: ids of rows added, changed, and withdrawn."""

    added: list[UUID] = field(default_factory=list)
    changed: list[UUID] = field(default_factory=list)
    withdrawn: list[UUID] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.withdrawn)


@dataclass(frozen=True)
class SyncReport:
    """What changed, by table. `doctors_touched` are those whose free times may differ now."""

    clinics: Change
    doctors: Change
    practices: Change
    services: Change
    doctors_touched: frozenset[UUID]

    @property
    def changed(self) -> bool:
        return any((self.clinics, self.doctors, self.practices, self.services))


def existing(session: Session, table: Table) -> dict[UUID, dict[str, Any]]:
    """Every row of a table by its id, as plain values."""
    columns = table.__table__.columns
    return {row["id"]: dict(row) for row in session.execute(select(*columns)).mappings()}


def by_slug(rows: Mapping[UUID, Mapping[str, Any]], renamed: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, UUID]:
    """The id of each wanted slug: its own row, else that of a former slug, else a new id.

    `renamed` gives each wanted slug with its former ones.
    """
    known = {row["slug"]: row_id for row_id, row in rows.items()}
    wanted = dict(renamed)
    found: dict[str, UUID] = {}
    for slug, former in wanted.items():
        # A row takes a new slug only where no other row has it, so that renaming can never clash.
        own = known.get(slug) or next((known[old] for old in former if old in known and old not in wanted), None)
        found[slug] = own or uuid4()
    return found


def write(
    session: Session,
    table: Table,
    wanted: Mapping[UUID, dict[str, Any]],
    rows: Mapping[UUID, dict[str, Any]],
    now: datetime,
) -> Change:
    """Insert, update and withdraw so that the table's live rows are the wanted ones; equal rows are left alone."""
    change = Change()
    added, changed = [], []
    for row_id, values in wanted.items():
        row = {"id": row_id, "withdrawn_at": None, **values}
        known = rows.get(row_id)
        if known is None:
            added.append(row)
            change.added.append(row_id)
        elif any(known[name] != value for name, value in row.items()):
            changed.append(row)
            change.changed.append(row_id)
    change.withdrawn = [row_id for row_id, row in rows.items() if row_id not in wanted and row["withdrawn_at"] is None]
    if changed:
        session.execute(update(table), changed)
    if added:
        session.execute(insert(table), added)
    if change.withdrawn:
        session.execute(update(table), [{"id": row_id, "withdrawn_at": now} for row_id in change.withdrawn])
    return change


def write_old_slugs(session: Session, wanted: Mapping[tuple[str, str], UUID], live: set[tuple[str, str]]) -> None:
    """Let every former slug lead on, those of earlier syncs too; one that a card bears again stops doing so."""
    known = {(row.kind, row.slug): row for row in session.scalars(select(OldSlug))}
    for key, row in known.items():
        if key in live:
            session.delete(row)
    for key, target in wanted.items():
        if key in known:
            known[key].target_id = target
        elif key not in live:
            session.add(OldSlug(kind=key[0], slug=key[1], target_id=target))
    session.flush()


def write_terms(session: Session, wanted: Iterable[dict[str, Any]]) -> None:
    """Make the terms those of content. They are few and nothing points to them: where one differs all are written."""
    known = {
        (row["kind"], row["slug"]): dict(row) for row in session.execute(select(*Term.__table__.columns)).mappings()
    }
    terms = {(term["kind"], term["slug"]): term for term in wanted}
    if known == terms:
        return
    session.execute(delete(Term))
    if terms:
        session.execute(insert(Term), list(terms.values()))
