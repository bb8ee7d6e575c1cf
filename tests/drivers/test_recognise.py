"""Devices behind real ports are recognised by what they answer."""

import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import cast

import pytest

from drivers import catalogue
from drivers.contracts import DeviceConfig, Scanner, ScanSettings, ScanSource
from drivers.emulators.process import EmulatorProcess
from drivers.recognise.found import Certainty, Found, Why
from drivers.recognise.places import Machine
from drivers.recognise.search import Progress, search

Emulate = Callable[..., EmulatorProcess]


def found_in(machine: Machine, *typed: str, cancel: Event | None = None) -> dict[str, Found]:
    found: dict[str, Found] = {}
    search(machine, typed=typed, cancel=cancel or Event(), tell=lambda row: found.update({row.place: row}))
    return found


def ports(folder: Path) -> Machine:
    return Machine(folder, (f"{folder}/port-*",), own_ports=False, services=False, network=False)


def test_reader_printer_and_display_on_serial_ports_are_told_apart(emulate: Emulate, tmp_path: Path) -> None:
    emulate("id_card", "--link", str(tmp_path / "port-reader"), "--baud", "57600")
    printer = emulate("printer", "--link", str(tmp_path / "port-printer"))
    display = emulate("display", "--link", str(tmp_path / "port-display"))

    found = found_in(ports(tmp_path))

    reader = found["port-reader"]
    assert (reader.kind, reader.driver, reader.certainty) == ("id_card", "sam_v_serial", Certainty.ANSWERED)
    assert reader.url == f"serial://{tmp_path}/port-reader?baud=57600"
    assert reader.facts["serial"].startswith("05.")
    assert found["port-printer"].kind == "printer"
    assert found["port-printer"].facts["paper"] == "ok"
    assert (found["port-display"].kind, found["port-display"].why) == ("", Why.SILENT)
    assert b"".join(printer.request("GET", "/text").split()) == b"", "the questions left something on the paper"
    assert display.state()["fault"] is None


def test_a_port_that_another_program_holds_is_told_and_not_taken(emulate: Emulate, tmp_path: Path) -> None:
    import serial

    emulate("id_card", "--link", str(tmp_path / "port-reader"))
    with serial.Serial(str(tmp_path / "port-reader"), exclusive=True):
        assert found_in(ports(tmp_path))["port-reader"].why is Why.OCCUPIED


def test_network_devices_are_recognised_at_the_address_that_is_typed(emulate: Emulate, tmp_path: Path) -> None:
    printer, scanner, camera = emulate("printer"), emulate("scanner"), emulate("camera")
    reader = emulate("id_card", "--tcp")
    scanner_place = scanner.url.partition("://")[2].partition("/")[0]

    found = found_in(
        ports(tmp_path),
        printer.url,
        scanner_place,
        camera.url,
        reader.url,
        "socket://127.0.0.1:9",
        "http://127.0.0.1:9",
    )

    by_kind = {row.kind: row for row in found.values() if row.kind}
    assert by_kind.keys() == {"printer", "scanner", "camera", "id_card"}
    assert {kind: row.url for kind, row in by_kind.items()} == {
        "printer": printer.url,
        "scanner": scanner.url,
        "camera": camera.url,
        "id_card": reader.url,
    }
    assert by_kind["scanner"].facts["model"]
    assert found["127.0.0.1:9"].why is Why.NOT_THERE
    assert b"".join(printer.request("GET", "/text").split()) == b""


def test_a_silent_printer_gets_nothing_on_its_paper(emulate: Emulate, tmp_path: Path) -> None:
    printer = emulate("printer", "--link", str(tmp_path / "port-printer"), "--fault", "silent")
    assert found_in(ports(tmp_path))["port-printer"].why is Why.SILENT
    assert b"".join(printer.request("GET", "/text").split()) == b"", "a printer that says nothing printed the questions"


def test_the_search_tells_how_far_it_is_and_ends_when_it_is_called_off(emulate: Emulate, tmp_path: Path) -> None:
    emulate("display", "--link", str(tmp_path / "port-display"))
    cancel, steps = Event(), []

    def progress(now: Progress) -> None:
        steps.append((now.done, now.of, dict(now.now)))
        if now.now.get("port-display"):
            cancel.set()

    found: list[Found] = []
    search(ports(tmp_path), cancel=cancel, tell=found.append, progress=progress)

    assert any(
        asked == {"port-display": "escpos"} | {k: v for k, v in asked.items() if k != "port-display"}
        for *_, asked in steps
    )
    assert [row.place for row in found if row.place == "port-display"] == []
    assert steps[0][1] >= 1


def test_numeric_and_text_displays_are_recognised_on_their_lines(emulate: Emulate, tmp_path: Path) -> None:
    emulate("display", "--model", "modbus", "--link", str(tmp_path / "port-led"), "--baud", "9600")
    emulate("display", "--model", "onbon", "--link", str(tmp_path / "port-text"), "--baud", "57600")
    network = emulate("display", "--model", "onbon", "--tcp")

    found = found_in(ports(tmp_path), network.url)

    assert (found["port-led"].kind, found["port-led"].driver) == ("display", "modbus_led")
    assert (found["port-text"].kind, found["port-text"].driver) == ("display", "onbon_bx")
    assert found["port-text"].url.endswith("?baud=57600")
    assert found[network.url.partition("://")[2]].driver == "onbon_bx"


def test_a_printer_of_documents_is_recognised_at_its_address(emulate: Emulate, tmp_path: Path) -> None:
    printer = emulate("document_printer")
    (found,) = found_in(ports(tmp_path), printer.url).values()
    assert (found.kind, found.driver, found.url) == ("document_printer", "ipp", printer.url)


def test_scanners_that_announce_themselves_are_heard(emulate: Emulate, tmp_path: Path) -> None:
    scanner = emulate("scanner", "--announce")
    port = scanner.url.rpartition(":")[2].partition("/")[0]
    heard = Machine(tmp_path, own_ports=False, services=False, network=True)
    found = [row for row in found_in(heard).values() if f":{port}/" in row.url]
    assert [(row.kind, row.certainty) for row in found] == [("scanner", Certainty.LISTED)]


def test_a_scanner_with_a_certificate_of_its_own_is_pinned_to_it_and_opens_so(emulate: Emulate, tmp_path: Path) -> None:
    scanner = emulate("scanner", "--tls")
    (found,) = found_in(ports(tmp_path), scanner.url).values()
    assert (found.kind, found.url) == ("scanner", scanner.url)
    assert len(str(found.options["pin"]).replace(":", "")) == 64
    driver = catalogue.create(DeviceConfig("scanner", found.kind, found.driver, found.url, options=found.options))
    try:
        driver.open()
        assert driver.health().state.value == "ready"
    finally:
        driver.close()


def test_what_sane_lists_is_found_and_scans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy("/etc/sane.d/test.conf", tmp_path / "test.conf")
    (tmp_path / "dll.conf").write_text("test\n", "utf-8")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    found = found_in(Machine(tmp_path, own_ports=False, network=False))
    scanner = found["test:0"]
    assert (scanner.kind, scanner.driver, scanner.url) == ("scanner", "sane", "sane://test:0")
    assert scanner.facts["model"] == "Noname frontend-tester"
    driver = cast("Scanner", catalogue.create(DeviceConfig("scanner", scanner.kind, scanner.driver, scanner.url)))
    try:
        driver.open()
        page = next(iter(driver.scan(ScanSettings(ScanSource.PLATEN, dpi=100), cancel=Event())))
    finally:
        driver.close()
    assert page.jpeg.startswith(b"\xff\xd8")
