"""Draws what a shared link shows: 1200 × 630, the picture between two woven bands, and a name under it.

All that matters stands in the middle 630 pixels, since some programs cut a square out of it. No picture is enlarged: a
small one stands in its own size. Pillow draws, as it cuts the pictures already; typst would be one more program to
fetch and a process for each of thousands of images.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from clinic_directory.pictures import Shape, opened, resized, widest
from theme import words
from theme.cells import MARK
from theme.plates import DYES, pick, rows

WIDTH, HEIGHT = SIZE = (1200, 630)
INK, RED = "#13211B", "#A51E36"
# A multiple of JPEG's blocks of 16 pixels: then each cell is exact and costs next to nothing.
_CELL = 16
_BAND = 9 * _CELL
_TEXT = 592
"""How wide a line may be inside the square."""
_FONTS = Path(words.__file__).parent / "static" / "fonts"


@dataclass(frozen=True)
class Card:
    """`slug` picks the band, as on pages; `initials` stand where there is no picture; `mark` draws the site's own."""

    slug: str
    name: str
    line: str
    initials: str = ""
    mark: bool = False


def draw(cards: Sequence[Card], picture: Path | None = None, shape: Shape = "portrait") -> list[bytes]:
    """A JPEG of each card; all show the same picture, and have the same slug, so that both are drawn once."""
    grounds: dict[int, Image.Image] = {}
    drawn = []
    for card in cards:
        lines = _lines(card.name)
        height = HEIGHT - 105 if len(lines) == 1 else HEIGHT - 150
        if height not in grounds:
            grounds[height] = _ground(card, picture, shape, height)
        image = grounds[height].copy()
        _write(image, height, lines, card.line)
        file = io.BytesIO()
        image.save(file, "JPEG", quality=82, optimize=True)
        drawn.append(file.getvalue())
    return drawn


def _ground(card: Card, picture: Path | None, shape: Shape, height: int) -> Image.Image:
    """Everything but the words: the picture, the plate or the mark fills a height from the top."""
    dye, tint = DYES[pick(card.slug).dye]
    image = Image.new("RGB", SIZE, tint if picture else "white")
    band = _woven(card.slug, tint, dye, HEIGHT // _CELL + 1, _CELL)
    for x in (0, _BAND, WIDTH - 2 * _BAND, WIDTH - _BAND):
        image.paste(band, (x, 0))
    if picture:
        whole, (across, up) = opened(picture, 2 * WIDTH)
        # At most to the outer bands, and never more than its own pixels.
        width = min(
            widest(shape, across, up), WIDTH - 2 * _BAND, int(height * (0.8 if shape == "portrait" else across / up))
        )
        shown = resized(whole, shape, width, across, up)
        above = height - shown.height
        # A narrow strip above would look like a mistake.
        image.paste(shown, ((WIDTH - shown.width) // 2, above // 2 if above > 2 * _CELL else 0))
    elif card.mark:
        _draw_mark(image, dye, height)
    else:
        _draw_plate(image, card, height)
    return image


def _draw_plate(image: Image.Image, card: Card, height: int) -> None:
    """The plate of pages, 120 × 150 units of which a cell has four."""
    dye, tint = DYES[pick(card.slug).dye]
    cell = height * 4 // 150
    width = cell * 30
    left = (WIDTH - width) // 2
    draw = ImageDraw.Draw(image)
    draw.rectangle((left, 0, left + width - 1, height - 1), fill=tint)
    image.paste(_woven(card.slug, tint, dye, height // cell + 1, cell).crop((0, 0, 9 * cell, height)), (left, 0))
    at = (left + cell * 46 // 4, cell * 136 // 4)
    draw.text(at, card.initials, font=_font(700, cell * 10), fill=dye, anchor="ls")


def _draw_mark(image: Image.Image, dye: str, height: int) -> None:
    cell = 40
    left, top = (WIDTH - 7 * cell) // 2, (height - 7 * cell) // 2
    draw = ImageDraw.Draw(image)
    for y, row in enumerate(MARK):
        for x, sign in enumerate(row):
            if sign == "1" or (x, y) == (3, 3):
                at = (left + x * cell, top + y * cell)
                draw.rectangle((*at, at[0] + cell - 1, at[1] + cell - 1), fill=dye if sign == "1" else RED)


def _woven(slug: str, tint: str, dye: str, count: int, cell: int) -> Image.Image:
    """So many rows of the slug's band, nine cells wide."""
    repeated = rows(slug)
    small = Image.new("1", (9, count))
    for y in range(count):
        for x, sign in enumerate(repeated[y % len(repeated)], 1):
            small.putpixel((x, y), sign == "1")
    image = Image.new("RGB", (9 * cell, count * cell), dye)
    image.paste(tint, (0, 0), small.resize(image.size, Image.Resampling.NEAREST))
    return image


def _write(image: Image.Image, top: int, lines: Sequence[str], second: str) -> None:
    draw = ImageDraw.Draw(image)
    size = min(_size(line, 700, range(48 if len(lines) == 1 else 38, 28, -2)) for line in lines)
    baselines = (top + 52,) if len(lines) == 1 else (top + 44, top + 86)
    for text, y in zip(lines, baselines, strict=True):
        draw.text((WIDTH // 2, y), text, font=_font(700, size), fill=INK, anchor="ms")
    if _length(second, 400, 24) > _TEXT:
        second = second.partition(" · ")[0]
    size = _size(second, 400, range(30, 22, -2))
    draw.text((WIDTH // 2, HEIGHT - 17), _shortened(second, size), font=_font(400, size), fill=INK, anchor="ms")


def _lines(name: str) -> list[str]:
    """The name in one line, or in two of about the same length where one would be too small to read."""
    if _length(name, 700, 36) <= _TEXT:
        return [name]
    parts = name.split(" ")
    cuts = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts))]
    best = min(cuts, key=lambda cut: max(_length(line, 700, 36) for line in cut), default=(name,))
    return [_shortened(line, 30, 700) for line in best]


def _size(text: str, weight: int, sizes: range) -> int:
    """The largest size in which the text fits, or the smallest there is."""
    return next((size for size in sizes if _length(text, weight, size) <= _TEXT), sizes[-1])


def _shortened(text: str, size: int, weight: int = 400) -> str:
    while _length(text, weight, size) > _TEXT:
        text = text.rstrip("…")[:-1].rstrip(" ,·") + "…"
    return text


def _length(text: str, weight: int, size: int) -> float:
    return float(_font(weight, size).getlength(text))


@lru_cache(maxsize=64)
def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / f"commissioner-{weight}.ttf", size)
