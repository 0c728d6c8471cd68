"""Who may open which desk: an account's role at one clinic. Another clinic's desk does not exist for them."""

from dataclasses import dataclass
from uuid import UUID

from flask import abort, redirect, request, url_for
from sqlalchemy.orm import Session

from booking_service.accounts.models import RoleKind
from booking_service.bookings.models import Booking
from booking_service.bookings.rules import Actor, ActorKind
from booking_service.desk import store
from booking_service.directory.cards import present_slug
from booking_service.directory.models import Clinic
from booking_service.web.sessions import signed_in

FULL = (RoleKind.HEAD, RoleKind.RECEPTION)


@dataclass(frozen=True)
class Clerk:
    """A signed-in account with its widest role at the clinic; a doctor's role names the doctor."""

    account_id: UUID
    email: str
    role: RoleKind
    clinic: Clinic
    doctor_id: UUID | None
    elsewhere: bool = False

    @property
    def full(self) -> bool:
        """Reception and the head do everything; a doctor sees the own day and marks who came."""
        return self.role in FULL

    def actor(self) -> Actor:
        return Actor(ActorKind.STAFF, self.account_id, self.role.value, self.clinic.id)

    def sees(self, booking: Booking) -> bool:
        return booking.clinic_id == self.clinic.id and (self.full or booking.doctor_id == self.doctor_id)


def clerk(session: Session, clinic_slug: str) -> Clerk:
    """The signed-in member of this clinic's staff. Refusal `sign-in-first`; 404 for everybody else's clinic."""
    account_id = signed_in(session).account_id
    rows = store.roles(session, account_id) if account_id else []
    here = {row.kind: row for row in rows if row.clinic.slug == clinic_slug}
    row = here.get(RoleKind.HEAD) or here.get(RoleKind.RECEPTION) or here.get(RoleKind.DOCTOR)
    if row is None:
        _lead_on(session, clinic_slug, {other.clinic.slug for other in rows})
        abort(404)
    elsewhere = any(other.clinic.slug != clinic_slug for other in rows)
    return Clerk(row.account_id, row.email, row.kind, row.clinic, row.doctor_id, elsewhere)


def _lead_on(session: Session, clinic_slug: str, slugs: set[str]) -> None:
    """A clinic that was renamed keeps its addresses, for those who work there."""
    present = present_slug(session, "clinic", clinic_slug)
    if present in slugs and request.method == "GET" and request.endpoint:
        path = url_for(request.endpoint, **{**(request.view_args or {}), "clinic": present})
        query = request.query_string.decode("ascii", "replace")
        abort(redirect(path + (f"?{query}" if query else ""), 308))


def full_clerk(session: Session, clinic_slug: str) -> Clerk:
    """The same, for what a doctor's role does not open: there it is 404 too."""
    found = clerk(session, clinic_slug)
    if not found.full:
        abort(404)
    return found
