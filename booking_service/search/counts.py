"""How many doctors each option of a filter would leave, the other filters staying as they are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from booking_service.search.store import Row

Counts = Mapping[str, Mapping[str, int]]


def counts(rows: Iterable[Row], bits: Mapping[str, int]) -> Counts:
    """By filter and option. A row that fails one filter counts for that filter's other options alone."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    by_bit = {bit: name for name, bit in bits.items()}
    for row in rows:
        only = by_bit.get(row.failed)
        for name, option in _options(row):
            if only is None or only == name:
                found[name][option].add(row.doctor)
    return {name: {option: len(doctors) for option, doctors in options.items()} for name, options in found.items()}


def _options(row: Row) -> Iterator[tuple[str, str]]:
    """The options that a row fits, as an address writes them."""
    yield "specialty", row.specialty
    yield "town", row.town
    if row.payer:
        yield "payer", row.payer.value
    for name, slugs in (("lang", row.languages), ("insurer", row.insurers)):
        for slug in slugs.split(","):
            if slug:
                yield name, slug
    for name, option, fits in (
        ("remote", "1", row.remote),
        ("children", "1", row.children),
        ("free", "1", row.free),
        ("when", "evening", row.evening),
        ("when", "weekend", row.weekend),
    ):
        if fits:
            yield name, option
