"""Shapes woven of square cells, as SVG path data: the only way we draw."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

# A stepped diamond of 7 cells, the same of 5 cells with its middle left open, and a single cell; sizes in cells.
DIAMOND = ("0001000", "0011100", "0111110", "1111111", "0111110", "0011100", "0001000")
RING = ("00100", "01110", "11011", "01110", "00100")
DOT = ("1",)
MARK = ("0001000", "0011100", "0110110", "1100011", "0110110", "0011100", "0001000")


def _runs(row: str) -> Iterator[tuple[int, int]]:
    start = None
    for column, cell in enumerate(row + "0"):
        if cell == "1" and start is None:
            start = column
        elif cell != "1" and start is not None:
            yield start, column - start
            start = None


def woven(rows: Iterable[str], cell: int, x: int = 0, y: int = 0) -> str:
    """Path data of the filled cells ("1") of `rows`, `cell` units wide each, its top left corner at x, y."""
    return "".join(
        f"M{x + start * cell} {y + line * cell}h{length * cell}v{cell}h-{length * cell}z"
        for line, row in enumerate(rows)
        for start, length in _runs(row)
    )


@lru_cache(maxsize=1024)
def centred(rows: tuple[str, ...], cell: int, x: int, y: int) -> str:
    """`woven` around a middle point; a single cell of even size stands half a cell up and left."""
    return woven(rows, cell, x - len(rows[0]) * cell // 2, y - len(rows) * cell // 2)
