"""The camera over the tray. What a desk does with its pictures is in test_collecting."""

from tests.desk import Bench, sheet
from window_client.domain.visit import Step


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
