"""Slips of the finger: how far a typed word may lie from a known one, and how such words are found by an index.

Two words that differ by k slips (a letter too many, missing or another, or two swapped) have a beginning in common once
at most k letters are taken out of each: the neighbourhood of deletions, as in SymSpell
(https://github.com/wolfgarbe/SymSpell), of the first letters alone. What shares one is then measured.
"""

from itertools import combinations
from math import inf

BEGINNING = 7


def allowed(typed: str) -> int:
    """How many slips a typed word may have; the script of the search field allows as many."""
    return 0 if len(typed) < 4 else 1 if len(typed) <= BEGINNING else 2


def kept(word: str) -> frozenset[str]:
    """What is kept of a known word: so many letters taken out as the words that may mean it can have slips."""
    return rests(word, 0 if len(word) < 3 else 1 if len(word) < 6 else 2)


def rests(word: str, most: int) -> frozenset[str]:
    """The beginning of a word with up to `most` letters taken out."""
    start = word[:BEGINNING]
    found = {start}
    for count in range(1, min(most, len(start) - 1) + 1):
        found |= {"".join(letters) for letters in combinations(start, len(start) - count)}
    return frozenset(found)


def slips(typed: str, word: str, *, begun: bool = False) -> float:
    """How many slips lie between two words; of a word that is only begun, the best fitting start of `word` counts."""
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(typed, 1):
        following = [i]
        for j, other in enumerate(word, 1):
            best = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == word[j - 2] and typed[i - 2] == other:
                best = min(best, before[j - 2] + 1)
            following.append(best)
        before, row = row, following
    return min(row, default=inf) if begun else row[-1]
