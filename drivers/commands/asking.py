"""What all commands share: the device's options on the command line, opening it, and one way to answer."""

import argparse
import json
import sys
from collections.abc import Callable
from typing import TypeVar

from drivers import catalogue
from drivers.contracts import Device, DeviceConfig

Result = TypeVar("Result")


def add_device(sub: argparse.ArgumentParser, *, driver: str | None) -> None:
    """The device's address, its driver and the driver's options."""
    sub.add_argument("url", help="for example serial:///dev/ttyUSB0, serial://COM3, socket://host:port")
    sub.add_argument("--driver", default=driver, help="name of the driver" + (f" ({driver})" if driver else ""))
    sub.add_argument(
        "--option", action="append", default=[], metavar="NAME=VALUE", help="an option of the driver; may be repeated"
    )


def config_of(options: argparse.Namespace, kind: str, driver: str) -> DeviceConfig:
    """The device that the command line names.

    Raises:
        ValueError: An option is written wrongly.
    """
    return DeviceConfig(id=kind, kind=kind, driver=driver, url=options.url, options=driver_options(options.option))


def with_device(options: argparse.Namespace, kind: str, driver: str, use: Callable[[Device], Result]) -> Result:
    """Open the device, use it, close it."""
    device = catalogue.create(config_of(options, kind, driver))
    try:
        device.open()
        return use(device)
    finally:
        device.close()


def driver_options(pairs: list[str]) -> dict[str, str | int | float | bool]:
    """``name=value`` with values as in TOML where they look like it, else as text."""
    options: dict[str, str | int | float | bool] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise ValueError(f"--option {pair}: NAME=VALUE is wanted")
        try:
            parsed = json.loads(value)
        except ValueError:
            parsed = value
        options[name] = parsed if isinstance(parsed, str | int | float | bool) else value
    return options


def say(options: argparse.Namespace, value: dict[str, object], words: str) -> None:
    """Answer in words, or with ``--json`` as one object."""
    sys.stdout.write((json.dumps(value, ensure_ascii=False) if options.json else words) + "\n")
