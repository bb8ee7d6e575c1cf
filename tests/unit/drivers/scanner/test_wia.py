"""The WIA driver where there is no Windows; its COM calls are in test_wia_helper.py."""

import sys

import pytest

from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, Fault
from drivers.scanner.wia import WiaScanner


@pytest.mark.skipif(sys.platform == "win32", reason="says what it says elsewhere")
def test_without_windows_it_says_so_and_its_helper_lives() -> None:
    scanner = WiaScanner(DeviceConfig("scanner", "scanner", "wia", "wia://Maker%20F7"))
    try:
        for _ in range(2):
            with pytest.raises(DeviceError) as caught:
                scanner.open()
            assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")
        assert "pywin32" in caught.value.detail
        assert scanner.helper_pid != 0
    finally:
        scanner.close()
