"""Pages from pictures: safe on disk first, then shown, then their codes are read and put them where they belong."""

import logging
from collections.abc import Callable
from uuid import uuid4

import msgspec

from window_client.domain.material import (
    SEPARATOR,
    UNSORTED,
    Checklist,
    PageRef,
    add_page,
    exchange_page,
    find_page,
    is_card,
    is_card_sized,
    move_page,
    pages_of,
    remove_page,
)
from window_client.reception.papers import Papers
from window_client.reception.separators import NEXT, Batch, material_of, separator_of
from window_client.store.errors import StoreError

log = logging.getLogger(__name__)


class Making:
    """Makes pages, sorts those of a batch, and puts the two sides of a card on one page."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        self.under_way = 0
        """Pages that are being made."""
        self.retakes = ""
        """Key of the page that the next capture replaces."""
        self.sides: list[str] | None = None
        """Keys of the card's sides that were taken; None while no card is."""

    def reset(self) -> None:
        """A visit ended, or another row was chosen: nothing is pending."""
        self.under_way, self.retakes, self.sides = 0, "", None

    def rest(self) -> None:
        """Another row was chosen: no page is replaced, no card is begun; what was taken stays."""
        self.retakes, self.sides = "", None

    # ---- pages

    def make(
        self,
        jpeg: bytes,
        source: str,
        target: str,
        batch: Batch | None = None,
        *,
        origin: str = "",
        taken: Callable[[bool], None] = lambda _kept: None,
    ) -> None:
        """Make a page of a picture, for the row ``target``.

        ``origin`` as in ``ScannedPage``: a page that came before a restart is not made twice. ``taken`` is told once
        whether the page is in the draft on disk; it must not block.
        """
        papers, core = self._papers, self._papers.core
        if origin and papers.page(origin) is not None:
            taken(True)
            return
        visit_id, replaces, at = core.draft.visit_id, self.retakes, core.now().isoformat()
        self.retakes = ""
        self.under_way += 1
        core.refresh()
        page_id, room, card = origin or uuid4().hex, papers.room(), self.sides is not None

        def done(page: PageRef) -> None:
            self.under_way = max(0, self.under_way - 1)
            if not papers.is_open(visit_id):
                log.info("a page of a visit that has ended stays sealed until it is purged")
                taken(False)
                return
            row = target if batch is None else batch.add(page.key, blank="blank" in page.flags)
            taken(self._came(page, row, replaces))
            self._read_codes(page, visit_id, batch)

        def failed(error: Exception) -> None:
            self.under_way = max(0, self.under_way - 1)
            taken(False)
            core.refresh()
            core.say(f"page.{_code(error)}", bad=True)

        core.deps.imaging.run(
            lambda: papers.pictures.make(jpeg, source, at, page_id=page_id, limit=room, card=card),
            done=done,
            failed=failed,
        )

    def _came(self, page: PageRef, target: str, replaces: str) -> bool:
        """Put a page where it belongs; False when the disk refused."""
        papers, core = self._papers, self._papers.core
        checklist = core.draft.checklist
        if replaces and find_page(checklist, replaces) is not None:
            changed = exchange_page(checklist, replaces, page)
            self._select(changed, page)
            kept = papers.change("retake", changed)
        else:
            changed = add_page(checklist, target, page)
            self._select(changed, page)
            kept = papers.keep(changed)
        limit = core.deps.settings.pages.case_bytes
        before = papers.size(core.draft) - page.size
        if before <= limit < before + page.size:
            core.say("materials.too_large", bad=True, mb=f"{limit / 1_000_000:.0f}")
        self._side_came(page)
        return kept

    def _select(self, checklist: Checklist, page: PageRef) -> None:
        place = find_page(checklist, page.key)
        if place is not None and place[0] == self._papers.target():
            self._papers.selected = page.key

    def make_again(self, code: str, page: PageRef, turn: int, corners: tuple[float, ...] | None) -> None:
        """Make a page again from its sealed original; ``corners`` None: as they are found."""
        papers, core = self._papers, self._papers.core
        visit_id, room = core.draft.visit_id, papers.room()
        self.under_way += 1

        def done(again: PageRef) -> None:
            self.under_way = max(0, self.under_way - 1)
            if not papers.is_open(visit_id):
                return
            there = papers.page(page.key)
            if there is not None:
                again = msgspec.structs.replace(again, codes=there.codes)
                papers.change(code, exchange_page(core.draft.checklist, page.key, again))
            core.refresh()

        def failed(error: Exception) -> None:
            self.under_way = max(0, self.under_way - 1)
            core.refresh()
            core.say(f"page.{_code(error)}", bad=True)

        core.deps.imaging.run(
            lambda: papers.pictures.make_again(page, turn, corners, limit=room), done=done, failed=failed
        )
        core.refresh()

    # ---- codes

    def _read_codes(self, page: PageRef, visit_id: str, batch: Batch | None) -> None:
        papers, core = self._papers, self._papers.core

        def done(codes: tuple[str, ...]) -> None:
            if papers.is_open(visit_id):
                self._codes_came(page.key, codes, batch)

        lane = core.deps.reading or core.deps.imaging
        lane.run(lambda: papers.pictures.codes(page.digest), done=done, failed=core.ignore)

    def _codes_came(self, key: str, codes: tuple[str, ...], batch: Batch | None) -> None:
        papers, core = self._papers, self._papers.core
        page = papers.page(key)
        if page is not None and codes and codes != page.codes:
            known = msgspec.structs.replace(page, codes=codes)
            papers.keep(exchange_page(core.draft.checklist, key, known))
        separator, names = separator_of(codes), material_of(codes, papers.asked())
        if batch is not None:
            batch.read(key, separator, names)
            self._sort(batch)
        elif separator and page is not None:
            self._part_by_hand(key, separator)
        elif names:
            self._put(key, names)
        if names and (material := papers.material(names)):
            core.say("materials.code_known", name=material.short_name or material.name)

    def _sort(self, batch: Batch) -> None:
        """Put the pages of a batch where the codes that are known now want them; what the clerk moved stays."""
        papers, core = self._papers, self._papers.core
        checklist = core.draft.checklist
        for move in batch.route():
            place = find_page(checklist, move.key)
            if place is None or place[0] not in {move.from_row, UNSORTED}:
                continue
            if move.separator:
                checklist = _as_separator(checklist, move.key)
            elif place[0] != move.to_row:
                checklist = move_page(checklist, *place, move.to_row)
        if papers.change("sort", checklist) and any(sheet.separator for sheet in batch.sheets):
            rows = {sheet.row for sheet in batch.sheets if not sheet.parted}
            core.say("materials.sorted", n=str(len(batch.sheets)), rows=str(len(rows)))

    def _part_by_hand(self, key: str, separator: str) -> None:
        """A separator under the camera: what is captured next goes to its row."""
        papers, core = self._papers, self._papers.core
        papers.change("sort", _as_separator(core.draft.checklist, key))
        asked = papers.asked()
        batch = Batch(papers.target(), asked, papers.wants_no_paper())
        batch.add(key, blank=False)
        batch.read(key, separator, "")
        row = separator if separator != NEXT else batch.add("following", blank=False)
        if row in asked:
            core.keep(msgspec.structs.replace(core.draft, current_material=row))
            if (material := papers.material(row)) is not None:
                core.say("materials.separator", name=material.short_name or material.name)
        else:
            core.say("materials.separator_unknown", bad=True)

    def _put(self, key: str, row: str) -> None:
        place = find_page(self._papers.core.draft.checklist, key)
        if place is not None and place[0] != row:
            self._papers.change("sort", move_page(self._papers.core.draft.checklist, *place, row))

    # ---- two sides of a card

    def two_sides(self) -> None:
        """Begin with a card, or put the two sides that are there on one page; once more: leave it."""
        papers, core = self._papers, self._papers.core
        material = papers.material(papers.target()) if papers.arranging() else None
        if material is None or not is_card(material):
            return
        if self.sides is not None:
            self.sides = None
            core.refresh()
            return
        there = [page.key for page in pages_of(core.draft.checklist, material.id) if is_card_sized(page)]
        self.sides = there[-2:]
        if len(self.sides) == 2:
            self._combine()
        core.refresh()

    def _side_came(self, page: PageRef) -> None:
        core = self._papers.core
        if self.sides is None or find_page(core.draft.checklist, page.key) is None:
            return
        if not is_card_sized(page):
            self.retakes = page.key  # the next picture of this side takes its place
            core.say("card.not_found", bad=True)
            return
        if page.key not in self.sides:
            self.sides.append(page.key)
        if len(self.sides) == 2:
            self._combine()
        else:
            core.refresh()

    def _combine(self) -> None:
        papers, core = self._papers, self._papers.core
        sides = [page for key in self.sides or () if (page := papers.page(key)) is not None]
        self.sides = None
        item = core.state.item
        if len(sides) != 2 or item is None:
            return
        visit_id, now, page_id, room = core.draft.visit_id, core.now(), uuid4().hex, papers.room()
        purpose = f"仅供办理{item.name}使用"
        note = f"{now:%Y-%m-%d} · {core.state.window_no} 号窗口"
        self.under_way += 1

        def done(card: PageRef) -> None:
            self.under_way = max(0, self.under_way - 1)
            if not papers.is_open(visit_id):
                return
            first, second = (find_page(core.draft.checklist, side.key) for side in sides)
            if first is None or second is None:  # a side was deleted meanwhile
                core.refresh()
                return
            checklist = exchange_page(core.draft.checklist, sides[0].key, card)
            place = find_page(checklist, sides[1].key)
            if place is not None:
                checklist = remove_page(checklist, *place)
            if first[0] == papers.target():
                papers.selected = card.key
            if papers.change("card", checklist):
                core.say("card.done")

        def failed(error: Exception) -> None:
            self.under_way = max(0, self.under_way - 1)
            core.refresh()
            core.say(f"page.{_code(error)}", bad=True)

        core.deps.imaging.run(
            lambda: papers.pictures.combine(
                sides[0], sides[1], (purpose, note), now.isoformat(), page_id=page_id, limit=room
            ),
            done=done,
            failed=failed,
        )


def _as_separator(checklist: Checklist, key: str) -> Checklist:
    """The page among the unsorted ones, marked as a sheet that only parts the batch."""
    place = find_page(checklist, key)
    if place is None:
        return checklist
    page = pages_of(checklist, place[0])[place[1]]
    if SEPARATOR not in page.flags:
        page = msgspec.structs.replace(page, flags=(*page.flags, SEPARATOR))
    return add_page(remove_page(checklist, *place), UNSORTED, page)


def _code(error: Exception) -> str:
    return error.code if isinstance(error, StoreError) else "unreadable"
