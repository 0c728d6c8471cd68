"""One parser for each kind of field: text as an author writes it becomes a typed value, or is refused with the cure.

Everything arrives as text, because YAML must not guess (`9:30` would become 570, `no` false).
Durations and times of day leave as minutes, money as cents, phones as E.164.
"""

import datetime
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Annotated, Any, Final, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError
from slugify import slugify

from clinic_directory.problems import choice

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PICTURE: Final = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*\.(?:jpe?g|png|webp)")
LONGEST_SLUG: Final = 80
LONGEST_LINE: Final = 160
LONGEST_NOTE: Final = 1200
LONGEST_SUMMARY: Final = 300
OLDEST: Final = 120

_DURATION = re.compile(r"(\d{1,4}) ?(min|h|d)")
_MINUTES = {"min": 1, "h": 60, "d": 24 * 60}
_MONEY = re.compile(r"(\d{1,5})(?:\.(\d{2}))?")
_FIVES = r"^\d*[05]( ?min)?$"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE = re.compile(r"\d{1,6}")
_DECIMAL = re.compile(r"\d{1,3}\.\d{1,10}")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


class Fault(NamedTuple):
    """One thing wrong: where inside the field (nothing: the field itself), what, and a phrase on what to do."""

    at: tuple[str | int, ...]
    text: str
    instead: str


FieldError = PydanticCustomError


def faults_of(error: PydanticCustomError) -> tuple[Fault, ...]:
    """The faults that `refused_together` put into an error."""
    faults: tuple[Fault, ...] = (error.context or {})["faults"]
    return faults


def refused(text: str, write: str) -> PydanticCustomError:
    return refused_together([Fault((), text, f"write {write}")])


def refused_together(faults: Sequence[Fault]) -> PydanticCustomError:
    """One error that carries every fault of a field, since a field may raise only once."""
    return PydanticCustomError("content", "{problem}", {"problem": faults[0].text, "faults": tuple(faults)})


def parsed(parse: Callable[[str], Any], **schema: object) -> BeforeValidator:
    """Runs `parse` on text and lets a ready value through, so that programs can build the same models.

    `schema` is what JSON Schema can say about the text, for the completion of editors.
    """

    def from_text(value: Any) -> Any:
        return parse(value.strip()) if isinstance(value, str) else value

    # An editor's YAML takes 304 for a number, the reader takes it for text.
    written = Annotated[Any, WithJsonSchema({"type": ["string", "number"], **schema})]
    return BeforeValidator(from_text, json_schema_input_type=written)


def matching(pattern: str, text: str, instead: str) -> BeforeValidator:
    """Refuses text that is not of the pattern: `text` says what it is not."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise refused(f'"{shortened(value)}" is not {text}', instead)
        return value

    return parsed(check, pattern=f"^(?:{pattern})$")


def shortened(value: str) -> str:
    """A piece of the author's text that is short enough for one line of a report."""
    line = " ".join(value.split())
    return line if len(line) <= 60 else line[:59] + "…"


def slug(value: str) -> str:
    if not SLUG.fullmatch(value) or len(value) > LONGEST_SLUG:
        better = slugify(value, max_length=LONGEST_SLUG, word_boundary=True) or "riga"
        raise refused(f'"{shortened(value)}" is not a slug (a–z, 0–9 and single hyphens)', better)
    return value


def line(value: str) -> str:
    if "\n" in value:
        raise refused("takes one line", "the text without line breaks")
    return limited(value, LONGEST_LINE)


def note(value: str) -> str:
    return limited(value, LONGEST_NOTE)


def summary(value: str) -> str:
    """What a search engine shows under a title; longer ones are cut there."""
    return limited(value, LONGEST_SUMMARY)


def limited(value: str, longest: int) -> str:
    if not value:
        raise refused("is empty", "the text or leave the field out")
    if len(value) > longest:
        raise refused(f"has {len(value)} characters, at most {longest} fit", "a shorter text")
    return value


def yes_no(value: str) -> bool:
    if value not in ("yes", "no"):
        raise refused(f'"{shortened(value)}" is not an answer', "yes or no")
    return value == "yes"


def whole(value: str) -> int:
    if not _WHOLE.fullmatch(value):
        raise refused(f'"{shortened(value)}" is not a whole number', "a number such as 30")
    return int(value)


def fives(value: str) -> int:
    """Minutes on the five-minute grid that bookings are kept in."""
    minutes = whole(value.removesuffix("min").rstrip())
    if minutes % 5:
        raise refused(
            f'"{value}" is not a multiple of 5 minutes', f"{minutes - minutes % 5} or {minutes + 5 - minutes % 5}"
        )
    return minutes


def duration(value: str) -> int:
    """`10 min`, `2 h` or `90 d` in minutes."""
    found = _DURATION.fullmatch(value)
    if not found:
        raise refused(f'"{shortened(value)}" is not a length of time', "10 min, 2 h or 90 d")
    return int(found[1]) * _MINUTES[found[2]]


def days(value: str) -> int:
    """`90 d` in days."""
    found = _DURATION.fullmatch(value)
    if not found or found[2] != "d":
        raise refused(f'"{shortened(value)}" is not a number of days', "90 d")
    return int(found[1])


def money(value: str) -> int:
    """Euro in cents."""
    found = _MONEY.fullmatch(value)
    if not found:
        raise refused(f'"{shortened(value)}" is not an amount in euro', '"55.00"')
    return int(found[1]) * 100 + int(found[2] or 0)


def date(value: str) -> datetime.date:
    try:
        if not _DATE.fullmatch(value):
            raise ValueError(value)
        day = datetime.date.fromisoformat(value)
    except ValueError:
        raise refused(f'"{shortened(value)}" is not a day of the calendar', "a day such as 2026-11-02") from None
    if not 2000 <= day.year <= 2100:
        raise refused(f'"{value}" is too far away', "a day between 2000-01-01 and 2100-12-31")
    return day


def degrees(low: float, high: float, name: str) -> Callable[[str], float]:
    """A coordinate inside Latvia; a swapped pair is caught by the bounds."""

    def degrees_inside(value: str) -> float:
        if not _DECIMAL.fullmatch(value):
            raise refused(f'"{shortened(value)}" is not a coordinate', f'degrees with a point, such as "{low + 1:.5f}"')
        number = float(value)
        if not low <= number <= high:
            raise refused(f'"{value}" is outside Latvia', f"a {name} between {low} and {high}")
        return number

    return degrees_inside


@lru_cache(maxsize=4096)
def phone(value: str) -> str:
    """E.164, `+37160000012`; a number without a country is Latvian."""
    try:
        number = phonenumbers.parse(value, "LV")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or number.extension or not phonenumbers.is_valid_number(number):
        raise refused(f'"{shortened(value)}" is not a telephone number', "+371 6000 0012")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=4096)
def email(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError:
        raise refused(f'"{shortened(value)}" is not an e-mail address', "registratura@klinika.lv") from None


def link(value: str) -> str:
    try:
        parts = urlsplit(value)
        good = parts.scheme == "https" and _HOST.fullmatch(parts.netloc.lower()) and not re.search(r"[\s<>\"\\]", value)
    except ValueError:
        good = False
    if not good or len(value) > 300:
        raise refused(f'"{shortened(value)}" is not a safe link', "an address that begins with https://")
    return value


def company_number(value: str) -> str:
    """The unified registration number: 11 digits, and those of companies begin with 4 to 9."""
    if len(value) != 11 or not value.isascii() or not value.isdigit() or value[0] < "4":
        raise refused(f'"{shortened(value)}" is not a company number', '11 digits from "4" up, such as "40003000000"')
    return value


def time_zone(value: str) -> str:
    if value not in available_timezones():
        instead = choice(value, tuple(sorted(available_timezones())), "write Europe/Riga")
        raise refused_together([Fault((), f'"{shortened(value)}" is not a time zone', instead)])
    return value


Slug = Annotated[str, parsed(slug, pattern=f"^{SLUG.pattern}$"), Field(examples=["riga"])]
Line = Annotated[str, parsed(line), Field(examples=["a line of text"])]
Summary = Annotated[str, parsed(summary), Field(examples=["a sentence or two"])]
Flag = Annotated[bool, parsed(yes_no, enum=["yes", "no"]), Field(examples=["yes"])]
Age = Annotated[int, parsed(whole, pattern=r"^\d{1,3}$"), Field(ge=0, le=OLDEST, examples=["18"])]
Buffer = Annotated[int, parsed(fives, pattern=_FIVES), Field(ge=0, le=240, examples=["5"])]
Minutes = Annotated[int, parsed(fives, pattern=_FIVES), Field(ge=5, le=600, examples=["30"])]
Count = Annotated[int, parsed(whole, pattern=r"^\d{1,2}$"), Field(ge=1, le=50, examples=["2"])]
Early = Annotated[int, parsed(duration, pattern=f"^{_DURATION.pattern}$"), Field(ge=0, le=240, examples=["10 min"])]
Duration = Annotated[
    int, parsed(duration, pattern=f"^{_DURATION.pattern}$"), Field(ge=0, le=366 * 24 * 60, examples=["2 h"])
]
Days = Annotated[int, parsed(days, pattern=r"^\d{1,4} ?d$"), Field(ge=1, le=730, examples=["90 d"])]
Money = Annotated[int, parsed(money, pattern=f"^{_MONEY.pattern}$"), Field(examples=['"55.00"'])]
Day = Annotated[datetime.date, parsed(date, pattern=f"^{_DATE.pattern}$"), Field(examples=["2026-11-02"])]
Latitude = Annotated[float, parsed(degrees(55.6, 58.1, "latitude")), Field(examples=['"56.94965"'])]
Longitude = Annotated[float, parsed(degrees(20.9, 28.3, "longitude")), Field(examples=['"24.10519"'])]
Phone = Annotated[str, parsed(phone), Field(examples=["+371 6000 0012"])]
Email = Annotated[str, parsed(email), Field(examples=["registratura@klinika.lv"])]
Link = Annotated[str, parsed(link, pattern="^https://"), Field(examples=["https://klinika.lv/"])]
CompanyNumber = Annotated[str, parsed(company_number), Field(examples=['"40003000000"'])]
PostCode = Annotated[str, matching(r"LV-\d{4}", "a post code", "LV-1010"), Field(examples=["LV-1010"])]
InstitutionCode = Annotated[
    str, matching(r"\d{4}-\d{5}", "an institution code", "0100-00000"), Field(examples=["0100-00000"])
]
Prefix = Annotated[str, matching(r"[A-Z]{2,3}", "two or three capital letters", "VR"), Field(examples=["VR"])]
Region = Annotated[str, matching(r"LV-[A-Z0-9]{2,3}", "a region of ISO 3166-2", "LV-RIX"), Field(examples=["LV-RIX"])]
SnomedCode = Annotated[str, matching(r"\d{6,18}", "a SNOMED code", '"394579002"'), Field(examples=['"394579002"'])]
RegisterNumber = Annotated[
    str, matching(r"[0-9A-Z-]{3,20}", "a register number", '"12345"'), Field(examples=['"12345"'])
]
TimeZone = Annotated[str, parsed(time_zone), Field(examples=["Europe/Riga"])]
PictureName = Annotated[
    str,
    matching(PICTURE.pattern, "a picture's file name", "ilze-berzina.jpg"),
    Field(examples=["ilze-berzina.jpg"]),
]
