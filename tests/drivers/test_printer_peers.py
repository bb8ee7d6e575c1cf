"""The bytes we print, decoded by a printer that we did not write (emupos), and the codes on its paper read back."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import Barcode, DeviceConfig, Line, PrintEnd, Qr, Rule, Text
from drivers.emulators.printer_paper import Paper
from drivers.emulators.printer_tokens import PrintBuffer
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.printer.composing import Composer
from drivers.printer.driver import EscPosPrinter
from drivers.printer.frames import automatic_status, printer_status, trouble
from tests.drivers.escpos_peer import load
from tests.drivers.test_printer import QR, RECEIPT

ROOT = Path(__file__).parents[2]


class Peer:
    """The foreign printer as a program."""

    def __init__(self, folder: Path, width: int) -> None:
        self.folder = folder
        command = [sys.executable, "-m", "tests.drivers.escpos_peer", str(folder), str(width)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        self.url: str = json.loads(self.process.stdout.readline())["url"]

    def fault(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def receipt(self, number: int) -> dict[str, Any]:
        """What the Nth piece of paper says; waits for it."""
        give_up_at = time.monotonic() + 20
        while not (file := self.folder / f"{number}.json").exists():
            assert time.monotonic() < give_up_at
            time.sleep(0.02)
        return dict(json.loads(file.read_text(encoding="utf-8")))

    def codes(self, number: int) -> set[str]:
        """The codes that a reader finds on the picture of the Nth piece of paper."""
        import zxingcpp
        from PIL import Image

        with Image.open(self.folder / f"{number}.png") as paper:
            return {code.text for code in zxingcpp.read_barcodes(paper.convert("L"))}

    def count(self) -> int:
        return len(list(self.folder.glob("*.json")))


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[int], Peer]]:
    peers: list[Peer] = []

    def started(width: int = 576) -> Peer:
        folder = tmp_path / str(len(peers))
        folder.mkdir()
        peers.append(Peer(folder, width))
        return peers[-1]

    yield started
    for peer in peers:
        peer.process.communicate()
        assert peer.process.returncode == 0


def printer_at(peer: Peer, **options: str | float | bool) -> EscPosPrinter:
    options = {"confirm_within": 5.0, **options}
    printer = EscPosPrinter(DeviceConfig("printer", "printer", "escpos", peer.url, options=dict(options)))
    printer.open()
    return printer


def test_a_foreign_printer_understands_every_command_and_prints_what_we_meant(start: Callable[[int], Peer]) -> None:
    peer = start(576)
    printer = printer_at(peer, profile="generic_80", process_id=False)

    result = printer.print_receipt(RECEIPT, cancel=threading.Event())

    receipt = peer.receipt(1)
    printer.close()
    assert result.end is PrintEnd.SENT, "it answers GS r, and knows no process ids"
    assert receipt["boundary"] == "cut"
    assert "受理号" + " " * (48 - 6 - 18) + "510799-2026-000017\n" in receipt["text"]
    assert "24. 材料名称第24份（原件）" in receipt["text"]
    # the height of Chinese characters, which this Western model skips; nothing else
    assert set(receipt["unknown"]) <= {"1c 21", "0c", "00"}
    assert peer.codes(1) == {QR, "510799202600001719"}


def test_a_printer_that_knows_no_process_ids_prints_none_of_them(start: Callable[[int], Peer]) -> None:
    peer = start(576)
    printer = printer_at(peer)

    first = printer.print_receipt(RECEIPT, cancel=threading.Event())
    second = printer.print_receipt([Text("第二张")], cancel=threading.Event())
    confirms = printer.health().facts["confirms"]
    printer.close()

    assert first.end is second.end is PrintEnd.SENT
    assert confirms == "no"
    assert peer.receipt(2)["text"].strip() == "第二张"


def test_drawn_receipts_on_narrow_paper_carry_their_codes_too(start: Callable[[int], Peer]) -> None:
    peer = start(384)
    printer = printer_at(peer, profile="drawn_58")

    result = printer.print_receipt([*RECEIPT[:8], Qr(QR), Barcode("5107992026000017")], cancel=threading.Event())
    printer.close()  # the end of the connection is what ends paper that nothing cuts

    receipt = peer.receipt(1)
    assert result.end is PrintEnd.SENT
    assert receipt["commands"].count("GS v 0") >= 8
    assert receipt["unknown"] == []
    assert receipt["text"].strip() == ""
    assert peer.codes(1) == {QR, "5107992026000017"}


@pytest.mark.parametrize(
    ("fault", "code"), [("paper-out", "paper_out"), ("cover-open", "cover_open"), ("offline", "printer_offline")]
)
def test_a_foreign_printer_that_cannot_print_is_understood_and_gets_nothing(
    start: Callable[[int], Peer], fault: str, code: str
) -> None:
    peer = start(576)
    printer = printer_at(peer)
    peer.fault(f"+{fault}")
    give_up_at = time.monotonic() + 20
    while printer.health().code != code:
        assert time.monotonic() < give_up_at

    with pytest.raises(DeviceError) as caught:
        printer.print_receipt(RECEIPT, cancel=threading.Event())
    printer.close()

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, code)
    assert peer.count() == 0


def test_a_foreign_printers_nearly_empty_roll_is_told(start: Callable[[int], Peer]) -> None:
    peer = start(576)
    printer = printer_at(peer)
    peer.fault("+paper-near-end")
    give_up_at = time.monotonic() + 20
    while printer.health().code != "paper_near_end":
        assert time.monotonic() < give_up_at

    assert printer.health().state is DeviceState.READY
    printer.close()


@pytest.mark.parametrize("state", list(product((False, True), repeat=4)))
def test_every_status_is_read_as_a_foreign_implementation_says_it(state: tuple[bool, ...]) -> None:
    load()
    from importlib import import_module

    status = import_module("emupos.printer.escpos.status")
    near, out, cover, offline = state
    said = status.StatusState(paper_near_end=near, paper_out=out, cover_open=cover, offline=offline)

    asked = printer_status(*(status.dle_eot(kind, said)[0] for kind in (1, 2, 3, 4)))
    told = automatic_status(status.asb(said))

    wanted = "cover_open" if cover else "paper_out" if out else "printer_offline" if offline else ""
    assert (trouble(asked), trouble(told)) == (wanted, wanted)
    assert asked.paper == told.paper == ("out" if out else "near_end" if near else "ok")


CHARACTERS = st.text(st.characters(codec="gbk", categories=("L", "N", "P", "S", "Zs")), max_size=60)


@given(
    st.lists(
        st.one_of(
            st.builds(Text, CHARACTERS, CHARACTERS, bold=st.booleans(), big=st.booleans()),
            st.just(Rule()),
            st.builds(Qr, st.text("ABC012:/.-", min_size=1, max_size=60)),
        ),
        max_size=6,
    )
)
def test_two_decoders_read_the_same_words_from_any_receipt(lines: list[Line]) -> None:
    """emupos's tokenizer and ours: the same text, and nothing that either does not know."""
    _, tokens = load()
    data = b"".join(Composer(DeviceConfig("p", "printer", "escpos", "test://")).blocks(lines))
    theirs = bytearray()
    for token in tokens.Tokenizer().feed(data.replace(b"\x1c!\x0c", b"").replace(b"\x1c!\x00", b"")):
        assert not isinstance(token, tokens.Unknown), token
        if isinstance(token, tokens.Text):
            theirs += token.data
        elif token.name == "LF":
            theirs += b"\n"
    buffer, paper = PrintBuffer(), Paper()
    buffer.append(data)
    ours = ""
    while (token := buffer.take()) is not None:
        paper.take(token)
        ours += token.body.decode("gbk") if token.name == "text" else "\n" if token.name == "LF" else ""

    assert len(buffer) == 0
    assert theirs.decode("gbk") == ours
