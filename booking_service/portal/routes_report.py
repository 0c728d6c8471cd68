"""`/report/`: somebody has found an error in a card; the editors get a letter that names the card and its file."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import StringField

from booking_service.db import transaction
from booking_service.directory import cards
from booking_service.mail import editors
from booking_service.mail.to_editors import ReportFacts
from booking_service.portal import join_typed
from booking_service.portal.forms import email_fault
from booking_service.portal.join_form import Mistake
from booking_service.portal.pages import pages
from booking_service.refusals import Refusal
from booking_service.security import contacts
from booking_service.web import networks
from booking_service.web.context import now, settings
from booking_service.web.forms import AtMost, CodeForm, tidy
from theme.words import current

WHATS = ("phone", "address", "hours", "prices", "left", "other")


class ReportForm(CodeForm):
    """What is wrong, and how it should be."""

    what = StringField(default="")
    word = StringField(filters=[join_typed.lines], default="", validators=[AtMost(1200, "text-long")])
    email = StringField(filters=[tidy], default="")
    homepage = StringField(default="")

    def check(self) -> list[Mistake]:
        """Every mistake in the order of the page."""
        self.validate()
        if self.what.data not in WHATS:
            self.what.errors = ["what-missing"]
        if not self.word.data and self.what.data != "left":
            self.word.errors = ["word-missing"]
        if self.email.data and (fault := email_fault(self.email.data)):
            self.email.errors = [fault]
        if self.homepage.data:
            self.homepage.errors = ["homepage-filled"]
        return [Mistake(*one) for one in self.mistakes()]


@pages.get("/report/")
def report() -> ResponseReturnValue:
    return render_template("portal/report_pick.html")


@pages.get("/report/sent")
def report_sent() -> ResponseReturnValue:
    return render_template("portal/report_sent.html")


@pages.get("/report/<any(doctor, clinic):card>/<slug>/")
def report_card(card: str, slug: str) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        names = _names(session, card, slug)
        if names is None:
            present = cards.present_slug(session, card, slug) or abort(404)
            return redirect(url_for("portal.report_card", card=card, slug=present), 308)
    return _page(card, slug, names, ReportForm())


@pages.post("/report/<any(doctor, clinic):card>/<slug>/")
def report_typed(card: str, slug: str) -> ResponseReturnValue:
    form = ReportForm(request.form)
    with transaction(writes=False) as session:
        names = _names(session, card, slug) or abort(404)
    if not settings().editors_email:
        return _page(card, slug, names, form), 409
    if mistakes := form.check():
        return _page(card, slug, names, form, mistakes), 422
    try:
        with transaction() as session:
            # Editors know the card by its Latvian name.
            _send(session, card, slug, names["lv"], form)
    except Refusal as refusal:
        if refusal.code != "too-often":
            raise
        return _page(card, slug, names, form, [Mistake("what", "report-too-often")], refusal.facts["again_at"]), 429
    return redirect(url_for("portal.report_sent"), 303)


def _send(session: Session, card: str, slug: str, name: str, form: ReportForm) -> None:
    facts = ReportFacts(
        card=card,
        slug=slug,
        name=name,
        what=form.what.data or "",
        word=form.word.data or "",
        email=contacts.email(form.email.data) if form.email.data else "",
        spoken=current(),
    )
    editors.report(session, facts, editors=settings().editors_email, network=networks.current(), now=now())


def _names(session: Session, card: str, slug: str) -> dict[str, str] | None:
    """The names of a card by language; None where there is no such card now."""
    row = cards.doctor(session, slug) if card == "doctor" else cards.clinic(session, slug)
    return row.names if row else None


def _page(
    card: str,
    slug: str,
    names: dict[str, str],
    form: ReportForm,
    mistakes: list[Mistake] | None = None,
    again: object = None,
) -> str:
    if not settings().editors_email:
        return render_template("portal/editors_closed.html", operator=settings().operator_email)
    home = "/arsti/" if card == "doctor" else "/klinikas/"
    return render_template(
        "portal/report.html",
        card=card,
        name=names.get(current()) or names["lv"],
        back=f"{home}{slug}/",
        form=form,
        mistakes=mistakes or [],
        again=again,
        whats=[what for what in WHATS if what != "left" or card == "doctor"],
        action=url_for("portal.report_typed", card=card, slug=slug),
    )
