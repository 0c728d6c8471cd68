"""Turns a letter's kind and facts into subject, text, HTML and calendar part, in the reader's language."""

from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from jinja2 import Environment
from markupsafe import Markup

from booking_service.mail import icalendar
from booking_service.mail.letter import OVER, CodeFacts, ConsentFacts, Facts, Kind, VisitFacts, instant, method
from booking_service.mail.to_editors import Attachment, JoinFacts, ReportFacts, attachments
from booking_service.security.tokens import consent_token, visit_token
from theme.environment import address, equip
from theme.words import speaking, translate

BOLD = Markup('<strong style="font-weight:bold">'), Markup("</strong>")
PLAIN = "", ""
INSTANTS = ("starts", "ends", "arrive_at", "cancel_by", "old_starts", "answer_by")


@dataclass(frozen=True)
class Post:
    """Who sends: the site's origin, the From address, and the address for "this was not me"."""

    site_url: str
    sender: str
    contact: str

    @property
    def host(self) -> str:
        return urlsplit(self.site_url).hostname or "localhost"


@dataclass(frozen=True)
class Rendered:
    """A letter in words. `calendar` is empty, and `method` too, for a letter without a calendar part.

    `reply_to` is who an answer goes to where that is not the sender.
    """

    subject: str
    text: str
    html: str
    calendar: bytes
    method: str
    attachments: tuple[Attachment, ...] = ()
    reply_to: str = ""


def render(kind: Kind, lang: str, facts: Facts, *, post: Post, to: str, made_at: datetime) -> Rendered:
    """Write the letter. `made_at` is the calendar entry's stamp, so that a repeat is equal to the byte."""
    with speaking(lang):
        context = _context(kind, facts, post, lang)
        subject, text = (_fill(kind, name, context, PLAIN) for name in ("subject.txt", "body.txt"))
        html = _fill(kind, "body.html", context, BOLD)
        itip = method(kind, facts)
        calendar = b""
        if itip and isinstance(facts, VisitFacts):
            calendar = icalendar.invitation(
                facts,
                calendar_words(facts, visit_link(facts, post.site_url, lang)),
                method=itip,
                organizer=post.sender,
                attendee=to,
                url=visit_link(facts, post.site_url, lang),
                host=post.host,
                stamp=made_at,
            )
    files = attachments(facts) if isinstance(facts, JoinFacts) else ()
    return Rendered(" ".join(subject.split()), text, html, calendar, itip, files, _answers_to(facts))


def _answers_to(facts: Facts) -> str:
    """The address of who wrote to the editors; empty for other letters, and where none was given."""
    if isinstance(facts, JoinFacts):
        return facts.contact_email
    return facts.email if isinstance(facts, ReportFacts) else ""


def visit_link(facts: VisitFacts, site_url: str, lang: str) -> str:
    """Return the address that opens this one visit without signing in."""
    token = visit_token(UUID(facts.booking_id), facts.generation)
    return site_url + address(f"/book/{facts.booking_id}/{token}/", lang)


def calendar_words(facts: VisitFacts, link: str) -> icalendar.Words:
    """Return the calendar entry's words in the current language; they tell nothing of the reason."""
    return icalendar.Words(
        summary=translate("Visit: %(clinic)s", clinic=facts.clinic_name),
        description=translate("See or cancel the visit: %(link)s", link=link),
    )


def _context(kind: Kind, facts: Facts, post: Post, lang: str) -> dict[str, Any]:
    shared = {"kind": kind.value, "lang": lang, "site_url": post.site_url, "contact": post.contact}
    if isinstance(facts, CodeFacts):
        return {**shared, "code": facts.code, "ends": instant(facts.ends)}
    if isinstance(facts, ConsentFacts):
        token = consent_token(UUID(facts.person_id), facts.asked_at)
        answer = post.site_url + address(f"/account/consent/{facts.person_id}/{token}/", lang)
        return {**shared, **asdict(facts), "answer_link": answer}
    if isinstance(facts, ReportFacts):
        home = "/arsti/" if facts.card == "doctor" else "/klinikas/"
        return {**shared, **asdict(facts), "page": f"{post.site_url}{home}{facts.slug}/"}
    if not isinstance(facts, VisitFacts):
        return {**shared, **asdict(facts)}
    link = visit_link(facts, post.site_url, lang)
    clinic_link = post.site_url + address(f"/klinikas/{facts.clinic_slug}/", lang) if facts.clinic_slug else ""
    doctor_link = post.site_url + address(f"/arsti/{facts.doctor_slug}/", lang) if facts.doctor_slug else ""
    # A room's or device's name and address tell the reason of the visit.
    named = facts.doctor_kind not in ("room", "device")
    pages = {
        "link_to_visit": link,
        "clinic_link": clinic_link,
        "times_link": doctor_link if named else clinic_link,
        "desk_link": f"{post.site_url}/desk/",
        "google_link": icalendar.google_link(facts, calendar_words(facts, link)),
        "method": method(kind, facts),
        "over": kind in OVER,
        "named": named,
        "weekdays": weekdays(facts.clinic_hours),
    }
    moments = {name: instant(text) if (text := getattr(facts, name)) else None for name in INSTANTS}
    return {**shared, **asdict(facts), **moments, **pages}


def weekdays(hours: list[list[int]]) -> tuple[int, int] | None:
    """Return the span that is the same from Monday to Friday; nothing where the days differ."""
    spans = {day: [(start, end) for each, start, end in hours if each == day] for day in range(5)}
    first = spans[0]
    return first[0] if len(first) == 1 and all(span == first for span in spans.values()) else None


def _fill(kind: Kind, name: str, context: dict[str, Any], bold: tuple[str, str]) -> str:
    template = _environment().get_template(f"letters/{kind.value}/{name}")
    return template.render(**context, b=bold[0], e=bold[1])


@cache
def _environment() -> Environment:
    environment = Environment(autoescape=True, keep_trailing_newline=True)
    equip(environment)
    environment.filters["plain"] = _plain
    return environment


def _plain(text: str) -> str:
    """Take HTML's escapes back, in a text that a shared macro has escaped."""
    return unescape(text)
