"""The page of what was found: its heading, rows, filters and parts, and ways on where nothing was."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from math import ceil
from typing import Any

from flask import abort, request
from sqlalchemy.orm import Session

from booking_service.bookings.letters import said
from booking_service.directory.findings import Found
from booking_service.directory.models import TermKind
from booking_service.portal import search_filters as filters
from booking_service.portal.search_address import address_of, query_of
from booking_service.portal.search_rows import found_rows
from booking_service.search.answers import Answer, Near, answer
from booking_service.search.rules import PAGE, Question
from theme.environment import address
from theme.words import current, translate

AROUND = 2


def searched(session: Session, asked: Question, now: datetime) -> dict[str, Any]:
    """What the page shows. A page beyond the last one is none: 404."""
    found = answer(session, asked) if asked.page else abort(404)
    question = found.question
    if asked.page > 1 and not found.total:
        abort(404)
    return {
        "path": f"{request.path}?{request.query_string.decode('ascii', 'replace')}",
        "heading": _heading(found),
        "question": question,
        "typed": " ".join(filter(None, (_specialty(found), question.text))),
        "kept": _kept(question, "q", "specialty", "page"),
        "hidden": _kept(question, *FORM),
        "total": found.total,
        "rows": found_rows(session, found, now),
        "chips": filters.chips(found),
        "lists": {name: filters.options(found, name) for name in ("specialty", "town", "lang", "insurer")},
        "payers": filters.few(found, "payer"),
        "when": filters.few(found, "when"),
        "yes": {name: filters.yes(found, name) for name in filters.YES},
        "orders": {sort: address_of(question, sort=sort) for sort in ("time", "price")},
        "clinics": [(said(one.names, current()), address(f"/klinikas/{one.slug}/")) for one in found.clinics],
        "links": _links(question, found.total),
        "near": [(said(one.names, current()), _near(question, one)) for one in found.near],
        "towns": _towns(found),
        "alone": _alone(question) if not found.total else (),
        "unfiltered": address_of(Question(text=question.text)) if question.text and question.filters else "",
        "lists_of": _lists_of(found),
    }


FORM = ("specialty", "town", "payer", "insurer", "lang", "remote", "children", "when", "free", "page")


def _kept(question: Question, *fields: str) -> dict[str, str]:
    """What a form that has these fields passes on unseen."""
    return {name: value for name, value in query_of(question).items() if name not in fields}


def _specialty(found: Answer) -> str:
    slug = found.question.specialty
    return filters.name_of(found, TermKind.SPECIALTY, slug) if slug else ""


def _heading(found: Answer) -> str:
    question, lang = found.question, current()
    if not (question.text or question.specialty or question.town):
        return translate("All doctors")
    if not (question.specialty or question.town):
        return translate("Search: “%(words)s”", words=question.text)
    plural = found.names[TermKind.SPECIALTY, question.specialty].facts["plural"] if question.specialty else {}
    whole = said(plural, lang) if plural else translate("Doctors")
    if question.town:
        whole += f" {said(found.names[TermKind.TOWN, question.town].facts['in'], lang)}"
    return translate("%(doctors)s: “%(words)s”", doctors=whole, words=question.text) if question.text else whole


def _links(question: Question, total: int) -> list[dict[str, Any]]:
    """Numbered parts: the first, the last, and those around this one."""
    last = ceil(total / PAGE)
    numbers = {1, last, *range(question.page - AROUND, question.page + AROUND + 1)}
    shown = sorted(number for number in numbers if 1 <= number <= last) if last > 1 else []
    return [
        {"text": str(one), "href": address_of(question, page=one), "current": one == question.page} for one in shown
    ]


def _near(question: Question, near: Near) -> str:
    """Where a thing of nearly that name is: a doctor's or a clinic's own page, or the search for it."""
    if near.kind is Found.DOCTOR:
        return address(f"/arsti/{near.slug}/")
    if near.kind is Found.CLINIC:
        return address(f"/klinikas/{near.slug}/")
    return address_of(replace(question, text=""), **{near.kind.value: near.slug})


def _towns(found: Answer) -> list[tuple[str, str, int]]:
    """Towns that have the specialty: name, the same question there, and how many doctors."""
    return [
        (
            filters.name_of(found, TermKind.TOWN, town),
            address_of(Question(specialty=found.question.specialty), town=town),
            count,
        )
        for town, count in found.towns
        if (TermKind.TOWN, town) in found.names
    ]


def _alone(question: Question) -> list[tuple[str, str]]:
    """Each typed word by itself, where several together find nothing."""
    typed = question.text.split()
    return [(word, address_of(question, text=word)) for word in dict.fromkeys(typed)] if len(typed) > 1 else []


def _lists_of(found: Answer) -> list[tuple[str, str]]:
    """The pages of the site about what was found."""
    if not found.total:
        return []
    question: Mapping[TermKind, str] = {
        TermKind.SPECIALTY: found.question.specialty,
        TermKind.TOWN: found.question.town,
    }
    return [(filters.name_of(found, kind, slug), address(f"/{slug}/")) for kind, slug in question.items() if slug]
