"""Looks through a page's JSON-LD, and says whether a reader of the page can see what it tells."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from babel import Locale
from clinic_directory import facts

from tests.builders.sites import ADDRESS
from theme import formats
from theme.words import speaking

CODES = {"addressCountry", "propertyID", "credentialCategory", "actionPlatform", "position", "value", "dayOfWeek"}
"""What a vocabulary wants and no reader; `value` is also a register's number, which is looked at apart."""


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every node of a graph, outer ones first."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)


def literals(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, one in value.items():
            if name not in ("@id", "@type"):
                yield from literals(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from literals(one, key)
    else:
        yield key, value


def photo(path: str) -> str:
    """The address of a picture without its width or shape."""
    return re.sub(r"-(\d+|\d+x\d+)(\.[0-9a-f]{8}\.jpg)$", r"\2", path)


def spaced(text: str) -> str:
    return " ".join(text.split())


def ways_to_say(key: str, value: Any, lang: str) -> list[str]:
    """How a page may show a literal."""
    if key in ("lastReviewed", "expires", "dateModified"):
        day = date.fromisoformat(value)
        with speaking(lang):
            return [spaced(formats.full_date_in(day)), spaced(facts.until(day))]
    if key in ("opens", "closes"):
        hour, minute = value.split(":")[:2]
        return [f"{int(hour)}.{minute}", f"{int(hour)}:{minute}"]
    if key in ("knowsLanguage", "inLanguage"):
        return [str(Locale(lang).languages[value])]
    if key == "price":
        return [value.replace(".", ","), value]
    if key in ("priceCurrency", "currenciesAccepted"):
        return ["€"]
    if key == "iso6523Code":
        return [value.removeprefix("0218:")]
    if key == "telephone":
        with speaking(lang):
            return [spaced(formats.phone(value))]
    return [spaced(str(value))]


def is_shown(key: str, value: Any, lang: str, words: str, links: set[str]) -> bool:
    if isinstance(value, bool) or (key in CODES and not str(value).isdigit()):
        return True
    if key in ("latitude", "longitude"):
        return any(f"{value:.5f}" in link for link in links)
    if isinstance(value, str) and (value.startswith("https://schema.org/") or value in links):
        return True
    if isinstance(value, str) and value.startswith(ADDRESS):
        # The page shows the photo in its sizes, search engines are told its shapes.
        same = {photo(link) for link in links} if key == "image" else set()
        path = value.removeprefix(ADDRESS)
        return path in links or photo(path) in same or key in ("url", "item", "urlTemplate")
    if key in ("inLanguage", "position"):
        return True
    if key == "alternateName":
        # The host stands in the address bar, and in every canonical address.
        return bool(ADDRESS.endswith(f"//{value}"))
    return any(way.casefold() in words.casefold() for way in ways_to_say(key, value, lang))
