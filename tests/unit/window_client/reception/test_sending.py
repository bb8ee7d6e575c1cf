from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desk import NOW, Bench
from window_client.domain.identifiers import grouped, make_case_no
from window_client.domain.visit import Step
from window_client.store.outbox import Message


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path / "store") as made:
        yield made


def accept(bench: Bench) -> str:
    bench.up_to(Step.SUBMIT)
    bench.submit()
    return bench.state.draft.case_id if bench.state.draft else ""


def deliver(bench: Bench, *, keep: int = 0) -> None:
    for row in bench.store.outbox.list()[keep:]:
        bench.store.outbox.delivered(row.id)
    bench.desk.outbox_changed()


def test_an_accepted_case_is_one_line_with_all_its_bytes(bench: Bench) -> None:
    case_id = accept(bench)
    box = bench.state.outbox

    assert (box.cases, box.count, len(box.listed)) == (1, 1, 1)
    assert box.listed[0].id == case_id
    assert box.listed[0].about == "李* · 个体工商户设立登记"
    assert box.listed[0].messages == box.waiting
    assert box.listed[0].size == box.size > 0
    assert box.room > 0


def test_the_return_of_the_line_is_told_once_when_everything_has_gone(bench: Bench) -> None:
    bench.desk.network_changed(online=False, latency_ms=None, offset_s=0.0)
    accept(bench)
    bench.desk.network_changed(online=True, latency_ms=20, offset_s=0.0)
    assert "net.back_sent" not in bench.said

    deliver(bench, keep=1)
    assert "net.back_sent" not in bench.said
    deliver(bench)

    assert bench.state.say is not None
    assert (bench.state.say.code, bench.state.say.args) == ("net.back_sent", {"n": "1"})
    before = bench.state.say.seq
    bench.desk.network_changed(online=True, latency_ms=21, offset_s=0.0)
    bench.desk.outbox_changed()
    assert bench.state.say.seq == before


def test_what_went_before_the_feed_heard_of_the_line_is_told_too(bench: Bench) -> None:
    bench.desk.network_changed(online=False, latency_ms=None, offset_s=0.0)
    accept(bench)
    deliver(bench)
    bench.desk.network_changed(online=True, latency_ms=20, offset_s=0.0)

    assert bench.state.say is not None
    assert (bench.state.say.code, bench.state.say.args) == ("net.back_sent", {"n": "1"})


def test_a_line_that_returns_with_nothing_waiting_says_nothing(bench: Bench) -> None:
    bench.desk.network_changed(online=False, latency_ms=None, offset_s=0.0)
    bench.desk.network_changed(online=True, latency_ms=20, offset_s=0.0)

    assert bench.state.say is None


def test_what_was_not_taken_is_told_with_the_rest_and_can_be_sent_again_by_itself(bench: Bench) -> None:
    bench.desk.network_changed(online=False, latency_ms=None, offset_s=0.0)
    case_id = accept(bench)
    bench.store.outbox.put(Message("lost", "visit", b"{}"), now=NOW)
    bench.store.outbox.set_aside("lost", "bad_time")
    bench.store.outbox.set_aside(case_id, "no_such_item")
    bench.desk.network_changed(online=True, latency_ms=20, offset_s=0.0)
    for row in bench.store.outbox.list():
        if row.state == "waiting":
            bench.store.outbox.delivered(row.id)
    bench.desk.outbox_changed()

    assert bench.state.say is not None
    assert (bench.state.say.code, bench.state.say.args) == ("net.back_some", {"n": "0", "aside": "2"})
    assert (bench.state.outbox.listed[0].kind, bench.state.outbox.listed[0].reason) == ("case", "no_such_item")

    bench.desk.retry_set_aside(case_id)
    assert (bench.state.outbox.waiting, bench.state.outbox.set_aside) == (1, 1)
    bench.desk.retry_set_aside("lost")
    assert (bench.state.outbox.waiting, bench.state.outbox.set_aside) == (2, 0)


def test_ctrl_r_sends_everything_again(bench: Bench) -> None:
    case_id = accept(bench)
    bench.store.outbox.set_aside(case_id, "fault")
    later = bench.store.outbox.list()[-1].id
    bench.store.outbox.postpone(later, NOW + timedelta(hours=1), "http_503")
    waiting = bench.state.outbox.waiting

    bench.desk.retry_outbox()

    assert (bench.state.outbox.waiting, bench.state.outbox.set_aside) == (waiting, 0)
    assert len(bench.store.outbox.due(bench.now, limit=100)) == waiting


def test_a_local_number_is_exchanged_on_the_screen_and_both_stand_on_a_copy(tmp_path: Path) -> None:
    with Bench(tmp_path / "store", serials=0) as bench:
        case_id = accept(bench)
        final = make_case_no("510799", NOW.date(), 1)
        assert bench.state.result is not None
        local = bench.state.result.case_no
        assert bench.store.cases.mark_delivered(case_id, "", "ACCEPTED", bench.now.isoformat(), final_no=final)
        bench.desk.outbox_changed()

        assert (bench.state.result.case_no, bench.state.result.final_no) == (local, final)
        assert bench.state.say is not None
        assert bench.state.say.code == "case.final_no"
        assert bench.desk.copy_case_no() == final
        bench.desk.print_again()
        bench.until(lambda: len(bench.printer.printed) == 2, "a copy")
        printed = str(bench.printer.printed[-1])
        assert grouped(final) in printed
        assert "本机 12-0001" in printed
