"""Emulators as programs of their own, ended with the test; real devices with ``--device kind[/driver]=url``."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from drivers import catalogue
from drivers.contracts import DeviceConfig
from drivers.emulators.process import EmulatorProcess


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--device",
        action="append",
        default=[],
        metavar="KIND[/DRIVER]=URL",
        help="a real device for the contract tests of its kind; may be repeated",
    )


def real_devices(config: pytest.Config) -> dict[str, DeviceConfig]:
    """The real devices of the command line, by kind."""
    found = {}
    for asked in config.getoption("--device", default=()):  # not registered where the run began elsewhere
        what, equals, url = asked.partition("=")
        kind, _, driver = what.partition("/")
        entry = next((row for row in catalogue.ENTRIES if row.kind == kind and driver in {"", row.driver}), None)
        if not (equals and url) or entry is None:
            raise pytest.UsageError(f"--device {asked}: KIND[/DRIVER]=URL is wanted, as in `python -m drivers list`")
        found[kind] = DeviceConfig(kind, kind, entry.driver, url)
    return found


@pytest.fixture
def emulate() -> Iterator[Callable[..., EmulatorProcess]]:
    """Start an emulator: ``emulate("id_card", "--tcp")``."""
    with ExitStack() as stack:
        yield lambda kind, *arguments: stack.enter_context(EmulatorProcess(kind, *arguments))
