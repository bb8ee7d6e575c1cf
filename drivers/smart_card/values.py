"""How a chip card writes a field, and the text that it becomes. No I/O.

Sources: GB 18030; BCD as in ISO 7816-4 historical practice (``F`` pads); GB/T 2261 and 3304 through the script's own
``words``.
"""

from collections.abc import Callable
from datetime import date

PADDING = b"\x00\xff "


def _gbk(value: bytes) -> str:
    return value.decode("gb18030")


def _ascii(value: bytes) -> str:
    text = value.decode("ascii")
    if not text.isprintable():
        raise ValueError("is no printable ASCII")
    return text


def _bcd(value: bytes) -> str:
    digits = value.hex().rstrip("f")
    if not digits.isdecimal() and digits:
        raise ValueError("has digits that are none")
    return digits


def _hex(value: bytes) -> str:
    return value.hex().upper()


def _utf8(value: bytes) -> str:
    return value.decode("utf-8")


def _date(value: bytes) -> str:
    """Four bytes of BCD or eight ASCII digits, YYYYMMDD, as an ISO date; blanks are none."""
    if not value.strip(b" "):
        return ""
    digits = value.hex() if len(value) == 4 else value.strip(PADDING).decode("ascii")
    if len(digits) != 8 or not digits.isdecimal():
        raise ValueError("is no date")
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()


_READ: dict[str, tuple[Callable[[bytes], str], bool]] = {
    "gbk": (_gbk, True),
    "utf8": (_utf8, True),
    "ascii": (_ascii, True),
    "date": (_date, False),
    "bcd": (_bcd, False),
    "hex": (_hex, False),
}
"""By name: the reading, and whether padding is cut off first (digits and bytes may end in zeros)."""

NAMES = tuple(_READ)


def read(value: bytes, encoding: str) -> str:
    """The text of a value; empty for one of nothing but padding.

    Raises:
        ValueError: It is not written like that. The message holds nothing of it.
    """
    function, padded = _READ[encoding]
    if not value.strip(PADDING if padded else b"\x00\xff"):  # digits and bytes may well be those of a space
        return ""
    try:
        return function(value.strip(PADDING) if padded else value).strip("\0 ")
    except UnicodeError:
        raise ValueError(f"is no {encoding}") from None
    except ValueError as error:
        reason = str(error) if str(error).startswith(("is no", "has digits")) else f"is no {encoding}"
        raise ValueError(reason) from None


def write(text: str, encoding: str) -> bytes:
    """The bytes of a text, for cards that are made up.

    Raises:
        ValueError: It cannot be written like that.
    """
    if encoding in {"gbk", "utf8", "ascii"}:
        return text.encode({"gbk": "gb18030", "utf8": "utf-8", "ascii": "ascii"}[encoding])
    if encoding == "date":
        return bytes.fromhex(date.fromisoformat(text).isoformat().replace("-", ""))
    return bytes.fromhex(text if encoding == "hex" or len(text) % 2 == 0 else f"{text}F")
