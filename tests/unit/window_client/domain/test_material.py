from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from window_client.domain.calendar import WorkingCalendar
from window_client.domain.catalogue import Guidance, GuidedMaterial, Limit, Material, guide
from window_client.domain.material import (
    SEPARATOR,
    UNSORTED,
    Checklist,
    Counts,
    ECert,
    PageRef,
    Row,
    RowState,
    Way,
    add_page,
    all_pages,
    counts,
    deferred,
    exchange_page,
    find_page,
    find_row,
    is_card,
    is_card_sized,
    latest_due,
    may_defer,
    may_skip,
    missing,
    move_page,
    pages_of,
    remove_page,
    reorder,
    row_state,
    set_done,
    set_way,
    sync,
    turn_page,
)

FILES = Path(__file__).parents[4] / "resources" / "calendars"
CALENDAR = WorkingCalendar.decode(path.read_bytes() for path in sorted(FILES.glob("*.json")))
TODAY = date(2026, 11, 24)
MUST = Material("m", 1, "必要")
MAY = Material("m", 1, "可选", necessity="2")


def page(name: str) -> PageRef:
    return PageRef(name, 1)


def asking(*ids: str) -> Guidance:
    return Guidance({}, tuple(GuidedMaterial(Material(i, n, i)) for n, i in enumerate(ids)), (), "0.00")


def names(checklist: Checklist, material_id: str) -> list[str]:
    return [p.digest for p in pages_of(checklist, material_id)]


@pytest.fixture
def two() -> Checklist:
    """Row a with pages 1 and 2, row b with page 3, page 4 unsorted."""
    return Checklist(
        (Row("a", (page("1"), page("2"))), Row("b", (page("3"),))),
        (page("4"),),
    )


def test_the_picture_has_two_ready_one_scanning_one_deferred_and_one_missing(demo: Any) -> None:
    guidance = guide(demo.item("SC-MKT-001"), demo.answers(demo.visits()[0]))
    rows = [f"SC-MKT-001-M0{n}" for n in (1, 2, 3, 6, 7)]
    checklist = sync(Checklist(), guidance)
    for name, row in [("1", 0), ("2", 0), ("3", 0), ("4", 2), ("5", 2)]:
        checklist = add_page(checklist, rows[row], page(name))
    checklist = set_way(checklist, rows[1], Way.ECERT, ecert=ECert("居民身份证", "x"))
    checklist = set_way(checklist, rows[3], Way.DEFERRED, due="2026-11-25")

    assert [row.material_id for row in checklist.rows] == rows
    assert counts(checklist, guidance, rows[2]) == Counts(2, 1, 1, 1)
    assert missing(checklist, guidance) == (rows[4],)
    assert [row.due for row in deferred(checklist, guidance)] == ["2026-11-25"]
    assert counts(set_done(checklist, rows[2]), guidance, rows[2]) == Counts(3, 0, 1, 1)


def test_pages_of_a_row_no_longer_asked_for_become_unsorted_and_its_way_is_kept(two: Checklist) -> None:
    two = set_way(two, "a", Way.ECERT, ecert=ECert("t", "n"))
    after = sync(two, asking("c", "b"))
    assert [row.material_id for row in after.rows] == ["c", "b", "a"]
    assert [p.digest for p in after.unsorted] == ["4", "1", "2"]
    assert names(after, "b") == ["3"]
    row = find_row(after, "a")
    assert row is not None
    assert (row.way, row.ecert, row.pages) == (Way.ECERT, ECert("t", "n"), ())
    assert [row.material_id for row in sync(after, asking("a", "b")).rows] == ["a", "b", "c"]
    assert counts(after, asking("c", "b")) == Counts(1, 0, 0, 1)


def test_adding_puts_a_page_at_the_end_or_where_it_is_told(two: Checklist) -> None:
    assert names(add_page(two, "a", page("x")), "a") == ["1", "2", "x"]
    assert names(add_page(two, "a", page("x"), 0), "a") == ["x", "1", "2"]
    assert names(add_page(two, UNSORTED, page("x")), UNSORTED) == ["4", "x"]


def test_a_page_for_a_row_that_is_gone_is_not_lost(two: Checklist) -> None:
    assert names(add_page(two, "gone", page("x")), UNSORTED) == ["4", "x"]
    assert pages_of(two, "gone") == ()


@pytest.mark.parametrize("way", [Way.DEFERRED, Way.NOT_NEEDED])
def test_a_page_ends_a_deferral(two: Checklist, way: Way) -> None:
    after = add_page(set_way(two, "b", way, due="2026-11-25"), "b", page("x"))
    row = find_row(after, "b")
    assert row is not None
    assert (row.way, row.due) == (Way.NONE, "")


def test_an_ecertificate_stays_beside_a_page(two: Checklist) -> None:
    row = find_row(add_page(set_way(two, "b", Way.ECERT), "b", page("x")), "b")
    assert row is not None
    assert row.way is Way.ECERT


def test_moving_removing_turning_and_reordering(two: Checklist) -> None:
    moved = move_page(two, "a", 0, "b")
    assert (names(moved, "a"), names(moved, "b")) == (["2"], ["3", "1"])
    assert names(move_page(two, UNSORTED, 0, "b", 0), "b") == ["4", "3"]
    assert names(move_page(two, "a", 1, UNSORTED), UNSORTED) == ["4", "2"]
    assert names(remove_page(two, "a", 0), "a") == ["2"]
    assert names(reorder(two, "a", 0, 1), "a") == ["2", "1"]
    assert names(reorder(two, "a", 1, -5), "a") == ["2", "1"]
    assert names(reorder(two, "a", 0, 99), "a") == ["2", "1"]
    assert pages_of(turn_page(two, "a", 1), "a")[1].turn == 90
    assert pages_of(turn_page(two, "a", 1, -90), "a")[1].turn == 270
    assert pages_of(turn_page(turn_page(two, "a", 1, 180), "a", 1, 180), "a")[1].turn == 0


@pytest.mark.parametrize("index", [-1, 2])
def test_a_page_that_is_not_there_is_an_error(two: Checklist, index: int) -> None:
    for call in (remove_page, turn_page):
        with pytest.raises(IndexError):
            call(two, "a", index)
    with pytest.raises(IndexError):
        move_page(two, "a", index, "b")
    with pytest.raises(IndexError):
        reorder(two, "a", index, 0)


def test_wrong_turns_and_rows_are_errors(two: Checklist) -> None:
    with pytest.raises(ValueError, match="quarters"):
        turn_page(two, "a", 0, 45)
    with pytest.raises(KeyError):
        set_way(two, "gone", Way.ECERT)
    with pytest.raises(KeyError):
        set_done(two, "gone")


@pytest.mark.parametrize(
    ("row", "material", "current", "state"),
    [
        (Row("m"), MUST, "", RowState.MISSING),
        (Row("m"), MUST, "m", RowState.MISSING),
        (Row("m", (page("1"),)), MUST, "", RowState.READY),
        (Row("m", (page("1"),)), MUST, "other", RowState.READY),
        (Row("m", (page("1"),)), MUST, "m", RowState.SCANNING),
        (Row("m", (page("1"),), done=True), MUST, "m", RowState.READY),
        (Row("m", way=Way.ECERT), MUST, "m", RowState.ECERT),
        (Row("m", (page("1"),), way=Way.ECERT), MUST, "m", RowState.ECERT),
        (Row("m", way=Way.DEFERRED), MUST, "m", RowState.DEFERRED),
        (Row("m"), MAY, "", RowState.NOT_NEEDED),
        (Row("m", way=Way.NOT_NEEDED), MAY, "", RowState.NOT_NEEDED),
        (Row("m", way=Way.NOT_NEEDED), MUST, "", RowState.MISSING),
        (Row("m", (page("1"),)), MAY, "", RowState.READY),
    ],
)
def test_row_states(row: Row, material: Material, current: str, state: RowState) -> None:
    assert row_state(row, material, current) is state


def test_only_optional_materials_may_be_skipped() -> None:
    assert may_skip(MAY)
    assert not may_skip(MUST)


@pytest.mark.parametrize(
    ("deferrable", "limit", "credit", "asked_on", "reason"),
    [
        (True, Limit(1, "working_day"), "good", None, ""),
        (True, Limit(1, "working_day"), "good", TODAY, ""),
        (True, Limit(1, "working_day"), "good", date(2026, 11, 23), "credit_unknown"),
        (True, Limit(1, "working_day"), "unknown", None, "credit_unknown"),
        (True, Limit(1, "working_day"), "bad", date(2026, 11, 23), "credit_bad"),
        (True, Limit(0, "on_the_spot"), "good", None, "on_the_spot"),
        (True, Limit(), "good", None, "on_the_spot"),
        (False, Limit(1, "working_day"), "good", None, "not_deferrable"),
    ],
)
def test_what_may_be_deferred(
    demo: Any, deferrable: bool, limit: Limit, credit: Any, asked_on: date | None, reason: str
) -> None:
    item = replace(demo.item("SC-MKT-001"), promised_limit=limit)
    material = replace(MUST, deferrable=deferrable)
    answer = may_defer(item, material, credit=credit, today=TODAY, asked_on=asked_on)
    assert answer == (not reason, reason)


def test_a_deferral_ends_no_later_than_the_promise(demo: Any) -> None:
    item = demo.item("SC-MKT-001")
    assert latest_due(item, datetime(2025, 11, 4, 10, 51), CALENDAR) == date(2025, 11, 5)  # noqa: DTZ001
    for limit in (Limit(0, "on_the_spot"), Limit()):
        with pytest.raises(ValueError, match="no time"):
            latest_due(replace(item, promised_limit=limit), datetime(2025, 11, 4), CALENDAR)  # noqa: DTZ001


@given(data=st.data())
def test_no_page_is_ever_lost_or_doubled_unless_it_is_removed(demo: Any, data: Any) -> None:
    item = demo.item("SC-MKT-001")
    ids = [m.id for m in item.materials] + [UNSORTED, "unknown"]
    checklist, there, answers = Checklist(), Counter[str](), dict[str, tuple[str, ...]]()
    for step in range(data.draw(st.integers(1, 25))):
        row = data.draw(st.sampled_from(ids))
        count = len(pages_of(checklist, row))
        act = data.draw(st.sampled_from(["add", "answer", "move", "turn", "reorder", "remove", "way"]))
        if act == "add":
            checklist = add_page(checklist, row, page(str(step)))
            there[str(step)] += 1
        elif act == "answer":
            question = data.draw(st.sampled_from(item.questions))
            answers[question.id] = (data.draw(st.sampled_from([o.value for o in question.options])),)
            checklist = sync(checklist, guide(item, answers))
        elif act == "way" and find_row(checklist, row):
            checklist = set_way(checklist, row, data.draw(st.sampled_from(list(Way))))
        elif count:
            index = data.draw(st.integers(0, count - 1))
            if act == "move":
                checklist = move_page(checklist, row, index, data.draw(st.sampled_from(ids)))
            elif act == "turn":
                checklist = turn_page(checklist, row, index)
            elif act == "reorder":
                checklist = reorder(checklist, row, index, data.draw(st.integers(-1, count + 1)))
            elif act == "remove":
                there[pages_of(checklist, row)[index].digest] -= 1
                checklist = remove_page(checklist, row, index)
        assert Counter(p.digest for p in all_pages(checklist)) == +there

    synced = sync(checklist, guide(item, answers))
    assert sync(synced, guide(item, answers)) == synced
    asked = {g.material.id for g in guide(item, answers).materials}
    assert all(not row.pages for row in synced.rows if row.material_id not in asked)
    assert len(missing(synced, guide(item, answers))) == counts(synced, guide(item, answers)).missing


@pytest.mark.parametrize(
    ("name", "ecert", "card"),
    [
        ("居民身份证", "居民身份证", True),
        ("代理人身份证", "居民身份证", True),
        ("买卖双方身份证明", "居民身份证", True),
        ("社会保障卡", None, True),
        ("原社会保障卡", None, True),
        ("银行账户信息（银行卡）", None, True),
        ("社会保障卡申领登记表", None, False),
        ("残疾人证申请表", None, False),
        ("自然人身份证明", None, False),
        ("居住证明（居住证或承诺书）", "居住证", False),
        ("营业执照", "营业执照", False),
    ],
)
def test_cards_are_known_by_their_certificate_or_name(name: str, ecert: str | None, card: bool) -> None:
    assert is_card(Material("m", 1, name, ecert_type=ecert)) is card


def test_a_page_has_a_cards_proportions_or_not() -> None:
    assert is_card_sized(PageRef("d", 1, width=1011, height=638))
    assert is_card_sized(PageRef("d", 1, width=638, height=1011))
    assert not is_card_sized(PageRef("d", 1, width=1654, height=2339))
    assert not is_card_sized(PageRef("d", 1, width=1011, height=638, parts=("x",)))
    assert not is_card_sized(PageRef("d", 1))


def test_a_page_is_found_by_its_key_through_every_change_and_by_its_digest(two: Checklist) -> None:
    kept = add_page(two, "b", PageRef("5", 1, id="own"))
    again = exchange_page(kept, "own", PageRef("6", 1, id="own"))
    assert find_page(again, "own") == find_page(again, "6") == ("b", 1)
    assert find_page(again, "5") is None
    assert exchange_page(again, "nowhere", PageRef("7", 1)) == again


def test_a_separator_that_is_put_into_a_row_is_a_page_of_it(two: Checklist) -> None:
    sheet = PageRef("s", 1, flags=("blank", SEPARATOR))
    assert add_page(two, UNSORTED, sheet).unsorted[-1].flags == ("blank", SEPARATOR)
    assert pages_of(add_page(two, "a", sheet), "a")[-1].flags == ("blank",)
