"""Who came: what a card or a clerk's typing says about a person, and what must be said about it."""

from enum import StrEnum

import msgspec


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
