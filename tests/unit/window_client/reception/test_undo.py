"""Whatever is done and undone in whatever order: no page is lost, none is there twice."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from window_client.domain.material import (
    UNSORTED,
    Checklist,
    PageRef,
    Row,
    Way,
    add_page,
    all_pages,
    exchange_page,
    find_page,
    move_page,
    pages_of,
    remove_page,
    reorder,
    set_way,
)
from window_client.reception.undo import DEEPEST, Change, History, apply, change_between

ROWS = ("a", "b", "c")
EMPTY = Checklist(tuple(Row(row) for row in ROWS))


def page(number: int) -> PageRef:
    return PageRef(f"digest-{number}", 1, id=f"page-{number}")


def keys(checklist: Checklist) -> list[str]:
    return sorted(one.key for one in all_pages(checklist))


@dataclass
class Desk:
    """The arranging of a visit, as the desk does it, without disk and pictures."""

    checklist: Checklist = EMPTY
    history: History = field(default_factory=History)
    made: int = 0
    thrown: dict[str, PageRef] = field(default_factory=dict)

    def come(self, row: str) -> None:
        self.made += 1
        self.checklist = add_page(self.checklist, row, page(self.made))

    def do(self, code: str, after: Checklist) -> None:
        change = change_between(code, self.checklist, after)
        if change is not None:
            self.history.note(change)
            self.checklist = after

    def step(self, *, back: bool) -> None:
        change = self.history.next(back=back)
        if change is not None:
            self.checklist = apply(self.checklist, change, back=back, asked=set(ROWS))
            self.history.passed(back=back)


def places(desk: Desk) -> list[tuple[str, int]]:
    return [(row, at) for row in (*ROWS, UNSORTED) for at in range(len(pages_of(desk.checklist, row)))]


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["come", "delete", "move", "order", "again", "defer", "undo", "redo", "undo", "come"]),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=40,
)


def perform(desk: Desk, action: str, one: int, two: int) -> None:
    there = places(desk)
    target = (*ROWS, UNSORTED)[two % 4]
    if action == "come":
        desk.come(target)
    elif action in {"undo", "redo"}:
        desk.step(back=action == "undo")
    elif action == "defer":
        way = Way.NONE if one % 2 else Way.DEFERRED
        desk.do("defer", set_way(desk.checklist, ROWS[two % 3], way))
    elif there:
        row, at = there[one % len(there)]
        taken = pages_of(desk.checklist, row)[at]
        if action == "delete":
            desk.do("delete", remove_page(desk.checklist, row, at))
        elif action == "move":
            desk.do("move", move_page(desk.checklist, row, at, target))
        elif action == "order":
            desk.do("reorder", reorder(desk.checklist, row, at, two))
        else:
            turned = replace(taken, digest=f"{taken.digest}+", turn=(taken.turn + 90) % 360)
            desk.do("turn", exchange_page(desk.checklist, taken.key, turned))


def deleted(history: History) -> set[str]:
    """The pages that the changes in force have taken out."""
    gone: set[str] = set()
    for change in history.done:
        before = {one.key for part in change.before.values() for one in part.pages}
        after = {one.key for part in change.after.values() for one in part.pages}
        gone = (gone | (before - after)) - (after - before)
    return gone


@settings(max_examples=300, deadline=None)
@given(ACTIONS)
def test_no_page_is_lost_and_none_is_there_twice(actions: list[tuple[str, int, int]]) -> None:
    desk = Desk()
    for action, one, two in actions:
        perform(desk, action, one, two)
        assert sorted([*keys(desk.checklist), *deleted(desk.history)]) == sorted(
            f"page-{number + 1}" for number in range(desk.made)
        )


@settings(max_examples=200, deadline=None)
@given(ACTIONS)
def test_undoing_everything_leaves_every_page_that_ever_came_as_it_came(actions: list[tuple[str, int, int]]) -> None:
    desk = Desk()
    for action, one, two in actions:
        perform(desk, action, one, two)
    while desk.history.next(back=True):
        desk.step(back=True)
    assert keys(desk.checklist) == sorted(f"page-{number + 1}" for number in range(desk.made))
    assert all(one.digest == f"digest-{one.key.removeprefix('page-')}" for one in all_pages(desk.checklist))


@settings(max_examples=200, deadline=None)
@given(ACTIONS)
def test_undo_and_redo_of_everything_is_where_we_were(actions: list[tuple[str, int, int]]) -> None:
    desk = Desk()
    for action, one, two in [*actions, ("undo", 0, 0)]:
        perform(desk, action, one, two)
    while desk.history.next(back=False):
        desk.step(back=False)
    there, steps = desk.checklist, 0
    while desk.history.next(back=True):
        desk.step(back=True)
        steps += 1
    for _ in range(steps):
        desk.step(back=False)
    for row in (*ROWS, UNSORTED):
        assert {p.key: p.digest for p in pages_of(desk.checklist, row)} == {
            p.key: p.digest for p in pages_of(there, row)
        }


def test_a_page_that_came_after_a_deletion_stays_when_the_deletion_is_undone() -> None:
    desk = Desk()
    for _ in range(3):
        desk.come("a")
    desk.do("delete", remove_page(desk.checklist, "a", 1))
    desk.come("a")
    desk.step(back=True)
    assert [one.key for one in pages_of(desk.checklist, "a")] == ["page-1", "page-2", "page-3", "page-4"]


def test_the_codes_that_were_read_meanwhile_are_kept() -> None:
    desk = Desk()
    desk.come("a")
    desk.do("move", move_page(desk.checklist, "a", 0, "b"))
    read = replace(pages_of(desk.checklist, "b")[0], codes=("text",))
    desk.checklist = exchange_page(desk.checklist, read.key, read)
    desk.step(back=True)
    assert pages_of(desk.checklist, "a")[0].codes == ("text",)


def test_a_row_that_the_answers_no_longer_ask_for_gives_its_pages_to_the_unsorted() -> None:
    desk = Desk()
    desk.come("b")
    desk.do("delete", remove_page(desk.checklist, "b", 0))
    change = desk.history.next(back=True)
    assert change is not None
    undone = apply(desk.checklist, change, back=True, asked={"a", "c"})
    assert find_page(undone, "page-1") == (UNSORTED, 0)


def test_a_moved_page_that_ended_a_deferral_takes_the_end_back_with_it() -> None:
    desk = Desk(set_way(EMPTY, "b", Way.DEFERRED, due="2026-11-25"))
    desk.come("a")
    desk.do("move", move_page(desk.checklist, "a", 0, "b"))
    assert desk.checklist.rows[1].way is Way.NONE
    desk.step(back=True)
    assert (desk.checklist.rows[1].way, desk.checklist.rows[1].due) == (Way.DEFERRED, "2026-11-25")


def test_something_new_ends_what_could_be_done_again_and_old_changes_are_forgotten() -> None:
    history = History()
    nothing = Change("move", {}, {})
    for _ in range(DEEPEST + 5):
        history.note(nothing)
    assert len(history.done) == DEEPEST
    history.passed(back=True)
    assert history.next(back=False) is nothing
    history.note(nothing)
    assert history.next(back=False) is None
    history.forget()
    assert history.next(back=True) is None


def test_a_deferral_is_not_promised_again_where_paper_came_meanwhile() -> None:
    desk = Desk()
    desk.do("defer", set_way(desk.checklist, "b", Way.DEFERRED, due="2026-11-25"))
    desk.step(back=True)
    desk.come("b")
    desk.step(back=False)
    assert (desk.checklist.rows[1].way, desk.checklist.rows[1].due) == (Way.NONE, "")


def test_what_changes_nothing_is_no_change() -> None:
    assert change_between("move", EMPTY, EMPTY) is None
