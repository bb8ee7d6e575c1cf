from datetime import UTC, datetime, timedelta

from window_client.clock import CHINA, Clock


def test_the_window_shows_chinas_time_whatever_the_machine_is_set_to() -> None:
    now = Clock(lambda: 0.0)()

    assert now.utcoffset() == timedelta(hours=8)
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_services_clock_corrects_it() -> None:
    ahead = Clock(lambda: 3600.0)()

    assert ahead - datetime.now(CHINA) > timedelta(minutes=59)
