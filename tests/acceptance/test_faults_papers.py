"""Scanner and camera fail while papers are taken in; no page is lost, none is doubled, and the other one stands in."""

from collections.abc import Iterator

import pytest

from tests.counter import Counter
from ui.reception.texts import say_words
from ui.reception.viewer.device_model import device as device_face
from ui.words import words
from window_client.domain.visit import State, Step

MATERIAL = "SC-MKT-001-M03"


@pytest.fixture(scope="module")
def materials(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """A window at the materials step, with a scanner only; every test leaves it there, with a healthy scanner."""
    with Counter(tmp_path_factory.mktemp("papers"), kinds=("id_card", "scanner", "printer")) as counter:
        counter.up_to(Step.MATERIALS)
        counter.desk.choose_row(MATERIAL)
        yield counter


def feed(counter: Counter, pages: int) -> None:
    scanner = counter.world.emulators["scanner"]
    scanner.delete("/feeder")
    scanner.put("/feeder", {"pages": pages})
    counter.desk.feed()


def fed(counter: Counter, pages: int) -> None:
    counter.pages_come(MATERIAL, pages)


def told(counter: Counter, code: str) -> str:
    counter.until(lambda s: s.say and s.say.code == code, code)
    assert counter.state.say is not None
    assert counter.state.say.bad
    return say_words(counter.state.say)


def test_pages_before_a_jam_are_kept_and_the_rest_is_scanned_after_it(materials: Counter) -> None:
    before = materials.pages_of(MATERIAL)
    scanner = materials.world.emulators["scanner"]
    scanner.set_fault("jam_after:1")

    feed(materials, 3)

    assert "1" in told(materials, "scanner.jam")
    fed(materials, before + 1)
    materials.pill("scanner", "fault", "jam")
    assert materials.state.visit is State.SERVING
    page = device_face(materials.state)
    assert page.steps
    scanner.set_fault(None)
    materials.pill("scanner", "ready")
    materials.desk.feed()
    fed(materials, before + 3)
    row = next(row for row in materials.state.materials.rows if row.material_id == MATERIAL)  # type: ignore[union-attr]
    assert len({page.digest for page in row.pages}) == len(row.pages)


@pytest.mark.parametrize(
    ("fault", "code"), [("door_open", "cover_open"), ("no_documents", "no_documents"), ("not_ready", "")]
)
def test_a_scanner_that_refuses_says_why_and_scans_after_it(materials: Counter, fault: str, code: str) -> None:
    before = materials.pages_of(MATERIAL)
    scanner = materials.world.emulators["scanner"]
    scanner.set_fault(fault)

    feed(materials, 1)
    materials.until(lambda s: s.materials and not s.materials.feeding, "given up")
    assert materials.state.say is not None
    assert materials.state.say.bad
    if code:
        assert materials.state.say.code == f"scanner.{code}"
    assert say_words(materials.state.say) != words("desk.toast.other_bad")
    assert materials.pages_of(MATERIAL) == before

    scanner.set_fault(None)
    materials.pill("scanner", "ready")
    feed(materials, 1)
    fed(materials, before + 1)


def test_the_first_page_is_on_the_screen_while_the_second_is_scanned(materials: Counter) -> None:
    before = materials.pages_of(MATERIAL)
    scanner = materials.world.emulators["scanner"]
    scanner.set_fault("holds_after:1")

    feed(materials, 2)

    materials.until(lambda _: materials.pages_of(MATERIAL) == before + 1, "the first page is in its row")
    assert materials.state.materials is not None
    assert materials.state.materials.feeding
    materials.wait(lambda: scanner.state()["held"], "the scanner is at the second one")
    scanner.set_fault(None)
    fed(materials, before + 2)


def test_a_scanner_unplugged_in_the_middle_keeps_its_pages_and_comes_back(materials: Counter) -> None:
    before = materials.pages_of(MATERIAL)
    materials.world.emulators["scanner"].set_fault("slow")
    feed(materials, 3)
    materials.until(lambda s: s.materials and s.materials.fed_pages == 1, "one page")

    materials.world.unplug("scanner")

    materials.until(lambda s: s.materials and not s.materials.feeding, "stopped")
    materials.pill("scanner", "offline", "absent")
    fed(materials, before + 1)
    materials.world.plug("scanner")
    materials.pill("scanner", "ready")
    feed(materials, 2)
    fed(materials, before + 3)


def test_stopping_the_feeder_keeps_what_came(materials: Counter) -> None:
    before = materials.pages_of(MATERIAL)
    materials.world.emulators["scanner"].set_fault("slow")
    feed(materials, 9)
    materials.until(lambda s: s.materials and s.materials.fed_pages == 1, "one page")

    materials.desk.stop_feeding()

    materials.until(lambda s: s.materials and not s.materials.feeding and not s.materials.capturing, "stopped")
    came = materials.pages_of(MATERIAL) - before
    assert 1 <= came < 9
    materials.world.emulators["scanner"].set_fault(None)
    materials.world.emulators["scanner"].delete("/feeder")
    materials.pill("scanner", "ready")


@pytest.fixture(scope="module")
def with_camera(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """A window at the materials step with both; every test leaves both well and the camera live."""
    with Counter(tmp_path_factory.mktemp("camera"), kinds=("id_card", "scanner", "camera")) as counter:
        counter.sign_in()
        counter.devices_ready("id_card", "scanner", "camera")
        counter.call()
        counter.identify()
        counter.choose()
        counter.fill()
        counter.desk.set_auto_capture(False)
        counter.desk.choose_row(MATERIAL)
        yield counter


def test_a_camera_that_goes_leaves_the_scanner_and_comes_back(with_camera: Counter) -> None:
    counter = with_camera
    counter.world.emulators["camera"].put("/page", {"scene": "contract"})
    counter.wait(lambda: counter.live is not None, "a live picture")
    counter.desk.capture()
    fed(counter, 1)

    counter.world.unplug("camera")

    counter.pill("camera", "offline", "absent")
    counter.wait(lambda: counter.live is None, "no picture is shown as live")
    counter.desk.capture()
    assert told(counter, "camera.no_picture")
    feed(counter, 1)
    fed(counter, 2)

    counter.world.plug("camera").put("/page", {"scene": "contract"})
    counter.pill("camera", "ready")
    counter.wait(lambda: counter.live is not None, "the picture is back")
    counter.desk.capture()
    fed(counter, 3)


@pytest.mark.parametrize("fault", ["frozen", "garbage"])
def test_a_camera_without_pictures_says_so_and_recovers(with_camera: Counter, fault: str) -> None:
    counter = with_camera
    counter.wait(lambda: counter.live is not None, "a live picture")
    camera = counter.world.emulators["camera"]

    camera.set_fault(fault)

    counter.wait(lambda: counter.live is None, "an old picture is not shown as live")
    counter.desk.capture()
    assert told(counter, "camera.no_picture")
    counter.pill("camera", "offline", "no_frames")
    assert device_face(counter.state).steps
    camera.set_fault(None)
    counter.pill("camera", "ready")
    counter.wait(lambda: counter.live is not None, "the picture is back")
    assert counter.state.visit is State.SERVING
