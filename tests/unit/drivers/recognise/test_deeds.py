"""Silent ports, recognised by what a person does at the emulators' ports and on made-up lines."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers import catalogue, templates
from drivers.contracts import DeviceConfig, RatingPad
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, Fault
from drivers.recognise import deeds
from drivers.recognise.deeds import Heard, hear
from drivers.transport import Transport

Emulate = Callable[..., EmulatorProcess]


@pytest.fixture
def emulate(tmp_path: Path) -> Iterator[Emulate]:
    with ExitStack() as stack:
        yield lambda kind, *arguments: stack.enter_context(
            EmulatorProcess(kind, "--link", str(tmp_path / "port"), *arguments)
        )


class Line:
    """A line on which something comes at one speed; at the others it comes as noise."""

    def __init__(self, comes: bytes, baud: int = 9600) -> None:
        self.comes, self.right = comes, baud
        self.opened: list[int] = []
        self.sent = b""

    def open(self, _device: str, _url: str, baud: int) -> Transport:
        self.opened.append(baud)
        line = self

        class Port:
            given = False

            def write(self, data: bytes) -> None:
                line.sent += data

            def read(self, timeout: float) -> bytes:
                if self.given:
                    Event().wait(min(timeout, 0.01))
                    return b""
                self.given = True
                return line.comes if baud == line.right else b"\x00\xf8\x80"

            def flush_input(self) -> None:
                return

            def close(self) -> None:
                return

        return Port()


def heard(line: Line, kind: str, wait: float = 5.0) -> Heard:
    return hear("serial:///dev/ttyUSB9", kind, wait=wait, cancel=Event(), open_port=line.open)


def pressing(until: Event, deed: Callable[[], object]) -> Thread:
    """A person who does it again and again."""

    def work() -> None:
        while not until.wait(0.3):
            deed()

    thread = Thread(target=work, daemon=True)
    thread.start()
    return thread


@pytest.mark.parametrize("template", ["five_keys", "plain_keys"])
def test_a_pad_is_known_by_its_key_and_works_with_what_was_found(
    emulate: Emulate, tmp_path: Path, template: str
) -> None:
    pad = emulate("rating", "--template", template)
    over = Event()
    person = pressing(over, lambda: pad.put("/key", {"grade": 4}))
    try:
        found = hear(f"serial://{tmp_path}/port", "rating", wait=20, cancel=Event())
        driver: RatingPad = catalogue.create(  # type: ignore[assignment]
            DeviceConfig("pad", found.kind, found.driver, found.url, options=found.options)
        )
        driver.open()
        try:
            grade = driver.ask(wait=20, cancel=Event())
        finally:
            driver.close()
    finally:
        over.set()
        person.join()

    assert (found.kind, found.driver, found.options) == ("rating", "template", {"template": template})
    assert found.said == {"grade": "4"}
    if template == "five_keys":  # the other one has no rest
        assert pad.state()["asks"] is False
    assert grade == 4


@pytest.mark.parametrize(("ending", "options"), [("cr", {}), ("crlf", {}), ("none", {"ending": "none"})])
@pytest.mark.parametrize("kind", ["codes", "rating"])
def test_a_code_scanner_is_known_by_a_code_whatever_it_was_taken_for(
    emulate: Emulate, tmp_path: Path, ending: str, options: dict[str, str], kind: str
) -> None:
    gun = emulate("codes", "--ending", ending)
    over = Event()
    person = pressing(over, lambda: gun.put("/code", {"text": "6901234567892"}))
    try:
        found = hear(f"serial://{tmp_path}/port", kind, wait=20, cancel=Event())
    finally:
        over.set()
        person.join()

    assert (found.kind, found.driver, found.options) == ("codes", "serial", options)
    assert found.url.endswith("port?baud=9600")
    assert found.said == {"code": "6901", "letters": "13"}, "no more of a code is kept"


def test_what_is_not_understood_is_waited_for_again_at_the_next_speed() -> None:
    line = Line(b"6901234567892\r", baud=38400)

    found = heard(line, "codes")

    assert found.url == "serial:///dev/ttyUSB9?baud=38400"
    assert line.opened == [9600, 115200, 19200, 38400]
    assert line.sent == b"", "a code scanner is asked nothing"


def test_only_what_is_said_to_be_a_pad_is_asked_and_it_is_put_to_rest() -> None:
    line = Line(b"\x00\x00")

    with pytest.raises(DeviceError) as caught:
        heard(line, "rating", wait=0.6)

    assert (caught.value.fault, caught.value.code) == (Fault.GARBLED, "garbled")
    assert b"?" in line.sent
    assert line.sent.count(b"\xaa") >= 2, "asked, and put to rest"


@pytest.mark.parametrize(("kind", "code"), [("rating", "no_rating"), ("codes", "no_code")])
def test_a_port_at_which_nobody_does_anything_says_so(kind: str, code: str) -> None:
    with pytest.raises(DeviceError) as caught:
        heard(Line(b""), kind, wait=0.3)

    assert (caught.value.fault, caught.value.code) == (Fault.TIMEOUT, code)


def test_a_person_may_call_it_off() -> None:
    cancel = Event()
    cancel.set()

    with pytest.raises(DeviceError) as caught:
        hear("serial:///dev/ttyUSB9", "codes", wait=60, cancel=cancel, open_port=Line(b"").open)

    assert caught.value.fault is Fault.CANCELLED


@given(st.binary(max_size=80))
def test_any_bytes_are_a_pad_a_code_or_nothing(data: bytes) -> None:
    pads = {name: templates.load(path) for name, path in templates.shipped("rating").items()}

    found = [deeds._pad_of(data, pads, "serial:///x"), deeds._code_of(data, "serial:///x")]

    assert {row.kind for row in found if row is not None} <= {"rating", "codes"}
