"""The cut pictures of the built site by the name that a card gives: `ilze.webp` is /images/ilze-96.1f2e3d4c.avif …

The site's builder names them; the folder of one build never changes, so it is read once for each.
"""

import os
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from booking_service.web.context import settings

NAME = re.compile(r"(?P<stem>.+)-(?P<width>\d+)\.[0-9a-f]{8}\.(?P<kind>avif|webp|jpg)")
Picture: TypeAlias = dict[str, str | int]
# Portraits are cut 4:5.
TALL = 1.25


def portrait(name: str | None) -> Picture | None:
    """A portrait as the theme's macro wants it; None where the card has none, or the site is not built yet."""
    if not name:
        return None
    return _portraits(os.path.realpath(settings().site_dir / "images")).get(Path(name).stem)


@lru_cache(maxsize=2)
def _portraits(folder: str) -> dict[str, Picture]:
    found: defaultdict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for path in Path(folder).iterdir() if Path(folder).is_dir() else ():
        if parts := NAME.fullmatch(path.name):
            found[parts["stem"]][parts["kind"]].append((int(parts["width"]), f"/images/{path.name}"))
    return {stem: _picture(kinds) for stem, kinds in found.items() if kinds["jpg"]}


def _picture(kinds: dict[str, list[tuple[int, str]]]) -> Picture:
    width, src = max(kinds["jpg"])
    sets = {kind: ", ".join(f"{address} {wide}w" for wide, address in sorted(kinds[kind])) for kind in ("avif", "webp")}
    return {"src": src, "width": width, "height": round(width * TALL), **sets}
