"""Checks the pictures of a content folder by what is in them, not by their names."""

import warnings
from pathlib import Path
from typing import Final

from PIL import Image, UnidentifiedImageError

from clinic_directory.problems import Problem

LARGEST_FILE: Final = 10 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000
SMALLEST: Final = (260, 286)
FORMATS: Final = ("JPEG", "PNG", "WEBP")
_ORIENTATION = 0x0112
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Warning, Image.DecompressionBombError)


def check(path: Path, file: str, problems: list[Problem]) -> None:
    """Reads the head of a picture and notes what is wrong with it."""
    if fault := _fault(path):
        problems.append(Problem(file, None, "", *fault))


def _fault(path: Path) -> tuple[str, str] | None:
    try:
        if path.stat().st_size > LARGEST_FILE:
            return "is larger than 10 MB", "save it smaller"
        with warnings.catch_warnings():
            # Pillow only warns of a picture that would fill the memory.
            warnings.simplefilter("error")
            with Image.open(path, formats=FORMATS) as picture:
                width, height = size_shown(picture)
                moving = getattr(picture, "is_animated", False) and picture.format != "MPO"
    except _BROKEN:
        return "is not a JPEG, PNG or WebP picture", "save it as one of them"
    if moving:
        return "is a moving picture", "save one picture of it"
    if width * height > MOST_PIXELS:
        return f"has {width} × {height} pixels, at most 50 million fit", "save it smaller"
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return f"has {width} × {height} pixels", f"use a picture of at least {SMALLEST[0]} × {SMALLEST[1]}"
    return None


def size_shown(picture: Image.Image) -> tuple[int, int]:
    """Width and height as people see it, after the camera's note on how it was held."""
    width, height = picture.size
    turned = picture.getexif().get(_ORIENTATION, 1) in (5, 6, 7, 8)
    return (height, width) if turned else (width, height)
