"""The recorder: rings that do not grow, wires that it knows and wires that it does not."""

import json
from pathlib import Path

import pytest

from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, Fault
from drivers.id_card import frames
from drivers.recording import LONGEST_KEPT, MOST_BYTES, MOST_EVENTS, Event, Recorder, Ring


class Line:
    """A transport that says what it is given to say."""

    def __init__(self, *answers: bytes, gone: bool = False) -> None:
        self.answers, self.gone, self.written, self.closed = list(answers), gone, b"", False

    def write(self, data: bytes) -> None:
        self.written += data

    def read(self, timeout: float) -> bytes:
        if self.gone:
            raise DeviceError("reader", Fault.ABSENT)
        return self.answers.pop(0) if self.answers else b"" * int(timeout)

    def flush_input(self) -> None:
        self.answers.clear()

    def close(self) -> None:
        self.closed = True


def config(kind: str, driver: str, url: str = "serial:///dev/ttyUSB0", name: str = "reader") -> DeviceConfig:
    return DeviceConfig(name, kind, driver, url)


def events(recorder: Recorder, device: str = "reader") -> list[dict[str, object]]:
    return [json.loads(line) for line in recorder.lines(device)][1:]


def test_an_exchange_is_kept_with_its_direction() -> None:
    recorder = Recorder()
    recorder.meet(config("id_card", "sam_v_serial"))
    line = Line(frames.encode(frames.NO_CARD)[:4], frames.encode(frames.NO_CARD)[4:])
    wire = recorder.recorded("reader", line)
    wire.write(frames.encode(frames.FIND))
    wire.read(0.1)
    wire.read(0.1)
    wire.close()

    kept = [(event["way"], event.get("hex", event.get("note"))) for event in events(recorder)]
    assert kept == [
        ("note", "open"),
        ("out", frames.encode(frames.FIND).hex()),
        ("in", frames.encode(frames.NO_CARD).hex()),
        ("note", "close"),
    ]
    assert line.written == frames.encode(frames.FIND)
    assert line.closed
    assert json.loads(recorder.lines("reader", reason="garbled")[0]) == {
        "recording": 1,
        "device": "reader",
        "kind": "id_card",
        "driver": "sam_v_serial",
        "scheme": "serial",
        "reason": "garbled",
    }


def test_a_cable_that_is_pulled_is_noted() -> None:
    recorder = Recorder()
    wire = recorder.recorded("reader", Line(gone=True))
    with pytest.raises(DeviceError):
        wire.read(0.1)

    assert events(recorder)[-1]["note"] == "read: absent/absent"


@pytest.mark.parametrize(
    "known", [None, config("display", "template"), config("smart_card", "pcsc"), config("rating", "template")]
)
def test_of_an_unknown_wire_only_lengths_are_kept(known: DeviceConfig | None) -> None:
    recorder = Recorder()
    if known:
        recorder.meet(known)
    wire = recorder.recorded("reader", Line("李明".encode()))
    wire.write(b"510799198806120017")
    wire.read(0.1)

    assert [(event["way"], event.get("size"), event.get("hex")) for event in events(recorder)[1:]] == [
        ("out", 18, None),
        ("in", 6, None),
    ]


def test_what_is_pressed_on_a_pad_is_not_kept_by_the_display_beside_it() -> None:
    recorder = Recorder()
    recorder.meet(config("rating", "template", "serial:///dev/ttyUSB0?unit=2", "pad"))
    recorder.meet(config("display", "cd5220", "serial:///dev/ttyUSB0?unit=1"))
    recorder.recorded("reader", Line(b"5")).read(0.1)

    assert "hex" not in events(recorder)[-1]


def test_a_pad_that_is_met_after_the_port_was_opened_is_not_listened_to_either(tmp_path: Path) -> None:
    recorder = Recorder()
    (tmp_path / "port").touch()
    (tmp_path / "other").symlink_to(tmp_path / "port")
    recorder.meet(config("display", "cd5220", f"serial://{tmp_path / 'port'}?unit=1"))
    wire = recorder.recorded("reader", Line(b"5"))
    recorder.meet(config("rating", "template", f"serial://{tmp_path / 'other'}?unit=2", "pad"))
    wire.read(0.1)

    assert "hex" not in events(recorder)[-1]
    assert events(recorder)[-1]["size"] == 1


def test_a_ring_does_not_grow() -> None:
    ring = Ring("reader")
    for number in range(MOST_EVENTS + 500):
        ring.put(Event(float(number), "in", b"x" * 100))

    assert len(ring.events) <= MOST_EVENTS
    assert ring.bytes <= MOST_BYTES
    assert ring.events[-1].at == MOST_EVENTS + 499
    ring.put(Event(0.0, "in", bytes(LONGEST_KEPT + 1)))
    assert ring.events[-1].data is None
    assert ring.events[-1].size == LONGEST_KEPT + 1


def test_of_http_neither_credentials_nor_bodies_nor_queries_are_kept(tmp_path: Path) -> None:
    recorder = Recorder()
    recorder.meet(config("scanner", "escl", "http://192.0.2.11/eSCL"))
    headers = {"Content-Type": "image/jpeg", "Set-Cookie": "secret", "Authorization": "Basic c2VjcmV0"}
    recorder.http("reader", "GET", "/eSCL/x?secret=1", status=200, headers=headers, sizes=(0, 70000))
    file = tmp_path / "fault.jsonl"

    assert recorder.save("reader", file)
    assert "ecret" not in file.read_text("utf-8")
    assert "c2VjcmV0" not in file.read_text("utf-8")
    assert events(recorder)[-1] == {"at": 0.0, "way": "in", "size": 70000} | {"at": events(recorder)[-1]["at"]}


def test_a_device_that_was_never_used_has_no_recording(tmp_path: Path) -> None:
    recorder = Recorder()

    assert recorder.lines("reader") == []
    assert not recorder.save("reader", tmp_path / "none.jsonl")
    assert not (tmp_path / "none.jsonl").exists()


def test_devices_with_a_recording_are_named_until_all_is_forgotten() -> None:
    recorder = Recorder()
    recorder.meet(config("id_card", "sam_v_serial", name="other"))
    recorder.recorded("reader", Line()).write(b"1")

    assert recorder.devices() == ["reader"]
    recorder.forget()
    assert recorder.devices() == []
