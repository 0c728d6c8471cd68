"""The plain pages, and the page for an address that does not exist."""

from collections.abc import Iterator

from clinic_directory import paths
from clinic_directory.edition import Edition, Page
from clinic_directory.pages.rows import breadcrumbs
from clinic_directory.seo import graph
from clinic_directory.told import plain
from theme.words import translate


def pages(edition: Edition) -> Iterator[Page]:
    for page in edition.directory.pages.values():
        if edition.lang in page.languages:
            path = paths.plain(page.slug)
            title = plain(page.title)
            trail = [(translate("Home"), paths.HOME), (title, path)]
            yield Page(
                path=path,
                kind="pages",
                template="site/plain.html",
                title=edition.titles.title([title, f"{title} – Pieraksts"], page.slug),
                description=edition.titles.description(plain(page.description), [], page.slug),
                values={"page": page, "crumbs": breadcrumbs(trail, edition.lang)},
                graph=[graph.web_page(edition, path), graph.crumbs(edition, path, trail)],
                sources=[file for file, lang in zip(page.files, page.languages, strict=True) if lang == edition.lang],
                languages=page.languages,
            )
    yield _missing(edition)


def _missing(edition: Edition) -> Page:
    return Page(
        path=paths.MISSING,
        kind="pages",
        template="site/missing.html",
        title=edition.titles.title([translate("No such page – Pieraksts")], "404"),
        description=translate("The address may be mistyped, or the doctor no longer sees patients here."),
        values={},
        indexed=False,
    )
