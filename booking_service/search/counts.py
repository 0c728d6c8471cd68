"""How many doctors each option of a filter would leave, the other filters staying as they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from booking_service.search.store import Row, Rows

Counts = Mapping[str, Mapping[str, int]]
"""By filter and option; a filter that is not counted is not there."""
COUNTED = ("specialty", "town", "payer", "insurer", "lang", "remote", "children", "when", "free")
_COLUMN = {"lang": "languages", "insurer": "insurers"}


def counts(found: Rows) -> Counts:
    """By filter and option. A row that fails one filter counts for that filter's other options alone."""
    doctors: dict[str, dict[str, set[str]]] = {
        name: defaultdict(set) for name in COUNTED if name not in found.uncounted
    }
    by_bit = {bit: name for name, bit in found.bits.items()}
    for row in found.rows:
        only = by_bit.get(row.failed)
        for name in doctors if only is None else (only,):
            for option in _options(row, name):
                doctors[name][option].add(row.doctor)
    return {name: {option: len(of) for option, of in options.items()} for name, options in doctors.items()}


def _options(row: Row, name: str) -> Sequence[str]:
    """The options of a filter that a row fits, as an address writes them."""
    if name == "when":
        return [option for option, fits in (("evening", row.evening), ("weekend", row.weekend)) if fits]
    if name in _COLUMN:
        slugs: str = getattr(row, _COLUMN[name])
        return [slug for slug in slugs.split(",") if slug]
    value: str | bool | None = getattr(row, name)
    return (value,) if isinstance(value, str) else ("1",) if value else ()
