"""The pictures of cards, cut to the sizes of pages; a card without one gets a woven plate instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clinic_directory.output import Output
from clinic_directory.pictures import Picture, Shape, cut
from clinic_directory.schema import Directory


@dataclass(frozen=True)
class Photos:
    """By the picture's file name in the content folder."""

    pictures: Mapping[str, Picture] = field(default_factory=dict)

    def of(self, name: str | None) -> Picture | None:
        return self.pictures.get(name) if name else None

    def publish(self, cache: Path, output: Output) -> None:
        for picture in self.pictures.values():
            for name in picture.files:
                output.place(f"images/{name}", cache / name)


def read(directory: Directory, cache: Path) -> Photos:
    """Cut what `cache` does not hold yet; raises ContentError for a picture that cannot be opened."""
    shapes: dict[Path, Shape] = {}
    for clinic in directory.clinics.values():
        if clinic.picture:
            shapes[directory.picture(clinic.picture)] = "view"
    for doctor in directory.doctors.values():
        if doctor.picture:
            shapes[directory.picture(doctor.picture)] = "portrait"
    return Photos(cut(shapes, cache))
