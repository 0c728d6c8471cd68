"""The site in one language: what every page module is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from clinic_directory import paths
from clinic_directory.commit_times import CommitTimes
from clinic_directory.lists import Lists
from clinic_directory.photos import Photos
from clinic_directory.schema import Directory
from clinic_directory.seo.titles import Titles
from theme.words import LANGS

Kind = Literal["home", "doctors", "clinics", "lists", "pages"]
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
    """One page in one language. `path` has no language before it; `graph` is JSON-LD, without empty values.

    `sources` are the content files behind it; `languages` those that the page exists in.
    """

    path: str
    kind: Kind
    template: str
    title: str
    description: str
    values: Mapping[str, object]
    graph: Sequence[Node] = ()
    sources: Sequence[str] = ()
    section: str = ""
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
    titles: Titles = field(default_factory=Titles)

    def url(self, path: str) -> str:
        """The absolute address of a page of this language."""
        return self.site.url + paths.spoken(path, self.lang)

    def changed(self, page: Page) -> datetime | None:
        return self.times.newest(page.sources)
