"""Fictional visits, pages and cases for the tests of the store."""

from uuid import UUID, uuid5

from window_client.domain.material import Checklist, PageRef, Row
from window_client.domain.visit import Draft, State, Step, TicketRef
from window_client.store.cases import AcceptedCase

KEY = bytes(range(32))
DAY = "2026-11-24"
ACCEPTED_AT = "2026-11-24T10:15:00+08:00"
_NAMES = UUID("00000000-0000-4000-8000-000000000000")


def case_id(number: int) -> str:
    return str(uuid5(_NAMES, f"case {number}"))


def case_no(serial: int) -> str:
    return f"51079920261124{serial:07}0"


def page(number: int, size: int = 2000) -> bytes:
    """A page's bytes, different for every number."""
    return (f"page {number} ".encode() * size)[:size]


def draft(number: int = 1, *, step: Step = Step.FORM, pages: tuple[PageRef, ...] = ()) -> Draft:
    return Draft(
        visit_id=f"visit-{number}",
        case_id=case_id(number),
        ticket=TicketRef(number=f"A{number:03}"),
        started_at=ACCEPTED_AT,
        clerk="clerk-1",
        state=State.SERVING,
        step=step,
        checklist=Checklist(rows=(Row("m1", pages=pages),)),
    )


def accepted(
    number: int = 1, *, serial: int | None = None, pages: tuple[PageRef, ...] = (), keep: Draft | None = None
) -> AcceptedCase:
    return AcceptedCase(
        case_id=case_id(number),
        case_no=case_no(number if serial is None else serial),
        visit_id=f"visit-{number}",
        item_id="item-1",
        item_name="个体工商户设立登记",
        accepted_at=ACCEPTED_AT,
        promised_by="2026-12-01T17:00:00+08:00",
        body=f'{{"case":{number}}}'.encode(),
        receipt=f"receipt {number}".encode(),
        clerk="clerk-1",
        window="A01",
        pages=pages,
        applicant="张*",
        detail={"pages": len(pages)},
        draft=keep,
    )
