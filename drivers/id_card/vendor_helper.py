"""The helper process of card readers that only their maker's library can drive; ``drivers.id_card.vendor`` talks to it.

Two styles of library are known, told apart by their functions:

    sdt     SDT_OpenPort, SDT_GetSAMStatus, SDT_StartFindIDCard, SDT_SelectIDCard, SDT_ReadBaseMsg (or
            SDT_ReadBaseMsgToFile), SDT_ReadNewAppMsg, SDT_ClosePort: the status words of the module, and its text block
    termb   InitComm, Authenticate, Read_Content, GetPeopleName ..., CloseComm, also with CVR_ in front: 1 is success,
            and each field is a text in GBK

It runs in a folder of its own, because some libraries write the text and the photo of every card into the folder in
which they run; what stands there after a read is removed.

Sources: the names and arguments as public programs that use ``sdtapi`` and ``termb`` call them. Not verified with a
maker's library.
"""

import base64
import ctypes
import os
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from drivers.errors import DeviceError, Fault
from drivers.id_card import frames
from drivers.isolated import serve

USB_PORTS = range(1001, 1017)
_ROOM = 16 * 1024  # for every answer: a library that writes too much must not hit what lies behind
_YES = 1
_TEXT_MOST, _PHOTO_MOST = 512, 4096


class Style(Protocol):
    """What the two styles share. Every method gives a status of the module's, or ``termb``'s turned into one."""

    def open(self, port: int) -> int:
        """Claim a port."""

    def close(self) -> None:
        """Let go of it."""

    def status(self) -> int:
        """How the module is."""

    def find(self) -> int:
        """Look for a card and select it; 90 when one is ready to be read."""

    def read(self, *, appended: bool) -> dict[str, str]:
        """Read it: ``text``, ``photo``, ``appended`` in base64, or ``fields`` by their names."""


def _buffer() -> "ctypes.Array[ctypes.c_char]":
    return ctypes.create_string_buffer(_ROOM)


def _refused(status: int) -> DeviceError:
    return DeviceError("helper", Fault.REFUSED, detail=f"status {status:02X}")


class Sdt:
    """``sdtapi``: the port's number goes with every call, the last argument says that the port is open already."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        self._port = 0

    def _call(self, name: str, *arguments: object) -> int:
        function = self._library[name]
        function.restype = ctypes.c_int
        return int(function(self._port, *arguments)) & 0xFF

    def open(self, port: int) -> int:
        """Claim a port."""
        self._port = port
        return self._call("SDT_OpenPort")

    def close(self) -> None:
        """Let go of it."""
        self._call("SDT_ClosePort")

    def status(self) -> int:
        """How the module is."""
        return self._call("SDT_GetSAMStatus", 0)

    def find(self) -> int:
        """Find and select."""
        found = self._call("SDT_StartFindIDCard", _buffer(), 0)
        if found != frames.FOUND:
            return found
        return self._call("SDT_SelectIDCard", _buffer(), 0)

    def read(self, *, appended: bool) -> dict[str, str]:
        """Text and photo, and the newest address."""
        text, photo = self._blocks()
        answer = {"text": base64.b64encode(text).decode(), "photo": base64.b64encode(photo).decode()}
        if appended and hasattr(self._library, "SDT_ReadNewAppMsg"):
            newest, size = _buffer(), ctypes.c_uint(0)
            if self._call("SDT_ReadNewAppMsg", newest, ctypes.byref(size), 0) == frames.DONE:
                answer["appended"] = base64.b64encode(newest.raw[: min(size.value, 160)]).decode()
        return answer

    def _blocks(self) -> tuple[bytes, bytes]:
        sizes = ctypes.c_uint(0), ctypes.c_uint(0)
        if hasattr(self._library, "SDT_ReadBaseMsg"):
            text, photo = _buffer(), _buffer()
            status = self._call("SDT_ReadBaseMsg", text, ctypes.byref(sizes[0]), photo, ctypes.byref(sizes[1]), 0)
            found = text.raw, photo.raw
        else:
            status = self._call(
                "SDT_ReadBaseMsgToFile", b"wz.txt", ctypes.byref(sizes[0]), b"zp.wlt", ctypes.byref(sizes[1]), 0
            )
            found = _file("wz.txt"), _file("zp.wlt")
        if status != frames.DONE:
            raise _refused(status)
        if not (0 < sizes[0].value <= _TEXT_MOST and sizes[1].value <= _PHOTO_MOST):
            raise DeviceError("helper", Fault.GARBLED, detail="the library gives impossible lengths")
        return found[0][: sizes[0].value], found[1][: sizes[1].value]


class Termb:
    """``termb``: one reader at a time; 1 is success, the texts come one by one."""

    FIELDS = (
        ("name", ("GetPeopleName",)),
        ("sex", ("GetPeopleSex",)),
        ("nation", ("GetPeopleNation",)),
        ("birth", ("GetPeopleBirthday",)),
        ("address", ("GetPeopleAddress",)),
        ("id_no", ("GetPeopleIDCode",)),
        ("issuer", ("GetDepartment", "GetPeopleDepartment")),
        ("valid_from", ("GetStartDate", "GetPeopleStartDate")),
        ("valid_to", ("GetEndDate", "GetPeopleEndDate")),
    )

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library

    def _function(self, *names: str) -> Callable[..., int]:
        for name in names:
            for full in (name, f"CVR_{name}"):
                if hasattr(self._library, full):
                    function = self._library[full]
                    function.restype = ctypes.c_int
                    return function
        raise DeviceError("helper", Fault.REFUSED, "unsupported", f"the library has no {names[0]}")

    def open(self, port: int) -> int:
        """Claim a port."""
        return frames.DONE if self._function("InitComm")(port) == _YES else 0x01

    def close(self) -> None:
        """Let go of it."""
        self._function("CloseComm")()

    def status(self) -> int:
        """It has no question for that: an open port is all that is known."""
        return frames.DONE

    def find(self) -> int:
        """Find and select."""
        found = self._function("Authenticate")()
        return frames.DONE if found == _YES else frames.NOT_SELECTED if found == 3 else frames.NOT_FOUND

    def read(self, *, appended: bool) -> dict[str, str]:  # noqa: ARG002 - this style has no such question
        """All fields."""
        if self._function("Read_Content")(_YES) != _YES:
            raise _refused(frames.READ_FAILED)
        fields = {name: self._text(*functions) for name, functions in self.FIELDS}
        answer = {f"field.{name}": value for name, value in fields.items()}
        for name, file in (("photo", "zp.wlt"), ("portrait", "zp.bmp")):
            if found := _file(file):
                answer[name] = base64.b64encode(found).decode()
        return answer

    def _text(self, *functions: str) -> str:
        text, size = _buffer(), ctypes.c_int(_ROOM - 1)
        status = self._function(*functions)(text, ctypes.byref(size))
        if status < 0:
            raise _refused(frames.READ_FAILED)
        return text.value.decode("gb18030", "replace").strip(" \0")


def _file(name: str) -> bytes:
    path = Path(name)
    return path.read_bytes()[: 64 * 1024] if path.is_file() else b""


def _clear() -> None:
    """Nothing of a card may stay in the folder."""
    for path in Path().iterdir():
        if path.is_file():
            path.unlink(missing_ok=True)


class _Reader:
    """The library of this process, once it was loaded."""

    def __init__(self) -> None:
        self._style: Style | None = None

    def open(self, given: dict[str, object], _cancel: threading.Event) -> object:
        """Load the library and claim a port: the one that is asked for, or the first that opens."""
        style = self._loaded(str(given["library"]))
        asked = int(str(given["port"]))
        ports = (asked,) if asked else (*USB_PORTS, *range(1, 17))
        statuses = []
        for port in ports:
            status = style.open(port)
            if status == frames.DONE:
                self._style = style
                return port
            statuses.append(status)
        raise DeviceError("helper", Fault.ABSENT, detail=f"no port opens ({statuses[0]:02X})")

    def _loaded(self, path: str) -> Style:
        kind = getattr(ctypes, "WinDLL", ctypes.CDLL)
        try:
            library = kind(path)
        except OSError as error:
            raise DeviceError("helper", Fault.REFUSED, "unsupported", "the library cannot be loaded") from error
        if hasattr(library, "SDT_OpenPort"):
            return Sdt(library)
        if hasattr(library, "CVR_InitComm") or hasattr(library, "InitComm"):
            return Termb(library)
        raise DeviceError("helper", Fault.REFUSED, "unsupported", "the library has neither SDT_OpenPort nor InitComm")

    def _opened(self) -> Style:
        if self._style is None:
            raise DeviceError("helper", Fault.ABSENT, detail="not open")
        return self._style

    def status(self, _given: dict[str, object], _cancel: threading.Event) -> object:
        """The module's status."""
        return self._opened().status()

    def find(self, _given: dict[str, object], _cancel: threading.Event) -> object:
        """Look once for a card."""
        return self._opened().find()

    def read(self, given: dict[str, object], _cancel: threading.Event) -> object:
        """Read the card that was found; what a helper that was killed left of the card before is none of it."""
        _clear()
        try:
            return self._opened().read(appended=bool(given.get("appended")))
        finally:
            _clear()

    def close(self, _given: dict[str, object], _cancel: threading.Event) -> object:
        """Let go of the port."""
        style, self._style = self._style, None
        if style is not None:
            style.close()
        return None


def main() -> int:
    """Serve until whoever started it is gone."""
    folder = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()
    os.chdir(folder)
    reader = _Reader()
    return serve(
        {"open": reader.open, "status": reader.status, "find": reader.find, "read": reader.read, "close": reader.close},
        last=_clear,
    )


if __name__ == "__main__":
    sys.exit(main())
