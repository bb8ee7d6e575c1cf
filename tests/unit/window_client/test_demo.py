"""What the demo's world is on paper; that it lives is shown by the acceptance tests."""

from pathlib import Path

import pytest

from drivers.emulators.process import EmulatorProcess
from window_client.demo import DEMO_KINDS, WINDOW, CentralProcess, DemoWorld
from window_client.settings import read


def test_another_day_begins_with_an_empty_folder(tmp_path: Path) -> None:
    world = DemoWorld(tmp_path / "world")
    (tmp_path / "world" / "central.db").write_text("yesterday")
    (world.folder / "day").write_text("2026-01-01")

    DemoWorld(tmp_path / "world")

    assert not (tmp_path / "world" / "central.db").exists()


def test_the_same_day_goes_on_where_it_was(tmp_path: Path) -> None:
    DemoWorld(tmp_path / "world")
    (tmp_path / "world" / "central.db").write_text("today")

    DemoWorld(tmp_path / "world")
    assert (tmp_path / "world" / "central.db").read_text() == "today"

    DemoWorld(tmp_path / "world", fresh=True)
    assert not (tmp_path / "world" / "central.db").exists()


def test_a_service_that_was_never_started_can_be_stopped(tmp_path: Path) -> None:
    CentralProcess(tmp_path / "central.db").stop()
    DemoWorld(tmp_path / "world").close()


@pytest.mark.parametrize("kind", DEMO_KINDS)
def test_the_settings_name_the_device_with_the_address_of_its_emulator(tmp_path: Path, kind: str) -> None:
    world = DemoWorld(tmp_path / "world", kinds=(kind,), keys="file")
    world.central.url = "http://127.0.0.1:9"
    try:
        emulator: EmulatorProcess = world.plug(kind)
        world.settings().write_text(world._settings_text(), encoding="utf-8")
        settings = read(world.settings())
    finally:
        world.close()

    assert (settings.window_no, settings.profile, settings.keys) == (WINDOW, "demo", "file")
    assert settings.data == world.data()
    (device,) = settings.devices
    assert (device.kind, device.url, device.emulated) == (kind, emulator.url, True)
