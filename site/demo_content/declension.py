"""Latvian names in the cases that sentences need.

Classes of declension as in any school grammar of Latvian: the ending of the nominative tells the class, and the one
thing that it does not tell, the softened genitive of names in -is (Kārlis, Kārļa), is written by hand in names.yaml.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cases:
    """One name or full name in four cases."""

    nominative: str
    genitive: str
    dative: str
    accusative: str

    def beside(self, other: "Cases", joint: str = " ") -> "Cases":
        """Both names in each case: given beside family, or the two halves of a double name with a hyphen."""
        return Cases(
            f"{self.nominative}{joint}{other.nominative}",
            f"{self.genitive}{joint}{other.genitive}",
            f"{self.dative}{joint}{other.dative}",
            f"{self.accusative}{joint}{other.accusative}",
        )


def of_woman(name: str) -> Cases:
    """A woman's given or family name; double names decline in both halves."""
    if "-" in name:
        first, second = name.split("-")
        return of_woman(first).beside(of_woman(second), "-")
    stem, ending = name[:-1], name[-1]
    if ending == "a":
        return Cases(name, f"{stem}as", f"{stem}ai", f"{stem}u")
    if ending == "e":
        return Cases(name, f"{stem}es", f"{stem}ei", f"{stem}i")
    if ending == "ā":  # an adjective with the definite ending: Garā
        return Cases(name, f"{stem}ās", f"{stem}ajai", f"{stem}o")
    raise ValueError(f"No class of declension is known for the woman's name {name}")


def of_man(entry: str) -> Cases:
    """A man's given or family name as names.yaml writes it: `Ozoliņš`, or `Kārlis:Kārļa` with its genitive."""
    name, _, genitive = entry.partition(":")
    if name.endswith("ais"):
        return Cases(name, f"{name[:-3]}ā", f"{name[:-3]}ajam", f"{name[:-3]}o")
    if name.endswith("skis"):  # Slavic adjectives keep the hard stem: Čerņavska, Čerņavskim
        return Cases(name, f"{name[:-2]}a", f"{name[:-2]}im", f"{name[:-2]}i")
    if name.endswith("is"):
        if not genitive:
            raise ValueError(f"The genitive of {name} has to be written by hand")
        return Cases(name, genitive, f"{name[:-2]}im", f"{name[:-2]}i")
    if name.endswith("us"):
        return Cases(name, name, f"{name[:-2]}um", f"{name[:-2]}u")
    if name[-1] in "sš":
        return Cases(name, f"{name[:-1]}a", f"{name[:-1]}am", f"{name[:-1]}u")
    if name[-1] == "a":  # men called Liepa or Iļja: only the dative differs from women's
        return Cases(name, f"{name[:-1]}as", f"{name[:-1]}am", f"{name[:-1]}u")
    if name[-1] == "e":
        return Cases(name, f"{name[:-1]}es", f"{name[:-1]}em", f"{name[:-1]}i")
    raise ValueError(f"No class of declension is known for the man's name {name}")
