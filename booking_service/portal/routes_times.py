"""Choosing a service and a time: the first two steps, and the press that holds a time."""

from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.bookings import actions, store
from booking_service.bookings.availability import Audience, Slot, free_times
from booking_service.calendars.models import Approval
from booking_service.db import transaction
from booking_service.directory import cards
from booking_service.directory.models import Service
from booking_service.portal import alternatives, loading
from booking_service.portal.channels import carried, channel_of
from booking_service.portal.day_pages import When, page_of
from booking_service.portal.offers import Offer, doctor_card, offer_of, phone_of, street
from booking_service.portal.pages import pages
from booking_service.portal.step_views import after_hold, help_of_offer, holder_of, step_marks
from booking_service.refusals import Refusal
from booking_service.web import networks, sessions
from booking_service.web.context import now
from theme import words

GONE = {"slot-taken", "slot-not-offered"}


@pages.get("/book/<doctor>/")
def services(doctor: str) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        found = loading.doctor_or_404(session, doctor)
        offered = cards.services_of(session, [found.slug])
        return render_template(
            "portal/service.html",
            back=url_for("portal.card", slug=found.slug),
            step=step_marks(session, "service"),
            doctor=doctor_card(found),
            practices=_by_practice(offered),
        )


def _by_practice(services: list[Service]) -> list[dict[str, object]]:
    practices = {service.practice_id: service.practice for service in services}
    return [
        {
            "clinic_name": offer_of(next(one for one in services if one.practice_id == practice.id)).clinic_name,
            "address": street(practice),
            "phone": phone_of(practice, practice.clinic),
            "offers": [offer_of(one) for one in services if one.practice_id == practice.id],
        }
        for practice in practices.values()
    ]


@pages.get("/book/<doctor>/<clinic>/<service>/")
def times(doctor: str, clinic: str, service: str) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        chosen = loading.service_or_404(session, doctor, clinic, service)
        offer = offer_of(chosen)
        slots = _slots(session, chosen)
        held = _held(session, chosen)
        if not slots and held is None:
            return render_template("portal/no_times.html", **alternatives.without_times(session, chosen, offer))
        return render_template("portal/time.html", **_time_page(session, offer, slots, held))


def _held(session: Session, service: Service) -> Slot | None:
    """The time that this visitor holds of the service: nobody is offered it, but it must not vanish from its page."""
    caller = sessions.caller(session)
    booking = store.live_hold(session, caller.id, now()) if caller else None
    if booking is None or booking.service_id != service.id or booking.calendar_id is None:
        return None
    local = booking.starts.astimezone(ZoneInfo(booking.clinic.zone))
    return Slot(
        start=booking.starts,
        end=booking.ends,
        calendar_id=booking.calendar_id,
        service_id=service.id,
        approval=Approval.MANUAL if booking.manual else Approval.AUTOMATIC,
        day=local.date(),
        minute=local.hour * 60 + local.minute,
    )


def _slots(session: Session, service: Service) -> list[Slot]:
    """All that is offered to this visitor: an own patient of the clinic also sees what is kept for own patients."""
    present, caller = now(), sessions.caller(session)
    own = caller and caller.account_id and store.is_own_patient(session, caller.account_id, service.practice.clinic_id)
    audience = Audience.OWN_PATIENT if own else Audience.PUBLIC
    end = present + timedelta(days=service.practice.horizon_days + 1)
    return free_times(session, [service.id], present, end, now=present, audience=audience)[service.id]


def _time_page(session: Session, offer: Offer, free: list[Slot], held: Slot | None) -> dict[str, object]:
    slots = sorted([*free, held], key=itemgetter(0)) if held else free
    today = now().astimezone(ZoneInfo(offer.zone)).date()
    when = _when(request.args.get("when", ""))
    page = page_of(slots, when=when, from_day=_day(request.args.get("from", "")), today=today)
    ref = carried(request)

    def href(**query: str | date | None) -> str:
        shown: dict[str, Any] = {
            "when": None if when is When.ALL else when.value,
            "ref": ref or None,
            "branch": offer.branch or None,
        }
        chosen = {"doctor": offer.doctor.slug, "clinic": offer.clinic_slug, "service": offer.slug}
        return url_for("portal.times", **{**chosen, **shown, **query})

    return {
        "back": url_for("portal.services", doctor=offer.doctor.slug),
        "services_href": url_for("portal.services", doctor=offer.doctor.slug),
        "step": step_marks(session, "time"),
        "offer": offer,
        "page": page,
        "when": when.value,
        "when_hrefs": {one.value: href(when=None if one is When.ALL else one.value) for one in When},
        "nearest_href": href(when=None, start=_written(slots[0].start)),
        "earlier_href": href(**{"from": page.earlier}) if page.earlier else "",
        "later_href": href(**{"from": page.later}) if page.later else "",
        "action": offer.href,
        "chosen": _written(held.start) if held else request.args.get("start", ""),
        "ref": ref,
        "manual": slots[0].approval is Approval.MANUAL,
        **help_of_offer(offer),
    }


@pages.post("/book/<doctor>/<clinic>/<service>/")
def hold(doctor: str, clinic: str, service: str) -> ResponseReturnValue:
    """A time is a submit button: holding it is a POST, and the next page an address of its own."""
    start = _start(request.form.get("start", ""))
    try:
        with transaction() as session:
            chosen = loading.service_or_404(session, doctor, clinic, service)
            caller = sessions.caller_or_new(session)
            held = actions.hold(
                session,
                service_id=chosen.id,
                start=start,
                holder=holder_of(caller, networks.current()),
                channel=channel_of(request),
                lang=words.current(),
                now=now(),
            )
            return redirect(after_hold(session, held, caller, again="again" in request.form), 303)
    except Refusal as refusal:
        if refusal.code not in GONE:
            raise
        return _gone(doctor, clinic, service, refusal)


def _gone(doctor: str, clinic: str, service: str, refusal: Refusal) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        offer = offer_of(loading.service_or_404(session, doctor, clinic, service))
        return render_template("portal/taken.html", **alternatives.instead(session, offer, refusal)), 409


def _start(text: str) -> datetime:
    """The instant that a button says; 400 for what no button of ours has said."""
    try:
        start = datetime.fromisoformat(text)
        return start.astimezone(UTC) if start.tzinfo else abort(400)
    except (ValueError, OverflowError):
        abort(400)


def _written(start: datetime) -> str:
    return start.astimezone(UTC).isoformat(timespec="minutes")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _when(text: str) -> When:
    return When(text) if text in set(When) else When.ALL


@pages.get("/arsti/<slug>/")
def card(slug: str) -> ResponseReturnValue:
    """Asked only where the built site has no such page: a former address is sent on, another does not exist."""
    return _renamed("doctor", slug, "portal.card")


@pages.get("/klinikas/<slug>/")
def clinic_card(slug: str) -> ResponseReturnValue:
    return _renamed("clinic", slug, "portal.clinic_card")


def _renamed(kind: str, slug: str, endpoint: str) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        present = cards.present_slug(session, kind, slug)
    return redirect(url_for(endpoint, slug=present), 308) if present else abort(404)
