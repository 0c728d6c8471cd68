"""A person of the account as if it had just been typed: what the steps then need not ask again."""

from booking_service.patients import store
from booking_service.patients.models import Person
from booking_service.portal.typed import Typed


def typed_person(before: Typed, person: Person) -> Typed:
    """The person's own details over what was typed before."""
    code, born = store.code_of(person), store.born(person)
    return before.with_(
        given=person.given,
        family=person.family,
        code=code.written() if code else "",
        no_code=person.no_code,
        birth_day=str(born.day) if born else "",
        birth_month=str(born.month) if born else "",
        birth_year=str(born.year) if born else "",
        phone=person.phone or before.phone,
        person=str(person.id),
    )
