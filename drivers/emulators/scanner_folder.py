"""A scanner's own program that drops files into a folder, well and badly: what ``FolderScanner`` watches.

``--folder`` is where (made when it is not there). Admin port, beside the usual: ``PUT /drop {"pages": N}`` (N drawn
pages, one file each), with ``"kind"`` (``jpeg``, ``png``, ``tiff``, ``pdf``), ``"whole": true`` (all in one file) and
``"name"`` (the beginning of the names); ``GET /state`` tells how many files were dropped and lie there.

Faults, each for the next drop: ``slow`` (in pieces, under the final name, a second in all), ``renamed`` (as ``.part``
first), ``half`` (the end never comes), ``garbled`` (whole outside, damaged inside), ``empty``, ``not_a_picture``;
``held`` (the last piece comes only when the fault is taken away).
"""

import json
import threading
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from drivers.emulators import scanner_pages as pages
from drivers.emulators.serving import Admin, Reply, arguments, run

FAULTS = frozenset({"slow", "renamed", "half", "garbled", "empty", "not_a_picture", "held"})
_REGION = (826, 1169)
_DPI = 100
_KINDS = {"jpeg": "image/jpeg", "png": "image/png", "tiff": "image/tiff", "pdf": "application/pdf"}
_ENDINGS = {"jpeg": "jpg", "png": "png", "tiff": "tif", "pdf": "pdf"}
_PIECES = 5


class Dropper:
    """Drops files; one drop at a time."""

    def __init__(self, folder: Path, *, seed: int = 0) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.admin = Admin(faults=FAULTS, state=self._state, on_fault=self._on_fault)
        self._folder, self._seed = folder, seed
        self._dropped = 0
        self._changed = threading.Condition()
        self.admin.route("PUT", "/drop", self._put_drop)

    def _on_fault(self, _name: str | None) -> None:
        with self._changed:
            self._changed.notify_all()

    def _state(self) -> dict[str, object]:
        there = sorted(path.suffix for path in self._folder.iterdir() if path.is_file() and path.name[0] != ".")
        return {"dropped": self._dropped, "there": len(there), "endings": there}

    def _put_drop(self, body: bytes) -> Reply:
        asked = json.loads(body)
        count, kind = int(asked.get("pages", 1)), str(asked.get("kind", "jpeg"))
        drawn = [
            pages.drawn(self._dropped + number, self._seed, "RGB24", _KINDS[kind], _DPI, _REGION)
            for number in range(1, count + 1)
        ]
        files = [_joined(drawn, kind)] if asked.get("whole") else drawn
        for data in files:
            self._dropped += 1
            name = f"{asked.get('name', 'Scan')}{self._dropped}.{_ENDINGS[kind]}"
            self._drop(self._folder / name, data)
        return Reply()

    def _drop(self, path: Path, data: bytes) -> None:
        match self.admin.fault:
            case "slow" | "held":
                size = len(data) // _PIECES + 1
                with path.open("wb") as file:
                    for at in range(0, len(data), size):
                        last = at + size >= len(data)
                        if self.admin.fault == "held" and last:
                            with self._changed:
                                self._changed.wait_for(lambda: self.admin.fault != "held", timeout=60)
                        file.write(data[at : at + size])
                        file.flush()
                        if self.admin.fault == "slow":
                            time.sleep(1 / _PIECES)
            case "renamed":
                part = path.with_name(path.name + ".part")
                part.write_bytes(data)
                time.sleep(0.3)
                part.replace(path)
            case "half":
                path.write_bytes(data[: len(data) // 2])
            case "garbled":
                middle = len(data) // 2
                path.write_bytes(data[:30] + bytes(b ^ 0x5A for b in data[30:middle]) + data[middle:])
            case "empty":
                path.touch()
            case "not_a_picture":
                path.write_bytes(b"this is a letter, and no picture")
            case _:
                path.write_bytes(data)


def _joined(drawn: list[bytes], kind: str) -> bytes:
    """Several pages in one file: PDF and TIFF can hold them."""
    if kind == "pdf":
        return pages.joined_pdf(drawn)
    if kind != "tiff":
        raise ValueError(f"{kind} holds one page")
    from PIL import Image  # noqa: PLC0415

    out = BytesIO()
    frames = [Image.open(BytesIO(page)) for page in drawn]
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], dpi=(_DPI, _DPI), compression="tiff_deflate")
    return out.getvalue()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator until stdin closes."""
    parser = arguments("scanner_folder")
    parser.add_argument("--folder", type=Path, required=True, help="where the files are dropped")
    options = parser.parse_args(argv)
    dropper = Dropper(options.folder, seed=options.seed)
    url = options.folder.absolute().as_uri()
    return run("scanner_folder", url, dropper.admin, admin_port=options.admin, fault=options.fault)


if __name__ == "__main__":
    raise SystemExit(main())
