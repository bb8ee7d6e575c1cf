"""Profiles of printers: ours load, a wrong one is refused with file, line and reason."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.printer.profiles import USUAL, ProfileError, find, load, ours

GOOD = '[desk]\ntitle = "a printer"\ndots = 576\ncolumns = 48\n'


def test_ours_load_and_have_both_widths() -> None:
    assert USUAL in ours()
    assert {profile.dots for profile in ours().values()} == {384, 576}
    assert all(profile.title for profile in ours().values())


def test_a_hall_adds_its_own_and_may_replace_ours(tmp_path: Path) -> None:
    file = tmp_path / "printers.toml"
    file.write_text(GOOD + '[generic_80]\ntitle = "other"\ndots = 384\ncolumns = 32\n', encoding="utf-8")

    assert find("desk", str(file)).columns == 48
    assert find("generic_80", str(file)).columns == 32
    assert find("generic_58", str(file)).columns == 32
    assert find("generic_80").columns == 48


@pytest.mark.parametrize(
    ("changed", "line", "why"),
    [
        ("dots = 576", 3, "dots must be 12 times columns"),
        ("columns = 500", 4, "columns must be 24 to 96"),
        ("feed = 31", 5, "feed must be 0 to 30"),
        ('cutter = "yes"', 5, "cutter must be true or false"),
        ("colour = true", 5, "colour is not known"),
        ("columns = true", 4, "columns must be a number"),
    ],
)
def test_a_profile_that_cannot_work_is_refused_with_line_and_reason(
    tmp_path: Path, changed: str, line: int, why: str
) -> None:
    file = tmp_path / "printers.toml"
    key = changed.partition(" ")[0]
    columns = "columns = 47\n" if key == "dots" else "columns = 48\n"
    text = GOOD.replace("columns = 48\n", columns)
    lines = [changed if row.startswith(f"{key} ") else row for row in text.splitlines()]
    file.write_text("\n".join(lines if changed in lines else [*lines, changed]) + "\n", encoding="utf-8")

    with pytest.raises(ProfileError) as caught:
        load(file)

    assert f"printers.toml, line {line}: [desk] {why}" in str(caught.value)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    file = tmp_path / "printers.toml"
    file.write_text("[desk]\ntitle = 'x'\ncolumns = 48\n", encoding="utf-8")

    with pytest.raises(ProfileError, match=r"line 1: \[desk\] dots is missing"):
        load(file)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ProfileError, match="generic_58, generic_80"):
        find("generic")


@given(st.text(max_size=200))
def test_any_text_is_profiles_or_a_reason(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("any") / "p.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(ProfileError):
        load(file)


@given(
    st.dictionaries(
        st.sampled_from(["title", "dots", "columns", "cutter", "feed", "chinese", "near_end", "other"]),
        st.one_of(st.integers(-9, 1000), st.booleans(), st.just("x")),
    )
)
def test_any_table_is_a_profile_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, table: dict[str, int | bool | str]
) -> None:
    file = tmp_path_factory.mktemp("any") / "p.toml"
    rows = [f"{key} = {json.dumps(value)}" for key, value in table.items()]
    file.write_text("[p]\n" + "\n".join(rows), encoding="utf-8")
    with contextlib.suppress(ProfileError):
        found = load(file)["p"]
        assert found.dots == found.columns * 12
