"""Which cameras this machine has, by names that stay: ``/dev/v4l/by-id`` and ``by-path`` instead of ``/dev/video0``.

A camera has several nodes; only those that give pictures are listed (others carry metadata). Two cameras of a model
without serial numbers share their by-id name, which then leads to either: such a camera is named by its socket.

Linux only. On Windows ``usb://0`` counts through DirectShow's devices in the order of the system; names are not told by
OpenCV there, so that a camera can only be recognised by its picture (not verified).
"""

import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PIXELS = {"MJPG": "MJPG", "JPEG": "MJPG", "YUYV": "YUY2", "NV12": "NV12", "H264": "H264"}

# Source: linux/videodev2.h; the numbers are _IOR/_IOWR('V', n, size of the struct)
_QUERYCAP, _ENUM_FMT, _ENUM_FRAMESIZES = 0x80685600, 0xC0405602, 0xC02C564A
_CAPABILITY = struct.Struct("<16s32s32sIII12x")
_FORMAT = struct.Struct("<III32s4sI12x")
_SIZE = struct.Struct("<I4sI6I8x")
_VIDEO_CAPTURE, _DEVICE_CAPS = 0x1, 0x80000000
_DISCRETE = 1
_MOST = 64  # of formats, and of sizes of a format

Ioctl = Callable[[Path, int, bytearray], None]


@dataclass(frozen=True, slots=True)
class Mode:
    """One format with its sizes in pixels, largest first."""

    pixels: str
    sizes: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ListedCamera:
    """A camera: its own name, the stable path for ``file://`` URLs, the kernel's node, and what it can give."""

    name: str
    path: Path
    node: Path
    modes: tuple[Mode, ...] = ()

    @property
    def url(self) -> str:
        """What stands in the settings."""
        return self.path.as_uri()

    @property
    def largest(self) -> tuple[int, int] | None:
        """The largest size as MJPG, else of any format; others come too slowly over USB 2."""
        of_mjpg = [size for mode in self.modes if mode.pixels == "MJPG" for size in mode.sizes]
        others = [size for mode in self.modes for size in mode.sizes]
        return max(of_mjpg or others, key=lambda size: size[0] * size[1], default=None)


def ask_node(node: Path, request: int, answer: bytearray) -> None:
    """One ``ioctl`` on a video node.

    Raises:
        OSError: The node does not know the question, or is gone.
    """
    import fcntl  # noqa: PLC0415 - not on Windows
    import os  # noqa: PLC0415

    handle = os.open(node, os.O_RDWR | os.O_NONBLOCK)
    try:
        fcntl.ioctl(handle, request, answer)
    finally:
        os.close(handle)


def cameras(*, root: Path = Path("/"), ioctl: Ioctl = ask_node) -> tuple[ListedCamera, ...]:
    """All cameras that give pictures, in the order of their nodes; one that another program uses is listed too."""
    if sys.platform != "linux":
        return ()
    found = []
    nodes = sorted((root / "dev").glob("video[0-9]*"), key=lambda node: (len(node.name), node.name))
    links = _links(root, nodes)
    for node in nodes:
        name = _said_name(root, node)
        answer = bytearray(_CAPABILITY.size)
        try:
            ioctl(node, _QUERYCAP, answer)
        except OSError:  # no right to ask, or just pulled out: the kernel says which node is the first of its camera
            if _text(root / "sys/class/video4linux" / node.name / "index") not in {"", "0"}:
                continue
            found.append(ListedCamera(name or node.name, links.get(node, node), node))
            continue
        _, card, _, _, capabilities, device_caps = _CAPABILITY.unpack(answer)
        own = device_caps if capabilities & _DEVICE_CAPS else capabilities
        if not own & _VIDEO_CAPTURE:
            continue
        named = card.split(b"\0")[0].decode("utf-8", "replace").strip()
        found.append(ListedCamera(named or name or node.name, links.get(node, node), node, _modes(node, ioctl)))
    return tuple(found)


def _modes(node: Path, ioctl: Ioctl) -> tuple[Mode, ...]:
    modes: dict[str, tuple[tuple[int, int], ...]] = {}
    for index in range(_MOST):
        answer = bytearray(_FORMAT.pack(index, 1, 0, b"", b"", 0))
        try:
            ioctl(node, _ENUM_FMT, answer)
        except OSError:  # no further one
            break
        code = _FORMAT.unpack(answer)[4]
        pixels = code.decode("latin-1").strip()
        modes[PIXELS.get(pixels, pixels)] = _sizes(node, code, ioctl)
    return tuple(Mode(pixels, sizes) for pixels, sizes in modes.items())


def _sizes(node: Path, code: bytes, ioctl: Ioctl) -> tuple[tuple[int, int], ...]:
    sizes = set()
    for index in range(_MOST):
        answer = bytearray(_SIZE.pack(index, code, 0, 0, 0, 0, 0, 0, 0))
        try:
            ioctl(node, _ENUM_FRAMESIZES, answer)
        except OSError:
            break
        _, _, kind, *numbers = _SIZE.unpack(answer)
        if kind != _DISCRETE:  # from, to and step of the width, then of the height: the largest is what is wanted
            sizes.add((numbers[1], numbers[4]))
            break
        sizes.add((numbers[0], numbers[1]))
    return tuple(sorted(sizes, key=lambda size: size[0] * size[1], reverse=True))


def _links(root: Path, nodes: list[Path]) -> dict[Path, Path]:
    """Node → its stable name: by-id where the model has a serial number of its own, else by-path."""
    by_id = _leading_to(root / "dev/v4l/by-id", nodes)
    by_path = _leading_to(root / "dev/v4l/by-path", nodes)
    twins = {node for node in by_id if _serial(root, node) in _serials_of_twins(root, node, nodes)}
    return {**by_path, **{node: link for node, link in by_id.items() if node not in twins or node not in by_path}}


def _leading_to(folder: Path, nodes: list[Path]) -> dict[Path, Path]:
    targets = {node.resolve(): node for node in nodes}
    found: dict[Path, Path] = {}
    for link in sorted(folder.iterdir()) if folder.is_dir() else ():
        node = targets.get(link.resolve())
        if node is not None:
            found.setdefault(node, link)
    return found


def _device(root: Path, node: Path) -> Path:
    """The USB interface that a node belongs to: the nodes of one camera share it."""
    return (root / "sys/class/video4linux" / node.name / "device").resolve()


def _serial(root: Path, node: Path) -> str:
    return _text(_device(root, node).parent / "serial")


def _serials_of_twins(root: Path, node: Path, nodes: list[Path]) -> set[str]:
    """The serial numbers (empty for none) of the other cameras of the same model."""
    return {
        _serial(root, other)
        for other in nodes
        if _said_name(root, other) == _said_name(root, node) and _device(root, other) != _device(root, node)
    }


def _said_name(root: Path, node: Path) -> str:
    return _text(root / "sys/class/video4linux" / node.name / "name")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
