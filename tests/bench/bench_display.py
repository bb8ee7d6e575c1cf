"""Number displays: random bytes and mutated real frames through every decoder, and our time beside the wire's.

    python tests/bench/bench_display.py [MEGABYTES]

Prints one JSON object. Every decoder gets its share of the bytes (100 MB in all unless said otherwise), half of them
random, half real frames with some bytes changed; what it raises beside its own "damaged" ends the bench. Growth is what
the process holds more at the end than after the first tenth.
"""

import json
import random
import sys
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from statistics import median
from typing import Any

from drivers import templates
from drivers.contracts import DeviceConfig
from drivers.display import epson, frames, modbus, onbon
from drivers.display.modbus_led import ModbusLedDisplay
from drivers.shared_port import Ports

CHUNK = 4096
MEGABYTES = 100
SHOWN = 200

Feed = Callable[[bytes], object]


def run(megabytes: int = MEGABYTES) -> dict[str, Any]:
    """Measure; keys end in ``_ms`` where they are times."""
    chance = random.Random(1)
    real = _real_frames()
    feeds = _feeds()
    share = megabytes * 1_000_000 // len(feeds)
    begun = time.monotonic()
    tracemalloc.start()
    grown = {name: _fed(feed, share, real[name], chance) for name, feed in feeds.items()}
    tracemalloc.stop()
    return {
        "megabytes": megabytes,
        "decoders": len(feeds),
        "seconds": round(time.monotonic() - begun, 1),
        "grown_kb": {name: round(size / 1024, 1) for name, size in grown.items()},
        **_overhead(),
    }


def _feeds() -> dict[str, Feed]:
    cd5220, line, chinese = frames.Screen(), epson.Screen(), epson.Screen("gb18030")
    questions, display = modbus.Questions(), modbus.Screen(1, 4)
    stream, controller = onbon.Frames(), onbon.Controller(speaks=False)
    asked = modbus.write_registers(1, modbus.SHOW_TEXT, b"A017")
    key = templates.load(templates.shipped("rating")["five_keys"]).steps["key"].answers["answer"]

    def bus(data: bytes) -> None:
        for question in questions.feed(data):
            display.answer(question)

    def answers(data: bytes) -> None:
        for at in range(0, len(data), 64):
            with suppress(modbus.Damaged):
                modbus.answer_to(asked, data[at : at + 64])

    def board(data: bytes) -> None:
        for body in stream.feed(data):
            with suppress(onbon.Damaged):
                controller.take(onbon.content(body)[2])

    return {
        "cd5220": cd5220.feed,
        "epson": line.feed,
        "epson_gb18030": chinese.feed,
        "modbus_display": bus,
        "modbus_answer": answers,
        "onbon": board,
        "template_key": lambda data: [key.find(data[at : at + 64]) for at in range(0, len(data), 64)],
    }


def _real_frames() -> dict[str, bytes]:
    area = onbon.area(onbon.Area("请A017号到3号窗口", colour="red", spoken=""))
    asked = modbus.write_registers(1, modbus.SHOW_TEXT, b"A017")
    return {
        "cd5220": frames.picture("A017", "WINDOW 03"),
        "epson": epson.picture("A017", "WINDOW 03"),
        "epson_gb18030": epson.picture("请A017号", "到3号窗口", "gb18030"),
        "modbus_display": asked + modbus.write_register(1, 0, 17) + modbus.read_registers(1, 0x70, 2),
        "modbus_answer": modbus.frame(1, asked[1:6]) + modbus.frame(1, b"\x90\x02"),
        "onbon": onbon.frame(onbon.text((area,))) + onbon.frame(onbon.PING) + onbon.frame(onbon.CLEAR),
        "template_key": bytes.fromhex("aa0102040755") * 3,
    }


def _fed(feed: Feed, size: int, real: bytes, chance: random.Random) -> int:
    """Feed so many bytes; how much more is held at the end than after the first tenth."""
    held = 0
    for at in range(0, size, CHUNK):
        if at // CHUNK % 2:
            data = bytearray(real * (CHUNK // len(real) + 1))[:CHUNK]
            for _ in range(chance.randrange(40)):
                data[chance.randrange(CHUNK)] = chance.randrange(256)
            feed(bytes(data))
        else:
            feed(chance.randbytes(CHUNK))
        if not held and at >= size // 10:
            held = tracemalloc.get_traced_memory()[0]
    return tracemalloc.get_traced_memory()[0] - held


class _Wire:
    """A bus that answers at once; what it takes is what a wire of 9600 baud would take."""

    def __init__(self) -> None:
        self._answer = b""
        self.bytes = 0
        self._display = modbus.Screen(1, 4)
        self._questions = modbus.Questions()

    def write(self, data: bytes) -> None:
        self._answer = b"".join(self._display.answer(question) for question in self._questions.feed(data))
        self.bytes += len(data) + len(self._answer)

    def read(self, timeout: float) -> bytes:
        data, self._answer = self._answer, b""
        return data if timeout else b""

    def flush_input(self) -> None:
        self._answer = b""

    def close(self) -> None:
        self._answer = b""


def _overhead() -> dict[str, Any]:
    wire = _Wire()
    config = DeviceConfig("led", "display", "modbus_led", "socket://bench:1", options={"silence": 0.0})
    display = ModbusLedDisplay(config, ports=Ports(lambda *_: wire))
    display.open()
    times, sizes = [], []
    for number in range(SHOWN):
        time.sleep(0.03)  # the bytes before are through the wire, as at a counter
        before, begun = wire.bytes, time.perf_counter()
        display.show(f"A{number:03}", "WINDOW 03")
        times.append((time.perf_counter() - begun) * 1000)
        sizes.append((wire.bytes - before) * 10 / 9600 * 1000)
    display.close()
    ours, on_wire = median(times), median(sizes)
    return {
        "show_ms": round(ours, 3),
        "wire_at_9600_ms": round(on_wire, 1),
        "share_percent": round(100 * ours / on_wire, 1),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(int(sys.argv[1]) if sys.argv[1:] else MEGABYTES)) + "\n")
