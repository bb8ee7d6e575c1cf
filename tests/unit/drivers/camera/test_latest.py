"""The newest frame."""

from threading import Event, Thread

import pytest

from drivers.camera.latest import LatestFrame
from drivers.errors import DeviceError, DeviceState, Fault


def test_only_the_newest_frame_is_kept() -> None:
    latest = LatestFrame("cam")
    for jpeg in (b"1", b"2", b"3"):
        latest.put(jpeg)

    frame = latest.next_frame(after=0, wait=0, cancel=Event())

    assert (frame.jpeg, frame.number) == (b"3", 3)


def test_the_same_frame_is_not_given_twice() -> None:
    latest = LatestFrame("cam")
    latest.put(b"1")

    with pytest.raises(DeviceError) as caught:
        latest.next_frame(after=1, wait=0.01, cancel=Event())

    assert (caught.value.fault, caught.value.code) == (Fault.TIMEOUT, "no_frames")


def test_a_frame_wakes_who_waits() -> None:
    latest, got = LatestFrame("cam"), list[bytes]()
    waiting = Thread(target=lambda: got.append(latest.next_frame(after=0, wait=30, cancel=Event()).jpeg))
    waiting.start()
    latest.put(b"now")
    waiting.join(20)

    assert got == [b"now"]


def test_cancel_wins() -> None:
    cancel = Event()
    cancel.set()

    with pytest.raises(DeviceError) as caught:
        LatestFrame("cam").next_frame(after=0, wait=60, cancel=cancel)

    assert caught.value.fault is Fault.CANCELLED


def test_the_end_of_the_stream_is_told_after_the_last_frame() -> None:
    latest = LatestFrame("cam")
    latest.put(b"last")
    latest.fail(DeviceError("cam", Fault.ABSENT, detail="cut"))

    assert latest.next_frame(after=0, wait=1, cancel=Event()).jpeg == b"last"
    with pytest.raises(DeviceError) as caught:
        latest.next_frame(after=1, wait=60, cancel=Event())
    assert caught.value.fault is Fault.ABSENT
    assert latest.health().state is DeviceState.OFFLINE


def test_rubbish_alone_is_garbled_not_silence() -> None:
    latest = LatestFrame("cam")
    asking = list[Fault]()

    def ask() -> None:
        try:
            latest.next_frame(after=0, wait=0.5, cancel=Event())
        except DeviceError as error:
            asking.append(error.fault)

    waiting = Thread(target=ask)
    waiting.start()
    while waiting.is_alive():
        latest.damaged()
        waiting.join(0.02)

    assert asking == [Fault.GARBLED]


def test_health_tells_of_no_frames_then_of_the_rate() -> None:
    latest = LatestFrame("cam")
    assert latest.health().code == "no_frames"
    latest.put(b"12345")
    latest.put(b"12345")

    health = latest.health(size="8 x 6")

    assert health.state is DeviceState.READY
    assert health.facts["frame_bytes"] == "5"
    assert health.facts["size"] == "8 x 6"
