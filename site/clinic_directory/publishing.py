"""Which version of the site is served at a place.

`site` is a link to `site.versions/<id>`, and is switched to another version in one step. A server that holds the old
folder open goes on serving all of it until it looks again. `workbench` makes the versions.
"""

import os
import shutil
from pathlib import Path
from typing import Final

KEPT: Final = 2
"""The version served now and the one before it, which a running server may still be reading."""


class NotOurs(Exception):
    """The place to publish to holds something that is not a published site."""


def workshop(place: Path) -> Path:
    """The folder beside the place for builds, versions and what they remember."""
    return place.with_name(place.name + ".versions")


def served(place: Path) -> Path | None:
    """The version that is served at `place`, or None before the first."""
    return place.resolve() if place.is_symlink() else None


def previous(place: Path) -> Path | None:
    """The newest version that is kept and not served, or None."""
    others = [path for path in _versions(place) if path != served(place)]
    return max(others, key=lambda path: path.stat().st_mtime, default=None)


def serve(place: Path, version: Path | None) -> None:
    """Serve a version that is kept, in one step; None: nothing, as before the first."""
    if version:
        _switch(place, version)
    else:
        place.unlink(missing_ok=True)


def _versions(place: Path) -> list[Path]:
    shop = workshop(place)
    found = shop.iterdir() if shop.is_dir() else ()
    return [path.resolve() for path in found if len(path.name) == 16 and path.is_dir()]


def check(place: Path) -> None:
    """NotOurs if the place is a folder of others."""
    if place.is_symlink() or not place.exists():
        return
    if not place.is_dir() or any(place.iterdir()):
        raise NotOurs(f"{place} holds files of others: name an empty or a new folder")


def _switch(place: Path, version: Path) -> None:
    """A link cannot be changed, but a new one can be renamed over it."""
    link = place.with_name(place.name + ".link")
    link.unlink(missing_ok=True)
    link.symlink_to(os.path.relpath(version, place.parent))
    if place.is_dir() and not place.is_symlink():
        place.rmdir()
    link.replace(place)


def forget(place: Path, current: Path) -> None:
    """Remove all versions but the current one and the one before it."""
    versions = [path for path in _versions(place) if path != current.resolve()]
    older = sorted(versions, key=lambda path: path.stat().st_mtime, reverse=True)
    for path in older[KEPT - 1 :]:
        shutil.rmtree(path)
