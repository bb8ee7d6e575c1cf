import pytest

from drivers.errors import CODES, DeviceError, Fault


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_without_a_code_is_its_own(fault: Fault) -> None:
    error = DeviceError("reader", fault)

    if fault is not Fault.ATTENTION:  # what a person must do always has a code of its own
        assert error.code in CODES
    assert error.code == fault.value


def test_only_silence_and_damage_are_asked_again() -> None:
    assert {fault for fault in Fault if DeviceError("reader", fault).retryable} == {Fault.TIMEOUT, Fault.GARBLED}


def test_the_message_is_for_the_log() -> None:
    assert str(DeviceError("reader", Fault.TIMEOUT, "no_card")) == "reader: no_card"
    assert str(DeviceError("reader", Fault.ABSENT, detail="status 41")) == "reader: absent (status 41)"
