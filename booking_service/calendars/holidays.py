"""Latvia's public holidays and moved working days, from the `holidays` library, with names in three languages."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

LANGUAGES = {"lv": "lv", "ru": "ru", "en": "en_US"}
DAY_OFF = {"lv": "Pārceltā brīvdiena", "ru": "Перенесённый выходной", "en": "Moved day off"}
WORKING_DAY = {"lv": "Pārceltā darba diena", "ru": "Перенесённый рабочий день", "en": "Moved working day"}
_MOVED_FROM = re.compile(r"\((?:pārcelta|pārcelts) no (\d\d)\.(\d\d)\.(\d{4})\)")


@dataclass(frozen=True)
class HolidayName:
    """A day off, or (`works`) a Saturday worked by the plan of the weekday that it was exchanged for."""

    day: date
    names: dict[str, str]
    works: bool = False
    as_weekday: int | None = None


@lru_cache(maxsize=8)
def of_year(year: int) -> tuple[HolidayName, ...]:
    """The holidays of a year in order. Which days the government moves is known a year ahead at the most."""
    # Imported here, since it takes a third of a second and only a sync asks.
    import holidays

    names = {lang: holidays.country_holidays("LV", years=year, language=code) for lang, code in LANGUAGES.items()}
    found: dict[date, HolidayName] = {}
    for day, latvian in names["lv"].items():
        moved = _MOVED_FROM.search(latvian)
        if moved is None:
            found[day] = HolidayName(day, {lang: names[lang][day] for lang in LANGUAGES})
            continue
        worked = date(int(moved[3]), int(moved[2]), int(moved[1]))
        found[day] = HolidayName(day, DAY_OFF)
        found[worked] = HolidayName(worked, WORKING_DAY, works=True, as_weekday=day.weekday())
    return tuple(found[day] for day in sorted(found))
