"""The site in one language: what every page module is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from clinic_directory import paths
from clinic_directory.commit_times import CommitTimes
from clinic_directory.lists import Lists
from clinic_directory.photos import Photos
from clinic_directory.pictures import Picture
from clinic_directory.schema import Directory
from theme.words import LANGS

Kind = Literal["home", "doctors", "clinics", "lists", "pages", "gone"]
Node = dict[str, Any]


@dataclass(frozen=True)
class Site:
    """What a deployment says about itself. `url` has no slash at its end; what is not known is empty.

    `operator` is the company that runs the site and `operator_number` its unified registration number. `edit_url` is
    the git host's web editor, `https://git.example/pieraksts/edit/main/{path}`.
    """

    url: str
    email: str = ""
    operator: str = ""
    operator_number: str = ""
    security_contact: str = ""
    security_expires: date | None = None
    edit_url: str = ""

    def editor_of(self, file: str) -> str:
        """Where a content file is edited in the browser; empty where no editor is known."""
        return self.edit_url.replace("{path}", f"content/{file}")


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

    `path` has no language before it. `make` is called once for each language, while that is spoken, with the edition of
    that language; it must not use the edition that drafts are listed with. A page may depend on nothing but:

    `sources`, the content files that it is made of, in the order in which it shows them;
    `texts`, those whose Markdown stands on it too (None: all), so that a page which shows a card only as a row is not
    made anew for each word of the card's text;
    `facts`, what else of the directory it shows (counts, neighbours, which other pages there are), as plain values in
    an order that stays;
    and what `memory` counts as common to all pages.

    `languages` are those that the page exists in; `lang` names one of them where the draft is for that one alone.
    """

    path: str
    kind: Kind
    sources: Sequence[str]
    make: Callable[["Edition"], Page]
    languages: Sequence[str] = LANGS
    indexed: bool = True
    texts: Sequence[str] | None = None
    facts: object = ()
    lang: str = ""

    @property
    def made_in(self) -> Sequence[str]:
        """The languages that this draft is made in."""
        return (self.lang,) if self.lang else self.languages

    @property
    def name(self) -> str:
        return self.lang + self.path

    @property
    def said(self) -> object:
        return self.path, self.kind, self.lang, tuple(self.languages), self.indexed, self.facts, len(self.sources)


@dataclass(frozen=True)
class Bundle:
    """Files that are no pages and go together, such as an index of the whole site: `make` gives their bytes by name.

    They may depend on what a page may depend on, but show no Markdown unless `texts` say so.
    """

    name: str
    sources: Sequence[str]
    make: Callable[[], Mapping[str, bytes]]
    texts: Sequence[str] | None = ()
    facts: object = ()

    @property
    def said(self) -> object:
        return self.name, self.facts, len(self.sources)


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

    def engine_images(self, photo: Picture | None) -> list[str]:
        """The absolute addresses of a photo's shapes for search engines."""
        return [self.site.url + address for address in photo.engines] if photo else []

    def changed(self, sources: Sequence[str]) -> date | None:
        """The day of the newest commit of these files; None where one of them was never committed as it is."""
        newest = self.times.newest(sources)
        return newest.date() if newest else None
