"""`make preview`: the check of content, a build to look at, and which pages it would change; for any build server.

It ends with 1 where publishing would refuse: for a problem of content, or an address that vanished without an answer.
"""

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from clinic_directory import build, paths, publishing, vanished
from clinic_directory.build import say
from clinic_directory.editing.check import check, lines, summary
from clinic_directory.editing.published import Unreachable, addresses, fetch, origin
from clinic_directory.problems import ContentError
from clinic_directory.seo.security_txt import ExpiryError

MOST: Final = 20
"""Pages of a kind that are named; the rest are counted."""

_LANGS = ("lv", "ru", "en")


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """New, changed and gone pages line by line; by address and the time of the last change of their content."""
    kept = before.keys() & after.keys()
    yield from _told("new", after.keys() - before.keys())
    yield from _told("changed", (address for address in kept if before[address] != after[address]))
    yield from _told("gone", before.keys() - after.keys())


def _told(what: str, found: Iterable[str]) -> Iterator[str]:
    """A page is one line, whatever languages it is in."""
    by_path: dict[str, set[str]] = {}
    for address in found:
        lang, path = paths.parted(address)
        by_path.setdefault(path, set()).add(lang or "lv")
    for path in sorted(by_path)[:MOST]:
        yield f"  {what:8}{path} ({', '.join(lang for lang in _LANGS if lang in by_path[path])})"
    if len(by_path) > MOST:
        yield f"  {what:8}{len(by_path) - MOST} pages more"


def preview(content: Path, output: Path, published: Path | None, site_url: str) -> None:
    """Builds into `output` and tells what differs from a published site's folder. Raises as `build` does."""
    say(build.build(content, output, site_url, quick=True, published=published))
    if published:
        changes = list(compared(addresses(published), addresses(output)))
        say("\n".join(["Against the published site:", *changes] if changes else ["No page would change."]))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make preview", description=__doc__)
    parser.add_argument("--content", type=Path, default=Path("content"), help="the content folder")
    parser.add_argument("--output", type=Path, required=True, help="the folder to build into")
    parser.add_argument("--published", default="", help="the published site: its address, or its folder")
    parser.add_argument("--site-url", default="", help="the public address, if not that of the published site")
    chosen = parser.parse_args(arguments)
    content = Path(os.path.relpath(chosen.content))
    report = check(content, datetime.now(UTC).date())
    say("\n".join([*lines(content, report, everything=False), summary(report, everything=False)]))
    if report.problems:
        return 1
    with tempfile.TemporaryDirectory(prefix="pieraksts-published-") as fetched:
        try:
            folder = _published(chosen.published, Path(fetched))
            preview(content, chosen.output, folder, chosen.site_url or (origin(folder) if folder else ""))
        except (ContentError, ExpiryError, vanished.Vanished, publishing.NotOurs, Unreachable) as wrong:
            sys.stderr.write(f"{wrong}\n")
            return 1
    say(f"Look at it in {chosen.output}.")
    return 0


def _published(named: str, fetched: Path) -> Path | None:
    if re.match(r"https?://", named):
        fetch(named.rstrip("/"), fetched)
        return fetched
    folder = Path(named)
    return folder if named and folder.is_dir() else None


if __name__ == "__main__":
    sys.exit(main())
