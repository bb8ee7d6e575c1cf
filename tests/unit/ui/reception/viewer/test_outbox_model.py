from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.gui import scenes
from ui.reception.viewer import outbox_model
from ui.words import words
from window_client.reception.state import NetworkView, OutboxCase, OutboxView

AT = datetime(2025, 11, 4, 2, 33, tzinfo=UTC)


def test_the_outbox_says_number_and_size_and_puts_what_was_refused_first() -> None:
    face = outbox_model.outbox(scenes.set_aside())
    assert face.lines[0].tone == "bad"
    assert face.lines[0].state == "中心没有收：受理号已被占用"
    assert outbox_model.outbox(scenes.offline()).title == "3 件共 7.3 MB，已加密存本机"
    assert {line.tone for line in outbox_model.outbox(scenes.offline()).lines} == {"warn"}


def test_times_from_the_store_are_shown_in_the_window_s_zone() -> None:
    state = scenes.offline()
    stored = replace(state.outbox.rows[0], created_at=datetime(2025, 11, 4, 2, 33, tzinfo=UTC))
    assert outbox_model.outbox(replace(state, outbox=OutboxView(1, 0, (stored,)))).lines[0].time == "10:33"


def test_an_unknown_reason_is_still_a_sentence() -> None:
    state = scenes.set_aside()
    odd = replace(state.outbox.rows[3], reason="something_new")
    face = outbox_model.outbox(replace(state, outbox=OutboxView(0, 1, (odd,))))
    assert face.lines[0].state == "中心没有收：请联系管理员"


def test_an_empty_outbox_has_nothing_to_retry() -> None:
    face = outbox_model.outbox(scenes.idle())
    assert not face.may_retry
    assert face.lines == ()


def case(number: int, **changes: object) -> OutboxCase:
    made = OutboxCase(
        f"id-{number}", "510799202511040000231" + str(number), "陈* · 社会保障卡申领", 2_100_000, AT, 11, 0, 0
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_case_is_one_line_with_who_and_what_and_its_whole_size() -> None:
    state = scenes.offline()
    box = OutboxView(33, 0, cases=3, size=6_300_000, listed=(case(1), case(2), case(3)))
    face = outbox_model.outbox(replace(state, outbox=box))

    assert face.title == "3 件共 6.3 MB，已加密存本机"
    assert len(face.lines) == 3
    line = face.lines[0]
    assert (line.kind, line.time, line.size) == ("陈* · 社会保障卡申领", "10:33", "2.1 MB")
    assert line.state == words("outbox.waiting")
    assert line.retry == ""


def test_what_was_set_aside_stands_first_says_what_to_do_and_can_be_sent_again_alone() -> None:
    aside = case(2, set_aside=1, kind="case", reason="no_such_item")
    box = OutboxView(22, 1, cases=2, size=9, listed=(case(1), aside))
    face = outbox_model.outbox(replace(scenes.offline(), network=NetworkView(online=True), outbox=box))

    assert face.lines[0].retry == "id-2"
    assert "事项已停用" in face.lines[0].state
    assert face.lines[0].advice == words("outbox.do.no_such_item")
    assert face.lines[1].tone == "accent"


def test_what_is_not_listed_is_counted() -> None:
    box = OutboxView(10_000, 0, cases=10_000, size=9, listed=(case(1),))
    assert outbox_model.outbox(replace(scenes.offline(), outbox=box)).more == words("outbox.more", n=9_999)


def test_the_head_says_how_many_more_fit_and_counts_down_to_the_next_try() -> None:
    box = OutboxView(1, 0, cases=1, size=9, listed=(case(1),), room=2_043, next_try=AT + timedelta(seconds=18))
    face = outbox_model.outbox(replace(scenes.offline(), outbox=box))

    assert outbox_model.note(face, AT) == "断电不丢 · 可存 2000 件 · 下次重试 18 秒后"
    assert outbox_model.note(face, AT + timedelta(seconds=30)).endswith("正在重试")
    online = outbox_model.outbox(replace(scenes.offline(), network=NetworkView(online=True), outbox=box))
    assert outbox_model.note(online, AT) == "断电不丢 · 可存 2000 件"
    assert outbox_model.note(outbox_model.outbox(scenes.idle()), AT) == words("outbox.empty.note")


def test_a_local_number_is_shown_short() -> None:
    box = OutboxView(1, 0, cases=1, size=9, listed=(case(1, case_no="L-12-20251104-0031-5"),))
    assert outbox_model.outbox(replace(scenes.offline(), outbox=box)).lines[0].title == "本机 12-0031"
