"""Composes what a card says about a person, in the languages that the card has, from hand-written sentences.

The sentence chosen at a place is the same in every language, so translations say what the Latvian text says.
Choices follow the person's number within the specialty and not chance: neighbours then share no sentence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demo_content import seeded
from demo_content.material import LANGS, table
from demo_content.names import Person

RUSSIAN_PERCENT = 65
ENGLISH_PERCENT = 50
CLOSING_PERCENT = 60
AND = {"lv": " un ", "ru": " и ", "en": " and "}

# Russian says "со страхом" and "со вспышками": the preposition takes a vowel before two such consonants.
_HISSING = re.compile(r"\b([Сс]) (?=[сзшж][бвгджзклмнпрстфхцчшщ]|вс)")
_PLACE = re.compile(r"\{([^{}]+)\}")
Sentence = Mapping[str, str]


@dataclass(frozen=True)
class Facts:
    """What sentences speak of beside names: the person's work and where to find it."""

    person: Person
    specialty: str
    languages: Sequence[str]
    room: str
    floor: str


def languages_of(key: str) -> tuple[str, ...]:
    """The languages that the text is written in: always Latvian, the others often."""
    russian = seeded.chance(f"{key}/ru", RUSSIAN_PERCENT)
    english = seeded.chance(f"{key}/en", ENGLISH_PERCENT)
    return tuple(lang for lang, there in zip(LANGS, (True, russian, english), strict=True) if there)


def text_of(key: str, number: int, facts: Facts) -> dict[str, str]:
    """The body by language, two paragraphs each. `number` counts the people of this specialty."""
    own, common = table(f"texts/{facts.specialty}"), table("common")
    start = number + seeded.below(f"{facts.specialty}/start", 1000)
    work = spread(own["work"], start, 1)
    about = [spread(own.get("open", common["open"]), start, 2), *work_and_next(own["work"], work, start)]
    about.append(spread(own["tools"], start, 0))
    personal = [
        spread(common["path"], start, 1),
        spread(common["place"], start, 1),
        spread(common["manner"], start, 5),
        spread(own["note"], start, 2),
    ]
    if seeded.chance(f"{key}/closing", CLOSING_PERCENT):
        personal.append(spread(common["closing"], start, 7))
    places = _places(key, facts, own["sees"])
    return {
        lang: "\n\n".join(
            " ".join(filled(sentence[lang], places[lang], facts.person.woman) for sentence in part)
            for part in (about, personal)
        )
        for lang in languages_of(key)
    }


def spread(items: Sequence[Sentence], number: int, slant: int) -> Sentence:
    """The item for this number. Lists of equal length but another slant fall out of step after each round."""
    return items[(number + number // len(items) * slant) % len(items)]


def work_and_next(items: Sequence[Sentence], first: Sentence, number: int) -> list[Sentence]:
    """Two different sentences about work: the first one and another whose distance changes by rounds."""
    distance = 1 + number // len(items) % (len(items) - 1)
    return [first, items[(list(items).index(first) + distance) % len(items)]]


def filled(sentence: str, places: Mapping[str, str], woman: bool) -> str:
    """A sentence with its places filled: `{name}`, `{gen}`, `{sees}`, `{graduated}`, or `{he-form|she-form}`."""

    def place(found: re.Match[str]) -> str:
        he, bar, she = found[1].partition("|")
        return (she if woman else he) if bar else places[found[1]]

    return _HISSING.sub(r"\1о ", _PLACE.sub(place, sentence))


def joined(items: Sequence[str], lang: str) -> str:
    """`a, b un c`; a thing that is itself a pair comes first, so that no "and" follows another."""
    ordered = sorted(items, key=lambda item: AND[lang] not in item)
    return ", ".join(ordered[:-1]) + AND[lang] + ordered[-1] if len(ordered) > 1 else ordered[0]


def _places(key: str, facts: Facts, sees: Sequence[Sentence]) -> dict[str, dict[str, str]]:
    """What fills each place, by language."""
    graduated = seeded.between(f"{key}/graduated", 1988, 2016)
    specialist = graduated + seeded.between(f"{key}/residency", 3, 6)
    here = min(2025, specialist + seeded.between(f"{key}/here", 1, 9))
    full, seen, spoken = facts.person.full, seeded.several(f"{key}/sees", sees, 3), table("common")["spoken"]
    same = {
        "name": full.nominative,
        "gen": full.genitive,
        "dat": full.dative,
        "acc": full.accusative,
        "graduated": str(graduated),
        "specialist": str(specialist),
        "here": str(here),
        "room": facts.room,
        "floor": facts.floor,
    }
    return {
        lang: {
            **same,
            "sees": joined([item[lang] for item in seen], lang),
            "spoken": joined([spoken[name][lang] for name in facts.languages], lang),
        }
        for lang in LANGS
    }
