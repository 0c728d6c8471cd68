"""A question of search as an address, and back: what an address says wrongly is passed over."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import url_for

from booking_service.bookings.upcoming import When
from booking_service.directory.models import Payer
from booking_service.search.rules import Question, typed

WHEN: Mapping[str, When] = {"evening": "evening", "weekend": "weekend"}
LANGUAGE = re.compile(r"[a-z]{2}")
MOST_PAGES = 100_000


def question_of(query: Mapping[str, str]) -> Question:
    """Read what an address asks. `page` 0 is a number that is none."""
    payer, lang, page = query.get("payer", ""), query.get("lang", ""), query.get("page", "1")
    return Question(
        text=typed(query.get("q", "")),
        specialty=query.get("specialty", ""),
        town=query.get("town", ""),
        insurer=query.get("insurer", ""),
        payer=Payer(payer) if payer in list(Payer) else None,
        lang=lang if LANGUAGE.fullmatch(lang) else "",
        remote=query.get("remote") == "1",
        children=query.get("children") == "1",
        when=WHEN.get(query.get("when", "")),
        free=query.get("free") == "1",
        sort="price" if query.get("sort") == "price" else "time",
        page=min(int(page), MOST_PAGES) if page.isascii() and page.isdigit() and len(page) < 9 else 0,
    )


def query_of(question: Question) -> dict[str, str]:
    """What an address says of a question: only what is asked."""
    asked: Mapping[str, Any] = {
        "q": question.text,
        "specialty": question.specialty,
        "town": question.town,
        "insurer": question.insurer,
        "payer": question.payer.value if question.payer else "",
        "lang": question.lang,
        "remote": "1" if question.remote else "",
        "children": "1" if question.children else "",
        "when": question.when or "",
        "free": "1" if question.free else "",
        "sort": "" if question.sort == "time" else question.sort,
        "page": str(question.page) if question.page > 1 else "",
    }
    return {name: value for name, value in asked.items() if value}


def address_of(question: Question, **changes: Any) -> str:
    """The address of a question, changed; whatever is changed begins at its first page."""
    query: Mapping[str, Any] = query_of(replace(question, **{"page": 1, **changes}))
    return url_for("portal.search", **query)
