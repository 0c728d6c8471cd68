"""What a sound folder becomes."""

import datetime
from pathlib import Path

from clinic_directory.lists import Lists
from clinic_directory.reader import read
from clinic_directory.schema import Span

from tests.builders.content import CLINIC, DOCTOR, change, write


def test_a_sound_folder_becomes_typed_values(content: Path) -> None:
    directory = read(content)

    doctor = directory.doctors["ilze-berzina"]
    practice = doctor.practices[0]
    assert doctor.full_name() == "Ilze Bērziņa"
    assert doctor.certificate_until == datetime.date(2029, 5, 1)
    assert doctor.ages is not None
    assert (doctor.ages.from_, doctor.ages.to) == (12, None)
    assert (practice.limits.notice, practice.limits.horizon, practice.limits.cancel_by) == (120, 60, 1440)
    assert practice.arrive_early == 10
    assert (practice.services[0].price, practice.services[0].buffer.after) == (5500, 5)
    assert (practice.services[1].co_payment, practice.services[1].old_ids) == ("specialist", ("valsts",))
    assert doctor.practices[1].limits.visits == 2


def test_hours_become_spans_of_local_minutes_and_closed_days_have_none(content: Path) -> None:
    clinic = read(content).clinics["veja-roze"]

    assert clinic.hours == (Span(0, 480, 1140), Span(1, 480, 720), Span(1, 780, 1020), Span(5, 540, 780))
    assert clinic.phones == ("+37160000012",)
    assert clinic.timezone == "Europe/Riga"


def test_a_text_without_a_translation_answers_in_latvian_and_says_so(content: Path) -> None:
    directory = read(content)

    text = directory.doctors["ilze-berzina"].text
    assert text is not None
    assert (text.lang("ru"), text.lang("en")) == ("ru", "lv")
    assert text.get("en") == text.get("lv")
    assert directory.clinics["juras-prakse"].name.get("ru") == "Jūras prakse"


def test_doctors_are_found_by_specialty_and_town_of_the_branch(content: Path) -> None:
    directory = read(content)

    lists = Lists(directory)
    assert [doctor.slug for doctor in lists.of("kardiologs")] == ["ilze-berzina"]
    assert [doctor.slug for doctor in lists.of("kardiologs", "liepaja")] == ["ilze-berzina"]
    assert not lists.of("neirologs")
    assert [doctor.slug for doctor, _ in directory.practices_of("veja-roze")] == ["ilze-berzina", "proceduras"]
    practice = directory.doctors["ilze-berzina"].practices[0]
    assert directory.address(practice).post_code == "LV-1064"


def test_old_slugs_lead_to_the_present_ones(content: Path) -> None:
    assert read(content).renamed == {
        ("clinic", "veja-roze-riga"): "veja-roze",
        ("doctor", "ilze-kalnina"): "ilze-berzina",
    }


def test_the_language_files_of_a_page_are_one_page(content: Path) -> None:
    page = read(content).pages["palidziba"]

    assert page.languages == ("lv", "ru", "en")
    assert (page.title.get("en"), page.text.get("ru"), page.menu) == ("Help", "Позвоните в клинику.", True)


def test_a_page_marked_as_latvian_only_needs_no_other_file(content: Path) -> None:
    (content / "pages/palidziba.ru.md").unlink()
    (content / "pages/palidziba.en.md").unlink()
    change(content, "pages/palidziba.lv.md", "menu: yes", "menu: yes\nlanguages: [lv]")

    assert read(content).pages["palidziba"].languages == ("lv",)


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(content: Path) -> None:
    before = read(content)
    for file, text in (("doctors/ilze-berzina.md", DOCTOR), ("clinics/veja-roze.md", CLINIC)):
        (content / file).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert read(content) == before


def test_letters_typed_with_loose_accents_are_joined(content: Path) -> None:
    change(content, "doctors/ilze-berzina.md", "family: Bērziņa", "family: Be\u0304rzin\u0327a")

    assert read(content).doctors["ilze-berzina"].family == "Bērziņa"


def test_the_same_content_gives_equal_values_in_the_order_of_slugs(content: Path) -> None:
    write(content, "doctors/aija.md", DOCTOR.replace("ilze-kalnina", "aija-kalnina"))

    first, second = read(content), read(content)

    assert first == second
    assert list(first.doctors) == ["aija", "ilze-berzina", "proceduras"]


def test_hidden_files_and_a_readme_are_let_be(content: Path) -> None:
    write(content, "README.md", "How to write cards.")
    write(content, "doctors/.ilze.md.swp", "")
    write(content, "images/readme/doctor.png", "")

    assert read(content).doctors
