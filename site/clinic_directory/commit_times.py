"""When content last changed: one `git log` pass over the content folder.

A sitemap's `lastmod` is the newest commit of the files behind a page. Outside git, or for a file that was never
committed, there is no time, and a page without one has no `lastmod`: the time of the build would be a lie.
"""

import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class CommitTimes:
    """Seconds since 1970 of each file's last commit, by its path inside the content folder."""

    seconds: Mapping[str, int]

    def newest(self, files: Iterable[str]) -> datetime | None:
        """The newest change of these files; None if any of them has never been committed."""
        if not self.seconds:
            return None
        found = [self.seconds.get(file) for file in files]
        known = [second for second in found if second is not None]
        return datetime.fromtimestamp(max(known), UTC) if known and len(known) == len(found) else None


def read(folder: Path) -> CommitTimes:
    """The times of every committed and unchanged file of the folder; no times where git has nothing to say."""
    log = _git(folder, "log", "--format=%x00%ct", "--name-only", "--relative", "--no-renames", "--", ".")
    changed = _git(folder, "status", "--porcelain", "-z", "--untracked-files=no", "--", ".")
    if log is None or changed is None:
        return CommitTimes({})
    seconds: dict[str, int] = {}
    for commit in log.split("\0")[1:]:
        time, _, names = commit.partition("\n")
        for name in filter(None, names.split("\n")):
            seconds.setdefault(name, int(time))
    for edited in _edited(changed, _git(folder, "rev-parse", "--show-prefix") or ""):
        seconds.pop(edited, None)
    return CommitTimes(seconds)


def _edited(status: str, prefix: str) -> list[str]:
    """Files that differ from their last commit, so that their commit does not tell when they changed."""
    return [line[3:].removeprefix(prefix.strip()) for line in status.split("\0") if len(line) > 3]


def _git(folder: Path, *words: str) -> str | None:
    try:
        run = subprocess.run(  # noqa: S603
            ["git", "-c", "core.quotepath=off", "-C", str(folder), *words],  # noqa: S607
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
    except OSError:
        return None
    return run.stdout if run.returncode == 0 else None
