"""What the clerk does with pages that are there: turn, crop, order, move, delete, retake; all of it can be undone.

A deletion takes the page out of the checklist only. Its sealed files stay: nothing is purged while a visit is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from window_client.domain.material import UNSORTED, PageRef, find_page, move_page, pages_of, remove_page, reorder
from window_client.reception.making import Making
from window_client.reception.papers import Papers


@dataclass(frozen=True, slots=True)
class _Wish:
    """How a page is wanted: the newest key press counts, though the picture before is still being made."""

    turn: int
    corners: tuple[float, ...] | None


class Arranging:
    """The clerk's hands on the pages."""

    def __init__(self, papers: Papers, making: Making) -> None:
        self._papers = papers
        self._making = making
        self._wishes: dict[str, _Wish] = {}

    def reset(self) -> None:
        """The visit is over."""
        self._wishes.clear()

    # ---- where pages are

    def delete(self) -> None:
        """Take the selected page out."""
        papers = self._papers
        page = papers.selected_page()
        place = find_page(papers.core.draft.checklist, page.key) if page and papers.arranging() else None
        if place is not None:
            papers.selected = ""
            papers.change("delete", remove_page(papers.core.draft.checklist, *place))

    def shift(self, by: int) -> None:
        """Ctrl+← and Ctrl+→: move the selected page within its row."""
        papers = self._papers
        page = papers.selected_page()
        place = find_page(papers.core.draft.checklist, page.key) if page and papers.arranging() else None
        if place is not None:
            papers.change("reorder", reorder(papers.core.draft.checklist, *place, max(0, place[1] + by)))

    def place(self, key: str, material_id: str, at: int = -1) -> None:
        """Put a page (of any row, or an unsorted one) into a row, or among the unsorted ones; -1: at the end."""
        papers = self._papers
        found = find_page(papers.core.draft.checklist, key) if papers.arranging() else None
        if found is None or (material_id != UNSORTED and papers.material(material_id) is None):
            return
        checklist = papers.core.draft.checklist
        if found[0] == material_id:
            to = at if at >= 0 else len(pages_of(checklist, material_id))
            papers.change("reorder", reorder(checklist, *found, to))
            return
        papers.change("move", move_page(checklist, *found, material_id, at if at >= 0 else None))

    def retake(self) -> None:
        """The next capture replaces the selected page; asked again it does not."""
        papers = self._papers
        page = papers.selected_page()
        if page is None or not papers.arranging() or page.parts:
            return
        self._making.retakes = "" if self._making.retakes == page.key else page.key
        papers.core.refresh()

    # ---- how pages look

    def turn(self) -> None:
        """Turn the selected page by 90° clockwise, from its original."""
        page = self._papers.selected_page()
        if page is not None and self._papers.arranging():
            wish = self._wish(page)
            self._again("turn", page, _Wish((wish.turn + 90) % 360, wish.corners))

    def crop(self, corners: Sequence[tuple[float, float]]) -> None:
        """Make the selected page of what lies between four corners, in parts (0 to 1) of its upright original."""
        papers = self._papers
        page = papers.selected_page()
        if page is None or not papers.arranging() or page.parts or 0 in page.frame or len(corners) != 4:
            return
        width, height = page.frame
        inside = [(min(max(x, 0.0), 1.0) * width, min(max(y, 0.0), 1.0) * height) for x, y in corners]
        flat = tuple(round(value, 1) for corner in inside for value in corner)
        self._again("crop", page, _Wish(self._wish(page).turn, flat))

    def find_corners(self) -> None:
        """Back to the corners that the program finds (a scanned page: the whole sheet)."""
        page = self._papers.selected_page()
        if page is not None and self._papers.arranging() and (page.cropped or self._making.under_way):
            self._again("crop", page, _Wish(self._wish(page).turn, None))

    def _wish(self, page: PageRef) -> _Wish:
        if not self._making.under_way:  # all is made: what was wished for is what is there
            self._wishes.clear()
        return self._wishes.get(page.key, _Wish(page.turn, page.corners if page.cropped else None))

    def _again(self, code: str, page: PageRef, wish: _Wish) -> None:
        self._wishes[page.key] = wish
        self._making.make_again(code, page, wish.turn, wish.corners)
