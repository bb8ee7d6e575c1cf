"""An organisation that applies: what its licence says, and what must be said about it."""

from collections.abc import Iterator
from datetime import date

import msgspec

from window_client.domain.identifiers import organisation_code
from window_client.domain.people import ENDLESS, Remark

SELF_EMPLOYED_PREFIX = "92"
"""Credit codes of 个体工商户; 91 are enterprises, the others public bodies and societies (DOMAIN.md section 7.4)."""

FACTS = ("name", "uscc", "type", "legal_rep", "legal_rep_id_no", "address", "established", "valid_to", "status")


class Organisation(msgspec.Struct, frozen=True):
    """An organisation. Dates are ISO 8601 text, ``valid_to`` may be ``长期``; empty text = not known.

    ``status`` is ``active``, ``revoked`` or ``cancelled`` as the business register says, empty while it was not asked.
    ``checked_at`` (ISO 8601 with offset): when the register said all this; empty for what the clerk typed.
    """

    name: str
    uscc: str
    type: str = ""
    legal_rep: str = ""
    legal_rep_id_no: str = ""
    address: str = ""
    established: str = ""
    valid_to: str = ""
    status: str = ""
    checked_at: str = ""


def applicant_kind(organisation: Organisation) -> str:
    """The catalogue's kind of applicant: ``self_employed`` or ``enterprise``."""
    return "self_employed" if organisation.uscc.startswith(SELF_EMPLOYED_PREFIX) else "enterprise"


def organisation_remarks(organisation: Organisation, today: date) -> tuple[Remark, ...]:
    """What must be said about an organisation, blocking remarks first.

    Codes: ``bad_uscc``, ``old_code`` (a number from before the credit code), ``revoked``, ``cancelled``,
    ``term_over`` (days), ``to_verify`` (typed: checked when the line is back).
    """
    return tuple(sorted(_remarks(organisation, today), key=lambda remark: not remark.blocks))


def _remarks(organisation: Organisation, today: date) -> Iterator[Remark]:
    code = organisation_code(organisation.uscc)
    if not code:
        yield Remark("bad_uscc", blocks=True)
    elif code != "uscc":
        yield Remark("old_code")
    if organisation.status in {"revoked", "cancelled"}:
        yield Remark(organisation.status, blocks=True)
    last = _day(organisation.valid_to)
    if last is not None and last < today:
        yield Remark("term_over", (today - last).days, blocks=True)
    if not organisation.checked_at:
        yield Remark("to_verify")


def _day(text: str) -> date | None:
    if text == ENDLESS:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
