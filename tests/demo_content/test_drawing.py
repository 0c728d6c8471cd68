"""Demo portraits and façades: sizes, weights, and equal bytes on every run."""

import io

import pytest
from demo_content import facades, portraits
from demo_content.drawing import Canvas, flattened, mixed
from PIL import Image

LARGEST = 12_000


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGB")


def test_relative_and_absolute_commands_draw_the_same() -> None:
    assert flattened("M10 10h5v5h-5z") == flattened("M10 10L15 10L15 15L10 15Z")


def test_a_curve_ends_where_it_says_and_bends_towards_its_control_point() -> None:
    line = flattened("M0 0q10 0 10 10")[0]
    assert line[-1] == (10, 10)
    middle = line[len(line) // 2]
    assert middle == pytest.approx((7.5, 2.5), abs=0.01)


def test_a_smooth_curve_mirrors_the_control_point_before_it() -> None:
    assert flattened("M0 0q5 5 10 0t10 0")[0][-1] == (20, 0)
    assert min(y for _, y in flattened("M0 0q5 5 10 0t10 0")[0]) == pytest.approx(-2.5, abs=0.01)


def test_numbers_may_stand_without_spaces() -> None:
    assert flattened("M46 105l16 30 16-30M62 135v15") == [[(46, 105), (62, 135), (78, 105)], [(62, 135), (62, 150)]]


def test_a_mixture_lies_between_its_colours() -> None:
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mixed("#102030", "#FFFFFF", 0) == "#102030"


def test_a_canvas_keeps_flat_colours() -> None:
    canvas = Canvas(10, 10, 2, "#FFFFFF")
    canvas.box(0, 0, 5, 10, "#0D5540")
    red, green, blue = opened(canvas.webp()).getpixel((4, 10))
    assert abs(red - 0x0D) < 8
    assert abs(green - 0x55) < 8
    assert abs(blue - 0x40) < 8


@pytest.mark.parametrize("slug", ["ilze-berzina", "maris-ozolins", "zane-lapsa", "andrejs-sokolovs"])
def test_a_portrait_is_small_in_bytes_and_large_enough_in_pixels(slug: str) -> None:
    picture = portraits.picture(slug, woman=slug.endswith("a"))
    assert len(picture) <= LARGEST
    assert opened(picture).size == (520, 650)
    assert picture == portraits.picture(slug, woman=slug.endswith("a"))


def test_a_facade_is_small_in_bytes_and_large_enough_in_pixels() -> None:
    picture = facades.picture("silu-poliklinika")
    assert len(picture) <= LARGEST
    assert opened(picture).size == (520, 572)


def test_the_people_of_the_design_look_as_they_do_there() -> None:
    ilze = portraits.look("ilze-berzina", woman=True)
    assert (ilze.hair, ilze.coat, ilze.shirt, ilze.glasses) == ("#8C5A2E", "#DDE6F3", "#7A1B3A", False)
    maris = portraits.look("maris-ozolins", woman=False)
    assert maris.beard
    assert maris.coat == "#FFFFFF"
    assert not portraits.look("andrejs-sokolovs", woman=False).beard


def test_women_have_no_beards() -> None:
    assert not any(portraits.look(f"slug-{number}", woman=True).beard for number in range(100))
