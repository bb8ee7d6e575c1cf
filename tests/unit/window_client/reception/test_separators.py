import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_client.domain.material import UNSORTED
from window_client.reception.separators import NEXT, Batch, Move, material_of, separator_of, separator_text

ROWS = ("a", "b", "c", "d")


def scanned(batch: Batch, *sheets: str, late: bool = True) -> dict[str, str]:
    """Where the pages lie in the end. A sheet ``=x`` is a separator for x, ``+x`` a code page of x, ``_`` empty.

    ``late``: all codes are read after the last page came, as it is with a quick feeder.
    """
    where: dict[str, str] = {}
    for place, sheet in enumerate(sheets):
        where[str(place)] = batch.add(str(place), blank=sheet == "_")
        if not late:
            read(batch, place, sheet, where)
    if late:
        for place, sheet in enumerate(sheets):
            read(batch, place, sheet, where)
    return where


def read(batch: Batch, place: int, sheet: str, where: dict[str, str]) -> None:
    batch.read(str(place), sheet[1:] if sheet[0] == "=" else "", sheet[1:] if sheet[0] == "+" else "")
    for move in batch.route():
        assert where[move.key] == move.from_row
        where[move.key] = "separators" if move.separator else move.to_row


@pytest.mark.parametrize("late", [True, False])
def test_separators_part_a_batch_into_its_rows(late: bool) -> None:
    where = scanned(Batch("a", ROWS), "p", "=c", "p", "p", "=b", "p", late=late)
    assert list(where.values()) == ["a", "separators", "c", "c", "separators", "b"]


@pytest.mark.parametrize("late", [True, False])
def test_a_generic_separator_goes_to_the_next_row_that_wants_paper(late: bool) -> None:
    where = scanned(Batch("a", ROWS, frozenset({"b"})), "p", f"={NEXT}", "p", f"={NEXT}", "p", late=late)
    assert list(where.values()) == ["a", "separators", "c", "separators", "d"]


def test_behind_the_last_row_pages_are_unsorted() -> None:
    assert scanned(Batch("d", ROWS), "p", f"={NEXT}", "p")["2"] == UNSORTED


def test_a_batch_that_begins_with_no_row_begins_with_the_first_at_a_generic_separator() -> None:
    assert scanned(Batch(UNSORTED, ROWS), f"={NEXT}", "p")["1"] == "a"


def test_a_separator_for_a_material_that_this_case_does_not_have_leaves_its_pages_unsorted() -> None:
    assert scanned(Batch("a", ROWS), "=x", "p", "=b", "p")["1"] == UNSORTED


def test_a_code_page_takes_what_follows_with_it() -> None:
    where = scanned(Batch("a", ROWS), "p", "+c", "p", "+b", "p")
    assert list(where.values()) == ["a", "c", "c", "b", "b"]


def test_the_empty_back_of_a_separator_is_one_too_when_both_sides_are_scanned() -> None:
    both = scanned(Batch("a", ROWS, duplex=True), "p", "_", "=b", "_", "p", "_")
    assert list(both.values()) == ["a", "a", "separators", "separators", "b", "b"]
    one_side = scanned(Batch("a", ROWS), "p", "p", "=b", "_")
    assert one_side["3"] == "b", "an empty page of one side is a page"


@given(st.lists(st.sampled_from(["p", "_", "=a", "=b", "=x", f"={NEXT}", "+c", "+d"]), max_size=12), st.booleans())
def test_it_is_the_same_whenever_the_codes_are_read(sheets: list[str], duplex: bool) -> None:
    batches = [Batch("a", ROWS, duplex=duplex) for _ in range(2)]
    assert scanned(batches[0], *sheets, late=True) == scanned(batches[1], *sheets, late=False)


@given(st.lists(st.sampled_from(["p", "=a", "=b", f"={NEXT}"]), max_size=12))
def test_no_page_is_lost_and_separators_alone_are_kept_out(sheets: list[str]) -> None:
    where = scanned(Batch("a", ROWS), *sheets)
    assert len(where) == len(sheets)
    assert [one == "separators" for one in where.values()] == [sheet[0] == "=" for sheet in sheets]


def test_moves_are_told_once() -> None:
    batch = Batch("a", ROWS)
    batch.add("0", blank=False)
    batch.read("0", "b", "")
    assert batch.route() == [Move("0", "a", UNSORTED, separator=True)]
    assert batch.route() == []


def test_codes_of_separators_and_of_pages_are_told_apart() -> None:
    assert separator_of(["x", separator_text("a")]) == "a"
    assert separator_of([separator_text()]) == NEXT
    assert separator_of(["a", "https://forms.example/a"]) == ""
    assert material_of([separator_text("a")], ROWS) == ""
    for text in ("a", "https://forms.example/a", "material=a", "m:a"):
        assert material_of([text], ROWS) == "a"
    assert material_of(["nothing"], ROWS) == ""
