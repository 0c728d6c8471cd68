"""What a shared link shows: the picture in its own pixels, words that fit, and everything in the middle square."""

import io
from pathlib import Path

import pytest
from clinic_directory.pictures import Shape
from clinic_directory.share_drawing import INK, SIZE, Card, draw
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image, ImageChops

from theme import plates
from theme.assets import STATIC

SHORT = Card("ilze-berzina", "Ilze Bērziņa", "Kardioloģe · Rīga", "IB")
LONG = Card(
    "zanete", "Aleksandra Elizabete Novikova-Ķirsone-Ģēģere", "Otorinolaringoloģe un bērnu alergoloģe · Rīga, Cēsis"
)
CLINIC = Card("pucite", "Детская клиника «Пуците» регионального центра здоровья города", "Rīgas iela 12, Даугавпилс")
ONE_WORD = Card("viens", "Ļ" * 60, "x" * 90)
RED = (255, 0, 0)
Colour = tuple[int, int, int]


def drawn(card: Card, picture: Path | None = None, shape: Shape = "portrait") -> Image.Image:
    (content,) = draw([card], picture, shape)
    assert len(content) < 120_000
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == ("JPEG", SIZE)
    return image.convert("RGB")


def a_red_picture(path: Path, size: tuple[int, int]) -> Path:
    Image.new("RGB", size, RED).save(path)
    return path


def near(image: Image.Image, colour: Colour, off: int = 48) -> Image.Image:
    """White where the image has nearly this colour, black elsewhere."""
    difference = ImageChops.difference(image, Image.new("RGB", image.size, colour))
    red, green, blue = (band.point(lambda value: 255 * (value < off)) for band in difference.split())
    return ImageChops.darker(red, ImageChops.darker(green, blue))


def place(image: Image.Image, colour: Colour) -> tuple[int, int, int, int]:
    """The box around every pixel that is nearly of a colour."""
    box = near(image, colour).getbbox()
    assert box
    return box


def parsed(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: str, other: str) -> float:
    """Of two colours, as WCAG counts it."""

    def light(colour: str) -> float:
        parts = [part / 255 for part in parsed(colour)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("size", "shape", "shown"),
    [
        ((260, 286), "view", (260, 286)),
        ((260, 325), "portrait", (260, 325)),
        ((300, 325), "portrait", (260, 325)),
        ((800, 1000), "portrait", (420, 525)),
        ((4000, 2000), "view", (912, 456)),
        ((600, 1600), "view", (196, 523)),
    ],
)
def test_a_picture_keeps_its_shape_and_is_never_enlarged(
    tmp_path: Path, size: tuple[int, int], shape: Shape, shown: tuple[int, int]
) -> None:
    left, top, right, bottom = place(drawn(SHORT, a_red_picture(tmp_path / "p.png", size), shape), RED)

    assert abs(right - left - shown[0]) <= 2
    assert abs(bottom - top - shown[1]) <= 2
    assert abs(left + right - SIZE[0]) <= 2


@pytest.mark.parametrize("card", [SHORT, LONG, CLINIC, ONE_WORD])
def test_the_words_stand_in_the_middle_square_whatever_their_length(card: Card, tmp_path: Path) -> None:
    picture = a_red_picture(tmp_path / "p.png", (400, 500))

    words = drawn(card, picture).crop((288, 480, 912, SIZE[1]))

    left, _, right, bottom = place(words, parsed(INK))
    assert left > 8
    assert right < words.width - 8
    assert bottom < words.height - 4


def test_without_a_picture_the_plate_of_the_pages_stands_there_large() -> None:
    dye, tint = plates.DYES[plates.pick(SHORT.slug).dye]

    image = drawn(SHORT)

    middle = image.crop((390, 0, 810, 525))
    shares = [near(middle, parsed(colour), 24).histogram()[255] / (420 * 525) for colour in (dye, tint)]
    assert sum(shares) > 0.95
    assert min(shares) > 0.1


def test_the_words_can_be_read_on_every_ground() -> None:
    assert all(contrast(INK, tint) > 12 for _, tint in plates.DYES)


def test_cards_that_share_a_picture_are_drawn_as_if_alone(tmp_path: Path) -> None:
    picture = a_red_picture(tmp_path / "p.png", (400, 500))
    others = [Card(SHORT.slug, "Ilze Bērziņa", "Кардиолог · Рига"), Card(SHORT.slug, LONG.name, LONG.line)]

    assert draw(others, picture) == [draw([one], picture)[0] for one in others]


@pytest.mark.parametrize("weight", [400, 700])
def test_the_font_has_every_letter_of_our_languages(weight: int) -> None:
    font = TTFont(STATIC / "fonts" / f"commissioner-{weight}.ttf")

    letters = "āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ" + "".join(map(chr, range(0x410, 0x450))) + "ёЁ№„“”«»–·…ąęłőéöüß0123456789"
    assert [letter for letter in letters if ord(letter) not in font.getBestCmap()] == []
    assert (font["name"].getDebugName(1), font["OS/2"].usWeightClass) == ("Commissioner", weight)
