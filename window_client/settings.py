"""Settings from one TOML file. All wrong keys are reported at once, with their line numbers.

[window]   number = 12, hall = "5107-01", profile = "production" | "training" | "demo",
           lock_after_minutes = 5 (without key or pointer; 0: never)
[central]  url = "https://…", ca = "/etc/…/ca.pem" (optional)
[devices.<id>]  kind (drivers.catalogue.KINDS), driver, url, emulated = false, options = { … }; several of a kind: the
           first one that is ready works, the others stand by (a second printer only when the clerk says so)
[pages]    page_kb = 800, case_mb = 30 (limits), auto_feed = false, duplex = false (how a visit begins)
[ui]       language = "zh", theme = "light", text = "normal",
           second_screen = "auto" | "window" | "turn" (the applicant's, where there is only one screen),
           keyboard_scanner = false (true: a code scanner that types like a keyboard is told from typing),
           speech = ["program", "argument", …] (reads aloud what comes on its standard input; [] for none)
[data]     folder = "…" (optional), keys = "keyring" | "file", backups = "…" (optional, another disk), keep_backups = 3,
           backup_every = 50 (acceptances), floor_mb = 500 (free space below which the clerk is told)
"""

import os
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from drivers.catalogue import KINDS
from drivers.contracts import DeviceConfig

PROFILES = ("production", "training", "demo")

_ALLOWED: dict[str, dict[str, type | tuple[type, ...]]] = {
    "window": {"number": int, "hall": str, "profile": str, "lock_after_minutes": int},
    "central": {"url": str, "ca": str},
    "pages": {"page_kb": int, "case_mb": int, "auto_feed": bool, "duplex": bool},
    "ui": {"language": str, "theme": str, "text": str, "second_screen": str, "speech": list, "keyboard_scanner": bool},
    "data": {
        "folder": str,
        "keys": str,
        "backups": str,
        "keep_backups": int,
        "backup_every": int,
        "floor_mb": int,
    },
}
_DEVICE_KEYS: dict[str, type | tuple[type, ...]] = {
    "kind": str,
    "driver": str,
    "url": str,
    "emulated": bool,
    "options": dict,
}
_CHOICES = {
    ("window", "profile"): PROFILES,
    ("ui", "language"): ("zh", "en"),
    ("ui", "theme"): ("light", "dark"),
    ("ui", "text"): ("normal", "large", "huge"),
    ("ui", "second_screen"): ("auto", "window", "turn"),
    ("data", "keys"): ("keyring", "file"),
}


class SettingsError(Exception):
    """The file cannot be used; ``problems`` has one sentence a mistake, with its line number where there is one."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        super().__init__(f"{path}: " + "; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class PageSettings:
    """How large pages and cases may be, and how the scanner begins."""

    page_bytes: int = 800_000
    case_bytes: int = 30_000_000
    auto_feed: bool = False
    duplex: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What an administrator decides about one window."""

    window_no: int
    hall: str
    profile: str
    central_url: str
    central_ca: str = ""
    devices: tuple[DeviceConfig, ...] = ()
    language: str = "zh"
    theme: str = "light"
    text: str = "normal"
    data: Path = field(default_factory=Path)
    keys: str = "keyring"
    backups: Path | None = None
    keep_backups: int = 3
    backup_every: int = 50
    floor_mb: int = 500
    pages: PageSettings = field(default_factory=PageSettings)
    lock_after_minutes: int = 5
    second_screen: str = "auto"
    keyboard_scanner: bool = False
    speech: tuple[str, ...] | None = None  # None: whatever this machine has


def default_data_folder(profile: str = "production") -> Path:
    """The platform's folder for data of programs; training has one of its own."""
    folder = _data_folder()
    return folder if profile == "production" else folder.with_name(f"{folder.name}-{profile}")


def _data_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "WindowClient"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "window-client"


def _line_of(text: str, table: str, key: str) -> int:
    """The line on which ``key`` of ``table`` stands, 0 when it cannot be told."""
    current = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[([^\]]+)\]", line):
            current = header.group(1).strip()
            if current == table and not key:
                return number
        elif current == table and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number
    return 0


class _Reader:
    """Collects every mistake of one document."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.problems: list[str] = []

    def wrong(self, table: str, key: str, what: str) -> None:
        line = _line_of(self._text, table, key)
        where = f"line {line}: " if line else ""
        self.problems.append(f"{where}[{table}] {key + ' ' if key else ''}{what}")

    def table(
        self,
        name: str,
        found: Any,
        allowed: Mapping[str, type | tuple[type, ...]],
    ) -> dict[str, Any]:
        if not isinstance(found, dict):
            self.wrong(name, "", "must be a table")
            return {}
        for key, value in found.items():
            wanted = allowed.get(key)
            if wanted is None:
                self.wrong(name, key, f"is not known (known: {', '.join(allowed)})")
            elif not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
                self.wrong(name, key, f"must be {wanted.__name__ if isinstance(wanted, type) else wanted}")
            elif (name, key) in _CHOICES and value not in _CHOICES[name, key]:
                self.wrong(name, key, f"must be one of {', '.join(_CHOICES[name, key])}, not {value!r}")
        return {key: value for key, value in found.items() if key in allowed}


def _is_address(url: str) -> bool:
    try:
        return bool(urlsplit(url).scheme) and url.isprintable()
    except ValueError:
        return False


def _devices(reader: _Reader, found: Any, profile: str) -> tuple[DeviceConfig, ...]:
    if not isinstance(found, dict):
        reader.wrong("devices", "", "must be a table of tables")
        return ()
    devices = []
    for id_, table in found.items():
        name = f"devices.{id_}"
        known = reader.table(name, table, _DEVICE_KEYS)
        reader.problems.extend(f"[{name}] {key} is missing" for key in ("kind", "driver", "url") if key not in known)
        if known.get("kind") not in {None, *KINDS}:
            reader.wrong(name, "kind", f"must be one of {', '.join(KINDS)}")
        if "url" in known and not _is_address(str(known["url"])):
            reader.wrong(name, "url", "is no address")
        if known.get("emulated") and profile == "production":
            reader.wrong(name, "emulated", "is refused in the production profile")
        if not reader.problems:
            devices.append(
                DeviceConfig(
                    id=id_,
                    kind=known["kind"],
                    driver=known["driver"],
                    url=known["url"],
                    emulated=bool(known.get("emulated")),
                    options=dict(known.get("options", {})),
                )
            )
    return tuple(devices)


def _pages(table: Mapping[str, Any]) -> PageSettings:
    usual = PageSettings()
    return PageSettings(
        table.get("page_kb", usual.page_bytes // 1000) * 1000,
        table.get("case_mb", usual.case_bytes // 1_000_000) * 1_000_000,
        table.get("auto_feed", usual.auto_feed),
        table.get("duplex", usual.duplex),
    )


def read(path: Path, *, data: Path | None = None) -> Settings:
    """Read ``path``; ``data`` (the command line's) wins over the file's folder.

    Raises:
        SettingsError: With every mistake at once.
    """
    try:
        text = path.read_text(encoding="utf-8")
        document = tomllib.loads(text)
    except FileNotFoundError as error:
        first = "there are no settings yet, copy resources/settings/example.toml there first"
        raise SettingsError(path, [first]) from error
    except OSError as error:
        raise SettingsError(path, [f"cannot be read: {error.strerror}"]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(path, [f"is not TOML: {error}"]) from error
    reader = _Reader(text)
    reader.problems.extend(
        f"line {_line_of(text, name, '')}: [{name}] is not known"
        for name in document
        if name not in {*_ALLOWED, "devices"}
    )
    tables = {name: reader.table(name, document.get(name, {}), keys) for name, keys in _ALLOWED.items()}
    window, central, ui, kept = tables["window"], tables["central"], tables["ui"], tables["data"]
    profile = window.get("profile", "production")
    if not 0 <= window.get("lock_after_minutes", 5) <= 120:
        reader.wrong("window", "lock_after_minutes", "must be 0 (never) to 120")
    reader.problems.extend(
        f"[{table}] {key} is missing"
        for table, key in (("window", "number"), ("central", "url"))
        if key not in tables[table]
    )
    if not str(central.get("url", "http://")).startswith(("http://", "https://")):
        reader.wrong("central", "url", "must begin with https:// (or http:// on this machine)")
    for key in ("page_kb", "case_mb"):
        if tables["pages"].get(key, 1) < 1:
            reader.wrong("pages", key, "must be 1 or more")
    devices = _devices(reader, document.get("devices", {}), profile)
    if reader.problems:
        raise SettingsError(path, reader.problems)
    return Settings(
        window_no=window["number"],
        hall=window.get("hall", ""),
        profile=profile,
        central_url=central["url"],
        central_ca=central.get("ca", ""),
        devices=devices,
        language=ui.get("language", "zh"),
        theme=ui.get("theme", "light"),
        text=ui.get("text", "normal"),
        data=data or (Path(kept["folder"]) if "folder" in kept else default_data_folder(profile)),
        keys=kept.get("keys", "keyring"),
        backups=Path(kept["backups"]) if "backups" in kept else None,
        keep_backups=kept.get("keep_backups", 3),
        backup_every=kept.get("backup_every", 50),
        floor_mb=kept.get("floor_mb", 500),
        second_screen=ui.get("second_screen", "auto"),
        keyboard_scanner=ui.get("keyboard_scanner", False),
        speech=tuple(map(str, ui["speech"])) if "speech" in ui else None,
        pages=_pages(tables["pages"]),
        lock_after_minutes=window.get("lock_after_minutes", 5),
    )
