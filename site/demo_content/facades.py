"""Drawn pictures of invented clinics: a quiet paper-cut façade, 100 by 110 units, picked by the slug like portraits."""

from dataclasses import dataclass
from hashlib import sha256

from demo_content.drawing import Canvas, mixed
from theme import plates

WIDTH, HEIGHT, PIXELS = 100, 110, 5.2
STREET = 96.0
GROUND_FLOOR = 35.0
WHITE, WOOD, RED = "#FFFFFF", "#8A6A45", "#A51E36"
LEAVES = ("#0D5540", "#3E7A62", "#7C9A5B")
# The sign over the door is the woven diamond of the design with its red centre.
SIGN = ("0001000", "0010100", "0100010", "1000001", "0100010", "0010100", "0001000")


@dataclass(frozen=True)
class Facade:
    """What the slug picks: the house's size, its roof and what grows beside it."""

    wall: str
    roof: str
    floors: int
    columns: int
    roof_shape: int
    trees: int
    leaf: str


def facade(slug: str) -> Facade:
    digest = sha256(slug.encode()).digest()
    dye, tint = plates.DYES[digest[5] % 6]
    shape = digest[9] % 3
    # A dye itself would be a heavy wall, so the house is of its lighter mixtures and only the roof is of the dye.
    wall = (mixed(dye, WHITE, 0.62), mixed(dye, tint, 0.45), WHITE)[digest[6] % 3]
    return Facade(
        wall=wall,
        roof=dye,
        # A pitched roof needs the room of a floor.
        floors=2 + digest[7] % (3 if shape == 0 else 2),
        columns=3 + digest[8] % 3,
        roof_shape=shape,
        trees=digest[10] % 3,
        leaf=LEAVES[digest[11] % 3],
    )


def picture(slug: str) -> bytes:
    """The façade as WebP, 520 by 572 pixels."""
    drawn = facade(slug)
    tint = plates.DYES[sha256(slug.encode()).digest()[5] % 6][1]
    canvas = Canvas(WIDTH, HEIGHT, PIXELS, tint)
    canvas.circle(78, 22, 8, mixed(tint, WHITE, 0.6))
    canvas.fill("M0 84q20-14 42-8t58-6v40h-100z", mixed(tint, drawn.roof, 0.10))
    canvas.box(0, STREET, WIDTH, HEIGHT - STREET, mixed(tint, drawn.roof, 0.24))
    left, top, width = _house(canvas, drawn)
    _windows(canvas, drawn, left, top, width, tint)
    _door(canvas, drawn, left + width / 2, tint)
    _trees(canvas, drawn, left, left + width)
    return canvas.webp()


def _house(canvas: Canvas, drawn: Facade) -> tuple[float, float, float]:
    """Wall and roof; returns the wall's left, top and width."""
    width = 14.0 * drawn.columns + 4
    left = (WIDTH - width) / 2
    top = STREET - GROUND_FLOOR - 15.0 * (drawn.floors - 1)
    if drawn.roof_shape == 0:  # flat, with a cornice
        canvas.box(left - 2, top - 4, width + 4, 4, drawn.roof)
    elif drawn.roof_shape == 1:  # a gable with a round window
        canvas.fill(f"M{left - 4} {top}L{WIDTH / 2} {top - 20}L{left + width + 4} {top}z", drawn.roof)
        canvas.circle(WIDTH / 2, top - 7, 3.2, mixed(drawn.roof, WHITE, 0.75))
    else:  # a hipped roof with a chimney
        canvas.box(left + width - 16, top - 18, 6, 12, mixed(drawn.roof, "#000000", 0.15))
        canvas.fill(f"M{left - 3} {top}l9-12h{width - 12}l9 12z", drawn.roof)
    canvas.box(left, top, width, STREET - top, drawn.wall)
    canvas.box(left, STREET - 3, width, 3, mixed(drawn.roof, WHITE, 0.35))
    return left, top, width


def _windows(canvas: Canvas, drawn: Facade, left: float, top: float, width: float, tint: str) -> None:
    glass, frame = mixed(drawn.roof, tint, 0.18), WHITE if drawn.wall != WHITE else mixed(drawn.roof, WHITE, 0.7)
    step = width / drawn.columns
    for floor in range(drawn.floors):
        for column in range(drawn.columns):
            x = left + step * (column + 0.5)
            y = top + 5 + 15 * floor
            if floor == drawn.floors - 1:
                # The ground floor is taller and leaves room for the door with its sign.
                y += 7
                if abs(x - WIDTH / 2) < 9:
                    continue
            canvas.box(x - 4.2, y - 0.8, 8.4, 10.6, frame)
            canvas.box(x - 3.4, y, 6.8, 9, glass)
            canvas.box(x - 0.3, y, 0.6, 9, frame)
            canvas.box(x - 4.6, y + 9.6, 9.2, 1.2, mixed(drawn.roof, WHITE, 0.35))


def _door(canvas: Canvas, drawn: Facade, middle: float, tint: str) -> None:
    canvas.box(middle - 6.5, STREET - 18, 13, 18, WHITE if drawn.wall != WHITE else mixed(drawn.roof, WHITE, 0.7))
    canvas.box(middle - 5.3, STREET - 16.8, 10.6, 16.8, drawn.roof)
    canvas.box(middle - 3.8, STREET - 15, 3.2, 8, mixed(drawn.roof, tint, 0.6))
    canvas.box(middle + 0.6, STREET - 15, 3.2, 8, mixed(drawn.roof, tint, 0.6))
    # A ramp beside the step: the entrance is drawn as most cards describe it.
    canvas.fill(f"M{middle - 9} {STREET}h18v2h-18zM{middle + 9} {STREET}l14 2h-14z", mixed(drawn.roof, WHITE, 0.5))
    _sign(canvas, drawn, middle)


def _sign(canvas: Canvas, drawn: Facade, middle: float) -> None:
    cell, top = 1.0, STREET - 27.5
    for row, cells in enumerate(SIGN):
        for column, there in enumerate(cells):
            if there == "1":
                canvas.box(middle + (column - 3.5) * cell, top + row * cell, cell, cell, drawn.roof)
    canvas.box(middle - cell / 2, top + 3 * cell, cell, cell, RED)


def _trees(canvas: Canvas, drawn: Facade, left: float, right: float) -> None:
    if drawn.trees in (0, 2):
        x = left / 2 + 1
        canvas.box(x - 1, STREET - 22, 2, 23, WOOD)
        canvas.circle(x, STREET - 28, 9, drawn.leaf)
        canvas.circle(x - 4, STREET - 22, 6, drawn.leaf)
    if drawn.trees in (1, 2):
        x = (right + WIDTH) / 2
        canvas.box(x - 0.8, STREET - 8, 1.6, 9, WOOD)
        for at, half in ((0, 8.0), (9, 6.5), (18, 5.0)):
            canvas.fill(f"M{x - half} {STREET - 6 - at}h{half * 2}l{-half}-14z", drawn.leaf)
