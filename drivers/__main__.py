"""Devices from the command line, without the rest of the product.

    python -m drivers list                                   drivers, ports, USB devices, cameras
    python -m drivers find [ADDRESS ...] [--network]         search, and ask what is found what it is
    python -m drivers probe serial:///dev/ttyUSB0 [--kind id_card]
    python -m drivers read-card serial:///dev/ttyUSB0 --wait 20
    python -m drivers read-smart-card pcsc://
    python -m drivers scan-code serial:///dev/ttyACM0
    python -m drivers rate serial:///dev/ttyUSB3
    python -m drivers show serial:///dev/ttyUSB1 A017 "WINDOW 3"
    python -m drivers say sound:// A017 3
    python -m drivers print-test socket://192.0.2.10:9100
    python -m drivers print-document ipp://192.0.2.14/ipp/print --file notice.pdf
    python -m drivers scan http://192.0.2.11/eSCL --source platen --out pages
    python -m drivers snap usb://0 --driver uvc --out page.jpg
    python -m drivers conform id_card serial:///dev/ttyUSB0  the contract, checked on your device
    python -m drivers record id_card serial:///dev/ttyUSB0 --out fault.jsonl [-- read-card --wait 20]
    python -m drivers replay fault.jsonl                     a recording as a device
    python -m drivers emulate id_card --link reader

``--json`` prints one JSON object and nothing else on stdout. Exit code 0: done; 1: the device said no, or is not
there; 2: wrong use.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from drivers import catalogue
from drivers.commands import conforming, deeds, looking, recording
from drivers.commands.asking import add_device, say
from drivers.contracts import ScanSource
from drivers.errors import DeviceError

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
    "replay",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    asked = list(sys.argv[1:] if argv is None else argv)
    if asked[:1] == ["replay"]:
        return _emulate("replay", asked[1:])
    if asked[:1] == ["record"] and "--" in asked:
        cut = asked.index("--")
        return recording.record(asked[1:cut], asked[cut + 1 :], main)
    if asked[:1] == ["record"] and not {"-h", "--help"} & set(asked):
        return recording.record(*recording.usual(asked[1:]), main)
    if asked[:1] == ["emulate"] and asked[1:2] and asked[1] in EMULATORS:
        return _emulate(asked[1], asked[2:])
    options = _parser().parse_args(asked)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except DeviceError as error:
        if options.json:
            say(options, {"ok": False, "fault": error.fault, "code": error.code, "detail": error.detail}, "")
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

    add("list", "drivers, and what is plugged into this machine", looking.list_drivers)
    find = add("find", "search for devices and ask them what they are", looking.find)
    find.add_argument("address", nargs="*", help="addresses or URLs of network devices")
    find.add_argument("--network", action="store_true", help="listen for announced scanners too")
    find.add_argument("--port", action="append", default=[], help="only these serial ports; may be repeated")
    probe = add("probe", "open a device and ask how it is", looking.probe)
    add_device(probe, driver=None)
    probe.add_argument("--kind", choices=catalogue.KINDS, default=None, help="what it is, when the URL does not tell")
    _add_readers(add)
    _add_makers(add)
    conform = add("conform", "check a device against the contract of its kind", conforming.conform)
    conform.add_argument("kind", choices=catalogue.KINDS)
    add_device(conform, driver=None)
    conform.add_argument("--unattended", action="store_true", help="ask nobody; what needs a person is skipped")
    add("record", "KIND URL --out FILE [-- COMMAND]: use a device and keep the traffic, masked", _parser_only)
    add("replay", "FILE: a recording as a device", _parser_only)
    emulate = add("emulate", "run a stand-in for a device; --help behind the kind tells more", _parser_only)
    emulate.add_argument("kind", choices=EMULATORS)
    return parser


Add = Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def _add_readers(add: Add) -> None:
    for name, what, command, driver in (
        ("read-card", "read one identity card", deeds.read_card, "sam_v_serial"),
        ("read-smart-card", "read one chip card", deeds.read_smart_card, "pcsc"),
        ("scan-code", "read one code of a hand-held scanner", deeds.scan_code, "serial"),
        ("rate", "ask for one key of a rating pad", deeds.rate, "template"),
    ):
        sub = add(name, what, command)
        add_device(sub, driver=driver)
        sub.add_argument("--wait", type=float, default=20.0, help="seconds to wait (20)")
    scan = add("scan", "scan pages into a folder", deeds.scan)
    add_device(scan, driver="escl")
    scan.add_argument("--source", choices=tuple(ScanSource), default=ScanSource.FEEDER, help="where the paper lies")
    scan.add_argument("--dpi", type=int, default=200, help="dots an inch (200)")
    scan.add_argument("--duplex", action="store_true", help="both sides")
    scan.add_argument("--out", type=Path, default=Path(), help="folder for page-1.jpg, page-2.jpg ...")
    snap = add("snap", "keep one picture of a camera", deeds.snap)
    add_device(snap, driver="mjpeg_http")
    snap.add_argument("--out", type=Path, default=Path("picture.jpg"), help="file to write (picture.jpg)")


def _add_makers(add: Add) -> None:
    show = add("show", "show two lines on a number display", deeds.show)
    add_device(show, driver="cd5220")
    show.add_argument("upper", help="upper line, at most 20 ASCII characters")
    show.add_argument("lower", nargs="?", default="", help="lower line")
    speak = add("say", "speak a call", deeds.speak)
    add_device(speak, driver="spoken")
    speak.add_argument("number", help="as on the ticket")
    speak.add_argument("window", help="number of the window")
    speak.add_argument("--language", action="append", choices=("zh", "en"), help="may be repeated; both")
    add_device(add("print-test", "print a short test receipt", deeds.print_test), driver="escpos")
    document = add("print-document", "print a PDF file, or a test page", deeds.print_document)
    add_device(document, driver="ipp")
    document.add_argument("--file", type=Path, default=None, help="the PDF file; a test page without it")
    document.add_argument("--job", default="", help="the print's identity: the same one is never printed twice")


def _emulate(kind: str, argv: list[str]) -> int:
    try:
        module = import_module(f"drivers.emulators.{kind}")
    except ImportError as error:
        sys.stderr.write(f"no emulator for {kind} here: {error}\n")
        return 2
    return cast("Callable[[list[str]], int]", module.main)(argv)


def _parser_only(_options: argparse.Namespace) -> int:
    return 2


if __name__ == "__main__":
    sys.exit(main())
