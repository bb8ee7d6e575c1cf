import socket

import pytest

from drivers.emulators.process import EmulatorProcess


def test_an_emulator_runs_as_long_as_its_context() -> None:
    with EmulatorProcess("display", "--tcp") as emulator:
        port = int(emulator.url.rpartition(":")[2])
        assert emulator.state()["fault"] is None
        emulator.set_fault("stalled")
        assert emulator.state()["fault"] == "stalled"
        emulator.set_fault(None)

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5).close()


def test_an_emulator_that_does_not_start_is_told() -> None:
    with pytest.raises(RuntimeError, match="did not start"):
        EmulatorProcess("display", "--nonsense")


def test_several_are_let_go_at_once_and_waited_for_afterwards() -> None:
    emulators = [EmulatorProcess("display", "--tcp") for _ in range(2)]
    for emulator in emulators:
        emulator.let_go()
        emulator.let_go()
    for emulator in emulators:
        emulator.close()

    with pytest.raises(OSError, match=r"refused|111|10061"):
        emulators[0].state()
