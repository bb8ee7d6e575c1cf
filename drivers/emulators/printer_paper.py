"""The paper of the emulated printer: takes tokens, remembers what they printed. Pure."""

from dataclasses import dataclass, field

from drivers.emulators.printer_tokens import Token


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one look."""

    text: str
    bold: bool
    big: bool


@dataclass(frozen=True, slots=True)
class TextLine:
    """A printed line; ``align`` 0 left, 1 centre, 2 right."""

    runs: tuple[Run, ...]
    align: int

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(run.text for run in self.runs)

    @property
    def columns(self) -> int:
        """Half-width columns it takes."""
        return sum(len(run.text.encode("gbk", "replace")) * (2 if run.big else 1) for run in self.runs)


@dataclass(frozen=True, slots=True)
class Picture:
    """Raster dots, ``width`` a multiple of 8."""

    width: int
    height: int
    bits: bytes
    align: int


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code, ``size`` dots a module."""

    data: bytes
    size: int
    level: str
    align: int


@dataclass(frozen=True, slots=True)
class Code128:
    """A bar code: symbol values from the start symbol to before the check symbol."""

    values: tuple[int, ...]
    text: str
    module: int
    height: int
    align: int


@dataclass(frozen=True, slots=True)
class Space:
    """Empty lines."""

    lines: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The knife."""


Item = TextLine | Picture | QrCode | Code128 | Space | Cut


@dataclass
class _Look:
    align: int = 0
    bold: bool = False
    big: bool = False
    big_chinese: bool = False
    bar_height: int = 162
    bar_module: int = 3
    qr_size: int = 3
    qr_level: str = "L"
    qr_data: bytes = b""


@dataclass
class Paper:
    """What came out of the printer, ``columns`` half-width characters wide."""

    columns: int = 48
    items: list[Item] = field(default_factory=list)
    lines_printed: int = 0
    _look: _Look = field(default_factory=_Look)
    _line: list[Run] = field(default_factory=list)

    def take(self, token: Token) -> None:
        """Do what ``token`` says."""
        match token.name:
            case "text":
                self._character(token.body)
            case "LF":
                self._end_line()
            case "ESC @":
                self._look, self._line = _Look(), []
            case "ESC d" | "ESC J":
                self._feed(token)
            case "GS v 0":
                self._picture(token.body)
            case "GS ( k":
                self._qr(token.body)
            case "GS k 73":
                self._code_128(token.body)
            case "GS V":
                self._flush()
                self.items.append(Cut())
            case _:
                self._set(token)

    def _set(self, token: Token) -> None:
        value = token.body[0] if token.body else 0
        look = self._look
        match token.name:
            case "ESC a":
                look.align = value & 3
            case "ESC E":
                look.bold = bool(value & 1)
            case "ESC !":
                look.bold, look.big = bool(value & 8), bool(value & 0x30)
            case "GS !":
                look.big = bool(value)
            case "FS !":
                look.big_chinese = bool(value & 0x0C)
            case "GS h":
                look.bar_height = value
            case "GS w":
                look.bar_module = value

    def _character(self, code: bytes) -> None:
        big = self._look.big or (len(code) == 2 and self._look.big_chinese)
        run = Run(code.decode("gbk", "replace"), self._look.bold, big)
        size = TextLine((run,), 0).columns
        if TextLine(tuple(self._line), 0).columns + size > self.columns:
            self._end_line()  # the head is at the edge: goes on below, as printers do
        last = self._line[-1] if self._line else None
        if last is not None and (last.bold, last.big) == (run.bold, run.big):
            self._line[-1] = Run(last.text + run.text, run.bold, run.big)
        else:
            self._line.append(run)

    def _end_line(self) -> None:
        self.items.append(TextLine(tuple(self._line), self._look.align))
        self._line = []
        self.lines_printed += 1

    def _flush(self) -> None:
        if self._line:
            self._end_line()

    def _feed(self, token: Token) -> None:
        self._flush()
        lines = token.body[0] if token.name == "ESC d" else max(1, token.body[0] // 30)
        self.items.append(Space(lines))

    def _picture(self, body: bytes) -> None:
        self._flush()
        across, down = int.from_bytes(body[1:3], "little"), int.from_bytes(body[3:5], "little")
        self.items.append(Picture(across * 8, down, body[5:], self._look.align))
        self.lines_printed += max(1, down // 30)

    def _qr(self, body: bytes) -> None:
        look = self._look
        match body[:2]:
            case b"1C":
                look.qr_size = body[2]
            case b"1E":
                look.qr_level = {0x30: "L", 0x31: "M", 0x32: "Q", 0x33: "H"}.get(body[2], "L")
            case b"1P":
                look.qr_data = body[3:]
            case b"1Q" if look.qr_data:
                self._flush()
                self.items.append(QrCode(look.qr_data, look.qr_size, look.qr_level, look.align))
                self.lines_printed += 8

    def _code_128(self, data: bytes) -> None:
        self._flush()
        values, text = code_128_values(data)
        look = self._look
        self.items.append(Code128(values, text, look.bar_module, look.bar_height, look.align))
        self.lines_printed += 4

    # ---- what it says

    def receipts(self) -> list[dict[str, object]]:
        """Each piece of paper: text lines, QR texts, bar codes, number of pictures, and whether it was cut off."""
        found: list[dict[str, object]] = []
        piece: list[Item] = []
        for item in self.items:
            if isinstance(item, Cut):
                found.append(_receipt(piece, cut=True))
                piece = []
            else:
                piece.append(item)
        return [*found, _receipt(piece, cut=False)] if piece else found

    def text(self, start: int = 0) -> str:
        """The paper from item ``start`` on as text."""
        return "".join(_as_text(item) for item in self.items[start:])


def _receipt(items: list[Item], *, cut: bool) -> dict[str, object]:
    return {
        "lines": [item.text for item in items if isinstance(item, TextLine)],
        "qr": [item.data.decode("utf-8", "replace") for item in items if isinstance(item, QrCode)],
        "barcodes": [item.text for item in items if isinstance(item, Code128)],
        "pictures": sum(isinstance(item, Picture) for item in items),
        "cut": cut,
    }


def _as_text(item: Item) -> str:
    match item:
        case TextLine():
            return item.text + "\n"
        case Picture():
            return f"[picture {item.width}x{item.height}]\n"
        case QrCode():
            return f"[QR {item.data.decode('utf-8', 'replace')}]\n"
        case Code128():
            return f"[Code 128 {item.text}]\n"
        case Space():
            return "\n" * item.lines
        case Cut():
            return "---- cut ----\n"


def code_128_values(data: bytes) -> tuple[tuple[int, ...], str]:
    """Read the bytes of GS k 73: symbol values with the start symbol, and the text that they say."""
    values: list[int] = []
    text = ""
    code, place = "", 0
    while place < len(data):
        if data[place] == 0x7B and place + 1 < len(data):
            sign = chr(data[place + 1])
            place += 2
            if sign in "ABC":
                start = {"A": 103, "B": 104, "C": 105}[sign]
                values.append({"A": 101, "B": 100, "C": 99}[sign] if values else start)
                code = sign
                continue
            text += "{"
            values.append(ord("{") - 32)
            continue
        byte = data[place]
        place += 1
        values.append(byte if code == "C" else byte - 32)
        text += f"{byte:02d}" if code == "C" else chr(byte)
    return tuple(values), text
