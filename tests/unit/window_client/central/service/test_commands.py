import io
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.central_process import CentralProcess
from window_client.central.service import accounts, commands
from window_client.central.service.database import Database


def options(add: Callable[[ArgumentParser], None], *words: str) -> Namespace:
    parser = ArgumentParser()
    add(parser)
    return parser.parse_args(words)


def test_cases_are_listed_as_lines_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with CentralProcess(tmp_path / "central.db") as central:
        words = ("--url", central.url, "--account", "4001", "--password", "demo", "--state", "READY")
        assert commands.central_cases(options(commands.cases_options, *words)) == 0
        line = capsys.readouterr().out
        assert commands.central_cases(options(commands.cases_options, *words, "--json")) == 0
        facts = json.loads(capsys.readouterr().out)
        nothing = commands.central_cases(options(commands.cases_options, *words, "--case-no", "none"))
        refused = commands.central_cases(options(commands.cases_options, *words[:-3], "wrong"))

    assert "READY" in line
    assert "李*" in line
    assert facts["item_id"] == "SC-POL-001"
    assert (nothing, refused) == (1, 2)


def test_no_service_is_told_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--url", "http://127.0.0.1:9", "--account", "1", "--password", "x")

    assert commands.central_cases(options(commands.cases_options, *words)) == 2
    assert "ConnectError" in capsys.readouterr().err


@pytest.mark.parametrize(("password", "code"), [("short", 2), ("long enough", 0)])
def test_an_account_is_entered_with_a_password_from_stdin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str, code: int
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
    words = ("--database", str(tmp_path / "c.db"), "--account", "7", "--name", "测", "--roles", "clerk,pickup")

    assert commands.central_account(options(commands.account_options, *words, "--windows", "3,12")) == code
    if code == 0:
        database = Database(tmp_path / "c.db")
        reader = database.reader()
        assert accounts.right_password(reader, "7", password)
        assert json.loads(reader.execute("SELECT windows FROM accounts").fetchone()[0]) == [3, 12]
        reader.close()
        database.close()


def test_a_catalogue_that_cannot_be_read_is_told_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--database", str(tmp_path / "c.db"), "--catalogue", str(tmp_path / "none.json"))

    assert commands.central_serve(options(commands.serve_options, *words)) == 2
    assert "catalogue" in capsys.readouterr().err
