"""`make new-doctor` and `make new-clinic`: a card that lacks only what a person must say."""

import re
from datetime import date
from pathlib import Path

import pytest
from clinic_directory.editing import starting
from clinic_directory.reader import read

from tests.builders.content import change, write
from tests.clinic_directory.reports import told

TODAY = date(2026, 11, 24)


def missing(content: Path, file: str) -> list[str]:
    """The fields that the check names, which is nothing but missing ones."""
    lines = told(content)
    assert all(line.startswith(f"{file}:") for line in lines)
    assert all(re.search(r"is missing|is an empty list|no Latvian text", line) for line in lines)
    return [line.split(": ")[1] for line in lines]


def test_a_new_doctor_lacks_only_what_must_be_filled_in(content: Path) -> None:
    path = starting.new_doctor(content, "Anna Marija Liepa-Zāle", "veja-roze", "doctor", TODAY)

    assert path == content / "doctors/anna-marija-liepa-zale.md"
    assert missing(content, "doctors/anna-marija-liepa-zale.md") == [
        "has no Latvian text; write about the doctor below the second ---",
        "title.lv",
        "cases.genitive",
        "cases.dative",
        "cases.accusative",
        "cases.visit_to.lv",
        "specialties",
        "practices[0].services[0].price",
    ]


def test_a_new_doctor_that_is_filled_in_is_read(content: Path) -> None:
    starting.new_doctor(content, "Anna Liepa", "veja-roze", "nurse", TODAY)
    file = "doctors/anna-liepa.md"
    for old, new in (
        ("\ntitle: {lv: , ru: , en: }", "\ntitle: {lv: Māsa, ru: , en: Nurse}"),
        ("genitive:", "genitive: Annas Liepas"),
        ("dative:", "dative: Annai Liepai"),
        ("accusative:", "accusative: Annu Liepu"),
        ("visit_to: {lv: ,", "visit_to: {lv: pie māsas Annas Liepas,"),
        ("specialties: []", "specialties: [kardiologs]"),
        ("price:\n", 'price: "20.00"\n'),
        ("#branch: juglas", "branch: juglas"),
    ):
        change(content, file, old, new)
    write(content, file, (content / file).read_text() + "Pieņem katru dienu.\n")

    card = read(content).doctors["anna-liepa"]

    assert (card.kind, card.given, card.family, card.checked) == ("nurse", "Anna", "Liepa", TODAY)
    assert card.practices[0].branch == "juglas"


def test_every_optional_line_of_a_new_card_may_be_switched_on(content: Path) -> None:
    starting.new_doctor(content, "Anna Liepa", "veja-roze", "doctor", TODAY)
    path = content / "doctors/anna-liepa.md"
    lines = path.read_text().split("\n")
    path.write_text("\n".join(line.replace("#", "", 1) if line.strip()[:2].strip("#") else line for line in lines))

    # They are all fields, and only contradict one another: a walk-in and its hours, a picture that is not there.
    assert not [line for line in told(content) if "is not a field" in line or "not YAML" in line]


def test_every_field_is_explained_above_it_in_latvian_and_english(content: Path) -> None:
    text = starting.new_clinic(content, "Klīnika „Saule”", "clinic", TODAY).read_text()

    assert "# Reģistratūras e-pasts. / The e-mail address of reception.\n#email: registratura@saule.lv\n" in text
    assert "  # Iela un numurs. / Street and number.\n  street:\n" in text
    assert text.startswith("---\n# yaml-language-server: $schema=../.schema/clinic.json\n")


def test_a_new_clinic_lacks_only_what_must_be_filled_in(content: Path) -> None:
    path = starting.new_clinic(content, "Klīnika „Saule: un mēness”", "dentist", TODAY)

    assert path.name == "saule-un-meness.md"
    assert missing(content, "clinics/saule-un-meness.md") == [
        "company_name",
        "company_number",
        "institution_code",
        "address.street",
        "address.town",
        "address.post_code",
        "address.latitude",
        "address.longitude",
        "phones",
    ]


def test_booking_numbers_of_a_new_clinic_begin_with_letters_of_its_own(content: Path) -> None:
    prefixes = set()
    for name in ("Vēja Roze", "Vēja Rati", "Jūras prakse otra", "Vēja Ritms"):
        text = starting.new_clinic(content, name, "clinic", TODAY).read_text()
        prefixes.add(text.partition("number_prefix: ")[2].split("\n")[0])

    assert len(prefixes) == 4
    assert not prefixes & {"VR", "JP", ""}


@pytest.mark.parametrize("kind", ["room", "device"])
def test_a_room_has_a_name_and_no_cases(content: Path, kind: str) -> None:
    path = starting.new_doctor(content, "Rentgena kabinets", "veja-roze", kind, TODAY)

    assert path.name == "rentgena-kabinets.md"
    assert missing(content, "doctors/rentgena-kabinets.md") == [
        "practices[0].services[0].title.lv",
        "practices[0].services[0].price",
    ]


def test_a_slug_that_is_or_was_taken_is_never_given_again(content: Path) -> None:
    write(content, "gone.yaml", "doctors:\n  anna-liepa: {name: Anna Liepa, town: riga, left: 2026-01-01}\n")
    made = [
        starting.new_doctor(content, name, "veja-roze", "doctor", TODAY).stem
        for name in ("Ilze Bērziņa", "Ilze Kalniņa", "Anna Liepa", "Ilze Bērziņa")
    ]

    assert made == ["ilze-berzina-veja-roze", "ilze-kalnina-veja-roze", "anna-liepa-veja-roze", "ilze-berzina-2"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["doctor", "--name", "Anna Liepa", "--clinic", "veja-roz"], 'did you mean "veja-roze"?'),
        (["doctor", "--name", "Anna", "--clinic", "veja-roze"], "one word"),
        (["doctor", "--name", "Anna Liepa", "--clinic", "veja-roze", "--kind", "doktor"], 'did you mean "doctor"?'),
        (["clinic", "--name", "Saule", "--kind", "veikals"], "write one of clinic, dentist, practice"),
        (["clinic", "--name", "???"], "no letter"),
        (["clinic", "--name", " "], "say whose card"),
    ],
)
def test_what_cannot_be_started_says_what_to_do(
    content: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert starting.main([*arguments, "--content", str(content)]) == 1
    assert said in capsys.readouterr().err


def test_the_command_says_what_to_do_next(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert starting.main(["doctor", "--name", " Anna  Liepa ", "--clinic", "veja-roze", "--content", str(content)]) == 0
    assert f"make check-content FILES={content}/doctors/anna-liepa.md" in capsys.readouterr().out
