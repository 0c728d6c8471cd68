"""How times, days, prices and phones are written in the three languages.

Every function reads the current language. A moment is an aware datetime and is shown in `zone`; a day is a date, or a
moment whose local date is meant. Spaces that must not break a line (after a day's number, before the € sign) do not.
"""

from datetime import UTC, date, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from theme import calendar_words
from theme.words import current

RIGA = "Europe/Riga"
NBSP = "\N{NO-BREAK SPACE}"
FILTERS = (
    "clock_time", "day_label", "day_sentence", "day_on", "day_until", "day_short", "day_tiny", "day_from_today",
    "full_date", "full_date_in", "moment_sentence", "moment_label", "moment_until", "moment_from_today",
    "moment_soon", "price", "phone", "phone_href", "duration", "span", "day_number_month", "weekday_name",
    "weekday_short", "weekday_letter", "day_number", "month_name", "month_after_number", "iso",
)  # fmt: skip

Day: TypeAlias = date | datetime
Zone: TypeAlias = str | ZoneInfo


def _zone(zone: Zone) -> ZoneInfo:
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone)


def local(moment: datetime, zone: Zone = RIGA) -> datetime:
    """The moment on the clinic's clock; ValueError for a moment that does not say its zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment must be aware")
    return moment.astimezone(_zone(zone))


def _day(day: Day, zone: Zone) -> date:
    return local(day, zone).date() if isinstance(day, datetime) else day


def _this_year(zone: Zone) -> int:
    return datetime.now(UTC).astimezone(_zone(zone)).year


def clock_time(when: datetime | int, zone: Zone = RIGA) -> str:
    """ "10.15" in Latvian, "10:15" else; from a moment, or from minutes since midnight (1440 is "24.00")."""
    if isinstance(when, datetime):
        moment = local(when, zone)
        hour, minute = moment.hour, moment.minute
    else:
        hour, minute = divmod(when, 60)
    return f"{hour}{'.' if current() == 'lv' else ':'}{minute:02d}"


def span(start: datetime | int, end: datetime | int, zone: Zone = RIGA) -> str:
    """ "14.30–15.00"."""
    return f"{clock_time(start, zone)}–{clock_time(end, zone)}"


def weekday_name(day: Day | int, zone: Zone = RIGA) -> str:
    """ "Trešdiena" for a day or for a weekday's number (Monday is 0)."""
    number = day if isinstance(day, int) else _day(day, zone).weekday()
    return calendar_words.WEEKDAYS[current()][number]


def weekday_letter(day: Day | int, zone: Zone = RIGA) -> str:
    """The weekday's first letter, as the time strip has it."""
    return weekday_name(day, zone)[0]


def month_name(day: Day, zone: Zone = RIGA) -> str:
    """ "marts", "март", "March"."""
    return calendar_words.MONTHS[current()][_day(day, zone).month - 1]


def weekday_short(day: Day, zone: Zone = RIGA) -> str:
    """ "piektd.", "пт", "Fri"."""
    return calendar_words.WEEKDAYS_SHORT[current()][_day(day, zone).weekday()]


def day_number(day: Day, zone: Zone = RIGA) -> str:
    """ "5." in Latvian, "5" else."""
    return f"{_day(day, zone).day}{'.' if current() == 'lv' else ''}"


def month_after_number(day: Day, zone: Zone = RIGA) -> str:
    """ "marts", "марта", "March": the month as it stands under or after the day's number."""
    return calendar_words.MONTHS_AFTER_NUMBER[current()][_day(day, zone).month - 1]


def _number_and_month(day: date, months: tuple[str, ...], year: bool) -> str:
    month = months[day.month - 1]
    if current() == "lv":
        return f"{day.year}.{NBSP}gada {day.day}.{NBSP}{month}" if year else f"{day.day}.{NBSP}{month}"
    text = f"{day.day}{NBSP}{month}"
    if not year:
        return text
    return f"{text} {day.year}{NBSP}года" if current() == "ru" else f"{text} {day.year}"


def _dated(day: Day, zone: Zone, weekdays: dict[str, tuple[str, ...]], months: dict[str, tuple[str, ...]]) -> str:
    local_day = _day(day, zone)
    number = _number_and_month(local_day, months[current()], local_day.year != _this_year(zone))
    comma = " " if current() == "en" else ", "
    return f"{weekdays[current()][local_day.weekday()]}{comma}{number}"


def day_label(day: Day, zone: Zone = RIGA) -> str:
    """As a heading: "Trešdiena, 3. marts", "Среда, 3 марта", "Wednesday 3 March"; the year only when not this one."""
    return _dated(day, zone, calendar_words.WEEKDAYS, calendar_words.MONTHS_AFTER_NUMBER)


def day_sentence(day: Day, zone: Zone = RIGA) -> str:
    """Inside a sentence after a noun: "trešdien, 3. martā", "среда, 3 марта", "Wednesday 3 March"."""
    return _dated(day, zone, calendar_words.WEEKDAYS_SENTENCE, calendar_words.MONTHS_IN)


def day_on(day: Day, zone: Zone = RIGA) -> str:
    """When something happens: "trešdien, 3. martā", "в среду, 3 марта", "on Wednesday 3 March"."""
    return _dated(day, zone, calendar_words.WEEKDAYS_ON, calendar_words.MONTHS_IN)


def day_until(day: Day, zone: Zone = RIGA) -> str:
    """After "līdz", "до", "until": "trešdienai, 3. martam", "среды, 3 марта", "Wednesday 3 March"."""
    return _dated(day, zone, calendar_words.WEEKDAYS_UNTIL, calendar_words.MONTHS_UNTIL)


def day_short(day: Day, zone: Zone = RIGA) -> str:
    """ "otrd., 9. marts", "вт, 9 марта", "Tue 9 March"."""
    return _dated(day, zone, calendar_words.WEEKDAYS_SHORT, calendar_words.MONTHS_AFTER_NUMBER)


def day_tiny(day: Day, zone: Zone = RIGA) -> str:
    """ "pirmd., 19. apr.", for narrow columns."""
    return _dated(day, zone, calendar_words.WEEKDAYS_SHORT, calendar_words.MONTHS_SHORT)


def day_from_today(day: Day, today: date, zone: Zone = RIGA) -> str:
    """ "šodien, 2. martā", "rīt, 3. martā", later days as `day_sentence`."""
    local_day = _day(day, zone)
    distance = (local_day - today).days
    if distance not in (0, 1):
        return day_sentence(local_day, zone)
    number = _number_and_month(local_day, calendar_words.MONTHS_IN[current()], False)
    return f"{calendar_words.TODAY_TOMORROW[current()][distance]}, {number}"


def day_number_month(day: Day, zone: Zone = RIGA) -> str:
    """Without a weekday, for visits long past: "11. febr.", "11 февр.", "11 Feb"; the year when not this one."""
    local_day = _day(day, zone)
    year = f" {local_day.year}" if local_day.year != _this_year(zone) else ""
    return _number_and_month(local_day, calendar_words.MONTHS_SHORT[current()], False) + year


def full_date(day: Day, zone: Zone = RIGA) -> str:
    """With its year and without a weekday: "2026. gada 2. novembris", "2 ноября 2026 года", "2 November 2026"."""
    return _number_and_month(_day(day, zone), calendar_words.MONTHS_AFTER_NUMBER[current()], True)


def full_date_in(day: Day, zone: Zone = RIGA) -> str:
    """When it happened: "2026. gada 2. novembrī"; in the other languages as `full_date`."""
    return _number_and_month(_day(day, zone), calendar_words.MONTHS_IN[current()], True)


def _with_time(day: str, moment: datetime, zone: Zone) -> str:
    o_clock = f"plkst.{NBSP}" if current() == "lv" else ""
    return f"{day}, {o_clock}{clock_time(moment, zone)}"


def moment_sentence(moment: datetime, zone: Zone = RIGA) -> str:
    """ "trešdien, 3. martā, plkst. 10.15", "среда, 3 марта, 10:15", "Wednesday 3 March, 10:15"."""
    return _with_time(day_sentence(moment, zone), moment, zone)


def moment_label(moment: datetime, zone: Zone = RIGA) -> str:
    """In a list of facts: "Piektdiena, 5. marts, 12.30"."""
    return f"{day_label(moment, zone)}, {clock_time(moment, zone)}"


def moment_until(moment: datetime, zone: Zone = RIGA) -> str:
    """After "līdz", "до", "until": "ceturtdienai, 4. martam, plkst. 12.30"."""
    return _with_time(day_until(moment, zone), moment, zone)


def moment_from_today(moment: datetime, today: date, zone: Zone = RIGA) -> str:
    """ "rīt, 3. martā, plkst. 10.15"."""
    return _with_time(day_from_today(moment, today, zone), moment, zone)


def moment_soon(moment: datetime, today: date, zone: Zone = RIGA) -> str:
    """ "šodien, 15.40", "rīt, 10.15", else the day alone: "otrd., 9. marts"."""
    distance = (_day(moment, zone) - today).days
    if distance not in (0, 1):
        return day_short(moment, zone)
    return f"{calendar_words.TODAY_TOMORROW[current()][distance]}, {clock_time(moment, zone)}"


def price(cents: int) -> str:
    """ "55,00 €", in English "€55.00"; thousands stand apart."""
    euros, rest = divmod(abs(cents), 100)
    minus = "−" if cents < 0 else ""
    if current() == "en":
        return f"{minus}€{euros:,}.{rest:02d}"
    return f"{minus}{euros:,}".replace(",", NBSP) + f",{rest:02d}{NBSP}€"


def phone(number: str) -> str:
    """ "+371 6000 0012" from any spelling of it; a number of another country stays as it was typed."""
    digits = number.replace(" ", "").replace(NBSP, "").replace("-", "")
    if digits.startswith("+371") and len(digits) == 12:
        return NBSP.join((digits[:4], digits[4:8], digits[8:]))
    return number.strip().replace(" ", NBSP)


def phone_href(number: str) -> str:
    """ "tel:+37160000012"."""
    return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")


def duration(minutes: int) -> str:
    """ "30 min", "1 h 30 min", in Russian "1 ч 30 мин"."""
    hour_word, minute_word = ("ч", "мин") if current() == "ru" else ("h", "min")
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}{NBSP}{hour_word}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{NBSP}{minute_word}")
    return NBSP.join(parts)


def iso(when: Day, zone: Zone = RIGA) -> str:
    """For `<time datetime>`: "2027-03-03", or with the clinic's offset "2027-03-03T10:15+02:00"."""
    return local(when, zone).isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat()
