"""Who came: what a card or a clerk's typing says about a person, and what must be said about it."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import msgspec

from window_client.domain.identifiers import (
    document_no_valid,
    id_no_birth,
    id_no_sex,
    id_no_valid,
    permanent_no_valid,
)

RESIDENT = "resident"
"""Kind of a resident ID card."""

HKMT_RESIDENCE = "hkmt_residence"
"""港澳台居民居住证: its number is of the make of a resident's and begins with 81, 82 or 83."""

PERMANENT_2023, PERMANENT_2017 = "permanent_2023", "permanent_2017"
TEMPORARY_ID = "temporary_id"
"""临时居民身份证: typed, while the card itself is lost or has expired."""

TYPED_KINDS = (
    RESIDENT,
    TEMPORARY_ID,
    "passport_cn",
    "hk_macao_permit",
    "taiwan_permit",
    "passport_foreign",
    "other",
)
"""Documents that may be typed in step 1, in the order of the choice."""

SOCIAL_CARD = "social_card"
"""Where name and number were read from a social security card's chip: to be compared like typed ones."""

_RESIDENT_NUMBER = {RESIDENT, TEMPORARY_ID, HKMT_RESIDENCE}
_NATIONALITY = {"passport_cn": "CHN", "hk_macao_permit": "CHN", "taiwan_permit": "CHN"}
_HKMT_BEGINNINGS = ("81", "82", "83")


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
    english_name: str = ""
    nationality: str = ""  # three letters, ISO 3166
    permit_no: str = ""  # travel-permit number on a residence permit
    times_issued: str = ""
    printed_address: str = ""  # what the card's face says where a newer address was appended
    medium: str = ""  # of a typed identity: what it was read from instead of keys, SOCIAL_CARD


class Remark(msgspec.Struct, frozen=True):
    """Something to say about a card: ``code`` for the words, ``days`` or ``age`` where it counts.

    Codes: ``expired`` (days), ``not_yet_valid`` (days), ``bad_check_digit``, ``bad_number`` (of another document),
    ``bad_nationality``, ``birth_differs``, ``sex_differs``, ``not_hkmt_number``, ``nationality_differs``, ``minor``
    (age), ``unreadable_dates``. ``blocks`` = the step cannot be finished with it.
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


def number_says(kind: str, number: str) -> tuple[str, str]:
    """Birth (ISO 8601) and sex that a number tells by itself; both empty for documents whose number tells nothing."""
    if kind not in {*_RESIDENT_NUMBER, PERMANENT_2023}:
        return "", ""
    birth = id_no_birth(number)
    return (birth.isoformat() if birth else ""), id_no_sex(number)


def usual_nationality(kind: str) -> str:
    """The nationality that goes without saying for a kind of document, as three letters; empty for foreign ones."""
    return _NATIONALITY.get(kind, "")


def birth_of(person: Person) -> date | None:
    """The birth date that the card states, or else the one inside a number that has one."""
    return _day(person.birth) or _day(number_says(person.kind, person.id_no)[0])


def age(person: Person, today: date) -> int | None:
    """Full years, or None where no birth date is known. Born on 29 February: a year older on 1 March."""
    birth = birth_of(person)
    if birth is None:
        return None
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def remarks(person: Person, today: date) -> tuple[Remark, ...]:
    """What must be said about a person's card, blocking remarks first.

    A number that fails the check of its document blocks, whoever typed or read it. So do dates of validity that have
    passed or not begun. Only numbers that are of a resident's make are checked as such.
    """
    found = [*_number(person), *_validity(person, today)]
    years = age(person, today)
    if years is not None and years < ADULT_AGE:
        found.append(Remark("minor", years))
    return tuple(sorted(found, key=lambda remark: not remark.blocks))


def _number(person: Person) -> Iterator[Remark]:
    kind, number = person.kind, person.id_no
    if kind in _RESIDENT_NUMBER or kind == PERMANENT_2023:
        right = permanent_no_valid(number) if kind == PERMANENT_2023 else id_no_valid(number)
        if not right:
            yield Remark("bad_check_digit", blocks=True)
            return
        if kind == HKMT_RESIDENCE and not number.startswith(_HKMT_BEGINNINGS):
            yield Remark("not_hkmt_number")
        birth = _day(person.birth)
        if birth is not None and birth != id_no_birth(number):
            yield Remark("birth_differs")
        if person.sex in {"男", "女"} and person.sex != id_no_sex(number):
            yield Remark("sex_differs")
        return
    try:
        shaped = document_no_valid(kind, number)
    except KeyError:
        return  # a kind of a newer program: the clerk looks at the document
    if not shaped:
        yield Remark("bad_number", blocks=True)
    if kind == PERMANENT_2017 and shaped and person.nationality and not number.startswith(person.nationality):
        yield Remark("nationality_differs")
    if kind == "passport_foreign" and not (len(person.nationality) == 3 and person.nationality.isalpha()):
        yield Remark("bad_nationality", blocks=True)


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
