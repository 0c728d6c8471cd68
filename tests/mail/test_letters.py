"""What letters say, to whom, and what they never say."""

import re
from dataclasses import fields
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import html5lib
import pytest
import time_machine

from booking_service.mail.letter import (
    ABOUT_A_VISIT,
    CANCELLING,
    INVITING,
    TO_CLINIC,
    Kind,
    VisitFacts,
    dump,
    instant,
    iso,
    lapses,
    load,
)
from booking_service.security.tokens import visit_token
from tests.builders.letters import CODE, MADE_AT, VISIT, a_letter, a_visit, every_letter, everything_said

VISIT_KINDS = [kind for kind in Kind if kind in ABOUT_A_VISIT - TO_CLINIC]
LANGS = ["lv", "ru", "en"]


@pytest.fixture(autouse=True)
def _in_2027() -> Any:
    """The year is written only when it is not this one."""
    with time_machine.travel(MADE_AT, tick=False):
        yield


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    body = letter.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def tree(part: EmailMessage) -> Any:
    kind = part.get_content_type()
    return (kind, [tree(each) for each in part.iter_parts()]) if part.is_multipart() else kind  # type: ignore[arg-type]


def test_a_confirmation_in_latvian_reads_so() -> None:
    assert a_letter(Kind.CONFIRMED)["Subject"] == "Vizīte apstiprināta: piektdien, 5. martā, plkst. 12.30"
    text = text_of(a_letter(Kind.CONFIRMED)).replace("\xa0", " ")
    for line in (
        "Labdien, Anna!",
        "Vizīte ir apstiprināta:",
        "Piektdien, 5. martā, plkst. 12.30",
        "Kur: Klīnika „Vēja roze”, Kastaņu aleja 12, Rīga",
        "  304. kabinets, 3. stāvs.",
        "Pie kā: Ilze Bērziņa",
        "Pacients: Jēkabs Kalniņš",
        "Ierodieties: plkst. 12.20, reģistratūrā 1. stāvā",
        "Maksa: 55,00 €, jāmaksā klīnikā",
        "Pieraksta numurs: VR-4K7Q",
        "Internetā var atcelt līdz ceturtdienai, 4. martam, plkst. 12.30, vēlāk zvaniet.",
    ):
        assert line in text.splitlines()


@pytest.mark.parametrize("lang", LANGS)
def test_the_code_stands_first_in_its_subject_and_keeps_its_zeros(lang: str) -> None:
    letter = a_letter(Kind.SIGN_IN_CODE, lang)

    assert str(letter["Subject"]).startswith("048213 ")
    assert "048213" in text_of(letter)
    assert "048213" in text_of(letter, "html")


@pytest.mark.parametrize("kind", VISIT_KINDS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_letter_about_a_visit_leads_to_that_visit_in_its_readers_language(kind: Kind, lang: str) -> None:
    letter = a_letter(kind, lang)
    token = visit_token(UUID(VISIT.booking_id), VISIT.generation)
    prefix = "" if lang == "lv" else f"/{lang}"
    link = f"https://pieraksts.example{prefix}/book/{VISIT.booking_id}/{token}/"

    assert link in text_of(letter)
    assert link in text_of(letter, "html")


@pytest.mark.parametrize("kind", VISIT_KINDS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_letter_about_a_visit_says_day_time_number_phone_and_what_to_do_if_it_was_not_you(
    kind: Kind, lang: str
) -> None:
    text = text_of(a_letter(kind, lang)).replace("\xa0", " ")

    assert {"lv": "Piektdien, 5. martā, plkst. 12.30", "ru": "Пятница, 5 марта, 12:30", "en": "Friday 5 March"}[
        lang
    ] in text
    assert "VR-4K7Q" in text
    assert "+371 6000 0012" in text
    assert {"lv": "Ja nepierakstījāties Jūs", "ru": "Если записались не Вы", "en": "If that was not you"}[lang] in text


@pytest.mark.parametrize("kind", list(Kind))
def test_the_message_has_the_tree_that_calendar_programs_want(kind: Kind) -> None:
    bodies = ["text/plain", "text/html"]
    if kind in INVITING | CANCELLING:
        alternatives = ("multipart/alternative", [*bodies, "text/calendar"])
        assert tree(a_letter(kind)) == ("multipart/mixed", [alternatives, "application/ics"])
    elif kind is Kind.JOIN:
        files = ["text/markdown", "text/markdown", "text/x-patch"]
        assert tree(a_letter(kind)) == ("multipart/mixed", [("multipart/alternative", bodies), *files])
    else:
        assert tree(a_letter(kind)) == ("multipart/alternative", bodies)


@pytest.mark.parametrize(
    ("kind", "method"),
    [(Kind.CONFIRMED, "REQUEST"), (Kind.MOVED, "REQUEST")] + [(kind, "CANCEL") for kind in sorted(CANCELLING)],
)
def test_the_method_is_the_same_in_the_part_and_in_its_type_and_the_organizer_is_the_sender(
    kind: Kind, method: str
) -> None:
    letter = a_letter(kind)
    part, file = (
        next(each for each in letter.walk() if each.get_content_type() == name)
        for name in (
            "text/calendar",
            "application/ics",
        )
    )
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)

    assert part.get_param("method") == method
    assert part.get_content_charset() == "utf-8"
    assert "Content-Disposition" not in part
    assert f"METHOD:{method}\r\n".encode() in content
    assert b"ORGANIZER:mailto:pieraksts@pieraksts.example\r\n" in content
    assert letter["From"].addresses[0].addr_spec == "pieraksts@pieraksts.example"
    assert file.get_payload(decode=True) == content
    assert file.get_filename() == "invite.ics"


@pytest.mark.parametrize("kind", sorted(INVITING | CANCELLING))
def test_a_request_that_was_never_confirmed_touches_no_calendar(kind: Kind) -> None:
    assert tree(a_letter(kind, invited=False))[0] == "multipart/alternative"


def test_no_letter_tells_a_personal_code_a_specialty_or_a_service() -> None:
    seen = 0
    secret = re.compile(r"\d{6}-?\d{5}|kardiolo|кардиолог|cardiolog|konsult|консульт", re.IGNORECASE)
    for name, letter in every_letter():
        # The booking's id and the clinic's phone are digits too.
        said = everything_said(letter).replace(VISIT.booking_id, "").replace(VISIT.clinic_phone, "")
        assert not secret.search(said), name
        seen += 1
    assert seen == len(Kind) * len(LANGS)


def test_a_room_or_device_is_not_named_since_its_name_tells_the_reason() -> None:
    device = {"doctor_name": "Mamogrāfijas kabinets", "doctor_kind": "device", "doctor_slug": "mamografijas-kabinets"}
    for name, letter in every_letter(**device):
        assert "mamogr" not in everything_said(letter).lower(), name


def test_the_clinics_letter_names_no_patient_and_opens_no_visit() -> None:
    for lang in LANGS:
        said = everything_said(a_letter(Kind.REQUEST_EXPIRED, lang))
        assert "Kalniņš" not in said
        assert "Anna" not in said.replace("anna@pasts.example", "")
        assert "/book/" not in said
        assert "https://pieraksts.example/desk/" in said


def test_what_people_wrote_is_shown_as_text_and_never_as_markup() -> None:
    nasty = "<script>alert(1)</script> & „tā”"
    letter = a_letter(Kind.DECLINED, word=nasty, patient_name=nasty, clinic_name=nasty, room=nasty, reception=nasty)

    assert "<script" not in text_of(letter, "html")
    assert "&lt;script&gt;" in text_of(letter, "html")
    assert nasty in text_of(letter)
    assert "&amp;" not in text_of(letter)


def test_names_with_line_breaks_bring_no_header() -> None:
    letter = a_letter(Kind.CONFIRMED, clinic_name="A\r\nBcc: x@y.example", greet="B\r\nBcc: x@y.example")

    assert letter["Bcc"] is None
    assert b"\r\nBcc:" not in letter.as_bytes().split(b"\r\n\r\n")[0]


def test_every_html_is_sound_and_loads_nothing() -> None:
    for name, letter in every_letter(word="Vārds"):
        text = text_of(letter, "html")
        parser = html5lib.HTMLParser()
        document = parser.parse(text)
        assert not parser.errors, (name, parser.errors)
        space = "{http://www.w3.org/1999/xhtml}"
        assert document.get("lang") == name.split("/")[1]
        assert len(document.findall(f".//{space}h1")) == 1
        assert (document.findtext(f".//{space}title") or "").replace("\xa0", " ") == letter["Subject"]
        assert not re.search(r"<(img|script|link|style|iframe)\b|url\(|src=", text)
        assert len(text.encode()) < 20_000


def test_a_short_letter_leaves_out_what_is_not_known() -> None:
    needed = {"booking_id", "number", "revision", "generation", "starts", "ends", "zone", "clinic_name", "doctor_name"}
    given = {each.name: getattr(VISIT, each.name) for each in fields(VisitFacts)}
    bare = {name: type(value)() if isinstance(value, str | list) else None for name, value in given.items()}
    bare = {name: value for name, value in bare.items() if name not in needed}
    for kind in VISIT_KINDS:
        text = text_of(a_letter(kind, **bare))
        assert "Labdien!" in text
        assert "None" not in text
        assert " ." not in text
        assert ", ," not in text
        assert "\n\n\n" not in text.replace("-- \n", ""), text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"price_kind": "co-payment", "price_cents": 400}, "pacienta līdzmaksājums 4,00 €"),
        ({"price_kind": "free", "price_cents": 0}, "Jums bez maksas"),
        ({"place": "video"}, "Tiešsaistē, videozvanā"),
        ({"place": "phone"}, "klīnika Jums piezvanīs"),
        ({"place": "home"}, "Pie Jums mājās"),
        ({"preparation": "Neēdiet 8 stundas."}, "Kā sagatavoties: Neēdiet 8 stundas."),
        ({"origin": "desk"}, "jo klīnika pierakstīja Jūs vizītei"),
        ({"room": "A12"}, "Kabinets A12"),
    ],
)
def test_each_kind_of_visit_is_told_as_it_is(changes: dict[str, Any], said: str) -> None:
    letter = a_letter(Kind.CONFIRMED, **changes)

    assert said in text_of(letter).replace("\xa0", " ")


def test_a_visit_that_does_not_take_place_asks_nobody_to_come() -> None:
    for kind in (Kind.DECLINED, Kind.CANCELLED_BY_CLINIC, Kind.CANCELLED_BY_PATIENT, Kind.EXPIRED):
        text = text_of(a_letter(kind))
        assert "Ierodieties" not in text
        assert "Maksa" not in text
        assert "https://pieraksts.example/arsti/ilze-berzina/" in text


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_moved_request_is_not_told_as_a_sure_visit(kind: str) -> None:
    letter = a_letter(Kind.MOVED, "en", invited=False)

    assert "Request sent" in letter["Subject"]
    said = " ".join(re.sub(r"<[^>]+>", "", text_of(letter, kind)).split())
    assert "not confirmed yet" in said
    assert "The clinic answers until" in said
    assert "has been moved" not in said
    assert "is no longer valid" in said


def test_a_moved_visits_letter_names_both_times() -> None:
    text = text_of(a_letter(Kind.MOVED)).replace("\xa0", " ")

    assert "Piektdien, 5. martā, plkst. 12.30" in text
    assert "Iepriekšējais laiks – trešdien, 3. martā, plkst. 10.15 – vairs nav spēkā." in text


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ([[day, 480, 1140] for day in range(7)], "+371 6000 0012, darbdienās 8.00–19.00."),
        ([[day, 480 + day, 1140] for day in range(5)], "+371 6000 0012."),
        ([[day, *span] for day in range(5) for span in ((480, 720), (780, 1020))], "+371 6000 0012."),
        ([], "+371 6000 0012."),
    ],
)
def test_when_the_phone_is_answered_is_said_where_all_weekdays_are_alike(hours: list[list[int]], said: str) -> None:
    assert said in text_of(a_letter(Kind.CONFIRMED, clinic_hours=hours)).replace("\xa0", " ")


def test_facts_survive_the_table_and_another_version_of_themselves() -> None:
    assert load(Kind.CONFIRMED, dump(VISIT)) == VISIT
    assert load(Kind.SIGN_IN_CODE, dump(CODE)) == CODE
    assert load(Kind.CONFIRMED, dump(VISIT).replace('{"booking_id"', '{"of_tomorrow": 1, "booking_id"')) == VISIT
    assert load(Kind.CONFIRMED, dump(VISIT).replace('"invited": true', '"invited": false')) == a_visit(invited=False)


def test_instants_are_aware_on_the_way_in() -> None:
    with pytest.raises(ValueError, match="aware"):
        iso(datetime(2027, 3, 2))  # noqa: DTZ001 - the mistake itself
    assert iso(None) == ""
    assert instant(iso(MADE_AT)) == MADE_AT


def test_a_letter_is_of_use_until_the_visit_is_over() -> None:
    assert lapses(Kind.CONFIRMED, VISIT) == instant(VISIT.ends)
    assert lapses(Kind.SIGN_IN_CODE, CODE) == instant(CODE.ends)
    assert lapses(Kind.REQUEST_EXPIRED, VISIT) is None


def test_headers_say_that_a_program_wrote() -> None:
    letter = a_letter(Kind.CONFIRMED, "ru")

    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "ru"
    assert letter["From"].addresses[0].display_name == "Pieraksts"
    raw = letter.as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
