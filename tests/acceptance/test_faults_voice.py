"""Loudspeakers in trouble: what the clerk reads, and that calls and visits go on. Real drivers on real ports."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from drivers.contracts import DeviceConfig
from drivers.emulators import codes as gun
from drivers.emulators import voice as loudspeaker
from drivers.emulators.process import EmulatorProcess
from drivers.voice import sentences
from drivers.voice.sound import Sound, write_wav
from tests.desk import Bench
from tests.fault_matrix import AT_DESK, GONE, WORKS
from ui.reception.status.model import status_bar
from ui.reception.viewer.device_model import device
from window_client.domain.visit import State

Start = Callable[..., tuple[Bench, EmulatorProcess]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """A desk with one more device, an emulator at the product's own driver."""
    with ExitStack() as stack:

        def begin(kind: str, driver: str, *arguments: str, **options: str) -> tuple[Bench, EmulatorProcess]:
            emulator = stack.enter_context(EmulatorProcess(kind, *arguments))
            config = DeviceConfig(kind, kind, driver, emulator.url, emulated=True, options=dict(options))
            return stack.enter_context(Bench(tmp_path / "store", real=[config])), emulator

        yield begin


def until_pill(bench: Bench, kind: str, code: str, *states: str) -> None:
    bench.until(
        lambda: any((row.kind, row.code) == (kind, code) and row.state in states for row in bench.devices.views()),
        f"{kind} {states} {code}; {[row for row in bench.devices.views() if row.kind == kind]}",
    )
    bench.settle()


def reads(bench: Bench, kind: str, reason: str) -> None:
    """The pill has its reason and its key, the page its headline, note and drawn steps."""
    pill = next(row for row in status_bar(bench.state, bench.now).pills if row.id == kind)
    assert (pill.reason, pill.key) == (reason, "Alt+D")
    face = device(bench.state, kind)
    assert face.headline
    assert face.note
    assert face.steps
    assert len(face.drawn) == len(face.steps)


def test_every_switch_of_these_emulators_is_in_the_table() -> None:
    assert AT_DESK["codes"].keys() - {GONE} == gun.FAULTS
    assert AT_DESK["voice"].keys() - {GONE} == loudspeaker.FAULTS


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    tone = (np.sin(np.arange(800) / 3) * 9_000).astype(np.int16)
    for language in sentences.LANGUAGES:
        (folder / language).mkdir()
        for name in sentences.CLIPS[language]:
            (folder / language / f"{name}.wav").write_bytes(write_wav(Sound(16_000, tone)))
    return folder


def heard(emulator: EmulatorProcess) -> int:
    return int(str(emulator.state()["calls"]))


@pytest.mark.parametrize("fault", [fault for fault in AT_DESK["voice"] if fault != GONE])
def test_a_loudspeaker_in_trouble_stops_no_call(start: Start, clips: Path, fault: str) -> None:
    bench, emulator = start("voice", "spoken", "--speed", "20", clips=str(clips), engine="none")
    expected = AT_DESK["voice"][fault]
    emulator.set_fault(fault)
    bench.call()
    assert bench.state.visit is State.CALLING, "the number is called all the same"
    if expected == WORKS:
        bench.until(lambda: heard(emulator) >= 1, "heard")
    bench.desk.no_show()
    bench.until(lambda: bench.state.visit is State.IDLE, "over")

    emulator.set_fault(None)
    before = heard(emulator)
    bench.until(lambda: bench.devices.state_of("voice") == "ready", "well again")
    bench.call()
    bench.until(lambda: heard(emulator) > before, "the next call is heard")


def test_a_loudspeaker_that_is_away_is_said_and_calls_are_shown(start: Start, clips: Path) -> None:
    bench, emulator = start("voice", "spoken", "--speed", "20", clips=str(clips), engine="none")
    emulator.kill()
    until_pill(bench, "voice", AT_DESK["voice"][GONE], "offline")
    reads(bench, "voice", "没有声音")
    bench.call()
    bench.until(lambda: any(bench.draft.ticket.number in upper for upper, _ in bench.display.shown), "shown")


def test_a_call_is_spoken_once_and_again_when_it_is_called_again_and_hushed_when_it_is_taken_back(
    start: Start, clips: Path
) -> None:
    bench, emulator = start("voice", "spoken", "--speed", "20", clips=str(clips), engine="none")
    bench.call()
    bench.until(lambda: heard(emulator) == 2, "Chinese and English")
    bench.desk.recall()
    bench.until(lambda: heard(emulator) == 4, "again")
    bench.until(lambda: bench.devices.state_of("voice") == "ready", "it is quiet")
    bench.desk.recall()
    bench.settle()
    bench.desk.no_show()
    bench.until(lambda: bench.devices.state_of("voice") == "ready" and bench.state.visit is State.IDLE, "quiet")
    spoken = [row["overlapped"] for row in json.loads(emulator.request("GET", "/spoken"))]
    assert not any(spoken), "one after the other"
