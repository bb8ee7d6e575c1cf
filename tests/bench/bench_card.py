"""How long a card read takes over a serial line of 115200 baud, beside what the line alone needs.

The emulated module sends its bytes as slowly as such a line carries them (ten bits a byte). The yardstick beside it, in
the same run: the same four commands with nothing but pyserial, which is told how many bytes to expect.

Then random bytes and mutated real frames go through every decoder of card readers (100 MB in all); what one raises
beside its own "damaged" ends the bench, and growth is what is held more at the end than after the first tenth.
"""

import random
import statistics
import time
import tracemalloc
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from drivers.contracts import DeviceConfig
from drivers.emulators.process import EmulatorProcess
from drivers.id_card import frames, hid_frames, text
from drivers.id_card.driver import SerialIdCardReader
from drivers.smart_card import apdu, script
from tests.bench.bench_display import _fed

READS = 25
BAUD = 115200
PERSON = {
    "name": "测试甲",
    "sex": "男",
    "nation": "汉",
    "birth": "1990-01-01",
    "address": "四川省绵阳市测试区一号",
    "id_no": "510799199001010018",
    "issuer": "绵阳市公安局测试分局",
    "valid_from": "2020-03-02",
    "valid_to": "长期",
}
STEPS = ((frames.FIND, 15), (frames.SELECT, 19), (frames.READ, 1295), (frames.READ_APPENDED_ADDRESS, 11))
"""Each command of a read, and the bytes of its answer."""


def _bare(port: Any) -> None:
    for command, size in STEPS:
        port.write(frames.encode(command))
        if len(port.read(size)) != size:
            raise RuntimeError("the module did not answer")


def _fuzzed(megabytes: int) -> dict[str, Any]:
    """Bytes through every decoder; how much the worst has grown, in kB."""
    decoder = frames.FrameDecoder()
    rows = script.load("social_security").reads

    def sam(data: bytes) -> None:
        for payload in decoder.feed(data):
            with suppress(ValueError):
                text.parse(*frames.split_read_data(payload[3:], fingerprints=False))
        decoder.give_up()
        decoder.damaged = 0

    def hid(data: bytes) -> None:
        for at in range(0, len(data), hid_frames.SIZE):
            with suppress(ValueError):
                hid_frames.decode(data[at : at + hid_frames.SIZE])

    def chip(data: bytes) -> None:
        for at in range(0, len(data), 256):
            for row in rows:
                with suppress(ValueError):
                    row.take([apdu.split(data[at : at + 256]).data])

    block = frames.read_data(bytes(text.SIZE), bytes(1024))
    answer = frames.encode(frames.answer(frames.DONE, block))
    record = apdu.make_tlv({7: b"A00000017", 8: b"510799199001010018", 9: "测试甲".encode("gb18030")}) + b"\x90\x00"
    feeds = {
        "sam": (sam, answer + frames.encode(frames.NO_CARD)),
        "hid": (hid, b"".join(hid_frames.split(answer))),
        "chip": (chip, record),
    }
    chance = random.Random(1)
    share = megabytes * 1_000_000 // len(feeds)
    began = time.monotonic()
    tracemalloc.start()
    grown = max(_fed(feed, share, real, chance) for feed, real in feeds.values())
    tracemalloc.stop()
    return {
        "fuzz_megabytes": megabytes,
        "fuzz_seconds": round(time.monotonic() - began, 1),
        "fuzz_grown_kb": max(0.0, round(grown / 1024, 1)),
    }


def _timed(reads: int, read: Any) -> float:
    """The median of some reads in ms; the first one does not count."""
    times = []
    for _ in range(reads + 1):
        began = time.perf_counter()
        read()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])


def run(megabytes: int = 100) -> dict[str, Any]:
    """Read a card some times by the driver and by pyserial alone, then feed the decoders."""
    import serial

    wire_bytes = sum(len(frames.encode(command)) + size for command, size in STEPS)
    wire_ms = wire_bytes * 10 / BAUD * 1000
    with TemporaryDirectory() as folder:
        link = Path(folder) / "reader"
        with EmulatorProcess("id_card", "--pace", "--baud", str(BAUD), "--link", str(link)) as module:
            module.put("/card", {"person": PERSON})
            with serial.Serial(str(link), BAUD, timeout=5.0) as port:
                bare_ms = _timed(READS, lambda: _bare(port))
            reader = SerialIdCardReader(DeviceConfig("reader", "id_card", "sam_v_serial", module.url))
            reader.open()
            try:
                driver_ms = _timed(READS, lambda: reader.read_card(wait=5.0, cancel=Event()))
            finally:
                reader.close()
    return {
        "reads": READS,
        "wire_bytes": wire_bytes,
        "wire_ms": round(wire_ms, 1),
        "bare_ms": round(bare_ms, 1),
        "driver_ms": round(driver_ms, 1),
        "overhead_percent": round((driver_ms / wire_ms - 1) * 100, 1),
        "bare_percent": round((bare_ms / wire_ms - 1) * 100, 1),
        "limit_percent": 10,
        **_fuzzed(megabytes),
    }
