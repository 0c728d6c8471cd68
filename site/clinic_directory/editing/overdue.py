"""Facts that have a date, and whose date says that somebody should look again."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from clinic_directory.editing.remark import Remark
from clinic_directory.problems import Path
from clinic_directory.schema import Clinic, Doctor

CARD_DAYS: Final = 180
REGISTER_DAYS: Final = 365
QUEUE_DAYS: Final = 90
"""How old each may become before it is asked about: a card, a look into the register, a length of a queue."""


def of_card(card: Clinic | Doctor, today: date) -> Iterator[Remark]:
    instead = "make sure that the card is right and write today's day"
    yield from _old(card.file, ("checked",), card.checked, CARD_DAYS, today, instead, "the card")
    if isinstance(card, Doctor):
        yield from _doctor(card, today)


def _doctor(doctor: Doctor, today: date) -> Iterator[Remark]:
    if doctor.register_checked:
        instead = "look the entry up in the register and write today's day"
        at, day = ("register_checked",), doctor.register_checked
        yield from _old(doctor.file, at, day, REGISTER_DAYS, today, instead, "the entry in the register")
    for number, practice in enumerate(doctor.practices):
        if practice.queue:
            queue: Path = ("practices", number, "queue", "checked")
            instead = "ask how long the queue is now, or leave it out"
            yield from _old(doctor.file, queue, practice.queue.checked, QUEUE_DAYS, today, instead, "the queue")
    if doctor.certificate_until and doctor.certificate_until < today:
        text = f"the certificate ended on {doctor.certificate_until}"
        instead = "ask for the new one and write its last day, or leave it out"
        yield Remark(doctor.file, text, instead, "have a certificate that has ended", ("certificate_until",))
    if doctor.away_until and doctor.away_until < today:
        text = f"the doctor was to be back after {doctor.away_until}"
        yield Remark(doctor.file, text, "leave it out, or write the new day", "are away no longer", ("away_until",))


def _old(file: str, at: Path, day: date, most: int, today: date, instead: str, what: str) -> Iterator[Remark]:
    age = (today - day).days
    if age > most:
        said = f"{what} was last checked {age} days ago, more than {most}"
        yield Remark(file, said, instead, f"were not checked for {most} days ({what})", at)
    elif age < 0:
        yield Remark(file, f"{day} has not come yet", "write the day of the check", "have a day to come", at)
