"""What is asked of a chip card, in a TOML file instead of code.

::

    name = "…"                              shown as what the card is
    atr = ["3B 6D .. 00"]                   beginnings of the ATRs it is for, ``..`` any byte; left out: any card
    [application]
    name = "sx1.sh.社会保障"                 selected by this name in GBK, or by aid = "A0 00 …"
    [[read]]                                one after the other
    file = "EF05"                           selected by its id; or sfi = 5: its short id goes with each command
    records = [1, 8]                        first and last record, or binary = [0, 64]: offset and size
    tlv = true                              the answers are tags, lengths and values; false: columns
    needs = "psam"                          "psam", "pin" or "": what the card may want first
    optional = false                        true: a card without this file is fine
    [read.fields]
    card_no = {tag = "07", as = "ascii"}    of columns: {at = 0, size = 9, as = "bcd"}
    sex = {tag = "0A", as = "ascii", words = {"1" = "男", "2" = "女"}}

A script that cannot work is refused when it is read, with its line and the reason. Encodings stand in
``drivers.smart_card.values``.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drivers.smart_card import apdu, values

LONGEST = 64 * 1024
SCRIPTS = Path(__file__).resolve().parent / "scripts"
NEEDS = ("", "psam", "pin")
_KEYS = frozenset({"file", "sfi", "records", "binary", "tlv", "needs", "optional", "fields"})


class ScriptError(ValueError):
    """A script that cannot work; ``line`` is 0 when the reason has no one line."""

    def __init__(self, source: str, line: int, reason: str) -> None:
        super().__init__(f"{source}: line {line}: {reason}" if line else f"{source}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Field:
    """Where a field stands (its tag, or its column: ``size`` 0 is up to the end) and how it is written."""

    name: str
    encoding: str
    tag: int = 0
    at: int = 0
    size: int = 0
    words: Mapping[str, str] = field(default_factory=dict)

    def of(self, raw: bytes) -> str:
        """Its text; empty for what is not written like that: the clerk asks the person."""
        try:
            text = values.read(raw, self.encoding)
        except ValueError:
            return ""
        return self.words.get(text, text)


@dataclass(frozen=True, slots=True)
class Read:
    """One file and what is read of it: commands in their order, each with whether an end is allowed there."""

    select: bytes
    commands: Sequence[bytes]
    records: bool
    tlv: bool
    needs: str
    optional: bool
    fields: Sequence[Field]

    def take(self, blocks: Sequence[bytes]) -> dict[str, str]:
        """The fields of what the commands answered.

        Raises:
            ValueError: It was cut off, or nothing of it is written as the script says.
        """
        found: dict[str, str] = {}
        whole = b"".join(blocks)
        tagged: dict[int, bytes] = {}
        if self.tlv:
            for block in blocks if self.records else [whole]:
                for tag, value in apdu.tlv(block).items():
                    tagged.setdefault(tag, value)
        for one in self.fields:
            if self.tlv:
                if one.tag in tagged:
                    found[one.name] = one.of(tagged[one.tag])
                continue
            if len(whole) < one.at + max(1, one.size):
                raise ValueError(f"{one.name} was cut off")
            found[one.name] = one.of(whole[one.at : one.at + one.size] if one.size else whole[one.at :])
        if not any(found.values()):
            raise ValueError("none of the fields can be read")
        return found


@dataclass(frozen=True, slots=True)
class Script:
    """A script that can work."""

    name: str
    atrs: Sequence[str]
    application: bytes
    reads: Sequence[Read]

    def fits(self, atr: bytes) -> bool:
        """Whether this is for cards with that ATR."""
        text = atr.hex()
        return not self.atrs or any(re.match(pattern, text) for pattern in self.atrs)


def shipped() -> dict[str, Path]:
    """The scripts that come with the program, by name."""
    return {path.stem: path for path in sorted(SCRIPTS.glob("*.toml"))}


def load(name: str) -> Script:
    """Read a shipped script by its name, or a file.

    Raises:
        ScriptError: It cannot be read, or cannot work.
    """
    path = shipped().get(name) or Path(name)
    try:
        if path.stat().st_size > LONGEST:
            raise ScriptError(path.name, 0, "is too long for a script")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ScriptError(path.name, 0, f"cannot be read: {error.strerror}") from error
    except UnicodeError as error:
        raise ScriptError(path.name, 0, "is no UTF-8") from error
    return read(text, path.name)


def read(text: str, source: str = "script") -> Script:
    """Read a script's text.

    Raises:
        ScriptError: It cannot work.
    """
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        raise ScriptError(source, int(line.group(1)) if line else 0, f"is not TOML: {error}") from error
    return _Reader(text, source, document).script()


class _Reader:
    """One document, on its way to a script. Places are ``(table, number of the table, key)``."""

    def __init__(self, text: str, source: str, document: dict[str, Any]) -> None:
        self._lines = text.splitlines()
        self._source = source
        self._document = document

    def _wrong(self, table: str, number: int, key: str, reason: str) -> ScriptError:
        shown = f"[{table}{f' {number}' if number else ''}]" if table else ""
        where = " ".join(part for part in (shown, key) if part)
        return ScriptError(self._source, self._line(table, number, key), f"{where}: {reason}" if where else reason)

    def _line(self, table: str, number: int, key: str) -> int:
        """The line of a key, or of its table; 0 when it cannot be told."""
        current, of_table, reads = "", 0, 0
        for count, line in enumerate(self._lines, start=1):
            if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
                current = header.group(1)
                reads += current == "read"
                if key and current == f"{table}.{key}" and reads == number:
                    return count
                if current == table and (not number or reads == number):
                    of_table = count
            elif (
                current == table
                and (not number or reads == number)
                and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line)
            ):
                return count
        return of_table

    def script(self) -> Script:
        for key in self._document:
            if key not in {"name", "atr", "application", "read"}:
                raise self._wrong("", 0, key, "is not known")
        name = self._document.get("name")
        if not isinstance(name, str) or not 0 < len(name) <= 60 or not name.isprintable():
            raise self._wrong("", 0, "name", "must be a text of 1 to 60 characters")
        reads = self._document.get("read")
        if not isinstance(reads, list) or not reads or not all(isinstance(row, dict) for row in reads):
            raise ScriptError(self._source, 0, "[[read]] is missing")
        script = Script(
            name,
            self._atrs(),
            self._application(),
            [self._read(row, count) for count, row in enumerate(reads, start=1)],
        )
        names = [one.name for row in script.reads for one in row.fields]
        for one in names:
            if names.count(one) > 1:
                raise ScriptError(self._source, 0, f"field {one} stands there twice")
        return script

    def _atrs(self) -> list[str]:
        atrs = self._document.get("atr", [])
        if not isinstance(atrs, list) or not all(isinstance(atr, str) for atr in atrs):
            raise self._wrong("", 0, "atr", "must be a list of texts")
        patterns = []
        for atr in atrs:
            pattern = "".join(atr.split()).lower()
            if not re.fullmatch(r"(?:[0-9a-f]{2}|\.\.){1,33}", pattern):
                raise self._wrong("", 0, "atr", "must be bytes in hexadecimal, or .. for any byte")
            patterns.append(pattern)
        return patterns

    def _application(self) -> bytes:
        table = self._document.get("application")
        if table is None:
            return b""
        if not isinstance(table, dict) or len(table) != 1 or table.keys() - {"name", "aid"}:
            raise self._wrong("application", 0, "", "must have either name or aid")
        key, value = next(iter(table.items()))
        if not isinstance(value, str):
            raise self._wrong("application", 0, key, "must be a text")
        try:
            found = value.encode("gb18030") if key == "name" else bytes.fromhex(value)
        except ValueError:
            raise self._wrong("application", 0, key, "must be bytes in hexadecimal") from None
        if not 1 <= len(found) <= 16:
            raise self._wrong("application", 0, key, "must have 1 to 16 bytes")
        return found

    def _read(self, row: dict[str, Any], number: int) -> Read:
        def wrong(key: str, reason: str) -> ScriptError:
            return self._wrong("read", number, key, reason)

        for key in row:
            if key not in _KEYS:
                raise wrong(key, f"is not known; known: {', '.join(sorted(_KEYS))}")
        flags = {}
        for key, usual in (("tlv", False), ("optional", False)):
            flags[key] = row.get(key, usual)
            if not isinstance(flags[key], bool):
                raise wrong(key, "must be true or false")
        needs = row.get("needs", "")
        if needs not in NEEDS:
            raise wrong("needs", 'must be "psam", "pin" or ""')
        select, sfi = self._place(row, number)
        if ("records" in row) == ("binary" in row):
            raise wrong("", "must have either records or binary")
        commands = self._records(row, number, sfi) if "records" in row else self._binary(row, number, sfi)
        fields = self._fields(row.get("fields"), number, tlv=flags["tlv"])
        return Read(select, commands, "records" in row, flags["tlv"], needs, flags["optional"], fields)

    def _pair(self, row: dict[str, Any], number: int, key: str) -> tuple[int, int]:
        pair = row[key]
        if not isinstance(pair, list) or len(pair) != 2 or not all(type(value) is int for value in pair):
            raise self._wrong("read", number, key, "must be two whole numbers")
        return pair[0], pair[1]

    def _records(self, row: dict[str, Any], number: int, sfi: int) -> list[bytes]:
        first, last = self._pair(row, number, "records")
        if not 1 <= first <= last <= 254:
            raise self._wrong("read", number, "records", "must be the first and the last record, from 1 to 254")
        return [apdu.read_record(record, sfi=sfi) for record in range(first, last + 1)]

    def _binary(self, row: dict[str, Any], number: int, sfi: int) -> list[bytes]:
        at, size = self._pair(row, number, "binary")
        if not (0 <= at < 32768 and 1 <= size <= 4096 and at + size <= 32768):
            raise self._wrong("read", number, "binary", "must be an offset below 32768 and a size from 1 to 4096")
        if sfi and (at > 255 or size > 255):
            raise self._wrong("read", number, "binary", "with sfi offset and size are 255 at most")
        return [apdu.read_binary(place, min(255, at + size - place), sfi=sfi) for place in range(at, at + size, 255)]

    def _place(self, row: dict[str, Any], number: int) -> tuple[bytes, int]:
        """How the file is selected, and its short id."""
        if "file" in row and "sfi" in row:
            raise self._wrong("read", number, "sfi", "stands beside file: one of them is enough")
        if "sfi" in row:
            sfi = row["sfi"]
            if type(sfi) is not int or not 1 <= sfi <= 30:
                raise self._wrong("read", number, "sfi", "must be a whole number from 1 to 30")
            return b"", sfi
        file = row.get("file")
        if file is None:
            return b"", 0
        if not isinstance(file, str) or not re.fullmatch(r"[0-9A-Fa-f]{4}", file):
            raise self._wrong("read", number, "file", "must be two bytes in hexadecimal")
        return apdu.select_file(int(file, 16)), 0

    def _fields(self, table: object, number: int, *, tlv: bool) -> list[Field]:
        if not isinstance(table, dict) or not table:
            raise self._wrong("read", number, "", "[read.fields] is missing")
        return [self._field(name, about, number, tlv=tlv) for name, about in table.items()]

    def _field(self, name: str, about: object, number: int, *, tlv: bool) -> Field:
        def wrong(reason: str) -> ScriptError:
            return self._wrong("read.fields", number, name, reason)

        if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", name):
            raise wrong("a name has small letters, digits and _")
        if not isinstance(about, dict):
            raise wrong("must be a table")
        encoding, words = self._writing(about, wrong, tlv=tlv)
        if tlv:
            return Field(name, encoding, tag=self._tag(about.get("tag"), wrong), words=words)
        at, size = about.get("at", 0), about.get("size", 0)
        if type(at) is not int or type(size) is not int or not 0 <= at < 4096 or not 0 <= size <= 4096:
            raise wrong("at and size must be whole numbers up to 4096")
        return Field(name, encoding, at=at, size=size, words=words)

    def _writing(
        self, about: dict[str, Any], wrong: Callable[[str], ScriptError], *, tlv: bool
    ) -> tuple[str, dict[str, str]]:
        known = {"as", "words", *(("tag",) if tlv else ("at", "size"))}
        if unknown := about.keys() - known:
            raise wrong(f"{', '.join(sorted(unknown))} is not known; known: {', '.join(sorted(known))}")
        encoding = about.get("as")
        if encoding not in values.NAMES:
            raise wrong(f"as must be one of {', '.join(values.NAMES)}")
        words = about.get("words", {})
        if not isinstance(words, dict) or not all(isinstance(word, str) for word in words.values()):
            raise wrong("words must be texts by texts")
        return encoding, words

    def _tag(self, tag: object, wrong: Callable[[str], ScriptError]) -> int:
        if not isinstance(tag, str) or not re.fullmatch(r"(?:[0-9A-Fa-f]{2}){1,2}", tag):
            raise wrong("tag must be one or two bytes in hexadecimal")
        value, first = int(tag, 16), int(tag[:2], 16)
        if value in {0x00, 0xFF} or (len(tag) == 4) != (first & 0x1F == 0x1F):
            raise wrong("tag cannot be: a tag of two bytes begins with 1F, 3F, 5F … FF, and 00 and FF are padding")
        return value
