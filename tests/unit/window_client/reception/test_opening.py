from pathlib import Path

from tests.desk import NOW, Bench
from window_client.central import contract
from window_client.reception.opening import READ


def case(no: str, deferred: int = 0) -> contract.CaseSummary:
    names = ("SC-MKT-001", "食品经营许可", "CORRECTION", "张*")
    return contract.CaseSummary(no, no, "", *names, 12, "1203", "", "", "2026-11-25T17:00:00+08:00", deferred)


def test_a_line_is_opened_to_its_cases_and_closed_again(bench: Bench) -> None:
    bench.centre.answers["cases"] = contract.CaseList(1, (case("MY 1"),))
    bench.desk.open_item("correction")
    assert bench.state.opened is not None
    assert bench.state.opened.status == "asking"
    bench.settle()

    assert bench.state.opened.status == "ready"
    assert bench.state.opened.rows == (("MY 1", "张* · 食品经营许可", "2026-11-25T17:00:00+08:00"),)
    bench.desk.open_item("")
    assert bench.state.opened is None


def test_of_accepted_cases_only_those_with_something_deferred_are_listed(bench: Bench) -> None:
    bench.centre.answers["cases"] = contract.CaseList(2, (case("MY 1"), case("MY 2", deferred=1)))
    bench.desk.open_item("deferred")
    bench.settle()

    assert bench.state.opened is not None
    assert [row[0] for row in bench.state.opened.rows] == ["MY 2"]


def test_without_the_line_it_says_so(bench: Bench) -> None:
    bench.centre.down = True
    bench.desk.open_item("correction")
    bench.settle()

    assert bench.state.opened is not None
    assert bench.state.opened.status == "away"


def test_an_answer_to_a_line_that_was_closed_meanwhile_is_dropped(bench: Bench) -> None:
    bench.desk.open_item("correction")
    bench.desk.open_item("")
    bench.settle()
    assert bench.state.opened is None


def test_a_read_notice_stays_read_over_a_restart(tmp_path: Path) -> None:
    notice = ("今天下午两点停电", NOW.isoformat())
    with Bench(tmp_path) as bench:
        assert bench.state.today.notices == (notice,)
        assert bench.state.today.notices_read == frozenset()
        bench.desk.read_notice(*notice)
        assert bench.state.today.notices_read == {notice}
    with Bench(tmp_path) as again:
        assert again.state.today.notices_read == {notice}


def test_an_unknown_notice_is_not_kept(bench: Bench) -> None:
    bench.desk.read_notice("没有这一条", "")
    assert bench.store.cache.get(READ) is None


def test_a_notice_that_cannot_be_kept_is_read_for_now(bench: Bench) -> None:
    with bench.held_by_another():
        bench.desk.read_notice(*bench.state.today.notices[0])
    assert bench.state.today.notices_read
