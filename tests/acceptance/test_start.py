"""What a start may load before the first key."""

from pathlib import Path

from tests.bench.bench_start import start


def test_nothing_heavy_is_loaded_before_the_first_key(tmp_path: Path) -> None:
    assert start("client", str(tmp_path))["heavy"] == []
