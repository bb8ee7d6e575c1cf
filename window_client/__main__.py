"""The command line of the window client.

Exit codes: 0 done; 1 the thing asked about is not so; 2 wrong use or cannot start. With ``--json`` only JSON goes
to stdout, one object or one a line; logs go to stderr. Where the settings keep the key in a file, its passphrase is
taken from the environment variable WINDOW_CLIENT_PASSPHRASE.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from window_client import __version__


def parser() -> argparse.ArgumentParser:
    """The whole command line; nothing heavy is imported for it."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--settings", type=Path, default=Path("/etc/window-client/settings.toml"), help="TOML file")
    common.add_argument("--data", type=Path, default=None, help="data folder, wins over the settings")
    common.add_argument("--json", action="store_true", help="JSON on stdout and nothing else there")
    common.add_argument("--verbose", action="store_true", help="debug messages on stderr")
    main_parser = argparse.ArgumentParser(prog="window-client", description=__doc__)
    main_parser.add_argument("--version", action="version", version=__version__)
    commands = main_parser.add_subparsers(dest="command", required=True)

    commands.add_parser("run", parents=[common], help="the reception window and the applicant's window")
    demo = commands.add_parser("demo", parents=[common], help="the same with a demo service and emulated devices")
    demo.add_argument("--fresh", action="store_true", help="begin the demo's day anew")
    train = commands.add_parser("train", parents=[common], help="exercises with made-up applicants; nothing is valid")
    train.add_argument("--fresh", action="store_true", help="forget what was done so far")
    tour = commands.add_parser("tour", parents=[common], help="a scripted visit through the real windows, offscreen")
    tour.add_argument("--out", type=Path, default=Path("var/tour"), help="folder for screenshots and tour.json")
    tour.add_argument("--part", choices=("visit", "faults", "looks"), default="visit")
    tour.add_argument("--offline", action="store_true", help="the service is stopped until the acceptance")

    page = commands.add_parser("page", parents=[common], help="find, flatten and judge pages in pictures")
    page.add_argument("files", nargs="+", type=Path)
    page.add_argument("--out", type=Path, default=None, help="folder for the flattened pages")
    sheets = commands.add_parser("separators", parents=[common], help="sheets that part a batch in the feeder, as PDF")
    sheets.add_argument("item", nargs="?", default="", help="id of a service item: one sheet for each of its materials")
    sheets.add_argument("--out", type=Path, required=True, help="the PDF to write")
    sheets.add_argument("--next", type=int, default=1, help="how many generic sheets (what follows is the next row's)")
    sheets.add_argument(
        "--catalogue", type=Path, default=None, help="a catalogue file instead of the central service's"
    )
    card = commands.add_parser("card", parents=[common], help="read an identity card (masked)")
    card.add_argument("--wait", type=float, default=20.0, help="seconds to wait for a card")
    devices = commands.add_parser("devices", parents=[common], help="find the window's devices, try each, save them")
    devices.add_argument("--port", action="append", default=[], help="a further serial port, or a pattern of names")
    devices.add_argument("--plain", action="store_true", help="in the terminal, without a window")
    doctor = commands.add_parser(
        "doctor", parents=[common], help="check settings, store, devices and the central service"
    )
    doctor.add_argument(
        "--bundle", type=Path, default=None, help="a ZIP file to write: this check and the devices' masked traffic"
    )
    outbox = commands.add_parser("outbox", help="what has not been delivered").add_subparsers(
        dest="what", required=True
    )
    outbox.add_parser("list", parents=[common])
    store = commands.add_parser("store", help="look after the store").add_subparsers(dest="what", required=True)
    store.add_parser("check", parents=[common], help="look through all of it, changing nothing")
    store.add_parser("backup", parents=[common], help="make a backup now")
    store.add_parser("restore", parents=[common], help="bring a damaged store back from backup and log")
    journal = commands.add_parser("journal", help="the chain of deeds").add_subparsers(dest="what", required=True)
    journal.add_parser("verify", parents=[common], help="walk the chain; exit 1 where it breaks")
    listed = journal.add_parser("list", parents=[common], help="the last deeds, the newest first")
    listed.add_argument("--limit", type=int, default=50)
    listed.add_argument("--action", default="", help="only deeds of this kind, such as id.revealed")
    ticket = commands.add_parser("ticket", help="stands in for the kiosk").add_subparsers(dest="what", required=True)
    take = ticket.add_parser("take", parents=[common])
    take.add_argument("--category", required=True)
    take.add_argument("--priority", default="", choices=("", "booked", "senior", "disabled", "pregnant", "soldier"))
    take.add_argument("--account", default="kiosk-1", help="account of the kiosk (the demo's)")
    take.add_argument("--password", default="demo", help="its password (the demo's)")
    take.add_argument("--url", default="", help="central service, wins over the settings")
    _central(commands)
    return main_parser


def _central(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    central = commands.add_parser("central", help="the reference central service").add_subparsers(
        dest="what", required=True
    )
    for name in ("serve", "cases", "account"):
        central.add_parser(name, add_help=False)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] == ["central"] and len(given) > 1 and given[1] in {"serve", "cases", "account"}:
        from window_client.central.service import commands as service

        return service.main(given[1:])
    options = parser().parse_args(given)
    if options.command in {"run", "demo", "train", "tour"} or (options.command == "devices" and not options.plain):
        return _windows(options)
    from window_client import commands
    from window_client.store_commands import CannotStart

    name = options.command + (f"_{options.what}" if getattr(options, "what", None) else "")
    run = commands.COMMANDS[name]
    try:
        return run(options)
    except CannotStart as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _windows(options: argparse.Namespace) -> int:
    if options.command == "tour":
        from ui.tour import main as tour

        return tour(options)
    from ui.main import main as windows

    return windows(options)


if __name__ == "__main__":
    raise SystemExit(main())
