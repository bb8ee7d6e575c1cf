from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import NOW, Bench
from window_client.central import contract
from window_client.reception.state import CaseConflict

CASE = contract.CaseConflicts(
    "id-1",
    "5107992026112400000012",
    "个体工商户设立登记",
    "李*",
    NOW.isoformat(),
    (
        contract.Conflict("ticket", "C077", ours="12", theirs="13"),
        contract.Conflict("field", "capital", "资金数额", "Capital", "1.00", "2.00"),
    ),
)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path / "store") as made:
        made.centre.answers["conflicts"] = contract.ConflictList((CASE,))
        yield made


def test_a_conflict_is_said_and_the_open_items_are_asked_again(bench: Bench) -> None:
    asked = len(bench.centre.of("today"))
    bench.desk.conflict_found(CASE.case_no, 2)

    assert bench.state.say is not None
    assert (bench.state.say.code, bench.state.say.args["n"]) == ("conflict.found", "2")
    bench.settle()
    assert len(bench.centre.of("today")) == asked + 1


def test_conflicts_are_listed_one_by_one(bench: Bench) -> None:
    bench.desk.open_item("conflict")
    assert bench.state.opened is not None
    assert bench.state.opened.status == "asking"
    bench.settle()

    assert bench.state.opened.conflicts == (
        CaseConflict(CASE.case_no, "李* · 个体工商户设立登记", "ticket", "", "", "12", "13"),
        CaseConflict(CASE.case_no, "李* · 个体工商户设立登记", "field", "资金数额", "Capital", "1.00", "2.00"),
    )


def test_those_that_are_listed_are_settled_together(bench: Bench) -> None:
    bench.desk.settle_conflicts()
    assert bench.centre.of("seen") == []
    bench.desk.open_item("conflict")
    bench.settle()
    bench.centre.answers["seen"] = contract.Done()
    bench.desk.settle_conflicts()
    bench.settle()

    assert len(bench.centre.of("seen")) == 1
    assert bench.state.opened is None
    assert bench.state.say is not None
    assert bench.state.say.code == "conflict.settled"


def test_without_the_line_the_list_says_so(bench: Bench) -> None:
    bench.centre.down = True
    bench.desk.open_item("conflict")
    bench.settle()

    assert bench.state.opened is not None
    assert bench.state.opened.status == "away"
    bench.desk.settle_conflicts()
    assert bench.state.opened.status == "away"
