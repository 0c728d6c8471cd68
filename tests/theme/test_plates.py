"""Plates: the same for ever for a slug, mirror-symmetric, and the example of the design."""

import re

import pytest

from theme import plates
from theme.cells import woven

CHEVRONS, HOLED = plates.MOTIFS[0], plates.MOTIFS[1]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by the WCAG formula."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("motif", [*plates.MOTIFS, *((row,) for row in plates.SEPARATORS)])
def test_every_motif_is_its_own_mirror_image(motif: tuple[str, ...]) -> None:
    assert all(row == row[::-1] for row in motif)
    assert all(len(row) == 7 for row in motif)


def test_there_are_six_dyes_six_motifs_and_four_separators() -> None:
    assert (len(plates.DYES), len(plates.MOTIFS), len(plates.SEPARATORS)) == (6, 6, 4)


@pytest.mark.parametrize(("dye", "tint"), plates.DYES)
def test_initials_stand_out_from_their_tint(dye: str, tint: str) -> None:
    assert contrast(dye, tint) >= 6.27


def test_plate_of_a_slug_never_changes() -> None:
    assert plates.pick("ilze-berzina") == plates.Plate(dye=3, motifs=(3, 3), separators=(2, 1))


def test_band_is_woven_as_in_the_example() -> None:
    # design/plate-example.svg: chevrons, a row of four, a holed diamond, a row of two, and again.
    symbols = plates._symbols()

    assert symbols["a0"].startswith("M4 0h4v4h-4zM28 0h4v4h-4zM8 4h4v4h-4z")
    assert symbols["s0"] == "M4 32h4v4h-4zM12 32h4v4h-4zM20 32h4v4h-4zM28 32h4v4h-4z" + woven(("1010101",), 4, 4, 112)
    assert symbols["b1"].startswith("M16 40h4v4h-4zM12 44h12v4h-12zM8 48h20v4h-20zM4 52h12v4h-12zM20 52h12v4h-12z")
    assert symbols["t1"] == "M4 72h4v4h-4zM28 72h4v4h-4z"


@pytest.mark.parametrize(
    ("given", "family", "letters"),
    [
        ("Ilze", "Bērziņa", "IB"),
        ("žanete", "ķirsone-ģēģere", "ŽĶ"),
        ("Klīnika „Vēja roze”", "", "VR"),
        ("Ultrasonogrāfija", "", "U"),
        ("№ 7", "", ""),
    ],
)
def test_initials_are_of_the_given_and_the_last_name(given: str, family: str, letters: str) -> None:
    assert plates.initials(given, family) == letters


def test_whole_plate_needs_no_other_file_and_escapes_its_letters() -> None:
    svg = plates.plate_svg("x", "<i>", "&co")

    assert "href" not in svg
    assert "&lt;&amp;" in svg


def test_list_of_plates_stays_small() -> None:
    marks = plates.marks("girts-kenins")

    assert len(marks.symbols) == 4
    assert set(re.findall(r'id="(\w+)"', plates.sprite())) >= set(marks.symbols)


def test_the_rows_of_a_band_are_what_pages_draw() -> None:
    for slug in ("ilze-berzina", "veja-roze", "x", "y", "z"):
        rows = (plates.rows(slug) * 2)[:38]

        drawn = woven(rows, plates.CELL, plates.CELL)

        assert sorted(drawn.split("z")) == sorted(plates.band(slug).split("z"))
