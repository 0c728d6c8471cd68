"""Choices that look like chance and are the same on every run and machine: each hangs on its own key."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

Item = TypeVar("Item")


def number(key: str) -> int:
    """A whole number below 2**64 that belongs to this key."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest())


def below(key: str, limit: int) -> int:
    """A whole number from 0 to `limit` - 1."""
    return number(key) % limit


def between(key: str, low: int, high: int, step: int = 1) -> int:
    """A number from `low` to `high`, both included, in steps."""
    return low + step * below(key, (high - low) // step + 1)


def chance(key: str, percent: int) -> bool:
    """True for about `percent` of a hundred keys."""
    return below(key, 100) < percent


def pick(key: str, items: Sequence[Item]) -> Item:
    return items[below(key, len(items))]


def several(key: str, items: Sequence[Item], count: int) -> list[Item]:
    """`count` different items in an order of the key's own; all of them where there are fewer."""
    ranked = sorted(range(len(items)), key=lambda index: number(f"{key}/{index}"))
    return [items[index] for index in ranked[:count]]
