"""An identity card reader with a SAM_V module, as a program: bytes on a pty or a TCP port.

Admin: ``PUT /card {"id_no": ...}`` lays a demo person's card down, ``PUT /card {"person": {...}}`` any card,
``DELETE /card`` lifts it. ``--show`` draws the reader, the card that lies on it and its lamp on stderr, ``--pace``
sends as slowly as a line of ``--baud`` does. Faults, as the wire shows them (unplugged: end the program):

    silent               no answer to anything
    garbled              every answer has a wrong checksum
    wrong_answer         to every command the success of another one
    partial_answer       half of every answer, then silence
    noise                garbage, with stray AA bytes, before every answer
    slow                 answers in small pieces with pauses
    card_moved           41 to every read
    truncated            half an answer to the next read, then silence: the card was pulled away
    not_genuine          31 and 32 in turn to every read
    unknown_card         40 to every selection
    latch                after a successful read 80 until the card is lifted, as many modules do
    sam_fault            60 to everything
    early_timeout_frame  instead of 80, one maker's frame with a wrong length
"""

import random
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from drivers.contracts import CardRecord
from drivers.emulators import people, serving
from drivers.id_card import frames, text

FAULTS = frozenset(
    {
        "silent",
        "garbled",
        "wrong_answer",
        "partial_answer",
        "noise",
        "slow",
        "card_moved",
        "truncated",
        "not_genuine",
        "unknown_card",
        "latch",
        "sam_fault",
        "early_timeout_frame",
    }
)
PIECE, PAUSE = 97, 0.001  # bytes and seconds: answers never come in one piece
SLOW_PIECE, SLOW_PAUSE = 16, 0.01
PACED_PIECE = 16
BITS_A_BYTE = 10  # one start, eight data, one stop
PHOTO_SIZE = 1024
SAM_SERIAL = bytes.fromhex("05 00 01 00 44 DE 32 01 39 30 00 00 D2 02 96 49")


class Module:
    """Takes the host's bytes, sends the module's answers. ``lay`` and ``lift`` move the card.

    Args:
        seed: Of photo, noise and fingerprints.
        paced: Whether its bytes take as long as on a line of its speed.
        on_change: Called when the card or the lamp changed; for who draws them.
    """

    def __init__(self, *, seed: int = 0, paced: bool = False, on_change: Callable[[], None] = lambda: None) -> None:
        self.admin = serving.Admin(faults=FAULTS, state=self.state, on_fault=lambda _name: on_change())
        self._paced = paced
        self._on_change = on_change
        self.lamp = ""
        self._random = random.Random(seed)  # noqa: S311 - made-up pictures, no secrets
        self._decoder = frames.FrameDecoder()
        self._lock = threading.Lock()
        self._card: CardRecord | None = None
        self._selected = self._latched = False
        self.baud = 115200
        self.reads = self.asked = 0

    def lay(self, record: CardRecord) -> None:
        """Lay a card on the reader, in place of the one that lies there.

        Raises:
            ValueError: No card can say that.
        """
        text.encode(record)
        text.encode_appended_address(record.appended_address)
        with self._lock:
            photo = b"WLf\0" + self._random.randbytes(PHOTO_SIZE - 4)
            self._card = replace(record, photo=photo)
            self._selected = self._latched = False
        self._light("")

    def lift(self) -> None:
        """Take the card away."""
        with self._lock:
            self._card = None
            self._selected = self._latched = False
        self._light("")

    @property
    def card(self) -> CardRecord | None:
        """The card that lies there."""
        return self._card

    def _light(self, lamp: str) -> None:
        self.lamp = lamp
        self._on_change()

    def state(self) -> dict[str, object]:
        """What ``GET /state`` shows; nothing personal."""
        with self._lock:
            kind = self._card.kind if self._card else None
            return {"card": kind, "latched": self._latched, "reads": self.reads, "asked": self.asked, "baud": self.baud}

    def take(self, data: bytes, send: serving.Send) -> None:
        """Take in bytes from the host and answer."""
        damaged = self._decoder.damaged
        commands = self._decoder.feed(data)
        if self._decoder.damaged > damaged:
            self._send(frames.encode(frames.answer(frames.BAD_CHECKSUM)), send)
        for command in commands:
            with self._lock:
                self.asked += 1
                reply = frames.encode(self._answer(command))
            is_card_data = command[:1] == b"\x30" and frames.status_of(reply[frames.HEAD :]) == frames.DONE
            if is_card_data and self.admin.strikes("truncated"):
                self.lift()
                reply = reply[: len(reply) // 2]
            if self._paced:
                time.sleep(len(frames.encode(command)) * BITS_A_BYTE / self.baud)
            self._send(reply, send)
            if command[:1] in {b"\x20", b"\x30"}:
                self._light("read" if is_card_data else "asked")

    def _answer(self, command: bytes) -> bytes:
        if self.admin.strikes("sam_fault"):
            return frames.answer(frames.SELF_TEST_FAILED)
        if command in {frames.RESET, frames.STATUS} or command.startswith(frames.SET_RF_SIZE):
            self._selected = False
            return frames.answer(frames.DONE)
        if command == frames.SAM_ID:
            return frames.answer(frames.DONE, SAM_SERIAL)
        if command[:1] == frames.SET_BAUD and command[1] < len(frames.SPEEDS):
            self.baud = frames.SPEEDS[command[1]]
            return frames.answer(frames.DONE)
        if command == frames.FIND:
            return self._find()
        if command == frames.SELECT:
            return self._select()
        if command in {frames.READ, frames.READ_WITH_FINGERPRINTS}:
            return self._read(with_fingerprints=command == frames.READ_WITH_FINGERPRINTS)
        if command == frames.READ_APPENDED_ADDRESS:
            return self._appended_address()
        return frames.answer(frames.BAD_COMMAND)

    def _find(self) -> bytes:
        self._selected = False
        if self._card is None or self._latched:
            return frames.NO_CARD
        return frames.answer(frames.FOUND, bytes(4))

    def _select(self) -> bytes:
        if self._card is None:
            return frames.answer(frames.NOT_SELECTED)
        if self.admin.strikes("unknown_card"):
            return frames.answer(frames.UNKNOWN_CARD)
        self._selected = True
        return frames.answer(frames.DONE, bytes(8))

    def _read(self, *, with_fingerprints: bool) -> bytes:
        if self._card is None or not self._selected or self.admin.strikes("card_moved"):
            self._selected = False
            return frames.answer(frames.READ_FAILED)
        self.reads += 1
        if self.admin.strikes("not_genuine"):
            status = frames.SAM_REFUSED_BY_CARD if self.reads % 2 else frames.CARD_REFUSED_BY_SAM
            return frames.answer(status)
        self._latched = self.admin.strikes("latch")
        fingerprints = b"C" + self._random.randbytes(1023) if with_fingerprints else None
        data = frames.read_data(text.encode(self._card), self._card.photo, fingerprints)
        return frames.answer(frames.DONE, data)

    def _appended_address(self) -> bytes:
        if self._card is None or not self._selected:
            return frames.answer(frames.READ_FAILED)
        if not self._card.appended_address:
            return frames.answer(frames.NO_CONTENT)
        return frames.answer(frames.DONE, text.encode_appended_address(self._card.appended_address))

    def _send(self, reply: bytes, send: serving.Send) -> None:
        if self.admin.strikes("silent"):
            return
        if reply == frames.encode(frames.NO_CARD) and self.admin.strikes("early_timeout_frame"):
            reply = frames.EARLY_TIMEOUT
        if self.admin.strikes("garbled"):
            reply = reply[:-1] + bytes([reply[-1] ^ 0x55])
        if self.admin.strikes("wrong_answer"):
            is_selection = reply == frames.encode(frames.answer(frames.DONE, bytes(8)))
            reply = frames.encode(frames.answer(frames.DONE, bytes(0 if is_selection else 8)))
        if self.admin.strikes("partial_answer"):
            reply = reply[: len(reply) // 2]
        if self.admin.strikes("noise"):
            reply = self._random.randbytes(9) + b"\xaa\xaa\x96\x00\xaa\xaa" + reply
        if self._paced:
            self._send_paced(reply, send)
            return
        piece, pause = (SLOW_PIECE, SLOW_PAUSE) if self.admin.strikes("slow") else (PIECE, PAUSE)
        for start in range(0, len(reply), piece):
            send(reply[start : start + piece])
            time.sleep(pause)

    def _send_paced(self, reply: bytes, send: serving.Send) -> None:
        """Each piece is there when a line of this speed would have carried it; one that is late holds up no other."""
        began = time.monotonic()
        for start in range(0, len(reply), PACED_PIECE):
            piece = reply[start : start + PACED_PIECE]
            carried_at = began + (start + len(piece)) * BITS_A_BYTE / self.baud
            time.sleep(max(0.0, carried_at - time.monotonic()))
            send(piece)


def drawn(module: Module) -> str:
    """The reader, with the card on it and its lamp, for a terminal."""
    fault = module.admin.fault or ""
    lamp = "✕ " + fault if fault else {"read": "● read", "asked": "◐ looking", "": "○ ready"}[module.lamp]
    card = module.card
    lines = ["", "  (no card)", ""]
    if card is not None:
        lines = [f"{card.name or card.english_name}  {card.sex}  {card.nation}", card.address, card.id_no]
    rows = [f"│ ▒▒▒ {line}" if card is not None else f"│ {line}" for line in lines]
    edge = "─" * 44
    return "\n".join((f"┌{edge} 模拟", *rows, f"└{edge} {lamp}"))


class Drawing:
    """Draws a module on stderr whenever it looks different."""

    def __init__(self) -> None:
        self.module: Module | None = None
        self._last = ""
        self._lock = threading.Lock()

    def __call__(self) -> None:
        """Look, and draw."""
        if self.module is None:
            return
        with self._lock:
            picture = drawn(self.module)
            if picture == self._last:
                return
            self._last = picture
            sys.stderr.write(("\x1b[2J\x1b[H" if sys.stderr.isatty() else "") + picture + "\n")
            sys.stderr.flush()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator until stdin closes."""
    parser = serving.arguments("id_card", baud=115200)
    parser.add_argument("--people", type=Path, default=None, help="catalogue whose demo applicants have cards")
    parser.add_argument(
        "--card", default=None, metavar="ID_NO", help="demo person whose card lies there from the start"
    )
    parser.add_argument("--pace", action="store_true", help="bytes take as long as on a line of --baud")
    parser.add_argument("--show", action="store_true", help="draw the reader on stderr when it changes")
    options = parser.parse_args(argv)
    known = people.load_people(options.people)
    drawing = Drawing()
    module = Module(seed=options.seed, paced=options.pace, on_change=drawing)
    module.baud = options.baud
    if options.card is not None:
        if options.card not in known:
            parser.error("--card: no such demo person")
        module.lay(known[options.card])

    if options.show:
        drawing.module = module
        drawing()

    def put_card(body: bytes) -> serving.Reply:
        module.lay(people.asked_card(body, known))
        return serving.Reply()

    def delete_card(_body: bytes) -> serving.Reply:
        module.lift()
        return serving.Reply()

    module.admin.route("PUT", "/card", put_card)
    module.admin.route("DELETE", "/card", delete_card)
    with serving.serve_bytes(options, module.take, speed=lambda: module.baud) as port:
        return serving.run("id_card", port.url, module.admin, admin_port=options.admin, fault=options.fault)
