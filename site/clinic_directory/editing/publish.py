"""`make publish`: checks, builds, compares with what is served, switches, and brings the database in line; or nothing.

Every step that fails leaves the served site as it was: the build is switched in last, and if the command that comes
after it (the service's `sync`) refuses, the site is switched back. `make rollback` goes back one build by hand.
"""

import argparse
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from clinic_directory import build, publishing, vanished
from clinic_directory.build import SETTINGS, alone_in, say
from clinic_directory.problems import ContentError
from clinic_directory.seo.security_txt import ExpiryError
from clinic_directory.workbench import link_tree


class Stopped(Exception):
    """A step refused; the text says why, and what is served is what was served before."""


def publish(content: Path, place: Path, site_url: str, settings: Path, then: Sequence[str]) -> str:
    """All steps in turn; answers what was done. `then` is run when the new build is served. Raises Stopped."""
    place = Path(os.path.abspath(place))
    shop = publishing.workshop(place)
    shop.mkdir(parents=True, exist_ok=True)
    # One publication at a time, so that none switches back what another has put there.
    with alone_in(shop, "publishing"), _the_one_before_kept(place):
        before = publishing.served(place)
        try:
            done = build.build(content, place, site_url, settings=settings, say=say, published=place)
        except (ContentError, ExpiryError, vanished.Vanished, publishing.NotOurs) as wrong:
            raise Stopped(str(wrong)) from wrong
        try:
            code = subprocess.run(then, check=False).returncode if then else 0  # noqa: S603 - the operator's own words
        except BaseException:
            _back(place, before)
            raise
        if code:
            _back(place, before)
            raise Stopped(f"{' '.join(then)} ended with {code}")
    return done


def _back(place: Path, before: Path | None) -> None:
    """Serve what was served, and forget the build that was refused, so that nobody goes back to it."""
    refused = publishing.served(place)
    if refused and refused != before:
        publishing.serve(place, before)
        shutil.rmtree(refused)


@contextmanager
def _the_one_before_kept(place: Path) -> Iterator[None]:
    """A build is made out of the version before the served one; where it fails, that version is put back."""
    shop, last = publishing.workshop(place), publishing.previous(place)
    copy = shop / "last"
    if last:
        shutil.rmtree(copy, ignore_errors=True)
        link_tree(str(last), str(copy))
        shutil.copystat(last, copy)
    try:
        yield
    finally:
        if copy.is_dir() and publishing.previous(place) is None:
            copy.rename(shop / secrets.token_hex(8))
        shutil.rmtree(copy, ignore_errors=True)


def rollback(place: Path) -> str:
    """Serve the build before; answers which. Raises Stopped where none is kept."""
    place = Path(os.path.abspath(place))
    last = publishing.previous(place)
    if last is None:
        raise Stopped(f"{place} has no earlier build")
    with alone_in(publishing.workshop(place), "publishing"):
        built = datetime.fromtimestamp(last.stat().st_mtime, UTC)
        publishing.serve(place, last)
        # The next build keeps the newest beside its own, and that is to be this one.
        os.utime(last)
    return f"{place} serves the build of {built:%Y-%m-%d %H:%M} UTC again"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make publish", description=__doc__)
    parser.add_argument("--content", type=Path, default=Path("content"), help="the content folder")
    parser.add_argument("--output", type=Path, required=True, help="where the site is served from")
    parser.add_argument("--site-url", default="", help="the public address, such as https://pieraksts.lv")
    parser.add_argument("--settings", type=Path, default=SETTINGS.with_name("publishconf.py"))
    parser.add_argument("--back", action="store_true", help="serve the build before")
    parser.add_argument("then", nargs="*", help="what to run once the new build is served")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.back:
            say(f"{rollback(chosen.output)}.\nThe database keeps the newer content: mend content and make publish.")
            return 0
        if not chosen.site_url.startswith(("https://", "http://localhost")):
            raise Stopped("SITEURL says no public address; write SITEURL=https://pieraksts.example")
        os.environ["SITEURL"] = chosen.site_url
        say(publish(chosen.content, chosen.output, chosen.site_url, chosen.settings, chosen.then))
    except Stopped as stopped:
        sys.stderr.write(f"{stopped}\nThe site stays as it was.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
