"""Every decoder and parser of ``drivers`` as a function that takes bytes, with real frames to begin from.

Pure decoders say ``ValueError`` (their errors are kinds of it), which their drivers turn into ``DeviceError``; nothing
else may come out.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from drivers import checksums, recording_masks, templates
from drivers.camera.multipart import MultipartDecoder, boundary_of
from drivers.codes import frames as codes
from drivers.contracts import CardRecord, Qr, Text
from drivers.display import modbus, onbon
from drivers.document_printer import ipp_messages
from drivers.emulators.people import card as described
from drivers.emulators.scanner_pages import one_page_pdf
from drivers.errors import DeviceError
from drivers.id_card import frames, hid_frames, text
from drivers.printer import frames as printing
from drivers.printer.answers import AnswerParser
from drivers.printer.layout import rows
from drivers.recording_file import load
from drivers.recording_receipts import Receipts
from drivers.scanner import escl_messages, pages
from drivers.smart_card import apdu, script, values
from drivers.voice import sound

REFUSALS = (DeviceError, ValueError)
"""What a decoder may raise."""


@dataclass(frozen=True, slots=True)
class Target:
    """One decoder: real bytes to mutate, and its share of all bytes."""

    name: str
    take: Callable[[bytes], object]
    real: tuple[bytes, ...]
    share: float = 1.0


def targets() -> list[Target]:
    """All of them."""
    card = _card()
    read = frames.encode(frames.answer(frames.DONE, frames.read_data(text.encode(card), bytes(1024))))
    sam = (read, frames.encode(frames.NO_CARD), frames.EARLY_TIMEOUT)
    reports = tuple(hid_frames.split(read))
    question = modbus.write_registers(1, 0x70, modbus.text_registers("A017", 4))
    held = modbus.read_registers(1, 0, 2)
    answers = (question[:6], modbus.frame(1, b"\x03\x04\0\1\0\2"), modbus.frame(1, b"\x90\x02"))
    ipp = ipp_messages.encode(ipp_messages.question(ipp_messages.Operation.GET_JOBS, 1, "ipp://192.0.2.1/ipp/print"))
    jpeg, png = _picture("JPEG"), _picture("PNG")
    parts = b"".join(b"--x\r\nContent-Length: %d\r\n\r\n%b\r\n" % (len(jpeg), jpeg) for _ in range(2))
    receipt = b"".join(printing.blocks(rows((Text("姓名", right="A017"), Qr("x" * 90)), 48), width=48, draw=_strip))
    pdf = one_page_pdf(jpeg, (96, 128), 200, grey=False)
    wav = sound.write_wav(sound.Sound(8000, np.arange(400, dtype=np.int16)))
    display = next(iter(templates.shipped("display").values())).read_bytes()
    pad = next(iter(templates.shipped("rating").values())).read_bytes()
    chip = next(iter(script.shipped().values())).read_bytes()
    return [
        Target("SAM_V frames", _sam, sam, 4),
        Target("card text", text.parse, (text.encode(card),), 2),
        Target("read data", lambda data: frames.split_read_data(data, fingerprints=True), (read[10:-1],), 2),
        Target("HID reports", hid_frames.decode, reports, 2),
        Target("Modbus answers", lambda data: _modbus(question, held, data), answers, 0.5),
        Target("Modbus display", _screen, (question, held), 0.5),
        Target("Onbon frames", _onbon, (onbon.reply(), onbon.frame(onbon.area(onbon.Area("A017")))), 2),
        Target("printer answers", lambda data: list(AnswerParser().feed(data)), (b"\x12\x37\x22@@@A\0",), 1),
        Target("codes", _codes, (b"]Q1A017,510799\r\n", "李明\r".encode(), "李明\r".encode("gbk")), 1),
        Target("APDU answers", apdu.split, (b"\x6f\x07\x84\x05hello\x90\0",), 2),
        Target("chip TLV", apdu.tlv, (apdu.make_tlv({0x6F: b"hello", 0x9F10: bytes(200)}),), 1),
        Target("chip values", _values, (b"\x19\x90\x01\x01", "李明".encode("gbk")), 1),
        Target("IPP messages", ipp_messages.decode, (ipp,), 2),
        Target("eSCL XML", _escl, _escl_samples(), 1),
        Target("MJPEG stream", lambda data: list(MultipartDecoder(b"x").feed(data)), (parts,), 3),
        Target("content type", lambda data: boundary_of(_words(data)), (b"multipart/x-mixed-replace;boundary=x",), 0.1),
        Target("scanned pages", lambda data: list(pages.pages_in(data, 200)), (jpeg, png), 1),
        Target("scanned PDF", lambda data: list(pages.pages_in(data, 200)), (pdf,), 0.2),
        Target("sound files", sound.read_wav, (wav,), 0.5),
        Target("device templates", lambda data: templates.read(_words(data)), (display, pad), 0.2),
        Target("chip scripts", lambda data: script.read(_words(data)), (chip,), 0.2),
        Target("masks of recordings", _masks, (*sam, receipt), 1),
        Target("recordings", _recording, (b'{"recording": 1}\n{"at": 0, "way": "in", "hex": "aa"}',), 0.2),
        Target("checksums", lambda data: checksums.crc16_arc(data) + checksums.crc16_modbus(data), (read,), 0.3),
    ]


def refused(take: Callable[[bytes], object], data: bytes) -> bool:
    """Feed a decoder; whether it refused. Anything but a refusal is raised."""
    try:
        take(data)
    except REFUSALS:
        return True
    return False


def _card() -> CardRecord:
    return described(
        {"name": "李明", "id_no": "510799198806120017", "birth": "1988-06-12", "sex": "男", "nation": "汉"}
    )


def _strip(_row: object, dots: int) -> printing.Strip:
    return printing.Strip(dots, 24, bytes(dots // 8 * 24))


def _words(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _sam(data: bytes) -> None:
    decoder = frames.FrameDecoder()
    half = len(data) // 2
    for payload in (*decoder.feed(data[:half]), *decoder.feed(data[half:]), *decoder.give_up()):
        frames.status_of(payload)
        with suppress(ValueError):
            text.parse(*frames.split_read_data(payload[3:], fingerprints=False))


def _modbus(question: bytes, held: bytes, data: bytes) -> None:
    for asked in (question, held):
        with suppress(ValueError):
            modbus.answer_to(asked, data[:300])


def _screen(data: bytes) -> None:
    questions, screen = modbus.Questions(), modbus.Screen(1, 4)
    for question in questions.feed(data):
        screen.answer(question)
    questions.silence()


def _onbon(data: bytes) -> None:
    for body in onbon.Frames().feed(data):
        with suppress(ValueError):
            onbon.answer(onbon.content(body)[2])
        with suppress(ValueError):
            onbon.shown_area(onbon.content(body)[2])


def _codes(data: bytes) -> None:
    for ending in codes.ENDINGS:
        shape = codes.CodeShape(ending=ending, strip_aim=True)
        splitter = codes.CodeSplitter(shape)
        splitter.feed(data[:600], 0.0)
        splitter.rest(9.0)
        while (piece := splitter.take()) is not None:
            if (whole := codes.unwrapped(piece, shape)) is not None:
                codes.decoded(whole)


def _values(data: bytes) -> None:
    for encoding in values.NAMES:
        with suppress(ValueError):
            values.read(data[:200], encoding)


def _escl(data: bytes) -> None:
    for read in (escl_messages.read_capabilities, escl_messages.read_status):
        with suppress(ValueError):
            read(data)
    with suppress(ValueError):
        escl_messages.job_path(_words(data[:200]), "/eSCL")


def _escl_samples() -> tuple[bytes, ...]:
    spaces = (
        b'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'
    )
    status = b"<scan:ScannerStatus %b><pwg:State>Idle</pwg:State></scan:ScannerStatus>" % spaces
    able = (
        b"<scan:ScannerCapabilities %b><pwg:Version>2.6</pwg:Version><scan:Platen><scan:PlatenInputCaps>"
        b"<scan:MaxWidth>2550</scan:MaxWidth><scan:MaxHeight>3508</scan:MaxHeight></scan:PlatenInputCaps></scan:Platen>"
        b"</scan:ScannerCapabilities>" % spaces
    )
    return status, able


def _masks(data: bytes) -> None:
    for mask in (recording_masks.CardAnswers(), recording_masks.Codes(), Receipts()):
        kept = mask.feed(data) + mask.flush()
        if len(kept) != len(data):
            raise AssertionError(f"{type(mask).__name__} gave {len(kept)} bytes for {len(data)}")


def _recording(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a"
        file.write_bytes(data)
        load(file)


def _picture(form: str) -> bytes:
    from PIL import Image

    made = io.BytesIO()
    Image.effect_noise((96, 128), 40).convert("RGB").save(made, form)
    return made.getvalue()


def by_name() -> Iterator[tuple[str, Target]]:
    """For a fuzzer that takes one."""
    for target in targets():
        yield target.name, target
