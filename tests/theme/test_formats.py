"""Times, days, prices and phones as the three languages write them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from theme import formats
from theme.words import speaking

WEDNESDAY = date(2027, 3, 3)
MOMENT = datetime(2027, 3, 3, 8, 15, tzinfo=UTC)
TODAY = date(2027, 3, 2)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(datetime(2027, 3, 2, 8, 42, tzinfo=UTC), tick=False):
        yield


def said(text: str) -> str:
    """The text with its non-breaking spaces made plain."""
    return text.replace("\u00a0", " ")


DAYS = {
    "day_label": ("Trešdiena, 3. marts", "Среда, 3 марта", "Wednesday 3 March"),
    "day_sentence": ("trešdien, 3. martā", "среда, 3 марта", "Wednesday 3 March"),
    "day_on": ("trešdien, 3. martā", "в среду, 3 марта", "on Wednesday 3 March"),
    "day_until": ("trešdienai, 3. martam", "среды, 3 марта", "Wednesday 3 March"),
    "day_short": ("trešd., 3. marts", "ср, 3 марта", "Wed 3 March"),
    "day_tiny": ("trešd., 3. marts", "ср, 3 марта", "Wed 3 Mar"),
    "full_date": ("2027. gada 3. marts", "3 марта 2027 года", "3 March 2027"),
    "full_date_in": ("2027. gada 3. martā", "3 марта 2027 года", "3 March 2027"),
    "day_number_month": ("3. marts", "3 марта", "3 Mar"),
    "weekday_name": ("Trešdiena", "Среда", "Wednesday"),
    "weekday_short": ("trešd.", "ср", "Wed"),
    "weekday_letter": ("T", "С", "W"),
    "day_number": ("3.", "3", "3"),
    "month_name": ("marts", "март", "March"),
    "month_after_number": ("marts", "марта", "March"),
}
MOMENTS = {
    "clock_time": ("10.15", "10:15", "10:15"),
    "moment_sentence": ("trešdien, 3. martā, plkst. 10.15", "среда, 3 марта, 10:15", "Wednesday 3 March, 10:15"),
    "moment_label": ("Trešdiena, 3. marts, 10.15", "Среда, 3 марта, 10:15", "Wednesday 3 March, 10:15"),
    "moment_until": ("trešdienai, 3. martam, plkst. 10.15", "среды, 3 марта, 10:15", "Wednesday 3 March, 10:15"),
}
FROM_TODAY = {
    date(2027, 3, 2): ("šodien, 2. martā", "сегодня, 2 марта", "today, 2 March"),
    date(2027, 3, 3): ("rīt, 3. martā", "завтра, 3 марта", "tomorrow, 3 March"),
    date(2027, 3, 4): ("ceturtdien, 4. martā", "четверг, 4 марта", "Thursday 4 March"),
    date(2027, 3, 1): ("pirmdien, 1. martā", "понедельник, 1 марта", "Monday 1 March"),
}


def in_three(name: str, *arguments: object) -> tuple[str, ...]:
    texts = []
    for lang in ("lv", "ru", "en"):
        with speaking(lang):
            texts.append(said(getattr(formats, name)(*arguments)))
    return tuple(texts)


@pytest.mark.parametrize("name", DAYS)
def test_day_is_written_in_each_language(name: str) -> None:
    assert in_three(name, WEDNESDAY) == DAYS[name]


@pytest.mark.parametrize("name", DAYS)
def test_day_of_a_moment_is_the_local_one(name: str) -> None:
    late_on_tuesday_in_london = datetime(2027, 3, 2, 22, 30, tzinfo=UTC)

    assert in_three(name, late_on_tuesday_in_london) == DAYS[name]


@pytest.mark.parametrize("name", MOMENTS)
def test_moment_is_written_in_each_language(name: str) -> None:
    assert in_three(name, MOMENT) == MOMENTS[name]


@pytest.mark.parametrize("day", FROM_TODAY)
def test_today_and_tomorrow_are_said_with_their_date(day: date) -> None:
    assert in_three("day_from_today", day, TODAY) == FROM_TODAY[day]


def test_tomorrow_is_said_with_its_time() -> None:
    assert in_three("moment_from_today", MOMENT, TODAY)[0] == "rīt, 3. martā, plkst. 10.15"
    assert in_three("moment_soon", MOMENT, TODAY) == ("rīt, 10.15", "завтра, 10:15", "tomorrow, 10:15")


def test_later_day_stands_without_a_time() -> None:
    assert in_three("moment_soon", datetime(2027, 3, 9, 8, tzinfo=UTC), TODAY)[0] == "otrd., 9. marts"


def test_every_weekday_has_its_latvian_forms() -> None:
    week = [date(2027, 3, day) for day in range(1, 8)]

    assert " ".join(map(formats.weekday_short, week)) == "pirmd. otrd. trešd. ceturtd. piektd. sestd. svētd."
    assert [formats.day_sentence(day).split(",")[0] for day in week] == [
        "pirmdien", "otrdien", "trešdien", "ceturtdien", "piektdien", "sestdien", "svētdien",
    ]  # fmt: skip
    assert [formats.day_until(day).split(",")[0] for day in week] == [
        "pirmdienai", "otrdienai", "trešdienai", "ceturtdienai", "piektdienai", "sestdienai", "svētdienai",
    ]  # fmt: skip
    assert "".join(formats.weekday_letter(day) for day in week) == "POTCPSS"


def test_every_month_has_its_latvian_locative() -> None:
    months = [said(formats.day_sentence(date(2027, month, 1))).split()[-1] for month in range(1, 13)]

    assert months == [
        "janvārī", "februārī", "martā", "aprīlī", "maijā", "jūnijā", "jūlijā", "augustā", "septembrī", "oktobrī",
        "novembrī", "decembrī",
    ]  # fmt: skip


def test_year_is_said_only_when_it_is_not_this_one() -> None:
    assert in_three("day_label", date(2028, 3, 3)) == (
        "Piektdiena, 2028. gada 3. marts",
        "Пятница, 3 марта 2028 года",
        "Friday 3 March 2028",
    )
    assert in_three("day_sentence", date(2026, 12, 9))[0] == "trešdien, 2026. gada 9. decembrī"


def test_spaces_after_day_and_before_euro_do_not_break() -> None:
    assert formats.day_sentence(WEDNESDAY) == "trešdien, 3.\u00a0martā"
    assert formats.moment_sentence(MOMENT).endswith("plkst.\u00a010.15")
    assert formats.price(5500) == "55,00\u00a0€"


def test_hour_has_no_leading_zero() -> None:
    assert in_three("clock_time", 8 * 60 + 5) == ("8.05", "8:05", "8:05")


def test_span_joins_its_ends_without_spaces() -> None:
    assert in_three("span", 870, 900) == ("14.30–15.00", "14:30–15:00", "14:30–15:00")


def test_price_has_a_comma_or_the_english_point() -> None:
    assert in_three("price", 5500) == ("55,00 €", "55,00 €", "€55.00")
    assert in_three("price", 125050) == ("1 250,50 €", "1 250,50 €", "€1,250.50")


def test_minutes_become_hours() -> None:
    assert in_three("duration", 30) == ("30 min", "30 мин", "30 min")
    assert in_three("duration", 90) == ("1 h 30 min", "1 ч 30 мин", "1 h 30 min")
    assert in_three("duration", 120)[0] == "2 h"


@pytest.mark.parametrize("typed", ["+37160000012", "+371 6000 0012", "+371 60-00-00-12"])
def test_phone_is_grouped_by_four(typed: str) -> None:
    assert said(formats.phone(typed)) == "+371 6000 0012"
    assert formats.phone_href(typed) == "tel:+37160000012"


def test_phone_of_another_country_stays_as_typed() -> None:
    assert said(formats.phone("+370 612 34567")) == "+370 612 34567"


def test_machine_time_keeps_the_clinics_offset() -> None:
    assert formats.iso(MOMENT) == "2027-03-03T10:15+02:00"
    assert formats.iso(WEDNESDAY) == "2027-03-03"


def test_zone_of_the_clinic_decides() -> None:
    assert formats.clock_time(MOMENT, "Europe/Vilnius") == "10.15"
    assert formats.clock_time(MOMENT, "Europe/London") == "8.15"


def test_clock_skips_the_missing_hour_of_spring() -> None:
    before, after = datetime(2027, 3, 28, 0, 59, tzinfo=UTC), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)

    assert [formats.clock_time(moment) for moment in (before, after)] == ["2.59", "4.00"]


def test_clock_says_the_doubled_hour_of_autumn_twice() -> None:
    first, second = datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)

    assert [formats.clock_time(moment) for moment in (first, second)] == ["3.30", "3.30"]
    assert [formats.iso(moment)[-6:] for moment in (first, second)] == ["+03:00", "+02:00"]


def test_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        formats.clock_time(datetime(2027, 3, 3, 10, 15))  # noqa: DTZ001
