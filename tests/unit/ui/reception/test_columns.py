"""Widths of the columns by the width of the window."""

import pytest

from ui.reception.columns import Columns, columns


@pytest.mark.parametrize(
    ("width", "rail", "viewer"),
    [(1279, 240, 0), (1366, 240, 344), (1440, 256, 396), (1600, 256, 440), (1920, 288, 632)],
)
def test_columns_follow_the_table_of_the_design(width: int, rail: int, viewer: int) -> None:
    assert columns(width) == Columns(rail, viewer)


def test_large_text_needs_a_wider_window_for_the_viewer() -> None:
    assert columns(1440, 1.25).viewer == 0
    assert columns(1600, 1.25).viewer == 440
