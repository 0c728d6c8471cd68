"""The plain pages, and the page for an address that does not exist."""

from collections.abc import Iterator
from functools import partial

from clinic_directory import paths, schema
from clinic_directory.edition import Draft, Edition, Page
from clinic_directory.pages.rows import breadcrumbs
from clinic_directory.seo import graph, titles
from clinic_directory.told import plain
from theme.words import translate


def drafts(edition: Edition) -> Iterator[Draft]:
    for page in edition.directory.pages.values():
        for lang, file in zip(page.languages, page.files, strict=True):
            made = partial(_plain, found=page)
            yield Draft(paths.plain(page.slug), "pages", [file], made, languages=page.languages, lang=lang)
    yield Draft(paths.MISSING, "pages", [], _missing, indexed=False)


def _plain(edition: Edition, found: schema.Page) -> Page:
    path, name = paths.plain(found.slug), plain(found.title)
    trail = [(translate("Home"), paths.HOME), (name, path)]
    return Page(
        template="site/plain.html",
        title=titles.title([name, translate("%(title)s – Pieraksts, doctors and online booking", title=name), name]),
        description=titles.description(plain(found.description), []),
        values={"page": found, "crumbs": breadcrumbs(trail, edition.lang)},
        graph=[graph.web_page(edition, path), graph.crumbs(edition, path, trail)],
    )


def _missing(_edition: Edition) -> Page:
    return Page(
        template="site/missing.html",
        title=titles.title([translate("No such page – Pieraksts")]),
        description=translate("The address may be mistyped, or the doctor no longer sees patients here."),
        values={},
    )
