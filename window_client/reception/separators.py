"""Separator sheets and code pages: which row each page of a batch belongs to. Pure.

A separator sheet carries a code: ``SEP1:<material id>`` (what follows belongs to that material) or ``SEP1:NEXT`` (what
follows belongs to the next row that still wants paper). A code page is a page of the case that names its material,
such as a form that was printed with its code; what follows it belongs to it.

Codes are read after a page is safe on disk, so the batch is routed anew with every code that was found.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from window_client.domain.material import UNSORTED

PREFIX = "SEP1:"
NEXT = "NEXT"


def separator_text(material_id: str = NEXT) -> str:
    """The code on a separator sheet."""
    return PREFIX + material_id


def separator_of(codes: Sequence[str]) -> str:
    """What a separator sheet says: a material id, ``NEXT``, or empty when these codes make no separator."""
    return next((text.removeprefix(PREFIX).strip() for text in codes if text.startswith(PREFIX)), "")


def material_of(codes: Sequence[str], materials: Sequence[str]) -> str:
    """The material that a code page names: its id alone, or as the last part of a longer text; else empty."""
    return next(
        (
            id_
            for text in codes
            for id_ in materials
            if text == id_ or (not text.startswith(PREFIX) and text.endswith((f"/{id_}", f"={id_}", f":{id_}")))
        ),
        "",
    )


@dataclass(slots=True)
class Sheet:
    """One page of a batch. ``row`` is where the batch put it last; ``separator`` and ``names`` as its codes say."""

    key: str
    row: str
    blank: bool = False
    separator: str = ""
    names: str = ""
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A page that belongs elsewhere. ``separator``: it is a sheet that only parts the batch."""

    key: str
    from_row: str
    to_row: str
    separator: bool = False


@dataclass(slots=True)
class Batch:
    """The pages of one scan in their order.

    Args:
        start: The row that was open when the scan began.
        rows: The materials in the checklist's order.
        skip: Those that want no paper; a generic separator passes over them.
        duplex: Front and back take turns: the empty back of a separator is none of the case's pages.
    """

    start: str
    rows: Sequence[str] = ()
    skip: AbstractSet[str] = frozenset()
    duplex: bool = False
    sheets: list[Sheet] = field(default_factory=list)

    def add(self, key: str, *, blank: bool) -> str:
        """Take the next page in; returns the row that it belongs to as far as is known now."""
        target = self._targets()[-1] if self.sheets else self.start
        self.sheets.append(Sheet(key, target, blank))
        return target

    def read(self, key: str, separator: str, names: str) -> None:
        """A page's codes were read."""
        for sheet in self.sheets:
            if sheet.key == key:
                sheet.separator, sheet.names = separator, names

    def route(self) -> list[Move]:
        """Which pages must move now; they are taken as moved.

        Pages after a separator for a material that the case does not have become unsorted.
        """
        targets = self._targets()
        moves = []
        for place, sheet in enumerate(self.sheets):
            parts = self._parts(place)
            to_row = UNSORTED if parts else sheet.names or targets[place]
            if sheet.row != to_row or parts != sheet.parted:
                moves.append(Move(sheet.key, sheet.row, to_row, parts))
                sheet.row, sheet.parted = to_row, parts
        return moves

    def _parts(self, place: int) -> bool:
        """Whether the page at this place is a separator, or the empty back of one."""
        sheet = self.sheets[place]
        if sheet.separator:
            return True
        back = self.duplex and place % 2 == 1 and sheet.blank
        return back and bool(self.sheets[place - 1].separator)

    def _targets(self) -> list[str]:
        """The row in force at each page, its own code included."""
        target, targets = self.start, []
        for sheet in self.sheets:
            if sheet.separator == NEXT:
                target = self._after(target)
            elif sheet.separator:
                target = sheet.separator if sheet.separator in self.rows else UNSORTED
            elif sheet.names:
                target = sheet.names
            targets.append(target)
        return targets

    def _after(self, row: str) -> str:
        """The next row that wants paper; ``UNSORTED`` behind the last one."""
        after = self.rows[self.rows.index(row) + 1 :] if row in self.rows else self.rows
        return next((one for one in after if one not in self.skip), UNSORTED)
