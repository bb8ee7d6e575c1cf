"""Displays and rating pads in trouble: what the clerk reads, and that the visit goes on. Real drivers, real ports."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from drivers.contracts import DeviceConfig
from drivers.emulators.process import EmulatorProcess
from tests.desk import Bench
from ui.reception.viewer.device_model import DeviceFace, device
from ui.words import words
from window_client.domain.visit import State, Step
from window_client.reception.state import ApplicantPage

Options = dict[str, str | int | float | bool]
Start = Callable[..., tuple[Bench, EmulatorProcess]]

QUICK: Options = {"within": 0.3, "retries": 0}
DISPLAYS: dict[str, tuple[tuple[str, ...], Options]] = {
    "modbus_led": (("--model", "modbus"), QUICK),
    "onbon_bx": (("--model", "onbon"), QUICK),
    "template": (("--model", "template", "--template", "led_gbk"), {"template": "led_gbk"}),
}
CODES = {
    "onbon_bx": {
        "silent": "timeout",
        "garbled": "garbled",
        "partial": "garbled",
        "wrong": "garbled",
        "busy": "busy",
        "refuses": "no_font",
    },
    "modbus_led": {"silent": "timeout"},
    "template": {"refuses": "refused"},
}
"""Each fault switch at the counter once, and what each driver makes of it in tests/drivers."""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """A desk whose display or pad is an emulator at the product's own driver."""
    with ExitStack() as stack:

        def begin(
            kind: str, driver: str, arguments: tuple[str, ...], options: Options
        ) -> tuple[Bench, EmulatorProcess]:
            emulator = stack.enter_context(EmulatorProcess(kind, "--link", str(tmp_path / "port"), *arguments))
            config = DeviceConfig(kind, kind, driver, emulator.url, emulated=True, options=options)
            bench = stack.enter_context(Bench(tmp_path / "store", real=[config]))
            return bench, emulator

        yield begin


def pill(bench: Bench, kind: str, state: str, code: str) -> None:
    bench.until(
        lambda: any((row.kind, row.code) == (kind, code) and row.state in state for row in bench.devices.views()),
        f"{kind} {state} {code}",
    )
    bench.settle()


def page(bench: Bench, kind: str) -> DeviceFace:
    return device(bench.state, kind)


def shows(bench: Bench, emulator: EmulatorProcess, text: str) -> None:
    bench.until(lambda: text in emulator.request("GET", "/text").decode(), f"shows {text}")


def says_what_to_do(bench: Bench, kind: str, code: str) -> None:
    """The device page: what happened, what it means for the visit, and drawn steps."""
    face = page(bench, kind)
    assert face.headline == words(
        "device.headline", name=words(f"device.kind.{kind}"), word=words(f"device.code.{code}")
    )
    assert face.note == words(f"device.note.{kind}")
    assert face.steps
    assert len(face.drawn) == len(face.steps)


@pytest.mark.parametrize("driver", DISPLAYS)
def test_a_display_in_trouble_is_said_and_the_visit_goes_on(start: Start, driver: str) -> None:
    arguments, options = DISPLAYS[driver]
    bench, emulator = start("display", driver, arguments, options)
    for fault, code in CODES[driver].items():
        emulator.set_fault(fault)
        bench.call()
        pill(bench, "display", "offline fault", code)
        says_what_to_do(bench, "display", code)
        assert bench.state.visit is State.CALLING, "the number is called all the same"
        number = bench.draft.ticket.number
        emulator.set_fault(None)
        pill(bench, "display", "ready busy", "")
        shows(bench, emulator, number)
        bench.desk.no_show()
        bench.settle()


def test_a_slow_display_is_one_that_does_not_answer(start: Start) -> None:
    bench, emulator = start("display", "onbon_bx", ("--model", "onbon"), QUICK)
    emulator.set_fault("slow")
    bench.call()
    pill(bench, "display", "offline", "timeout")
    says_what_to_do(bench, "display", "timeout")
    emulator.set_fault(None)
    pill(bench, "display", "ready busy", "")
    shows(bench, emulator, bench.draft.ticket.number)


def test_an_unplugged_display_comes_back_with_the_number(start: Start, tmp_path: Path) -> None:
    bench, emulator = start("display", "modbus_led", ("--model", "modbus"), QUICK)
    emulator.kill()
    pill(bench, "display", "offline", "absent")
    bench.call()
    says_what_to_do(bench, "display", "absent")
    with EmulatorProcess("display", "--link", str(tmp_path / "port"), "--model", "modbus") as again:
        pill(bench, "display", "ready busy", "")
        shows(bench, again, bench.draft.ticket.number)
        bench.devices.stop()


def test_a_number_with_more_places_than_the_display_is_said(start: Start) -> None:
    bench, emulator = start("display", "modbus_led", ("--model", "modbus", "--digits", "2"), {**QUICK, "digits": 2})
    bench.call()
    pill(bench, "display", "fault", "cannot_show")
    says_what_to_do(bench, "display", "cannot_show")

    assert emulator.request("GET", "/text").strip() == b""


# ---- the rating pad


def test_a_key_on_a_real_pad_is_the_rating_of_the_visit(start: Start) -> None:
    bench, emulator = start("rating", "template", (), {"template": "five_keys"})
    bench.up_to(Step.SUBMIT)
    bench.submit()
    bench.until(lambda: emulator.state()["asks"], "the pad asks")
    emulator.put("/key", {"grade": 5})
    bench.until(lambda: bench.state.applicant.page is ApplicantPage.THANKS, "thanks")

    assert "rating" in bench.outbox()
    bench.pass_time(5)
    bench.until(lambda: bench.state.visit is State.IDLE, "idle")


@pytest.mark.parametrize(("fault", "code"), [("silent", "timeout"), ("wrong", "garbled")])
def test_a_pad_in_trouble_is_said_and_the_visit_ends_unrated(start: Start, fault: str, code: str) -> None:
    bench, emulator = start("rating", "template", (), {"template": "five_keys"})
    bench.up_to(Step.SUBMIT)
    bench.submit()
    bench.until(lambda: emulator.state()["asks"], "the pad asks")
    emulator.set_fault(fault)
    if fault != "silent":
        emulator.put("/key", {"grade": 1})
    bench.pass_time(61)
    bench.until(lambda: bench.state.applicant.page is ApplicantPage.THANKS, "thanks")
    pill(bench, "rating", "offline", code)
    says_what_to_do(bench, "rating", code)

    assert "rating" not in bench.outbox()
    bench.pass_time(5)
    bench.until(lambda: bench.state.visit is State.IDLE, "idle")


def test_a_pad_in_trouble_between_two_visits_is_said_too(start: Start) -> None:
    bench, emulator = start("rating", "template", (), {"template": "five_keys"})
    for fault, code in {"garbled": "garbled", "partial": "garbled", "slow": "timeout", "refuses": "timeout"}.items():
        emulator.set_fault(fault)
        pill(bench, "rating", "offline", code)
        says_what_to_do(bench, "rating", code)
        emulator.set_fault(None)
        pill(bench, "rating", "ready busy", "")


def test_an_unplugged_pad_ends_the_question_and_the_visit_goes_on(start: Start) -> None:
    bench, emulator = start("rating", "template", (), {"template": "five_keys"})
    bench.up_to(Step.SUBMIT)
    bench.submit()
    bench.until(lambda: emulator.state()["asks"], "the pad asks")
    emulator.kill()
    bench.until(lambda: bench.state.applicant.page is ApplicantPage.THANKS, "thanks")
    pill(bench, "rating", "offline", "absent")
    says_what_to_do(bench, "rating", "absent")

    assert "rating" not in bench.outbox()


def test_a_template_that_cannot_work_is_said_before_a_port_is_touched(start: Start, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('name = "x"\nkind = "display"\n[show]\nsend = "{xor}"\n', encoding="utf-8")
    with Bench(
        tmp_path / "store",
        real=[DeviceConfig("display", "display", "template", "serial:///dev/none", options={"template": str(own)})],
        waits=False,
    ) as bench:
        pill(bench, "display", "fault", "template_wrong")
        says_what_to_do(bench, "display", "template_wrong")
        bench.call()
        assert bench.state.visit is State.CALLING
