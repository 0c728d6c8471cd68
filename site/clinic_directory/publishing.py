"""Puts a finished build in the place that is served, in one step.

`site` is a link to `site.versions/<id>`. The new version is a folder of hard links to the build, made beside the old
one; then the link is switched. A server that holds the old folder open goes on serving all of it until it looks again.
"""

import os
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Final

from clinic_directory.output import every_file

KEPT: Final = 2
"""The version served now and the one before it, which a running server may still be reading."""


class NotOurs(Exception):
    """The place to publish to holds something that is not a published site."""


def workshop(place: Path) -> Path:
    """The folder beside the place for builds, versions and what they remember."""
    return place.with_name(place.name + ".versions")


def publish(build: Path, place: Path) -> bool:
    """Serve `build` at `place`; False if that is what is served already. NotOurs if `place` is a folder of others."""
    _check(place)
    version = workshop(place) / _name(build)
    if place.is_symlink() and place.resolve() == version.resolve():
        return False
    if not version.exists():
        partial = version.with_name(version.name + ".part")
        shutil.rmtree(partial, ignore_errors=True)
        _link_tree(str(build), str(partial))
        partial.rename(version)
    os.utime(version)
    _switch(place, version)
    _forget(place, version)
    return True


def _check(place: Path) -> None:
    if place.is_symlink() or not place.exists():
        return
    if not place.is_dir() or any(place.iterdir()):
        raise NotOurs(f"{place} holds files of others: name an empty or a new folder")


def _name(build: Path) -> str:
    """A build that left every file alone keeps its name: equal bytes are never written again."""
    files = sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in every_file(build).items())
    return sha256(repr(files).encode()).hexdigest()[:16]


def _link_tree(source: str, target: str) -> None:
    Path(target).mkdir()
    with os.scandir(source) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _link_tree(entry.path, f"{target}/{entry.name}")
            else:
                os.link(entry.path, f"{target}/{entry.name}")


def _switch(place: Path, version: Path) -> None:
    """A link cannot be changed, but a new one can be renamed over it."""
    link = place.with_name(place.name + ".link")
    link.unlink(missing_ok=True)
    link.symlink_to(os.path.relpath(version, place.parent))
    if place.is_dir() and not place.is_symlink():
        place.rmdir()
    link.replace(place)


def _forget(place: Path, current: Path) -> None:
    versions = [path for path in workshop(place).iterdir() if len(path.name) == 16 and path.is_dir()]
    older = sorted((path for path in versions if path != current), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in older[KEPT - 1 :]:
        shutil.rmtree(path)
