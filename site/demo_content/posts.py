"""Who works where: places of work are handed out until there are as many cards as asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from demo_content.clinics import Clinic


@dataclass(frozen=True)
class Post:
    """One card to be made: a person of a specialty, or a room of rooms.yaml. `number` counts within the clinic."""

    clinic: Clinic
    number: int
    specialty: str = ""
    room: str = ""

    @property
    def key(self) -> str:
        """What all choices about this card hang on."""
        return f"{self.clinic.slug}/{self.room or self.specialty}/{self.number}"


def posts(clinics: Sequence[Clinic], count: int) -> list[Post]:
    """Exactly `count` posts. Fewer than the clinics have leaves the last ones without; more repeats the staff."""
    found: list[Post] = []
    round_number = 0
    while len(found) < count:
        for clinic in clinics:
            found.extend(_staff_of(clinic, round_number))
        round_number += 1
    return found[:count]


def _staff_of(clinic: Clinic, round_number: int) -> Iterator[Post]:
    size = sum(clinic.staff.values()) + len(clinic.rooms)
    number = round_number * size
    for specialty, how_many in clinic.staff.items():
        for _ in range(how_many):
            yield Post(clinic, number, specialty=specialty)
            number += 1
    for room in clinic.rooms if round_number == 0 else ():
        yield Post(clinic, number, room=room)
        number += 1
