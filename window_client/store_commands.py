"""``window-client store`` and ``window-client journal``: looking after the store from a terminal."""

import json
import os
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

import msgspec

from window_client.store.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from window_client.settings import Settings
    from window_client.store.restore import Report
    from window_client.store.store import Store


class CannotStart(Exception):  # noqa: N818 - a statement for the person at the terminal
    """The command cannot begin: settings, store or service are not what they should be."""


STORE_WORDS = {
    "occupied": "the store is in use by another program; close the window first",
    "wrong_key": "the key in the keyring, or the passphrase, does not open this store; nothing was touched",
    "key_missing": "this account's keyring has no key for the store: a copied data folder opens nowhere",
    "no_keyring": "no keyring of the operating system can be reached; sign in to the desktop session first",
    "damaged": "the store is damaged; nothing was touched",
    "wrong_profile": "the store belongs to another profile (production, training, demo); nothing was touched",
    "newer_version": "the store was written by a newer program; update this one",
    "disk_full": "the disk is full; free some space, nothing was lost",
    "read_only": "the data folder cannot be written",
}
"""What each trouble with the store means, for the terminal; the windows have their own words."""


def out(options: Namespace, facts: dict[str, Any], words: str) -> None:
    """One answer: JSON, or words for a person."""
    sys.stdout.write((json.dumps(facts, ensure_ascii=False) if options.json else words) + "\n")


def store_of(settings: "Settings", *, made: bool = False) -> "Store":
    """The window's store, opened.

    Args:
        settings: Where it lies, and its key.
        made: Make it if there is none, as a start of the window does.

    Raises:
        CannotStart: In words for the terminal.
    """
    from window_client.app import open_store  # noqa: PLC0415 - brings the whole counter

    _must_have_passphrase(settings)
    if not made:
        _must_be_there(settings)
    try:
        return open_store(settings)
    except StoreError as error:
        raise CannotStart(STORE_WORDS.get(error.code, error.code)) from error


def health(settings: "Settings") -> tuple[str, bool, str]:
    """The doctor's line about the store. Where there is none yet nothing is wrong, and nothing is made."""
    from window_client.app import store_folder  # noqa: PLC0415 - brings the whole counter
    from window_client.store.database import has_data  # noqa: PLC0415

    if not has_data(store_folder(settings)):
        return "store", True, "none yet, made at the first start"
    try:
        found = _look(settings)
    except CannotStart as error:
        return "store", False, str(error)
    return "store", not found["problems"], "; ".join(found["problems"]) or "sound"


def check(options: Namespace) -> int:
    """Look through the whole store and change nothing. Exit 1 when something is wrong."""
    found = _look(_settings(options))
    facts = {"ok": not found["problems"], **found}
    counts = "{cases} cases, {unsent} messages to send, {drafts} open visits, {pages} pages ({orphans} needed no more)"
    kept = "{backups} backups, the newest {newest_backup}, {log_records} records in the log"
    lines = [*found["problems"]] or ["sound"]
    if not found["problems"] or found["cases"]:
        lines += [counts.format(**found), kept.format(**{**found, "newest_backup": found["newest_backup"] or "-"})]
    out(options, facts, "\n".join(lines))
    return 1 if found["problems"] else 0


def backup(options: Namespace) -> int:
    """Make a backup now. Exit 1 when it could not be made."""
    store = store_of(_settings(options))
    try:
        made = store.backup("administrator")
    except StoreError as error:
        out(
            options, {"ok": False, "code": error.code}, f"no backup was made: {STORE_WORDS.get(error.code, error.code)}"
        )
        return 1
    finally:
        store.close()
    facts = {"ok": True, **msgspec.to_builtins(made)}
    out(options, facts, f"backup {made.number:06} made at {made.made_at}, {made.size} bytes")
    return 0


def restore(options: Namespace) -> int:
    """Bring a damaged store back. Exit 1 when there is nothing to bring it back from, or something is lacking."""
    from window_client.app import master_key, store_folder  # noqa: PLC0415 - brings the whole counter
    from window_client.store.restore import restore as bring_back  # noqa: PLC0415

    settings = _settings(options)
    _must_be_there(settings)
    _must_have_passphrase(settings)
    try:
        report = bring_back(
            store_folder(settings), master_key(settings), backups=settings.backups, keep=settings.keep_backups
        )
    except StoreError as error:
        if error.code != "damaged":
            raise CannotStart(STORE_WORDS.get(error.code, error.code)) from error
        out(options, {"ok": False, "code": "damaged", "detail": error.detail}, f"nothing was restored: {error.detail}")
        return 1
    fine = report.whole and not report.pages_missing
    out(options, {"ok": fine, **msgspec.to_builtins(report)}, _told(report))
    return 0 if fine else 1


def _told(report: "Report") -> str:
    if not report.kept:
        return f"the store is sound: {report.cases} cases; its header was written anew"
    began = f"backup {report.backup:06} of {report.backup_at}" if report.backup >= 0 else "the log alone"
    lines = [
        f"restored from {began}: {report.cases} cases, {report.cases_from_log} of them from the log since",
        f"{report.entries_from_log} journal entries from the log, {report.drafts} open visits",
        f"pages: {report.pages_from_backup} from the backup, {report.pages_missing} missing",
        *([f"{report.cases_from_damaged} cases from the damaged database"] if report.cases_from_damaged else []),
        f"the damaged files are kept in {report.kept}",
        *report.problems,
    ]
    return "\n".join(lines)


def journal_verify(options: Namespace) -> int:
    """Walk the chain of deeds and compare it with what the sealed log knows. Exit 1 where it breaks."""
    from window_client.app import master_key, store_folder  # noqa: PLC0415 - brings the whole counter
    from window_client.store.checking import verify_journal  # noqa: PLC0415

    settings = _settings(options)
    _must_be_there(settings)
    _must_have_passphrase(settings)
    try:
        result, known = verify_journal(store_folder(settings), master_key(settings), backups=settings.backups)
    except StoreError as error:
        raise CannotStart(STORE_WORDS.get(error.code, error.code)) from error
    facts = {
        "ok": result.ok,
        "entries": result.entries,
        "broken_at": result.broken_at,
        "reason": result.reason,
        "anchors": known,
    }
    words = (
        f"{result.entries} entries, unbroken, {known} of them known to log or backups"
        if result.ok
        else f"broken at {result.broken_at}: {result.reason}"
    )
    out(options, facts, words)
    return 0 if result.ok else 1


def journal_list(options: Namespace) -> int:
    """The last deeds, the newest first. Subjects are ids and numbers of cases; nobody is named but clerks."""
    store = store_of(_settings(options))
    try:
        entries = store.journal.entries(options.limit, action=options.action)
    finally:
        store.close()
    for entry in entries:
        facts = {name: getattr(entry, name) for name in ("seq", "at", "actor", "action", "subject", "detail", "hash")}
        facts["detail"] = json.loads(entry.detail)
        words = f"{entry.seq:>6} {entry.at[:19]} {entry.actor:<10} {entry.action:<18} {entry.subject} {entry.detail}"
        out(options, facts, words.rstrip())
    return 0


def _look(settings: "Settings") -> dict[str, Any]:
    from window_client.app import master_key, store_folder  # noqa: PLC0415 - brings the whole counter
    from window_client.store.checking import check as look  # noqa: PLC0415

    _must_be_there(settings)
    _must_have_passphrase(settings)
    try:
        found = look(store_folder(settings), master_key(settings), backups=settings.backups)
    except StoreError as error:
        raise CannotStart(STORE_WORDS.get(error.code, error.code)) from error
    facts: dict[str, Any] = msgspec.to_builtins(found)
    return facts


def _settings(options: Namespace) -> "Settings":
    from window_client.commands import settings_of  # noqa: PLC0415 - it imports this module

    return settings_of(options)


def _must_be_there(settings: "Settings") -> None:
    from window_client.app import store_folder  # noqa: PLC0415 - brings the whole counter
    from window_client.store.database import has_data  # noqa: PLC0415

    folder: Path = store_folder(settings)
    if not has_data(folder):
        raise CannotStart(f"there is no store in {folder}; it is made at the window's first start")


def _must_have_passphrase(settings: "Settings") -> None:
    from window_client.app import UNLOCKED_BY  # noqa: PLC0415 - brings the whole counter

    if settings.keys == "file" and not os.environ.get(UNLOCKED_BY):
        raise CannotStart(f"the settings keep the key in a file: give its passphrase in {UNLOCKED_BY}")
