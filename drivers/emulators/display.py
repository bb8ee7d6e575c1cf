"""A number display, as a program: what it shows is at ``GET /text`` and ``GET /display.png`` of the admin port.

``--model``: ``cd5220``, ``epson``, ``modbus`` (``--units 1,2,3``: several displays on one bus, ``GET /text/2``),
``onbon``, ``template`` (``--template``: name or file). ``--show`` draws the display on stderr whenever it changes.

Faults: ``stalled``: it takes no more bytes, as if switched off with the cable in; what the line holds back is shown
when the fault goes. ``silent``: it neither shows nor answers. Of displays that answer: ``garbled``, ``partial`` (half
an answer), ``wrong`` (an answer to something else), ``slow`` (the answer comes late), ``busy``, ``refuses``. On a bus
``silent:2`` is the fault of unit 2 alone. Unplugged is the end of the program.
"""

import sys
import threading
import time
from collections.abc import Sequence
from functools import partial

from drivers.emulators import serving
from drivers.emulators.display_models import BAUD, MODELS, Model, make

OF_ALL = frozenset({"stalled", "silent"})
OF_ANSWERS = frozenset({"garbled", "partial", "wrong", "slow", "busy", "refuses"})
SLOW = 2.0
"""Seconds that a slow display takes for its answer."""


class Display:
    """Feeds a model, and does to its answers what the fault wants."""

    def __init__(self, model: Model | None = None, *, show: bool = False) -> None:
        self.model = model or make("cd5220")
        self.faults = OF_ALL | (OF_ANSWERS if self.model.answers else frozenset())
        self.admin = serving.Admin(faults=self.faults, state=self.state, on_fault=self.set_fault)
        self._lock = threading.Lock()
        self._flowing = threading.Event()
        self._flowing.set()
        self._bytes = 0
        self._drawn = ""
        self._show = show
        for unit in self.model.units:
            ending = f"/{unit}" if len(self.model.units) > 1 else ""
            self.admin.route("GET", f"/text{ending}", partial(self._get_text, unit))
            self.admin.route("GET", f"/display.png{ending}", partial(self._get_picture, unit))

    def set_fault(self, name: str | None) -> None:
        """Stall or go on."""
        if name == "stalled":
            self._flowing.clear()
        else:
            self._flowing.set()

    def take(self, data: bytes, send: serving.Send) -> None:
        """Take in bytes from the host; blocks while stalled."""
        self._flowing.wait()
        with self._lock:
            answers = list(self.model.take(data, self._mood))
            self._bytes += len(data)
        self._draw()
        for unit, answer in answers:
            self._answer(unit, answer, send)

    def _answer(self, unit: int, answer: bytes, send: serving.Send) -> None:
        if self._has("garbled", unit):
            send(bytes(byte ^ 0x11 for byte in answer))
        elif self._has("partial", unit):
            send(answer[: len(answer) // 2])
        else:
            if self._has("slow", unit):
                time.sleep(SLOW)
            send(answer)

    def _mood(self, unit: int) -> str:
        return next((name for name in ("silent", "busy", "refuses", "wrong") if self._has(name, unit)), "")

    def _has(self, name: str, unit: int) -> bool:
        return self.admin.amount in (0, unit) and self.admin.strikes(name)

    def lines(self, unit: int | None = None) -> tuple[str, ...]:
        """What a display shows, line by line."""
        with self._lock:
            return self.model.lines(self.model.units[0] if unit is None else unit)

    def state(self) -> dict[str, object]:
        """What ``GET /state`` shows."""
        upper, lower = (*self.lines(), "")[:2]
        state: dict[str, object] = {"upper": upper, "lower": lower, "bytes": self._bytes}
        if len(self.model.units) > 1:
            state["units"] = {str(unit): " ".join(self.lines(unit)) for unit in self.model.units}
        if (controller := getattr(self.model, "controller", None)) is not None:
            with self._lock:
                shown = controller.areas.get(0)
                state |= {"brightness": controller.brightness, "said": list(controller.said)}
                state["colour"] = shown.colour if shown else ""
        return state

    def _get_text(self, unit: int, _body: bytes) -> serving.Reply:
        return serving.Reply(200, "text/plain; charset=utf-8", "\n".join(self.lines(unit)).encode())

    def _get_picture(self, unit: int, _body: bytes) -> serving.Reply:
        from drivers.emulators.display_picture import png  # noqa: PLC0415 - Pillow only for this

        with self._lock:
            lines, segments = self.model.lines(unit), self.model.segments(unit)
            controller = getattr(self.model, "controller", None)
            colour = next((area.colour for area in controller.areas.values()), "") if controller else ""
        return serving.Reply(200, "image/png", png(lines, segments, colour))

    def _draw(self) -> None:
        if not self._show:
            return
        from drivers.emulators.display_picture import drawn  # noqa: PLC0415

        with self._lock:
            rows = [drawn(self.model.lines(unit), self.model.segments(unit)) for unit in self.model.units]
        picture = "\n".join(rows)
        if picture != self._drawn:
            self._drawn = picture
            sys.stderr.write(("\x1b[2J\x1b[H" if sys.stderr.isatty() else "") + picture + "\n")
            sys.stderr.flush()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator until stdin closes."""
    parser = serving.arguments("display", baud=9600)
    parser.set_defaults(baud=None)
    parser.add_argument("--model", choices=MODELS, default="cd5220", help="which display (cd5220)")
    parser.add_argument("--units", default="1", help="modbus: unit ids on the bus, with commas (1)")
    parser.add_argument("--digits", type=int, default=4, help="modbus: places (4)")
    parser.add_argument("--charset", choices=("ascii", "gb18030"), default="ascii", help="epson: character set (ascii)")
    parser.add_argument("--template", default="", help="template: name of a shipped one, or a file (xunpeng)")
    parser.add_argument("--show", action="store_true", help="draw the display on stderr when it changes")
    options = parser.parse_args(argv)
    options.baud = options.baud or BAUD.get(options.model, 9600)
    units = tuple(int(unit) for unit in options.units.split(","))
    model = make(options.model, units=units, digits=options.digits, charset=options.charset, template=options.template)
    display = Display(model, show=options.show)
    with serving.serve_bytes(options, display.take) as port:
        return serving.run("display", port.url, display.admin, admin_port=options.admin, fault=options.fault)
