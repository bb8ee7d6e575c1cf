"""The camera over the tray. What a desk does with its pictures is in test_collecting."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.errors import DeviceError, Fault
from tests.desk import Bench, sheet
from window_client.domain.visit import Step


@pytest.fixture
def two_lenses(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path, two_lenses=True) as bench:
        yield bench


def watching(bench: Bench) -> bool:
    return bool(bench.desk._collecting._watching.watching)


def test_frames_are_wanted_while_the_step_is_open_only(bench: Bench) -> None:
    bench.camera.jpeg = sheet(1)
    bench.up_to(Step.FORM)
    assert not watching(bench)

    bench.fill()
    bench.desk.next_step()
    assert watching(bench)
    bench.desk.open_step(Step.FORM)
    assert not watching(bench)


def test_the_newest_frame_is_kept_while_watching_and_forgotten_after(bench: Bench) -> None:
    bench.camera.jpeg = sheet(1)
    bench.up_to(Step.MATERIALS)
    bench.desk.set_auto_capture(on=False)
    camera = bench.desk._collecting._watching
    bench.until(lambda: camera.frame is not None, "a frame")
    assert camera.frame is not None
    assert camera.frame.jpeg == sheet(1)

    bench.desk.open_step(Step.FORM)

    assert not watching(bench)
    bench.until(lambda: bench.devices.state_of("camera") == "ready", "the camera rests")
    assert bench.lives[-1] is None


def test_a_damaged_frame_is_passed_over(bench: Bench) -> None:
    bench.camera.jpeg = b"\xff\xd8 no picture"
    bench.up_to(Step.MATERIALS)
    bench.desk.set_auto_capture(on=False)
    bench.until(lambda: bench.camera.frames > 3, "frames")
    assert not any(view is not None for view in bench.lives)

    bench.camera.jpeg = sheet(1)
    bench.until(lambda: any(view is not None for view in bench.lives), "a live view")


def test_the_other_lens_is_looked_through_until_the_visit_ends(two_lenses: Bench) -> None:
    bench = two_lenses
    bench.camera.jpeg, bench.portrait.jpeg = sheet(1), sheet(2)
    bench.up_to(Step.MATERIALS)
    bench.desk.set_auto_capture(on=False)
    camera = bench.desk._collecting._watching
    bench.until(lambda: camera.frame is not None and camera.frame.jpeg == sheet(1), "the tray")
    assert bench.state.materials is not None
    assert (bench.state.materials.lens, bench.state.materials.camera_id) == ("document", "camera")

    bench.desk.turn_lens()
    assert bench.state.materials.lens == "portrait"
    bench.until(lambda: camera.frame is not None and camera.frame.jpeg == sheet(2), "the person")
    bench.desk.capture()
    bench.until(lambda: bench.pages("M01") == 1, "a page of the other lens")
    bench.desk.turn_lens()
    bench.until(lambda: camera.frame is not None and camera.frame.jpeg == sheet(1), "the tray again")

    bench.desk.turn_lens()
    bench.desk.end_unfiled()
    bench.settle()
    assert camera.lens == "document"


def test_a_lens_that_is_away_is_told_and_the_other_one_still_works(two_lenses: Bench) -> None:
    bench = two_lenses
    bench.camera.jpeg = sheet(1)
    bench.portrait.trouble = DeviceError("portrait", Fault.ABSENT)
    bench.up_to(Step.MATERIALS)
    camera = bench.desk._collecting._watching
    bench.desk.turn_lens()
    bench.settle()
    assert (camera.watching, camera.frame) == (False, None)
    bench.desk.turn_lens()
    bench.until(lambda: camera.frame is not None, "the tray")


def test_with_one_lens_there_is_nothing_to_turn_to(bench: Bench) -> None:
    bench.up_to(Step.MATERIALS)
    bench.desk.turn_lens()
    assert bench.state.materials is not None
    assert bench.state.materials.lens == ""


def test_a_frame_that_comes_when_the_watch_is_over_is_not_of_the_next_one(bench: Bench) -> None:
    bench.camera.jpeg = sheet(1)
    bench.up_to(Step.MATERIALS)
    bench.desk.set_auto_capture(on=False)
    camera = bench.desk._collecting._watching
    bench.until(lambda: camera.frame is not None, "a frame")
    late, number = camera.frame, camera._look_no
    assert late is not None

    bench.desk.open_step(Step.FORM)
    camera._look(number, late)  # as the camera's lane does that was at it
    bench.gate.run()

    assert camera.frame is None
    assert bench.lives[-1] is None
