"""What a patient adds to a state-paid visit: the whole table on one page, and who pays nothing."""

from collections.abc import Iterator

from clinic_directory import facts, paths
from clinic_directory.edition import Draft, Edition, Page
from clinic_directory.pages.rows import breadcrumbs
from clinic_directory.schema import Price
from clinic_directory.seo import graph, titles
from clinic_directory.told import plain
from theme.words import translate

SOURCE = "tables/prices.yaml"


def drafts(_edition: Edition) -> Iterator[Draft]:
    yield Draft(paths.CO_PAYMENTS, "pages", [SOURCE], _page)


def _page(edition: Edition) -> Page:
    prices = edition.directory.prices
    heading = translate("Co-payments for state-paid visits")
    trail = [(translate("Home"), paths.HOME), (heading, paths.CO_PAYMENTS)]
    since = facts.since(prices.from_)
    return Page(
        template="site/co_payments.html",
        title=titles.title([heading]),
        description=titles.description(
            translate("What a patient pays for a state-paid visit since %(day)s, by kind of service.", day=since),
            [
                translate("Who pays nothing: children and others named in the law."),
                translate("See free times and book online."),
                translate("Book online."),
            ],
        ),
        values={
            "heading": heading,
            "crumbs": breadcrumbs(trail, edition.lang),
            "since": since,
            "exempt": prices.exempt,
            "rows": [_row(price) for price in prices.prices.values()],
        },
        graph=[graph.web_page(edition, paths.CO_PAYMENTS), graph.crumbs(edition, paths.CO_PAYMENTS, trail)],
    )


def _row(price: Price) -> list[str]:
    """Dearer kinds of service are not told apart by colour or size: the table is for looking things up."""
    others = ", ".join(facts.other_ages(price.ages)) or translate("the same")
    return [plain(price.title), facts.price(price.amount), facts.sentence(others)]
