"""The page of a store that does not open: what happened, what it means, what to do; and of one that was restored."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.unit.window_client.store.samples import accepted, draft
from ui.signin.failure import FailurePage, restored_lines, texts
from ui.theme import Theme
from ui.windows import Windows
from ui.words import words
from window_client.app import UNLOCKED_BY, open_store
from window_client.settings import Settings, read
from window_client.store.errors import CODES
from window_client.store.restore import Report

REPORT = Report(
    backup=12,
    backup_at="2026-11-24T02:00:00+00:00",
    cases=31,
    cases_from_log=4,
    entries_from_log=40,
    drafts=1,
    pages_from_backup=2,
    pages_missing=1,
    whole=False,
    kept="damaged/20261124-101500-000000",
)


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_code_has_three_sentences_of_its_own(qtbot: QtBot, code: str) -> None:
    page = FailurePage(code, Theme.load("light"))
    qtbot.addWidget(page)

    said = texts(page)

    assert len(said) == 3
    assert all(said)
    assert f"failure.{code}" in words


def test_who_has_the_store_is_named(qtbot: QtBot) -> None:
    page = FailurePage("occupied", Theme.load("light"), detail="process 4711")
    qtbot.addWidget(page)

    assert "4711" in texts(page)[-1]


def test_what_was_restored_and_what_is_lacking_is_said_and_enter_begins_the_work(qtbot: QtBot) -> None:
    begun: list[str] = []
    page = FailurePage("restored", Theme.load("light"), report=REPORT, go_on=lambda: begun.append("work"))
    qtbot.addWidget(page)
    page.show()

    lines = restored_lines(REPORT)
    QTest.keyClick(page, Qt.Key.Key_Return)

    assert texts(page)[-len(lines) :] == lines
    assert len(lines) == 7
    assert any("31" in line and "4" in line for line in lines)
    assert REPORT.kept in lines[-1]
    assert begun == ["work"]
    assert not page.isVisible()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_whole_restoration_alarms_nobody(qtbot: QtBot, language: str) -> None:
    words.language = language
    try:
        whole = Report(-1, "", 3, 3, 9, 0, 0, 0, True, "damaged/x")
        lines = restored_lines(whole)
    finally:
        words.language = "zh"

    assert len(lines) == 4


def made(folder: Path) -> Settings:
    """A window with two accepted cases and an open visit, whose database is damaged then."""
    file = folder / "settings.toml"
    file.write_text(
        '[window]\nnumber = 3\nhall = "5107-01"\n[central]\nurl = "http://127.0.0.1:9"\n'
        f"[data]\nfolder = '{folder / 'data'}'\nkeys = \"file\"\n",
        encoding="utf-8",
    )
    settings = read(file)
    store = open_store(settings)
    store.cases.accept(accepted(1))
    store.backup()
    store.cases.accept(accepted(2))
    store.drafts.save(draft(3))
    store.close()
    path = settings.data / "store" / "store.db"
    content = bytearray(path.read_bytes())
    content[20] ^= 0xFF
    path.write_bytes(content)
    return settings


def restored(windows: Windows) -> bool:
    return isinstance(windows._early, FailurePage) and windows._early._go_on is not None


def test_a_damaged_store_is_restored_at_the_start_told_and_the_work_begins(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(UNLOCKED_BY, "a passphrase for tests")
    windows = Windows(made(tmp_path))
    windows.open()
    try:
        qtbot.waitUntil(lambda: restored(windows), timeout=30_000)
        page = windows._early
        assert isinstance(page, FailurePage)
        assert any("2" in line for line in texts(page)[3:])
        assert QApplication.topLevelWidgets()
        QTest.keyClick(page, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: windows.app is not None, timeout=30_000)
        assert windows.app is not None
        assert windows.signin is not None
        assert len(windows.app.store.cases.recent()) == 2
        assert windows.app.store.drafts.open_drafts()
        assert windows.failure is None
        signin = windows.app.signin
        qtbot.waitUntil(lambda: signin.state.checked_at is not None, timeout=30_000)  # its last answer has come
    finally:
        windows.close()


def test_without_anything_to_restore_from_the_page_says_so(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(UNLOCKED_BY, "a passphrase for tests")
    settings = made(tmp_path)
    for name in ("backups", "log"):
        (settings.data / "store" / name).rename(tmp_path / name)
    windows = Windows(settings)
    windows.open()
    try:
        qtbot.waitUntil(lambda: windows.failure is not None, timeout=30_000)
        page = windows._early
        assert isinstance(page, FailurePage)
        assert texts(page)[0] == words("failure.damaged").split("|")[0]
        assert windows.app is None
    finally:
        windows.close()
