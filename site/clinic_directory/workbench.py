"""Where the next version of a published site is made out of the one before it, at the price of what differs.

Two versions take turns: the one that is served is never touched, and the one before it, which nobody looks up any more,
is brought level with it by links to the files in which they differ; then pages are written there and it is served.
So publishing costs what one build changed, not a link for each of a hundred thousand files.

The shelf remembers which version it describes and how the other one differs. What it says is believed only if that
version is the served one; else, as after a build that was stopped, a whole tree of links is made.
"""

import json
import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from clinic_directory import memory, publishing
from clinic_directory.output import PACKED
from clinic_directory.shelf import Shelf

_SPARE = "spare"


class Workbench:
    """One build of the site at `place`; NotOurs if that is a folder of others."""

    def __init__(self, place: Path, shelf: Shelf) -> None:
        publishing.check(place)
        self._place = place
        self._shop = publishing.workshop(place)
        self._shelf = shelf
        self._served = publishing.served(place)
        self._spare, self._behind = "", []
        told = json.loads(shelf.get("versions") or b"{}")
        trusted = self._served is not None and told.get("served") == self._served.name
        if trusted:
            self._spare, self._behind = told["spare"], told["behind"]
        else:
            memory.forget(shelf)
        self.begun = False

    @property
    def folder(self) -> Path:
        """What is served; once something is to be written, the folder to write into, which looks the same."""
        return self._shop / "build" if self.begun or self._served is None else self._served

    def begin(self) -> Path:
        """Get the folder ready to be written into."""
        build = self._shop / "build"
        if not self.begun:
            shutil.rmtree(build, ignore_errors=True)
            spare = self._shop / self._spare
            if self._served is None:
                build.mkdir()
            elif self._spare and spare.is_dir():
                spare.rename(build)
                _level(self._served, build, self._behind)
            else:
                link_tree(str(self._served), str(build))
        self.begun = True
        return build

    def publish(self, changed: Iterable[str]) -> bool:
        """Serve the folder, in which these files were written or removed; False if nothing was begun."""
        if not self.begun:
            self._shelf.save()
            return False
        version = self._shop / secrets.token_hex(8)
        (self._shop / "build").rename(version)
        os.utime(version)
        self._note(version, self._served.name if self._served else _SPARE, list(changed))
        publishing.serve(self._place, version)
        publishing.forget(self._place, version)
        if self._served is None:
            # Made now, since the first edit after this is waited for.
            shutil.rmtree(self._shop / _SPARE, ignore_errors=True)
            link_tree(str(version), str(self._shop / _SPARE))
            self._note(version, _SPARE, [])
        return True

    def _note(self, version: Path, spare: str, behind: list[str]) -> None:
        said = {"served": version.name, "spare": spare, "behind": behind}
        self._shelf.put("versions", json.dumps(said).encode())
        self._shelf.save()


def link_tree(source: str, target: str) -> None:
    Path(target).mkdir()
    with os.scandir(source) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                link_tree(entry.path, f"{target}/{entry.name}")
            else:
                os.link(entry.path, f"{target}/{entry.name}")


def _level(source: Path, target: Path, names: Iterable[str]) -> None:
    """Make these files of `target`, and their compressed copies, those of `source`."""
    for name in (name + ending for name in names for ending in ("", *PACKED)):
        path = target / name
        path.unlink(missing_ok=True)
        try:
            path.hardlink_to(source / name)
        except FileNotFoundError:
            if (source / name).exists():
                path.parent.mkdir(parents=True)
                path.hardlink_to(source / name)
    for name in names:
        for folder in (target / name).parents:
            if folder == target or (folder.exists() and any(folder.iterdir())):
                break
            if folder.exists():
                folder.rmdir()
