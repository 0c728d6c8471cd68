"""Calendar entries, compared byte for byte with golden files, and the rules that calendar programs taught."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Timezone

from booking_service.mail import icalendar
from booking_service.mail.letter import VisitFacts
from tests.builders.letters import a_visit

GOLDEN = Path(__file__).parent / "golden"
WORDS = icalendar.Words(
    summary="Vizīte: Klīnika „Vēja roze”",
    description="Skatīt vai atcelt vizīti: https://pieraksts.example/book/7c9e6679-7425-40de-944b-e07fc1f90ae7/x/",
)
STAMP = datetime(2027, 3, 2, 8, 42, tzinfo=UTC)


def invitation(facts: VisitFacts, method: str = "REQUEST") -> bytes:
    return icalendar.invitation(
        facts,
        WORDS,
        method=method,
        organizer="pieraksts@pieraksts.example",
        attendee="anna@pasts.example",
        url=f"https://pieraksts.example/book/{facts.booking_id}/u4ok3e1Zx2Rjpr7MG-m6Tg/",
        host="pieraksts.example",
        stamp=STAMP,
    )


def event(text: bytes) -> Any:
    return Calendar.from_ical(text).walk("VEVENT")[0]


MOVED = {"revision": 2, "starts": "2027-03-28T09:00:00+00:00", "ends": "2027-03-28T09:30:00+00:00"}


@pytest.mark.parametrize(
    ("name", "method", "changes"),
    [("request", "REQUEST", {}), ("move", "REQUEST", MOVED), ("cancel", "CANCEL", {**MOVED, "revision": 3})],
)
def test_the_bytes_are_those_of_the_golden_file(name: str, method: str, changes: dict[str, Any]) -> None:
    assert invitation(a_visit(**changes), method) == (GOLDEN / f"{name}.ics").read_bytes()


def test_one_uid_and_a_rising_sequence_through_the_visits_life() -> None:
    life = [event((GOLDEN / f"{name}.ics").read_bytes()) for name in ("request", "move", "cancel")]

    assert len({str(each["UID"]) for each in life}) == 1
    assert [each["SEQUENCE"] for each in life] == [1, 2, 3]
    assert [str(each["STATUS"]) for each in life] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_lines_end_with_crlf_and_hold_at_most_75_octets(method: str) -> None:
    text = invitation(a_visit(clinic_name="Ģimenes ārstu prakse „Ābeļziedi pie Ķīšezera un Šķēršu kalna”" * 2), method)

    assert text.endswith(b"\r\n")
    assert b"\n" not in text.replace(b"\r\n", b"")
    lines = text.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    # A fold never parts the two octets of a letter.
    for line in lines:
        line.decode()


def test_the_method_stands_before_all_components() -> None:
    lines = invitation(a_visit()).decode().split("\r\n")

    assert lines.index("METHOD:REQUEST") < lines.index("BEGIN:VTIMEZONE")
    assert lines.count("METHOD:REQUEST") == 1


def test_text_is_escaped_and_cannot_bring_lines_of_its_own() -> None:
    text = invitation(a_visit(clinic_name="A, B; C\\D", clinic_address="Iela 1\r\nATTENDEE:mailto:x@y.example"))

    unfolded = text.replace(b"\r\n ", b"").decode()
    assert "A\\, B\\; C\\\\D" in unfolded
    assert unfolded.count("\r\nATTENDEE") == 1


@pytest.mark.parametrize(
    ("utc", "local"),
    [
        ("2027-03-28T00:55:00+00:00", "2027-03-28 02:55"),
        ("2027-03-28T01:05:00+00:00", "2027-03-28 04:05"),
        ("2027-10-31T00:55:00+00:00", "2027-10-31 03:55"),
        ("2027-10-31T01:05:00+00:00", "2027-10-31 03:05"),
        ("2027-07-01T07:15:00+00:00", "2027-07-01 10:15"),
    ],
)
def test_local_time_is_right_round_both_clock_changes(utc: str, local: str) -> None:
    starts = event(invitation(a_visit(starts=utc, ends=utc)))["DTSTART"]

    assert f"{starts.dt:%Y-%m-%d %H:%M}" == local


def test_the_time_zone_block_agrees_with_the_tz_database_for_ten_years() -> None:
    component = Calendar.from_ical(invitation(a_visit())).walk("VTIMEZONE")[0]
    assert isinstance(component, Timezone)
    block = component.to_tz()
    for year in range(2026, 2037):
        for month in range(1, 13):
            noon = datetime(year, month, 15, 12, tzinfo=ZoneInfo("Europe/Riga"))
            assert datetime(year, month, 15, 12, tzinfo=block).utcoffset() == noon.utcoffset()


def test_a_clinic_of_another_zone_gets_utc() -> None:
    text = invitation(a_visit(zone="Europe/Vilnius"))

    assert b"DTSTART:20270305T103000Z" in text
    assert b"VTIMEZONE" not in text


def test_a_visit_by_video_names_no_place() -> None:
    assert b"LOCATION" not in invitation(a_visit(place="video"))


def test_the_pages_file_is_the_same_entry_without_a_meeting() -> None:
    facts = a_visit()
    text = icalendar.file_for(facts, WORDS, url="https://pieraksts.example/", host="pieraksts.example", stamp=STAMP)

    for line in (b"METHOD", b"ORGANIZER", b"ATTENDEE", b"SEQUENCE"):
        assert line not in text
    assert event(text)["UID"] == event(invitation(facts))["UID"]
    assert event(text)["DTSTART"].dt == event(invitation(facts))["DTSTART"].dt


def test_links_to_web_calendars_carry_the_time_and_nothing_of_the_visit_but_its_place() -> None:
    google = parse_qs(urlsplit(icalendar.google_link(a_visit(), WORDS)).query)
    outlook = parse_qs(urlsplit(icalendar.outlook_link(a_visit(), WORDS)).query)

    assert google["dates"] == ["20270305T103000Z/20270305T110000Z"]
    assert (outlook["startdt"], outlook["enddt"]) == (["2027-03-05T10:30:00Z"], ["2027-03-05T11:00:00Z"])
    for link in (google, outlook):
        said = " ".join(value for values in link.values() for value in values)
        assert "book/" not in said
        assert "Bērziņa" not in said
        assert "Klīnika „Vēja roze”, Kastaņu aleja 12, Rīga" in said
