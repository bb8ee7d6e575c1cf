"""What a silent port is, by what comes when a person presses a key of the pad or scans a code.

Such devices speak only by themselves. The port is listened to at one speed after another: what came and was not
understood tells that the speed was wrong, and the person presses again. Pads are dark until they are asked, so for a
pad the question of each shipped template goes first; for a code scanner nothing is sent.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from threading import Event

from drivers import templates
from drivers.codes.frames import decoded
from drivers.display.wording import call
from drivers.errors import DeviceError, Fault
from drivers.recognise.choose import driver_of
from drivers.templates import Template
from drivers.transport import Transport, open_transport

OpenPort = Callable[[str, str, int], Transport]

DEEDS = frozenset({"codes", "rating"})
"""Kinds that are recognised by what a person does."""

SPEEDS = (9600, 115200, 19200, 38400, 57600, 4800, 2400)

PAUSE = 0.1
"""Seconds of silence that end what came at once."""

SHORTEST_CODE = 3
"""Characters; what is shorter may be a pad's key."""

_SLICE = 0.05
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Heard:
    """What a port turned out to be. ``said`` tells of what came no more than one may keep."""

    kind: str
    driver: str
    url: str
    options: dict[str, str | int | float | bool] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)


def hear(
    url: str,
    kind: str,
    *,
    wait: float,
    cancel: Event,
    open_port: OpenPort = lambda device, url, baud: open_transport(device, url, baud=baud),
) -> Heard:
    """Listen up to ``wait`` seconds for a deed; ``kind`` is what the person takes the device for, and may be wrong.

    Raises:
        DeviceError: ``TIMEOUT`` with ``no_rating`` or ``no_code`` when nothing came; ``GARBLED`` when nothing of it
            was understood at any speed that was tried; ``ABSENT``, ``OCCUPIED``; ``CANCELLED``.
    """
    base = url.partition("?")[0]
    pads = {name: templates.load(path) for name, path in templates.shipped("rating").items()}
    until, came = time.monotonic() + wait, False
    for baud, parity in cycle(_speeds(pads.values(), kind) if base.startswith("serial:") else [(SPEEDS[0], "N")]):
        at = f"{base}?baud={baud}" + (f"&parity={parity}" if parity != "N" else "")
        asked = [pad for pad in pads.values() if kind == "rating" and (pad.baud, pad.parity) == (baud, parity)]
        transport = open_port(kind, at if base.startswith("serial:") else url, baud)
        try:
            for pad in asked:
                _send(transport, pad, "ask")
            heard, burst = None, b""
            while not burst and time.monotonic() < until:
                burst = _without_answers(_burst(transport, until, cancel), asked)
            if burst:
                came = True
                heard = _pad_of(burst, pads, url) or _code_of(burst, at if "serial:" in base else url)
            for pad in asked:
                _send(transport, pad, "rest")
            if heard is not None:
                return heard
        finally:
            transport.close()
        if time.monotonic() >= until:
            break
    if came:
        raise DeviceError(kind, Fault.GARBLED, detail="what came was understood at no speed")
    raise DeviceError(kind, Fault.TIMEOUT, "no_rating" if kind == "rating" else "no_code")


def _speeds(pads: Iterable[Template], kind: str) -> list[tuple[int, str]]:
    """Speeds and parities: those of the pads first where it is said to be one."""
    own = [(pad.baud, pad.parity) for pad in pads] if kind == "rating" else []
    return list(dict.fromkeys((*own, *((baud, "N") for baud in SPEEDS))))


def _send(transport: Transport, pad: Template, step: str) -> None:
    if step in pad.steps and (send := pad.steps[step].send) is not None:
        transport.write(send.render(pad.values_for(call("", ""), {})))
        time.sleep(PAUSE)  # so that no two messages look like one


def _burst(transport: Transport, until: float, cancel: Event) -> bytes:
    """What comes until it pauses; empty when nothing did before ``until``."""
    received, quiet = b"", 0.0
    while (not received and time.monotonic() < until) or (received and quiet < PAUSE):
        if cancel.is_set():
            raise DeviceError("search", Fault.CANCELLED)
        piece = transport.read(_SLICE)
        received += piece
        quiet = 0.0 if piece else quiet + _SLICE
        if len(received) > _LONGEST:
            break
    return received


def _without_answers(received: bytes, pads: Sequence[Template]) -> bytes:
    """What came, without the pads' answers to being asked."""
    for pad in pads:
        for step in ("ask", "rest"):
            for answer in pad.steps[step].answers.values() if step in pad.steps else ():
                while found := answer.find(received):
                    received = received[found[1] :]
    return received


def _pad_of(received: bytes, pads: "dict[str, Template]", url: str) -> Heard | None:
    """The pad whose key this is, and nothing else besides it."""
    for name, pad in pads.items():
        key = pad.steps["key"].answers["answer"]
        found = key.find(received)
        if found is None or found[1] != len(received) or key.size not in {None, len(received)}:
            continue
        if (grade := pad.grades.get(int(found[0]["key"]))) is not None:
            kind, driver = driver_of("pad")
            return Heard(kind, driver, url.partition("?")[0], {"template": name}, {"grade": str(grade)})
    return None


def _code_of(received: bytes, url: str) -> Heard | None:
    """A code scanner's code: text; one without an ending is ended by its pause."""
    code = received.rstrip(b"\r\n")
    text = decoded(code) if b"\r" not in code and b"\n" not in code else None
    if text is None or len(text) < SHORTEST_CODE:
        return None
    kind, driver = driver_of("gun")
    options: dict[str, str | int | float | bool] = {} if code != received else {"ending": "none"}
    return Heard(kind, driver, url, options, {"code": text[:4], "letters": str(len(text))})
