"""`make site`: checks content, builds the pages with Pelican, compresses them and publishes them in one step.

Any problem of content, and any other failure, leaves the published site as it was.
"""

import argparse
import fcntl
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from clinic_directory import compression, plugin, publishing, vanished
from clinic_directory.generation import Caches, Written
from clinic_directory.kept_cards import KeptCards
from clinic_directory.problems import ContentError, Problem
from clinic_directory.seo.security_txt import ExpiryError
from clinic_directory.shelf import Shelf
from clinic_directory.workbench import Workbench

SETTINGS = Path(__file__).resolve().parents[1] / "pelicanconf.py"


def build(
    content: Path,
    output: Path,
    site_url: str = "",
    quick: bool = False,
    settings: Path = SETTINGS,
    say: Callable[[str], object] = str,
    published: Path | None = None,
    share_images: bool = True,
) -> str:
    """Build and publish; answers what was done, and tells `say` before what takes long.

    `published` is the site whose addresses must all have an answer still (None: whatever vanishes may go). Raises
    ContentError with every problem, Vanished, or NotOurs. A second build of the same place waits for the first.
    """
    started = time.monotonic()
    if not content.is_dir():
        raise ContentError([Problem(str(content), None, "", "is not a folder", "name the content folder")])
    output = Path(os.path.abspath(output))
    shop = publishing.workshop(output)
    shop.mkdir(parents=True, exist_ok=True)
    with alone_in(shop):
        shelf = Shelf(shop / "kept.sqlite")
        bench = Workbench(output, shelf)
        caches = Caches(shop / "pictures", shelf, KeptCards(shelf), share_images)
        written = plugin.run(settings, Path(os.path.abspath(content)), bench, caches, site_url)
        if published:
            vanished.check(published, bench.folder)
        if not quick:
            say("Compressing what changed; the first time takes about a minute.")
        _compress(bench, written, compression.QUICK if quick else compression.BEST, shop / "quality")
        fresh = bench.publish(written.changed)
    news = "" if fresh else ", nothing changed"
    return f"{written.pages} pages in {output} ({time.monotonic() - started:.1f} s{news})"


def _compress(bench: Workbench, written: Written, quality: compression.Quality, said: Path) -> None:
    """What changed; all files where the copies beside them are of another quality than the file `said` says."""
    same = said.exists() and said.read_text() == repr(quality)
    if same and not written.changed:
        return
    said.unlink(missing_ok=True)
    compression.compress(bench.begin(), quality, written.changed if same else written.files)
    said.write_text(repr(quality))


@contextmanager
def alone_in(folder: Path, name: str = "lock") -> Iterator[None]:
    """Hold a lock that ends with the process, whatever ends it."""
    with (folder / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make site", description=__doc__)
    parser.add_argument("--content", type=Path, default=Path("content"), help="the content folder")
    parser.add_argument("--output", type=Path, required=True, help="where the site is to be served from")
    parser.add_argument("--site-url", default="", help="the public address, such as https://pieraksts.lv")
    parser.add_argument("--settings", type=Path, default=SETTINGS, help="Pelican's settings file")
    parser.add_argument("--quick", action="store_true", help="compress fast rather than best")
    parser.add_argument("--no-share-images", action="store_true", help="leave out the images of shared links")
    parser.add_argument("--published", type=Path, help="a copy of the published site where OUTPUT is not that itself")
    chosen = parser.parse_args(arguments)
    # A quick build is for this machine, where a card may come and go before anybody has seen it.
    published = chosen.published or (None if chosen.quick else chosen.output)
    try:
        places = (chosen.content, chosen.output, chosen.site_url)
        done = build(*places, chosen.quick, chosen.settings, say, published, not chosen.no_share_images)
    except (ContentError, ExpiryError, vanished.Vanished, publishing.NotOurs) as wrong:
        sys.stderr.write(f"{wrong}\nThe site stays as it was.\n")
        return 1
    say(done)
    return 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
