"""One look at one device says what a person must know, and never raises."""

from pathlib import Path

from drivers.contracts import DeviceConfig
from drivers.emulators.process import EmulatorProcess
from window_client.device_check import DeviceLine, check


def test_a_printer_that_is_well_says_how_it_is_and_without_paper_what_it_lacks() -> None:
    with EmulatorProcess("printer") as printer:
        config = DeviceConfig("printer", "printer", "escpos", printer.url)
        well = check(config)
        printer.set_fault("paper_out")
        ill = check(config)
    assert (well.well, well.facts["paper"]) == (True, "ok")
    assert well.words.startswith("ready paper ok")
    assert (ill.well, ill.code) == (False, "paper_out")


def test_a_camera_is_well_once_it_shows_something() -> None:
    with EmulatorProcess("camera") as camera:
        config = DeviceConfig("camera", "camera", "mjpeg_http", camera.url)
        assert check(config).well
        camera.set_fault("gone")
        assert not check(config).well


def test_what_is_not_there_and_what_has_no_driver_is_a_line_too(tmp_path: Path) -> None:
    away = check(DeviceConfig("reader", "id_card", "sam_v_serial", f"serial://{tmp_path}/none"))
    assert (away.well, away.code) == (False, "absent")
    assert away.words == f"absent (FileNotFoundError: {tmp_path}/none)"
    assert check(DeviceConfig("x", "display", "no-such", "serial:///x")).code == "unsupported"
    assert DeviceLine("x", well=False, code="", facts={"a": "b"}).words == "offline a b"


def test_an_option_that_no_driver_can_use_is_a_line_too() -> None:
    odd = DeviceConfig("printer", "printer", "escpos", "socket://127.0.0.1:9", options={"confirm_within": "soon"})
    assert check(odd).code == "unsupported"
    assert "soon" in check(odd).words
    too_fast = DeviceConfig("printer", "printer", "escpos", "serial:///dev/null?baud=fast")
    assert check(too_fast).code == "unsupported"
    assert check(DeviceConfig("reader", "id_card", "sam_v_serial", f"socket://{'a' * 70}:9")).code == "unsupported"


def test_a_template_that_cannot_work_is_told_with_its_file_and_the_reason(tmp_path: Path) -> None:
    (tmp_path / "pad.toml").write_text("[keys]\n", "utf-8")
    options: dict[str, str | int | float | bool] = {"template": str(tmp_path / "pad.toml")}
    line = check(DeviceConfig("pad", "rating", "template", f"serial://{tmp_path}/none", options=options))
    assert line.code == "template_wrong"
    assert "pad.toml: " in line.words
