"""The service's commands: ``window_client.__main__`` gives them parsed options and exits with what they return."""

import getpass
import json
import logging
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from window_client.central import contract as c
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.central.service import accounts, demo, documents
from window_client.central.service.call import Rules
from window_client.central.service.database import Database
from window_client.central.service.serving import Place, serve

PROFILES = ("production", "training", "demo", "test")


def serve_options(parser: ArgumentParser) -> None:
    """Options of ``central serve``."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--database", type=Path, required=True, help="SQLite file; pages lie beside it")
    parser.add_argument("--profile", choices=PROFILES, default="production")
    parser.add_argument("--catalogue", type=Path, default=demo.DEMO / "catalogue.json")
    parser.add_argument("--forms", type=Path, default=demo.RESOURCES / "forms")
    parser.add_argument("--watch-stdin", action="store_true", help="end when stdin closes")
    parser.add_argument("--made-up", action="store_true", help="training: begin with the demo's people and queue")
    parser.add_argument("--no-tickets", action="store_true", help="demo: begin with an empty queue")
    parser.add_argument("--recall-seconds", type=float, default=Rules().recall_seconds)


def cases_options(parser: ArgumentParser) -> None:
    """Options of ``central cases``."""
    parser.add_argument("--url", required=True)
    parser.add_argument("--ca", default=None, help="certificate file of the hall's authority")
    parser.add_argument("--account", required=True)
    parser.add_argument("--password", default=None, help="asked for when absent")
    parser.add_argument("--window", type=int, default=0)
    parser.add_argument("--state", default="")
    parser.add_argument("--case-no", default="")
    parser.add_argument("--limit", type=int, default=50)
    parser.add_argument("--json", action="store_true")


def account_options(parser: ArgumentParser) -> None:
    """Options of ``central account``."""
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--account", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--roles", required=True, help="comma-separated")
    parser.add_argument("--windows", default="", help="comma-separated; none: any")


def central_serve(args: Namespace) -> int:
    """Run the reference service until it is told to stop."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    place = Place(
        host=args.host,
        port=args.port,
        database=args.database,
        profile=args.profile,
        catalogue=args.catalogue,
        forms=args.forms,
        rules=Rules(recall_seconds=args.recall_seconds),
        with_tickets=not args.no_tickets,
        made_up=args.made_up,
    )
    try:
        documents.load(place.catalogue, place.forms)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"catalogue or forms cannot be read: {error}\n")
        return 2
    return serve(place, watch_stdin=args.watch_stdin)


def central_cases(args: Namespace) -> int:
    """List cases, as the account may see them. 0 listed, 1 none, 2 no answer or not allowed."""
    token = ""
    client = CentralClient(args.url, token=lambda: token, ca=args.ca)
    try:
        token = client.sign_in(args.account, args.password or getpass.getpass()).token
        found = client.cases(state=args.state, window=args.window, limit=args.limit, case_no=args.case_no)
        client.sign_out()
    except (Unavailable, Rejected) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    finally:
        client.close()
    for case in found.cases:
        sys.stdout.write(_as_json(case) if args.json else _as_line(case))
    return 0 if found.cases else 1


def central_account(args: Namespace) -> int:
    """Enter an account into the service's database; the password comes from stdin or is asked for."""
    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if len(password) < 8:
        sys.stderr.write("a password has at least eight characters\n")
        return 2
    clerk = c.Clerk(args.account, args.name, roles=tuple(args.roles.split(",")))
    windows = tuple(int(text) for text in args.windows.split(",") if text)
    database = Database(args.database)
    try:
        database.write(lambda db: accounts.add_account(db, clerk, windows, password)).result()
    finally:
        database.close()
    return 0


def _as_json(case: c.CaseSummary) -> str:
    facts = {name: getattr(case, name) for name in case.__struct_fields__}
    return json.dumps(facts, ensure_ascii=False) + "\n"


def _as_line(case: c.CaseSummary) -> str:
    pages = f"{case.pages_received}/{case.pages}"
    return f"{case.case_no}  {case.state:<10} {case.window:>3}  {pages:>7}  {case.item_name}  {case.applicant}\n"


def main(argv: list[str] | None = None) -> int:
    """``python -m window_client.central.service.commands serve|cases|account``: the service without the desk."""
    parser = ArgumentParser(prog="central")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, options, run in (
        ("serve", serve_options, central_serve),
        ("cases", cases_options, central_cases),
        ("account", account_options, central_account),
    ):
        one = commands.add_parser(name)
        options(one)
        one.set_defaults(run=run)
    args = parser.parse_args(argv)
    return int(args.run(args))


if __name__ == "__main__":
    raise SystemExit(main())
