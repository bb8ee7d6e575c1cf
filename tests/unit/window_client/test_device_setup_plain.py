"""The set-up in a terminal: asked line by line, saved as the window saves it."""

import io
from argparse import Namespace
from pathlib import Path

from drivers.emulators.process import EmulatorProcess
from drivers.recognise.places import Machine
from window_client.device_setup_plain import PlainSetup
from window_client.settings import read


def nowhere(*ports: str) -> Machine:
    """Only these ports, nothing of this machine."""
    return Machine(serial=ports, own_ports=False, services=False, network=False)


def test_a_printer_and_a_silent_display_are_tried_and_saved(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    with (
        EmulatorProcess("printer", "--link", str(tmp_path / "a-printer")) as printer,
        EmulatorProcess("display", "--link", str(tmp_path / "b-display")),
    ):
        file.write_text(
            '[window]\nnumber = 3\n[central]\nurl = "http://127.0.0.1:9"\n'
            f'[devices.lp]\nkind = "printer"\ndriver = "escpos"\nurl = "{printer.url}"\n',
            "utf-8",
        )
        tells = io.StringIO()
        says = io.StringIO("y\n" * 4 + "\ny\n")
        plain = PlainSetup(Namespace(settings=file), says, tells, nowhere(f"{tmp_path}/b-*"))
        assert plain.run() == 0, tells.getvalue()
        assert "测试条" in printer.request("GET", "/text").decode()
    assert {row.id: row.kind for row in read(file).devices} == {"lp": "printer", "display": "display"}
    assert "ok  lp: ready" in tells.getvalue()


def test_a_network_printer_that_no_search_can_see_is_added_by_its_address(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[window]\nnumber = 3\n[central]\nurl = "http://127.0.0.1:9"\n', "utf-8")
    with EmulatorProcess("printer", "--tcp") as printer:
        tells = io.StringIO()
        says = io.StringIO(f"two words\n{printer.url}\ny\ny\n\ny\n")
        plain = PlainSetup(Namespace(settings=file), says, tells, nowhere())
        assert plain.run() == 0, tells.getvalue()
        assert "测试条" in printer.request("GET", "/text").decode()
    assert "this is no address: two words" in tells.getvalue()
    assert [(row.kind, row.url) for row in read(file).devices] == [("printer", printer.url)]


def test_where_nothing_is_wanted_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    text = '[window]\nnumber = 3\n[central]\nurl = "http://127.0.0.1:9"\n'
    file.write_text(text, "utf-8")
    tells = io.StringIO()
    assert PlainSetup(Namespace(settings=file), io.StringIO(""), tells, nowhere()).run() == 1
    assert file.read_text("utf-8") == text
