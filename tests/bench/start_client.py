"""Start one program and say when its first key could be taken: ``… tests.bench.start_client empty|client FOLDER``.

``WINDOW_CLIENT_STARTED`` is ``time.time()`` when the process was begun. Prints JSON: milliseconds, and the heavy
modules that were loaded by then.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

HEAVY = ("cv2", "numpy", "httpx", "escpos", "keyring", "PIL", "pypinyin", "zxingcpp", "pyzbar", "litestar", "uvicorn",
         "simplejpeg", "argon2", "serial", "cryptography", "window_client.reception", "drivers.recording")  # fmt: skip
"""What must not be loaded before the first key."""

SETTINGS = """[window]
number = 12
profile = "demo"
[central]
url = "http://127.0.0.1:9"
[data]
keys = "file"
"""


def main() -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

    loaded: list[str] = []

    def first_key(field: QLineEdit, again: QTimer) -> None:
        handle = field.window().windowHandle()
        if handle is None or not field.isVisible():
            return
        QTest.keyClick(handle, "7")  # type: ignore[call-overload]  # takes a character too
        if "7" not in field.text():
            return
        again.stop()
        ms = (time.time() - float(os.environ["WINDOW_CLIENT_STARTED"])) * 1000
        loaded.extend(name for name in HEAVY if name in sys.modules)
        sys.stdout.write(json.dumps({"ms": ms, "heavy": loaded}) + "\n")
        sys.stdout.flush()
        os._exit(0)

    if sys.argv[1] == "empty":
        app = QApplication([])
        window = QWidget()
        window.resize(1440, 900)
        field = QLineEdit()
        QVBoxLayout(window).addWidget(field)
        window.show()
        window.activateWindow()
        field.setFocus()
    else:
        from ui.main import application
        from ui.windows import Windows
        from window_client.settings import read

        folder = Path(sys.argv[2])
        (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
        os.environ["WINDOW_CLIENT_PASSPHRASE"] = "bench"
        app = application()
        windows = Windows(read(folder / "settings.toml", data=folder / "data"))
        windows.open()
        assert windows.signin is not None
        field = windows.signin.findChildren(QLineEdit)[0]
    timer = QTimer()
    timer.timeout.connect(lambda: first_key(field, timer))
    timer.start(1)
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main())
