"""What the parts of step 4 share: the checklist with its undo, the current row and the selected page.

Everything that changes the checklist goes through ``change`` (can be undone) or ``keep`` (a page came). Both write
the draft before anything is shown.
"""

import msgspec

from window_client.domain.catalogue import Material
from window_client.domain.material import (
    SEPARATOR,
    UNSORTED,
    Checklist,
    PageRef,
    Row,
    Way,
    all_pages,
    find_page,
    find_row,
    pages_of,
)
from window_client.domain.visit import Draft, State, Step
from window_client.reception.core import Core
from window_client.reception.pictures import PageShelf
from window_client.reception.undo import History, apply, change_between


class Papers:
    """The papers of the open visit.

    Args:
        core: The desk's core.
        pictures: Where page pictures are kept in memory and made safe.
    """

    def __init__(self, core: Core, pictures: PageShelf) -> None:
        self.core = core
        self.pictures = pictures
        self.history = History()
        self.selected = ""
        """Key of the selected page."""

    def reset(self) -> None:
        """The visit is over."""
        self.history.forget()
        self.selected = ""

    # ---- small questions

    def collecting(self) -> bool:
        """Whether there is a checklist to work on."""
        state = self.core.state
        return state.visit is State.SERVING and state.draft is not None and state.materials is not None

    def arranging(self) -> bool:
        """Whether the clerk is at the materials: what was collected is not changed from another step."""
        return self.collecting() and self.core.state.open_step is Step.MATERIALS

    def is_open(self, visit_id: str) -> bool:
        """Whether an answer is for the visit that is open now."""
        return self.core.state.draft is not None and self.core.draft.visit_id == visit_id

    def target(self) -> str:
        """Where a new page goes: the current row, or 未归类 when none is chosen."""
        return self.core.draft.current_material or UNSORTED

    def material(self, material_id: str) -> Material | None:
        """A material that this case asks for."""
        guidance = self.core.state.guidance
        rows = guidance.materials if guidance else ()
        return next((row.material for row in rows if row.material.id == material_id), None)

    def asked(self) -> tuple[str, ...]:
        """The ids of all materials that this case asks for, in order."""
        guidance = self.core.state.guidance
        return tuple(row.material.id for row in guidance.materials) if guidance else ()

    def wants_no_paper(self) -> frozenset[str]:
        """The rows that are satisfied without paper."""
        rows = self.core.draft.checklist.rows
        return frozenset(row.material_id for row in rows if row.way is not Way.NONE)

    def row(self, material_id: str) -> Row:
        """A checklist row."""
        return find_row(self.core.draft.checklist, material_id) or Row(material_id)

    def page(self, key: str) -> PageRef | None:
        """A page of this visit by its key or digest."""
        place = find_page(self.core.draft.checklist, key)
        return None if place is None else pages_of(self.core.draft.checklist, place[0])[place[1]]

    def selected_page(self) -> PageRef | None:
        """The selected page of the current row."""
        return self.page(self.selected) if self.selected and self.selected_index(self.core.draft) >= 0 else None

    def selected_index(self, draft: Draft) -> int:
        """The place of the selected page in the current row of a draft, -1 for none."""
        pages = pages_of(draft.checklist, draft.current_material or UNSORTED)
        return next((at for at, page in enumerate(pages) if page.key == self.selected), -1) if self.selected else -1

    def select(self, index: int) -> None:
        """Choose a page of the current row by its place; another place chooses none."""
        pages = pages_of(self.core.draft.checklist, self.target())
        self.selected = pages[index].key if 0 <= index < len(pages) else ""

    def size(self, draft: Draft) -> int:
        """Bytes of the case's pages; separators are none."""
        return sum(page.size for page in all_pages(draft.checklist) if SEPARATOR not in page.flags)

    def room(self) -> int:
        """Bytes that the next page may take: the limit of a page, less where the case is nearly full."""
        pages = self.core.deps.settings.pages
        left = pages.case_bytes - self.size(self.core.draft)
        return min(pages.page_bytes, max(left, pages.page_bytes // 5))

    # ---- changes

    def keep(self, checklist: Checklist) -> bool:
        """Keep a checklist that a page came into; this is not undone."""
        return self.core.keep(msgspec.structs.replace(self.core.draft, checklist=checklist))

    def change(self, code: str, checklist: Checklist) -> bool:
        """Keep what the clerk did, so that it can be undone; ``code`` names it."""
        change = change_between(code, self.core.draft.checklist, checklist)
        if change is None:
            return True
        self.history.note(change)
        if self.keep(checklist):
            return True
        self.history.done.pop()  # the disk refused: it was not done
        return False

    def step(self, *, back: bool) -> None:
        """Undo, or redo; the row where it happened is opened."""
        core = self.core
        change = self.history.next(back=back)
        if change is None or not self.arranging():
            return
        checklist = apply(core.draft.checklist, change, back=back, asked=set(self.asked()))
        rows = [row_id for row_id in change.after if row_id in self.asked()]
        goal = change.before if back else change.after
        there = next(
            (row_id for row_id in rows if goal[row_id].pages), rows[0] if rows else core.draft.current_material
        )
        self.history.passed(back=back)
        if core.draft.current_material not in rows:
            self.selected = ""
            kept = msgspec.structs.replace(core.draft, checklist=checklist, current_material=there)
        else:
            kept = msgspec.structs.replace(core.draft, checklist=checklist)
        if not core.keep(kept):
            self.history.passed(back=not back)
            return
        core.say(f"materials.{'undone' if back else 'redone'}_{change.code}")
