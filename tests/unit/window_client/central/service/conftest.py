import sqlite3
from collections.abc import Iterator

import pytest

from tests.unit.window_client.central.service.samples import Hall
from window_client.central.service import demo, documents
from window_client.central.service.call import Documents
from window_client.central.service.database import MIGRATIONS


@pytest.fixture(scope="session")
def papers() -> Documents:
    return documents.load(demo.DEMO / "catalogue.json", demo.RESOURCES / "forms")


@pytest.fixture
def hall(papers: Documents) -> Iterator[Hall]:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.row_factory = sqlite3.Row
    for script in MIGRATIONS:
        db.executescript(script)
    found = Hall(db, papers)
    found.run(documents.set_up_windows)
    yield found
    db.close()


@pytest.fixture
def morning(hall: Hall) -> Hall:
    """The demo's hall at 10:35."""
    hall.run(demo.seed_demo)
    return hall
