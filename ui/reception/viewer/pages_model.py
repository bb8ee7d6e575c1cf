"""What the pages of a case, its receipt and its e-certificates look like, from the desk's state. No Qt in here."""

from dataclasses import dataclass

from ui.names import named
from ui.words import words
from window_client.domain.material import PageRef, RowState
from window_client.domain.visit import State, Step
from window_client.reception.state import PrintState, ReceiptView, ReceptionState

Corners = tuple[tuple[float, float], ...]
"""Four corners in unit coordinates, clockwise from the top left."""


@dataclass(frozen=True, slots=True)
class PagesFace:
    """All pages of the case in the order of the checklist, or the receipt once there is one.

    ``places`` has the row (empty: unsorted) and the place in it of each page, ``rows`` the numbers of the rows that
    pages may go to. ``may_arrange``: the step of the materials is open. ``undo``: there is something to take back.
    """

    pages: tuple[PageRef, ...]
    selected: int
    receipt: ReceiptView | None
    receipt_word: str
    receipt_tone: str
    receipt_icon: str
    print_word: str
    may_print: bool
    places: tuple[tuple[str, int], ...] = ()
    rows: tuple[tuple[int, str], ...] = ()
    may_arrange: bool = False
    undo: bool = False
    retakes: str = ""
    chosen: int = -1  # the page that the desk's keys act on


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
    places = (
        () if materials is None else tuple((r.material_id, at) for r in materials.rows for at in range(len(r.pages)))
    )
    every = own + (materials.unsorted if materials else ())
    chosen = -1
    if materials is not None:
        before = 0
        for row in materials.rows:
            if row.material_id == materials.current and 0 <= materials.selected_page < len(row.pages):
                chosen = before + materials.selected_page
            before += len(row.pages)
    tone, icon = _RECEIPT.get(state.receipt.state, ("ink-3", "clock"))
    printed = state.receipt.state in {PrintState.CONFIRMED, PrintState.SENT}
    return PagesFace(
        pages=every,
        selected=chosen if chosen >= 0 else (0 if every else -1),
        chosen=chosen,
        receipt=receipt,
        receipt_word="" if state.receipt.state is PrintState.NONE else words(f"receipt.{state.receipt.state.value}"),
        receipt_tone=tone,
        receipt_icon=icon,
        print_word=words("receipt.reprint") if printed else words("receipt.print"),
        may_print=state.receipt.state not in {PrintState.WAITING, PrintState.PRINTING},
        places=places + tuple(("", at) for at in range(len(every) - len(own))),
        rows=tuple((row.number, row.material_id) for row in materials.rows) if materials else (),
        may_arrange=materials is not None and state.visit is State.SERVING and state.open_step is Step.MATERIALS,
        undo=bool(materials and materials.undo),
        retakes=materials.retakes if materials else "",
    )


def flags(page: PageRef) -> tuple[tuple[str, str], ...]:
    """Chips for what is wrong with a stored page."""
    return tuple(("warn", words(f"viewer.flag.{flag}")) for flag in page.flags if f"viewer.flag.{flag}" in words)


def page_name(page: PageRef, number: int) -> str:
    """What a thumbnail is called: its number, and what is wrong with it."""
    what = [text for _icon, text in flags(page)]
    if what:
        return words("viewer.page.flawed", n=number, what="、".join(what))
    return words("viewer.page", n=number)


def turned_corners(corners: Corners, turn: int) -> Corners:
    """Unit corners on a picture that is turned clockwise by ``turn`` degrees."""
    for _ in range(turn // 90 % 4):
        corners = tuple((1 - y, x) for x, y in corners)
    return corners


def corners_of(page: PageRef) -> Corners | None:
    """The corners of a page in parts of its original, turned as the page is; None when it is the whole picture."""
    width, height = page.frame
    if len(page.corners) != 8 or not width or not height:
        return None
    flat = page.corners
    unit = tuple((flat[at] / width, flat[at + 1] / height) for at in range(0, 8, 2))
    return turned_corners(unit, page.turn)


# ---- e-certificates


def ecerts(state: ReceptionState) -> tuple[ECertLine, ...]:
    """Materials that an e-certificate may stand for."""
    materials = state.materials if state.visit is State.SERVING else None
    if materials is None:
        return ()
    return tuple(
        ECertLine(
            row.material_id,
            f"{row.number}  {named(row.name)}",
            words("ecert.valid_to", d=row.ecert_valid_to) if row.ecert_valid_to else words("ecert.hint"),
            used=row.state is RowState.ECERT,
            may_use=row.ecert_offered and row.state is not RowState.ECERT,
        )
        for row in materials.rows
        if row.ecert_offered or row.state is RowState.ECERT
    )
