"""Who came: what a card or a clerk's typing says about a person, and what must be said about it."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import msgspec

from window_client.domain.identifiers import id_no_birth, id_no_sex, id_no_valid

RESIDENT = "resident"
"""Kind of a resident ID card; 港澳台居民居住证 carries a number of the same make and counts as one."""


class IdentitySource(StrEnum):
    """How the identity was taken."""

    CARD = "card"
    TYPED = "typed"


class Person(msgspec.Struct, frozen=True):
    """A person. Dates are ISO 8601 text, ``valid_to`` may be ``长期``; empty text = not known."""

    name: str
    id_no: str
    source: IdentitySource
    sex: str = ""
    nation: str = ""
    birth: str = ""
    address: str = ""
    issuer: str = ""
    valid_from: str = ""
    valid_to: str = ""
    kind: str = "resident"
    has_photo: bool = False
    taken_at: str = ""  # ISO 8601 with offset


class Remark(msgspec.Struct, frozen=True):
    """Something to say about a card: ``code`` for the words, ``days`` or ``age`` where it counts.

    Codes: ``expired`` (days), ``not_yet_valid`` (days), ``bad_check_digit``, ``birth_differs``,
    ``sex_differs``, ``minor`` (age), ``unreadable_dates``. ``blocks`` = the step cannot be finished with it.
    """

    code: str
    number: int = 0
    blocks: bool = False


class Contact(msgspec.Struct, frozen=True):
    """How to reach the applicant: asked once in step 1, used by form, receipt and delivery."""

    phone: str = ""
    phone_source: str = ""  # stamp of DESIGN.md: 旧 (earlier) or 填 (typed)
    notify_by: str = "sms"  # sms, none
    collect_by: str = "window"  # window, post


ENDLESS = "长期"
ADULT_AGE = 18


def birth_of(person: Person) -> date | None:
    """The birth date that the card states, or else the one inside the ID number."""
    return _day(person.birth) or id_no_birth(person.id_no)


def age(person: Person, today: date) -> int | None:
    """Full years, or None where no birth date is known. Born on 29 February: a year older on 1 March."""
    birth = birth_of(person)
    if birth is None:
        return None
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def remarks(person: Person, today: date) -> tuple[Remark, ...]:
    """What must be said about a person's card, blocking remarks first.

    A number that fails its check blocks, whoever typed or read it. So do dates of validity that have passed or not
    begun. Foreign residents' and other cards whose number is not a resident ID number are not checked against it.
    """
    found = [*_number(person), *_validity(person, today)]
    years = age(person, today)
    if years is not None and years < ADULT_AGE:
        found.append(Remark("minor", years))
    return tuple(sorted(found, key=lambda remark: not remark.blocks))


def _number(person: Person) -> Iterator[Remark]:
    if person.kind != RESIDENT:
        return
    if not id_no_valid(person.id_no):
        yield Remark("bad_check_digit", blocks=True)
        return
    birth = _day(person.birth)
    if birth is not None and birth != id_no_birth(person.id_no):
        yield Remark("birth_differs")
    if person.sex and person.sex != id_no_sex(person.id_no):
        yield Remark("sex_differs")


def _validity(person: Person, today: date) -> Iterator[Remark]:
    first, last = _day(person.valid_from), _day(person.valid_to)
    unreadable = (person.valid_from and first is None) or (person.valid_to not in {"", ENDLESS} and last is None)
    if unreadable or (person.birth and _day(person.birth) is None):
        yield Remark("unreadable_dates")
    if last is not None and last < today:
        yield Remark("expired", (today - last).days, blocks=True)
    if first is not None and first > today:
        yield Remark("not_yet_valid", (first - today).days, blocks=True)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
