"""Every display but the first, and every fault of theirs, at emulators on ptys and TCP ports."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers import catalogue
from drivers.contracts import DeviceConfig, NumberDisplay
from drivers.emulators.display_models import Model, make
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.shared_port import Ports

Emulate = Callable[..., EmulatorProcess]
Options = dict[str, str | int | float | bool]
PAUSE = Event()
QUICK: Options = {"within": 0.4, "retries": 0}

MODELS: dict[str, tuple[str, tuple[str, ...], Options, str]] = {
    "epson": ("epson", (), {"settle": 0.0}, "A017\nWINDOW 03"),
    "epson_chinese": (
        "epson",
        ("--charset", "gb18030"),
        {"settle": 0.0, "charset": "gb18030", "brightness": 2, "behind_printer": True},
        "请A017号\n到3号窗口",
    ),
    "modbus_led": ("modbus", (), QUICK, "A017"),
    "onbon_bx": ("onbon", (), {**QUICK, "colour": "red", "brightness": 8}, "请A017号到3号窗口"),
    "template": ("template", (), {}, "17"),
    "template_gbk": ("template", ("--template", "led_gbk"), {"template": "led_gbk"}, "请A017号到3号窗口"),
}
ASKED = ("modbus_led", "onbon_bx")


def display_at(url: str, name: str, **more: str | float | bool) -> NumberDisplay:
    driver = {"epson_chinese": "epson", "template_gbk": "template"}.get(name, name)
    return catalogue.create(DeviceConfig("display", "display", driver, url, options={**MODELS[name][2], **more}))  # type: ignore[return-value]


def start(emulate: Emulate, name: str, *arguments: str) -> EmulatorProcess:
    model, more, _, _ = MODELS[name]
    return emulate("display", "--model", model, *more, *arguments)


def comes_to_show(emulator: EmulatorProcess, text: str) -> bool:
    """Whether the display shows this before long; the bytes are on their way for a while."""
    for _ in range(1000):
        if emulator.request("GET", "/text").decode().strip() == text:
            return True
        PAUSE.wait(0.01)
    return False


@pytest.fixture
def opened() -> Iterator[Callable[[NumberDisplay], NumberDisplay]]:
    """Opens displays, and closes them with the test."""
    with ExitStack() as stack:

        def open_it(display: NumberDisplay) -> NumberDisplay:
            display.open()
            stack.callback(display.close)
            return display

        yield open_it


Opened = Callable[[NumberDisplay], NumberDisplay]


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("port", ["pty", "tcp"])
def test_a_number_is_shown_and_taken_away(
    name: str, port: str, emulate: Emulate, opened: Opened, tmp_path: Path
) -> None:
    emulator = start(emulate, name, *(("--tcp",) if port == "tcp" else ("--link", str(tmp_path / "display"))))
    display = opened(display_at(emulator.url, name))
    display.show("A017", "WINDOW 03")

    assert comes_to_show(emulator, MODELS[name][3])
    assert display.health().state is DeviceState.READY
    assert comes_to_show(emulator, MODELS[name][3]), "asking how it is changes nothing that is shown"
    assert emulator.request("GET", "/display.png").startswith(b"\x89PNG")

    display.clear()
    assert comes_to_show(emulator, "")


@pytest.mark.parametrize("name", [name for name in MODELS if name != "epson_chinese"])
def test_unplugged_is_absence_and_it_comes_back(name: str, emulate: Emulate, opened: Opened, tmp_path: Path) -> None:
    link = ("--link", str(tmp_path / "display"))
    emulator = start(emulate, name, *link)
    display = opened(display_at(emulator.url, name))
    emulator.kill()
    with pytest.raises(DeviceError) as caught:
        display.show("A017", "WINDOW 03")
    assert caught.value.fault is Fault.ABSENT
    assert (display.health().state, display.health().code) == (DeviceState.OFFLINE, "absent")

    emulator = start(emulate, name, *link)
    display.open()
    display.show("A017", "WINDOW 03")
    assert comes_to_show(emulator, MODELS[name][3])


FAULTS = {
    "silent": {"modbus_led": "timeout", "onbon_bx": "timeout", "template_gbk": "timeout"},
    "stalled": {"modbus_led": "timeout", "onbon_bx": "timeout", "template_gbk": "timeout"},
    "slow": {"modbus_led": "timeout", "onbon_bx": "timeout", "template_gbk": "timeout"},
    "garbled": {"modbus_led": "garbled", "onbon_bx": "garbled", "template_gbk": "garbled"},
    "partial": {"modbus_led": "garbled", "onbon_bx": "garbled", "template_gbk": "timeout"},
    "wrong": {"modbus_led": "garbled", "onbon_bx": "garbled", "template_gbk": "garbled"},
    "busy": {"modbus_led": "busy", "onbon_bx": "busy", "template_gbk": "busy"},
    "refuses": {"modbus_led": "refused", "onbon_bx": "no_font", "template_gbk": "refused"},
}


@pytest.mark.parametrize("name", [*ASKED, "template_gbk"])
def test_each_fault_has_its_code_and_is_over_when_it_is_over(name: str, emulate: Emulate, opened: Opened) -> None:
    emulator = start(emulate, name, "--tcp")
    display = opened(display_at(emulator.url, name))
    for fault, codes in FAULTS.items():
        display.show("A016", "WINDOW 03")
        before = emulator.request("GET", "/text").decode()
        emulator.set_fault(fault, times=6 if name == "template_gbk" else 1)
        with pytest.raises(DeviceError) as caught:
            display.show("A017", "WINDOW 03")

        assert caught.value.code == codes[name]
        if fault in {"silent", "busy", "refuses"}:
            assert emulator.request("GET", "/text").decode() == before
        emulator.set_fault(None)
        after_the_fault(display)
        assert comes_to_show(emulator, MODELS[name][3].replace("A017", "A018"))


def after_the_fault(display: NumberDisplay) -> None:
    """Show another number; an answer that comes late may still be on its way."""
    for _ in range(100):
        try:
            display.show("A018", "WINDOW 03")
        except DeviceError as error:
            if not error.retryable:
                raise
        else:
            return


@pytest.mark.parametrize("name", [*ASKED, "template_gbk"])
def test_one_fault_in_between_is_asked_again_and_nobody_notices(name: str, emulate: Emulate, opened: Opened) -> None:
    emulator = start(emulate, name, "--tcp")
    display = opened(display_at(emulator.url, name, retries=2))
    for fault in ("silent", "garbled"):
        emulator.set_fault(fault, times=1)
        display.show("A017", "WINDOW 03")
        assert comes_to_show(emulator, MODELS[name][3])


@pytest.mark.parametrize("name", ASKED)
def test_a_display_that_does_not_answer_cannot_be_opened(name: str, emulate: Emulate) -> None:
    emulator = start(emulate, name, "--tcp", "--fault", "silent")
    display = display_at(emulator.url, name)
    with pytest.raises(DeviceError) as caught:
        display.open()
    assert caught.value.code == "timeout"
    assert display.health().code == "absent", "the port was let go of"


@pytest.mark.parametrize("driver", ["epson", "cd5220"])
def test_write_only_displays_cannot_tell_silence_but_get_the_number_again(
    driver: str, emulate: Emulate, opened: Opened
) -> None:
    emulator = emulate("display", "--model", driver, "--tcp")
    config = DeviceConfig("display", "display", driver, emulator.url, options={"settle": 0.0})
    display = opened(catalogue.create(config))  # type: ignore[arg-type]
    emulator.set_fault("silent")
    display.show("A017", "WINDOW 03")

    assert display.health().state is DeviceState.READY
    assert emulator.request("GET", "/text").decode().strip() == ""
    emulator.set_fault(None)
    assert display.health().state is DeviceState.READY
    assert comes_to_show(emulator, "A017\nWINDOW 03")


def test_what_is_sent_while_it_is_stalled_shows_later(emulate: Emulate, opened: Opened) -> None:
    emulator = start(emulate, "epson", "--tcp")
    display = opened(display_at(emulator.url, "epson"))
    emulator.set_fault("stalled")
    display.show("A018", "WINDOW 03")
    emulator.set_fault(None)

    assert comes_to_show(emulator, "A018\nWINDOW 03")


@pytest.mark.parametrize(
    ("name", "upper"), [("modbus_led", "A0171"), ("onbon_bx", "A😀1"), ("epson", "A" * 21), ("template", "A70000")]
)
def test_half_a_number_is_never_shown(name: str, upper: str, emulate: Emulate, opened: Opened) -> None:
    emulator = start(emulate, name, "--tcp")
    display = opened(display_at(emulator.url, name))
    display.show("A016", "WINDOW 03")
    with pytest.raises(DeviceError) as caught:
        display.show(upper, "WINDOW 03")

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "cannot_show")
    assert comes_to_show(emulator, ""), "and not the number before either"
    assert (display.health().state, display.health().code) == (DeviceState.FAULT, "cannot_show")
    display.show("A017", "WINDOW 03")
    assert comes_to_show(emulator, MODELS[name][3])
    assert display.health().state is DeviceState.READY


@pytest.mark.parametrize("name", [*ASKED, "template_gbk"])
def test_what_was_lost_is_shown_at_the_next_look(name: str, emulate: Emulate, opened: Opened) -> None:
    emulator = start(emulate, name, "--tcp")
    display = opened(display_at(emulator.url, name))
    emulator.set_fault("busy")
    with pytest.raises(DeviceError):
        display.show("A017", "WINDOW 03")
    assert (display.health().state, display.health().code) == (DeviceState.FAULT, "busy")
    emulator.set_fault(None)

    assert display.health().state is DeviceState.READY
    assert comes_to_show(emulator, MODELS[name][3])


@pytest.mark.parametrize(("name", "text"), [("modbus_led", "8888"), ("template", "8888"), ("onbon_bx", "88888 TEST")])
def test_trying_a_display_lights_up_what_it_has(name: str, text: str, emulate: Emulate, opened: Opened) -> None:
    emulator = start(emulate, name, "--tcp")
    opened(display_at(emulator.url, name)).show("88888", "TEST")

    assert comes_to_show(emulator, text)


def test_a_window_without_a_number_shows_what_it_can(emulate: Emulate, opened: Opened) -> None:
    for name, text in (("onbon_bx", "3号窗口"), ("modbus_led", ""), ("template_gbk", "3号窗口"), ("template", "")):
        emulator = start(emulate, name, "--tcp")
        display = opened(display_at(emulator.url, name))
        display.show("A017", "WINDOW 03")
        display.show("----", "WINDOW 03")
        assert comes_to_show(emulator, text)


def test_a_speaking_controller_speaks_calls_and_nothing_else(emulate: Emulate, opened: Opened) -> None:
    emulator = start(emulate, "onbon_bx", "--tcp")
    display = opened(display_at(emulator.url, "onbon_bx", speak=True, model="6K2-YY", speech="请{number}号"))
    display.show("A017", "WINDOW 03")
    display.show("", "WINDOW 03")

    state = emulator.state()
    assert (state["said"], state["brightness"], state["colour"]) == (["请A017号"], 8, "red")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("onbon_bx", {"colour": "pink"}),
        ("onbon_bx", {"call": "{dog}"}),
        ("onbon_bx", {"call": "😀"}),
        ("onbon_bx", {"model": "7X"}),
        ("onbon_bx", {"model": "6K2", "speak": True}),
        ("onbon_bx", {"brightness": 17}),
        ("modbus_led", {"mode": "smoke"}),
        ("modbus_led", {"unit": 0}),
        ("epson", {"charset": "klingon"}),
        ("epson", {"upper": "{dog}"}),
    ],
)
def test_options_that_cannot_be_are_refused_before_a_port_is_touched(name: str, options: Options) -> None:
    with pytest.raises(DeviceError) as caught:
        display_at("socket://192.0.2.1:1", name, **options)

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")


def test_a_template_that_cannot_work_is_refused_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('name = "x"\nkind = "display"\n[show]\nsend = "{xor}"\n', encoding="utf-8")
    for template, why in ((str(own), "line 4"), ("five_keys", "cannot be read")):
        with pytest.raises(DeviceError) as caught:
            display_at("socket://192.0.2.1:1", "template", template=template)
        assert (caught.value.code, why in caught.value.detail) == ("template_wrong", True)
    with pytest.raises(DeviceError) as caught:
        catalogue.create(
            DeviceConfig("pad", "rating", "template", "socket://192.0.2.1:1", options={"template": str(own)})
        )
    assert caught.value.code == "template_wrong"


class Joined:
    """A port with a model at its far end, without any wire."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._ready = b""

    def write(self, data: bytes) -> None:
        self._ready += b"".join(answer for _, answer in self._model.take(data, lambda _unit: ""))

    def read(self, timeout: float) -> bytes:
        data, self._ready = self._ready, b""
        assert data or timeout < 0.1, "nothing will come"
        return data

    def flush_input(self) -> None:
        self._ready = b""

    def close(self) -> None:
        self._ready = b""


@given(
    st.sampled_from(["cd5220", "epson", "epson_chinese", "modbus_led", "onbon_bx", "template", "template_gbk"]),
    st.one_of(
        st.text(max_size=30),
        st.from_regex(r"[A-Z]{0,2}[0-9]{1,6}", fullmatch=True),
        st.text(min_size=3000, max_size=3001),
    ),
    st.one_of(st.text(max_size=30), st.from_regex(r"WINDOW [0-9]{1,3}", fullmatch=True)),
)
def test_any_text_is_shown_or_refused(name: str, upper: str, lower: str) -> None:
    model, _, options, _ = MODELS.get(name, ("cd5220", (), {"settle": 0.0}, ""))
    charset, described = str(options.get("charset", "ascii")), str(options.get("template", ""))
    line = Joined(make(model, charset=charset, template=described))
    driver = {"epson_chinese": "epson", "template_gbk": "template"}.get(name, name)
    entry = catalogue.find("display", driver)
    assert entry is not None
    made = getattr(import_module(entry.module), entry.class_name)
    config = DeviceConfig("display", "display", driver, "socket://joined:1", options=options)
    joined: dict[str, object] = (
        {"open_port": lambda *_: line} if driver == "cd5220" else {"ports": Ports(lambda *_: line)}
    )
    display = made(config, **joined)
    display.open()
    try:
        display.show(upper, lower)
        code = ""
    except DeviceError as error:
        code = error.code

    assert code in {"", "cannot_show"}
    assert display.health().code == code
    display.close()


def test_a_watched_display_draws_itself_when_it_changes() -> None:
    command = [sys.executable, "-m", "drivers", "emulate", "display", "--model", "onbon", "--tcp", "--show"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        display = display_at(json.loads(process.stdout.readline())["url"], "onbon_bx")
        display.open()
        display.show("A017", "WINDOW 03")
        display.close()
        drawn = ""
        while "请A017号到3号窗口" not in drawn:
            drawn += process.stderr.readline().decode()
        process.communicate(b"")

    assert "┌" in drawn


def test_the_display_is_drawn_in_the_terminal() -> None:
    from drivers.emulators.display_picture import drawn

    assert drawn(("", ""), (0x77, 0x06)) == " _      \n|_|   | \n| |   | "
    assert "│请A017号            │" in drawn(("请A017号",), ())
