"""The screens look as they did when somebody last looked at them (``make golden`` renews the copies)."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.gui.golden import FOLDER, ROWS, name_of, pictures
from ui.looks import Looks

BLOCK = 4
"""Pictures are compared in blocks of so many pixels: hinting may move a stroke by one."""

NOTICEABLE = 20
"""Difference of a block's shade, of 255, that an eye sees."""

ALLOWED = 0.002
"""Part of all blocks that may differ noticeably."""


def blocks(picture: QImage) -> NDArray[np.int16]:
    """Mean colours of blocks: height x width x 3."""
    small = picture.convertToFormat(QImage.Format.Format_RGB888).scaled(
        picture.width() // BLOCK,
        picture.height() // BLOCK,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    small = small.convertToFormat(QImage.Format.Format_RGB888)
    raw = np.frombuffer(small.constBits(), np.uint8).reshape(small.height(), small.bytesPerLine())
    return raw[:, : small.width() * 3].reshape(small.height(), small.width(), 3).astype(np.int16)


def different(one: QImage, other: QImage) -> float:
    """Part of the blocks that differ noticeably; all of them where the sizes differ."""
    if one.size() != other.size():
        return 1.0
    gap = np.abs(blocks(one) - blocks(other)).max(axis=2)
    return float((gap > NOTICEABLE).mean())


@pytest.mark.parametrize("row", range(len(ROWS)))
def test_every_scene_looks_as_its_golden_copy(qtbot: QtBot, row: int, tmp_path: Path) -> None:
    found = {}
    for name, picture in pictures((ROWS[row],)):
        copy = QImage(str(FOLDER / name))
        part = different(picture, copy)
        if part > ALLOWED:
            picture.save(str(tmp_path / name))
            found[name] = f"{part:.1%} of the blocks differ; see {tmp_path / name}"
    assert found == {}


def test_a_moved_button_is_seen(qtbot: QtBot) -> None:
    copy = QImage(str(FOLDER / name_of("01a-reception-idle", Looks(), (1440, 900))))
    moved = copy.convertToFormat(QImage.Format.Format_RGB32)
    button = moved.copy(900, 500, 200, 60)
    moved.fill(Qt.GlobalColor.white)
    assert different(copy, moved) > ALLOWED
    again = copy.convertToFormat(QImage.Format.Format_RGB32)
    for y in range(60):
        for x in range(200):
            again.setPixelColor(300 + x, 120 + y, button.pixelColor(x, y))
    assert different(copy, again) > ALLOWED


def test_the_copies_stay_small_and_none_is_left_over() -> None:
    named = {name_of(scene, looks, size) for looks, size, scenes in ROWS for scene in scenes}
    assert {path.name for path in FOLDER.glob("*.png")} == named
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < 6_000_000
