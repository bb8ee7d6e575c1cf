"""A chip card as a program: it connects to the virtual reader (vpcd) of a real PC/SC service and answers its commands.

``--vpcd HOST:PORT`` or ``--vpcd unix:PATH`` says where the reader listens. A card is in it from the start unless
``--empty``; admin: ``PUT /card {fields}`` puts one in (fields of ``FIELDS``; ``{}``: the made-up person), and
``DELETE /card`` takes it out. ``--show`` draws the reader on stderr whenever something changes. Faults:

    silent          no answer until the fault goes
    slow            every answer takes 0.15 s
    garbled         answers of one byte, without a status word
    wrong_answer    6F00 to every read
    partial_answer  half of every record
    locked          6982 to every read of the person: the card wants a PSAM
    unknown_card    another ATR, and no application by any name
    removed         taken out at the next read of a record; it stays out until it is put in again

Messages of vpcd: two bytes of length (big endian) and that many bytes; one byte alone is a control: 00 power off,
01 power on, 02 reset, 04 give the ATR. Everything else is a command, answered in the same way.
"""

import argparse
import json
import socket
import sys
import threading
import time
from collections.abc import Sequence
from typing import Self

from drivers.emulators import serving
from drivers.smart_card import apdu, values

FAULTS = frozenset({"silent", "slow", "garbled", "wrong_answer", "partial_answer", "locked", "unknown_card", "removed"})
ATR = bytes.fromhex("3B 6D 00 00 80 31 80 65 B0 83 01 02 03 83 00 90 00")
OTHER_ATR = bytes.fromhex("3B 02 14 50")
READER = "pcsc://Virtual%20PCD%2000%2000"
VPCD = "127.0.0.1:35963"
APPLICATION = bytes.fromhex("73 78 31 2E 73 68 2E C9 E7 BB E1 B1 A3 D5 CF")
SLOW = 0.15
RETRY = 0.1  # seconds between two attempts to reach the reader

FIELDS = {
    "card_id": (0xEF05, 1, 0x01, "hex", "510700D15600000500112233"),
    "card_kind": (0xEF05, 2, 0x02, "ascii", "2"),
    "standard": (0xEF05, 3, 0x03, "ascii", "2.00"),
    "issuer": (0xEF05, 4, 0x04, "hex", "910000023683"),
    "issued_on": (0xEF05, 5, 0x05, "date", "2021-05-06"),
    "valid_to": (0xEF05, 6, 0x06, "date", "2031-05-06"),
    "card_no": (0xEF05, 7, 0x07, "ascii", "A00000017"),
    "id_no": (0xEF06, 1, 0x08, "ascii", "510799199001010018"),
    "name": (0xEF06, 2, 0x09, "gbk", "测试甲"),
    "sex": (0xEF06, 3, 0x0A, "ascii", "1"),
    "nation_code": (0xEF06, 4, 0x0B, "bcd", "01"),
    "birthplace_code": (0xEF06, 5, 0x0C, "bcd", "510799"),
    "birth": (0xEF06, 6, 0x0D, "date", "1990-01-01"),
}
"""By name: file, record, tag, how it is written, and the made-up person's value."""

_DONE = bytes.fromhex("90 00")


class Chip:
    """A social security card: one application, two files of records, read only.

    Args:
        fields: What it says, beside the made-up person's.

    Raises:
        ValueError: A field is unknown, or cannot be written on a card.
    """

    def __init__(self, fields: dict[str, str] | None = None) -> None:
        said = {name: row[4] for name, row in FIELDS.items()} | (fields or {})
        if unknown := said.keys() - FIELDS.keys():
            raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
        self._records: dict[tuple[int, int], bytes] = {}
        for name, value in said.items():
            file, record, tag, encoding, _ = FIELDS[name]
            self._records[file, record] = apdu.make_tlv({tag: values.write(value, encoding)})
        self._selected = False
        self._file = 0

    def reset(self) -> None:
        """Power on, or reset: nothing is selected."""
        self._selected, self._file = False, 0

    def answer(self, command: bytes) -> bytes:
        """The answer to a command."""
        if len(command) < 4:
            return bytes.fromhex("67 00")
        instruction, first, second = command[1:4]
        if command[0] != 0x00:
            return bytes.fromhex("6E 00")
        if instruction == 0xA4:
            return self._select(first, command[5:])
        if instruction == 0xB2 and second & 0x07 == 0x04:
            file = 0xEF00 | second >> 3 if second >> 3 else self._file
            return self._record(file, first)
        return bytes.fromhex("6D 00")

    def _select(self, how: int, name: bytes) -> bytes:
        if how == 0x04:
            self._selected = name[: len(APPLICATION)] == APPLICATION
            self._file = 0
            return _DONE if self._selected else bytes.fromhex("6A 82")
        file = int.from_bytes(name[:2], "big")
        if not self._selected or not any(known == file for known, _ in self._records):
            return bytes.fromhex("6A 82")
        self._file = file
        return _DONE

    def _record(self, file: int, number: int) -> bytes:
        if not self._selected or not any(known == file for known, _ in self._records):
            return bytes.fromhex("69 86")
        record = self._records.get((file, number))
        return bytes.fromhex("6A 83") if record is None else record + _DONE

    @property
    def reads_person(self) -> bool:
        """Whether the file of the person is the current one."""
        return self._file == 0xEF06


class Slot:
    """The reader's slot with or without a card, and the connection that stands for a card being in it.

    Args:
        place: Where the virtual reader listens.
        show: Draw the reader when something changes.
    """

    def __init__(self, place: str, *, show: bool = False) -> None:
        self.admin = serving.Admin(faults=FAULTS, state=self.state, on_fault=self._on_fault)
        self._place = place
        self._show = show
        self._chip: Chip | None = None
        self._socket: socket.socket | None = None
        self._changed = threading.Condition()
        self.asked = 0
        self.connected = False
        self._closed = False
        self._running = threading.Thread(target=self._run, name="vpcd", daemon=True)
        self._running.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Take the card out and let the virtual reader go."""
        with self._changed:
            self._closed = True
            self._cut()
            self._changed.notify_all()
        self._running.join(serving.END_WITHIN)

    def put(self, chip: Chip | None) -> None:
        """Put a card in, in place of the one that is there, or take it out."""
        with self._changed:
            self._chip = chip
            self._cut()
            self._changed.notify_all()
        self._draw()

    def state(self) -> dict[str, object]:
        """What ``GET /state`` shows; nothing personal."""
        return {"card": self._chip is not None, "connected": self.connected, "asked": self.asked}

    def _on_fault(self, name: str | None) -> None:
        with self._changed:
            self._changed.notify_all()
        if name == "unknown_card":
            self.put(self._chip)  # the reader must ask for the ATR again

    def _cut(self) -> None:
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._chip is not None or self._closed)
                chip = self._chip
                if self._closed or chip is None:
                    return
            chip.reset()
            try:
                with self._reached() as reader:
                    with self._changed:
                        if self._chip is not chip or self._closed:
                            continue
                        self._socket = reader
                    self.connected = True
                    self._draw()
                    self._talk(reader, chip)
            except OSError:
                time.sleep(RETRY)
            finally:
                self.connected = False
                with self._changed:
                    self._socket = None
                self._draw()

    def _reached(self) -> socket.socket:
        if self._place.startswith("unix:"):
            reader = socket.socket(socket.AF_UNIX)
            try:
                reader.connect(self._place.removeprefix("unix:"))
            except OSError:
                reader.close()
                raise
            return reader
        host, _, port = self._place.rpartition(":")
        return socket.create_connection((host, int(port)))

    def _talk(self, reader: socket.socket, chip: Chip) -> None:
        while message := _message(reader):
            if message in {b"\x00", b"\x01", b"\x02"}:
                chip.reset()
                continue
            if message == b"\x04":
                reply = OTHER_ATR if self.admin.strikes("unknown_card") else ATR
            else:
                self.asked += 1
                if message[1:2] == b"\xb2" and self.admin.strikes("removed"):
                    with self._changed:
                        self._chip = None
                    return
                reply = self._answer(chip, message)
            reader.sendall(len(reply).to_bytes(2, "big") + reply)

    def _answer(self, chip: Chip, command: bytes) -> bytes:
        with self._changed:
            while self.admin.strikes("silent") and self._socket is not None and not self._closed:
                self._changed.wait(0.5)
        if self.admin.strikes("slow"):
            time.sleep(SLOW)
        reply = chip.answer(command)
        if self.admin.strikes("unknown_card"):
            return bytes.fromhex("6A 82")
        if command[1:2] == b"\xb2":
            if self.admin.strikes("wrong_answer"):
                return bytes.fromhex("6F 00")
            if chip.reads_person and self.admin.strikes("locked"):
                return bytes.fromhex("69 82")
            if self.admin.strikes("partial_answer"):
                return reply[: (len(reply) - 2) // 2] + reply[-2:]
            if self.admin.strikes("garbled"):
                return reply[:1]
        return reply

    def _draw(self) -> None:
        if not self._show:
            return
        lamp = "●" if self.connected else "○"
        card = "│▒▒ CARD ▒▒│" if self._chip is not None else "│          │"
        picture = f"┌──────────┐\n{card}\n└─ {lamp} ──────┘ {self.asked} commands\n"
        sys.stderr.write(("\x1b[2J\x1b[H" if sys.stderr.isatty() else "") + picture)
        sys.stderr.flush()


def _message(reader: socket.socket) -> bytes:
    """The next message of the reader; empty when it has gone."""
    head = _exactly(reader, 2)
    return _exactly(reader, int.from_bytes(head, "big")) if head else b""


def _exactly(reader: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = reader.recv(size - len(data))
        if not piece:
            return b""
        data += piece
    return data


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator until stdin closes."""
    parser = serving.arguments("smart_card")
    parser.add_argument("--vpcd", default=VPCD, help=f"where the virtual reader listens ({VPCD})")
    parser.add_argument("--empty", action="store_true", help="no card is in the reader at the start")
    parser.add_argument("--show", action="store_true", help="draw the reader on stderr when something changes")
    options = parser.parse_args(argv)
    with Slot(options.vpcd, show=options.show) as slot:
        return _serve(slot, options)


def _serve(slot: Slot, options: argparse.Namespace) -> int:
    if not options.empty:
        slot.put(Chip())

    def put_card(body: bytes) -> serving.Reply:
        asked = json.loads(body)
        if not isinstance(asked, dict):
            raise TypeError("fields by name are wanted")
        slot.put(Chip({str(name): str(value) for name, value in asked.items()}))
        return serving.Reply()

    def delete_card(_body: bytes) -> serving.Reply:
        slot.put(None)
        return serving.Reply()

    slot.admin.route("PUT", "/card", put_card)
    slot.admin.route("DELETE", "/card", delete_card)
    return serving.run("smart_card", READER, slot.admin, admin_port=options.admin, fault=options.fault)
