"""The process in which OpenCV waits for a camera's pictures: OpenCV may wait for ever, and a process can be killed.

Started by ``uvc`` with its wishes as JSON on the command line. Frames go to stdout as they are, each behind a kind and
a length: a pipe carries 8 megapixels of JPEG at some hundred frames a second, JSON would not::

    "O" opened, the size as text      "F" a frame, JPEG      "E" the end, JSON {"fault": ..., "detail": ...}

It ends when stdin closes, and ``gives_up`` seconds after the last picture even where OpenCV holds the interpreter and
nobody is there any more to kill it: a camera belongs to one program at a time.
"""

import faulthandler
import json
import os
import struct
import sys
import threading
from collections.abc import Sequence
from typing import BinaryIO

from drivers.camera.capture import OpenCapture, as_jpeg, open_camera, open_capture, size_of
from drivers.errors import Fault

HEAD = struct.Struct(">cI")
"""A kind and the length of what follows."""

OPENED, FRAME, END = b"O", b"F", b"E"

FAILED_READS = 20
"""Reads in a row without a picture after which the camera counts as gone."""

_PAUSE = 0.05


def main(argv: Sequence[str], opens: OpenCapture = open_capture) -> int:
    """Open what ``argv`` wishes and give out its frames until it ends or nobody wants more."""
    wishes = json.loads(argv[0])
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what native code says gets not between the frames
    threading.Thread(target=_until_nobody_asks, name="asked", daemon=True).start()
    with out:
        try:
            fault, detail = _read(wishes, opens, out)
            _say(out, END, json.dumps({"fault": fault.value, "detail": detail}).encode())
        except BrokenPipeError:
            os._exit(0)
    return 0


def _until_nobody_asks() -> None:
    while sys.stdin.buffer.read(1):
        continue
    os._exit(0)


def _say(out: BinaryIO, kind: bytes, data: bytes) -> None:
    out.write(HEAD.pack(kind, len(data)))
    out.write(data)
    out.flush()


def _read(wishes: dict[str, int | float | str], opens: OpenCapture, out: BinaryIO) -> tuple[Fault, str]:
    import cv2  # noqa: PLC0415 - heavy

    source, gives_up = wishes["source"], float(wishes["gives_up"])
    faulthandler.dump_traceback_later(gives_up, exit=True)  # a thread of C, which needs no interpreter
    capture = open_camera(
        source if isinstance(source, str) else int(source), float(wishes["width"]), float(wishes["height"]), opens
    )
    try:
        if not capture.isOpened():
            return Fault.OCCUPIED, "does not open"
        _say(out, OPENED, size_of(capture).encode())
        failed, pause = 0, threading.Event()
        while failed < FAILED_READS:
            done, raw = capture.read()
            jpeg = as_jpeg(raw, int(wishes["quality"])) if done else None
            if jpeg is None:
                failed += 1
                pause.wait(_PAUSE)
                continue
            failed = 0
            _say(out, FRAME, jpeg)
            faulthandler.dump_traceback_later(gives_up, exit=True)
        return Fault.ABSENT, "no more frames"
    except cv2.error as error:  # some drivers end like this when the cable is pulled
        return Fault.ABSENT, f"OpenCV: {error.err}"
    finally:
        capture.release()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
