"""What the command line does beside opening windows; one function a command."""

import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any, cast

from drivers import catalogue
from drivers.errors import DeviceError
from window_client import logs
from window_client.domain.privacy import mask_id_no, mask_name
from window_client.settings import Settings, SettingsError, read
from window_client.store.errors import StoreError

if TYPE_CHECKING:
    from drivers.contracts import Camera, CardReader
    from window_client.store.store import Store


class CannotStart(Exception):  # noqa: N818 - a statement for the person at the terminal
    """The command cannot begin: settings, store or service are not what they should be."""


STORE_WORDS = {
    "occupied": "the store is in use by another program; close the window first",
    "wrong_key": "the key in the keyring, or the passphrase, does not open this store; nothing was touched",
    "key_missing": "this account's keyring has no key for the store: a copied data folder opens nowhere",
    "no_keyring": "no keyring of the operating system can be reached; sign in to the desktop session first",
    "damaged": "the store is damaged; nothing was touched",
    "newer_version": "the store was written by a newer program; update this one",
    "disk_full": "the disk is full; free some space, nothing was lost",
    "read_only": "the data folder cannot be written",
}
"""What each trouble with the store means, for the terminal; the windows have their own words."""


def settings_of(options: Namespace) -> Settings:
    """The settings of a command.

    Raises:
        CannotStart: With every mistake of the file, one a line.
    """
    logs.start(None, verbose=options.verbose)
    try:
        return read(options.settings, data=options.data)
    except SettingsError as error:
        raise CannotStart("\n".join((f"{options.settings}:", *error.problems))) from error


def store_of(settings: Settings) -> "Store":
    """The window's store, opened.

    Raises:
        CannotStart: In words for the terminal.
    """
    from window_client.app import UNLOCKED_BY, open_store  # noqa: PLC0415 - brings the whole counter

    if settings.keys == "file" and not os.environ.get(UNLOCKED_BY):
        raise CannotStart(f"the settings keep the key in a file: give its passphrase in {UNLOCKED_BY}")
    try:
        return open_store(settings)
    except StoreError as error:
        raise CannotStart(STORE_WORDS.get(error.code, error.code)) from error


def _out(options: Namespace, facts: dict[str, Any], words: str) -> None:
    sys.stdout.write((json.dumps(facts, ensure_ascii=False) if options.json else words) + "\n")


def page(options: Namespace) -> int:
    """Find, flatten and judge pages in pictures."""
    from window_client.imaging.report import page_report  # noqa: PLC0415 - brings cv2

    good = True
    for file in options.files:
        try:
            report: dict[str, Any] = page_report(file, options.out)
        except (ValueError, OSError) as error:
            good = False
            sys.stderr.write(f"{file}: {error}\n")
            continue
        codes = ", ".join(code["text"] for code in report["codes"]) or "-"
        found = "no edge found" if report["corners"] is None else f"turned {report['angle_deg']:.1f} deg"
        flags = ", ".join(report["flags"]) or "good"
        _out(options, report, f"{file}: {found}; {flags}; codes: {codes}")
    return 0 if good else 1


def card(options: Namespace) -> int:
    """Read a card with the reader of the settings; names and numbers are masked."""
    settings = settings_of(options)
    config = next((row for row in settings.devices if row.kind == "id_card"), None)
    if config is None:
        raise CannotStart("the settings name no card reader")
    reader = cast("CardReader", catalogue.create(config))
    try:
        reader.open()
        record = reader.read_card(wait=options.wait, cancel=Event())
    except DeviceError as error:
        _out(options, {"ok": False, "code": error.code}, f"not read: {error.code}")
        return 1
    finally:
        reader.close()
    name, number = mask_name(record.name), mask_id_no(record.id_no)
    facts = {"ok": True, "kind": record.kind.value, "name": name, "id_no": number, "valid_to": record.valid_to}
    _out(options, facts, f"{record.kind.value}: {name} {number}, valid to {record.valid_to}")
    return 0


def doctor(options: Namespace) -> int:
    """Check everything that a window needs; one line each."""
    from window_client.central.client import CentralClient, Rejected, Unavailable  # noqa: PLC0415 - not for every start

    settings = settings_of(options)
    checks: list[tuple[str, bool, str]] = [("settings", True, str(options.settings))]
    try:
        store = store_of(settings)
    except CannotStart as error:
        checks.append(("store", False, str(error)))
    else:
        wrong = store.check()
        checks.append(("store", not wrong, "; ".join(wrong) or "sound"))
        store.close()
    client = CentralClient(settings.central_url, ca=settings.central_ca or None)
    try:
        health = client.health()
        checks.append(("central", True, f"{client.latency_ms:.0f} ms, catalogue {health.catalogue_version}"))
    except (Unavailable, Rejected) as error:
        checks.append(("central", False, str(error)))
    finally:
        client.close()
    for config in settings.devices:
        device = catalogue.create(config)
        try:
            device.open()
            if config.kind == "camera":  # it is well once it shows something, which takes a moment after opening
                cast("Camera", device).next_frame(after=0, wait=10.0, cancel=Event())
            health_of = device.health()
            facts = ", ".join(f"{key} {value}" for key, value in health_of.facts.items())
            fine = health_of.state in {"ready", "busy"}
            checks.append((config.id, fine, f"{health_of.code or health_of.state} {facts}".strip()))
        except DeviceError as error:
            checks.append((config.id, False, error.code))
        finally:
            device.close()
    for name, fine, words in checks:
        _out(options, {"check": name, "ok": fine, "detail": words}, f"{'ok ' if fine else 'BAD'} {name}: {words}")
    return 0 if all(fine for _, fine, _ in checks) else 1


def outbox_list(options: Namespace) -> int:
    """What has not been delivered. Exit 1 when something is set aside."""
    store = store_of(settings_of(options))
    try:
        rows = store.outbox.list()
    finally:
        store.close()
    for row in rows:
        facts = {
            "id": row.id,
            "kind": row.kind,
            "case_no": row.case_no,
            "size": row.size,
            "created_at": row.created_at,
            "attempts": row.attempts,
            "due": row.due,
            "state": row.state.value,
            "error": row.error,
        }
        _out(options, facts, f"{row.state.value:<9} {row.kind:<7} {row.case_no:<22} {row.size:>9} {row.error}")
    return 1 if any(row.state.value == "set_aside" for row in rows) else 0


def store_check(options: Namespace) -> int:
    """Look through the whole store."""
    store = store_of(settings_of(options))
    try:
        wrong = store.check()
    finally:
        store.close()
    _out(options, {"ok": not wrong, "problems": wrong}, "\n".join(wrong) or "sound")
    return 1 if wrong else 0


def journal_verify(options: Namespace) -> int:
    """Walk the chain of deeds."""
    store = store_of(settings_of(options))
    try:
        result = store.journal.verify()
    finally:
        store.close()
    facts = {"ok": result.ok, "entries": result.entries, "broken_at": result.broken_at, "reason": result.reason}
    words = f"{result.entries} entries, unbroken" if result.ok else f"broken at {result.broken_at}: {result.reason}"
    _out(options, facts, words)
    return 0 if result.ok else 1


def ticket_take(options: Namespace) -> int:
    """Take a number, as the kiosk does. The demo's own kiosk account is used where none is given."""
    from window_client.central.client import CentralClient, Rejected, Unavailable  # noqa: PLC0415 - not for every start

    url = options.url or settings_of(options).central_url
    token: list[str | None] = [None]
    client = CentralClient(url, token=lambda: token[0])
    try:
        token[0] = client.sign_in(options.account, options.password).token
        ticket = client.take_ticket(options.category, options.priority)
        client.sign_out()
    except (Unavailable, Rejected) as error:
        raise CannotStart(f"no number: {error}") from error
    finally:
        client.close()
    facts = {"number": ticket.number, "category": ticket.category, "ahead": ticket.ahead, "taken_at": ticket.taken_at}
    _out(options, facts, f"{ticket.number}  ({ticket.ahead} ahead)")
    return 0


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "page": page,
    "card": card,
    "doctor": doctor,
    "outbox_list": outbox_list,
    "store_check": store_check,
    "journal_verify": journal_verify,
    "ticket_take": ticket_take,
}
"""By name and sub-command."""
