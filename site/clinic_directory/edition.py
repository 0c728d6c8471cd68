"""The site in one language: what every page module is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from clinic_directory import paths
from clinic_directory.commit_times import CommitTimes
from clinic_directory.lists import Lists
from clinic_directory.photos import Photos
from clinic_directory.schema import Directory
from theme.words import LANGS

Kind = Literal["home", "doctors", "clinics", "lists", "pages", "gone"]
Node = dict[str, Any]


@dataclass(frozen=True)
class Site:
    """What a deployment says about itself. `url` has no slash at its end; what is not known is empty."""

    url: str
    email: str = ""
    security_contact: str = ""
    security_expires: date | None = None


@dataclass(frozen=True)
class Page:
    """What stands on one page in one language. `graph` is JSON-LD without empty values."""

    template: str
    title: str
    description: str
    values: Mapping[str, object]
    graph: Sequence[Node] = ()
    section: str = ""


@dataclass(frozen=True)
class Draft:
    """A page that is not made yet, and need not be if nothing behind it changed.

    `path` has no language before it. `sources` are the content files that the page is made of; beside them it may
    depend only on what `memory` counts as common to all pages. `languages` are those that it exists in.
    """

    path: str
    kind: Kind
    sources: Sequence[str]
    make: Callable[[], Page]
    languages: Sequence[str] = LANGS
    indexed: bool = True


@dataclass(frozen=True)
class Edition:
    """`lang` is the language being spoken while its pages are made."""

    directory: Directory
    lists: Lists
    site: Site
    times: CommitTimes
    photos: Photos
    lang: str

    def url(self, path: str) -> str:
        """The absolute address of a page of this language."""
        return self.site.url + paths.spoken(path, self.lang)

    def changed(self, draft: Draft) -> datetime | None:
        return self.times.newest(draft.sources)
