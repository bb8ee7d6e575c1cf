"""Parts of a ``multipart/x-mixed-replace`` stream. Bytes in, parts out; no I/O.

    --boundary CRLF  header: value CRLF ...  CRLF  body  CRLF  --boundary ...

Cameras bend this in every way: the boundary is announced with or without its dashes or quoted, lines end with LF
alone, ``Content-Length`` is missing or wrong, the body is not followed by a line end. So: the announced length is
believed when a boundary follows, and otherwise the body goes up to the next boundary.
"""

import re
from collections.abc import Iterator
from email.message import Message

MAX_PART = 40_000_000  # bytes; a 16 megapixel JPEG of the best quality stays below 20 MB
MAX_HEADER = 8_192
_GAP = 8  # bytes of line ends and dashes that may stand between a body and the next boundary

_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


def boundary_of(content_type: str) -> bytes | None:
    """The boundary that a ``Content-Type`` announces, without its dashes; ``None`` when there is none."""
    message = Message()
    message["Content-Type"] = content_type
    if not message.get_content_type().startswith("multipart/"):
        return None
    named = message.get_param("boundary")
    if not isinstance(named, str):
        return None
    return named.strip().strip('"').lstrip("-").encode("latin-1", "replace") or None


class MultipartDecoder:
    """Collects bytes as they arrive and gives out the bodies of whole parts.

    Args:
        boundary: Without dashes; empty when it was not announced: the first line that begins with two dashes tells it.
        max_part: Bytes; a longer part is skipped and counted in ``damaged``.
    """

    def __init__(self, boundary: bytes = b"", *, max_part: int = MAX_PART) -> None:
        self._mark = b"--" + boundary if boundary else b""
        self._max = max_part
        self._buffer = bytearray()
        self._body_from: int | None = None  # where the body of the current part begins, None before its header ended
        self._length: int | None = None
        self._searched = 0
        self.damaged = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take bytes in and give out the bodies that are complete now."""
        self._buffer += data
        while (part := self._next()) is not None:
            if part:
                yield part

    def _next(self) -> bytes | None:
        """One body, empty for one to be skipped; ``None`` when more bytes are needed."""
        if not self._mark and not self._learn_mark():
            return None
        if self._body_from is None and not self._read_header():
            return None
        if self._length is not None:
            whole = self._of_told_length(self._length)
            if whole is not None or self._length is not None:
                return whole
        return self._up_to_next_boundary()

    def _of_told_length(self, length: int) -> bytes | None:
        """The body by its announced length; forgets the length where no boundary follows it."""
        end = (self._body_from or 0) + length
        behind = self._buffer[end : end + _GAP + len(self._mark)]
        if self._mark in behind or (length == 0 and behind):
            return self._take(end, end)
        if len(behind) >= _GAP + len(self._mark):
            self._length = None  # it lied
        elif bytes(behind[:2]) in {b"\r\n", b"--"}:
            return self._take(end, end)  # the next boundary may be a whole frame away
        return None

    def _up_to_next_boundary(self) -> bytes | None:
        start = self._body_from or 0
        found = self._buffer.find(self._mark, max(start, self._searched - len(self._mark)))
        if found < 0:
            self._searched = len(self._buffer)
            if len(self._buffer) - start > self._max:
                self.damaged += 1
                del self._buffer[: -len(self._mark)]
                self._begin_again()
            return None
        end = found
        while end > start and self._buffer[end - 1 : end] == b"-":  # more dashes than announced
            end -= 1
        if self._buffer[max(start, end - 2) : end] == b"\r\n":
            end -= 2
        elif self._buffer[max(start, end - 1) : end] == b"\n":
            end -= 1
        return self._take(end, found)

    def _take(self, end: int, rest: int) -> bytes:
        body = bytes(self._buffer[self._body_from or 0 : end])
        del self._buffer[:rest]
        self._begin_again()
        return body

    def _begin_again(self) -> None:
        self._body_from, self._length, self._searched = None, None, 0

    def _learn_mark(self) -> bool:
        at = self._buffer.find(b"--")
        line_end = self._buffer.find(b"\n", at) if at >= 0 else -1
        if line_end < 0:
            if len(self._buffer) > MAX_HEADER:
                self.damaged += 1
                del self._buffer[:-2]
            return False
        self._mark = b"--" + bytes(self._buffer[at:line_end]).strip(b"-\r \t")
        if len(self._mark) < 3:
            self._mark = b""
            del self._buffer[: at + 2]
            return self._learn_mark()
        return True

    def _read_header(self) -> bool:
        """Find the boundary and the header behind it."""
        at = self._buffer.find(self._mark)
        if at < 0:
            keep = len(self._mark) - 1
            if len(self._buffer) > keep:
                del self._buffer[: len(self._buffer) - keep]
            return False
        del self._buffer[:at]
        line_end = self._buffer.find(b"\n")
        if line_end < 0:
            return False
        if self._buffer[line_end + 1 : line_end + 2] == b"\n" or self._buffer[line_end + 1 : line_end + 3] == b"\r\n":
            ends = [line_end + (2 if self._buffer[line_end + 1 : line_end + 2] == b"\n" else 3)]  # no header lines
        else:
            ends = [
                found + len(blank)
                for blank in (b"\r\n\r\n", b"\n\n")
                if (found := self._buffer.find(blank, line_end, line_end + MAX_HEADER)) >= 0
            ]
        if not ends:
            if len(self._buffer) > line_end + MAX_HEADER:
                self.damaged += 1
                del self._buffer[: len(self._mark)]
                return self._read_header()
            return False
        self._body_from = self._searched = min(ends)
        told = _LENGTH.search(bytes(self._buffer[line_end : self._body_from]))
        self._length = int(told.group(1)) if told else None
        if self._length is not None and self._length > self._max:
            self.damaged += 1
            del self._buffer[: self._body_from]
            self._begin_again()
            return self._read_header()
        return True
