"""The device page's model, from states like the pictures'."""

from dataclasses import replace

import pytest

from drivers import catalogue
from drivers.errors import CODES
from tests.gui import scenes
from ui.reception.viewer import device_model, model
from ui.reception.viewer.device_model import Deed
from ui.words import words
from window_client.domain.visit import State, Step
from window_client.reception.state import DeviceView, PrintState, ReceptionState, Tried, TriedState, WaitingPrint
from window_client.reception.trying import CAN_BE_TRIED

KINDS = (*catalogue.KINDS, "applicant_screen")


@pytest.fixture(autouse=True)
def every_text_is_there() -> None:
    words.strict = True


def ids(tabs: model.Tabs) -> list[str]:
    return [tab.id for tab in tabs.tabs]


def with_device(state: ReceptionState, kind: str, what: str, code: str = "", **facts: str) -> ReceptionState:
    """The state with one device in another condition, whose id is its kind."""
    others = tuple(row for row in state.devices if row.kind != kind)
    return replace(state, devices=(*others, DeviceView(kind, kind, what, code, emulated=False, facts=facts)))


def test_out_of_paper_asks_for_the_device_page_with_three_drawn_steps_and_the_waiting_receipt() -> None:
    state = scenes.printer_out_of_paper()
    assert model.tabs(state).wanted == model.DEVICE
    face = device_model.device(state)
    assert face.lamp == "bad"
    assert face.headline == "回执打印机缺纸"
    assert face.drawn == ("open", "roll", "close")
    assert len(face.steps) == 3
    assert face.waiting == (("回执 · MY 20251104 0236", "李*"),)
    assert face.repair == Deed("print_again", "已装纸，打印", "F12", "printer")


@pytest.mark.parametrize("code", sorted(CODES))
@pytest.mark.parametrize("kind", KINDS)
def test_every_code_of_every_device_has_words_and_a_drawing_for_each_step(kind: str, code: str) -> None:
    face = device_model.device(with_device(scenes.idle(), kind, "fault", code))
    assert face.headline
    assert face.note
    assert 1 <= len(face.steps) <= 3
    assert len(face.drawn) == len(face.steps)
    assert face.check == Deed("check", "检测", "", "recall")


def test_the_printer_comes_first_among_faults_and_a_fault_before_what_is_away() -> None:
    devices = (
        DeviceView("s", "scanner", "offline", "absent", emulated=False),
        DeviceView("i", "id_card", "fault", "occupied", emulated=False),
        DeviceView("p", "printer", "fault", "cover_open", emulated=True),
    )
    face = device_model.device(replace(scenes.idle(), devices=devices))
    assert face.headline == "回执打印机盖没合上"
    assert face.emulated
    assert [(line.id, line.lamp) for line in face.lines] == [("s", "warn"), ("i", "bad"), ("p", "bad")]


def test_the_clerk_may_choose_another_device_than_the_one_in_trouble() -> None:
    state = scenes.printer_out_of_paper()
    scanner = next(row.id for row in state.devices if row.kind == "scanner")

    face = device_model.device(state, scanner)

    assert (face.shown, face.headline, face.steps, face.waiting) == (scanner, "扫描仪正常", (), ())
    assert device_model.device(state, "unplugged since").headline == "回执打印机缺纸"


def test_an_empty_feeder_is_no_trouble() -> None:
    scanner = DeviceView("s", "scanner", "ready", "no_documents", emulated=False)
    assert device_model.device_word(scanner) == words("device.state.ready")
    assert "device" not in ids(model.tabs(replace(scenes.idle(), devices=(scanner,))))


def test_paper_near_its_end_is_amber_and_not_a_fault() -> None:
    printer = DeviceView("p", "printer", "ready", "paper_near_end", emulated=False)
    assert device_model.lamp_of(printer) == "warn"
    assert "device" in ids(model.tabs(replace(scenes.idle(), devices=(printer,))))
    assert device_model.device(replace(scenes.idle(), devices=(printer,))).steps


def test_all_well_says_so_and_offers_nothing_until_a_device_is_chosen() -> None:
    face = device_model.device(scenes.idle())
    assert (face.lamp, face.headline) == ("ok", "设备都正常")
    assert (face.repair, face.check, face.test) == (None, None, None)


def test_facts_are_said_in_words_and_speed_only_at_the_top() -> None:
    state = with_device(scenes.idle(), "printer", "ready", paper="near_end", width="48", answer_ms="12", odd="x")
    face = device_model.device(state, "printer")
    assert face.facts == "纸快用完 · 热敏 80 mm · 答复 12 毫秒"
    assert next(line.facts for line in face.lines if line.id == "printer") == "纸快用完 · 热敏 80 mm"


@pytest.mark.parametrize(
    ("kind", "what", "text"),
    [
        ("printer", "ready", "打测试条"),
        ("display", "ready", "显示 88888"),
        ("camera", "busy", "取一帧"),
        ("id_card", "ready", "试读一张卡"),
        ("scanner", "ready", ""),
        ("applicant_screen", "ready", ""),
        ("printer", "fault", ""),
    ],
)
def test_only_what_can_be_tried_without_harm_is_offered(kind: str, what: str, text: str) -> None:
    face = device_model.device(with_device(scenes.idle(), kind, what), kind)
    assert (face.test.text if face.test else "") == text
    assert bool(face.hint) == bool(text)


@pytest.mark.parametrize(
    ("kind", "step", "act"),
    [
        ("id_card", Step.IDENTITY, "read_card"),
        ("id_card", Step.FORM, ""),
        ("scanner", Step.MATERIALS, "feed"),
        ("scanner", Step.FORM, ""),
        ("camera", Step.MATERIALS, ""),
    ],
)
def test_the_deed_that_failed_is_offered_where_it_does_something(kind: str, step: Step, act: str) -> None:
    face = device_model.device(with_device(scenes.serving(step), kind, "fault", "garbled"), kind)
    assert (face.repair.act if face.repair else "") == act


def test_an_idle_window_prints_what_was_left_over_and_a_doubtful_one_is_asked_about_first() -> None:
    left = (WaitingPrint("5107002025110400002367", 0, "failed_before", "李*"),)
    idle = with_device(replace(scenes.idle(), waiting_prints=left), "printer", "ready")
    face = device_model.device(idle, "printer")
    assert face.repair is not None
    assert face.waiting == (("回执 · 510700 20251104 0000236 7", "李*"),)
    doubtful = replace(left[0], state="unknown", copy=1)
    unknown = replace(scenes.accepted(PrintState.UNKNOWN), waiting_prints=(doubtful,))
    face = device_model.device(with_device(unknown, "printer", "ready"), "printer")
    assert face.repair is None
    assert face.waiting[0][0] == "回执 · 510700 20251104 0000236 7 · 打没打出要看一下 · 补打 1"


def tried(state: TriedState, deed: str = "test", kind: str = "printer", code: str = "", **facts: str) -> Tried:
    return Tried(kind, kind, deed, state, code, facts, scenes.at(10, 52))


@pytest.mark.parametrize(
    ("done", "text", "tone"),
    [
        (tried(TriedState.RUNNING), "正在打测试条", "ink-2"),
        (tried(TriedState.DONE, end="confirmed"), "10:52 测试条已打出", "ok"),
        (tried(TriedState.DONE, end="sent"), "10:52 测试条已送打印机，请看有没有出来", "ok"),
        (tried(TriedState.FAILED, code="cover_open"), "10:52 测试条没有打出：盖没合上", "bad"),
        (tried(TriedState.DONE, "check"), "10:52 检测：正常", "ok"),
        (tried(TriedState.DONE, kind="id_card", card="resident"), "", ""),
    ],
)
def test_what_came_of_a_deed_is_said_under_its_button(done: Tried, text: str, tone: str) -> None:
    state = replace(with_device(scenes.idle(), "printer", "ready"), tried=done)
    face = device_model.device(state, "printer")
    assert (face.tried, face.tried_tone) == (text, tone)
    assert face.may_test is (done.state is not TriedState.RUNNING)


@pytest.mark.parametrize("kind", ["id_card", "camera", "display"])
def test_every_try_has_words_for_each_end(kind: str) -> None:
    for end in TriedState:
        state = replace(with_device(scenes.idle(), kind, "ready"), tried=tried(end, kind=kind, code="timeout"))
        assert device_model.device(state, kind).tried


def test_the_headline_has_a_space_in_english() -> None:
    words.language = "en"
    try:
        assert device_model.device(scenes.printer_out_of_paper()).headline == "Receipt printer: out of paper"
    finally:
        words.language = "zh"


def test_an_idle_visit_offers_no_deed_of_a_visit() -> None:
    state = with_device(scenes.idle(), "id_card", "fault", "garbled")
    assert state.visit is State.IDLE
    assert device_model.device(state).repair is None


def test_a_spare_printer_says_that_it_stands_by_and_may_take_over_by_the_clerks_word_only() -> None:
    state = scenes.idle()
    first = DeviceView("first", "printer", "fault", "paper_out", emulated=False, place=1)
    second = DeviceView("second", "printer", "ready", "", emulated=False, place=2, spare=True)
    state = replace(state, devices=(first, second))

    face = device_model.device(state)
    assert (face.shown, face.prefer) == ("first", None)
    assert [(line.name, line.word) for line in face.lines] == [("回执打印机", "缺纸"), ("回执打印机 2", "备用")]

    spare = device_model.device(state, "second")
    assert spare.prefer == Deed("prefer", "改用这台", icon="printer")
    assert spare.hint == "备用：回执不会自己换到这台，按“改用这台”才换"
    assert spare.headline == "回执打印机 2 备用"

    gone = replace(second, state="offline", code="absent")
    assert device_model.device(replace(state, devices=(first, gone)), "second").prefer is None


def test_a_spare_device_in_trouble_is_no_alarm() -> None:
    spare = DeviceView("b", "id_card", "fault", "occupied", emulated=False, place=2, spare=True)
    assert device_model.lamp_of(spare) == "warn"
    assert device_model.lamp_of(replace(spare, spare=False)) == "bad"
    used = DeviceView("a", "scanner", "offline", "absent", emulated=False)
    assert device_model.worst((spare, used)) is used


def test_the_page_names_the_program_that_holds_the_port() -> None:
    state = with_device(scenes.idle(), "id_card", "fault", "occupied", holder="minicom")
    face = device_model.device(state, "id_card")
    assert face.headline == "身份证读卡器被其他程序占用"
    assert face.facts == "占用的程序：minicom"
    ours = device_model.device(with_device(scenes.idle(), "id_card", "fault", "occupied", holder="self"), "id_card")
    assert ours.facts == "本程序的另一台设备占用着这个口"


@pytest.mark.parametrize("kind", sorted(CAN_BE_TRIED))
@pytest.mark.parametrize("how", list(TriedState))
def test_every_try_has_words(kind: str, how: TriedState) -> None:
    state = with_device(scenes.idle(), kind, "ready")
    tried = Tried(kind, kind, "test", how, code="timeout", at=scenes.at(10, 52))
    face = device_model.device(replace(state, tried=tried), kind)
    assert face.test is not None
    assert face.hint
    assert face.tried
