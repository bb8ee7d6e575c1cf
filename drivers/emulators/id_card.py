"""An identity card reader with a SAM_V module, as a program: bytes on a pty or a TCP port.

Admin: ``PUT /card {"id_no": ...}`` lays a demo person's card down, ``PUT /card {"person": {...}}`` any card,
``DELETE /card`` lifts it. Faults, as the wire shows them:

    silent               no answer to anything
    garbled              every answer has a wrong checksum
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
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from drivers.contracts import CardRecord
from drivers.emulators import people, serving
from drivers.id_card import frames, text

FAULTS = frozenset(
    {
        "silent",
        "garbled",
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
PHOTO_SIZE = 1024
SAM_SERIAL = bytes.fromhex("05 00 01 00 44 DE 32 01 39 30 00 00 D2 02 96 49")


class Module:
    """Takes the host's bytes, sends the module's answers. ``lay`` and ``lift`` move the card.

    Args:
        seed: Of photo, noise and fingerprints.
    """

    def __init__(self, *, seed: int = 0) -> None:
        self.admin = serving.Admin(faults=FAULTS, state=self.state)
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

    def lift(self) -> None:
        """Take the card away."""
        with self._lock:
            self._card = None
            self._selected = self._latched = False

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
            self._send(reply, send)

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
        if self.admin.strikes("noise"):
            reply = self._random.randbytes(9) + b"\xaa\xaa\x96\x00\xaa\xaa" + reply
        piece, pause = (SLOW_PIECE, SLOW_PAUSE) if self.admin.strikes("slow") else (PIECE, PAUSE)
        for start in range(0, len(reply), piece):
            send(reply[start : start + piece])
            time.sleep(pause)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator until stdin closes."""
    parser = serving.arguments("id_card", baud=115200)
    parser.add_argument("--people", type=Path, default=None, help="catalogue whose demo applicants have cards")
    parser.add_argument(
        "--card", default=None, metavar="ID_NO", help="demo person whose card lies there from the start"
    )
    options = parser.parse_args(argv)
    known = people.load_people(options.people)
    module = Module(seed=options.seed)
    module.baud = options.baud
    if options.card is not None:
        if options.card not in known:
            parser.error("--card: no such demo person")
        module.lay(known[options.card])

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
