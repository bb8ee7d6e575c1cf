"""One deed a kind: read a card, scan, print, show, say ... and what came of it."""

import argparse
import time
from dataclasses import asdict
from threading import Event
from typing import cast

from drivers.commands.asking import say, with_device
from drivers.contracts import (
    Align,
    Announcement,
    Camera,
    CardReader,
    CodeReader,
    Device,
    DocumentPrinter,
    Feed,
    NumberDisplay,
    PrintEnd,
    Qr,
    RatingPad,
    ReceiptPrinter,
    Rule,
    Scanner,
    ScanSettings,
    ScanSource,
    SmartCardReader,
    Text,
    Voice,
)


def read_card(options: argparse.Namespace) -> int:
    """One identity card."""
    record = with_device(
        options,
        "id_card",
        options.driver,
        lambda device: cast("CardReader", device).read_card(wait=options.wait, cancel=Event()),
    )
    fields = asdict(record)
    fields |= {key: f"{len(fields[key])} bytes" if fields[key] else "" for key in ("photo", "portrait")}
    lines = [f"{key:16} {value}" for key, value in fields.items() if value]
    say(options, {"ok": True, **fields}, "\n".join(lines))
    return 0


def read_smart_card(options: argparse.Namespace) -> int:
    """One chip card, by the script of the options."""
    record = with_device(
        options,
        "smart_card",
        options.driver,
        lambda device: cast("SmartCardReader", device).read_card(wait=options.wait, cancel=Event()),
    )
    said = {"atr": record.atr.hex(" "), "uid": record.uid.hex(" "), "application": record.application, **record.fields}
    say(options, {"ok": True, **said}, "\n".join(f"{key:16} {value}" for key, value in said.items() if value))
    return 0


def scan_code(options: argparse.Namespace) -> int:
    """One code of a hand-held scanner."""
    code = with_device(
        options,
        "codes",
        options.driver,
        lambda device: cast("CodeReader", device).next_code(wait=options.wait, cancel=Event()),
    )
    say(options, {"ok": True, "text": code.text, "raw": code.raw.hex(" ")}, code.text)
    return 0


def rate(options: argparse.Namespace) -> int:
    """One key of a rating pad."""
    grade = with_device(
        options,
        "rating",
        options.driver,
        lambda device: cast("RatingPad", device).ask(wait=options.wait, cancel=Event()),
    )
    say(options, {"ok": True, "grade": grade}, str(grade))
    return 0


def speak(options: argparse.Namespace) -> int:
    """One call, heard to its end."""
    call = Announcement(options.number, options.window, tuple(options.language or ("zh", "en")))
    with_device(options, "voice", options.driver, lambda device: cast("Voice", device).say(call, cancel=Event()))
    say(options, {"ok": True}, "spoken")
    return 0


def show(options: argparse.Namespace) -> int:
    """Two lines on a number display."""
    if options.driver == "cd5220":
        from drivers.display.frames import picture

        picture(options.upper, options.lower)  # wrong use is told before a port is touched
    with_device(
        options,
        "display",
        options.driver,
        lambda device: cast("NumberDisplay", device).show(options.upper, options.lower),
    )
    say(options, {"ok": True}, "shown")
    return 0


def print_test(options: argparse.Namespace) -> int:
    """A short test receipt."""
    lines = (
        Text("打印测试", align=Align.CENTRE, big=True),
        Rule(),
        Text("左", "右"),
        Text("加粗 Bold 0123456789", bold=True),
        Qr("https://counter.example/test"),
        Feed(2),
    )
    result = with_device(
        options,
        "printer",
        options.driver,
        lambda device: cast("ReceiptPrinter", device).print_receipt(lines, cancel=Event()),
    )
    done = result.end is not PrintEnd.UNKNOWN
    words = f"{result.end}: {result.confirmed} confirmed, {result.sent} sent, of {result.blocks} blocks {result.code}"
    say(options, {"ok": done, **asdict(result)}, words.rstrip())
    return 0 if done else 1


def print_document(options: argparse.Namespace) -> int:
    """A PDF file, or a page that says that it is a test."""
    from drivers.document_printer.trial import trial_page

    pdf = options.file.read_bytes() if options.file else trial_page()
    job = options.job or f"by-hand-{time.time_ns():x}"
    result = with_device(
        options,
        "document_printer",
        options.driver,
        lambda device: cast("DocumentPrinter", device).print_document(pdf, job=job, cancel=Event()),
    )
    done = result.end is not PrintEnd.UNKNOWN
    say(options, {"ok": done, "job": job, **asdict(result)}, f"{result.end} {result.code}".rstrip())
    return 0 if done else 1


def scan(options: argparse.Namespace) -> int:
    """Pages into a folder."""
    settings = ScanSettings(ScanSource(options.source), options.dpi, duplex=options.duplex)
    options.out.mkdir(parents=True, exist_ok=True)

    def keep_pages(device: Device) -> list[str]:
        files = []
        for page in cast("Scanner", device).scan(settings, cancel=Event()):
            file = options.out / f"page-{page.number}.jpg"
            file.write_bytes(page.jpeg)
            files.append(str(file))
        return files

    files = with_device(options, "scanner", options.driver, keep_pages)
    say(options, {"ok": True, "pages": files}, "\n".join(files))
    return 0


def snap(options: argparse.Namespace) -> int:
    """One picture of a camera."""
    frame = with_device(
        options,
        "camera",
        options.driver,
        lambda device: cast("Camera", device).next_frame(after=0, wait=10.0, cancel=Event()),
    )
    options.out.write_bytes(frame.jpeg)
    say(options, {"ok": True, "file": str(options.out), "bytes": len(frame.jpeg)}, str(options.out))
    return 0
