"""Renders scenes on a screen of another pixel ratio, for ``test_sharpness``; a process of its own, as Qt takes it once.

``QT_SCALE_FACTOR=1.5 python -m tests.gui.sharp OUT scene ...`` writes a PNG and what is cut for each scene as JSON.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tests.gui.fitting import cut_texts
from tests.gui.looks_scenes import shown
from ui.looks import Looks
from ui.words import words


def main() -> None:
    """Draw the named scenes."""
    out = Path(sys.argv[1])
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert application is not None
    words.strict = True
    found = {}
    for name, window in shown(Looks(), (1366, 768), sys.argv[2:]):
        window.grab().toImage().save(str(out / f"{name}.png"))
        found[name] = {"ratio": window.devicePixelRatio(), "cut": [str(cut) for cut in cut_texts(window)]}
    (out / "found.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
