"""A loudspeaker on the network, as a program: takes WAV files, "plays" them and says when each was heard.

``GET /spoken`` tells what was heard (seconds, loudness, whether another call was still being heard), ``GET
/last.wav`` gives the last sound. ``--speed 20`` plays twenty times as fast.
"""

import contextlib
import socket
import struct
import sys
import threading
import time
from collections.abc import Sequence

from drivers.emulators import serving
from drivers.voice.sound import HEARD, read_wav

FAULTS = frozenset({"silent", "garbled", "slow", "busy", "hangs_up"})


class Loudspeaker:
    """Plays one connection's WAV file; remembers what was heard.

    Args:
        speed: How many times faster than life.
        show: Draw the loudness in the terminal.
    """

    def __init__(self, speed: float, *, show: bool) -> None:
        self._speed = speed
        self._show = show
        self._lock = threading.Lock()
        self._playing = 0
        self._spoken: list[dict[str, object]] = []
        self.last = b""

    def state(self) -> dict[str, object]:
        """What ``GET /state`` shows."""
        with self._lock:
            return {"calls": len(self._spoken), "playing": self._playing}

    def spoken(self) -> list[dict[str, object]]:
        """What was heard, in order."""
        with self._lock:
            return list(self._spoken)

    def talk(self, connection: socket.socket, admin: serving.Admin) -> None:
        """One connection."""
        if admin.strikes("busy"):
            return
        data = _receive(connection)
        if not data:
            return  # somebody only looked whether we are there
        if admin.strikes("hangs_up"):
            return
        try:
            sound = read_wav(data)
        except ValueError:
            return
        row: dict[str, object] = {"seconds": sound.seconds, "loudness": sound.loudness, "whole": False}
        with self._lock:
            row["overlapped"] = self._playing > 0
            self._playing += 1
            self._spoken.append(row)
            self.last = data
        if self._show:
            sys.stderr.write(f"{'▇' * int(sound.loudness / 400):40} {sound.seconds:.1f} s\n")
        try:
            whole = self._play(connection, sound.seconds / self._speed * (4 if admin.strikes("slow") else 1))
        finally:
            with self._lock:
                self._playing -= 1
        row["whole"] = whole
        if not whole:
            return
        if admin.strikes("silent"):
            while connection.recv(1):
                continue
        with contextlib.suppress(OSError):
            connection.sendall(b"?" if admin.strikes("garbled") else HEARD)

    @staticmethod
    def _play(connection: socket.socket, seconds: float) -> bool:
        """Wait as long as the sound takes; False when the other side hung up meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            connection.settimeout(min(left, 0.05))
            try:
                if not connection.recv(1):
                    return False
            except TimeoutError:
                continue
            except OSError:
                return False
        connection.settimeout(None)
        return True


def _receive(connection: socket.socket) -> bytes:
    """One RIFF file, whose head tells its length."""
    data = b""
    while len(data) < 8 or len(data) < 8 + struct.unpack("<I", data[4:8])[0]:
        more = connection.recv(65536)
        if not more:
            return b""
        data += more
    return data


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator until stdin closes."""
    parser = serving.arguments("voice")
    parser.add_argument("--speed", type=float, default=1.0, help="how many times faster than life (1)")
    parser.add_argument("--show", action="store_true", help="draw the loudness of what is heard on stderr")
    options = parser.parse_args(argv)
    speaker = Loudspeaker(options.speed, show=options.show)
    admin = serving.Admin(faults=FAULTS, state=speaker.state)
    admin.route("GET", "/spoken", lambda _body: serving.json_reply(speaker.spoken()))
    admin.route("GET", "/last.wav", lambda _body: serving.Reply(200, "audio/wav", speaker.last))
    with serving.serve_tcp(options.port, lambda connection: speaker.talk(connection, admin)) as port:
        return serving.run("voice", port.url, admin, admin_port=options.admin, fault=options.fault)
