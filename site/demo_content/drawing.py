"""A small canvas for flat paper-cut pictures: SVG path data in design units becomes smooth WebP bytes.

The pictures have few colours and no shading, so polygons drawn three times too large and scaled down are enough.
"""

import io
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from PIL import Image, ImageDraw

Point: TypeAlias = tuple[float, float]

OVERSAMPLING = 3
CURVE_STEPS = 24
QUALITY = 82

_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "T": 2, "C": 6, "Z": 0}


class Canvas:
    """Draws in design units of `width` by `height`; the picture has `pixels` times as many pixels."""

    def __init__(self, width: float, height: float, pixels: float, ground: str) -> None:
        self._scale = pixels * OVERSAMPLING
        self._size = (round(width * pixels), round(height * pixels))
        large = (self._size[0] * OVERSAMPLING, self._size[1] * OVERSAMPLING)
        self._image = Image.new("RGB", large, ground)
        self._draw = ImageDraw.Draw(self._image)

    def fill(self, path: str, colour: str) -> None:
        """Fills every subpath by itself: holes are drawn over, as with paper."""
        for line in flattened(path):
            if len(line) > 2:
                self._draw.polygon(self._scaled(line), fill=colour)

    def stroke(self, path: str, colour: str, width: float) -> None:
        """Draws along the path with round joints; `width` is in design units."""
        pen = round(width * self._scale)
        for line in flattened(path):
            self._draw.line(self._scaled(line), fill=colour, width=pen, joint="curve")

    def circle(self, x: float, y: float, radius: float, colour: str) -> None:
        corners = self._scaled([(x - radius, y - radius), (x + radius, y + radius)])
        self._draw.ellipse(corners, fill=colour)

    def ring(self, x: float, y: float, radius: float, colour: str, width: float) -> None:
        corners = self._scaled([(x - radius, y - radius), (x + radius, y + radius)])
        self._draw.ellipse(corners, outline=colour, width=round(width * self._scale))

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A rectangle with sharp edges."""
        (left, top), (right, bottom) = self._scaled([(x, y), (x + width, y + height)])
        self._draw.rectangle([left, top, right - 1, bottom - 1], fill=colour)

    def webp(self) -> bytes:
        """The finished picture."""
        made = io.BytesIO()
        small = self._image.resize(self._size, Image.Resampling.BOX)
        small.save(made, "WEBP", quality=QUALITY, method=6)
        return made.getvalue()

    def _scaled(self, line: Sequence[Point]) -> list[Point]:
        return [(round(x * self._scale), round(y * self._scale)) for x, y in line]


def mixed(under: str, over: str, share: float) -> str:
    """`over` laid on `under` with an opacity from 0 to 1."""
    parts = zip(_rgb(under), _rgb(over), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * share):02X}" for low, high in parts)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def flattened(path: str) -> list[list[Point]]:
    """The subpaths of SVG path data (M L H V Q T C Z, absolute or relative) as lists of points."""
    lines: list[list[Point]] = []
    at: Point = (0, 0)
    control: Point | None = None
    for letter, numbers in _commands(path):
        kind = letter.upper()
        origin = at if letter.islower() else (0, 0)
        if kind == "Z":
            at = lines[-1][0]
            lines[-1].append(at)
            continue
        points = _points(kind, numbers, origin, at)
        if kind == "M":
            lines.append([points[0]])
        elif kind == "T":
            control = (2 * at[0] - control[0], 2 * at[1] - control[1]) if control else at
            lines[-1].extend(curve([at, control, *points]))
        else:
            control = points[0] if kind == "Q" else None
            lines[-1].extend(curve([at, *points]) if len(points) > 1 else points)
        at = points[-1]
        control = control if kind in "QT" else None
    return lines


def curve(points: Sequence[Point]) -> list[Point]:
    """Points along a quadratic or cubic Bézier curve, by de Casteljau's construction, without its first point."""
    made: list[Point] = []
    for step in range(1, CURVE_STEPS + 1):
        share = step / CURVE_STEPS
        left = list(points)
        while len(left) > 1:
            left = [
                (first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share)
                for first, second in pairwise(left)
            ]
        made.append(left[0])
    return made


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers; a repeated group repeats the command, after M as L."""
    tokens = _TOKEN.findall(path)
    place = 0
    letter = ""
    while place < len(tokens):
        if tokens[place].isalpha():
            letter, place = tokens[place], place + 1
        count = _NUMBERS[letter.upper()]
        yield letter, [float(number) for number in tokens[place : place + count]]
        place += count
        letter = {"M": "L", "m": "l"}.get(letter, letter)


def _points(kind: str, numbers: list[float], origin: Point, at: Point) -> list[Point]:
    if kind == "H":
        return [(origin[0] + numbers[0], at[1])]
    if kind == "V":
        return [(at[0], origin[1] + numbers[0])]
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return [(origin[0] + x, origin[1] + y) for x, y in pairs]
