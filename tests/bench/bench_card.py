"""How long a card read takes over a serial line of 115200 baud, beside what the line alone needs.

The emulated module sends its bytes as slowly as such a line carries them (ten bits a byte). The yardstick beside it, in
the same run: the same four commands with nothing but pyserial, which is told how many bytes to expect.
"""

import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from drivers.contracts import DeviceConfig
from drivers.emulators.process import EmulatorProcess
from drivers.id_card import frames
from drivers.id_card.driver import SerialIdCardReader

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


def _timed(reads: int, read: Any) -> float:
    """The median of some reads in ms; the first one does not count."""
    times = []
    for _ in range(reads + 1):
        began = time.perf_counter()
        read()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])


def run() -> dict[str, Any]:
    """Read a card some times by the driver and by pyserial alone."""
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
        "bare_overhead_percent": round((bare_ms / wire_ms - 1) * 100, 1),
        "limit_percent": 10,
    }
