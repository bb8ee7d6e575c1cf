import errno
from pathlib import Path

import pytest

from window_client.store.errors import CODES, StoreError, disk_trouble, may_grow, sqlite_trouble


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EFBIG, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "read_only"),
        (errno.EIO, "damaged"),
    ],
)
def test_what_the_system_refuses_is_told_by_what_to_do_about_it(number: int, code: str) -> None:
    with pytest.raises(StoreError) as caught, disk_trouble("page"):
        raise OSError(number, "as the system says it")

    assert (caught.value.code, caught.value.detail) == (code, "page")


def test_what_nobody_can_do_anything_about_is_a_bug() -> None:
    with pytest.raises(OSError, match="too many"), disk_trouble("page"):
        raise OSError(errno.EMFILE, "too many open files")


def test_codes_of_sqlite_are_told_apart(tmp_path: Path) -> None:
    told = {code: sqlite_trouble(code, tmp_path) for code in (1, 5, 8, 11, 13, 14, 19, 26, 10, 778, 267)}

    assert told == {
        1: None, 5: "occupied", 8: "read_only", 11: "damaged", 13: "disk_full", 14: "read_only", 19: None,
        26: "damaged", 10: "damaged", 778: "damaged", 267: "damaged",
    }  # fmt: skip
    assert {code for code in told.values() if code} <= CODES


def test_a_disk_with_room_lets_a_file_grow_and_keeps_no_trace(tmp_path: Path) -> None:
    assert may_grow(tmp_path, 100_000)
    assert list(tmp_path.iterdir()) == []


def test_error_says_its_code_first() -> None:
    assert str(StoreError("disk_full")) == "disk_full"
    assert str(StoreError("occupied", "process 12")) == "occupied (process 12)"
