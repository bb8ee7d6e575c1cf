"""Our own time for a receipt of 40 lines of Chinese: laid out, encoded and handed to the port, text and drawn.

The printer takes everything at once and answers at once, so that nothing of its time is in the figures. The first
receipt of a program, when fonts are opened and every character is drawn for the first time, stands by itself.

Run as a program it prints one JSON object; times are milliseconds.
"""

import json
import statistics
import subprocess
import sys
from threading import Event
from time import perf_counter
from typing import Any

from drivers.contracts import Align, DeviceConfig, Line, PrintEnd, PrinterStatus, Qr, Rule, Text
from drivers.printer.driver import EscPosPrinter
from drivers.printer.frames import REAL_TIME_STATUS

LIMIT_MS = 30
ROUNDS = 60
_NAMES = ("营业执照副本", "法定代表人身份证明", "住所使用证明", "经营场所平面图", "食品安全管理制度", "健康合格证明")


class Eager:
    """A port whose far end takes and answers everything at once; counts the time that is its own."""

    answers = True

    def __init__(self) -> None:
        self._waiting = b""
        self._tail = b""
        self.taken = 0

    def send(self, data: bytes, wait: float) -> int:
        """Take everything."""
        self.taken += len(data)
        if data in REAL_TIME_STATUS:
            self._waiting += b"\x12"
        self._tail = (self._tail + data)[-11:]
        if self._tail.startswith(b"\x1d(H\x06\x0000"):
            self._waiting += b"\x37\x22" + self._tail[-4:] + b"\x00"
        return len(data)

    def receive(self, wait: float) -> bytes:
        """Give out what was answered."""
        data, self._waiting = self._waiting, b""
        return data

    def port_status(self) -> PrinterStatus | None:
        """Nothing."""
        return None

    def close(self) -> None:
        """Nothing to let go of."""


def receipt(number: int) -> list[Line]:
    """Forty lines of Chinese, every receipt with other words."""
    lines: list[Line] = [
        Text("市政务服务中心", align=Align.CENTRE, big=True),
        Text("受理回执", align=Align.CENTRE, big=True),
    ]
    lines += [Rule(), Text("受理号", right=f"510799-2026-{number:06}"), Text("事项", right="个体工商户设立登记")]
    while len(lines) < 38:
        at = len(lines)
        lines.append(Text(f"{at}. {_NAMES[(at + number) % len(_NAMES)]}（原件）", right=f"扫描 {at % 9 + 1} 页"))
    return [*lines, Text("请妥善保管，办理期限以承诺为准", align=Align.CENTRE), Text("咨询 0816-0000000　监督 12345")]


def measure(text: str) -> dict[str, float]:
    """Print ``ROUNDS`` receipts; ``text`` is ``text`` or ``image``."""
    config = DeviceConfig("printer", "printer", "escpos", "test://", options={"text": text})
    printer = EscPosPrinter(config, lambda _config: Eager())
    printer.open()
    times = []
    for number in range(ROUNDS + 1):
        lines = [*receipt(number), Qr("https://counter.example/c/1")]
        began = perf_counter()
        result = printer.print_receipt(lines, cancel=Event())
        times.append((perf_counter() - began) * 1000)
        assert result.end is PrintEnd.CONFIRMED
    first, *rest = times
    rest.sort()
    return {
        "first_ms": round(first, 2),
        "median_ms": round(statistics.median(rest), 2),
        "p95_ms": round(rest[int(len(rest) * 0.95) - 1], 2),
    }


def run() -> dict[str, Any]:
    """Each kind in a program of its own, so that the first receipt is a first one."""
    found: dict[str, Any] = {"limit_ms": LIMIT_MS}
    for text in ("text", "image"):
        command = [sys.executable, "-m", "tests.bench.bench_receipt", text]
        ran = subprocess.run(command, check=True, capture_output=True, text=True)
        found[text] = json.loads(ran.stdout)
    return found


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1]) if sys.argv[1:] else run()))
