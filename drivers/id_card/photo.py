"""The photo of an identity card, decoded by a vendor's library in a helper process, where there is one.

The codec (WLT) is closed and no decoder is shipped: the library comes with the reader's authorised kit. It may hang,
crash or answer nonsense; then the photo stays undecoded, and the text of the card is given out all the same. After two
failures in a row it is not asked again until the reader is opened anew, so that no visit waits for it again.

Options: ``photo_decoder`` (path of the library), ``photo_mode`` (708; some libraries want 752), ``photo_python`` (an
interpreter that fits the library, for example a 32-bit one), ``photo_within`` (seconds, 1.5).
"""

import base64
from dataclasses import replace
from threading import Event

from drivers.contracts import CardRecord, DeviceConfig
from drivers.errors import DeviceError, Fault
from drivers.isolated import Isolated

WIDTH, HEIGHT = 102, 126
_HEADER = 54
_ROW = (WIDTH * 3 + 3) // 4 * 4
BMP_SIZE = _HEADER + _ROW * HEIGHT
FAILURES = 2  # in a row, after which it is let be
ENCODED = 1024


class PhotoDecoder:
    """A vendor's decoder in its own process.

    Args:
        device: The reader's id.
        library: The file of the library.
        mode: Its third argument.
        python: The interpreter; empty for this one.
        within: Seconds for one photo.
    """

    def __init__(self, device: str, library: str, *, mode: int = 708, python: str = "", within: float = 1.5) -> None:
        self._helper = Isolated(device, "drivers.id_card.photo_helper", python=(python,) if python else ())
        self._given = {"library": library, "mode": mode}
        self._within = within
        self._failures = 0

    def add_portrait(self, record: CardRecord, cancel: Event) -> CardRecord:
        """The record with its portrait; the record as it is when that did not work. Never raises."""
        if len(record.photo) != ENCODED or self._failures >= FAILURES:
            return record
        try:
            given = {**self._given, "photo": base64.b64encode(record.photo).decode()}
            said = self._helper.ask("decode", given, wait=self._within, cancel=cancel)
            portrait = base64.b64decode(str(said), validate=True)
        except (DeviceError, ValueError) as error:
            if not (isinstance(error, DeviceError) and error.fault is Fault.CANCELLED):
                self._failures += 1
            return record
        if not is_portrait(portrait):
            self._failures += 1
            return record
        self._failures = 0
        return replace(record, portrait=portrait)

    def stop(self) -> None:
        """End the helper; it is tried again after that."""
        self._failures = 0
        self._helper.kill()


def decoder_of(config: DeviceConfig) -> PhotoDecoder | None:
    """The decoder that a reader's options name."""
    options = config.options
    if not (library := str(options.get("photo_decoder", ""))):
        return None
    return PhotoDecoder(
        config.id,
        library,
        mode=int(options.get("photo_mode", 708)),
        python=str(options.get("photo_python", "")),
        within=float(options.get("photo_within", 1.5)),
    )


def is_portrait(data: bytes) -> bool:
    """Whether this is a BMP file as a card's photo gives it (102 x 126, 24 bits), and not all of one colour."""
    if len(data) != BMP_SIZE or data[:2] != b"BM" or int.from_bytes(data[10:14], "little") != _HEADER:
        return False
    width = int.from_bytes(data[18:22], "little")
    height = int.from_bytes(data[22:26], "little", signed=True)
    bits = int.from_bytes(data[28:30], "little")
    return (width, abs(height), bits) == (WIDTH, HEIGHT, 24) and len(set(data[_HEADER : _HEADER + _ROW * 9])) > 1


def bmp(rows: bytes) -> bytes:
    """A BMP file from raw rows (BGR, bottom-up, padded to 308 bytes a row, or the 306 of it)."""
    if len(rows) == WIDTH * 3 * HEIGHT:
        tight = WIDTH * 3
        padding = bytes(_ROW - tight)
        rows = b"".join(rows[at : at + tight] + padding for at in range(0, len(rows), tight))
    header = b"BM" + BMP_SIZE.to_bytes(4, "little") + bytes(4) + _HEADER.to_bytes(4, "little")
    header += (40).to_bytes(4, "little") + WIDTH.to_bytes(4, "little") + HEIGHT.to_bytes(4, "little")
    header += (1).to_bytes(2, "little") + (24).to_bytes(2, "little") + bytes(4) + len(rows).to_bytes(4, "little")
    return header + bytes(_HEADER - len(header)) + rows
