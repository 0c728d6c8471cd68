"""Facts of a card in words of the language being spoken; the page and its JSON-LD both say them from here."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from babel import Locale

from clinic_directory.co_payments import co_payment
from clinic_directory.schema import Accessibility, Address, Ages, Band, Directory, Doctor, Practice, Service
from clinic_directory.told import plain
from clinic_directory.vocabulary import Payment
from theme import calendar_words, formats
from theme.words import N_, current, ngettext, npgettext, translate

PAYERS = {"state": N_("State-paid"), "paid": N_("Private")}
PAYMENTS = {"card": N_("by card"), "cash": N_("in cash"), "transfer": N_("by bank transfer")}
PLACES = {"video": N_("Video call"), "phone": N_("By phone"), "home": N_("At your home")}


def listed(words: Sequence[str]) -> str:
    """ "a, b and c" in the language being spoken."""
    if len(words) < 2:
        return "".join(words)
    return translate("%(list)s and %(last)s", list=", ".join(words[:-1]), last=words[-1])


@lru_cache(maxsize=512)
def _language_name(code: str, lang: str) -> str:
    return str(Locale(lang).languages.get(code, code))


def languages(codes: Iterable[str]) -> str:
    """ "Latviešu, krievu un angļu valoda"."""
    names = listed([_language_name(code, current()) for code in codes])
    return sentence(translate("Speaks %(languages)s", languages=names)) if names else ""


def ages(limits: Ages | None) -> str:
    """Who is seen: "Pieaugušie un bērni no 12 gadiem"; nothing where the card sets no limit."""
    low, high = (limits.from_ or 0, limits.to) if limits else (0, None)
    if high is not None and low:
        return translate("Patients aged %(low)s–%(high)s", low=low, high=high)
    if high is not None:
        return ngettext("Children up to %(num)s year", "Children up to %(num)s years", high) % {"num": high}
    if low == 18:
        return translate("Adults")
    if low > 18:
        return ngettext("Adults from %(num)s year", "Adults from %(num)s years", low) % {"num": low}
    if low:
        children = ngettext("Adults and children from %(num)s year", "Adults and children from %(num)s years", low)
        return children % {"num": low}
    return ""


def accepts(doctor: Doctor) -> str:
    if doctor.new_patients:
        return translate("Accepts new patients")
    return translate("Does not accept new patients")


def payer(service: Service) -> str:
    return translate(PAYERS[service.payer])


def where(service: Service) -> str:
    """How a visit that is not at the clinic happens; nothing for one that is."""
    return translate(PLACES[service.where]) if service.where in PLACES else ""


def payments(ways: Iterable[Payment]) -> str:
    """ "Ar karti, skaidrā naudā un ar pārskaitījumu"."""
    return sentence(listed([translate(PAYMENTS[way]) for way in ways]))


def access(found: Accessibility) -> list[str]:
    """What a clinic has, as short phrases that begin with a small letter."""
    return [
        phrase
        for phrase, there in (
            (translate("step-free entrance"), found.step_free),
            (translate("lift"), found.lift),
            (translate("wheelchair-accessible toilet"), found.toilet),
        )
        if there
    ]


def access_sentence(found: Accessibility) -> str:
    """All phrases in one sentence; says so where there are steps."""
    phrases = access(found)
    if found.step_free is False:
        phrases.insert(0, translate("steps at the entrance"))
    return sentence(", ".join(phrases))


def address(directory: Directory, place: Address, post_code: bool = False) -> str:
    """ "Kastaņu aleja 12, Rīga", for letters with its post code."""
    town = plain(directory.towns[place.town].name)
    return f"{place.street}, {town}, {place.post_code}" if post_code else f"{place.street}, {town}"


def phone(directory: Directory, practice: Practice) -> str:
    """Whom to call about a practice: its own number, else the place's, else the clinic's."""
    return practice.phone or (directory.place(practice).phones or directory.clinics[practice.clinic].phones)[0]


def cost(directory: Directory, doctor: Doctor, service: Service) -> int | None:
    """What most patients pay, in cents; None where nobody has said."""
    share = co_payment(directory, doctor, service)
    return share.amount if share else service.price


def price(cents: int) -> str:
    """ "55,00 €"; nothing to pay is said in words."""
    return formats.price(cents) if cents else translate("free of charge")


def other_ages(bands: Iterable[Band]) -> list[str]:
    """Who pays another co-payment: "bērniem bez maksas"; other groups by their ages."""
    return [_band(band) for band in bands]


def _band(band: Band) -> str:
    if band.to == 17 and not band.from_:
        if not band.amount:
            return translate("children free of charge")
        return translate("children %(price)s", price=formats.price(band.amount))
    return f"{inside(ages(band))}: {price(band.amount)}"


def prices(services: Iterable[Service]) -> tuple[int, int] | None:
    """The lowest and highest price of paid services, in cents."""
    found = [service.price for service in services if service.payer == "paid" and service.price is not None]
    return (min(found), max(found)) if found else None


def price_range(services: Iterable[Service]) -> str:
    """ "12–95 €", in whole euros as it also stands in JSON-LD; nothing where there are no paid services."""
    found = prices(services)
    if not found:
        return ""
    low, high = found[0] // 100, -(-found[1] // 100)
    amount = f"{low}–{high}" if low != high else str(low)
    return f"€{amount}" if current() == "en" else f"{amount}{formats.NBSP}€"


def until(day: date) -> str:
    """After "līdz", with its year, so that the words stay true: "2027. gada 15. martam"."""
    return _dated(day, calendar_words.MONTHS_UNTIL)


def since(day: date) -> str:
    """After "no": "2027. gada 15. marta"."""
    return _dated(day, calendar_words.MONTHS_FROM)


def _dated(day: date, months: calendar_words.Forms) -> str:
    month = months[current()][day.month - 1]
    if current() == "lv":
        return f"{day.year}. gada {day.day}.{formats.NBSP}{month}"
    return f"{day.day}{formats.NBSP}{month} {day.year}" + (f"{formats.NBSP}года" if current() == "ru" else "")


def before(minutes: int) -> str:
    """A span before a visit, after "līdz": "24 stundām", "2 dienām"."""
    if minutes % 1440 == 0 and minutes > 1440:
        return npgettext("until", "%(num)s day", "%(num)s days", minutes // 1440) % {"num": minutes // 1440}
    if minutes % 60 == 0:
        return npgettext("until", "%(num)s hour", "%(num)s hours", minutes // 60) % {"num": minutes // 60}
    return formats.duration(minutes)


def room(practice: Practice) -> str:
    """ "304. kabinets, 3. stāvs"."""
    parts = []
    if practice.room:
        numbered = practice.room.isdigit()
        parts.append(translate("room %(room)s", room=practice.room) if numbered else practice.room)
    if practice.floor:
        numbered = practice.floor.lstrip("-").isdigit()
        parts.append(translate("floor %(floor)s", floor=practice.floor) if numbered else practice.floor)
    return ", ".join(parts)


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """The text as it stands inside a sentence: a capital that begins a word, not an abbreviation, becomes small."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def certificate() -> str:
    return translate("Specialist’s certificate")


def profession(doctor: Doctor) -> str:
    """ "Kardioloģe (sirds ārste)": the specialty first, then what patients call it."""
    title = plain(doctor.title)
    return f"{title} ({plain(doctor.lay_title)})" if doctor.lay_title else title
