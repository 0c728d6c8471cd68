"""Name plates for cards without a photo: a woven band and initials, picked by the SHA-256 of the slug.

Every motif is mirror-symmetric, so that no pair of them can turn into a fire-cross or a swastika: keep it so.
"""

from dataclasses import dataclass
from hashlib import sha256
from html import escape

from theme.cells import DIAMOND, MARK, woven

# Dye and its tint: pine, blue, ochre, bilberry, slate, lake; each pair has a contrast of 6.3 or more.
DYES = (
    ("#0D5540", "#E0EFE7"),
    ("#1F4780", "#E5EDF8"),
    ("#6B4400", "#FBEFD0"),
    ("#7A1B3A", "#F8E7EC"),
    ("#3D4A6B", "#E8EBF3"),
    ("#2F5B6B", "#E3EEF1"),
)
MOTIFS = (
    ("1000001", "0100010", "0010100", "0001000", "1000001", "0100010", "0010100"),
    ("0001000", "0011100", "0111110", "1110111", "0111110", "0011100", "0001000"),
    ("0001000", "0010100", "0100010", "1001001", "0100010", "0010100", "0001000"),
    DIAMOND,
    MARK,
    ("0000000", "0001000", "0011100", "1111111", "0011100", "0001000", "0000000"),
)
SEPARATORS = ("1010101", "1000001", "0001000", "1111111")

WIDTH, HEIGHT, CELL = 120, 150, 4
# A band repeats after twice (a motif of 7 rows, an empty one, a separator, an empty one).
_PERIOD, _HALF, _AFTER_MOTIF = 80, 40, 32


@dataclass(frozen=True)
class Plate:
    """What the slug picks: the numbers of a dye, two motifs and two separators."""

    dye: int
    motifs: tuple[int, int]
    separators: tuple[int, int]


@dataclass(frozen=True)
class PlateMarks:
    """A plate as pages draw it: the dye's number and the names of four symbols of `plates.svg`."""

    dye: int
    symbols: tuple[str, str, str, str]


def pick(slug: str) -> Plate:
    """The plate of a slug, the same for ever."""
    digest = sha256(slug.encode()).digest()
    return Plate(digest[5] % 6, (digest[0] % 6, digest[1] % 6), (digest[2] % 4, digest[3] % 4))


def marks(slug: str) -> PlateMarks:
    """The plate of a slug by symbol names, for pages where many plates stand."""
    plate = pick(slug)
    (first, second), (upper, lower) = plate.motifs, plate.separators
    return PlateMarks(plate.dye, (f"a{first}", f"b{second}", f"s{upper}", f"t{lower}"))


def _twice(rows: tuple[str, ...], y: int) -> str:
    return "".join(woven(rows, CELL, CELL, top) for top in (y, y + _PERIOD) if top < HEIGHT)


def _symbols() -> dict[str, str]:
    symbols = {}
    for number, motif in enumerate(MOTIFS):
        symbols[f"a{number}"] = _twice(motif, 0)
        symbols[f"b{number}"] = _twice(motif, _HALF)
    for number, row in enumerate(SEPARATORS):
        symbols[f"s{number}"] = _twice((row,), _AFTER_MOTIF)
        symbols[f"t{number}"] = _twice((row,), _HALF + _AFTER_MOTIF)
    return symbols


def band(slug: str) -> str:
    """Path data of the whole band of a slug, 36 units wide, as the drawn portraits ghost it."""
    symbols = _symbols()
    return "".join(symbols[name] for name in marks(slug).symbols)


def rows(slug: str) -> tuple[str, ...]:
    """The band of a slug as rows of seven cells that repeat, for who draws it without SVG."""
    plate, empty = pick(slug), "0" * 7
    pairs = zip(plate.motifs, plate.separators, strict=True)
    return tuple(row for motif, line in pairs for row in (*MOTIFS[motif], empty, SEPARATORS[line], empty))


def sprite() -> str:
    """All motifs and separators as one SVG file of symbols, placed where a plate needs them."""
    paths = "".join(f'<path id="{name}" d="{path}"/>' for name, path in _symbols().items())
    return f'<svg xmlns="http://www.w3.org/2000/svg"><defs>{paths}</defs></svg>'


def initials(given: str, family: str = "") -> str:
    """First letter of the given name and of the last name: "ŽĶ" of Žanete Ķirsone-Ģēģere.

    Of one name with several words (a clinic, a room) the first letters of its last two words that begin with a
    letter, as "VR" of Klīnika „Vēja roze”; of a single word its first letter.
    """
    if family:
        return (given[:1] + family[:1]).upper()
    words = ["".join(sign for sign in word if sign.isalpha()) for word in given.split()]
    return "".join(word[0] for word in [word for word in words if word][-2:]).upper()


def plate_svg(slug: str, given: str, family: str = "") -> str:
    """A whole plate as one SVG text that needs no other file, for letters, pictures and other sites."""
    dye, tint = DYES[pick(slug).dye]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{tint}"/><rect width="36" height="{HEIGHT}" fill="{dye}"/>'
        f'<path fill="{tint}" shape-rendering="crispEdges" d="{band(slug)}"/>'
        f'<text x="46" y="136" font-family="Commissioner, sans-serif" font-weight="700" font-size="40" '
        f'letter-spacing="-1" fill="{dye}">{escape(initials(given, family))}</text></svg>'
    )
