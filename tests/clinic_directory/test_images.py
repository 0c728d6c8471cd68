"""Pictures are checked by what is in them."""

from pathlib import Path

import pytest
from clinic_directory.reader import read
from PIL import Image

from tests.builders.content import a_picture
from tests.clinic_directory.reports import told


def test_a_picture_smaller_than_260_by_286_is_refused(content: Path) -> None:
    a_picture(content / "images/veja-roze.jpg", (260, 285))

    assert told(content) == ["images/veja-roze.jpg: has 260 × 285 pixels; use a picture of at least 260 × 286"]


def test_a_picture_of_just_260_by_286_is_accepted(content: Path) -> None:
    a_picture(content / "images/veja-roze.jpg", (260, 286))

    assert read(content)


def test_a_sideways_picture_is_measured_upright(content: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    Image.new("RGB", (286, 260)).save(content / "images/veja-roze.jpg", exif=exif)

    assert read(content)


def test_what_only_calls_itself_a_picture_is_refused(content: Path) -> None:
    (content / "images/veja-roze.jpg").write_text("<svg onload='alert(1)'/>")

    assert told(content) == ["images/veja-roze.jpg: is not a JPEG, PNG or WebP picture; save it as one of them"]


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_another_kind_of_picture_is_refused_whatever_its_name(content: Path, kind: str) -> None:
    Image.new("RGB", (400, 400)).save(content / "images/veja-roze.jpg", format=kind)

    assert told(content) == ["images/veja-roze.jpg: is not a JPEG, PNG or WebP picture; save it as one of them"]


def test_a_webp_that_calls_itself_jpg_is_a_picture(content: Path) -> None:
    Image.new("RGB", (400, 400)).save(content / "images/veja-roze.jpg", format="WEBP")

    assert read(content)


def test_a_picture_of_too_many_pixels_is_refused_without_opening_it(content: Path) -> None:
    Image.new("1", (8000, 6500)).save(content / "images/veja-roze.png")

    assert told(content) == ["images/veja-roze.png: has 8000 × 6500 pixels, at most 50 million fit; save it smaller"]


def test_a_picture_that_would_fill_the_memory_is_refused(content: Path) -> None:
    Image.new("1", (14000, 14000)).save(content / "images/veja-roze.png")

    assert told(content)[0].startswith("images/veja-roze.png: ")


def test_a_picture_file_over_10_mb_is_refused(content: Path) -> None:
    with (content / "images/veja-roze.jpg").open("ab") as picture:
        picture.truncate(10 * 1024 * 1024 + 1)

    assert told(content) == ["images/veja-roze.jpg: is larger than 10 MB; save it smaller"]


def test_a_moving_picture_is_refused(content: Path) -> None:
    frames = [Image.new("RGB", (400, 400), colour) for colour in ("red", "blue")]
    frames[0].save(content / "images/veja-roze.webp", save_all=True, append_images=frames[1:])

    assert told(content) == ["images/veja-roze.webp: is a moving picture; save one picture of it"]
