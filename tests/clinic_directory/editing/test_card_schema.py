"""The JSON Schemas that editors complete with: current, explained, and at one with the reader about real cards."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from clinic_directory import gone, schema
from clinic_directory.editing import card_schema
from clinic_directory.editing.explained import FILE, explained, names_of
from pydantic import BaseModel

from tests.builders.content import CLINIC, DOCTOR
from tests.builders.json_schema import as_an_editor_reads, faults

CONTENT = Path(__file__).resolve().parents[3] / "content"
SCHEMAS: dict[str, dict[str, Any]] = {name: json.loads(text) for name, text in card_schema.schemas().items()}
FOLDERS = {"clinics": "clinic.json", "doctors": "doctor.json", "pages": "page.json", "lists": "list.json"}


def wrong(name: str, text: str) -> list[str]:
    return list(faults(as_an_editor_reads(text) or {}, SCHEMAS[name], SCHEMAS[name]))


def front_matter(text: str) -> str:
    return text.split("\n---\n", 1)[0].removeprefix("---")


def test_the_schemas_in_content_are_those_of_the_models() -> None:
    there = {path.name: path.read_bytes() for path in (CONTENT / card_schema.FOLDER).iterdir()}

    assert there == card_schema.schemas(), "run make schema"


@pytest.mark.parametrize(("folder", "name"), FOLDERS.items())
def test_every_card_of_the_demo_is_valid(folder: str, name: str) -> None:
    cards = sorted((CONTENT / folder).glob("*.md"))

    assert cards
    for card in cards:
        assert wrong(name, front_matter(card.read_text(encoding="utf-8"))) == [], card.name


@pytest.mark.parametrize("path", sorted((CONTENT / "tables").glob("*.yaml")), ids=lambda path: path.name)
def test_every_table_of_the_demo_is_valid(path: Path) -> None:
    assert wrong(f"{path.stem}.json", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted((CONTENT / "tables").glob("*.yaml")), ids=lambda path: path.name)
def test_every_table_names_its_schema_for_editors(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n")[0]

    assert first == f"# yaml-language-server: $schema=../.schema/{path.stem}.json"


@pytest.mark.parametrize(
    ("name", "card", "old", "new", "said"),
    [
        ("doctor.json", DOCTOR, "kind: doctor", "kind: doktor", ".kind: 'doktor' is none of"),
        ("doctor.json", DOCTOR, "languages: [lv, ru, en]", "languages: [lv, xx]", ".languages[1]: 'xx'"),
        ("doctor.json", DOCTOR, "minutes: 30", "minutes: 32", ""),
        ("doctor.json", DOCTOR, "minutes: 30", "minutes: 9000", ".minutes: 9000 is more than 600"),
        ("doctor.json", DOCTOR, "family: Bērziņa", "familia: Bērziņa", ".familia is not a field"),
        ("doctor.json", DOCTOR, "checked: 2026-11-02\nold", "checked: 2. novembris\nold", ".checked: '2. nov"),
        ("doctor.json", DOCTOR, "title: {lv: Kardioloģe, ru: Кардиолог, en: Cardiologist}\n", "", ".title is missing"),
        ("doctor.json", DOCTOR, "new_patients: yes", "new_patients: maybe", ".new_patients: 'maybe'"),
        ("clinic.json", CLINIC, "sun: closed", "sunday: closed", ".hours.sunday is not a field"),
        ("clinic.json", CLINIC, "post_code: LV-1010", "post_code: 1010-LV", ".address.post_code"),
        ("clinic.json", CLINIC, "phones: [+371 6000 0012]", "phones: []", ".phones has fewer than 1"),
    ],
)
def test_a_slip_is_marked_where_it_stands(name: str, card: str, old: str, new: str, said: str) -> None:
    assert wrong(name, front_matter(card)) == []

    found = wrong(name, front_matter(card.replace(old, new, 1)))

    # 32 minutes as a number pass: that they are no multiple of five, only the reader knows.
    assert [said in fault for fault in found] == ([True] if said else [])


def test_a_field_that_is_left_empty_is_no_mistake() -> None:
    assert wrong("doctor.json", front_matter(DOCTOR.replace("prefix: Dr.", "prefix:"))) == []


MODELS = {
    name: model
    for module in (schema, gone)
    for name, model in vars(module).items()
    if isinstance(model, type) and issubclass(model, BaseModel) and model.__module__.startswith("clinic_directory")
}


def test_every_field_is_explained_in_both_languages_and_nothing_else_is() -> None:
    words = yaml.safe_load(FILE.read_text(encoding="utf-8"))

    for name, fields in words.items():
        assert set(fields) == set(names_of(MODELS[name])), name
        for field, said in fields.items():
            assert set(said) == {"lv", "en"}, f"{name}.{field}"
            assert all(text.endswith(".") and len(text) < 130 for text in said.values()), f"{name}.{field}"


def test_an_explanation_says_latvian_first() -> None:
    assert explained(schema.Doctor, "family") == "Uzvārds. / Family name."
