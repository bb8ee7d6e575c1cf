"""Golden pictures: some scenes in some looks. ``python -m tests.gui.golden`` (``make golden``) renews them.

They are looked at by eye when they are renewed; the test compares each run with them. Bundled fonts and the offscreen
platform make them the same on every machine but for a shade here and there, so a copy keeps 128 colours.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.gui.looks_scenes import shown
from ui.looks import Looks

FOLDER = Path(__file__).with_name("golden")
Size = tuple[int, int]
USUAL: Size = (1440, 900)
LOW: Size = (1366, 768)
WIDE: Size = (1920, 1080)

ROWS: tuple[tuple[Looks, Size, tuple[str, ...]], ...] = (
    (
        Looks(),
        USUAL,
        (
            "01a-reception-idle",
            "01b-reception-materials",
            "01c-reception-accepted",
            "01d-form",
            "01e-reception-printer-fault",
            "01f-reception-identity",
            "01g-reception-sign",
            "02-item-picker",
            "rail-paused",
            "rail-lock",
            "rail-strip-transfer",
        ),
    ),
    (Looks(theme="dark"), USUAL, ("01b-reception-materials", "01c-reception-accepted")),
    (Looks("en"), USUAL, ("01a-reception-idle", "01b-reception-materials", "01d-form")),
    (Looks(), LOW, ("01b-reception-materials", "01c-reception-accepted", "01d-form", "02-item-picker")),
    (Looks(text="large"), WIDE, ("01b-reception-materials", "01a-reception-idle")),
    (Looks("en", "dark", "huge"), LOW, ("01b-reception-materials", "01a-reception-idle")),
)


def name_of(scene: str, looks: Looks, size: Size) -> str:
    """The file of a scene in these looks."""
    return f"{scene}-{looks.language}-{looks.theme}-{looks.text}-{size[0]}x{size[1]}.png"


def pictures(rows: tuple[tuple[Looks, Size, tuple[str, ...]], ...] = ROWS) -> Iterator[tuple[str, QImage]]:
    """File name and picture of every scene of the rows."""
    for looks, size, scenes in rows:
        for scene, window in shown(looks, size, list(scenes)):
            window.centre.setFocus(Qt.FocusReason.OtherFocusReason)  # no cursor blinks in the picture
            QApplication.processEvents()
            yield name_of(scene, looks, size), window.grab().toImage()


def save_small(picture: QImage, path: Path) -> None:
    """Save with a palette of 128 colours."""
    from io import BytesIO

    from PIL import Image
    from PySide6.QtCore import QBuffer

    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    image = Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")
    image.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Renew all; files that nothing makes any more go."""
    from ui.words import words

    words.strict = True
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert application is not None
    FOLDER.mkdir(exist_ok=True)
    made = set()
    for name, picture in pictures():
        save_small(picture, FOLDER / name)
        made.add(name)
        sys.stdout.write(f"{name}\n")
    for path in FOLDER.glob("*.png"):
        if path.name not in made:
            path.unlink()


if __name__ == "__main__":
    main()
