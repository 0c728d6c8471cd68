"""`/join/`: a clinic applies to join the directory; the editors get a letter with its cards ready made."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.accounts.store import email_of
from booking_service.db import transaction
from booking_service.directory import joining
from booking_service.mail import editors
from booking_service.mail.to_editors import JoinFacts
from booking_service.portal import join_form
from booking_service.portal.join_asked import asked
from booking_service.portal.join_form import JoinForm, Mistake
from booking_service.portal.pages import pages
from booking_service.refusals import Refusal
from booking_service.security import contacts
from booking_service.web import networks, sessions
from booking_service.web.context import now, settings
from booking_service.web.sizes import at_most
from theme.folding import fold
from theme.words import current

TABLES = ("specialties", "towns", "insurers", "co_payments")
HOME = ZoneInfo("Europe/Riga")
# Ten doctors with twelve services each, every letter of them Cyrillic and so six bytes long on the way.
LARGEST = 512 * 1024


@pages.get("/join/")
def join() -> ResponseReturnValue:
    if not settings().editors_email:
        return _closed()
    with transaction(writes=False) as session:
        return _page(JoinForm(None, _choices(session)))


@pages.post("/join/")
@at_most(LARGEST)
def join_typed() -> ResponseReturnValue:
    if not settings().editors_email:
        return _closed(), 409
    try:
        with transaction() as session:
            form = JoinForm(request.form, _choices(session))
            if (added := _rearranged(form)) is not None:
                return _page(form, focus=added)
            if mistakes := form.mistakes():
                return _page(form, mistakes), 422
            _send(session, form)
    except Refusal as refusal:
        if refusal.code != "too-often":
            raise
        return _page(form, [Mistake("contact_email", "join-too-often")], again=refusal.facts["again_at"]), 429
    return redirect(url_for("portal.join_sent"), 303)


@pages.get("/join/sent")
def join_sent() -> ResponseReturnValue:
    return render_template("portal/join_sent.html")


def _closed() -> str:
    return render_template("portal/editors_closed.html", operator=settings().operator_email)


def _choices(session: Session) -> joining.Choices:
    return joining.choices(session, settings().content_dir)


def _rearranged(form: JoinForm) -> str | None:
    """Add or remove a section where a button asks for it; the field to go on at, None where it is to be sent."""
    if "add-doctor" in request.form:
        form.add_doctor()
        return f"d{form.doctors[-1].number}-given"
    if (number := request.form.get("add-service", type=int)) is not None:
        form.add_service(number)
        return next((one.services[-1].title.name for one in form.doctors if one.number == number), "")
    if (number := request.form.get("remove-doctor", type=int)) is not None:
        form.remove_doctor(number)
        return ""
    return None


def _send(session: Session, form: JoinForm) -> None:
    wanted, present = asked(form), now()
    cards = joining.cards(session, wanted, form.known, present.astimezone(HOME).date())
    editors.apply_to_join(
        session,
        _facts(session, form, wanted.name, cards),
        editors=settings().editors_email,
        doctors=len(wanted.doctors),
        lang=current(),
        network=networks.current(),
        now=present,
    )


def _facts(session: Session, form: JoinForm, clinic: str, cards: joining.Cards) -> JoinFacts:
    email = contacts.email(form.sender.said("contact_email"))
    caller = sessions.caller(session)
    return JoinFacts(
        clinic=clinic,
        contact_name=form.sender.said("contact_name"),
        contact_email=email,
        contact_phone=contacts.phone(form.sender.said("contact_phone")),
        files=[[name, text] for name, text in cards.files.items()],
        patch=cards.patch,
        open=[[one.file, str(one.line or ""), one.field, f"{one.text}; {one.instead}"] for one in cards.problems],
        spoken=current(),
        word=form.sender.said("word"),
        # No code is asked for: before anything is published an editor calls the clinic anyway, and a code would part
        # a long form from its sending. Who is signed in has shown already whose the address is.
        proven=bool(caller and caller.account_id and email_of(session, caller.account_id) == email),
    )


def _page(form: JoinForm, mistakes: list[Mistake] | None = None, *, focus: str = "", again: object = None) -> str:
    return render_template(
        "portal/join.html",
        form=form,
        mistakes=mistakes or [],
        focus=focus,
        again=again,
        **{f"{table}_known": _in_words(getattr(form.known, table)) for table in TABLES},
        full=len(form.doctors) >= join_form.MOST_DOCTORS,
        days=join_form.DAYS,
        most_services=join_form.MOST_SERVICES,
        spoken=join_form.SPOKEN,
    )


def _in_words(table: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    """Slugs with their words in the current language, in the order of the words."""
    named = [(slug, words.get(current()) or words["lv"]) for slug, words in table.items()]
    return sorted(named, key=lambda one: fold(one[1]))
