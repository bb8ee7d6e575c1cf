"""On a screen with another pixel ratio everything is drawn in its pixels, not enlarged from a smaller picture."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.gui.looks_scenes import shown
from ui.looks import Looks

ROOT = Path(__file__).resolve().parents[2]
SCENES = ("01a-reception-idle", "01b-reception-materials", "01c-reception-accepted")
RATIO = 1.5
SHARPER = 1.8
"""How much more edge a picture has that was drawn in its own pixels than one that was enlarged; 2.5 is found."""


def _edges(picture: QImage) -> float:
    """How strong the edges of a picture are: the mean square of the differences between neighbours."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())[:, : grey.width()]
    across = np.diff(rows.astype(np.float64), axis=1)
    down = np.diff(rows.astype(np.float64), axis=0)
    return float((across**2).mean() + (down**2).mean())


def _enlarged(picture: QImage, width: int, height: int) -> QImage:
    mode = Qt.TransformationMode.SmoothTransformation
    return picture.scaled(width, height, Qt.AspectRatioMode.IgnoreAspectRatio, mode)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sharp")
    environment = {**os.environ, "QT_SCALE_FACTOR": str(RATIO), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(
        [sys.executable, "-m", "tests.gui.sharp", str(out), *SCENES], cwd=ROOT, env=environment, check=True, timeout=120
    )
    return out


def test_at_one_and_a_half_every_text_has_its_room(drawn: Path) -> None:
    found = json.loads((drawn / "found.json").read_text("utf-8"))
    assert {name: scene["ratio"] for name, scene in found.items()} == dict.fromkeys(SCENES, RATIO)
    assert {name: scene["cut"] for name, scene in found.items()} == {name: [] for name in SCENES}


def test_at_one_and_a_half_the_pictures_have_more_pixels_and_are_sharp(qtbot: QtBot, drawn: Path) -> None:
    for name, window in shown(Looks(), (1366, 768), list(SCENES)):
        usual = window.grab().toImage()
        fine = QImage(str(drawn / f"{name}.png"))
        assert (fine.width(), fine.height()) == (round(1366 * RATIO), round(768 * RATIO))
        enlarged = _enlarged(usual, fine.width(), fine.height())
        assert _edges(fine) > SHARPER * _edges(enlarged), name
        assert _edges(fine) < SHARPER * _edges(fine.copy()), (
            "the measure itself tells no difference where there is none"
        )
