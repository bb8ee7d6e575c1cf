"""The status bar."""

from dataclasses import replace

from drivers import catalogue
from tests.gui import gallery_reception as demo
from ui.reception.status.model import status_bar
from window_client.reception.state import DeviceView, OutboxView

NOW = demo.at("10:42")


def test_devices_stand_in_the_order_of_the_pictures_and_are_quiet_when_well() -> None:
    pills = status_bar(demo.materials_state(), NOW).pills
    assert [pill.name for pill in pills] == ["读卡器", "扫描仪", "高拍仪", "回执打印机", "对客屏", "窗口屏"]
    assert {(pill.level, pill.reason, pill.key) for pill in pills} == {("ok", "", "")}


def test_only_what_needs_care_has_a_reason_and_a_key() -> None:
    pill = next(pill for pill in status_bar(demo.fault_state(), NOW).pills if pill.id == "printer")
    assert (pill.level, pill.reason, pill.key) == ("bad", "缺纸", "Alt+D")


def test_states_and_emulation_are_told() -> None:
    devices = (
        DeviceView("r", "id_card", "connecting", "", emulated=True),
        DeviceView("s", "scanner", "offline", "absent", emulated=False),
        DeviceView("p", "printer", "ready", "paper_near_end", emulated=False),
        DeviceView("c", "camera", "disabled", "", emulated=False),
    )
    shown = status_bar(replace(demo.materials_state(), devices=devices), NOW)
    assert [(pill.level, pill.reason, pill.mark) for pill in shown.pills] == [
        ("off", "连接中", "模拟"),
        ("warn", "没有找到", ""),
        ("warn", "纸将尽", ""),
    ]


def test_the_line_down_counts_its_minutes_and_the_outbox_gets_its_key() -> None:
    shown = status_bar(demo.offline_state(), NOW)
    assert (shown.network.name, shown.network.level) == ("网络中断 11 分", "warn")
    assert (shown.outbox.name, shown.outbox.level, shown.outbox.key) == ("待发 3", "warn", "Ctrl+O")


def test_what_the_centre_would_not_take_is_red() -> None:
    shown = status_bar(replace(demo.materials_state(), outbox=OutboxView(0, 1)), NOW)
    assert shown.outbox.level == "bad"


def test_the_right_end_says_when_the_work_was_saved() -> None:
    assert status_bar(demo.materials_state(), NOW).saved == "草稿已存本机 10:42"
    assert status_bar(demo.accepted_state(), NOW).saved == "受理号已入库 10:51"
    assert status_bar(demo.idle_state(), NOW).saved == "没有未存的内容"


def test_a_port_that_another_program_holds_is_said_with_that_programs_name() -> None:
    held = DeviceView("r", "id_card", "fault", "occupied", emulated=False, facts={"holder": "minicom"})
    unknown = replace(held, facts={})
    ours = replace(held, facts={"holder": "self"})
    pills = [status_bar(replace(demo.materials_state(), devices=(row,)), NOW).pills[0] for row in (held, unknown, ours)]
    assert [pill.reason for pill in pills] == [
        "被其他程序占用（minicom）",
        "被其他程序占用",
        "被本程序的另一台设备占用",
    ]
    assert {(pill.level, pill.key) for pill in pills} == {("bad", "Alt+D")}


def test_every_kind_has_a_pill_in_its_place_and_the_second_of_a_kind_its_number() -> None:
    devices = [DeviceView(kind, kind, "ready", "", emulated=False) for kind in reversed(catalogue.KINDS)]
    devices.append(DeviceView("two", "printer", "fault", "paper_out", emulated=False, place=2, spare=True))
    pills = status_bar(replace(demo.materials_state(), devices=tuple(devices)), NOW).pills
    assert [pill.name for pill in pills] == [
        *("读卡器", "扫描仪", "高拍仪", "回执打印机", "回执打印机 2", "A4 打印机"),
        *("窗口屏", "音箱", "扫码枪", "社保卡", "评价器"),
    ]
    assert pills[4].level == "warn", "a spare one is no alarm"
