"""A CD5220 customer display, as a program: what it shows is at ``GET /text`` of the admin port.

Fault ``stalled``: it takes no more bytes, as if switched off with the cable in; what the line holds back is shown
when the fault goes.
"""

import threading
from collections.abc import Sequence

from drivers.display.frames import Screen
from drivers.emulators import serving

FAULTS = frozenset({"stalled"})


class Display:
    """Feeds a screen, and stops doing so while it is stalled."""

    def __init__(self) -> None:
        self._screen = Screen()
        self._lock = threading.Lock()
        self._flowing = threading.Event()
        self._flowing.set()
        self._bytes = 0

    def set_fault(self, name: str | None) -> None:
        """Stall or go on."""
        if name is None:
            self._flowing.set()
        else:
            self._flowing.clear()

    def take(self, data: bytes, _send: serving.Send) -> None:
        """Take in bytes from the host; blocks while stalled."""
        self._flowing.wait()
        with self._lock:
            self._screen.feed(data)
            self._bytes += len(data)

    def lines(self) -> tuple[str, str]:
        """Both lines."""
        with self._lock:
            return self._screen.lines

    def state(self) -> dict[str, object]:
        """What ``GET /state`` shows."""
        upper, lower = self.lines()
        return {"upper": upper, "lower": lower, "bytes": self._bytes}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator until stdin closes."""
    options = serving.arguments("display", baud=9600).parse_args(argv)
    display = Display()
    admin = serving.Admin(faults=FAULTS, state=display.state, on_fault=display.set_fault)
    admin.route(
        "GET",
        "/text",
        lambda _body: serving.Reply(200, "text/plain; charset=utf-8", "\n".join(display.lines()).encode()),
    )
    with serving.serve_bytes(options, display.take) as port:
        return serving.run("display", port.url, admin, admin_port=options.admin, fault=options.fault)
