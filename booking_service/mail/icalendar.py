"""The calendar entry of a visit: iTIP in letters (RFC 5545, 5546, 6047), a file for pages, links to web calendars.

An entry names the clinic and nothing of the reason: calendars are shared and shown on locked screens.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress

from booking_service.mail.letter import VisitFacts, instant

RIGA = "Europe/Riga"

# The library's own block puts the spring change at 4:00; this one agrees with the tz database from 2002 on. Outlook
# shifts entries by an hour without a block, and ignores blocks that list dates instead of a rule.
RIGA_BLOCK = """BEGIN:VTIMEZONE
TZID:Europe/Riga
BEGIN:DAYLIGHT
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
TZNAME:EEST
DTSTART:19700329T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
TZNAME:EET
DTSTART:19701025T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Words:
    """The entry's texts in the reader's language: "Vizīte: <clinic>", and a neutral line that leads to the visit."""

    summary: str
    description: str


def invitation(
    facts: VisitFacts,
    words: Words,
    *,
    method: str,
    organizer: str,
    attendee: str,
    url: str,
    host: str,
    stamp: datetime,
) -> bytes:
    """Build the calendar part of a letter. `method` is REQUEST or CANCEL; `organizer` is the letter's From address.

    REQUEST from the beginning, since Gmail removes no event that was published; a move is a REQUEST with the same UID
    and a higher SEQUENCE, since cancelling and inviting anew leaves two entries.
    """
    event = _event(facts, words, url=url, host=host, stamp=stamp)
    event.add("sequence", facts.revision)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("organizer", _address(organizer, {}))
    # Without these parameters Gmail shows no buttons to answer.
    asked = {} if method == "CANCEL" else {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    event.add("attendee", _address(attendee, asked))
    return _calendar(facts, event, method)


def file_for(facts: VisitFacts, words: Words, *, url: str, host: str, stamp: datetime) -> bytes:
    """Build the file that a page offers: the same visit as a plain entry, without METHOD, organizer and attendee.

    With REQUEST a program would ask to answer the clinic or refuse a file that came by no mail; PUBLISH demands an
    organizer and marks the entry as somebody's feed. A plain entry is simply taken in; the equal UID lets programs
    replace it when the letter's invitation is opened too. It follows no later change, and the page says so.
    """
    return _calendar(facts, _event(facts, words, url=url, host=host, stamp=stamp), "")


def google_link(facts: VisitFacts, words: Words) -> str:
    """Return the address that opens a filled-in entry in Google Calendar; it reaches Google, so it is neutral."""
    dates = "/".join(instant(each).strftime("%Y%m%dT%H%M%SZ") for each in (facts.starts, facts.ends))
    query = {"action": "TEMPLATE", "text": words.summary, "dates": dates, "location": place(facts)}
    return f"https://calendar.google.com/calendar/render?{urlencode(query, quote_via=quote)}"


def outlook_link(facts: VisitFacts, words: Words) -> str:
    """Return the address that opens a filled-in entry in Outlook on the web."""
    query = {
        "rru": "addevent",
        "subject": words.summary,
        "startdt": instant(facts.starts).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "enddt": instant(facts.ends).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "location": place(facts),
    }
    return f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(query, quote_via=quote)}"


def place(facts: VisitFacts) -> str:
    """Return where to go, as a map understands it; empty for a visit by video or phone."""
    if facts.place not in ("on-site", ""):
        return ""
    return ", ".join(filter(None, (facts.clinic_name, facts.clinic_address)))


def _event(facts: VisitFacts, words: Words, *, url: str, host: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{facts.booking_id}@{host}")
    event.add("dtstamp", stamp)
    for name, text in (("dtstart", facts.starts), ("dtend", facts.ends)):
        event.add(name, _local(instant(text), facts.zone))
    event.add("summary", words.summary)
    event.add("description", words.description)
    if where := place(facts):
        event.add("location", where)
    event.add("url", url)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event


def _local(moment: datetime, zone: str) -> datetime:
    """Riga's time has its block; of any other zone we write UTC, which needs none."""
    return moment.astimezone(ZoneInfo(RIGA)) if zone == RIGA else moment


def _address(email: str, parameters: dict[str, str]) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params.update(parameters)
    return address


def _calendar(facts: VisitFacts, event: Event, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Pieraksts//Pieraksts//LV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        # Before the components: Outlook and others miss it anywhere else.
        calendar.add("method", method)
    if facts.zone == RIGA:
        calendar.add_component(_riga())
    calendar.add_component(event)
    text: bytes = calendar.to_ical(sorted=False)
    return text


@cache
def _riga() -> Timezone:
    block = Timezone.from_ical(RIGA_BLOCK)
    if not isinstance(block, Timezone):
        raise TypeError("the block is one time zone")
    return block
