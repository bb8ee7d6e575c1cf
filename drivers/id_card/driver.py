"""Readers with a SAM_V module: find the card, select it, read it, over any byte port.

The module is asked for a card only inside ``read_card``, so that a card laid down early is not taken, and
nothing read before the call is ever returned. The link has no retransmission of its own: after silence or a
damaged answer the whole command is sent again. A card that moved is looked for again, three times at most.

Options of all of them: ``read`` (``30 01``, or ``30 10`` for modules that need it; fingerprints are dropped unseen),
``appended_address`` (``false``: do not ask ``30 03`` for the newest address), ``poll_every`` (seconds between two looks
for a card), ``reply_within`` (seconds for every answer, instead of each command's own time), and those of the photo
decoder (``drivers.id_card.photo``). Serial readers: ``baud`` (a number, or ``auto``).
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import Event
from urllib.parse import parse_qs, urlsplit

from drivers.contracts import CardKind, CardRecord, DeviceConfig
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.id_card import frames, sam, text
from drivers.id_card.photo import decoder_of
from drivers.transport import Transport, open_transport

_WITHOUT_ADDRESS = {CardKind.PERMANENT_2017, CardKind.PERMANENT_2023}
_NO_APPENDED = {frames.NO_CONTENT, frames.BAD_COMMAND, frames.UNRECOGNISED}

REDOS = 3  # new starts after a card moved
GLANCE = 0.5
"""Seconds for an answer at a speed that is only tried; a status answer takes some 25 ms at 9600."""

OpenPort = Callable[[str, str, int], Transport]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to the module: how its port is opened, and how it is greeted there.

    ``reset`` also resets a module that does not answer at once; ``within`` limits the wait for its first answer.
    ``facts`` go into the health when this was the way.
    """

    open: Callable[[], Transport]
    reset: bool = True
    within: float | None = None
    facts: dict[str, str] = field(default_factory=dict)


class SamCardReader:
    """A ``CardReader`` with a SAM_V module behind any byte port.

    Args:
        config: Its URL and options.
        ways: Gives the ways to the module, in the order in which they are tried.
    """

    def __init__(self, config: DeviceConfig, ways: Callable[[], Sequence[Way]]) -> None:
        self._config = config
        self._ways = ways
        self._module: sam.SamModule | None = None
        self._facts: dict[str, str] = {}
        self._unheard = Event()  # never set: for calls that nobody cancels
        read = str(config.options.get("read", "30 01"))
        if read not in sam.READS:
            raise DeviceError(
                config.id, Fault.REFUSED, "unsupported", f"read = {read!r}; known: {', '.join(sam.READS)}"
            )
        self._read = sam.READS[read]
        within = config.options.get("reply_within")
        self._reply_within = None if within is None else float(within)
        self._poll_every = float(config.options.get("poll_every", 0.3))
        self._decoder = decoder_of(config)

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Claim the port and make sure that a SAM_V module answers; reset it once when it does not at first.

        Raises:
            DeviceError: ``ABSENT``, ``OCCUPIED``; ``TIMEOUT`` or ``GARBLED`` when no module answers at any speed;
                ``ATTENTION`` with ``sam_self_test`` or ``sam_not_authorised``.
        """
        self.close()
        ways = self._ways()
        for number, way in enumerate(ways, start=1):
            self._module = sam.SamModule(self.name, way.open(), reply_within=self._reply_within)
            try:
                self._greet(way)
            except DeviceError as error:
                self.close()
                if not error.retryable or number == len(ways):
                    raise
            else:
                self._facts |= way.facts
                return

    def close(self) -> None:
        """Let go of the port."""
        module, self._module = self._module, None
        if module is not None:
            module.close()
        if self._decoder is not None:
            self._decoder.stop()

    def health(self) -> DeviceHealth:
        """Ask the module for its status (``11 FF``); an answer, never an exception."""
        started = time.monotonic()
        try:
            self._check_status(attempts=1)
        except DeviceError as error:
            needs_person = error.fault in {Fault.ATTENTION, Fault.REFUSED}
            state = DeviceState.FAULT if needs_person else DeviceState.OFFLINE
            return DeviceHealth(state, error.code, dict(self._facts))
        answer_ms = f"{(time.monotonic() - started) * 1000:.0f}"
        return DeviceHealth(DeviceState.READY, "", {**self._facts, "answer_ms": answer_ms})

    def read_card(self, *, wait: float, cancel: Event) -> CardRecord:
        """Wait up to ``wait`` seconds for a card to be laid down and read it.

        A card found in time is read to its end even if that takes longer than ``wait``.

        Raises:
            DeviceError: ``TIMEOUT``/``no_card`` when none came; ``REFUSED`` with ``card_moved``,
                ``card_not_genuine`` or ``card_unknown``; ``ABSENT``; ``GARBLED``; ``CANCELLED``.

        Source: SAM_V commands 20 01, 20 02, 30 01, 30 10 and 30 03.
        """
        until = time.monotonic() + wait
        refusal: DeviceError | None = None
        for _ in range(1 + REDOS):
            if not self._find(until, cancel):
                raise refusal or DeviceError(self.name, Fault.TIMEOUT, "no_card")
            try:
                return self._with_portrait(self._read_found(cancel), cancel)
            except _LookAgainError as again:
                if refusal is None or refusal.code != "card_not_genuine":  # once in doubt, a clumsy try clears nothing
                    refusal = again.refusal
                if cancel.wait(self._poll_every):
                    raise DeviceError(self.name, Fault.CANCELLED) from None
        raise refusal or DeviceError(self.name, Fault.REFUSED, "card_moved")

    def _find(self, until: float, cancel: Event) -> bool:
        """Look for a card until there is one (``True``) or the time is up; it is looked for once at least."""
        while True:
            payload = self._ask(sam.FIND, cancel, until=until)
            status = frames.status_of(payload)
            if status == frames.FOUND:
                return True
            if status not in sam.LOOK_AGAIN:
                raise sam.refusal(self.name, status)
            left = until - time.monotonic()
            if left <= 0:
                return False
            if cancel.wait(min(left, self._poll_every)):
                raise DeviceError(self.name, Fault.CANCELLED)

    def _read_found(self, cancel: Event) -> CardRecord:
        self._expect(self._ask(sam.SELECT, cancel), frames.DONE)
        payload = self._ask(self._read, cancel)
        with_fingerprints = self._read.payload == frames.READ_WITH_FINGERPRINTS
        if with_fingerprints and frames.status_of(payload) in {frames.BAD_COMMAND, frames.UNRECOGNISED}:
            payload, with_fingerprints = self._ask(sam.READS["30 01"], cancel), False
        self._expect(payload, frames.DONE)
        try:
            record = text.parse(*frames.split_read_data(payload[3:], fingerprints=with_fingerprints))
        except ValueError as error:
            raise _LookAgainError(DeviceError(self.name, Fault.GARBLED, detail=str(error))) from None
        if not self._config.options.get("appended_address", True) or record.kind in _WITHOUT_ADDRESS:
            return record
        try:
            payload = self._ask(sam.APPENDED, cancel, attempts=1)
        except DeviceError as error:
            if not error.retryable:
                raise
            self._facts["appended_address"] = "unanswered"  # a module that does not know the command may be silent
            return record
        if frames.status_of(payload) in _NO_APPENDED:  # there is none, or none to be had
            return record
        self._expect(payload, frames.DONE)
        return text.with_appended_address(record, payload[3:])

    def _with_portrait(self, record: CardRecord, cancel: Event) -> CardRecord:
        """The record with its photo decoded, where that works: what was read is never held back for it."""
        if self._decoder is None:
            return record
        record = self._decoder.add_portrait(record, cancel)
        self._facts["photo"] = "decoded" if record.portrait else "undecoded"
        return record

    def _expect(self, payload: bytes, wanted: int) -> None:
        """Let success pass; tell a card that must be looked for again from a refusal that stands."""
        status = frames.status_of(payload)
        if status == wanted:
            return
        if status in sam.LOOK_AGAIN:
            raise _LookAgainError(sam.refusal(self.name, status))
        raise sam.refusal(self.name, status)

    def _greet(self, way: Way) -> None:
        """Make the module answer: its status, or a reset and then its status; learn its number."""
        try:
            self._check_status(attempts=1, within=way.within)
        except DeviceError as error:
            if not way.reset or error.fault is Fault.ABSENT:
                raise
            self._ask(sam.RESET, self._unheard, attempts=1)
            self._check_status(attempts=sam.ATTEMPTS)
        self._facts = {"model": "SAM_V"}
        try:
            payload = self._ask(sam.SAM_ID, self._unheard, attempts=1)
        except DeviceError as error:
            if not error.retryable:
                raise
            return  # some modules keep their number to themselves
        if frames.status_of(payload) == frames.DONE:
            self._facts["serial"] = frames.sam_serial(payload[3:])

    def _check_status(self, *, attempts: int, within: float | None = None) -> None:
        command = sam.STATUS if within is None else replace(sam.STATUS, within=within)
        status = frames.status_of(self._ask(command, self._unheard, attempts=attempts))
        if status != frames.DONE:
            raise sam.refusal(self.name, status)

    def _ask(
        self,
        command: sam.Command,
        cancel: Event,
        *,
        attempts: int = sam.ATTEMPTS,
        until: float | None = None,
    ) -> bytes:
        """Ask the module; when the port is gone, let go of it, after which only ``open`` helps."""
        if self._module is None:
            raise DeviceError(self.name, Fault.ABSENT, detail="not open")
        try:
            return self._module.ask(command, cancel, attempts=attempts, until=until)
        except DeviceError as error:
            if error.fault is Fault.ABSENT:
                self.close()
            raise


class _LookAgainError(Exception):
    """The card must be looked for again; ``refusal`` is what to say when that did not help."""

    def __init__(self, refusal: DeviceError) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class SerialIdCardReader(SamCardReader):
    """A ``CardReader`` behind a serial port or a network converter; it finds the speed where none is given.

    Args:
        config: Its URL and options.
        open_port: Opens a URL for a device at a speed; tests give their own.
    """

    def __init__(
        self,
        config: DeviceConfig,
        *,
        open_port: OpenPort = lambda device, url, baud: open_transport(device, url, baud=baud),
    ) -> None:
        super().__init__(config, self._speeds)
        self._open_port = open_port
        self._found = 0

    def open(self) -> None:
        """As every reader; the speed that was found is the first one to be tried next time."""
        super().open()
        self._found = int(self._facts.get("baud", "0"))

    def _speeds(self) -> list[Way]:
        """The speed that is given, or all of them: the last one that worked first."""
        url = self._config.url
        asked = parse_qs(urlsplit(url).query).get("baud", [str(self._config.options.get("baud", "auto"))])[0]
        if self._config.options.get("baud") == "auto":
            url, asked = url.partition("?")[0], "auto"
        if not url.startswith("serial:"):  # a converter has its own speed
            return [self._way(url, frames.SPEEDS[0])]
        if asked != "auto":
            if not asked.isdecimal():
                raise DeviceError(self.name, Fault.REFUSED, "unsupported", "baud is no number")
            return [self._way(url, int(asked))]
        speeds = sorted(frames.SPEEDS, key=lambda speed: speed != self._found)
        others = [self._way(url, speed, reset=False, within=GLANCE) for speed in speeds[1:]]
        return [self._way(url, speeds[0], reset=False), *others, self._way(url, speeds[0])]

    def _way(self, url: str, speed: int, *, reset: bool = True, within: float | None = None) -> Way:
        facts = {"baud": str(speed)} if url.startswith("serial:") else {}
        return Way(lambda: self._open_port(self.name, url, speed), reset=reset, within=within, facts=facts)
