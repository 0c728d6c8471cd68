"""The index that the search field of the static pages answers from while somebody types.

`lv.json` names the other files and alone changes its content: names with a hash never do. `base.lv.<hash>.json` holds
specialties, towns, clinics and services, and their words in every language. `people.<hash>.json` holds doctors for all
languages; more than `TOGETHER` of them are parted by the first letters of the words of their names, so that a search
fetches a few and an edit changes a few. `theme/static/js/finding.js` reads all of it.
"""

import json
import re
from collections.abc import Mapping, Sequence, Set
from functools import cache

from clinic_directory.briefs import Brief
from clinic_directory.lists import Lists
from clinic_directory.words import Words
from theme.assets import hashed
from theme.folding import fold
from theme.words import LANGS, speaking, translate

FOLDER = "search-index"
TOGETHER = 2000
_WORD = re.compile(r"[^\W_]+")

Titles = Mapping[tuple[str, ...], Set[str]]
"""Titles of services, each in the order of LANGS, and the towns of those who offer them."""
Doors = Mapping[tuple[str, str | None], tuple[str, ...]]
"""The clinic that a branch belongs to, and its town where that is not the clinic's own."""


def files(lists: Lists) -> dict[str, bytes]:
    """Every file by its path inside the site."""
    doors = _doors(lists)
    people = {key: _people(briefs, doors) for key, briefs in _shards(lists.doctors.briefs).items()}
    named = {key: (hashed(f"people{key and '.'}{key}.json", content), content) for key, content in people.items()}
    found = {f"{FOLDER}/{name}": content for name, content in named.values()}
    titles = _titles(lists)
    for lang in LANGS:
        with speaking(lang):
            base = _json(_base(lists, titles, lang))
        name = hashed(f"base.{lang}.json", base)
        found[f"{FOLDER}/{name}"] = base
        manifest = {"base": name, "doctors": {key: file for key, (file, _) in named.items()}}
        found[f"{FOLDER}/{lang}.json"] = _json(manifest)
    return found


def _shards(briefs: Sequence[Brief]) -> dict[str, Sequence[Brief]]:
    """All under "", or under each letter those who have a word that begins with it."""
    if len(briefs) <= TOGETHER:
        return {"": briefs}
    found: dict[str, list[Brief]] = {}
    for brief in briefs:
        for letter in {_letter(word[0]) for name in set(brief.names) for word in _WORD.findall(name)}:
            found.setdefault(letter, []).append(brief)
    return {letter: found[letter] for letter in sorted(found)}


@cache
def _letter(sign: str) -> str:
    """What the folded word begins with: "š" and "ш" stand under "s"."""
    return fold(sign)[:1]


class _Numbers(dict[object, int]):
    """Numbers things from 0, in the order in which they are first asked for."""

    def __missing__(self, key: object) -> int:
        self[key] = number = len(self)
        return number


def _people(briefs: Sequence[Brief], doors: Doors) -> bytes:
    """Columns, which compress better than rows. Specialties and places are numbers of the two tables."""
    specialties, places = _Numbers(), _Numbers()
    at = [dict.fromkeys(places[doors[place.clinic, place.branch]] for place in brief.practices) for brief in briefs]
    return _json(
        {
            "slugs": [brief.slug for brief in briefs],
            "names": [brief.names[0] if brief.is_person else brief.names for brief in briefs],
            "is": [_short([specialties[one] for one in brief.specialties]) for brief in briefs],
            "at": [_short(list(numbers)) for numbers in at],
            "specialties": list(specialties),
            "places": list(places),
        }
    )


def _doors(lists: Lists) -> Doors:
    found: dict[tuple[str, str | None], tuple[str, ...]] = {}
    for slug, clinic in lists.directory.clinics.items():
        home = clinic.address.town
        found[slug, None] = (slug,)
        found |= {
            (slug, one.id): (slug,) if one.address.town == home else (slug, one.address.town) for one in clinic.branches
        }
    return found


def _short(values: list[int]) -> object:
    return values[0] if len(values) == 1 else values


def _titles(lists: Lists) -> Titles:
    together: dict[tuple[tuple[str, ...], ...], set[str]] = {}
    for brief in lists.doctors.briefs:
        together.setdefault(brief.titles, set()).update(map(lists.town, brief.practices))
    found: dict[tuple[str, ...], set[str]] = {}
    for titles, towns in together.items():
        for title in titles:
            found.setdefault(title, set()).update(towns)
    return {title: found[title] for title in sorted(found)}


def _base(lists: Lists, titles: Titles, lang: str) -> Mapping[str, object]:
    """Of each thing what is shown, then in one text what else it is called, then numbers of towns."""
    directory = lists.directory
    at = {town: number for number, town in enumerate(lists.towns)}
    towns, clinics, services = [], [], []
    for slug in lists.towns:
        town = directory.towns[slug]
        towns.append([slug, town.name.get(lang), town.in_.get(lang), _others(lang, town.name, town.in_)])
    for clinic in {clinic.slug: clinic for town in lists.towns for clinic in lists.clinics_in(town)}.values():
        doors = [clinic.address, *(branch.address for branch in clinic.branches)]
        where = [at[town] for town in dict.fromkeys(door.town for door in doors)]
        clinics.append([clinic.slug, clinic.name.get(lang), clinic.address.street, _others(lang, clinic.name), where])
    for title, there in titles.items():
        words = Words(**dict(zip(LANGS, title, strict=True)))
        services.append([words.get(lang), _others(lang, words), sorted(at[town] for town in there)])
    specialties = [_specialty(lists, slug, lang, at) for slug in lists.specialties]
    listed = {*lists.specialty_pages, *lists.town_pages}
    return {
        "said": _said(),
        "towns": towns,
        "specialties": specialties,
        "clinics": clinics,
        "services": services,
        "unlisted": [slug for slug in (*lists.specialties, *lists.towns) if slug not in listed],
    }


def _specialty(lists: Lists, slug: str, lang: str, at: Mapping[str, int]) -> list[object]:
    """Two lists close it: the towns in which it has a page, those with the most doctors first, and its other towns."""
    specialty = lists.directory.specialties[slug]
    counts = {town: len(lists.of(slug, town).briefs) for town in lists.towns}
    there = sorted((town for town in counts if counts[town]), key=lambda town: (-counts[town], town))
    texts = [text for text in (specialty.name, specialty.plural, specialty.lay) if text]
    lay = specialty.lay.get(lang) if specialty.lay else ""
    pages = [at[town] for town in there if (slug, town) in lists.pairs]
    few = [at[town] for town in there if (slug, town) not in lists.pairs]
    return [slug, specialty.name.get(lang), specialty.plural.get(lang), lay, _others(lang, *texts), pages, few]


def _others(lang: str, *texts: Words) -> str:
    """The texts in the other languages."""
    said = {text.get(lang) for text in texts}
    return " ".join(dict.fromkeys(other for one in LANGS for text in texts if (other := text.get(one)) not in said))


def _said() -> dict[str, str]:
    return {
        "specialties": translate("Specialties"),
        "doctors": translate("Doctors"),
        "clinics": translate("Clinics"),
        "services": translate("Services"),
        "towns": translate("Towns"),
        "count": translate("Suggestions: {count}"),
        "nothing": translate("Nothing was found"),
        "all": translate("All results for “{words}”"),
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
