"""What a list comes to, in words: how many, at which prices, what the state pays for, in which languages."""

from clinic_directory import facts
from clinic_directory.tally import Tally
from clinic_directory.vocabulary import DoctorKind
from theme import formats
from theme.words import ngettext, translate

Fact = dict[str, str]
"""A sign (an icon's or a payer's) and a text."""


def lines(tally: Tally, kind: DoctorKind = "doctor") -> list[Fact]:
    """ "23 ārsti 12 klīnikās", "Maksas vizītes no 35,00 līdz 80,00 €", … Nothing is said of what there is none of."""
    found = [
        ("users", f"{count(tally, kind)} {clinics(tally)}"),
        ("paid", prices(tally)),
        ("state", state(tally, kind)),
        ("languages", facts.languages(tally.languages)),
    ]
    return [{"sign": sign, "text": text} for sign, text in found if text]


def count(tally: Tally, kind: DoctorKind = "doctor") -> str:
    """ "11 ārsti un 2 kabineti"."""
    counts = []
    if tally.people and kind == "doctor":
        counts.append(ngettext("%(num)s doctor", "%(num)s doctors", tally.people) % {"num": tally.people})
    elif tally.people:
        counts.append(ngettext("%(num)s specialist", "%(num)s specialists", tally.people) % {"num": tally.people})
    if tally.rooms:
        counts.append(ngettext("%(num)s room", "%(num)s rooms", tally.rooms) % {"num": tally.rooms})
    return facts.listed(counts)


def clinics(tally: Tally) -> str:
    return ngettext("at %(num)s clinic", "at %(num)s clinics", tally.clinics) % {"num": tally.clinics}


def prices(tally: Tally) -> str:
    if tally.low is None or tally.high is None:
        return ""
    if tally.low == tally.high:
        return translate("Private visits cost %(price)s", price=formats.price(tally.low))
    low, high = formats.price(tally.low), formats.price(tally.high)
    return translate("Private visits cost from %(low)s to %(high)s", low=low, high=high)


def state(tally: Tally, kind: DoctorKind) -> str:
    """ "11 no 23 ārstiem ir arī valsts apmaksāti laiki; vajag e-nosūtījumu"."""
    if not tally.state:
        return ""
    if kind == "doctor":
        said = ngettext(
            "%(some)s of %(num)s doctor has state-paid times",
            "%(some)s of %(num)s doctors have state-paid times",
            tally.people,
        )
    else:
        said = ngettext(
            "%(some)s of %(num)s specialist has state-paid times",
            "%(some)s of %(num)s specialists have state-paid times",
            tally.people,
        )
    needed = translate("an e-referral is needed")
    said %= {"some": tally.state, "num": tally.people}
    return f"{said}; {needed}" if tally.referral else said
