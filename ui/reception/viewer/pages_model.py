"""What the pages of a case, its receipt and its e-certificates look like, from the desk's state. No Qt in here."""

from dataclasses import dataclass

from ui.words import words
from window_client.domain.material import PageRef, RowState
from window_client.domain.visit import State
from window_client.reception.state import PrintState, ReceiptView, ReceptionState


@dataclass(frozen=True, slots=True)
class PagesFace:
    """All pages of the case in the order of the checklist, or the receipt once there is one."""

    pages: tuple[PageRef, ...]
    selected: int
    receipt: ReceiptView | None
    receipt_word: str
    receipt_tone: str
    receipt_icon: str
    print_word: str
    may_print: bool


@dataclass(frozen=True, slots=True)
class ECertLine:
    """A material for which an e-certificate may stand, or stands."""

    material_id: str
    name: str
    note: str
    used: bool
    may_use: bool


_RECEIPT = {
    PrintState.WAITING: ("ink-3", "clock"),
    PrintState.PRINTING: ("accent", "printer"),
    PrintState.CONFIRMED: ("ok", "check"),
    PrintState.SENT: ("ok", "check"),
    PrintState.UNKNOWN: ("warn", "warn"),
    PrintState.NOT_PRINTED: ("bad", "cross"),
}


def pages(state: ReceptionState) -> PagesFace:
    """Every page of the case, or the receipt after acceptance."""
    receipt = state.receipt if state.result is not None and state.receipt.lines else None
    materials = state.materials
    own = () if materials is None else tuple(page for row in materials.rows for page in row.pages)
    every = own + (materials.unsorted if materials else ())
    selected = 0 if every else -1
    if materials is not None:
        before = 0
        for row in materials.rows:
            if row.material_id == materials.current and 0 <= materials.selected_page < len(row.pages):
                selected = before + materials.selected_page
            before += len(row.pages)
    tone, icon = _RECEIPT.get(state.receipt.state, ("ink-3", "clock"))
    printed = state.receipt.state in {PrintState.CONFIRMED, PrintState.SENT}
    return PagesFace(
        pages=every,
        selected=selected,
        receipt=receipt,
        receipt_word="" if state.receipt.state is PrintState.NONE else words(f"receipt.{state.receipt.state.value}"),
        receipt_tone=tone,
        receipt_icon=icon,
        print_word=words("receipt.reprint") if printed else words("receipt.print"),
        may_print=state.receipt.state not in {PrintState.WAITING, PrintState.PRINTING},
    )


def flags(page: PageRef) -> tuple[tuple[str, str], ...]:
    """Chips for what is wrong with a stored page."""
    return tuple(("warn", words(f"viewer.flag.{flag}")) for flag in page.flags if f"viewer.flag.{flag}" in words)


# ---- e-certificates


def ecerts(state: ReceptionState) -> tuple[ECertLine, ...]:
    """Materials that an e-certificate may stand for."""
    materials = state.materials if state.visit is State.SERVING else None
    if materials is None:
        return ()
    return tuple(
        ECertLine(
            row.material_id,
            f"{row.number}  {row.name}",
            words("ecert.valid_to", d=row.ecert_valid_to) if row.ecert_valid_to else words("ecert.hint"),
            used=row.state is RowState.ECERT,
            may_use=row.ecert_offered and row.state is not RowState.ECERT,
        )
        for row in materials.rows
        if row.ecert_offered or row.state is RowState.ECERT
    )
