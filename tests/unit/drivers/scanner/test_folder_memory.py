"""What a watched folder knows over a restart. A program that is killed: tests/acceptance/test_folder_killed.py."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.scanner.folder_memory import FILE, Given, Memory, key_of, origin_of, owner_of

ONE, TWO, THREE = (key_of(f"李示例{number}.pdf", 10, 20) for number in range(3))
VISIT = owner_of("visit-1")


def again(folder: Path, *there: str) -> Memory:
    """What another program start knows."""
    memory = Memory(folder)
    memory.read(set(there))
    return memory


def test_what_was_written_is_known_again_and_names_nobody(tmp_path: Path) -> None:
    memory = again(tmp_path)
    memory.done.add(ONE)
    memory.given[TWO] = Given(VISIT, {0, 2}, out={1})
    memory.given[THREE] = Given(VISIT, total=3)
    assert memory.write()

    found = again(tmp_path, ONE, TWO, THREE)

    assert found.done == {ONE}
    assert found.given == {TWO: Given(VISIT, {0, 2}, old=True), THREE: Given(VISIT, total=3, old=True)}
    assert found.unsure == set()
    assert "李" not in (tmp_path / FILE).read_text("utf-8")
    assert "visit" not in (tmp_path / FILE).read_text()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_what_has_gone_need_not_be_remembered(tmp_path: Path) -> None:
    memory = again(tmp_path)
    memory.done.add(ONE)
    memory.given[TWO] = Given(VISIT, {0})
    memory.write()

    found = again(tmp_path, THREE)

    assert (found.done, found.given) == (set(), {})
    assert (tmp_path / FILE).read_text() == ""


def test_what_earlier_versions_wrote_is_understood(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(f"{ONE}\n{TWO}\n")

    assert again(tmp_path, ONE, TWO, THREE).done == {ONE, TWO}


@pytest.mark.parametrize("damage", [b"\xff\xfe", b"half a line", f"{TWO} {VISIT} 3".encode(), b"\0" * 40])
def test_a_damaged_memory_makes_unsure_what_it_does_not_name(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).write_bytes(f"{ONE}\n".encode() + damage)

    assert again(tmp_path, ONE, TWO).unsure >= {TWO}
    assert again(tmp_path, ONE, TWO).unsure == set(), "it is written anew, and right from then on"


def test_a_folder_that_may_not_be_written_makes_unsure_what_lies_there(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()

    memory = again(tmp_path, ONE)

    assert memory.unsure == {ONE}
    assert not memory.write()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_one_folder_has_one_memory_in_a_program(tmp_path: Path) -> None:
    memory = Memory.of(tmp_path)

    assert Memory.of(tmp_path) is memory
    assert Memory.of(tmp_path / "other") is not memory


def test_a_file_is_over_when_each_of_its_pages_is_stored() -> None:
    file = Given(VISIT, {0})
    assert not file.is_over
    file.total, file.out = 2, {1}
    assert (file.is_over, file.is_out) == (False, True)
    file.out = set()
    assert (file.is_over, file.is_out) == (False, False)
    file.kept.add(1)
    assert file.is_over


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / FILE).write_bytes(data)

    again(folder, ONE)


def test_pages_are_known_by_names_of_their_own() -> None:
    names = {origin_of(key, place) for key in (ONE, TWO) for place in range(3)}

    assert len(names) == 6
    assert all(len(name) == 32 for name in names)
    assert owner_of("") == ""
