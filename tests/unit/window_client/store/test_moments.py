from datetime import UTC, datetime, timedelta, timezone

import pytest

from window_client.store.moments import now, sortable


def test_text_order_is_time_order_across_offsets() -> None:
    here = datetime(2026, 11, 24, 8, 0, tzinfo=timezone(timedelta(hours=8)))
    later = datetime(2026, 11, 24, 0, 0, 0, 1, tzinfo=UTC)

    assert sortable(here) == "2026-11-24T00:00:00.000000+00:00"
    assert sortable(here) < sortable(later)
    assert now() > sortable(here - timedelta(days=10000))


def test_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        sortable(datetime(2026, 11, 24))  # noqa: DTZ001  that is the point
