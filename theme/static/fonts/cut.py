"""Cuts the theme's fonts out of Commissioner; run once by hand when the font or the letters we need change.

    npm pack @fontsource-variable/commissioner@5.3.0 && tar xf fontsource-variable-commissioner-5.3.0.tgz
    .venv/bin/python theme/static/fonts/cut.py package theme/static/fonts

The flare axis is pinned at 100 and weight kept from 400 to 700. Commissioner has no figures of equal width, so `num`
is made here: each digit stands in the middle of 1216/2000 em at every weight.

Pages get WOFF2 files by letters; what draws pictures or prints gets two whole TTFs, since it cannot join pieces.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

LATVIAN = "āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ"
RUSSIAN = "".join(map(chr, range(0x410, 0x450))) + "ёЁ№"
CORE = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0„“”«»–−€×·…‘’•§©°"
ACCENTS = "éöüäßåøæèêëçñáóíúýôîïàâãõÉÖÜÄÅØÆÈÊËÇÑÁÓÍÚÔ"
OTHER = "ąęėįųłńśźżćőűřěůťďňŁĄĘĖĮŲŃŚŹŻĆŐŰŘĚŮŤĎŇō"
# What each file holds and which file of the package has it.
FILES = {
    "core": (CORE, "latin"),
    "lv": (LATVIAN, "latin-ext"),
    "cyr": (RUSSIAN, "cyrillic"),
    "num": ("0123456789", "latin"),
    "accents": (ACCENTS, "latin"),
    "other": (OTHER, "latin-ext"),
}
DIGIT_WIDTH = 1216 / 2000


def equal_width(font: TTFont) -> None:
    """Give every digit the same advance at every weight and keep its drawing in the middle of it."""
    width = round(DIGIT_WIDTH * font["head"].unitsPerEm)
    glyphs, metrics, variations = font["glyf"], font["hmtx"], font["gvar"].variations
    for name in [font.getBestCmap()[ord(digit)] for digit in "0123456789"]:
        coordinates, control = glyphs._getCoordinatesAndControls(name, metrics.metrics)
        advance = metrics[name][0]
        for variation in variations.get(name, []):
            variation.calcInferredDeltas(coordinates, control.endPts)
            left, right = variation.coordinates[-4], variation.coordinates[-3]
            inward = round((left[0] + right[0]) / 2)
            moved = [(x - inward, y) for x, y in variation.coordinates[:-4]]
            variation.coordinates = [*moved, (0, 0), (0, 0), (0, 0), (0, 0)]
        glyph = glyphs[name]
        glyph.coordinates.translate((round((width - advance) / 2), 0))
        glyph.recalcBounds(glyphs)
        metrics[name] = (width, glyph.xMin)
    if "HVAR" in font:
        del font["HVAR"]


def cut(source: Path, letters: str, *, digits: bool) -> TTFont:
    """The part of a variable font that holds `letters`."""
    font = TTFont(source)
    instantiateVariableFont(font, {"FLAR": 100, "wght": (400, 700)}, inplace=True)
    options = Options(flavor="woff2", hinting=False, layout_features=[] if digits else ["kern", "mark", "ccmp", "locl"])
    options.name_IDs = [1, 2, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    if digits:
        equal_width(font)
    font.flavor = "woff2"
    return font


def whole(package: Path, weight: int) -> TTFont:
    """One weight with the letters of all files, under names that other programs know it by."""
    with TemporaryDirectory() as folder:
        pieces = []
        for part in dict.fromkeys(part for _, part in FILES.values()):
            font = TTFont(package / "files" / f"commissioner-{part}-flar-normal.woff2")
            instantiateVariableFont(font, {"FLAR": 100, "wght": weight}, inplace=True)
            options = Options(hinting=False, layout_features=["kern", "mark", "ccmp", "locl"])
            subsetter = Subsetter(options)
            subsetter.populate(text="".join(letters for letters, of in FILES.values() if of == part))
            subsetter.subset(font)
            font.flavor = None
            pieces.append(f"{folder}/{part}.ttf")
            font.save(pieces[-1])
        merged = Merger().merge(pieces)
    style = {400: "Regular", 700: "Bold"}[weight]
    for number, text in ((1, "Commissioner"), (2, style), (4, f"Commissioner {style}"), (6, f"Commissioner-{style}")):
        merged["name"].setName(text, number, 3, 1, 0x409)
    merged["OS/2"].usWeightClass = weight
    merged["OS/2"].fsSelection = 0x20 if weight == 700 else 0x40
    merged["head"].macStyle = 1 if weight == 700 else 0
    # The same letters give the same bytes, whenever they are cut.
    merged["head"].created = merged["head"].modified = 0
    merged.recalcTimestamp = False
    return merged


def main(package: Path, out: Path) -> None:
    """Write all files of FILES and both whole weights into `out` and say how large they are."""
    for weight in (400, 700):
        path = out / f"commissioner-{weight}.ttf"
        whole(package, weight).save(path)
        sys.stdout.write(f"{weight:<8}{path.stat().st_size:7} bytes\n")
    for name, (letters, part) in FILES.items():
        source = package / "files" / f"commissioner-{part}-flar-normal.woff2"
        font = cut(source, letters, digits=name == "num")
        missing = [letter for letter in letters if ord(letter) not in font.getBestCmap()]
        font.save(out / f"{name}.woff2")
        lacking = f", without {''.join(missing)}" if missing else ""
        sys.stdout.write(f"{name:8}{(out / f'{name}.woff2').stat().st_size:7} bytes{lacking}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
