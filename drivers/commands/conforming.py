"""``conform``: the contract of a kind, checked on one device, with a person's help or without."""

import argparse
import sys
from dataclasses import asdict

from drivers import catalogue
from drivers.commands.asking import config_of, say
from drivers.conformance.bench import Bench, Deed
from drivers.conformance.checks import CHECKS
from drivers.conformance.running import Row, run, table


def conform(options: argparse.Namespace) -> int:
    """Run the checks and print what came of each; exit code 0 when none failed."""
    if options.kind not in CHECKS:
        raise ValueError(f"kinds: {', '.join(CHECKS)}")
    driver = options.driver or next(entry.driver for entry in catalogue.ENTRIES if entry.kind == options.kind)
    bench = Bench(
        config_of(options, options.kind, driver),
        catalogue.create,
        None if options.unattended or options.json else _ask,
    )
    tell = (lambda _row: None) if options.json else _tell
    rows = run(bench, tell=tell)
    failed = sum(row.outcome == "failed" for row in rows)
    words = table(rows)
    found = {"ok": not failed, "kind": options.kind, "driver": driver, "checks": [asdict(row) for row in rows]}
    say(options, found, words)
    return 1 if failed else 0


def _tell(row: Row) -> None:
    sys.stderr.write(f"{row.outcome:7}  {row.title}\n")


def _ask(deed: Deed) -> bool:
    """Ask at the terminal; an empty line or ``y`` is yes, ``n`` no."""
    sys.stderr.write(f"-> {deed}  [Enter when done, n if not] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"", "y", "yes"}
