"""Devices from the command line, without the rest of the product.

    python -m drivers list                                   drivers and serial ports
    python -m drivers probe serial:///dev/ttyUSB0 [--kind id_card]
    python -m drivers read-card serial:///dev/ttyUSB0 --wait 20
    python -m drivers show serial:///dev/ttyUSB1 A017 "WINDOW 3"
    python -m drivers print-test socket://192.0.2.10:9100
    python -m drivers scan http://192.0.2.11/eSCL --source platen --out pages
    python -m drivers snap usb://0 --driver uvc --out page.jpg
    python -m drivers emulate id_card --link reader

``--json`` prints one JSON object and nothing else on stdout. Exit code 0: done; 1: the device said no, or is not
there; 2: wrong use.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar, cast

from drivers import catalogue
from drivers.contracts import Align, DeviceConfig, Feed, PrintEnd, Qr, Rule, ScanSettings, ScanSource, Text
from drivers.errors import DeviceError, DeviceHealth, DeviceState

if TYPE_CHECKING:
    from drivers.contracts import Camera, CardReader, Device, NumberDisplay, ReceiptPrinter, Scanner

Result = TypeVar("Result")

EMULATORS = (
    "id_card",
    "display",
    "printer",
    "scanner",
    "scanner_folder",
    "camera",
    "voice",
    "document_printer",
    "rating",
    "codes",
    "smart_card",
)
# what may be asked unseen, in this order; never bytes of one kind to what may be a printer, which would print them
_GUESSES = {"serial": ("id_card",), "http": ("scanner", "camera"), "https": ("scanner",), "usb": ("camera",)}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    asked = list(sys.argv[1:] if argv is None else argv)
    if asked[:1] == ["emulate"] and asked[1:2] and asked[1] in EMULATORS:
        return _emulate(asked[1], asked[2:])
    options = _parser().parse_args(asked)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except DeviceError as error:
        if options.json:
            _say(options, {"ok": False, "fault": error.fault, "code": error.code, "detail": error.detail}, "")
        else:
            sys.stderr.write(f"{error}\n")
        return 1
    except (ValueError, OSError) as error:  # a wrong option, or a file that cannot be written
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m drivers", description="Service counter devices, alone")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, what: str, command: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=what, description=what)
        sub.add_argument("--json", action="store_true", help="one JSON object on stdout")
        sub.set_defaults(command=command)
        return sub

    def add_device(sub: argparse.ArgumentParser, *, driver: str | None) -> None:
        sub.add_argument("url", help="for example serial:///dev/ttyUSB0, serial://COM3, socket://host:port")
        sub.add_argument("--driver", default=driver, help="name of the driver" + (f" ({driver})" if driver else ""))
        sub.add_argument(
            "--option",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="an option of the driver; may be repeated",
        )

    add("list", "drivers, and the serial ports of this machine", _list)
    probe = add("probe", "open a device and ask how it is", _probe)
    add_device(probe, driver=None)
    probe.add_argument("--kind", choices=catalogue.KINDS, default=None, help="what it is, when the URL does not tell")
    read_card = add("read-card", "read one identity card", _read_card)
    add_device(read_card, driver="sam_v_serial")
    read_card.add_argument("--wait", type=float, default=20.0, help="seconds to wait for a card (20)")
    show = add("show", "show two lines on a number display", _show)
    add_device(show, driver="cd5220")
    show.add_argument("upper", help="upper line, at most 20 ASCII characters")
    show.add_argument("lower", nargs="?", default="", help="lower line")
    print_test = add("print-test", "print a short test receipt", _print_test)
    add_device(print_test, driver="escpos")
    scan = add("scan", "scan pages into a folder", _scan)
    add_device(scan, driver="escl")
    scan.add_argument("--source", choices=tuple(ScanSource), default=ScanSource.FEEDER, help="where the paper lies")
    scan.add_argument("--dpi", type=int, default=200, help="dots an inch (200)")
    scan.add_argument("--duplex", action="store_true", help="both sides")
    scan.add_argument("--out", type=Path, default=Path(), help="folder for page-1.jpg, page-2.jpg ...")
    snap = add("snap", "keep one picture of a camera", _snap)
    add_device(snap, driver="mjpeg_http")
    snap.add_argument("--out", type=Path, default=Path("picture.jpg"), help="file to write (picture.jpg)")
    emulate = add("emulate", "run a stand-in for a device; --help behind the kind tells more", _parser_only)
    emulate.add_argument("kind", choices=EMULATORS)
    return parser


def _emulate(kind: str, argv: list[str]) -> int:
    try:
        module = import_module(f"drivers.emulators.{kind}")
    except ImportError as error:
        sys.stderr.write(f"no emulator for {kind} here: {error}\n")
        return 2
    return cast("Callable[[list[str]], int]", module.main)(argv)


def _parser_only(_options: argparse.Namespace) -> int:
    return 2


def _list(options: argparse.Namespace) -> int:
    from serial.tools import list_ports

    ports = [
        {"port": port.device, "description": port.description, "hwid": port.hwid} for port in list_ports.comports()
    ]
    drivers = [
        {"kind": entry.kind, "driver": entry.driver, "title": entry.title, "url": entry.url}
        for entry in catalogue.ENTRIES
    ]
    lines = [f"{entry.kind + '/' + entry.driver:24} {entry.title}  ({entry.url})" for entry in catalogue.ENTRIES]
    lines += [f"{port['port']:24} {port['description']}" for port in ports] or ["no serial ports"]
    _say(options, {"drivers": drivers, "ports": ports}, "\n".join(lines))
    return 0


def _probe(options: argparse.Namespace) -> int:
    kinds = (options.kind,) if options.kind else _GUESSES.get(options.url.partition(":")[0], ())
    if not kinds:
        raise ValueError("--kind is needed for this URL")
    failure: DeviceError | None = None
    for kind in kinds:
        driver = options.driver or next(entry.driver for entry in catalogue.ENTRIES if entry.kind == kind)
        try:
            health = _with_device(options, kind, driver, lambda device: device.health())
        except DeviceError as error:
            failure = error
            continue
        found = {"ok": health.state is DeviceState.READY, "kind": kind, "driver": driver, **asdict(health)}
        _say(options, found, _health_line(kind, driver, health))
        return 0 if health.state is DeviceState.READY else 1
    raise failure or ValueError("nothing to probe")


def _health_line(kind: str, driver: str, health: DeviceHealth) -> str:
    facts = "  ".join(f"{key}={value}" for key, value in health.facts.items())
    return f"{kind}/{driver}: {health.state} {health.code} {facts}".rstrip()


def _read_card(options: argparse.Namespace) -> int:
    record = _with_device(
        options,
        "id_card",
        options.driver,
        lambda device: cast("CardReader", device).read_card(wait=options.wait, cancel=Event()),
    )
    fields = asdict(record)
    fields |= {key: f"{len(fields[key])} bytes" if fields[key] else "" for key in ("photo", "portrait")}
    lines = [f"{key:16} {value}" for key, value in fields.items() if value]
    _say(options, {"ok": True, **fields}, "\n".join(lines))
    return 0


def _show(options: argparse.Namespace) -> int:
    from drivers.display.frames import picture

    picture(options.upper, options.lower)  # wrong use is told before a port is touched
    _with_device(
        options,
        "display",
        options.driver,
        lambda device: cast("NumberDisplay", device).show(options.upper, options.lower),
    )
    _say(options, {"ok": True}, "shown")
    return 0


def _print_test(options: argparse.Namespace) -> int:
    lines = (
        Text("打印测试", align=Align.CENTRE, big=True),
        Rule(),
        Text("左", "右"),
        Text("加粗 Bold 0123456789", bold=True),
        Qr("https://counter.example/test"),
        Feed(2),
    )
    result = _with_device(
        options,
        "printer",
        options.driver,
        lambda device: cast("ReceiptPrinter", device).print_receipt(lines, cancel=Event()),
    )
    done = result.end is not PrintEnd.UNKNOWN
    words = f"{result.end}: {result.confirmed} confirmed, {result.sent} sent, of {result.blocks} blocks {result.code}"
    _say(options, {"ok": done, **asdict(result)}, words.rstrip())
    return 0 if done else 1


def _scan(options: argparse.Namespace) -> int:
    settings = ScanSettings(ScanSource(options.source), options.dpi, duplex=options.duplex)
    options.out.mkdir(parents=True, exist_ok=True)

    def keep_pages(device: "Device") -> list[str]:
        files = []
        for page in cast("Scanner", device).scan(settings, cancel=Event()):
            file = options.out / f"page-{page.number}.jpg"
            file.write_bytes(page.jpeg)
            files.append(str(file))
        return files

    files = _with_device(options, "scanner", options.driver, keep_pages)
    _say(options, {"ok": True, "pages": files}, "\n".join(files))
    return 0


def _snap(options: argparse.Namespace) -> int:
    frame = _with_device(
        options,
        "camera",
        options.driver,
        lambda device: cast("Camera", device).next_frame(after=0, wait=10.0, cancel=Event()),
    )
    options.out.write_bytes(frame.jpeg)
    _say(options, {"ok": True, "file": str(options.out), "bytes": len(frame.jpeg)}, str(options.out))
    return 0


def _with_device(options: argparse.Namespace, kind: str, driver: str, use: "Callable[[Device], Result]") -> "Result":
    config = DeviceConfig(id=kind, kind=kind, driver=driver, url=options.url, options=_driver_options(options.option))
    device = catalogue.create(config)
    try:
        device.open()
        return use(device)
    finally:
        device.close()


def _driver_options(pairs: list[str]) -> dict[str, str | int | float | bool]:
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


def _say(options: argparse.Namespace, value: dict[str, object], words: str) -> None:
    sys.stdout.write((json.dumps(value, ensure_ascii=False) if options.json else words) + "\n")


if __name__ == "__main__":
    sys.exit(main())
