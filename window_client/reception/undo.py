"""Undo and redo of what was done with pages and rows. Pure: checklists in, checklists out.

A change remembers the rows that it touched, before and after. Taking it back puts exactly those pages where they
were; pages that came meanwhile stay, and a page is never in two places. Nothing here touches files: a deleted page
stays sealed on disk, and nothing is purged while a visit is open.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from msgspec.structs import replace

from window_client.domain.material import UNSORTED, Checklist, PageRef, Row, Way, find_row

DEEPEST = 200
"""Changes that are remembered in one visit."""


@dataclass(frozen=True, slots=True)
class Part:
    """One row, or the unsorted pages (``row`` None), as it was."""

    row: Row | None
    pages: tuple[PageRef, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What was done: a code for the words, and every touched row before and after."""

    code: str
    before: dict[str, Part]
    after: dict[str, Part]


def change_between(code: str, before: Checklist, after: Checklist) -> Change | None:
    """The change from one checklist to another, None when nothing differs."""
    ids = dict.fromkeys([*(row.material_id for row in before.rows), *(row.material_id for row in after.rows), UNSORTED])
    touched = [id_ for id_ in ids if _part(before, id_) != _part(after, id_)]
    if not touched:
        return None
    return Change(code, {i: _part(before, i) for i in touched}, {i: _part(after, i) for i in touched})


def apply(checklist: Checklist, change: Change, *, back: bool, asked: AbstractSet[str]) -> Checklist:
    """The checklist with ``change`` taken back, or done again.

    ``asked`` are the materials that the present answers ask for; what belonged to another row becomes unsorted.
    """
    goal, source = (change.before, change.after) if back else (change.after, change.before)
    wanted = {page.key for part in goal.values() for page in part.pages}
    taken = wanted | {page.key for part in source.values() for page in part.pages}
    now = {page.key: page for page in _pages(checklist)}
    held = {row.material_id: [page for page in row.pages if page.key not in taken] for row in checklist.rows}
    unsorted = [page for page in checklist.unsorted if page.key not in taken]
    ways: dict[str, Row] = {}
    for id_, part in goal.items():
        pages = [_newest(page, now) for page in part.pages]
        if id_ == UNSORTED or id_ not in held or id_ not in asked:
            unsorted = [*pages, *unsorted] if id_ == UNSORTED else [*unsorted, *pages]
        else:
            came, held[id_] = bool(held[id_]), [*pages, *held[id_]]
            if part.row is not None and _way(part) != _way(source[id_]):
                paper = came and part.row.way in {Way.DEFERRED, Way.NOT_NEEDED}  # the paper is here meanwhile
                ways[id_] = replace(part.row, way=Way.NONE, due="") if paper else part.row
    rows = []
    for row in checklist.rows:
        row = replace(row, pages=tuple(held[row.material_id]))  # noqa: PLW2901
        way = ways.get(row.material_id)
        rows.append(row if way is None else replace(row, way=way.way, ecert=way.ecert, due=way.due))
    return Checklist(tuple(rows), tuple(unsorted))


@dataclass(slots=True)
class History:
    """The changes of one visit, newest last."""

    done: list[Change] = field(default_factory=list)
    undone: list[Change] = field(default_factory=list)

    def note(self, change: Change) -> None:
        """Something new was done: what was undone cannot be done again."""
        self.done.append(change)
        del self.done[:-DEEPEST]
        self.undone.clear()

    def next(self, *, back: bool) -> Change | None:
        """What ``undo`` (``back``) or ``redo`` would take, None when there is nothing."""
        stack = self.done if back else self.undone
        return stack[-1] if stack else None

    def passed(self, *, back: bool) -> None:
        """The change that ``next`` gave was taken back, or done again."""
        one, other = (self.done, self.undone) if back else (self.undone, self.done)
        other.append(one.pop())

    def forget(self) -> None:
        """The visit is over."""
        self.done.clear()
        self.undone.clear()


def _part(checklist: Checklist, row_id: str) -> Part:
    if row_id == UNSORTED:
        return Part(None, checklist.unsorted)
    row = find_row(checklist, row_id)
    return Part(row, row.pages if row else ())


def _way(part: Part) -> tuple[object, ...]:
    return () if part.row is None else (part.row.way, part.row.ecert, part.row.due)


def _pages(checklist: Checklist) -> list[PageRef]:
    return [*(page for row in checklist.rows for page in row.pages), *checklist.unsorted]


def _newest(page: PageRef, now: dict[str, PageRef]) -> PageRef:
    """The page with the codes that were read meanwhile, if it is still the same picture."""
    known = now.get(page.key)
    return replace(page, codes=known.codes) if known is not None and known.digest == page.digest else page
