"""The emulated scanner drawn in a terminal."""

from drivers.emulators.scanner_machine import ScannerEmulator
from drivers.emulators.scanner_picture import picture


def test_what_lies_in_the_feeder_and_what_is_wrong_is_drawn() -> None:
    emulator = ScannerEmulator(loaded=12)
    emulator.admin.set_fault("door_open")

    drawn = picture(emulator.state(), [*emulator.loaded()[:1], b"\xff" * 77, *emulator.loaded()[2:]], "door_open")

    assert "page 1 " in drawn
    assert "a JPEG of 77 bytes" in drawn
    assert "... and 2 more" in drawn
    assert "COVER OPEN" in drawn
    assert "fault: door_open" in drawn


def test_an_empty_feeder_is_drawn() -> None:
    emulator = ScannerEmulator()

    assert "feeder empty" in picture(emulator.state(), emulator.loaded(), None)
