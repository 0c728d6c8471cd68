"""A directory of very many doctors and clinics, as briefs alone: what lists and the search index are made of.

Names differ as real ones do: many of them, their first letters as unevenly spread as in the demo's.
"""

from dataclasses import replace
from random import Random

from clinic_directory.briefs import Brief, Place, Shelved
from clinic_directory.collation import latvian_key
from clinic_directory.schema import Clinic, Directory, Doctor

MIDDLES = (
    "",
    "al",
    "en",
    "in",
    "ur",
    "ast",
    "ing",
    "ov",
    "ēr",
    "ūd",
    "iņ",
    "elk",
    "ark",
    "ul",
    "ozd",
    "erm",
    "ik",
    "aun",
)
ENDS = ("a", "e", "iņa", "iņš", "s", "is", "ova", "ovs", "ane", "āns", "ska", "skis", "ere", "ers", "ita", "vica", "ka")


def a_crowd(few: Directory, doctors: int, clinics: int) -> Directory:
    """`few` with that many doctors and clinics in its towns; always the same."""
    chance = Random(10_000)  # noqa: S311 - nobody has to be unable to guess it
    houses = dict(_houses(few, clinics, chance))
    people = [one for one in few.briefs.values() if one.is_person]
    briefs: dict[str, Brief] = {}
    slugs = sorted(houses)
    for number in range(doctors):
        like = chance.choice(people)
        given, _, family = like.names[0].partition(" ")
        family = family[: chance.randint(2, 4)] + chance.choice(MIDDLES) + chance.choice(ENDS)
        places = tuple(Place(slug, None, True) for slug in chance.sample(slugs, chance.choice((1, 1, 1, 2))))
        slug = f"{given}-{family}-{number}".lower()
        briefs[slug] = like._replace(
            slug=slug,
            file=f"doctors/{slug}.md",
            names=(f"{given} {family}",) * 3,
            sorted_name=f"{family} {given}",
            order=(*latvian_key(f"{family} {given}"), slug),
            practices=places,
        )
    return replace(few, clinics=houses, doctors=Shelved(briefs, _closed))


def _houses(few: Directory, count: int, chance: Random) -> list[tuple[str, Clinic]]:
    towns = sorted(few.towns)
    found = []
    for number in range(count):
        like = chance.choice(list(few.clinics.values()))
        word = f"{chance.choice(MIDDLES)}{chance.choice(ENDS)}{chance.choice(MIDDLES)}{chance.choice(ENDS)}".title()
        names = {lang: f"{like.name.get(lang)} {word}" for lang in ("lv", "ru", "en")}
        address = like.address.model_copy(update={"town": chance.choice(towns), "street": f"{word} iela {number % 90}"})
        slug = f"{word}-{number}".lower()
        changed = {"slug": slug, "name": like.name.model_copy(update=names), "address": address, "branches": ()}
        found.append((slug, like.model_copy(update=changed)))
    return found


def _closed(slug: str) -> Doctor:
    raise AssertionError(f"the card of {slug} was opened, though its brief says enough")
