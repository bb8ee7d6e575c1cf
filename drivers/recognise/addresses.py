"""An address that somebody typed: asked at the ports where devices listen, each port only with its own question.

    80, 8080, 443, 60000   GET /eSCL/ScannerCapabilities
    631                    IPP Get-Printer-Attributes
    9100                   DLE EOT (a printer prints everything else); not where 631 answers: an office printer, which
                           takes what comes at 9100 for a page
    5005                   Onbon ping

A whole URL is asked as what it says: ``http`` as scanner, then as a stream of pictures; ``socket`` as a byte port;
``ipp`` as a printer of documents. The file of a serial port (``/dev/ttyUSB0``, ``COM3``) is that port.
"""

import re
import socket
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from drivers.errors import DeviceError, Fault
from drivers.recognise import questions
from drivers.recognise.choose import driver_of
from drivers.recognise.found import Candidate, Certainty, Found, Why
from drivers.transport import open_transport

if TYPE_CHECKING:
    import httpx

HTTP_WITHIN = 3.0
CONNECT_WITHIN = 1.5

SCANNER_PORTS = (("http", 80), ("http", 8080), ("https", 443), ("http", 60000))
RAW_PORTS = ((9100, "escpos"), (5005, "onbon"))
IPP_PORT = 631
_LONGEST = 1 << 20

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9a-fA-F:.]+\]")

_PORT = re.compile(r"/[^\s?#]+|COM[0-9]{1,3}", re.IGNORECASE)

Tell = Callable[[str], None]


def as_typed(text: str) -> str:
    """What somebody typed without the blanks around it; a serial port's own name as its URL."""
    text = text.strip()
    return f"serial://{text}" if _PORT.fullmatch(text) else text


def is_address(text: str) -> bool:
    """Whether ``text`` is a host, ``host:port``, a URL that can be asked, or a serial port's name."""
    text = as_typed(text)
    if "://" in text:
        try:
            parts = urlsplit(text)
            usable = bool(parts.hostname) and parts.port != 0
        except ValueError:
            return False
        if parts.scheme in {"serial", "file", "usb", "hid"}:
            return True
        needs_port = parts.scheme == "socket"
        return (
            parts.scheme in {"http", "https", "socket", "ipp", "ipps"}
            and usable
            and not (needs_port and not parts.port)
        )
    host, colon, port = text.rpartition(":") if not text.endswith("]") else (text, "", "")
    if not colon:
        host = text
    elif not (port.isdecimal() and 0 < int(port) < 65536):
        return False
    return _HOST.fullmatch(host) is not None


def ask(address: str, cancel: Event, tell: Tell = lambda _what: None) -> list[Found]:
    """Everything that answers at an address; one ``not_there`` when nothing does.

    Raises:
        DeviceError: ``CANCELLED`` only.
    """
    address = as_typed(address)
    if "://" in address:
        return [_ask_url(address, cancel, tell)]
    if address.rpartition(":")[2].isdecimal() and not address.endswith("]"):
        host, _, port = address.rpartition(":")
        if port in {"9100", "5005"}:
            recognises = dict(RAW_PORTS)[int(port)]
            return [_ask_raw(host, int(port), recognises, cancel, tell) or Found(address, address, why=Why.SILENT)]
        return [_ask_url(f"http://{address}", cancel, tell)]
    found = list(_ask_host(address, cancel, tell))
    return found or [Found(f"http://{address}/eSCL", address, why=Why.NOT_THERE)]


def _check(cancel: Event) -> None:
    if cancel.is_set():
        raise DeviceError("search", Fault.CANCELLED)


def _ask_host(
    host: str,
    cancel: Event,
    tell: Tell,
    *,
    scanner_ports: Sequence[tuple[str, int]] = SCANNER_PORTS,
    raw_ports: Sequence[tuple[int, str]] = RAW_PORTS,
    ipp_port: int = IPP_PORT,
) -> Iterator[Found]:
    for scheme, port in scanner_ports:
        _check(cancel)
        if listens(host, port):
            tell("escl")
            base = f"{scheme}://{host}" + ("" if port in {80, 443} else f":{port}")
            if (scanner := _ask_scanner(f"{base}/eSCL")) is not None:
                yield scanner
                break
    _check(cancel)
    printer = None
    if listens(host, ipp_port):
        tell("ipp")
        where = host if ipp_port == IPP_PORT else f"{host}:{ipp_port}"
        if (printer := _ask_ipp(f"ipp://{where}/ipp/print")) is not None:
            yield printer
    for port, recognises in raw_ports:
        _check(cancel)
        if (printer is None or recognises != "escpos") and listens(host, port):
            found = _ask_raw(host, port, recognises, cancel, tell)
            if found is not None:
                yield found


def listens(host: str, port: int) -> bool:
    """Whether a TCP port accepts."""
    try:
        with socket.create_connection((host.strip("[]"), port), timeout=CONNECT_WITHIN):
            return True
    except OSError:
        return False


def _ask_raw(host: str, port: int, recognises: str, cancel: Event, tell: Tell) -> Found | None:
    """One question at a port that is usual for one protocol; a printer there that is silent is still one."""
    tell(recognises)
    url = f"socket://{host}:{port}"
    question = next(row for row in questions.QUESTIONS if row.recognises == recognises)
    kind, driver = driver_of(recognises)
    try:
        transport = open_transport("search", url)
    except DeviceError:
        return None
    try:
        facts = question.ask(questions.Line(transport, cancel))
    except DeviceError as error:
        if error.fault is Fault.CANCELLED:
            raise
        facts = None
    finally:
        transport.close()
    no_driver = Why.NONE if driver else Why.NO_DRIVER
    if facts is not None:
        return Found(url, f"{host}:{port}", kind, driver, Certainty.ANSWERED, no_driver, facts)
    if recognises == "escpos":  # many print servers give no status, and nothing else lives at 9100
        return Found(url, f"{host}:{port}", kind, driver, Certainty.LISTED, no_driver, {"paper": "unknown"})
    return Found(url, f"{host}:{port}", why=Why.OTHER_ANSWER)


def _ask_url(url: str, cancel: Event, tell: Tell) -> Found:
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2] or url
    nothing = Found(url, place, why=Why.NOT_THERE)
    if parts.scheme in {"serial", "socket"}:
        if parts.scheme == "socket" and not listens(parts.hostname or "", parts.port or 0):
            return nothing
        if parts.scheme == "socket" and (recognises := dict(RAW_PORTS).get(parts.port or 0)):
            host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
            found = _ask_raw(host, parts.port or 0, recognises, cancel, tell)
            return nothing if found is None else replace(found, url=url)
        way = Candidate(parts.scheme, url, place if parts.scheme == "socket" else url.partition("?")[0][9:])
        return questions.ask(way, cancel, tell=tell)
    if parts.scheme in {"ipp", "ipps"}:
        tell("ipp")
        return _ask_ipp(url) or nothing
    if parts.scheme not in {"http", "https"}:
        return replace(nothing, why=Why.SILENT)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if not listens(parts.hostname or "", port):
        return nothing
    tell("escl")
    base = url.rstrip("/") if parts.path.strip("/") else f"{parts.scheme}://{parts.netloc}/eSCL"
    if (scanner := _ask_scanner(base)) is not None:
        return scanner
    _check(cancel)
    tell("mjpeg")
    return _ask_camera(url) or replace(nothing, why=Why.OTHER_ANSWER)


def _ask_scanner(base: str) -> Found | None:
    """``GET ScannerCapabilities``; a certificate of the scanner's own is pinned by its fingerprint, as an option."""
    import httpx  # noqa: PLC0415 - only a search pays for it

    from drivers.scanner.escl_messages import MessageError, read_capabilities  # noqa: PLC0415

    for verify in (True, False) if base.startswith("https:") else (True,):
        try:
            with (
                httpx.Client(verify=verify, timeout=HTTP_WITHIN, trust_env=False) as client,
                client.stream("GET", f"{base}/ScannerCapabilities") as answer,
            ):
                capabilities = read_capabilities(_beginning(answer)) if answer.status_code == 200 else None
        except (httpx.HTTPError, httpx.InvalidURL, MessageError, OSError):
            continue
        if capabilities is None:
            continue
        kind, driver = driver_of("escl")
        parts = urlsplit(base)
        options = {} if verify else trust(parts.hostname or "", parts.port or 443)
        place = parts.netloc
        facts = {"model": capabilities.model} if capabilities.model else {}
        return Found(base, place, kind, driver, Certainty.ANSWERED, Why.NONE, facts, options)
    return None


def _beginning(answer: "httpx.Response") -> bytes:
    """As much of an answer as a device says of itself: a camera streams without end whatever it is asked."""
    said, until = bytearray(), time.monotonic() + HTTP_WITHIN
    for piece in answer.iter_bytes():
        said += piece
        if len(said) > _LONGEST or time.monotonic() > until:
            break
    return bytes(said)


def trust(host: str, port: int) -> dict[str, str | int | float | bool]:
    """The options for a scanner whose certificate no authority has signed: that certificate, and no other."""
    from drivers.scanner.certificates import fingerprint  # noqa: PLC0415 - only a search pays for it

    pin = fingerprint(host.strip("[]"), port)
    return {"pin": pin} if pin else {"verify": False}


def _ask_camera(url: str) -> Found | None:
    """Only the head of the answer is read: a stream has no end."""
    import httpx  # noqa: PLC0415 - only a search pays for it

    try:
        with (
            httpx.Client(timeout=HTTP_WITHIN, trust_env=False) as client,
            client.stream("GET", url) as answer,
        ):
            told = answer.headers.get("content-type", "").lower()
            good = answer.status_code == 200 and told.startswith("multipart/")
    except (httpx.HTTPError, httpx.InvalidURL, OSError):
        return None
    if not good:
        return None
    kind, driver = driver_of("mjpeg")
    place = urlsplit(url).netloc.rpartition("@")[2]
    return Found(url, place, kind, driver, Certainty.ANSWERED, Why.NONE, {"model": "MJPEG"})


def ipp_question(uri: str) -> bytes:
    """Get-Printer-Attributes of IPP 1.1 (RFC 8011, 4.2.5), asking for name and model only."""

    def attribute(tag: int, name: str, value: str) -> bytes:
        coded_name, coded = name.encode(), value.encode()
        head = struct.pack(">BH", tag, len(coded_name)) + coded_name
        return head + struct.pack(">H", len(coded)) + coded

    body = struct.pack(">BBHIB", 1, 1, 0x000B, 1, 0x01)
    body += attribute(0x47, "attributes-charset", "utf-8") + attribute(0x48, "attributes-natural-language", "en")
    body += attribute(0x45, "printer-uri", uri)
    body += attribute(0x44, "requested-attributes", "printer-make-and-model")
    return body + b"\x03"


def ipp_model(answer: bytes) -> str | None:
    """The model in an answer, empty where it does not say; ``None`` for what is no good IPP answer."""
    if len(answer) < 9 or answer[0] not in {1, 2} or int.from_bytes(answer[2:4], "big") >= 0x0400:
        return None
    at = 8
    while at < len(answer):
        tag = answer[at]
        if tag < 0x10:  # the beginning of a group, or the end
            at += 1
            if tag == 0x03:
                return ""
            continue
        name_length = int.from_bytes(answer[at + 1 : at + 3], "big")
        name = answer[at + 3 : at + 3 + name_length]
        begin = at + 3 + name_length
        length = int.from_bytes(answer[begin : begin + 2], "big")
        value = answer[begin + 2 : begin + 2 + length]
        if name == b"printer-make-and-model":
            return value.decode("utf-8", "replace")
        at = begin + 2 + length
    return ""


def _ask_ipp(url: str) -> Found | None:
    """Its answer; nearly all printers sign their own certificate, which then stands in the options as not looked at."""
    import httpx  # noqa: PLC0415 - only a search pays for it

    parts = urlsplit(url)
    secure = parts.scheme == "ipps"
    host = parts.hostname or ""
    web = f"{'https' if secure else 'http'}://{host}:{parts.port or IPP_PORT}{parts.path or '/ipp/print'}"
    headers = {"Content-Type": "application/ipp"}
    for verify in (True, False) if secure else (True,):
        try:
            with (
                httpx.Client(verify=verify, timeout=HTTP_WITHIN, trust_env=False) as client,
                client.stream("POST", web, content=ipp_question(url), headers=headers) as answer,
            ):
                model = ipp_model(_beginning(answer)) if answer.status_code == 200 else None
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            continue
        if model is None:
            return None
        kind, driver = driver_of("ipp")
        why = Why.NONE if driver else Why.NO_DRIVER
        facts = {"model": model} if model else {}
        options: dict[str, str | int | float | bool] = {} if verify else {"verify": False}
        return Found(url, parts.netloc, kind, driver, Certainty.ANSWERED, why, facts, options)
    return None
