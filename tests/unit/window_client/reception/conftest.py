from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A desk of real parts, with a clerk at it and nobody before it."""
    with Bench(tmp_path / "store") as made:
        yield made
