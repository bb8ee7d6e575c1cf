"""What a command says before it begins; whole commands run in tests/acceptance/test_command_line.py."""

import logging
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest

from window_client.__main__ import parser
from window_client.commands import COMMANDS, settings_of
from window_client.settings import Settings
from window_client.store.errors import CODES
from window_client.store_commands import STORE_WORDS, CannotStart, store_of


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """A command sets the program's log up; the next test has its own."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def options(file: Path, data: Path | None = None) -> Namespace:
    return Namespace(settings=file, data=data, verbose=False, json=False)


def test_every_trouble_of_the_store_has_words_for_the_terminal() -> None:
    assert set(STORE_WORDS) == set(CODES)


def test_every_command_of_the_command_line_is_there() -> None:
    lines = (
        "page x.jpg",
        "separators --out x.pdf",
        "card",
        "doctor",
        "devices --plain",
        "outbox list",
        "store check",
        "store backup",
        "store restore",
        "journal verify",
        "journal list --action id.revealed",
        "ticket take --category C",
    )
    for line in lines:
        given = parser().parse_args(line.split())
        what = getattr(given, "what", None)
        assert given.command + (f"_{what}" if what else "") in COMMANDS
    assert len(COMMANDS) == len(lines)


def test_all_mistakes_of_the_settings_are_told_one_a_line(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[window]\nnumber = "three"\ncolour = "red"\n[central]\n', encoding="utf-8")

    with pytest.raises(CannotStart) as caught:
        settings_of(options(file))

    said = str(caught.value).splitlines()
    assert said[0] == f"{file}:"
    assert len(said) == 4
    assert any("number" in line for line in said)
    assert any("colour" in line for line in said)


def test_the_data_folder_of_the_command_line_wins(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[window]\nnumber = 3\n[central]\nurl = "https://centre"\n[data]\nfolder = "/else"\n', "utf-8")

    assert settings_of(options(file, tmp_path / "mine")).data == tmp_path / "mine"


def test_a_key_file_without_a_passphrase_is_told_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WINDOW_CLIENT_PASSPHRASE", raising=False)

    with pytest.raises(CannotStart, match="WINDOW_CLIENT_PASSPHRASE"):
        store_of(Settings(3, "h", "training", "http://centre", data=tmp_path / "data", keys="file"))
    assert not (tmp_path / "data").exists()


def test_a_store_that_another_program_uses_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINDOW_CLIENT_PASSPHRASE", "a passphrase for tests")
    settings = Settings(3, "h", "training", "http://centre", data=tmp_path / "data", keys="file")
    (tmp_path / "data").mkdir()
    held = store_of(settings, made=True)
    try:
        with pytest.raises(CannotStart, match="in use by another program"):
            store_of(settings)
    finally:
        held.close()
