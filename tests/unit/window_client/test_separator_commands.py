"""``window-client separators``, as it is typed."""

import json
from pathlib import Path

import pytest

from window_client.__main__ import main

CATALOGUE = Path(__file__).resolve().parents[3] / "resources" / "demo" / "catalogue.json"


def test_an_item_gets_a_sheet_for_each_of_its_materials(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "sheets.pdf"

    code = main(["separators", "SC-MKT-001", "--catalogue", str(CATALOGUE), "--out", str(out), "--json", "--next", "2"])

    said = json.loads(capsys.readouterr().out)
    assert (code, said["item"]) == (0, "SC-MKT-001")
    assert out.read_bytes().count(b"/Type /Page\n") == said["sheets"] == 14


def test_generic_sheets_need_no_catalogue(tmp_path: Path) -> None:
    out = tmp_path / "next.pdf"
    assert main(["separators", "--next", "1", "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["separators", "SC-NONE-1", "--catalogue", str(CATALOGUE)], 1),
        (["separators", "SC-MKT-001", "--catalogue", "/nowhere/catalogue.json"], 2),
        (["separators", "--next", "0"], 2),
    ],
)
def test_what_cannot_be_printed_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    out = tmp_path / "none.pdf"
    assert main([*arguments, "--out", str(out)]) == code
    assert capsys.readouterr().err
    assert not out.exists()
