"""The report of one picture file."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.unit.window_client.imaging import scenes
from window_client.imaging.decoding import decode
from window_client.imaging.report import page_report


def test_the_report_has_the_promised_shape(tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(scenes.jpeg(scenes.scene(12, desk_kind="mat").image))

    report = page_report(file, tmp_path / "out")

    assert list(report) == ["file", "corners", "angle_deg", "flags", "figures", "codes", "ms"]
    assert json.loads(json.dumps(report)) == report
    assert report["file"] == str(file)
    assert report["flags"] == []
    assert np.asarray(report["corners"]).shape == (4, 2)
    assert decode((tmp_path / "out" / "photo-page.jpg").read_bytes()).shape[0] > 1000


def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "tray.png"
    file.write_bytes(scenes.jpeg(scenes.empty(3, "grey")))

    assert page_report(file)["corners"] is None
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("content", [None, b"", b"no picture", b"\xff\xd8\xff\xe0 cut"])
def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "bad.jpg"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(ValueError, match=r"bad\.jpg: "):
        page_report(file)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    file = tmp_path / "tray.jpg"
    file.write_bytes(scenes.jpeg(scenes.empty(3, "grey")))

    with pytest.raises(ValueError, match="tray"):
        page_report(file, file / "below")
