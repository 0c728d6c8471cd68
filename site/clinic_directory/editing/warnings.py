"""Everything worth a second look in sound content. Pure: the day is an argument."""

from collections.abc import Collection, Iterator
from datetime import date

from clinic_directory.editing import copies, incomplete, overdue, untranslated
from clinic_directory.editing.remark import Remark
from clinic_directory.schema import Directory


def warnings(directory: Directory, today: date, files: Collection[str] | None = None) -> list[Remark]:
    """About these files, or all of them; paths inside the content folder, in no order."""
    found = [one for one in _of_each_card(directory, today) if files is None or one.file in files]
    return found + list(copies.remarks(directory, files))


def _of_each_card(directory: Directory, today: date) -> Iterator[Remark]:
    yield from incomplete.remarks(directory)
    yield from overdue.remarks(directory, today)
    yield from untranslated.remarks(directory)
