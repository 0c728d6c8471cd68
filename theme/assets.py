"""The theme's files as they are served: bundled, named by their content, and never changed afterwards."""

import re
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from theme import plates

STATIC = Path(__file__).parent / "static"
LAYERS = "@layer tokens,base,layout,components,pages,print;"
# A day at the desk is placed by classes, since a page may hold no style of its own: `at-12` is an hour after the start.
CELLS = "@layer components{" + "".join(f".at-{n}{{--at:{n}}}.for-{n}{{--for:{n}}}" for n in range(289)) + "}"
# What each stylesheet holds, in the order in which it is read.
STYLESHEETS = {
    "site.css": ("tokens", "base", "layout", "components/*", "pages/*", "print"),
    "desk.css": ("desk/*",),
}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ASSET = re.compile(r"asset:([\w.-]+)")
_VIEWBOX = re.compile(r'viewBox="([^"]+)"')
_SVG_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def hashed(name: str, content: bytes) -> str:
    """`site.css` -> `site.1f2e3d4c.css`, by the first eight digits of the content's SHA-256."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{sha256(content).hexdigest()[:8]}.{suffix}"


def squeeze(css: str) -> str:
    """The stylesheet without comments and idle space."""
    text = re.sub(r"\s+", " ", _COMMENT.sub("", css))
    text = re.sub(r"\s*([{};,])\s*", r"\1", text)
    return re.sub(r":\s+", ":", text).replace(";}", "}").strip()


def _sprite(folder: Path) -> str:
    symbols = []
    for path in sorted(folder.glob("*.svg")):
        text = path.read_text("utf-8")
        box, body = _VIEWBOX.search(text), _SVG_BODY.search(text)
        if box is None or body is None:
            raise ValueError(f"{path.name} is not an icon")
        inner = re.sub(r"\s+", " ", body[1]).replace("> <", "><").replace(" />", "/>").strip()
        symbols.append(f'<symbol id="{path.stem}" viewBox="{box[1]}">{inner}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'


class Assets:
    """Reads and bundles once; `url` names a file's address and `publish` writes all of them into a folder."""

    def __init__(self, static: Path = STATIC) -> None:
        self._static = static

    @cached_property
    def _plain(self) -> dict[str, bytes]:
        found = [
            *self._static.glob("fonts/*.woff2"),
            *self._static.glob("pictures/*.svg"),
            *self._static.glob("js/*.js"),
        ]
        files = {path.name: path.read_bytes() for path in sorted(found)}
        files["icons.svg"] = _sprite(self._static / "icons").encode()
        files["plates.svg"] = plates.sprite().encode()
        return files

    def _stylesheet(self, parts: tuple[str, ...]) -> bytes:
        names = {name: hashed(name, content) for name, content in self._plain.items()}
        paths = [path for part in parts for path in sorted((self._static / "css").glob(f"{part}.css"))]
        rules = CELLS if "desk/*" in parts else ""
        text = squeeze(LAYERS + rules + "\n".join(path.read_text("utf-8") for path in paths))
        return _ASSET.sub(lambda match: names[match[1]], text).encode()

    @cached_property
    def files(self) -> dict[str, tuple[str, bytes]]:
        """Every file by its plain name: the hashed name and the content."""
        plain = self._plain | {name: self._stylesheet(parts) for name, parts in STYLESHEETS.items()}
        return {name: (hashed(name, content), content) for name, content in plain.items()}

    def url(self, name: str) -> str:
        """The address of a file, `/theme/site.1f2e3d4c.css`; KeyError for a file that does not exist."""
        return f"/theme/{self.files[name][0]}"

    def publish(self, folder: Path) -> list[Path]:
        """Write the files that are not there yet into `folder` (served as `/theme/`); the paths of all of them."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for name, content in self.files.values():
            path = folder / name
            if not path.exists():
                partial = path.with_name(path.name + ".part")
                partial.write_bytes(content)
                partial.rename(path)
            paths.append(path)
        return paths
