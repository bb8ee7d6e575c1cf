"""A helper process for the tests of ``drivers.isolated``: it does what it is told, well or badly."""

import ctypes
import os
import sys
import threading
import time
from collections.abc import Iterator

from drivers.errors import DeviceError, Fault
from drivers.isolated import serve


def _count(given: dict[str, object], cancel: threading.Event) -> Iterator[object]:
    for number in range(int(str(given["to"]))):
        if cancel.is_set():
            return
        yield number
        cancel.wait(float(str(given.get("every", 0))))


def _refuse(_given: dict[str, object], _cancel: threading.Event) -> object:
    raise DeviceError("helper", Fault.ATTENTION, "jam", "rollers")


def _hang(_given: dict[str, object], _cancel: threading.Event) -> object:
    while True:
        time.sleep(60)


def _crash(_given: dict[str, object], _cancel: threading.Event) -> object:
    return ctypes.string_at(0)


def _chatter(given: dict[str, object], _cancel: threading.Event) -> object:
    os.write(1, b"a library prints what it likes\n")
    return given["say"]


def _trip(_given: dict[str, object], _cancel: threading.Event) -> object:
    raise KeyError("510799199003070012")


if __name__ == "__main__":
    sys.exit(
        serve({"count": _count, "refuse": _refuse, "hang": _hang, "crash": _crash, "chatter": _chatter, "trip": _trip})
    )
