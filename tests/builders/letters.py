"""Letters to test with: one visit's facts, and every letter there is, as its reader gets it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from booking_service.mail import message
from booking_service.mail.letter import ABOUT_A_VISIT, CodeFacts, ConsentFacts, Facts, Kind, VisitFacts
from booking_service.mail.render import Post, render
from booking_service.mail.to_editors import JoinFacts, ReceivedFacts, ReportFacts
from theme.words import LANGS

POST = Post("https://pieraksts.example", "pieraksts@pieraksts.example", "palidziba@pieraksts.example")
READER = "anna@pasts.example"
MADE_AT = datetime(2027, 3, 2, 8, 42, tzinfo=UTC)

VISIT = VisitFacts(
    booking_id="7c9e6679-7425-40de-944b-e07fc1f90ae7",
    number="VR-4K7Q",
    revision=1,
    generation=0,
    starts="2027-03-05T10:30:00+00:00",
    ends="2027-03-05T11:00:00+00:00",
    zone="Europe/Riga",
    clinic_name="Klīnika „Vēja roze”",
    clinic_address="Kastaņu aleja 12, Rīga",
    clinic_slug="veja-roze",
    doctor_name="Ilze Bērziņa",
    doctor_slug="ilze-berzina",
    room="304",
    floor="3",
    reception="reģistratūrā 1. stāvā",
    arrive_at="2027-03-05T10:20:00+00:00",
    clinic_phone="+37160000012",
    clinic_hours=[[day, 8 * 60, 18 * 60] for day in range(5)],
    greet="Anna",
    patient_name="Jēkabs Kalniņš",
    price_cents=5500,
    price_kind="paid",
    cancel_by="2027-03-04T10:30:00+00:00",
    old_starts="2027-03-03T08:15:00+00:00",
    answer_by="2027-03-03T17:00:00+00:00",
)
CODE = CodeFacts(code="048213", ends="2027-03-02T08:52:00+00:00")
CONSENT = ConsentFacts("7c9e6679-7425-40de-944b-e07fc1f90ae7", "2027-03-02T08:42:00+00:00", "Elza", "Anna Ozola")
JOIN = JoinFacts(
    clinic="Jūras prakse",
    contact_name="Anna Ozola",
    contact_email="anna@juras.example",
    contact_phone="+37160000015",
    files=[["clinics/juras-prakse.md", "---\nname: Jūras prakse\n---\n"], ["doctors/juris-abols.md", "---\n---\n"]],
    patch="diff --git a/content/clinics/juras-prakse.md b/content/clinics/juras-prakse.md\n",
    open=[["clinics/juras-prakse.md", "11", "address.latitude", "is missing; write latitude"]],
    word="Zvaniet pēc deviņiem.",
)
RECEIVED = ReceivedFacts(doctors=3)
REPORT = ReportFacts("doctor", "ilze-berzina", "Ilze Bērziņa", "hours", "Piektdienās slēgts.", "janis@pasts.example")
OTHER: dict[Kind, Facts] = {
    Kind.SIGN_IN_CODE: CODE,
    Kind.CONSENT_ASKED: CONSENT,
    Kind.JOIN: JOIN,
    Kind.JOIN_RECEIVED: RECEIVED,
    Kind.REPORT: REPORT,
}


def a_visit(**changes: Any) -> VisitFacts:
    """One visit's facts, valid as they are."""
    return replace(VISIT, **changes)


def facts_for(kind: Kind, **changes: Any) -> Facts:
    """Facts of this kind; `changes` are of a visit's, and others have none of them."""
    return a_visit(**changes) if kind in ABOUT_A_VISIT else OTHER[kind]


def a_letter(kind: Kind, lang: str = "lv", **changes: Any) -> EmailMessage:
    """A letter built as the sender builds it."""
    rendered = render(kind, lang, facts_for(kind, **changes), post=POST, to=READER, made_at=MADE_AT)
    return message.build(
        rendered, message_id="<1@letters.pieraksts>", sender=POST.sender, to=READER, lang=lang, now=MADE_AT
    )


def every_letter(**changes: Any) -> Iterator[tuple[str, EmailMessage]]:
    """Every kind in every language, named "kind/lang"."""
    for kind in Kind:
        for lang in LANGS:
            yield f"{kind.value}/{lang}", a_letter(kind, lang, **changes)


def everything_said(letter: EmailMessage) -> str:
    """All that a letter tells, decoded: headers, texts, calendar, file names. For tests that look for secrets."""
    said = [f"{name}: {value}" for name, value in letter.items()]
    for part in letter.walk():
        said.append(part.get_filename() or "")
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            # Calendar lines are folded, and a fold may stand in the middle of a word.
            said.append(content.decode().replace("\r\n ", ""))
    return "\n".join(said)
