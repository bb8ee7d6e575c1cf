"""What the command line does beside opening windows; one function a command."""

import sys
from argparse import Namespace
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any, cast

from drivers import catalogue
from drivers.errors import DeviceError
from window_client import device_check, logs, machine_check, store_commands
from window_client.domain.privacy import mask_id_no, mask_name
from window_client.settings import Settings, SettingsError, read
from window_client.store_commands import CannotStart, out, store_of

if TYPE_CHECKING:
    from drivers.contracts import CardReader


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
        out(options, report, f"{file}: {found}; {flags}; codes: {codes}")
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
        out(options, {"ok": False, "code": error.code}, f"not read: {error.code}")
        return 1
    finally:
        reader.close()
    name, number = mask_name(record.name), mask_id_no(record.id_no)
    facts = {"ok": True, "kind": record.kind.value, "name": name, "id_no": number, "valid_to": record.valid_to}
    out(options, facts, f"{record.kind.value}: {name} {number}, valid to {record.valid_to}")
    return 0


def _reads_aloud(settings: Settings) -> tuple[str, bool, str]:
    """Whether the applicant's screen can read aloud. Without an engine its button is not shown; that is no fault."""
    from window_client.speech import find_engine  # noqa: PLC0415 - not for every start

    engine = find_engine(settings.speech)
    if engine is not None:
        return "speech", True, engine.name
    if settings.speech:
        return "speech", False, f"{settings.speech[0]} is not on this machine"
    return "speech", True, "no engine: the applicant's pages are not read aloud"


def doctor(options: Namespace) -> int:
    """Check everything that a window needs; one line each."""
    from window_client.central.client import CentralClient, Rejected, Unavailable  # noqa: PLC0415 - not for every start

    settings = settings_of(options)
    checks: list[tuple[str, bool, str]] = [("settings", True, str(options.settings))]
    checks.append(store_commands.health(settings))
    client = CentralClient(settings.central_url, ca=settings.central_ca or None, profile=settings.profile)
    try:
        health = client.health()
        checks.append(("central", True, f"{client.latency_ms:.0f} ms, catalogue {health.catalogue_version}"))
    except (Unavailable, Rejected) as error:
        checks.append(("central", False, f"{error}; look at the network, and at url and ca of [central]"))
    finally:
        client.close()
    for config in settings.devices:
        line = device_check.check(config)
        checks.append((config.id, line.well, line.words))
    checks.append(_reads_aloud(settings))
    for name, fine, words in checks:
        out(options, {"check": name, "ok": fine, "detail": words}, f"{'ok ' if fine else 'BAD'} {name}: {words}")
    machine_well = _tell_machine(options, settings)
    if options.bundle is not None:
        from window_client.device_recordings import FOLDER, bundle  # noqa: PLC0415 - not for every start

        lines = [f"{'ok ' if fine else 'BAD'} {name}: {words}" for name, fine, words in checks]
        options.bundle.write_bytes(bundle(settings.data / FOLDER, lines))
        out(options, {"bundle": str(options.bundle)}, str(options.bundle))
    return 0 if all(fine for _, fine, _ in checks) and machine_well else 1


def _tell_machine(options: Namespace, settings: Settings) -> bool:
    """What of this computer stands in the way of devices; False when a device of the settings cannot work so."""
    findings = machine_check.check(machine_check.this_computer(settings.devices))
    marks = {"ok": "ok ", "note": "-- ", "bad": "BAD"}
    for finding in findings:
        text, do = machine_check.said(finding, settings.language)
        well = finding.level != "bad"
        facts = {"check": f"machine.{finding.name}", "ok": well, "level": finding.level, "detail": text, "do": do}
        out(options, facts, f"{marks[finding.level]} {finding.name}: {text}" + (f"\n    {do}" if do else ""))
    return all(finding.level != "bad" for finding in findings)


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
        out(options, facts, f"{row.state.value:<9} {row.kind:<7} {row.case_no:<22} {row.size:>9} {row.error}")
    return 1 if any(row.state.value == "set_aside" for row in rows) else 0


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
    out(options, facts, f"{ticket.number}  ({ticket.ahead} ahead)")
    return 0


def separators(options: Namespace) -> int:
    """Separator sheets for the feeder."""
    from window_client import separator_commands  # noqa: PLC0415 - brings the catalogue's types

    needs_service = bool(options.item) and options.catalogue is None
    return separator_commands.separators(options, settings_of(options) if needs_service else None)


def devices(options: Namespace) -> int:
    """The device set-up in the terminal."""
    from window_client import device_setup_plain  # noqa: PLC0415 - brings the search for devices

    return device_setup_plain.devices(options)


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "devices": devices,
    "page": page,
    "card": card,
    "doctor": doctor,
    "outbox_list": outbox_list,
    "store_check": store_commands.check,
    "store_backup": store_commands.backup,
    "store_restore": store_commands.restore,
    "journal_verify": store_commands.journal_verify,
    "journal_list": store_commands.journal_list,
    "ticket_take": ticket_take,
    "separators": separators,
}
"""By name and sub-command."""
