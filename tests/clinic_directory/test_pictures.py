"""Pictures are cut to the sizes of pages, once."""

from pathlib import Path

import pytest
from clinic_directory import pictures
from clinic_directory.problems import ContentError
from PIL import Image

from tests.builders.content import a_picture

ORIENTATION = 0x0112


def test_a_portrait_is_cut_to_four_by_five_in_every_width(tmp_path: Path) -> None:
    source = a_picture(tmp_path / "ilze.jpg", (900, 900))

    picture = pictures.cut({source: "portrait"}, tmp_path / "cache", workers=1)["ilze.jpg"]

    assert (picture.width, picture.height) == (304, 380)
    assert [kind for kind, _ in picture.sources] == ["image/avif", "image/webp"]
    assert picture.webp.count(",") == 3
    assert picture.src.startswith("/images/ilze-304.")
    assert picture.src.endswith(".jpg")
    for name in {*picture.files} - {address.removeprefix("/images/") for address in picture.engines}:
        with Image.open(tmp_path / "cache" / name) as cut:
            assert cut.size[1] * 4 == cut.size[0] * 5
            assert f"-{cut.size[0]}." in name


def test_a_clinic_keeps_its_shape_and_is_never_enlarged(tmp_path: Path) -> None:
    source = a_picture(tmp_path / "klinika.png", (400, 300))

    picture = pictures.cut({source: "view"}, tmp_path / "cache", workers=1)["klinika.png"]

    assert (picture.width, picture.height) == (400, 300)
    assert " 160w" in picture.avif
    assert " 400w" in picture.avif
    assert "520w" not in picture.avif


def test_the_smallest_picture_allowed_gives_a_portrait_of_its_own_size(tmp_path: Path) -> None:
    source = a_picture(tmp_path / "ilze.jpg", (260, 286))

    picture = pictures.cut({source: "portrait"}, tmp_path / "cache", workers=1)["ilze.jpg"]

    assert picture.width == 228


def test_a_picture_taken_sideways_is_turned_and_its_notes_are_left_behind(tmp_path: Path) -> None:
    image = Image.new("RGB", (600, 400), "white")
    image.paste("red", (0, 0, 300, 400))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "A camera"
    image.save(tmp_path / "k.jpg", exif=exif)

    picture = pictures.cut({tmp_path / "k.jpg": "view"}, tmp_path / "cache", workers=1)["k.jpg"]

    assert picture.height > picture.width
    for name in picture.files:
        with Image.open(tmp_path / "cache" / name) as cut:
            assert not cut.getexif()
            red, green, _ = cut.convert("RGB").getpixel((cut.width // 2, 10))  # type: ignore[misc]
            assert red > 200 > green


def test_a_see_through_picture_stands_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(tmp_path / "k.png")

    picture = pictures.cut({tmp_path / "k.png": "view"}, tmp_path / "cache", workers=1)["k.png"]

    with Image.open(tmp_path / "cache" / Path(picture.src).name) as cut:
        assert cut.getpixel((5, 5)) == (255, 255, 255)


def test_a_second_run_makes_nothing_and_answers_the_same(tmp_path: Path) -> None:
    source, cache = a_picture(tmp_path / "ilze.jpg"), tmp_path / "cache"
    first = pictures.cut({source: "portrait"}, cache, workers=1)
    times = {path: path.stat().st_mtime_ns for path in cache.iterdir()}

    assert pictures.cut({source: "portrait"}, cache, workers=1) == first
    assert {path: path.stat().st_mtime_ns for path in cache.iterdir()} == times


def test_a_file_lost_from_the_cache_is_made_again_with_equal_bytes(tmp_path: Path) -> None:
    source, cache = a_picture(tmp_path / "ilze.jpg"), tmp_path / "cache"
    name = pictures.cut({source: "portrait"}, cache, workers=1)["ilze.jpg"].files[0]
    before = (cache / name).read_bytes()
    (cache / name).unlink()

    pictures.cut({source: "portrait"}, cache, workers=1)

    assert (cache / name).read_bytes() == before


def test_a_changed_picture_has_other_names(tmp_path: Path) -> None:
    source, cache = a_picture(tmp_path / "ilze.jpg"), tmp_path / "cache"
    first = pictures.cut({source: "portrait"}, cache, workers=1)["ilze.jpg"]
    a_picture(source, (500, 700))

    assert not set(pictures.cut({source: "portrait"}, cache, workers=1)["ilze.jpg"].files) & set(first.files)


def test_several_processes_make_the_same_as_one(tmp_path: Path) -> None:
    sources: dict[Path, pictures.Shape] = {
        a_picture(tmp_path / f"p{n}.png", (300 + n, 400)): "portrait" for n in range(7)
    }

    assert pictures.cut(sources, tmp_path / "a", workers=1) == pictures.cut(sources, tmp_path / "b", workers=2)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_a_picture_that_is_cut_short_is_told_by_name(tmp_path: Path) -> None:
    source = tmp_path / "ilze.jpg"
    Image.effect_noise((400, 500), 60).save(source)
    source.write_bytes(source.read_bytes()[:3000])

    with pytest.raises(ContentError) as refusal:
        pictures.cut({source: "portrait"}, tmp_path / "cache", workers=1)

    assert str(refusal.value) == "1 problem\n  images/ilze.jpg: is cut short or damaged; save it anew"


@pytest.mark.parametrize(
    ("size", "shapes"),
    [
        ((260, 286), {"1x1": (260, 260), "4x3": (260, 195)}),
        ((520, 650), {"1x1": (520, 520), "4x3": (520, 390), "16x9": (520, 292)}),
        ((4000, 3000), {"1x1": (800, 800), "4x3": (800, 600), "16x9": (800, 450)}),
    ],
)
def test_search_engines_get_the_shapes_that_the_original_is_large_enough_for(
    size: tuple[int, int], shapes: dict[str, tuple[int, int]], tmp_path: Path
) -> None:
    source = a_picture(tmp_path / "ilze.jpg", size)

    picture = pictures.cut({source: "view"}, tmp_path / "cache", workers=1)["ilze.jpg"]

    for address, shape in zip(picture.engines, shapes.values(), strict=True):
        with Image.open(tmp_path / "cache" / address.removeprefix("/images/")) as made:
            assert made.size == shape
    assert [address.split(".")[0].removeprefix("/images/ilze-") for address in picture.engines] == list(shapes)
    assert pictures.cut({source: "view"}, tmp_path / "cache", workers=1)["ilze.jpg"] == picture
