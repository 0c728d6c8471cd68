"""Puts a whole content folder on disk: tables, pages and lists as written, cards and pictures as made here."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from demo_content import clinics, doctors, facades, names, portraits, seeded
from demo_content.clinics import Clinic
from demo_content.material import specialties, table, towns
from demo_content.names import Person
from demo_content.posts import Post, posts

WRITTEN = Path(__file__).parents[2] / "content"
WRITTEN_FOLDERS = ("tables", "pages", "lists")
SECOND_CLINIC_PERCENT = 5


@dataclass(frozen=True)
class Made:
    """A file to be written: its path inside the content folder and its bytes, drawn only when asked for."""

    path: str
    content: Callable[[], bytes]


def make(out: Path, doctor_count: int, clinic_count: int, pictures: bool) -> int:
    """Writes the folder, removes cards and pictures that are no longer made, and returns the number of files."""
    copy_written(out)
    kept: set[Path] = set()
    for made in files(doctor_count, clinic_count, pictures):
        path = out / made.path
        path.parent.mkdir(parents=True, exist_ok=True)
        content = made.content()
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
        kept.add(path)
    for stale in {*out.glob("clinics/*.md"), *out.glob("doctors/*.md"), *out.glob("images/demo-*.webp")} - kept:
        stale.unlink()
    return len(kept)


def copy_written(out: Path) -> None:
    """Tables, pages and lists are written by hand in the repository's own content folder."""
    if out.resolve() == WRITTEN.resolve():
        return
    for folder in WRITTEN_FOLDERS:
        shutil.copytree(WRITTEN / folder, out / folder, dirs_exist_ok=True)


def files(doctor_count: int, clinic_count: int, pictures: bool) -> Iterator[Made]:
    """Every made file. Without pictures no card names one, and the theme draws its plates."""
    everyone = clinics.clinics(clinic_count, towns(WRITTEN))
    for clinic in everyone:
        drawn = pictures and clinics.has_picture(clinic)
        yield Made(f"clinics/{clinic.slug}.md", clinics.file_of(clinic, drawn).encode)
        if drawn:
            yield Made(f"images/{clinics.picture_name(clinic)}", partial(facades.picture, clinic.slug))
    yield from _doctor_files(everyone, doctor_count, pictures)


def _doctor_files(everyone: list[Clinic], count: int, pictures: bool) -> Iterator[Made]:
    by_slug = {clinic.slug: clinic for clinic in everyone}
    named = specialties(WRITTEN)
    hand_written = _hand_written()
    taken = {_person(given).slug for entries in hand_written.values() for given in entries}
    numbers: Counter[str] = Counter()
    for post in posts(everyone, count):
        if post.room:
            yield from _room_files(post, taken)
            continue
        waiting = hand_written.get((post.clinic.slug, post.specialty), [])
        given = waiting.pop(0) if waiting else {}
        person = _person(given) if given else names.invented(post.key, taken, _women_only(post))
        if not pictures:
            given = {**given, "portrait": "no"}
        second = _second_clinic(post, given, everyone, by_slug)
        card = doctors.person_file(post, person, numbers[post.specialty], given, named, second)
        numbers[post.specialty] += 1
        yield Made(f"doctors/{person.slug}.md", card.encode)
        if doctors.has_portrait(post.key, given):
            yield Made(f"images/demo-{person.slug}.webp", partial(portraits.picture, person.slug, person.woman))


def _women_only(post: Post) -> bool:
    """Where the specialty or the clinic's own text says so."""
    by_text = post.specialty in post.clinic.facts.get("women", ())
    return by_text or "women_only" in table("services")[post.specialty]


def _room_files(post: Post, taken: set[str]) -> Iterator[Made]:
    """Rooms of the same kind in several clinics are told apart by the clinic in their slug."""
    slug = post.room if post.room not in taken else f"{post.room}-{post.clinic.slug}"
    taken.add(slug)
    yield Made(f"doctors/{slug}.md", doctors.room_file(post, table("rooms")[post.room]).encode)


def _hand_written() -> dict[tuple[str, str], list[Mapping[str, Any]]]:
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for given in table("people"):
        found.setdefault((given["clinic"], given["specialty"]), []).append(given)
    return found


def _person(given: Mapping[str, Any]) -> Person:
    return names.person(given["given"], given["family"], woman="man" not in given)


def _second_clinic(
    post: Post, given: Mapping[str, Any], everyone: list[Clinic], by_slug: Mapping[str, Clinic]
) -> Clinic | None:
    """Where else the doctor works: mostly nowhere, else a clinic of the same specialty, first in the same town."""
    if "second" in given:
        return by_slug.get(given["second"]["clinic"])
    if given.get("clinic") or post.specialty in ("gimenes-arsts", "medmasa"):
        return None
    if not seeded.chance(f"{post.key}/second", SECOND_CLINIC_PERCENT):
        return None
    others = [clinic for clinic in everyone if post.specialty in clinic.staff and clinic.slug != post.clinic.slug]
    town = post.clinic.facts["address"]["town"]
    near = [clinic for clinic in others if clinic.facts["address"]["town"] == town]
    return seeded.pick(f"{post.key}/second-clinic", near or others) if others else None
