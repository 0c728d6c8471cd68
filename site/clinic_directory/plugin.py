"""The Pelican plugin: a generator of its own makes the whole site. The only module that imports Pelican.

Pelican's article and page readers get empty paths, since they parse and render too slowly and know no checked values.
Errors are raised, never logged and skipped, so that a broken card stops the build.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.log import console
from pelican.settings import read_settings

from clinic_directory import commit_times, generation
from clinic_directory.edition import Site
from clinic_directory.problems import ContentError, Problem
from clinic_directory.reader import read


class DirectoryGenerator:
    """One object for one run; Pelican calls the two methods in turn."""

    def __init__(self, settings: dict[str, Any], path: str, output_path: str, **_others: object) -> None:
        self._settings = settings
        self._content = Path(path)
        self._output = Path(output_path)

    def generate_context(self) -> None:
        """Read and check all content; raises ContentError before anything is written."""
        self._directory = read(self._content)

    def generate_output(self, _writer: object) -> None:
        times = commit_times.read(self._content)
        today = datetime.now(UTC).date()
        memory = self._settings.get("PAGE_MEMORY")
        pictures, drawn = Path(self._settings["PICTURE_CACHE"]), self._settings.get("SHARE_IMAGES", True)
        caches = generation.Caches(pictures, Path(memory) if memory else None, drawn)
        generation.generate(self._directory, site(self._settings), times, self._output, caches, today)


def site(settings: dict[str, Any]) -> Site:
    expires = settings.get("SECURITY_EXPIRES") or None
    return Site(
        url=settings["SITEURL"].rstrip("/"),
        email=settings.get("SITE_EMAIL", ""),
        operator=settings.get("SITE_OPERATOR", ""),
        operator_number=settings.get("SITE_OPERATOR_NUMBER", ""),
        security_contact=settings.get("SECURITY_CONTACT", ""),
        security_expires=date.fromisoformat(expires) if expires else None,
        edit_url=_edit_url(settings.get("SITE_EDIT_URL", "")),
    )


def _edit_url(address: str) -> str:
    if address and not (address.startswith("https://") and "{path}" in address):
        example = "write an address such as https://git.example/pieraksts/edit/main/{path}"
        raise ContentError([Problem("SITE_EDIT_URL", None, "", f'"{address}" does not say where a file is', example)])
    return address


def generators(_pelican: Pelican) -> type[DirectoryGenerator]:
    return DirectoryGenerator


def register() -> None:
    """Pelican holds receivers weakly, so this one lives in the module."""
    signals.get_generators.connect(generators)


def run(settings_file: Path, content: Path, output: Path, caches: generation.Caches, site_url: str) -> None:
    """One build with a settings file, as `pelican CONTENT -s FILE -o OUTPUT` makes it; errors are raised."""
    chosen: dict[str, object] = {"PATH": str(content), "OUTPUT_PATH": str(output)}
    chosen |= {"PICTURE_CACHE": str(caches.pictures), "SHARE_IMAGES": caches.share_images}
    if caches.pages:
        chosen["PAGE_MEMORY"] = str(caches.pages)
    if site_url:
        chosen["SITEURL"] = site_url
    settings = read_settings(str(settings_file), override=chosen)
    # Its closing line counts articles, of which there are none.
    console.quiet = True
    Pelican(settings).run()
