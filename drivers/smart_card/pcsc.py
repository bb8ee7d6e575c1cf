"""Chip card readers by PC/SC (pcscd, Windows): the card's ATR and UID, and what a script reads of it.

    pcsc://                      the first reader
    pcsc://ACS%20ACR39U          the first whose name begins like that

Options: ``script`` (a shipped script's name or a TOML file, several with commas; ``social_security`` when left out,
``none`` for ATR and UID only), ``reply_within`` (seconds for one answer of the card, 2), ``poll_every``.
PC/SC calls can block for ever, so they run in a helper process.
"""

import time
from threading import Event
from urllib.parse import unquote

from drivers.contracts import DeviceConfig, SmartCardRecord
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.isolated import Isolated
from drivers.recording import RECORDER
from drivers.smart_card import apdu
from drivers.smart_card.script import Read, Script, ScriptError, load

_ATTEMPTS = 3  # sendings of a whole script, after answers that were cut off
_STEP = 0.5  # seconds of one wait for a card
_SLACK = 2.0  # seconds that the helper has beyond those
_CONTACTLESS = "3b8"  # PC/SC part 3: the ATRs that readers make up for cards without contacts


class PcscReader:
    """A ``SmartCardReader``."""

    def __init__(self, config: DeviceConfig) -> None:
        self._config = config
        self._wanted = unquote(config.url.partition("://")[2]).strip("/")
        self._reply_within = float(config.options.get("reply_within", 2.0))
        self._poll_every = float(config.options.get("poll_every", 0.3))
        names = str(config.options.get("script", "social_security"))
        try:
            self._scripts = [load(name.strip()) for name in names.split(",") if name.strip() not in {"", "none"}]
        except ScriptError as error:
            raise DeviceError(config.id, Fault.REFUSED, "template_wrong", str(error)) from error
        self._helper = Isolated(config.id, "drivers.smart_card.pcsc_helper")
        self._reader = ""

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Find the reader.

        Raises:
            DeviceError: ``ABSENT``: no such reader, or no PC/SC service; ``REFUSED`` with ``no_access``, or with
                ``unsupported`` without pyscard.
        """
        self.close()
        try:
            names = self._readers(5.0)
            found = next((name for name in names if name.lower().startswith(self._wanted.lower())), "")
            if not found:
                raise DeviceError(self.name, Fault.ABSENT, detail=f"{len(names)} readers, none of that name")
        except DeviceError:
            self.close()
            raise
        self._reader = found

    def close(self) -> None:
        """Let go of the reader."""
        self._reader = ""
        self._helper.kill()

    def health(self) -> DeviceHealth:
        """Whether the reader is there, and whether a card is in it."""
        started = time.monotonic()
        try:
            if not self._reader or not self._helper.is_alive:
                raise DeviceError(self.name, Fault.ABSENT, detail="not open")
            present = self._helper.ask("present", {"reader": self._reader}, wait=1.5)
        except DeviceError as error:
            needs_person = error.fault in {Fault.ATTENTION, Fault.REFUSED}
            return DeviceHealth(DeviceState.FAULT if needs_person else DeviceState.OFFLINE, error.code)
        answer_ms = f"{(time.monotonic() - started) * 1000:.0f}"
        facts = {"model": self._reader, "card": "present" if present else "none", "answer_ms": answer_ms}
        return DeviceHealth(DeviceState.READY, "", facts)

    def read_card(self, *, wait: float, cancel: Event) -> SmartCardRecord:
        """Wait up to ``wait`` seconds for a card to be inserted and read it by the first script that fits.

        A card that is taken out in the middle is waited for again, as long as ``wait`` lasts.

        Raises:
            DeviceError: ``TIMEOUT``/``no_card``; ``REFUSED`` with ``card_unknown`` (no script fits), ``card_locked``
                (it wants a PSAM or a PIN) or ``card_moved``; ``TIMEOUT`` for a card that does not answer; ``GARBLED``;
                ``ABSENT``; ``CANCELLED``.
        """
        if not self._reader:
            raise DeviceError(self.name, Fault.ABSENT, detail="not open")
        until = time.monotonic() + wait
        moved: DeviceError | None = None
        cut_off = 0
        while True:
            try:
                atr = self._await(until, cancel)
                if atr is None and cut_off:  # an answer that broke off, and no card: it was taken away
                    moved = moved or DeviceError(self.name, Fault.REFUSED, "card_moved")
                if atr is None:
                    raise moved or DeviceError(self.name, Fault.TIMEOUT, "no_card")
                return self._read(atr, cancel)
            except DeviceError as error:
                if error is moved or error.fault is Fault.CANCELLED:
                    raise
                cut_off += error.fault is Fault.GARBLED
                if error.code == "card_moved":
                    moved = error
                elif error.fault is not Fault.GARBLED or cut_off >= _ATTEMPTS:
                    raise
                if cancel.wait(self._poll_every):
                    raise DeviceError(self.name, Fault.CANCELLED) from None

    def _await(self, until: float, cancel: Event) -> bytes | None:
        """The ATR of the card that is inserted in time."""
        while True:
            step = min(_STEP, max(0.0, until - time.monotonic()))
            given = {"reader": self._reader, "wait": step}
            said = self._helper.ask("await", given, wait=step + self._reply_within + _SLACK, cancel=cancel)
            if said is not None:
                return bytes.fromhex(str(said))
            if time.monotonic() >= until:
                return None

    def _read(self, atr: bytes, cancel: Event) -> SmartCardRecord:
        uid = self._uid(cancel) if atr.hex().startswith(_CONTACTLESS) else b""
        if not self._scripts:
            return SmartCardRecord(atr, uid)
        for script in self._scripts:
            if script.fits(atr) and self._select(script, cancel):
                fields: dict[str, str] = {}
                for row in script.reads:
                    fields |= self._fields(row, cancel)
                self._leave()
                return SmartCardRecord(atr, uid, script.name, fields)
        self._leave()
        raise DeviceError(self.name, Fault.REFUSED, "card_unknown", "no script fits the card")

    def _uid(self, cancel: Event) -> bytes:
        """The number of a card without contacts; empty where it has none."""
        answer = self._send(apdu.GET_UID, cancel)
        return answer.data if answer.status == apdu.OK else b""

    def _select(self, script: Script, cancel: Event) -> bool:
        if not script.application:
            return True
        answer = self._send(apdu.select_name(script.application), cancel)
        if answer.is_locked:
            raise self._locked("application")
        return answer.status == apdu.OK

    def _fields(self, row: Read, cancel: Event) -> dict[str, str]:
        if row.select:
            answer = self._send(row.select, cancel)
            if answer.status == apdu.FILE_NOT_FOUND and row.optional:
                return {}
            self._expect(answer, row)
        blocks: list[bytes] = []
        for command in row.commands:
            answer = self._send(command, cancel)
            if answer.status == apdu.RECORD_NOT_FOUND and blocks:
                break  # there are no more
            if answer.status in {apdu.FILE_NOT_FOUND, apdu.RECORD_NOT_FOUND} and row.optional:
                return {}
            self._expect(answer, row)
            blocks.append(answer.data)
        try:
            return row.take(blocks)
        except ValueError as error:
            raise DeviceError(self.name, Fault.GARBLED, detail=str(error)) from None

    def _expect(self, answer: apdu.Answer, row: Read) -> None:
        if answer.status == apdu.OK or answer.status & 0xFF00 == 0x6200:  # 62xx: a warning beside whole data
            return
        if answer.is_locked:
            raise self._locked(row.needs or "key")
        raise DeviceError(self.name, Fault.REFUSED, "card_unknown", f"status {answer.status:04X}")

    def _locked(self, wants: str) -> DeviceError:
        return DeviceError(self.name, Fault.REFUSED, "card_locked", f"the card wants: {wants}")

    def _send(self, command: bytes, cancel: Event) -> apdu.Answer:
        """A command and its whole answer, whatever its status; lengths are put right as the card wants."""
        answer = self._transmit(command, cancel)
        if answer.status & 0xFF00 == 0x6C00:
            answer = self._transmit(apdu.with_size(command, answer.status & 0xFF), cancel)
        data = answer.data
        for _ in range(32):
            if answer.status & 0xFF00 != 0x6100:
                break
            answer = self._transmit(apdu.get_response(answer.status & 0xFF), cancel)
            data += answer.data
        return apdu.Answer(data, answer.status)

    def _transmit(self, command: bytes, cancel: Event) -> apdu.Answer:
        tape = RECORDER.tape(self.name, again=True)  # lengths only: what a card says is the person's
        tape.heard("out", command)
        said = self._helper.ask("send", {"command": command.hex()}, wait=self._reply_within, cancel=cancel)
        tape.heard("in", bytes(len(str(said)) // 2))
        try:
            return apdu.split(bytes.fromhex(str(said)))
        except ValueError as error:
            raise DeviceError(self.name, Fault.GARBLED, detail=str(error)) from None

    def _leave(self) -> None:
        self._helper.ask("leave", wait=self._reply_within)

    def _readers(self, within: float) -> list[str]:
        said = self._helper.ask("readers", wait=within)
        return [str(name) for name in said] if isinstance(said, list) else []
