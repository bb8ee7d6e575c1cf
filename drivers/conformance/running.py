"""Runs the checks of a kind, one after the other, and tells each outcome.

A check that does not come back is a failure of the device, not of the kit: it is left behind in its thread, and the
checks that follow are skipped, because whoever hangs may still hold the port.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from drivers.conformance.bench import Bench, Failed, Skipped
from drivers.conformance.checks import CHECKS, Check
from drivers.errors import DeviceError


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome: ``passed``, ``failed`` or ``skipped``, and why."""

    title: str
    outcome: str
    why: str
    seconds: float


def run(bench: Bench, *, tell: Callable[[Row], None] = lambda _row: None) -> list[Row]:
    """Run all checks of the bench's kind.

    Raises:
        ValueError: There are no checks for that kind.
    """
    checks = CHECKS.get(bench.config.kind)
    if checks is None:
        raise ValueError(f"no checks for {bench.config.kind}")
    rows = []
    for row in _rows(bench, checks):
        tell(row)
        rows.append(row)
    return rows


def _rows(bench: Bench, checks: tuple[Check, ...]) -> Iterator[Row]:
    hung = False
    for check in checks:
        if hung:
            yield Row(check.title, "skipped", "a check before did not come back", 0.0)
            continue
        row = check_one(bench, check)
        hung = row.why.startswith(HUNG)
        yield row


HUNG = "did not come back"


def check_one(bench: Bench, check: Check) -> Row:
    """Run one check."""
    outcome: list[tuple[str, str]] = []

    def work() -> None:
        try:
            check.run(bench)
            outcome.append(("passed", ""))
        except Skipped as why:
            outcome.append(("skipped", str(why)))
        except Failed as why:
            outcome.append(("failed", str(why)))
        except DeviceError as error:
            outcome.append(("failed", f"{error.fault}/{error.code} {error.detail}".strip()))
        except Exception as bug:  # noqa: BLE001 - a driver that raises anything else breaks the contract
            outcome.append(("failed", f"raised {type(bug).__name__}, only DeviceError may come out"))

    begun = time.monotonic()
    thread = threading.Thread(target=work, name="check", daemon=True)
    thread.start()
    thread.join(check.limit)
    took = time.monotonic() - begun
    if not outcome:
        return Row(check.title, "failed", f"{HUNG} within {check.limit:g} s", took)
    bench.clean_up()
    return Row(check.title, *outcome[0], took)


def table(rows: list[Row]) -> str:
    """The outcomes as a table for a terminal."""
    width = max(len(row.title) for row in rows)
    lines = [f"{row.title:{width}}  {row.outcome:7}  {row.seconds:5.1f} s  {row.why}".rstrip() for row in rows]
    counts = {name: sum(row.outcome == name for row in rows) for name in ("passed", "failed", "skipped")}
    return "\n".join([*lines, ", ".join(f"{count} {name}" for name, count in counts.items())])
