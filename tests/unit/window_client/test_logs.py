import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_client import logs


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in list(root.handlers):
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


@given(st.text(max_size=20), st.from_regex(r"[1-9]\d{16}[\dX]", fullmatch=True), st.text(max_size=20))
def test_an_identity_number_never_stands_whole(before: str, number: str, after: str) -> None:
    assert number not in logs.masked(f"{before} {number} {after}")


def test_a_phone_number_is_masked() -> None:
    assert logs.masked("call 13800005521 now") == "call 138****5521 now"


def test_short_numbers_stay() -> None:
    assert logs.masked("fence 17, window 12, 2026-11-24") == "fence 17, window 12, 2026-11-24"


def test_the_file_is_masked_too(tmp_path: Path) -> None:
    logs.start(tmp_path)

    logging.getLogger("any").info("a person %s", "510799198806120017")

    said = (tmp_path / "window-client.log").read_text(encoding="utf-8")
    assert "5107****0017" in said
    assert "510799198806120017" not in said
