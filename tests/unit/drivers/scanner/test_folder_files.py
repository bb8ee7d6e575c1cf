"""What a watched folder's files are; over a program that drops them in tests/drivers/test_scanner_folder.py."""

from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers.scanner.folder_files import After, Folder, State, natural


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path, clock: Clock) -> Folder:
    return Folder(tmp_path, settle=0.5, broken_after=10, clock=clock)


def put(folder: Folder, name: str, data: bytes | None = None) -> Path:
    path = folder.path / name
    if data is None:
        out = BytesIO()
        Image.new("L", (8, 8)).save(out, "JPEG")
        data = out.getvalue()
    path.write_bytes(data)
    return path


def finish(folder: Folder, path: Path) -> None:
    """Its one page was taken."""
    key, given = folder.key(path), folder.given(path)
    folder.ended(path, key, given, 1)
    folder.answered(path, key, given, 0, True)


def names(folder: Folder) -> list[str]:
    return [path.name for path in folder.new()]


def test_only_pictures_that_are_not_being_written_are_looked_at(folder: Folder) -> None:
    for name in ("a.jpg", "b.JPEG", "c.pdf", "d.tiff", "e.jpg.part", ".f.jpg", "~g.jpg", "h.txt", "i.tmp", "j.jpg~"):
        put(folder, name)
    (folder.path / "k.jpg").mkdir()

    assert names(folder) == ["a.jpg", "b.JPEG", "c.pdf", "d.tiff"]


def test_a_file_is_whole_when_its_size_rests_and_its_end_is_there(folder: Folder, clock: Clock) -> None:
    path = put(folder, "a.jpg")
    [seen] = folder.new()
    assert folder.state(seen) is State.GROWING
    clock.now += 0.6
    folder.new()
    assert folder.state(path) is State.WHOLE

    put(folder, "a.jpg", path.read_bytes()[:-2])
    folder.new()
    clock.now += 0.6
    folder.new()
    assert folder.state(path) is State.GROWING
    clock.now += 10
    folder.new()
    assert folder.state(path) is State.BROKEN


def test_files_come_in_the_order_of_their_arrival_and_else_by_natural_name(folder: Folder) -> None:
    put(folder, "page10.jpg")
    put(folder, "page9.jpg")
    assert names(folder) == ["page9.jpg", "page10.jpg"]
    put(folder, "page1.jpg")

    assert names(folder) == ["page9.jpg", "page10.jpg", "page1.jpg"]
    folder.by_arrival = False
    assert names(folder) == ["page1.jpg", "page9.jpg", "page10.jpg"]


def test_a_file_of_the_same_name_later_is_another_file(folder: Folder) -> None:
    folder.after = After.REMEMBER
    path = put(folder, "scan.jpg")
    folder.new()
    finish(folder, path)
    assert names(folder) == []

    put(folder, "scan.jpg", path.read_bytes() + b"\n")

    assert names(folder) == ["scan.jpg"]


def test_taken_files_of_one_name_do_not_overwrite_each_other(folder: Folder) -> None:
    for _ in range(3):
        path = put(folder, "scan.jpg")
        folder.new()
        finish(folder, path)

    assert sorted(p.name for p in (folder.path / "taken").iterdir()) == ["scan (2).jpg", "scan (3).jpg", "scan.jpg"]


def test_what_was_taken_long_ago_is_deleted(folder: Folder) -> None:
    path = put(folder, "scan.jpg")
    folder.new()
    finish(folder, path)
    folder.tidy()
    assert list((folder.path / "taken").iterdir())

    folder.keep = -1.0
    folder.tidy()

    assert list((folder.path / "taken").iterdir()) == []


def test_a_file_that_cannot_be_moved_is_remembered(folder: Folder) -> None:
    (folder.path / "taken").write_text("no folder")
    path = put(folder, "scan.jpg")
    folder.new()

    finish(folder, path)

    assert path.exists()
    assert names(folder) == []


@given(st.lists(st.text(max_size=12), max_size=6))
def test_any_names_can_be_sorted(found: list[str]) -> None:
    in_order = sorted(found, key=natural)

    assert all(natural(one) <= natural(other) for one, other in pairwise(in_order))
