"""`make site`: checks content, builds the pages with Pelican, compresses them and publishes them in one step.

Any problem of content, and any other failure, leaves the published site as it was.
"""

import argparse
import os
import sys
import time
from pathlib import Path

from clinic_directory import compression, plugin, publishing
from clinic_directory.generation import Caches
from clinic_directory.output import every_file
from clinic_directory.problems import ContentError, Problem
from clinic_directory.seo.security_txt import ExpiryError

SETTINGS = Path(__file__).resolve().parents[1] / "pelicanconf.py"


def build(content: Path, output: Path, site_url: str = "", quick: bool = False, settings: Path = SETTINGS) -> str:
    """Build and publish; answers what was done. Raises ContentError with every problem, or NotOurs."""
    started = time.monotonic()
    if not content.is_dir():
        raise ContentError([Problem(str(content), None, "", "is not a folder", "name the content folder")])
    output = Path(os.path.abspath(output))
    shop = publishing.workshop(output)
    shop.mkdir(parents=True, exist_ok=True)
    pages = shop / "build"
    plugin.run(
        settings, Path(os.path.abspath(content)), pages, Caches(shop / "pictures", shop / "pages.json"), site_url
    )
    compression.compress(pages, compression.QUICK if quick else compression.BEST, shop / "compressed.json")
    fresh = publishing.publish(pages, output)
    count = sum(name.endswith(".html") for name in every_file(pages))
    news = "" if fresh else ", nothing changed"
    return f"{count} pages in {output} ({time.monotonic() - started:.1f} s{news})"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make site", description=__doc__)
    parser.add_argument("--content", type=Path, default=Path("content"), help="the content folder")
    parser.add_argument("--output", type=Path, required=True, help="where the site is to be served from")
    parser.add_argument("--site-url", default="", help="the public address, such as https://pieraksts.lv")
    parser.add_argument("--settings", type=Path, default=SETTINGS, help="Pelican's settings file")
    parser.add_argument("--quick", action="store_true", help="compress fast rather than best")
    chosen = parser.parse_args(arguments)
    try:
        done = build(chosen.content, chosen.output, chosen.site_url, chosen.quick, chosen.settings)
    except (ContentError, ExpiryError, publishing.NotOurs) as wrong:
        sys.stderr.write(f"{wrong}\nThe site stays as it was.\n")
        return 1
    sys.stdout.write(f"{done}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
