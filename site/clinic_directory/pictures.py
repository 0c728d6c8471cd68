"""Cuts the pictures of cards to the sizes that pages need: AVIF, WebP and one JPEG, kept by what is in them.

Portraits become 4:5, clinics keep their shape, search engines get shapes of their own; nothing is enlarged; notes of
the camera are left behind.
A name holds a hash of source and recipe, so a file never changes under its name and a second run makes nothing.
"""

import hashlib
import io
import json
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, Final, Literal

from PIL import Image, ImageCms, ImageOps

from clinic_directory.images import FORMATS, size_shown
from clinic_directory.problems import ContentError, Problem

Shape = Literal["portrait", "view"]
WIDTHS: Final[Mapping[Shape, tuple[int, ...]]] = {"portrait": (96, 152, 192, 304), "view": (160, 260, 520)}
# Search engines choose among these shapes and leave out what is smaller:
# https://developers.google.com/search/docs/appearance/structured-data/local-business
RATIOS: Final[Mapping[str, tuple[int, int]]] = {"1x1": (1, 1), "4x3": (4, 3), "16x9": (16, 9)}
LEAST_AREA, MOST_WIDTH = 50_000, 800
# Raise it when anything below changes what comes out, or old files stay under names that promise new ones.
_RECIPE = "2"
_ADDRESS = "/images/"
_SAVE: Mapping[str, Mapping[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
}
# Eyes stand on the upper third, so a portrait that is too tall loses more below than above.
_CENTRE = (0.5, 0.3)
_FEW = 6


@dataclass(frozen=True)
class Picture:
    """What a page needs of one picture; `src` is the JPEG of the largest size, whose `width` and `height` these are.
    `sources` are (media type, srcset), the smallest format first; `files` are the names to publish under /images/;
    `engines` are the addresses of the shapes for search engines that the original is large enough for."""

    width: int
    height: int
    src: str
    sources: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    engines: tuple[str, ...] = ()

    @property
    def avif(self) -> str:
        return self.sources[0][1]

    @property
    def webp(self) -> str:
        return self.sources[1][1]

    @property
    def large(self) -> str:
        """The largest JPEG as pages show it."""
        return self.src


def cut(sources: Mapping[Path, Shape], cache: Path, workers: int | None = None) -> dict[str, Picture]:
    """The pictures by the file name of their source; their files lie in `cache`.

    Raises ContentError when one cannot be opened after all. `workers` is the number of processes (None: one a core).
    """
    cache.mkdir(parents=True, exist_ok=True)
    keys = {source: _key(source, shape) for source, shape in sources.items()}
    kept = {source: _kept(cache, key) for source, key in keys.items()}
    missing = [source for source, picture in kept.items() if picture is None]
    shapes, names = [sources[source] for source in missing], [keys[source] for source in missing]
    problems: list[Problem] = []
    for source, made in zip(missing, _each(missing, shapes, names, cache, workers), strict=True):
        if isinstance(made, Problem):
            problems.append(made)
        kept[source] = made if isinstance(made, Picture) else None
    if problems:
        raise ContentError(problems)
    return {source.name: picture for source, picture in kept.items() if picture}


def _each(
    sources: list[Path], shapes: list[Shape], keys: list[str], cache: Path, workers: int | None
) -> Iterable[Picture | Problem]:
    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(sources) < _FEW:
        return map(_make, sources, shapes, keys, repeat(cache))
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(_make, sources, shapes, keys, repeat(cache), chunksize=4))


def _key(source: Path, shape: Shape) -> str:
    """`ilze-berzina.1f2e3d4c`: the stem of the source, and the hash of its bytes, its shape and the recipe."""
    content = hashlib.sha256(source.read_bytes())
    content.update(f"{_RECIPE} {shape} {WIDTHS[shape]}".encode())
    return f"{source.stem}.{content.hexdigest()[:8]}"


def _kept(cache: Path, key: str) -> Picture | None:
    """The picture as an earlier run wrote it down, if all of its files are still there."""
    try:
        facts = json.loads((cache / f"{key}.json").read_text(encoding="utf-8"))
        sizes = [(int(width), int(height)) for width, height in facts["sizes"]]
        picture = _picture(key, sizes, [str(ratio) for ratio in facts["ratios"]])
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return picture if all((cache / name).exists() for name in picture.files) else None


def _make(source: Path, shape: Shape, key: str, cache: Path) -> Picture | Problem:
    try:
        whole, (across, up) = opened(source, max(WIDTHS[shape]) * 4)
        images = _sizes(whole, shape, across, up)
        sizes = [_save(image, key, cache, image is images[-1]) for image in images]
        ratios = engine_sizes(across, up)
        for ratio, size in ratios.items():
            _save_as("jpg", _fitted(whole, size), cache / _name(key, ratio, "jpg"))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return Problem(f"images/{source.name}", None, "", "is cut short or damaged", "save it anew")
    # Written last: whatever stops a run half way, the next one makes the picture again.
    write(cache / f"{key}.json", json.dumps({"sizes": sizes, "ratios": list(ratios)}).encode())
    return _picture(key, sizes, list(ratios))


def _sizes(image: Image.Image, shape: Shape, across: int, up: int) -> list[Image.Image]:
    """The picture in each width."""
    made = sorted({min(width, widest(shape, across, up)) for width in WIDTHS[shape]})
    return [resized(image, shape, width, across, up) for width in made]


def engine_sizes(across: int, up: int) -> dict[str, tuple[int, int]]:
    """The shapes that a picture of this size is large enough for, without being enlarged."""
    found = {}
    for name, (wide, high) in RATIOS.items():
        width = min(across, up * wide // high, MOST_WIDTH)
        size = (width, width * high // wide)
        if size[0] * size[1] >= LEAST_AREA:
            found[name] = size
    return found


def opened(source: Path, most: int) -> tuple[Image.Image, tuple[int, int]]:
    """The picture upright, in sRGB, on white where it was see-through, and its whole size.

    A JPEG is decoded small where that leaves at least `most` pixels of width and height: twice the need or more, so
    that the resampling has enough to work with.
    """
    with Image.open(source, formats=FORMATS) as file:
        size = size_shown(file)
        file.draft("RGB", (most, most))
        return _plain(ImageOps.exif_transpose(file)), size


def widest(shape: Shape, across: int, up: int) -> int:
    """How wide a picture of this size can be shown in its shape without being enlarged."""
    return min(across, up * 4 // 5) if shape == "portrait" else across


def resized(image: Image.Image, shape: Shape, width: int, across: int, up: int) -> Image.Image:
    """The picture in its shape; `across` and `up` are its whole size."""
    tall = 1.25 if shape == "portrait" else up / across
    return _fitted(image, (width, max(1, round(width * tall))))


def _fitted(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return ImageOps.fit(image, size, Image.Resampling.LANCZOS, centering=_CENTRE)


def _plain(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode in ("RGBA", "LA", "PA", "P"):
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image)
        image = ground.convert("RGB")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            target = ImageCms.createProfile("sRGB")
            shown = ImageCms.profileToProfile(image, io.BytesIO(profile), target, outputMode="RGB")
            image = shown or image
        except (ImageCms.PyCMSError, OSError):
            pass  # A profile that cannot be read leaves the colours as they are stored.
    plain = image.convert("RGB")
    plain.info.clear()
    return plain


def _save(image: Image.Image, key: str, cache: Path, largest: bool) -> tuple[int, int]:
    """Writes one size in each format; only the largest is wanted as JPEG."""
    for ending in _SAVE:
        if ending != "jpg" or largest:
            _save_as(ending, image, cache / _name(key, image.width, ending))
    return image.size


def _save_as(ending: str, image: Image.Image, path: Path) -> None:
    written = io.BytesIO()
    image.save(written, **_SAVE[ending])
    write(path, written.getvalue())


def write(path: Path, content: bytes) -> None:
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_bytes(content)
    half.replace(path)


def _picture(key: str, sizes: list[tuple[int, int]], ratios: list[str]) -> Picture:
    width, height = sizes[-1]
    largest = _name(key, width, "jpg")
    sources = tuple((f"image/{ending}", _srcset(key, sizes, ending)) for ending in ("avif", "webp"))
    names = [_name(key, each, ending) for each, _ in sizes for ending in ("avif", "webp")]
    shapes = [_name(key, ratio, "jpg") for ratio in ratios]
    engines = tuple(_ADDRESS + name for name in shapes)
    return Picture(width, height, _ADDRESS + largest, sources, (*names, largest, *shapes), engines)


def _srcset(key: str, sizes: list[tuple[int, int]], ending: str) -> str:
    return ", ".join(f"{_ADDRESS}{_name(key, width, ending)} {width}w" for width, _ in sizes)


def _name(key: str, width: int | str, ending: str) -> str:
    stem, _, content = key.rpartition(".")
    return f"{stem}-{width}.{content}.{ending}"
