"""What each kind of device can do, one ``Protocol`` a kind.

Every driver is made closed. ``open`` claims the port; all methods may block up to their deadline, so
they run in the device's lane, never on the main thread. Every blocking method ends early when its
``cancel`` event is set (``Fault.CANCELLED``). All methods raise ``DeviceError`` and nothing else for
what the outside world does; ``close`` never raises.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event
from typing import Protocol

from drivers.errors import DeviceHealth


class Device(Protocol):
    """What all drivers share."""

    @property
    def name(self) -> str:
        """The device's id from the settings."""

    def open(self) -> None:
        """Claim the port and make sure that the right kind of device answers."""

    def close(self) -> None:
        """Let go of the port. Safe to call twice, safe after an error."""

    def health(self) -> DeviceHealth:
        """Ask the device how it is, within two seconds."""


# ---- identity cards


class CardKind(StrEnum):
    """Which document lay on the reader (character 124 of its text block)."""

    RESIDENT = "resident"  # 居民身份证
    PERMANENT_2017 = "permanent_2017"  # 外国人永久居留身份证 2017, 'I'
    PERMANENT_2023 = "permanent_2023"  # 外国人永久居留身份证 2023, 'Y'
    HKMT_RESIDENCE = "hkmt_residence"  # 港澳台居民居住证, 'J'


@dataclass(frozen=True, slots=True, repr=False)
class CardRecord:
    """What a card says, as text. Dates are ISO 8601; ``valid_to`` may be ``长期``.

    ``photo`` are the 1,024 undecoded bytes (empty when there are none): their codec is closed. ``portrait`` is the
    photo as a BMP or JPEG file where a vendor's decoder was at hand. Only the kind shows in ``repr``: it may come into
    a log.
    """

    kind: CardKind
    name: str
    sex: str  # 男, 女, 未知, 未说明
    nation: str  # 汉, 羌 ...; empty for foreigners
    birth: str
    address: str
    id_no: str
    issuer: str
    valid_from: str
    valid_to: str
    english_name: str = ""
    nationality: str = ""  # three letters
    permit_no: str = ""  # travel-permit number of a J card
    times_issued: str = ""
    appended_address: str = ""
    photo: bytes = b""
    portrait: bytes = b""

    def __repr__(self) -> str:
        return f"CardRecord({self.kind.value})"


class CardReader(Device, Protocol):
    """Reads identity cards."""

    def read_card(self, *, wait: float, cancel: Event) -> CardRecord:
        """Wait up to ``wait`` seconds for a card to be laid down and read it.

        Raises:
            DeviceError: ``TIMEOUT``/``no_card`` when none came; ``REFUSED`` with ``card_moved``,
                ``card_not_genuine`` or ``card_unknown``; ``ABSENT``; ``GARBLED``; ``CANCELLED``.
        """


# ---- scanners


class ScanSource(StrEnum):
    """Where the paper lies."""

    FEEDER = "feeder"
    PLATEN = "platen"
    WHERE_IT_LIES = "auto"  # the feeder when paper lies in it, else the glass


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """What to scan. Resolution in dots an inch."""

    source: ScanSource = ScanSource.FEEDER
    dpi: int = 200
    colour: bool = True
    duplex: bool = False


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page as JPEG bytes, ``number`` counting from 1 within the scan.

    A scanner whose pages outlive the program (a folder) names them: ``origin`` is 32 hexadecimal digits, the same when
    a page comes again. It is told by ``taken(True)`` that the page is stored for good, by ``taken(False)`` that it was
    not: it may be given out again. Any thread; ``taken(True)`` writes to disk.
    """

    number: int
    jpeg: bytes = field(repr=False)
    dpi: int
    origin: str = ""
    taken: Callable[[bool], None] = field(default=lambda _kept: None, repr=False, compare=False)


class Scanner(Device, Protocol):
    """Feeds pages."""

    def scan(self, settings: ScanSettings, *, cancel: Event) -> Iterator[ScannedPage]:
        """Scan and give out each page as it arrives; pages already given out stay valid after an error.

        Raises:
            DeviceError: ``ATTENTION`` with ``no_documents``, ``jam`` or ``cover_open``; ``REFUSED``/``busy``;
                ``ABSENT``; ``TIMEOUT``; ``CANCELLED``.
        """


# ---- cameras


@dataclass(frozen=True, slots=True)
class Frame:
    """One camera picture: JPEG bytes, a number that grows, and ``time.monotonic`` of its arrival."""

    jpeg: bytes
    number: int
    taken_at: float


class Camera(Device, Protocol):
    """A stream of frames (the design's FrameSource)."""

    def next_frame(self, *, after: int, wait: float, cancel: Event) -> Frame:
        """Return the newest frame with a number above ``after``; older ones are skipped, never queued.

        Raises:
            DeviceError: ``TIMEOUT``/``no_frames``, ``ABSENT``, ``CANCELLED``.
        """


# ---- receipt printers


class Align(StrEnum):
    """Where a line stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text. ``right`` is set flush right on the same line. ``big`` is double width and height."""

    text: str
    right: str = ""
    align: Align = Align.LEFT
    bold: bool = False
    big: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A dashed line over the whole width."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code, centred; ``size`` in dots a module."""

    text: str
    size: int = 6


@dataclass(frozen=True, slots=True)
class Barcode:
    """Code 128 (set C for digits), centred, digits or ASCII."""

    text: str


@dataclass(frozen=True, slots=True)
class Feed:
    """Empty lines."""

    lines: int = 1


Line = Text | Rule | Qr | Barcode | Feed


class PrintEnd(StrEnum):
    """How a print ended. Only ``CONFIRMED`` means that paper is known to have come out."""

    CONFIRMED = "confirmed"  # the printer answered the process id behind the last block
    SENT = "sent"  # all bytes went out; this printer cannot confirm
    UNKNOWN = "unknown"  # some or all bytes went out, then trouble: a person must look


@dataclass(frozen=True, slots=True)
class PrintResult:
    """How far a print got: blocks sent and blocks confirmed, of ``blocks`` in all; ``error`` says why it stopped."""

    end: PrintEnd
    blocks: int
    sent: int
    confirmed: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """Answer to DLE EOT. ``paper`` is ``ok``, ``near_end``, ``out`` or ``unknown``; unknown is not a fault."""

    online: bool | None
    paper: str
    cover_open: bool | None = None
    cutter_fault: bool | None = None
    error: bool | None = None


class ReceiptPrinter(Device, Protocol):
    """Prints receipts line by line."""

    def status(self) -> PrinterStatus:
        """Ask the printer; ``unknown`` where the way to it gives no answers."""

    def print_receipt(
        self, lines: Sequence[Line], *, cancel: Event, on_block: Callable[[int], None] = lambda _: None
    ) -> PrintResult:
        """Print, in blocks with a process id behind each; ``on_block`` is told how many went out, after each.

        The paper status is asked first: when the printer cannot print at all, **nothing is sent** and
        ``DeviceError`` (``ATTENTION`` with ``paper_out``, ``cover_open``, ``cutter``; ``ABSENT``) is raised.
        Once a byte went out the method returns a ``PrintResult`` and raises no more.
        """


# ---- number displays


class NumberDisplay(Device, Protocol):
    """Shows the called number at the window.

    Each display shows of the two lines what it can: both, a sentence that says the same in Chinese, or the number.
    """

    def show(self, upper: str, lower: str) -> None:
        """Show two lines of at most 20 ASCII characters, the number and ``WINDOW 03``.

        Raises:
            DeviceError: ``REFUSED``/``cannot_show`` when the display lacks places or characters: then it shows nothing;
                ``REFUSED`` with ``busy``, ``no_font`` or ``refused``; ``ABSENT``, ``TIMEOUT``, ``GARBLED``.
        """

    def clear(self) -> None:
        """Show nothing."""


# ---- voices


@dataclass(frozen=True, slots=True)
class Announcement:
    """A call to speak: ticket number and window as they are written; every digit is spoken by itself.

    ``languages`` are spoken one after the other, ``zh`` and ``en`` are known.
    """

    number: str
    window: str
    languages: tuple[str, ...] = ("zh", "en")


class Voice(Device, Protocol):
    """Speaks calls, one after the other."""

    def say(self, announcement: Announcement, *, cancel: Event) -> None:
        """Speak, and return when all of it was heard.

        Raises:
            DeviceError: ``REFUSED``/``no_voice`` when there is neither a clip nor an engine for a language;
                ``ABSENT``/``no_sound`` without an audio device; ``CANCELLED``.
        """


# ---- code scanners


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """What a hand-held scanner read: the text, and its bytes as they came without the ending."""

    text: str = field(repr=False)
    raw: bytes = field(repr=False)


class CodeReader(Device, Protocol):
    """Reads bar codes and QR codes."""

    def next_code(self, *, wait: float, cancel: Event) -> ScannedCode:
        """Wait up to ``wait`` seconds for a code; what was scanned before somebody asked is thrown away.

        Raises:
            DeviceError: ``TIMEOUT``/``no_code``; ``GARBLED`` for what is no text; ``ABSENT``; ``CANCELLED``.
        """


# ---- smart cards


@dataclass(frozen=True, slots=True)
class SmartCardRecord:
    """What a contact or contactless chip says. ``fields`` by the names of the script that read them."""

    atr: bytes
    uid: bytes = field(default=b"", repr=False)
    application: str = ""
    fields: dict[str, str] = field(default_factory=dict, repr=False)


class SmartCardReader(Device, Protocol):
    """Reads cards by PC/SC."""

    def read_card(self, *, wait: float, cancel: Event) -> SmartCardRecord:
        """Wait up to ``wait`` seconds for a card and read it by the script of the settings.

        Raises:
            DeviceError: ``TIMEOUT``/``no_card``; ``REFUSED`` with ``card_unknown`` (no script fits), ``card_locked``
                (it wants a PSAM or a PIN) or ``card_moved``; ``ABSENT``; ``CANCELLED``.
        """


# ---- rating pads


class RatingPad(Device, Protocol):
    """Asks the applicant how it was: five grades."""

    def ask(self, *, wait: float, cancel: Event) -> int:
        """Ask and wait up to ``wait`` seconds for a key: 5 very satisfied, 4, 3, 2, 1 very dissatisfied.

        Raises:
            DeviceError: ``TIMEOUT``/``no_rating``; ``GARBLED``; ``ABSENT``; ``CANCELLED``.
        """


# ---- printers of documents


class DocumentPrinter(Device, Protocol):
    """Prints PDF documents on A4."""

    def print_document(self, pdf: bytes, *, job: str, cancel: Event) -> PrintResult:
        """Print one document; ``job`` is the durable identity of the print and never personal.

        The same ``job`` is never put into the queue twice, whatever happened in between: a printer that can tell its
        jobs is asked first. ``blocks`` is 1.

        Raises:
            DeviceError: Nothing was handed over: ``ATTENTION`` with ``paper_out``, ``cover_open``, ``jam``;
                ``REFUSED``; ``ABSENT``; ``TIMEOUT``.
        """


@dataclass(frozen=True, slots=True)
class DeviceConfig:
    """One ``[devices.<id>]`` table of the settings, or the arguments of the command line."""

    id: str
    kind: str
    driver: str
    url: str
    emulated: bool = False
    options: dict[str, str | int | float | bool] = field(default_factory=dict)
