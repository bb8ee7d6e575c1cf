"""The machine's clock jumps, back a day or forward a year: what was promised stays, and work goes on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.desk import KEY, NOW, Bench
from window_client.clock import Clock
from window_client.domain.identifiers import case_no_valid, provisional_no_valid
from window_client.domain.visit import State, Step
from window_client.store.outbox import Message
from window_client.store.restore import restore
from window_client.store.store import Store


def one_more(bench: Bench) -> None:
    """A whole visit, until the window is idle again."""
    bench.up_to(Step.CONFIRM)
    bench.sign()
    bench.submit()
    bench.desk.finish()
    bench.settle()
    if bench.state.visit is not State.IDLE:
        bench.pass_time(60)


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=366)])
def test_a_jump_between_two_acceptances_mixes_nothing_up(tmp_path: Path, jump: timedelta) -> None:
    with Bench(tmp_path / "store") as bench:
        one_more(bench)
        bench.now = NOW + jump
        one_more(bench)
        second, first = bench.store.cases.recent()
        entries = bench.store.journal.entries(100)
        chain = bench.store.journal.verify()
        problems = bench.store.check()
        due = bench.store.outbox.due(datetime.now(UTC), 100)

    assert (first.accepted_at[:10], second.accepted_at[:10]) == (NOW.date().isoformat(), bench.now.date().isoformat())
    assert case_no_valid(first.case_no)
    assert provisional_no_valid(second.case_no), "serials of one day are never given out on another"
    assert first.promised_by > first.accepted_at
    assert second.promised_by > second.accepted_at
    assert [entry.seq for entry in entries] == sorted((entry.seq for entry in entries), reverse=True)
    assert chain.ok
    assert problems == []
    assert {m.case_id for m in due if m.kind == "case"} == {first.case_id, second.case_id}, "both go out at once"


def test_a_jump_within_a_visit_leaves_the_draft_and_the_acceptance_whole(tmp_path: Path) -> None:
    with Bench(tmp_path / "store") as bench:
        bench.up_to(Step.MATERIALS)
        bench.now = NOW - timedelta(days=1)
        bench.collect()
        bench.desk.next_step()
        bench.settle()
        bench.sign()
        bench.submit()
        (case,) = bench.store.cases.recent()
        assert bench.state.result is not None
        used = bench.state.result.used_seconds

    assert case.accepted_at.startswith("2026-11-23")
    assert provisional_no_valid(case.case_no)
    assert used <= 0 or used < 86_400 * 2


def test_after_a_jump_forward_nothing_that_is_not_delivered_is_purged(tmp_path: Path) -> None:
    with Bench(tmp_path / "store") as bench:
        one_more(bench)
        bench.up_to(Step.MATERIALS)
        pages = bench.store.pages.digests()
        purged = bench.store.purge(delivered_before=datetime.now(UTC) + timedelta(days=366))

        assert purged.cases == 0
        assert len(bench.store.cases.recent()) == 1
        assert bench.store.drafts.open_drafts()
        assert pages - bench.store.pages.digests() == set()


def test_a_restored_store_keeps_the_order_of_acceptance_whatever_the_clock_said(tmp_path: Path) -> None:
    with Bench(tmp_path / "store") as bench:
        one_more(bench)
        bench.now = NOW - timedelta(days=1)
        one_more(bench)
        before = [(case.case_no, case.accepted_at) for case in bench.store.cases.recent()]
    path = tmp_path / "store" / "store.db"
    content = bytearray(path.read_bytes())
    content[20] ^= 0xFF
    path.write_bytes(content)

    report = restore(tmp_path / "store", KEY)

    assert report.whole
    store = Store.open(tmp_path / "store", KEY)
    assert [(case.case_no, case.accepted_at) for case in store.cases.recent()] == before
    store.close()


def test_a_message_put_off_before_the_clock_was_set_back_does_not_wait_for_a_day(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store", KEY)
    now = datetime.now(UTC)
    store.outbox.put(Message("v1", "visit", b"{}"), now=now + timedelta(days=1))
    store.outbox.postpone("v1", now + timedelta(days=1, minutes=5), "timeout")
    store.outbox.put(Message("v2", "visit", b"{}"), now=now)
    store.outbox.postpone("v2", now + timedelta(minutes=5), "timeout")

    assert [message.id for message in store.outbox.due(now)] == ["v1"]
    assert [message.id for message in store.outbox.due(now + timedelta(minutes=6))] == ["v1", "v2"]
    store.close()


def test_the_centres_clock_puts_the_windows_time_right() -> None:
    wrong = Clock(lambda: -86_400.0)
    right = Clock(lambda: 0.0)

    assert timedelta(hours=23, minutes=59) < right() - wrong() < timedelta(hours=24, minutes=1)
    assert wrong().utcoffset() == timedelta(hours=8)
