"""Words and codes of the store's commands; whole commands run in tests/acceptance/test_command_line.py."""

from pathlib import Path

import pytest

from window_client.app import open_store
from window_client.settings import Settings
from window_client.store.restore import Report
from window_client.store_commands import CannotStart, _told, health, store_of


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("WINDOW_CLIENT_PASSPHRASE", "a passphrase for tests")
    return Settings(3, "h", "production", "http://centre", data=tmp_path / "data", keys="file")


def test_the_doctor_finds_no_store_and_makes_none(settings: Settings) -> None:
    assert health(settings) == ("store", True, "none yet, made at the first start")
    assert not settings.data.exists()


def test_the_doctor_says_sound_damaged_and_in_use(settings: Settings) -> None:
    store = open_store(settings)
    name, fine, words = health(settings)
    assert (name, fine) == ("store", False)
    assert "in use" in words
    store.close()
    assert health(settings) == ("store", True, "sound")
    path = settings.data / "store" / "store.db"
    path.write_bytes(b"noise" * 1000)
    assert health(settings) == ("store", False, "database: it does not open")


def test_a_store_of_another_profile_is_refused_in_words(settings: Settings, tmp_path: Path) -> None:
    open_store(settings).close()
    training = Settings(3, "h", "training", "http://centre", data=tmp_path / "data", keys="file")

    with pytest.raises(CannotStart, match="another profile"):
        store_of(training)


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (Report(-1, "", 3, 0, 0, 0, 0, 0, True, ""), "is sound"),
        (Report(4, "2026-11-24", 3, 1, 9, 1, 2, 0, True, "damaged/x"), "backup 000004"),
        (Report(-1, "", 3, 3, 9, 1, 0, 1, False, "damaged/x", ("log: a hole",)), "the log alone"),
    ],
)
def test_a_report_begins_with_what_it_was_restored_from_and_ends_with_what_is_wrong(report: Report, words: str) -> None:
    said = _told(report)

    assert words in said.splitlines()[0]
    assert all(problem in said for problem in report.problems)
