import sqlite3
from pathlib import Path

from tests.central_process import CentralProcess
from window_client.central.service.serving import SHOWN, Place


def test_the_first_line_says_where_and_the_starters_end_is_its_end(tmp_path: Path) -> None:
    with CentralProcess(tmp_path / "central.db") as central:
        assert central.url.startswith("http://127.0.0.1:")
        assert central.client().health().profile == "demo"
        assert central.stop() == 0


def test_training_has_no_fault_port_and_the_windows_of_the_catalogue(tmp_path: Path) -> None:
    with CentralProcess(tmp_path / "central.db", profile="training") as central:
        assert central.admin == ""
    db = sqlite3.connect(tmp_path / "central.db")
    try:
        assert db.execute("SELECT count(*) FROM windows").fetchone()[0] == 24
        assert db.execute("SELECT count(*) FROM accounts").fetchone()[0] == 0
    finally:
        db.close()


def test_without_a_word_it_is_production_on_this_machine_alone() -> None:
    assert (Place().profile, Place().host) == ("production", "127.0.0.1")
    assert "production" not in SHOWN
