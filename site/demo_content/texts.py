"""Composes what a card says about a doctor, in the languages that the card has, from hand-written sentences.

The sentence chosen at a place is the same in every language, so translations say what the Latvian text says.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demo_content import seeded
from demo_content.material import LANGS, table
from demo_content.names import Person

RUSSIAN_PERCENT = 65
ENGLISH_PERCENT = 50
AND = {"lv": " un ", "ru": " и ", "en": " and "}

_PLACE = re.compile(r"\{([^{}]+)\}")
Sentence = Mapping[str, str]


@dataclass(frozen=True)
class Facts:
    """What sentences may speak of beside names: years, and which of the two genders speaks."""

    graduated: int
    specialist: int
    here: int


def languages_of(key: str) -> tuple[str, ...]:
    """The languages that the text is written in: always Latvian, the others often."""
    russian = seeded.chance(f"{key}/ru", RUSSIAN_PERCENT)
    english = seeded.chance(f"{key}/en", ENGLISH_PERCENT)
    return tuple(lang for lang, there in zip(LANGS, (True, russian, english), strict=True) if there)


def text_of(key: str, person: Person, specialty: str) -> dict[str, str]:
    """The body by language: two paragraphs each."""
    own, common = table(f"texts/{specialty}"), table("common")
    about = [
        seeded.pick(f"{key}/open", common["open"]),
        seeded.pick(f"{key}/work", own["work"]),
        seeded.pick(f"{key}/tools", own["tools"]),
    ]
    personal = [
        seeded.pick(f"{key}/path", common["path"]),
        seeded.pick(f"{key}/manner", common["manner"]),
        seeded.pick(f"{key}/note", own["note"]),
    ]
    if seeded.chance(f"{key}/closing", 60):
        personal.append(seeded.pick(f"{key}/closing-words", common["closing"]))
    sees = seeded.several(f"{key}/sees", own["sees"], 3)
    years = facts(key)
    return {
        lang: "\n\n".join(_said(part, lang, person, sees, years) for part in (about, personal))
        for lang in languages_of(key)
    }


def facts(key: str) -> Facts:
    graduated = seeded.between(f"{key}/graduated", 1988, 2016)
    specialist = graduated + seeded.between(f"{key}/residency", 3, 6)
    return Facts(graduated, specialist, min(2025, specialist + seeded.between(f"{key}/here", 1, 9)))


def _said(part: Sequence[Sentence], lang: str, person: Person, sees: Sequence[Sentence], years: Facts) -> str:
    return " ".join(filled(sentence[lang], lang, person, sees, years) for sentence in part)


def filled(sentence: str, lang: str, person: Person, sees: Sequence[Sentence], years: Facts) -> str:
    """A sentence with its places filled: `{name}`, `{gen}`, `{sees}`, `{graduated}`, or `{he-form|she-form}`."""
    places: dict[str, Any] = {
        "name": person.full.nominative,
        "gen": person.full.genitive,
        "dat": person.full.dative,
        "acc": person.full.accusative,
        "given": person.given.nominative,
        "sees": joined([item[lang] for item in sees], lang),
        "graduated": years.graduated,
        "specialist": years.specialist,
        "here": years.here,
    }

    def place(found: re.Match[str]) -> str:
        he, bar, she = found[1].partition("|")
        return (she if person.woman else he) if bar else str(places[found[1]])

    return _PLACE.sub(place, sentence)


def joined(items: Sequence[str], lang: str) -> str:
    """`a, b un c`."""
    return ", ".join(items[:-1]) + AND[lang] + items[-1] if len(items) > 1 else items[0]
