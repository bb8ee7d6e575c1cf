"""hidapi itself, and why a device cannot be opened."""

from pathlib import Path
from typing import Any

import pytest

from drivers.errors import DeviceError, Fault
from drivers.hid_api import hidapi, open_handle


class Refusing:
    """hidapi with a device that cannot be opened."""

    def enumerate(self, _vendor: int, _product: int) -> list[dict[str, Any]]:
        return []

    def device(self) -> "Refusing":
        return self

    def open_path(self, _path: bytes) -> None:
        raise OSError("open failed")


def test_hidapi_itself_finds_nothing_of_a_model_that_is_not_there() -> None:
    assert hidapi("reader").enumerate(0x0000, 0xFFFE) == []


def test_a_device_that_is_open_elsewhere_is_occupied(tmp_path: Path) -> None:
    (tmp_path / "hidraw0").touch()
    for path in (str(tmp_path / "hidraw0").encode(), b"a path of another system"):
        with pytest.raises(DeviceError) as caught:
            open_handle("reader", Refusing(), path)
        assert caught.value.fault is Fault.OCCUPIED


def test_a_device_that_this_user_may_not_open_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "hidraw0").touch()
    with pytest.raises(DeviceError) as caught:
        open_handle("reader", Refusing(), str(tmp_path / "hidraw0").encode(), may=lambda _name: False)
    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "no_access")


def test_hidapi_opens_nothing_that_is_not_there() -> None:
    with pytest.raises(DeviceError) as caught:
        open_handle("reader", hidapi("reader"), b"/dev/no-such-hidraw")
    assert caught.value.fault is Fault.ABSENT
