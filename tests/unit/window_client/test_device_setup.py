"""The technician's way through the set-up without a screen: found, tried by acting, saved, checked."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from drivers.contracts import DeviceConfig
from drivers.emulators.process import EmulatorProcess
from drivers.recognise.found import Certainty, Found, Why
from drivers.recognise.places import Machine
from tests.counter import LoopDispatcher
from window_client.device_setup import DeviceSetup, base_of, place_of, silent_drivers
from window_client.device_setup_state import Row, SetupState, Stage, Tried
from window_client.settings import read

PATIENCE = 30.0
LIMING = "510799198806120017"


class Bench:
    """A set-up over emulators, its settings file, and the loop."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self._stack = folder, stack
        self.file = folder / "settings.toml"
        self.file.write_text(
            '# the window\n[window]\nnumber = 3\nprofile = "demo"\n[central]\nurl = "http://127.0.0.1:9"\n', "utf-8"
        )
        self.dispatcher = LoopDispatcher()
        self.states: list[SetupState] = []

    def emulate(self, kind: str, *arguments: str) -> EmulatorProcess:
        return self._stack.enter_context(EmulatorProcess(kind, *arguments))

    def on_port(self, kind: str, *arguments: str) -> EmulatorProcess:
        return self.emulate(kind, "--link", str(self.folder / f"port-{kind}"), *arguments)

    def open(self) -> DeviceSetup:
        machine = Machine(self.folder, (f"{self.folder}/port-*",), own_ports=False, services=False, network=False)
        self.setup = DeviceSetup(self.file, self.dispatcher, self.states.append, machine=machine)
        self._stack.callback(self.setup.close)
        return self.setup

    def until(self, condition: Callable[[SetupState], object]) -> None:
        give_up = time.monotonic() + PATIENCE
        while not condition(self.setup.state):
            assert time.monotonic() < give_up, f"never happened: {self.setup.state}"
            self.dispatcher.run(0.02)

    def searched(self) -> None:
        self.until(lambda state: not state.searching)

    def row(self, kind: str = "", place: str = "") -> Row:
        return next(row for row in self.setup.state.rows if (row.kind == kind if kind else row.place == place))

    def tried(self, key: str) -> Row:
        self.until(lambda state: not state.busy)
        return next(row for row in self.setup.state.rows if row.key == key)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with ExitStack() as stack:
        yield Bench(tmp_path, stack)


def test_a_hall_is_set_up_from_nothing_and_every_device_acts(bench: Bench) -> None:
    reader, printer = bench.on_port("id_card"), bench.on_port("printer")
    display = bench.on_port("display")
    scanner, camera = bench.emulate("scanner"), bench.emulate("camera")
    setup = bench.open()
    setup.start()
    bench.searched()
    for url in (scanner.url, camera.url):
        setup.ask_address(url)
        bench.searched()
    assert {row.kind for row in setup.state.chosen} == {"id_card", "printer", "scanner", "camera"}
    assert setup.state.stage is Stage.TRYING

    setup.try_row(bench.row("id_card").key)
    bench.until(lambda _: bench.row("id_card").tried is Tried.RUNNING)
    reader.put("/card", {"id_no": LIMING})
    card = bench.tried(bench.row("id_card").key)
    assert (card.tried, dict(card.said)) == (Tried.WORKS, {"card": "resident"})

    scanner.put("/feeder", {"pages": 3})
    setup.try_row(bench.row("scanner").key)
    page = bench.tried(bench.row("scanner").key)
    assert page.tried is Tried.WORKS
    assert page.picture.startswith(b"\xff\xd8")

    setup.try_row(bench.row("camera").key)
    assert bench.tried(bench.row("camera").key).picture.startswith(b"\xff\xd8")

    setup.try_row(bench.row("printer").key)
    strip = bench.tried(bench.row("printer").key)
    assert (strip.tried, strip.asks) == (Tried.ASKED, "came_out")
    assert "测试条" in printer.request("GET", "/text").decode()
    setup.answer(strip.key, yes=True)
    assert bench.row("printer").tried is Tried.WORKS

    port = bench.row(place="port-display")
    assert "display" in port.guesses
    setup.try_row(port.key, "display")
    shown = bench.tried(port.key)
    assert (shown.kind, shown.driver, shown.asks) == ("display", "cd5220", "seen")
    bench.until(lambda _: "88888" in display.request("GET", "/text").decode())
    setup.answer(port.key, yes=True)
    assert setup.state.untried == ()
    assert len(setup.state.chosen) == 5

    setup.save()
    bench.until(lambda state: state.stage is Stage.SAVED and not state.checking)
    assert [row.checked for row in setup.state.chosen] == [True] * 5
    settings = read(bench.file)
    assert {row.id: row.kind for row in settings.devices} == {
        "reader": "id_card", "printer": "printer", "scanner": "scanner", "camera": "camera", "display": "display",
    }  # fmt: skip
    assert bench.file.read_text("utf-8").startswith("# the window\n[window]")
    assert not setup.state.dirty


def test_a_number_that_nobody_sees_is_shown_with_the_next_driver_and_then_given_up(bench: Bench) -> None:
    bench.on_port("display")
    setup = bench.open()
    setup.start()
    bench.searched()
    key = bench.row(place="port-display").key
    setup.try_row(key, "display")
    seen = []
    for _ in silent_drivers("display"):
        seen.append(bench.tried(key).driver)
        if bench.tried(key).tried is not Tried.ASKED:
            break
        setup.answer(key, yes=False)
    last = bench.tried(key)
    assert seen[0] == "cd5220"
    assert last.tried is Tried.FAILED
    assert not last.chosen


def test_a_silent_rating_pad_is_recognised_by_its_key_and_saved_with_its_template(bench: Bench) -> None:
    pad = bench.on_port("rating", "--template", "plain_keys")
    setup = bench.open()
    setup.start()
    bench.searched()
    key = bench.row(place="port-rating").key
    assert {"rating", "codes"} <= set(bench.row(place="port-rating").guesses)

    setup.try_row(key, "rating")
    bench.until(lambda _: pad.state()["asks"])
    assert bench.row("rating").listens
    pad.put("/key", {"grade": 3})

    row = bench.tried(key)
    assert (row.tried, row.kind, row.driver) == (Tried.WORKS, "rating", "template")
    assert (dict(row.options), dict(row.said)) == ({"template": "plain_keys"}, {"grade": "3"})
    assert row.chosen
    asked = int(str(pad.state()["asked"]))
    setup.try_row(key)  # known now: it is asked as it will be asked at the counter
    bench.until(lambda _: pad.state()["asked"] == asked + 1)
    assert not bench.row("rating").listens
    pad.put("/key", {"grade": 5})
    assert dict(bench.tried(key).said) == {"grade": "5"}
    setup.save()
    bench.until(lambda state: state.stage is Stage.SAVED and not state.checking)
    (saved,) = read(bench.file).devices
    assert (saved.kind, saved.driver, saved.options) == ("rating", "template", {"template": "plain_keys"})


def test_what_was_taken_for_a_pad_and_scans_a_code_is_a_code_scanner(bench: Bench) -> None:
    gun = bench.on_port("codes")
    setup = bench.open()
    setup.start()
    bench.searched()
    key = bench.row(place="port-codes").key
    setup.try_row(key, "rating")
    bench.until(lambda state: state.busy)

    def scanned(state: SetupState) -> bool:
        gun.put("/code", {"text": "6901234567892"})
        bench.dispatcher.run(0.3)
        return not state.busy

    bench.until(scanned)
    row = bench.tried(key)
    assert (row.tried, row.kind, row.driver, dict(row.said)["letters"]) == (Tried.WORKS, "codes", "serial", "13")


def test_without_a_card_the_try_says_so_and_may_be_called_off(bench: Bench) -> None:
    bench.on_port("id_card")
    setup = bench.open()
    setup.start()
    bench.searched()
    key = bench.row("id_card").key
    setup.try_row(key)
    bench.until(lambda state: state.busy)
    setup.try_row(key)  # pressed twice: once is enough
    setup.stop()
    row = bench.tried(key)
    assert (row.tried, row.code) == (Tried.NOT_YET, "")


def test_a_printer_without_paper_is_told_by_its_code(bench: Bench) -> None:
    printer = bench.emulate("printer")
    setup = bench.open()
    setup.ask_address(printer.url)
    bench.searched()
    printer.set_fault("paper_out")
    key = bench.row("printer").key
    setup.try_row(key)
    row = bench.tried(key)
    assert (row.tried, row.code) == (Tried.FAILED, "paper_out")


def test_devices_of_the_settings_are_there_first_and_are_found_again_as_the_same(bench: Bench) -> None:
    bench.on_port("id_card", "--baud", "57600")
    with bench.file.open("a", encoding="utf-8") as file:
        file.write(
            f'[devices.left]\nkind = "id_card"\ndriver = "sam_v_serial"\nurl = "serial://{bench.folder}/port-id_card"\n'
            'options = { baud = "auto" }\n'
        )
    setup = bench.open()
    setup.start()
    assert [(row.device_id, row.chosen) for row in setup.state.rows] == [("left", True)]
    bench.searched()
    (row,) = setup.state.rows
    assert (row.certainty, row.url.endswith("port-id_card"), row.options) == (
        Certainty.ANSWERED,
        True,
        {"baud": "auto"},
    )
    assert row.facts["model"] == "SAM_V"


def test_a_second_one_of_a_kind_is_not_taken_by_itself_but_may_be(bench: Bench) -> None:
    one, other = bench.emulate("printer"), bench.emulate("printer")
    setup = bench.open()
    for url in (one.url, other.url):
        setup.ask_address(url)
        bench.searched()
    assert [row.chosen for row in setup.state.rows] == [True, False]
    setup.use(setup.state.rows[1].key, on=True)
    assert [config.id for config in setup.configs()] == ["printer", "printer-2"]
    for row in setup.state.rows:
        setup.use(row.key, on=False)
    assert setup.state.chosen == ()


def test_what_is_no_address_is_refused_and_nobody_answers_is_a_row(bench: Bench) -> None:
    setup = bench.open()
    setup.ask_address("two words")
    assert (setup.state.problem, setup.state.problems) == ("address", ("two words",))
    setup.ask_address("http://127.0.0.1:9")
    bench.searched()
    assert bench.row(place="127.0.0.1:9").why is Why.NOT_THERE
    assert setup.state.problem == ""


def test_a_device_is_added_by_hand_changed_and_saved(bench: Bench) -> None:
    setup = bench.open()
    setup.put("", DeviceConfig("", "display", "cd5220", f"serial://{bench.folder}/none"))
    key = setup.state.shown
    by_hand = DeviceConfig(
        "", "display", "cd5220", f"serial://{bench.folder}/no", emulated=True, options={"settle": 1.5}
    )
    setup.put(key, by_hand)
    setup.save()
    bench.until(lambda state: state.stage is Stage.SAVED)
    (device,) = read(bench.file).devices
    assert (device.id, device.emulated, device.options) == ("display", True, {"settle": 1.5})
    bench.until(lambda state: not state.checking)
    assert (bench.row("display").checked, bench.row("display").code) == (False, "absent")


def test_production_refuses_what_is_emulated_and_the_file_stays(bench: Bench) -> None:
    bench.file.write_text(bench.file.read_text("utf-8").replace('"demo"', '"production"'), "utf-8")
    before = bench.file.read_bytes()
    setup = bench.open()
    setup.put("", DeviceConfig("", "display", "cd5220", "serial:///dev/ttyUSB1", emulated=True))
    setup.save()
    bench.until(lambda state: state.problem)
    assert (setup.state.problem, setup.state.stage) == ("refused", Stage.TRYING)
    assert "production" in setup.state.problems[0]
    assert bench.file.read_bytes() == before


def test_a_file_that_somebody_else_changed_is_not_overwritten(bench: Bench) -> None:
    setup = bench.open()
    setup.put("", DeviceConfig("", "display", "cd5220", "serial:///dev/ttyUSB1"))
    with bench.file.open("a", encoding="utf-8") as file:
        file.write("# somebody was here\n")
    setup.save()
    bench.until(lambda state: state.problem)
    assert setup.state.problem == "changed"


def test_after_closing_nothing_is_told_any_more(bench: Bench) -> None:
    bench.on_port("display")
    setup = bench.open()
    setup.start()
    setup.close()
    told = len(bench.states)
    bench.dispatcher.run(0.5)
    setup._found(Found("serial:///x", "x"), show=False)
    assert len(bench.states) == told


def test_a_device_that_is_plugged_in_meanwhile_appears_and_one_that_is_unplugged_says_so(bench: Bench) -> None:
    printer = bench.on_port("printer")
    setup = bench.open()
    setup.start()
    bench.searched()
    bench.until(lambda _: setup._there is not None)
    bench.on_port("id_card")
    bench.until(lambda state: any(row.kind == "id_card" for row in state.rows))
    assert bench.row("id_card").chosen
    bench.searched()
    printer.close()
    bench.until(lambda _: bench.row("printer").why is Why.NOT_THERE)


def test_the_machines_sound_is_offered_and_not_taken_by_itself(bench: Bench) -> None:
    setup = bench.open()
    setup._found(Found("sound://", "sound", "voice", "spoken", Certainty.LISTED), show=False)
    assert [(row.kind, row.chosen) for row in setup.state.rows] == [("voice", False)]


def test_urls_are_compared_by_what_they_lead_to(tmp_path: Path) -> None:
    (tmp_path / "tty").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "tty")
    assert base_of(f"serial://{tmp_path}/link?baud=9600") == base_of(f"serial://{tmp_path}/tty")
    assert base_of("http://host/eSCL/") == "http://host/eSCL"
    assert place_of("serial:///dev/serial/by-path/pci-1?baud=1") == "pci-1"
    assert place_of("http://user:word@host:8/x") == "host:8"
    assert place_of("usb://0400:c35a") == "0400:c35a"
