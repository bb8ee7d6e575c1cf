"""The demo's world: a central service and emulated devices, each in a process of its own.

Everything on the window's side is the production part; only the far ends of the wires are made up. The world
ends with its starter, even after kill -9, because every program in it watches its stdin.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from threading import Lock, Timer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from drivers.emulators.process import EmulatorProcess
from window_client.reception.state import Reading, ReceptionState

WINDOW = 12
LIMING = "510799198806120017"
"""The applicant of the design's pictures, number C018."""

KINDS = ("id_card", "scanner", "camera", "printer", "display")
"""What a window needs for a visit; training has these."""

DEMO_KINDS = (*KINDS, "codes", "voice", "document_printer")
"""What the demo's window has: without a chip card reader, and the applicant rates on the second screen."""

ROOT = Path(__file__).resolve().parent.parent


class CentralProcess:
    """The reference service with its demo data; ``start`` again uses the same port and database."""

    def __init__(self, database: Path, profile: str = "demo") -> None:
        self._database = database
        self._profile = profile
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None
        self.url = ""
        self.admin = ""

    def start(self) -> None:
        """Start and wait until it listens.

        Raises:
            RuntimeError: It did not start; its words are on stderr.
        """
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "window_client",
                "central",
                "serve",
                "--watch-stdin",
                "--profile",
                self._profile,
                "--made-up",
                "--database",
                str(self._database),
                "--port",
                str(self._port),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path, "TZ": "CST-8"},  # the hall's time, whatever this machine's is
        )
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        line = self._process.stdout.readline()
        if not line:
            self.stop()
            raise RuntimeError("the central service did not start")
        said = json.loads(line)
        self.url, self.admin = said["url"], said["admin"] or ""
        self._port = urlsplit(self.url).port or 0

    def fault(self, name: str, **options: object) -> None:
        """Switch trouble on the wire on (``window_client.central.service.faults``)."""
        self._ask_admin("PUT", {"name": name, **options})

    def heal(self) -> None:
        """End the trouble."""
        self._ask_admin("DELETE", {})

    def _ask_admin(self, method: str, body: dict[str, object]) -> None:
        address = urlsplit(self.admin)
        connection = HTTPConnection(address.hostname or "", address.port, timeout=10)
        try:
            connection.request(method, "/fault", json.dumps(body).encode())
            connection.getresponse().read()
        finally:
            connection.close()

    def stop(self) -> None:
        """End it, and wait for its end."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(timeout=8)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _remove(old: Path) -> None:
    if old.is_dir() and not old.is_symlink():
        shutil.rmtree(old, ignore_errors=True)
    else:
        old.unlink(missing_ok=True)


class DemoWorld:
    """Central service, emulators, and the settings file of the window that uses them.

    Args:
        folder: Where settings, the service's database and the window's data lie; begun anew each day.
        fresh: Begin anew now.
        kinds: The devices that the window has.
        keys: Where the window keeps its keys, as in the settings.
        profile: ``demo`` or ``training``.
    """

    def __init__(
        self,
        folder: Path,
        *,
        fresh: bool = False,
        kinds: tuple[str, ...] = KINDS,
        keys: str = "keyring",
        profile: str = "demo",
    ) -> None:
        self.profile = profile
        self.folder = folder
        self.kinds = kinds
        self._keys = keys
        self._begin(fresh=fresh)
        self.central = CentralProcess(folder / "central.db", profile)
        self.emulators: dict[str, EmulatorProcess] = {}
        self._ports: dict[str, tuple[str, ...]] = {}
        self._timers: list[Timer] = []
        self._seen: tuple[object, ...] = ()
        self._switching = Lock()
        self.card: Callable[[], dict[str, object]] = lambda: {"id_no": LIMING}

    def _begin(self, *, fresh: bool) -> None:
        """The demo's queue and bookings belong to one day: another day begins with an empty folder."""
        day = self.folder / "day"
        today = date.today().isoformat()  # noqa: DTZ011 - the machine's own day decides
        if fresh or not day.exists() or day.read_text(encoding="utf-8") != today:
            for old in self.folder.glob("*"):
                if fresh or self.profile != "training" or old.name != "window":  # what was learned stays
                    _remove(old)
        self.folder.mkdir(parents=True, exist_ok=True)
        day.write_text(today, encoding="utf-8")

    def __enter__(self) -> Self:
        try:
            self.central.start()
            with ThreadPoolExecutor(max(1, len(self.kinds))) as starting:
                list(starting.map(self.plug, self.kinds))
            self.settings().write_text(self._settings_text(), encoding="utf-8")
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End everything."""
        for timer in self._timers:
            timer.cancel()
        for emulator in self.emulators.values():  # all of them at once, then one after the other is waited for
            emulator.let_go()
        for emulator in self.emulators.values():
            emulator.close()
        self.emulators.clear()
        self.central.stop()

    def settings(self) -> Path:
        """The settings file of the demo's window."""
        return self.folder / "settings.toml"

    def data(self) -> Path:
        """The window's data folder."""
        return self.folder / "window"

    # ---- devices

    def plug(self, kind: str) -> EmulatorProcess:
        """Start a device's emulator; a second time on the same port as before."""
        if kind in {"id_card", "display", "codes"}:
            arguments: tuple[str, ...] = ("--link", str(self.folder / f"tty-{kind}"))
        else:
            arguments = self._ports.get(kind, ())
        if kind == "scanner" and not arguments:
            arguments = ("--pages", "0")
        emulator = EmulatorProcess(kind, *arguments)
        port = urlsplit(emulator.url).port
        if port is not None:
            self._ports[kind] = ("--port", str(port), *(("--pages", "0") if kind == "scanner" else ()))
        self.emulators[kind] = emulator
        return emulator

    def unplug(self, kind: str) -> None:
        """Kill a device's emulator: the cable is out."""
        self.emulators.pop(kind).kill()

    def _settings_text(self) -> str:
        drivers = {
            "id_card": "sam_v_serial",
            "scanner": "escl",
            "camera": "mjpeg_http",
            "printer": "escpos",
            "display": "cd5220",
            "codes": "serial",
            "voice": "spoken",
            "document_printer": "ipp",
        }
        names = {
            "id_card": "reader",
            "scanner": "scanner",
            "camera": "camera",
            "printer": "printer",
            "display": "display",
            "codes": "codes",
            "voice": "voice",
            "document_printer": "notices",
        }
        parts = [
            f'[window]\nnumber = {WINDOW}\nhall = "5107-01"\nprofile = "{self.profile}"\n',
            f'[central]\nurl = "{self.central.url}"\n',
            f'[data]\nfolder = {json.dumps(str(self.data()))}\nkeys = "{self._keys}"\n',
        ]
        parts += [
            f'[devices.{names[kind]}]\nkind = "{kind}"\ndriver = "{driver}"\nurl = "{self.emulators[kind].url}"\n'
            "emulated = true\n"
            for kind, driver in drivers.items()
            if kind in self.kinds
        ]
        return "\n".join(parts)

    # ---- the applicant's hands, for a person who tries the demo

    def follow(self, state: ReceptionState) -> None:
        """Do what an applicant would: lay the card down when asked, hand over papers row by row.

        Called with each state of the desk; everything happens a moment later and in another thread.
        """
        current = state.materials.current if state.materials else ""
        seen = (state.visit, state.identity.reading, state.open_step, current)
        if seen == self._seen:
            return
        before, self._seen = self._seen, seen
        if state.identity.reading is Reading.WAITING and (not before or before[1] is not Reading.WAITING):
            self._later(1.2, lambda: self.emulators["id_card"].put("/card", self.card()))
        elif state.identity.reading is Reading.READ and before and before[1] is Reading.WAITING:
            self._later(0.5, lambda: self.emulators["id_card"].delete("/card"))
        if state.materials is not None and current and (not before or before[3] != current):
            scene = {"M01": "application", "M02": "idcard", "M06": "floorplan", "M07": "notice"}.get(
                current.rsplit("-", 1)[-1], "contract"
            )
            self._later(0.6, lambda: self.emulators["camera"].put("/page", {"scene": scene}))
            self._later(0.6, lambda: self.emulators["scanner"].put("/feeder", {"pages": 3}))

    def switch_fault(self, kind: str, name: str) -> None:
        """A device's fault comes (its name) or goes (empty), soon and in another thread."""

        def switch() -> None:
            if name:
                self.emulators[kind].put("/fault", {"name": name})
            else:
                self.emulators[kind].delete("/fault")

        self._later(0.1, switch)

    def switch_line(self, up: bool) -> None:
        """The central service goes away or comes back, soon and in another thread."""

        def switch() -> None:
            with self._switching:
                if up:
                    self.central.start()
                else:
                    self.central.stop()

        self._later(2.0 if up else 0.1, switch)

    def _later(self, seconds: float, call: Callable[[], None]) -> None:
        def quietly() -> None:
            try:
                call()
            except (KeyError, OSError, ValueError) as error:  # the person unplugged it: that is the demo's point
                sys.stderr.write(f"demo: {type(error).__name__}: {error}\n")

        timer = Timer(seconds, quietly)
        timer.daemon = True
        timer.start()
        self._timers = [*(old for old in self._timers if old.is_alive()), timer]
