"""Drawn portraits for invented people: a paper-cut bust before the ghosted band of the person's plate.

The geometry is that of the design's example picture, 120 by 150 units. Bytes of the slug's SHA-256 pick everything,
as they do for plates; which byte picks what is settled by the people whom the design pictures show.
"""

from dataclasses import dataclass
from hashlib import sha256

from demo_content.drawing import Canvas, mixed
from theme import plates

WIDTH, HEIGHT, PIXELS = 120, 150, 520 / 120
GHOST = 0.16

SKINS = ("#F3D3BD", "#F3D3BD", "#D7A17C", "#E9BE9F", "#F0C9AE")
HAIRS = ("#A8A39B", "#8C5A2E", "#6E2F22", "#2B2420", "#6E2F22", "#5A3A22", "#C4934A")
COATS = ("#DCE9E3", "#DDE6F3", "#FFFFFF")
SHIRTS = ("#1F4780", "#6B4400", "#0D5540", "#7A1B3A")
LAPEL, INK, LIPS, BLACK = "#AEBBB4", "#2A211D", "#8A4638", "#000000"

COAT = "M12 150q0-38 32-44h36q32 6 32 44z"
SHIRT = "M47 104h30l-15 30z"
LAPELS = "M46 105l16 30 16-30M62 135v15"
NECK = "M52 84h20v20q-10 12-20 0z"
CHIN_SHADE = "M52 90q10 10 20 0v6q-10 8-20 0z"
FACE = "M39 58q0-28 23-28t23 28q0 34-23 36-23-2-23-36z"
NOSE = "M62 63l-3 8h4"
SMILE = "M55 77q7 6 14 0"
BEARD = "M39 66q1 8 6 10 4 1 8-.5 9-2.500 18 0 4 1.500 8 .5 5-2 6-10 1 26-23 29-24-3-23-29z"


@dataclass(frozen=True)
class Hair:
    """A hair shape: the part behind the head and the part over the forehead."""

    behind: str
    before: str


WOMEN = (
    Hair(  # a bob with turned-out ends and a fringe swept to one side
        "M31.500 62q-1.500-40 30.500-40t30.500 40q0 14 8 24-6 5-18 3l-6-12h-29l-6 12q-12 2-18-3 8-10 8-24z",
        "M33.500 63q.5-34 28.500-35 24 0 28 28-3-9-9-11.500-12 4-26 6-14 2.500-21.500 12.500z",
    ),
    Hair(  # long, with a middle parting
        "M31 66q-3-44 31-44t31 44l3 44h-68z",
        "M36 61q-1-30 26-34 27 4 26 34-16-4-26-20-10 16-26 20z",
    ),
)
MEN = (
    Hair(  # receding, cut close at the sides
        "M37.500 60q-4-36 24.500-36t24.500 36z",
        "M37.500 60q-2-34 24-35.500 26 1.500 25 35.500-2.500-1-3.500-5 .5-9-4.500-15"
        "-3-3.500-7-4-11 1.500-20 .5-5 1.500-7 4.500-4 5-4 13-.5 5-3 6z",
    ),
    Hair(  # short, straight over the forehead
        "M36.500 58q-3-34 25.500-34t25.500 34z",
        "M37 58q-3-33 25-33.500 28 .5 25 33.500-1.500-5-3.500-12-21-4-43 0-2 7-3.500 12z",
    ),
)


@dataclass(frozen=True)
class Look:
    """What the slug picks."""

    skin: str
    hair: str
    shape: Hair
    coat: str
    shirt: str
    glasses: bool
    beard: bool


def look(slug: str, woman: bool) -> Look:
    """The look of a slug, the same for ever."""
    digest = sha256(slug.encode()).digest()
    return Look(
        skin=SKINS[digest[9] % 5],
        hair=HAIRS[digest[10] % 7],
        shape=(WOMEN if woman else MEN)[digest[6] % 2],
        coat=COATS[digest[31] % 3],
        shirt=SHIRTS[digest[30] % 4],
        glasses=digest[22] % 3 == 0,
        beard=not woman and digest[26] % 3 == 0,
    )


def picture(slug: str, woman: bool) -> bytes:
    """The portrait as WebP, 520 by 650 pixels."""
    dye, tint = plates.DYES[plates.pick(slug).dye]
    canvas = Canvas(WIDTH, HEIGHT, PIXELS, tint)
    canvas.fill(plates.band(slug), mixed(tint, dye, GHOST))
    seen = look(slug, woman)
    canvas.fill(seen.shape.behind, seen.hair)
    _clothes(canvas, seen)
    _head(canvas, seen, ears=not woman)
    return canvas.webp()


def _clothes(canvas: Canvas, seen: Look) -> None:
    canvas.fill(COAT, seen.coat)
    canvas.fill(SHIRT, seen.shirt)
    canvas.stroke(LAPELS, LAPEL, 2)
    canvas.fill(NECK, seen.skin)
    canvas.fill(CHIN_SHADE, mixed(seen.skin, BLACK, 0.1))


def _head(canvas: Canvas, seen: Look, ears: bool) -> None:
    if ears:
        for x in (38.5, 85.5):
            canvas.circle(x, 62, 5, mixed(seen.skin, BLACK, 0.04))
    canvas.fill(FACE, seen.skin)
    if seen.beard:
        canvas.fill(BEARD, seen.hair)
    canvas.fill(seen.shape.before, seen.hair)
    canvas.stroke(NOSE, mixed(seen.skin, BLACK, 0.28), 1.8)
    for x in (53, 71):
        canvas.circle(x, 62, 2.1, INK)
    canvas.stroke(SMILE, LIPS if not seen.beard else mixed(seen.hair, seen.skin, 0.55), 2.2)
    if seen.glasses:
        for x in (53, 71):
            canvas.ring(x, 62, 7, mixed(INK, seen.skin, 0.25), 1.4)
        canvas.stroke("M60 61q2-1.500 4 0M46 61l-7-2M78 61l7-2", mixed(INK, seen.skin, 0.25), 1.4)
