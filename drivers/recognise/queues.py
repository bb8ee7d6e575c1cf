"""The queues of CUPS: one question for all of them, and each by its own attributes.

A raw queue has no driver, no paper and no colours: CUPS calls it "Local Raw Printer". It hands on the very bytes, which
is how receipt printers are set up. A queue with a driver whose widest paper is a roll is a receipt printer as well. All
others print documents. The formats that are taken tell nothing: a raw queue names PDF as every other one does.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlsplit

from drivers.document_printer.ipp_client import HttpWire, os_user
from drivers.document_printer.ipp_messages import (
    Attribute,
    MessageError,
    Operation,
    Tag,
    decode,
    encode,
    keywords,
    question,
    text_of,
    texts_of,
)
from drivers.errors import DeviceError
from drivers.recognise.choose import driver_of
from drivers.recognise.found import Certainty, Found, Why

WITHIN = 5.0
"""Seconds for CUPS's answer."""

RAW_MODEL = "Local Raw Printer"
"""What CUPS calls a queue without a driver, in every language (scheduler/printers.c)."""

WIDEST_ROLL = 90.0
"""Millimetres; rolls have 58 and 80, the smallest paper for documents 105."""

_WANTED = keywords("printer-name", "printer-make-and-model", "device-uri", "media-supported")
_SIZE = re.compile(r"_(\d{1,5}(?:\.\d{1,5})?)x(\d{1,5}(?:\.\d{1,5})?)(mm|in)$")


def queues(socket: str) -> Iterator[Found]:
    """Every queue of the CUPS behind ``socket``; nothing where it does not answer.

    ``socket`` stands in the URLs unless it is the system's own.
    """
    from drivers.document_printer.cups import SOCKETS  # noqa: PLC0415 - only a search pays for it

    through = socket or next((str(path) for path in SOCKETS if path.exists()), "")
    if not through:
        return
    asked = question(
        Operation.CUPS_GET_PRINTERS,
        1,
        "ipp://localhost/",
        user=os_user(),
        operation_attributes={"requested-attributes": _WANTED},
    )
    try:
        answer = decode(HttpWire("search", "ipp://localhost/", through=through).post(encode(asked), WITHIN))
    except (DeviceError, MessageError):
        return
    for tag, attributes in answer.groups:
        name = text_of(attributes, "printer-name")
        if tag != Tag.PRINTER or not name:
            continue
        kind, driver = driver_of("cups_receipts" if is_for_receipts(attributes) else "cups")
        model = text_of(attributes, "printer-make-and-model")
        facts = {"model": name if model in {"", RAW_MODEL} else model}
        if behind := urlsplit(text_of(attributes, "device-uri")).scheme:
            facts["behind"] = behind
        url = f"cups://{quote(name)}" + (f"?socket={quote(socket)}" if socket else "")
        why = Why.NONE if driver else Why.NO_DRIVER
        yield Found(url, name, kind, driver, Certainty.LISTED, why, facts)


def is_for_receipts(attributes: Mapping[str, Attribute]) -> bool:
    """Whether a queue leads to a receipt printer, by its own attributes."""
    if text_of(attributes, "printer-make-and-model") == RAW_MODEL:
        return True
    widths = [_width(name) for name in texts_of(attributes, "media-supported") if not name.startswith("custom_min")]
    known = [width for width in widths if width]
    return bool(known) and max(known) <= WIDEST_ROLL


def _width(media: str) -> float:
    """The shorter side of a paper in millimetres, by its name of PWG 5101.1; 0 where the name has no size."""
    size = _SIZE.search(media)
    if size is None:
        return 0.0
    return min(float(size[1]), float(size[2])) * (25.4 if size[3] == "in" else 1.0)
