"""What a scanned code can mean at a counter: a ticket, a case, an organisation, or the code of something. Pure.

Codes are written as plain text, as the last part of a longer text (``.../C017``, ``no=C017``, ``T1:C017``), or as the
receipt's own ``MYZW1:<case number>:<query code>``.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import parse_qsl, urlsplit

from window_client.domain.identifiers import case_no_valid, provisional_no_valid, uscc_valid

RECEIPT = "MYZW1:"
"""How the code on a receipt begins."""

LONGEST = 2000
"""Characters; nothing that a counter knows is longer."""

_TICKET = re.compile(r"[A-Z]\d{3,4}")


def parts(text: str) -> tuple[str, ...]:
    """The text itself and what may stand for it: the values of a query, the last part of a path or a list."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return ()
    found = [text]
    with suppress(ValueError):  # brackets that are no address
        found += [value for _, value in parse_qsl(urlsplit(text).query)]
    found += [text.rsplit(mark, 1)[1] for mark in "/=:" if mark in text]
    return tuple(dict.fromkeys(part.strip() for part in found if part.strip()))


def ticket_number(text: str) -> str:
    """The number of a ticket, or empty."""
    return next((part.upper() for part in parts(text) if _TICKET.fullmatch(part.upper())), "")


def case_number(text: str) -> str:
    """The number of a case, as its receipt writes it, or empty."""
    own = text.strip().removeprefix(RECEIPT).split(":")[0] if text.strip().startswith(RECEIPT) else ""
    candidates = (own,) if own else parts(text)
    return next((part for part in candidates if case_no_valid(part) or provisional_no_valid(part)), "")


def organisation_code_of(text: str) -> str:
    """The unified social credit code on a business licence (its code is an address that carries it), or empty."""
    return next((part.upper() for part in parts(text) if uscc_valid(part.upper())), "")


def one_of(text: str, known: Sequence[str]) -> str:
    """The one of ``known`` that the code names, or empty; upper and lower case are the same (CapsLock)."""
    wanted = {part.casefold() for part in parts(text)}
    return next((name for name in known if name.casefold() in wanted), "")
