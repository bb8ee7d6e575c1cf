"""Writing the devices into the settings file: only ``[devices.*]`` changes, every comment and other table stays.

The new file is written beside the old one, read back by the same rules as at every start, put in its place in one step,
and the old one is kept as ``.bak``. A file that changed meanwhile, or that the rules refuse, is left as it is.
"""

import contextlib
import os
import re
import shutil
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drivers import catalogue
from drivers.contracts import DeviceConfig
from window_client.settings import Settings, SettingsError, read

_HEADER = re.compile(r"\s*\[(?!\[)[^\]]+\]\s*(#.*)?$")
_KEYS = ("kind", "driver", "url", "emulated", "options")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


class CannotSaveError(Exception):
    """The file stays as it was. ``code`` is ``changed``, ``not_allowed``, ``refused`` or ``form``."""

    def __init__(self, code: str, problems: Sequence[str] = ()) -> None:
        super().__init__(f"{code}: {'; '.join(problems)}")
        self.code = code
        self.problems = tuple(problems)


def load(path: Path) -> str:
    """The file as it is, line ends included.

    Raises:
        CannotSaveError: ``not_allowed`` with the system's word.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        first = "there are no settings yet, copy resources/settings/example.toml there first"
        raise CannotSaveError("not_allowed", [f"{path}: {first}"]) from error
    except OSError as error:
        raise CannotSaveError("not_allowed", [f"{path}: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise CannotSaveError("form", [f"{path}: {error}"]) from error


def save(path: Path, devices: Sequence[DeviceConfig], *, expected: str) -> Settings:
    """Write ``devices`` into the settings at ``path`` and return them as read back.

    Args:
        path: The settings file; of a link its target is written.
        devices: All devices that the window shall have.
        expected: What stood in the file when the work began.

    Raises:
        CannotSaveError: Nothing was changed.
    """
    path = path.resolve()
    if load(path) != expected:
        raise CannotSaveError("changed", [str(path)])
    unknown = [f"[devices.{row.id}] no driver {row.kind}/{row.driver}" for row in devices if not _known(row)]
    if unknown:
        raise CannotSaveError("refused", unknown)
    text = edited(expected, devices)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        _write(beside, text, like=path)
        try:
            settings = read(beside)
        except SettingsError as error:
            raise CannotSaveError("refused", error.problems) from error
        if {row.id: row for row in settings.devices} != {row.id: row for row in devices}:
            raise CannotSaveError("form", ["the devices do not come back as they were written"])
        if text != expected:
            _write(path.with_name(f"{path.name}.bak"), expected, like=path)
            beside.replace(path)
            _sync_folder(path.parent)
        return read(path)
    except OSError as error:
        raise CannotSaveError("not_allowed", [f"{path}: {error.strerror}"]) from error
    except UnicodeEncodeError as error:  # the name of a port that is no text
        raise CannotSaveError("form", [str(path)]) from error
    finally:
        beside.unlink(missing_ok=True)


def _known(row: DeviceConfig) -> bool:
    return catalogue.find(row.kind, row.driver) is not None


def _write(path: Path, text: str, *, like: Path) -> None:
    path.unlink(missing_ok=True)
    # never readable by more than the old one, and never through a link that lies there
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb"
    ) as file:
        file.write(text.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())
    shutil.copymode(like, path)
    if hasattr(os, "chown"):
        about = like.stat()
        with contextlib.suppress(PermissionError):
            os.chown(path, about.st_uid, about.st_gid)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# ---- editing the text


@dataclass(slots=True)
class _Section:
    """A table of the file: its path, and the lines from its header to the next one's."""

    path: tuple[str, ...]
    lines: list[str]
    """The header first; what stands before the first header has an empty path and no header."""


def edited(text: str, devices: Sequence[DeviceConfig]) -> str:
    """``text`` with the devices as wanted.

    Raises:
        CannotSaveError: ``form``: the file is not TOML, or its devices are written in a way that is not edited here.
    """
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CannotSaveError("form", [str(error)]) from error
    new_line = "\r\n" if "\r\n" in text else "\n"
    sections = _sections(text)
    old: dict[str, Any] = before.get("devices", {})
    homes = {row.path[1] for row in sections if len(row.path) == 2 and row.path[0] == "devices"}
    if not isinstance(old, dict) or homes != set(old):
        raise CannotSaveError("form", ["devices must be written as [devices.<id>] tables"])
    wanted = {row.id: row for row in devices}
    kept = [row for row in sections if not (row.path[:1] == ("devices",) and row.path[1:2] and _is_gone(row, wanted))]
    for section in kept:
        if section.path[:1] == ("devices",) and len(section.path) == 2:
            row = wanted[section.path[1]]
            if _values(row) != {key: old[row.id].get(key, empty) for key, empty in _EMPTY.items()}:
                _edit(section, row, old[row.id], new_line)
                kept = [other for other in kept if other.path[:2] != section.path or len(other.path) == 2]
    after = _join(kept, [row for row in devices if row.id not in old], new_line)
    _verify(before, after, wanted)
    return after


_EMPTY: dict[str, Any] = {"kind": "", "driver": "", "url": "", "emulated": False, "options": {}}


def _values(row: DeviceConfig) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "driver": row.driver,
        "url": row.url,
        "emulated": row.emulated,
        "options": dict(row.options),
    }


def _is_gone(section: _Section, wanted: dict[str, DeviceConfig]) -> bool:
    return section.path[1] not in wanted


def _sections(text: str) -> list[_Section]:
    """The file in tables. Comments right above a header belong to its table."""
    found = [_Section((), [])]
    for line in text.splitlines(keepends=True):
        if not _HEADER.match(line):
            found[-1].lines.append(line)
            continue
        above: list[str] = []
        before = found[-1].lines
        while before and before[-1].lstrip().startswith("#"):
            above.insert(0, before.pop())
        if not any(part.strip() for part in before) and len(found) == 1 and above:
            before.extend(above)  # the words at the top are the file's, not the first table's
            above = []
        found.append(_Section(_path(line), [*above, line]))
    return found


def _path(header: str) -> tuple[str, ...]:
    try:
        value: Any = tomllib.loads(header)
    except tomllib.TOMLDecodeError:
        return ("?",)
    names: list[str] = []
    while isinstance(value, dict) and value:
        name, value = next(iter(value.items()))
        names.append(name)
    return tuple(names)


def _edit(section: _Section, row: DeviceConfig, old: dict[str, Any], new_line: str) -> None:
    """Change the values of one table, key by key; where a value goes over several lines, all keys are written anew."""
    values, lines, done = _values(row), [], set()
    try:
        for line in section.lines:
            key, mark, rest = _split(line)
            if key is None:
                lines.append(line)
            elif key in values:
                done.add(key)
                if _wanted(key, values, old):
                    same = old.get(key, _EMPTY[key]) == values[key]
                    lines.append(line if same else f"{mark}{toml_value(values[key])}{rest}")
            else:
                raise ValueError(key)
    except ValueError:
        comments = [line for line in section.lines if not line.strip() or line.lstrip()[0] in "#["]
        lines, done = comments, set()
    last = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].strip()), 0)
    missing = [f"{key} = {toml_value(values[key])}{new_line}" for key in _KEYS if key not in done and values[key]]
    if missing and not lines[last].endswith("\n"):
        lines[last] += new_line
    section.lines = [*lines[: last + 1], *missing, *lines[last + 1 :]]


def _wanted(key: str, values: dict[str, Any], old: dict[str, Any]) -> bool:
    return bool(values[key]) or (key == "emulated" and key in old)


def _split(line: str) -> tuple[str | None, str, str]:
    """Key, everything up to its value, and what follows the value (its comment, the line's end).

    Raises:
        ValueError: The line is no key with a whole value.
    """
    stripped = line.strip()
    if not stripped or stripped[0] in "#[":
        return None, "", ""
    body = line.rstrip("\r\n")
    try:
        ((key, value),) = tomllib.loads(body).items()
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise ValueError(line) from error
    start = body.index("=") + 1
    start += len(body[start:]) - len(body[start:].lstrip())
    for end in [*(at for at in range(start, len(body)) if body[at] == "#"), len(body)]:
        part = body[start:end].rstrip()
        try:
            if tomllib.loads(f"x = {part}")["x"] == value:
                return key, body[:start], line[start + len(part) :]
        except tomllib.TOMLDecodeError:
            continue
    raise ValueError(line)


def _join(sections: list[_Section], new: Sequence[DeviceConfig], new_line: str) -> str:
    last = max((at for at, row in enumerate(sections) if row.path[:1] == ("devices",)), default=len(sections) - 1)
    head = "".join("".join(row.lines) for row in sections[: last + 1])
    tail = "".join("".join(row.lines) for row in sections[last + 1 :])
    if not new:
        return head + tail
    head = head.rstrip("\r\n") + new_line if head.strip() else head
    written = new_line.join("".join(_table(row, new_line)) for row in new)
    return head + new_line + written + (new_line + tail if tail else "")


def _table(row: DeviceConfig, new_line: str) -> Iterator[str]:
    values = _values(row)
    yield f"[devices.{toml_key(row.id)}]{new_line}"
    for key in _KEYS:
        if values[key]:
            yield f"{key} = {toml_value(values[key])}{new_line}"


def toml_key(key: str) -> str:
    """A key as TOML writes it."""
    return key if _BARE.fullmatch(key) else toml_value(key)


def toml_value(value: Any) -> str:
    """A text, number, truth or table of them as TOML writes it on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, dict):
        inner = ", ".join(f"{toml_key(key)} = {toml_value(each)}" for key, each in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_value, value))}]"
    coded = "".join(_coded(letter) for letter in str(value))
    return f'"{coded}"'


def _coded(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x20 or ord(letter) == 0x7F else letter


def _verify(before: dict[str, Any], after: str, wanted: dict[str, DeviceConfig]) -> None:
    """All other tables say what they said, and the devices what is wanted."""
    try:
        now = tomllib.loads(after)
    except tomllib.TOMLDecodeError as error:
        raise CannotSaveError("form", [str(error)]) from error
    others = {name: table for name, table in before.items() if name != "devices"}
    if {name: table for name, table in now.items() if name != "devices"} != others:
        raise CannotSaveError("form", ["another table would change"])
    found = now.get("devices", {})
    if set(found) != set(wanted) or any(
        {key: found[id_].get(key, empty) for key, empty in _EMPTY.items()} != _values(row)
        for id_, row in wanted.items()
    ):
        raise CannotSaveError("form", ["the devices would not be as wanted"])
