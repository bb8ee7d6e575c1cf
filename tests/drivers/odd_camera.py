"""The camera's helper process with a stand-in at ``cv2.VideoCapture``: no test machine has a camera.

A node is a file whose text is the grey that its pictures have. Like a real one it belongs to one program at a time. A
file ``NODE.hangs`` makes each read wait for ever, ``NODE.holds`` does that with the interpreter held (``NODE.held``
is there then), and ``NODE.crashes`` ends the process as native code does.
"""

import ctypes
import fcntl
import os
import signal
import sys
import time
from pathlib import Path
from typing import IO, Any

from drivers.camera.uvc_helper import main


class Capture:
    """What OpenCV does at such a node."""

    def __init__(self, where: int | str, _api: int) -> None:
        self._node = Path(str(where)).resolve()
        self._held: IO[str] | None = None
        try:
            held = self._node.open()
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return
        self._held = held

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self._held is not None

    def get(self, _what: int) -> float:
        return 24.0

    def read(self) -> tuple[bool, Any]:
        import numpy as np

        print("what native code says")
        while self._node.with_name(f"{self._node.name}.hangs").exists():
            time.sleep(0.01)
        if self._node.with_name(f"{self._node.name}.holds").exists():
            sleep = ctypes.PyDLL(None).sleep
            self._node.with_name(f"{self._node.name}.held").touch()
            sleep(600)
        if self._node.with_name(f"{self._node.name}.crashes").exists():
            os.kill(os.getpid(), signal.SIGSEGV)
        time.sleep(0.005)
        try:
            return True, np.full((24, 32, 3), int(self._node.read_text()), np.uint8)
        except OSError:
            return False, None

    def release(self) -> None:
        if self._held is not None:
            self._held.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Capture))
