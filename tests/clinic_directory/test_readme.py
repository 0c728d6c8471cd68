"""The examples that authors learn from are sound, and show every field there is."""

import re
from pathlib import Path

import pytest
from clinic_directory.gone import GoneClinic, GoneDoctor, GonePage
from clinic_directory.reader import read
from clinic_directory.schema import Clinic, Doctor, Group, Insurer, Page, PageFile, Price, Prices, Specialty, Town
from pydantic import BaseModel

from tests.builders.content import write

README = Path(__file__).parents[2] / "content" / "README.md"
EXAMPLE = re.compile(r"^`(\S+)`\n\n```\n(.*?)^```$", re.M | re.S)


def test_the_examples_of_the_readme_are_a_sound_folder(tmp_path: Path) -> None:
    examples = EXAMPLE.findall(README.read_text(encoding="utf-8"))
    for file, text in examples:
        write(tmp_path, file, text)

    directory = read(tmp_path)

    assert len(examples) == 10
    assert directory.clinics["veja-roze"].branches[0].id == "juglas"
    assert len(directory.doctors["ilze-berzina"].practices[0].services) == 3


@pytest.mark.parametrize(
    "model",
    [Clinic, Doctor, Specialty, Town, Insurer, Prices, Price, PageFile, GoneDoctor, GoneClinic, GonePage, Group],
)
def test_the_readme_names_every_field(model: type[BaseModel]) -> None:
    text = README.read_text(encoding="utf-8")
    given_by_the_file = {"slug", "file", "text", "line"}

    names = {field.alias or name for name, field in model.model_fields.items()} - given_by_the_file
    assert not {name for name in names if not re.search(rf"\b{name}:\s", text)}


def test_a_page_has_no_field_that_its_files_lack() -> None:
    assert set(PageFile.model_fields) <= set(Page.model_fields)
