"""Spans of days in words: "3.–11. marts", and inside a sentence "6.–7. martā"."""

from datetime import date

from theme.calendar_words import MONTHS_AFTER_NUMBER, MONTHS_IN, Forms
from theme.formats import NBSP, day_number
from theme.words import current


def days_label(first: date, last: date) -> str:
    """As a heading; one day stands alone."""
    return _span(first, last, MONTHS_AFTER_NUMBER)


def days_in(first: date, last: date) -> str:
    """When something is so: "6.–7. martā", "28. februārī – 1. martā"."""
    return _span(first, last, MONTHS_IN)


def _span(first: date, last: date, months: Forms) -> str:
    end = f"{day_number(last)}{NBSP}{months[current()][last.month - 1]}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{day_number(first)}–{end}"
    return f"{day_number(first)}{NBSP}{months[current()][first.month - 1]} – {end}"
