"""Files that cannot be read as what they should be: each is told by name, with its line and the cure."""

import os
from pathlib import Path

import pytest
from clinic_directory.problems import ContentError
from clinic_directory.reader import read

from tests.builders.content import DOCTOR, change, write
from tests.clinic_directory.reports import line_of, told, told_after

CARD = "doctors/ilze-berzina.md"


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("family: Bērziņa", "family: Bērziņa: ārste", 'has a colon inside plain text; put the text in quotes: "…: …"'),
        ("family: Bērziņa", 'family: "Bērziņa', "has a quote that never ends; close the quote"),
        ("prefix: Dr.", "prefix: @Dr.", "begins with a sign that YAML keeps for itself; put the text in quotes"),
        ("specialties: [kardiologs]", "specialties: [kardiologs", "has a list that never ends; close the list with ]"),
        ("prefix: Dr.", "prefix: &a Dr.", "uses a YAML anchor (& or *); write the text out or quote it"),
        ("prefix: Dr.", "prefix: *a", "uses a YAML anchor (& or *); write the text out or quote it"),
        ("prefix: Dr.", "prefix: !!int Dr.", "uses a YAML tag (!); leave the tag out or quote the text"),
    ],
)
def test_bad_yaml_is_told_with_its_line(content: Path, old: str, new: str, text: str) -> None:
    line = line_of(content, CARD, old)

    assert told_after(content, CARD, old, new) == [f"{CARD}:{line}: {text}"]


def test_a_field_written_twice_is_refused_at_its_second_line(content: Path) -> None:
    line = line_of(content, CARD, "family:") + 1

    lines = told_after(content, CARD, "family: Bērziņa", "family: Bērziņa\nfamily: Kalniņa")

    assert lines == [f"{CARD}:{line}: family: is written twice; leave one of them"]


@pytest.mark.parametrize(
    ("title", "lost"),
    [
        ("{lv: Ārste, kas operē, en: Surgeon}", "kas operē"),
        ("{lv: Ārste, kas operē}", "kas operē"),
        ("{? lv, en: Surgeon}", "lv"),
    ],
)
def test_what_a_comma_cuts_off_inside_braces_is_refused_and_not_lost(content: Path, title: str, lost: str) -> None:
    line = line_of(content, CARD, "title: {lv: Kardioloģe")

    lines = told_after(content, CARD, "title: {lv: Kardioloģe, ru: Кардиолог, en: Cardiologist}", f"title: {title}")

    said = "has no colon behind it; put a text that holds a comma in quotes, or write name: value"
    assert f"{CARD}:{line}: title.{lost}: {said}" in lines


@pytest.mark.parametrize(
    "nest", ["[" * 30 + "]" * 30, "[" * 100_000, "\n" + "- " * 50_000 + "a", "{a: " * 40_000, '[ "]", ' * 30_000]
)
def test_deep_nesting_is_refused_before_it_can_do_harm(content: Path, nest: str) -> None:
    line = line_of(content, CARD, "prefix:")

    (told_line,) = told_after(content, CARD, "prefix: Dr.", f"prefix: {nest}")

    assert told_line.startswith((f"{CARD}:{line}", f"{CARD}:{line + 1}"))
    assert told_line.endswith("is nested deeper than 10 levels; write it flatter")


def test_a_second_document_is_refused(content: Path) -> None:
    write(content, "tables/insurers.yaml", "sala: {name: Sala}\n---\nkrasts: {name: Krasts}\n")

    assert told(content)[-1] == "tables/insurers.yaml:2: has a second YAML document; leave one"


def test_a_field_without_a_name_is_refused(content: Path) -> None:
    line = line_of(content, CARD, "prefix:")

    assert told_after(content, CARD, "prefix: Dr.", "? [a]\n: b") == [
        f"{CARD}:{line}: has a field without a name; write name: value"
    ]


def test_a_list_at_the_top_is_refused(content: Path) -> None:
    write(content, "tables/insurers.yaml", "- sala\n")

    assert told(content)[-1] == "tables/insurers.yaml:1: is not a map of fields; write name: value on each line"


def test_a_file_that_is_not_utf_8_is_told_with_line_and_byte(content: Path) -> None:
    line = line_of(content, CARD, "family:")
    start = DOCTOR.encode().index("ērziņa".encode())
    (content / CARD).write_bytes(DOCTOR.encode().replace("Bērziņa".encode(), "Bērziņa".encode("cp1257"), 1))

    assert told(content) == [
        f"{CARD}:{line}: is not UTF-8: byte 0xE7 at position {start}; save the file as UTF-8",
    ]


def test_utf_16_is_told_by_its_name(content: Path) -> None:
    (content / CARD).write_bytes(DOCTOR.encode("utf-16"))

    assert told(content) == [f"{CARD}:1: is UTF-16, not UTF-8; save the file as UTF-8"]


def test_a_huge_file_is_told_by_name_and_not_read(content: Path) -> None:
    write(content, CARD, DOCTOR + "Vārdi. " * 40_000)

    assert told(content) == [f"{CARD}: is larger than 256 kB; shorten the text, pictures go to images/"]


def test_an_invisible_character_is_told_with_its_line(content: Path) -> None:
    line = line_of(content, CARD, "family:")

    lines = told_after(content, CARD, "family: Bērziņa", "family: Bērz\u200biņa")

    assert lines == [f"{CARD}:{line}: holds an invisible character (U+200B); type the line anew"]


def test_an_invisible_character_behind_a_backslash_is_told_too(content: Path) -> None:
    line = line_of(content, CARD, "family:")

    lines = told_after(content, CARD, "family: Bērziņa", 'family: "B\\e[31m"')

    assert lines == [f"{CARD}:{line}: holds an invisible character (U+001B); type the line anew"]


def test_a_report_never_repeats_signs_that_a_terminal_would_obey(content: Path) -> None:
    lines = told_after(content, CARD, "clinic: juras-prakse", 'clinic: "\\e[31m"')

    assert len(lines) == 3
    assert "\x1b" not in "".join(lines)


def test_a_card_without_front_matter_is_refused(content: Path) -> None:
    write(content, CARD, "Ilze Bērziņa strādā klīnikā.\n")

    assert told(content) == [f"{CARD}:1: does not begin with front matter; write --- as the first line"]


def test_a_front_matter_that_is_not_closed_is_refused(content: Path) -> None:
    write(content, CARD, "---\ngiven: Ilze\n")

    assert told(content) == [f"{CARD}:1: has a front matter that is not closed; write --- after its last field"]


def test_a_folder_that_does_not_exist_is_told_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"

    assert told(folder) == [f"{folder}: does not exist; name the folder that holds clinics/ and doctors/"]


def test_an_empty_folder_is_told_what_it_needs(tmp_path: Path) -> None:
    assert told(tmp_path) == [
        "clinics/: is missing; make the folder clinics",
        "doctors/: is missing; make the folder doctors",
        "tables/: is missing; make the folder tables",
    ]


def test_a_missing_table_is_told_by_name(content: Path) -> None:
    (content / "tables/towns.yaml").unlink()

    assert told(content) == ["tables/towns.yaml: is missing; write this table"]


def test_a_folder_without_clinics_is_refused(content: Path) -> None:
    for card in (content / "clinics").iterdir():
        card.unlink()

    assert "clinics/: holds no clinic; write the first card, clinics/<slug>.md" in told(content)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("doctors/notes.txt", "does not belong into doctors/; keep only .md files here"),
        ("doctors/Anna.MD", 'ends in ".MD"; rename it to end in .md'),
        ("doctors/Anna-Liepa.md", "has a name that is not a slug; use a–z, 0–9 and single hyphens, at most 80"),
        ("doctors/anna--liepa.md", "has a name that is not a slug; use a–z, 0–9 and single hyphens, at most 80"),
        (
            "doctors/0b0e7a52-8f3c-4d5e-9a1b-2c3d4e5f6a7b.md",
            "has a name that looks like a booking's number; name it after the doctor",
        ),
        ("doctors/more/anna.md", "is not a file; keep only files in doctors/"),
        ("images/logo.gif", "does not belong into images/; keep only .jpg, .jpeg, .png, .webp files here"),
        ("images/Logo.png", "has a name that an address cannot carry; use a–z, 0–9 and hyphens"),
        ("tables/twons.yaml", 'is not a table; did you mean "towns"?'),
        ("pages/cenas.md", "does not say its language; name it cenas.lv.md, cenas.ru.md or cenas.en.md"),
        ("lists/a--b--c.md", "names more than a specialty and a town; name it specialty--town.md"),
        ("doctor/anna.md", 'does not belong into content; did you mean "doctors"?'),
    ],
)
def test_a_file_without_a_place_is_told_by_name(content: Path, file: str, text: str) -> None:
    write(content, file, "")
    shown = {"doctors/more/anna.md": "doctors/more", "doctor/anna.md": "doctor"}.get(file, file)

    assert told(content) == [f"{shown}: {text}"]


def test_a_file_that_has_the_name_of_a_folder_is_told(content: Path) -> None:
    (content / "lists/kardiologs--riga.md").unlink()
    (content / "lists").rmdir()
    write(content, "lists", "")

    assert told(content) == ["lists: is not a folder; make a folder of this name"]


def test_links_that_run_in_a_circle_are_refused(content: Path) -> None:
    (content / CARD).unlink()
    (content / CARD).symlink_to(content / "doctors/loop")
    (content / "doctors/loop").symlink_to(content / CARD)

    assert told(content) == [
        f"{CARD}: is a link out of the content folder; copy the file here",
        "doctors/loop: is a link out of the content folder; copy the file here",
    ]


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_not(content: Path, tmp_path: Path) -> None:
    outside = write(tmp_path, "secret.md", DOCTOR)
    (content / "doctors/anna.md").symlink_to(outside)
    (content / "images/same.png").symlink_to(content / "images/ilze-berzina.png")

    assert told(content) == ["doctors/anna.md: is a link out of the content folder; copy the file here"]


def test_a_link_that_leads_nowhere_is_refused(content: Path) -> None:
    (content / "doctors/anna.md").symlink_to("anna.md")

    assert told(content) == ["doctors/anna.md: is a link out of the content folder; copy the file here"]


def test_a_pipe_is_refused_and_does_not_stop_the_reader(content: Path) -> None:
    os.mkfifo(content / "doctors/anna.md")

    assert told(content) == ["doctors/anna.md: is not a file; keep only files in doctors/"]


def test_a_file_name_that_is_not_text_can_still_be_told(content: Path) -> None:
    (Path(os.fsdecode(os.fsencode(content) + b"/doctors/\xff.md"))).write_text("")

    assert "doctors/\ufffd.md: has a name that is not a slug" in told(content)[0]


def test_all_problems_of_all_files_are_told_at_once_in_the_order_of_files(content: Path) -> None:
    change(content, "clinics/veja-roze.md", "kind: clinic", "kind: klinic")
    change(content, CARD, "minutes: 30", "minutes: 32")
    change(content, CARD, "clinic: juras-prakse", "clinic: juras-praks")
    (content / "doctors/proceduras.md").write_bytes(b"---\n\xff\n---\n")

    lines = told(content)

    assert lines == [
        f"clinics/veja-roze.md:{line_of(content, 'clinics/veja-roze.md', 'klinic')}: kind: "
        '"klinic" is not one of the words for it; did you mean "clinic"?',
        f"{CARD}:{line_of(content, CARD, 'minutes: 32')}: practices[0].services[0].minutes: "
        '"32" is not a multiple of 5 minutes; write 30 or 35',
        f"{CARD}:{line_of(content, CARD, 'juras-praks')}: practices[1].clinic: "
        '"juras-praks" is not a clinic; did you mean "juras-prakse"?',
        "doctors/proceduras.md:2: is not UTF-8: byte 0xFF at position 4; save the file as UTF-8",
    ]


def test_the_report_says_one_problem_in_the_singular(content: Path) -> None:
    change(content, CARD, "minutes: 30", "minutes: 32")

    with pytest.raises(ContentError, match=r"^1 problem\n  doctors/"):
        read(content)
