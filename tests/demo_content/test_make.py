"""The whole run: equal bytes, and the committed content is what the script makes."""

import re
from collections import Counter
from pathlib import Path

import pytest
from clinic_directory.reader import read
from clinic_directory.schema import Directory
from demo_content.make import WRITTEN, files, make


@pytest.fixture(scope="module")
def committed() -> Directory:
    return read(WRITTEN)


def test_the_committed_content_is_what_the_script_makes() -> None:
    """Pictures are left out: another version of the WebP encoder may write other bytes."""
    made = {file.path: file.content() for file in files(348, 28, pictures=True) if file.path.endswith(".md")}
    there = {
        path.relative_to(WRITTEN).as_posix(): path.read_bytes()
        for folder in ("clinics", "doctors")
        for path in (WRITTEN / folder).glob("*.md")
    }
    assert made == there


def test_every_made_picture_is_committed() -> None:
    made = {file.path for file in files(348, 28, pictures=True) if file.path.startswith("images/")}
    assert made <= {f"images/{path.name}" for path in (WRITTEN / "images").iterdir()}


def test_two_runs_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        make(tmp_path / name, 14, 2, pictures=True)
    first = {path.relative_to(tmp_path / "first"): path.read_bytes() for path in (tmp_path / "first").rglob("*.*")}
    second = {path.relative_to(tmp_path / "second"): path.read_bytes() for path in (tmp_path / "second").rglob("*.*")}
    assert first == second


def test_a_larger_directory_passes_the_reader_too(tmp_path: Path) -> None:
    make(tmp_path, 1000, 100, pictures=False)
    directory = read(tmp_path)
    assert (len(directory.doctors), len(directory.clinics)) == (1000, 100)


def test_a_smaller_run_removes_cards_of_a_larger_one(tmp_path: Path) -> None:
    make(tmp_path, 60, 5, pictures=False)
    make(tmp_path, 20, 2, pictures=False)
    assert len(list((tmp_path / "doctors").iterdir())) == 20
    assert len(list((tmp_path / "clinics").iterdir())) == 2


def test_the_directory_has_the_size_of_the_real_portal(committed: Directory) -> None:
    assert (len(committed.doctors), len(committed.clinics)) == (348, 28)
    assert len({clinic.address.town for clinic in committed.clinics.values()}) >= 12
    assert len({name for doctor in committed.doctors.values() for name in doctor.specialties}) >= 25
    assert {doctor.kind for doctor in committed.doctors.values()} == {"doctor", "nurse", "midwife", "room", "device"}


def test_no_two_texts_are_equal_and_none_is_thin(committed: Directory) -> None:
    texts = [doctor.text for doctor in committed.doctors.values()]
    for lang in ("lv", "ru", "en"):
        bodies = Counter(text.own(lang) for text in texts if text and text.own(lang))
        assert not [body for body, count in bodies.items() if count > 1], lang
    people = [doctor for doctor in committed.doctors.values() if doctor.is_person]
    assert min(len(doctor.text.lv.split()) for doctor in people if doctor.text) >= 70


def test_no_two_cards_share_more_than_half_of_their_sentences(committed: Directory) -> None:
    said = [
        set(re.split(r"(?<=[.!?])\s+", doctor.text.lv))
        for doctor in committed.doctors.values()
        if doctor.is_person and doctor.text
    ]
    for number, sentences in enumerate(said):
        for others in said[:number]:
            assert len(sentences & others) <= 0.6 * min(len(sentences), len(others))


def test_contacts_are_plainly_invented(committed: Directory) -> None:
    for clinic in committed.clinics.values():
        assert clinic.email
        assert clinic.email.endswith(".example")
        assert all(re.fullmatch(r"\+371[26]000\d{4}", phone) for phone in clinic.phones)
    for doctor in committed.doctors.values():
        for practice in doctor.practices:
            assert practice.phone is None or practice.phone.startswith("+3712000")


def test_the_people_of_the_pictures_are_there(committed: Directory) -> None:
    ilze = committed.doctors["ilze-berzina"]
    assert [(s.title.lv, s.payer, s.minutes, s.price) for s in ilze.practices[0].services][:2] == [
        ("Kardiologa konsultācija", "paid", 30, 5500),
        ("Kardiologa konsultācija", "state", 20, None),
    ]
    assert ilze.cases
    assert ilze.cases.visit_to.lv == "pie ārstes Ilzes Bērziņas"
    clinics = {slug: {p.clinic for p in committed.doctors[slug].practices} for slug in ("olegs-ivanovs", "zane-lapsa")}
    assert clinics == {"olegs-ivanovs": {"sirds-centrs-kruze", "veja-roze"}, "zane-lapsa": {"veja-roze"}}
    assert committed.doctors["zane-lapsa"].away_until


def test_the_kinds_of_card_that_screens_must_cope_with_are_there(committed: Directory) -> None:
    practices = [practice for doctor in committed.doctors.values() for practice in doctor.practices]
    services = [service for practice in practices for service in practice.services]
    assert any(practice.queue for practice in practices)
    assert any(practice.own_patients_only for practice in practices)
    assert any(practice.branch for practice in practices)
    assert any(len(doctor.practices) > 1 for doctor in committed.doctors.values())
    assert any(doctor.old_slugs for doctor in committed.doctors.values())
    assert {service.where for service in services} == {"on-site", "video", "phone", "home"}
    assert {service.booking for service in services} == {"online", "phone", "walk-in"}
