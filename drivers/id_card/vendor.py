"""Card readers that only their maker's library can drive, in a helper process that can be killed.

    sdk:///opt/maker/libsdtapi.so              the library
    sdk:///opt/maker/libsdtapi.so?port=1001    and the port: 1001 to 1016 USB, 1 to 16 serial; left out: all are tried

A library that hangs or crashes is killed with its process and replaced at once, and the card is looked for again: the
visit's text is still read. Options: ``library`` and ``port`` (instead of the URL's), ``python`` (an interpreter of 3.11
or later that fits the library, for example a 32-bit one), ``open_within``, ``find_within``, ``reply_within`` (seconds
for opening, a look for a card, a read: 5, 1.5, 3), ``appended_address``, ``poll_every``, those of the photo decoder.
"""

import base64
import contextlib
import re
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event
from urllib.parse import parse_qs, unquote, urlsplit

from drivers.contracts import CardKind, CardRecord, DeviceConfig
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.id_card import frames, sam, text
from drivers.id_card.driver import REDOS
from drivers.id_card.photo import decoder_of
from drivers.isolated import Isolated

REPLACEMENTS = 2  # helpers that hung or crashed in one read, before it is given up


class VendorSdkReader:
    """A ``CardReader`` behind a maker's library."""

    def __init__(self, config: DeviceConfig) -> None:
        self._config = config
        options, parts = config.options, urlsplit(config.url)
        self._library = str(options.get("library", "")) or unquote(parts.path)
        port = str(options.get("port", "")) or parse_qs(parts.query).get("port", ["0"])[0]
        if not self._library.strip("/") or not port.isdecimal():
            raise DeviceError(config.id, Fault.REFUSED, "unsupported", "a library and a port's number are wanted")
        self._port = int(port)
        self._python = str(options.get("python", ""))
        self._open_within = float(options.get("open_within", 5.0))
        self._find_within = float(options.get("find_within", 1.5))
        self._read_within = float(options.get("reply_within", 3.0))
        self._poll_every = float(options.get("poll_every", 0.3))
        self._appended = bool(options.get("appended_address", True))
        self._decoder = decoder_of(config)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._helper: Isolated | None = None
        self._facts: dict[str, str] = {}
        self._replaced = 0

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Load the library in a new process and claim the reader.

        Raises:
            DeviceError: ``REFUSED``/``unsupported``: no such library, or not one of the known ones; ``ABSENT``;
                ``TIMEOUT``; ``ATTENTION`` with ``sam_self_test`` or ``sam_not_authorised``.
        """
        self.close()
        if not Path(self._library).exists() and "/" in self._library:
            raise DeviceError(self.name, Fault.REFUSED, "unsupported", "the library is not there")
        self._folder = tempfile.TemporaryDirectory()
        python = (self._python,) if self._python else ()
        self._helper = Isolated(self.name, "drivers.id_card.vendor_helper", self._folder.name, python=python)
        try:
            self._begin()
            status = self._ask("status", self._find_within)
            if status != frames.DONE:
                raise sam.refusal(self.name, _number(status))
        except DeviceError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the reader and end the helper."""
        helper, self._helper = self._helper, None
        if helper is not None:
            if helper.is_alive:
                with contextlib.suppress(DeviceError):
                    helper.ask("close", wait=0.5)
            helper.kill()
        if self._folder is not None:
            with contextlib.suppress(OSError):
                self._folder.cleanup()
            self._folder = None
        if self._decoder is not None:
            self._decoder.stop()

    def health(self) -> DeviceHealth:
        """Ask the library for the module's status; with a helper that died it is absent until it is opened again."""
        started = time.monotonic()
        try:
            if self._helper is None or not self._helper.is_alive:
                raise DeviceError(self.name, Fault.ABSENT, detail="the helper is gone")
            status = self._ask("status", self._find_within)
            if status != frames.DONE:
                raise sam.refusal(self.name, _number(status))
        except DeviceError as error:
            needs_person = error.fault in {Fault.ATTENTION, Fault.REFUSED}
            state = DeviceState.FAULT if needs_person else DeviceState.OFFLINE
            return DeviceHealth(state, error.code, dict(self._facts))
        answer_ms = f"{(time.monotonic() - started) * 1000:.0f}"
        return DeviceHealth(DeviceState.READY, "", {**self._facts, "answer_ms": answer_ms})

    def read_card(self, *, wait: float, cancel: Event) -> CardRecord:
        """Wait up to ``wait`` seconds for a card and read it; as ``SamCardReader.read_card``.

        Raises:
            DeviceError: Also ``TIMEOUT`` or ``ABSENT`` when the library hung or crashed again and again.
        """
        until = time.monotonic() + wait
        refusal: DeviceError | None = None
        replaced = redone = 0
        while True:
            try:
                self._again_if_gone()
                if not self._find(until, cancel):
                    raise refusal or DeviceError(self.name, Fault.TIMEOUT, "no_card")
                return self._read(cancel)
            except DeviceError as error:
                if self._hung_or_crashed(error) and replaced < REPLACEMENTS:
                    replaced += 1
                    continue
                if error is refusal or not _may_be_redone(error):
                    raise
                redone += 1
                if refusal is None or refusal.code != "card_not_genuine":
                    refusal = error
                if redone > REDOS:
                    raise refusal from None
                if cancel.wait(self._poll_every):
                    raise DeviceError(self.name, Fault.CANCELLED) from None

    def _hung_or_crashed(self, error: DeviceError) -> bool:
        return self._helper is not None and not self._helper.is_alive and error.fault in {Fault.TIMEOUT, Fault.ABSENT}

    def _find(self, until: float, cancel: Event) -> bool:
        while True:
            status = _number(self._ask("find", self._find_within, cancel))
            if status == frames.DONE:
                return True
            if status not in sam.LOOK_AGAIN:
                raise sam.refusal(self.name, status)
            left = until - time.monotonic()
            if left <= 0:
                return False
            if cancel.wait(min(left, self._poll_every)):
                raise DeviceError(self.name, Fault.CANCELLED)

    def _read(self, cancel: Event) -> CardRecord:
        try:
            said = self._ask("read", self._read_within, cancel, appended=self._appended)
        except DeviceError as error:
            if error.detail.startswith("status ") and error.fault is Fault.REFUSED:
                raise sam.refusal(self.name, int(error.detail[-2:], 16)) from error
            raise
        try:
            record = record_of(said)
        except ValueError as error:
            raise DeviceError(self.name, Fault.GARBLED, detail=str(error)) from None
        if self._decoder is not None and not record.portrait:
            record = self._decoder.add_portrait(record, cancel)
            self._facts["photo"] = "decoded" if record.portrait else "undecoded"
        return record

    def _begin(self) -> None:
        """Let the helper load the library and claim the reader."""
        if self._helper is None:
            raise DeviceError(self.name, Fault.ABSENT, detail="not open")
        given = {"library": self._library, "port": self._port}
        port = self._helper.ask("open", given, wait=self._open_within)
        self._facts |= {"model": "SDK", "port": str(port), "replaced": str(self._replaced)}

    def _again_if_gone(self) -> None:
        if self._helper is not None and not self._helper.is_alive:
            self._replaced += 1
            self._begin()

    def _ask(self, do: str, within: float, cancel: Event | None = None, **given: object) -> object:
        if self._helper is None:
            raise DeviceError(self.name, Fault.ABSENT, detail="not open")
        return self._helper.ask(do, given, wait=within, cancel=cancel)


def _may_be_redone(error: DeviceError) -> bool:
    return error.code in {"card_moved", "card_not_genuine"} or error.fault is Fault.GARBLED


def _number(said: object) -> int:
    return said if isinstance(said, int) else -1


def record_of(said: object) -> CardRecord:
    """The card in a helper's answer.

    Raises:
        ValueError: There is none. The message holds nothing of it.
    """
    if not isinstance(said, dict):
        raise ValueError("the library's answer is no card")  # noqa: TRY004 - what came from outside is a value
    answer = {str(key): str(value) for key, value in said.items()}
    photo, portrait = (_bytes(answer.get(name, "")) for name in ("photo", "portrait"))
    if "text" in answer:
        record = text.parse(_bytes(answer["text"]), photo)
        if not re.fullmatch(r"[0-9A-Z]{15,18}", record.id_no):  # no checksum guards what a library gives
            raise ValueError("the library's answer has no number")
        if appended := _bytes(answer.get("appended", "")):
            record = text.with_appended_address(record, appended)
        return replace(record, portrait=portrait)
    fields = {key.removeprefix("field."): value for key, value in answer.items() if key.startswith("field.")}
    if not fields.get("name") or not re.fullmatch(r"[0-9]{17}[0-9X]", fields.get("id_no", "")):
        raise ValueError("the library's answer names nobody")
    return CardRecord(
        kind=CardKind.RESIDENT,
        name=fields["name"],
        sex=fields.get("sex", "") if fields.get("sex", "") in text.SEXES.values() else "",
        nation=_nation(fields.get("nation", "")),
        birth=_iso(fields.get("birth", "")),
        address=fields.get("address", ""),
        id_no=fields["id_no"],
        issuer=fields.get("issuer", ""),
        valid_from=_iso(fields.get("valid_from", "")),
        valid_to=_iso(fields.get("valid_to", "")),
        photo=photo,
        portrait=portrait,
    )


def _bytes(value: str) -> bytes:
    return base64.b64decode(value, validate=True)


def _nation(name: str) -> str:
    short = name.removesuffix("族")
    return short if short in text.NATIONS.values() else ""


def _iso(value: str) -> str:
    """A date as libraries write it (20200302, 2020.03.02, 2020年3月2日), or ``长期``; empty when it is none."""
    if value.startswith(text.FOREVER):
        return text.FOREVER
    match = re.fullmatch(r"(\d{4})[^\d]*(\d{1,2})[^\d]*(\d{1,2})[^\d]*", value, re.ASCII)
    try:
        return date(*(int(part) for part in match.groups())).isoformat() if match else ""
    except ValueError:
        return ""
