"""Everything worth a second look in sound content. Pure but for the files: the day is an argument."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import TypeVar

from clinic_directory.editing import copies, incomplete, overdue, untranslated
from clinic_directory.editing.remark import Remark
from clinic_directory.schema import Directory

Value = TypeVar("Value")


def warnings(directory: Directory, today: date, files: Collection[str] | None = None) -> list[Remark]:
    """About these files, or all of them; paths inside the content folder, in no order. Other cards are not opened."""
    return [*_of_each_card(directory, today, files), *copies.remarks(directory, files)]


def _of_each_card(directory: Directory, today: date, files: Collection[str] | None) -> Iterator[Remark]:
    for clinic in _chosen(directory.clinics, "clinics", files):
        yield from incomplete.of_clinic(clinic)
        yield from overdue.of_card(clinic, today)
        yield from untranslated.remarks(clinic.file, clinic)
    for doctor in _chosen(directory.doctors, "doctors", files):
        yield from incomplete.of_doctor(doctor)
        yield from overdue.of_card(doctor, today)
        yield from untranslated.remarks(doctor.file, doctor)
    for text in _chosen(directory.lists, "lists", files):
        yield from untranslated.remarks(text.file, text)
    for name, rows in (("specialties", directory.specialties), ("towns", directory.towns)):
        file = f"tables/{name}.yaml"
        if files is None or file in files:
            yield from untranslated.remarks(file, rows)


def _chosen(values: Mapping[str, Value], folder: str, files: Collection[str] | None) -> Iterable[Value]:
    if files is None:
        return values.values()
    paths = [PurePath(file) for file in files]
    slugs = [path.stem for path in paths if path.parts[:-1] == (folder,)]
    return [values[slug] for slug in slugs if slug in values]
