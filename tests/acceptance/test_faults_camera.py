"""Each fault of the camera at the whole counter: no old picture passes for a live one, and the visit goes on."""

from collections.abc import Iterator

import pytest

from tests.counter import Counter
from ui.reception.viewer.device_model import device as device_face
from window_client.domain.visit import State, Step

MATERIAL = "SC-MKT-001-M03"


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """A window at the materials step with a camera only; every test leaves it live."""
    with Counter(tmp_path_factory.mktemp("lens"), kinds=("id_card", "camera")) as made:
        made.sign_in()
        made.devices_ready("id_card", "camera")
        made.call()
        made.identify()
        made.choose()
        made.fill()
        made.desk.set_auto_capture(False)
        made.desk.choose_row(MATERIAL)
        assert made.state.open_step is Step.MATERIALS
        yield made


@pytest.mark.parametrize(
    ("fault", "state", "code"),
    [
        ("garbled", "offline", "no_frames"),
        ("partial", "offline", "no_frames"),
        ("silent", "offline", "no_frames"),
        ("gone", "offline", "absent"),
        ("wrong", "fault", "refused"),
    ],
)
def test_a_stream_that_fails_is_told_with_steps_and_is_live_again_after_it(
    counter: Counter, fault: str, state: str, code: str
) -> None:
    counter.wait(lambda: counter.live is not None, "a live picture")
    camera = counter.world.emulators["camera"]
    camera.set_fault(fault)

    counter.wait(lambda: counter.live is None, "an old picture is not shown as live")
    counter.pill("camera", state, code)
    face = device_face(counter.state)
    assert face.steps
    assert len(face.drawn) == len(face.steps)
    assert "扫描仪" in face.note + "".join(face.steps)
    assert counter.state.visit is State.SERVING

    camera.set_fault(None)
    counter.desk.check_device("camera")
    counter.pill("camera", "ready")
    counter.wait(lambda: counter.live is not None, "the picture is back")


def test_a_slow_camera_is_still_live(counter: Counter) -> None:
    camera = counter.world.emulators["camera"]
    camera.set_fault("slow")
    try:
        counter.settle(3.0)
        counter.wait(lambda: counter.live is not None, "pictures come, if slowly")
    finally:
        camera.set_fault(None)
    assert counter.state.visit is State.SERVING
