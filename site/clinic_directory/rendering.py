"""Pages as bytes: the frame round a page is rendered once a language and section, a row once a language.

That is two thirds of the work of a page, and it is equal on every page; what differs are five holes in the frame.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from clinic_directory.edition import Draft, Page, Site
from clinic_directory.pages.rows import Row
from clinic_directory.seo import graph
from clinic_directory.shares import Shares
from clinic_directory.shelf import Shelf
from clinic_directory.templates import Templates
from clinic_directory.told import plain, told, told_at_length
from theme.assets import Assets
from theme.words import LANGS


@dataclass(frozen=True)
class Holes:
    """Signs of the private use area, which no text holds and no escaping touches."""

    title: str = "\ue000"
    description: str = "\ue001"
    head: str = "\ue002"
    content: str = "\ue003"
    path: str = "/\ue004/"


HOLES: Final = Holes()
_HOLE = re.compile("([\ue000-\ue003]|/\ue004/)")


class Renderer:
    """Made for one site and used in one thread."""

    def __init__(self, site: Site, assets: Assets, shares: Shares, shelf: Shelf | None = None) -> None:
        self._site = site
        self._shares = shares
        self._templates = {lang: Templates(lang, assets, shelf) for lang in LANGS}
        for templates in self._templates.values():
            templates.filters.update(told=told, at_length=told_at_length, plain=plain)
        self._frames: dict[tuple[object, ...], list[str]] = {}
        self._rows: dict[tuple[str, Row], Markup] = {}

    def page(self, draft: Draft, page: Page, lang: str) -> bytes:
        """The whole page in the language being spoken, which is `lang`."""
        said = {"lang": lang, "path": draft.path, "site_url": self._site.url}
        filled = {
            HOLES.title: escape(page.title),
            HOLES.description: escape(page.description),
            HOLES.head: self._head(draft, page, said),
            HOLES.content: self._content(page, said),
            HOLES.path: draft.path,
        }
        return "".join([filled.get(piece, piece) for piece in self._frame(draft, page.section, lang)]).encode()

    def _frame(self, draft: Draft, section: str, lang: str) -> list[str]:
        key = (lang, section, draft.indexed, tuple(draft.languages))
        if key not in self._frames:
            text = (
                self._templates[lang]
                .get_template("site/shell.html")
                .render(
                    lang=lang,
                    path=HOLES.path,
                    site_url=self._site.url,
                    section=section,
                    noindex=not draft.indexed,
                    languages_on=draft.languages,
                    holes=HOLES,
                )
            )
            self._frames[key] = _HOLE.split(text)
        return self._frames[key]

    def _head(self, draft: Draft, page: Page, said: dict[str, str]) -> str:
        text = graph.document(page.graph) if page.graph else ""
        share = self._shares.of(draft.path) if draft.indexed else None
        values = {"draft": draft, "page": page, "graph": text, "share": share}
        return self._templates[said["lang"]].get_template("site/head.html").render(values, **said).strip()

    def _content(self, page: Page, said: dict[str, str]) -> str:
        values = {**said, **page.values, "row": self._row_in(said["lang"])}
        return self._templates[said["lang"]].get_template(page.template).render(values).strip()

    def _row_in(self, lang: str) -> Callable[[Row], Markup]:
        def row(one: Row) -> Markup:
            key = (lang, one)
            if key not in self._rows:
                text = self._templates[lang].get_template("site/row.html").render(row=one)
                self._rows[key] = Markup(text.strip())  # noqa: S704 - our own template, which escapes
            return self._rows[key]

        return row
