"""The helper process of the photo decoder: loads a vendor's library and lets it decode one photo after the other.

``int unpack(char *wlt, char *bmp, int mode)`` (also under its C++ name) is preferred; ``int GetBmp(char *file, int
port)`` works on files, which stand in a folder of their own and are gone after each photo.

Sources: the names and arguments as public programs that use ``libwltu``, ``libwlt2bmp`` and ``WltRS`` call them.
"""

import base64
import ctypes
import sys
import tempfile
import threading
from pathlib import Path

from drivers.errors import DeviceError, Fault
from drivers.id_card.photo import BMP_SIZE, HEIGHT, WIDTH, bmp
from drivers.isolated import serve

_UNPACK = ("unpack", "_Z6unpackPcS_i")
_FROM_FILE = ("GetBmp", "_Z6GetBmpPci")
_ROOM = 128 * 1024  # more than any picture: a library that writes too much must not hit what lies behind

_loaded: dict[str, ctypes.CDLL] = {}


def load(library: str) -> ctypes.CDLL:
    """The library, loaded once.

    Raises:
        DeviceError: ``REFUSED``/``unsupported``: it cannot be loaded by this interpreter.
    """
    if library not in _loaded:
        kind = getattr(ctypes, "WinDLL", ctypes.CDLL)
        try:
            _loaded[library] = kind(library)
        except OSError as error:
            raise DeviceError("helper", Fault.REFUSED, "unsupported", "the library cannot be loaded") from error
    return _loaded[library]


def _decode(given: dict[str, object], _cancel: threading.Event) -> object:
    library = load(str(given["library"]))
    photo = base64.b64decode(str(given["photo"]))
    for name in _UNPACK:
        if hasattr(library, name):
            return base64.b64encode(_unpack(library[name], photo, int(str(given["mode"])))).decode()
    for name in _FROM_FILE:
        if hasattr(library, name):
            return base64.b64encode(_from_file(library[name], photo)).decode()
    raise DeviceError("helper", Fault.REFUSED, "unsupported", "the library has neither unpack nor GetBmp")


def _unpack(function: "ctypes._NamedFuncPointer", photo: bytes, mode: int) -> bytes:
    encoded = ctypes.create_string_buffer(photo, len(photo) + 1024)
    picture = ctypes.create_string_buffer(_ROOM)
    function.restype = ctypes.c_int
    function.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int]
    function(encoded, picture, mode)
    if picture.raw.startswith(b"BM"):
        return picture.raw[:BMP_SIZE]
    return bmp(picture.raw[: WIDTH * 3 * HEIGHT])


def _from_file(function: "ctypes._NamedFuncPointer", photo: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "p.wlt"
        file.write_bytes(photo)
        function.restype = ctypes.c_int
        function.argtypes = [ctypes.c_char_p, ctypes.c_int]
        function(str(file).encode(), 1)
        made = file.with_suffix(".bmp")
        return made.read_bytes()[:BMP_SIZE] if made.exists() else b""


if __name__ == "__main__":
    sys.exit(serve({"decode": _decode}))
