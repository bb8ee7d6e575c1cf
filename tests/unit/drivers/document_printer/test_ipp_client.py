"""Questions to a printer whose answers are scripted, and the HTTP below them at real ports."""

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.document_printer.ipp_client import HttpWire, IppClient, RefusedError, give_up
from drivers.document_printer.ipp_messages import (
    Attribute,
    Attributes,
    Message,
    Operation,
    Tag,
    decode,
    encode,
    keywords,
)
from drivers.errors import DeviceError, Fault


class Scripted:
    """Answers a question by its operation."""

    def __init__(self, answer: Callable[[Message], Message]) -> None:
        self.answer = answer
        self.asked: list[Message] = []

    def post(self, body: bytes, wait: float) -> bytes:
        self.asked.append(decode(body))
        return encode(self.answer(self.asked[-1]))


def client_of(status: int = 0, *groups: tuple[int, Attributes]) -> tuple[IppClient, Scripted]:
    wire = Scripted(lambda asked: Message(status, asked.request_id, groups, version=asked.version))
    return IppClient("a4", "ipp://h/ipp/print", wire), wire


def job(number: int, state: int, **more: Attribute) -> tuple[int, Attributes]:
    known = {"job-id": Attribute(Tag.INTEGER, (number,)), "job-state": Attribute(Tag.ENUM, (state,))}
    return Tag.JOB, {**known, **{name.replace("_", "-"): value for name, value in more.items()}}


def test_the_printers_facts_are_read() -> None:
    facts = {
        "printer-make-and-model": Attribute(Tag.TEXT, ("X",)),
        "printer-is-accepting-jobs": Attribute(Tag.BOOLEAN, (False,)),
        "printer-state": Attribute(Tag.ENUM, (5,)),
        "printer-state-reasons": keywords("media-jam-error"),
        "operations-supported": Attribute(Tag.ENUM, (2, 11)),
        "document-format-supported": Attribute(Tag.MIME, ("application/pdf",)),
    }
    found = client_of(0, (Tag.PRINTER, facts))[0].printer()

    assert (found.model, found.accepts, found.stops) == ("X", False, "jam")
    assert found.operations == {2, 11}
    assert found.formats == {"application/pdf"}


def test_a_document_is_the_last_of_its_job() -> None:
    client, wire = client_of(0, job(4, 3))

    client.send(4, "job-1", "application/pdf", b"%PDF")

    [asked] = wire.asked
    about = asked.group(Tag.OPERATION)
    assert asked.code == Operation.SEND_DOCUMENT
    assert about["last-document"].values == (True,)
    assert about["job-id"].values == (4,)
    assert "job-name" not in about
    assert asked.data == b"%PDF"


def test_jobs_without_a_number_or_a_state_are_left_out() -> None:
    client, _ = client_of(0, job(4, 3), job(5, 77), (Tag.JOB, {}))

    assert [found.id for found in client.jobs(over=False)] == [4]


def test_a_job_knows_whether_it_was_begun_and_whether_it_waits_for_its_document() -> None:
    empty = job(1, 4, job_state_reasons=keywords("job-data-insufficient"), time_at_processing=Attribute(0x13, (None,)))
    begun = job(2, 5, time_at_processing=Attribute(Tag.INTEGER, (9,)))
    counted = job(3, 3, number_of_documents=Attribute(Tag.INTEGER, (0,)))
    first, second, third = client_of(0, empty, begun, counted)[0].jobs(over=False)

    assert (first.is_empty, first.started) == (True, False)
    assert (second.is_empty, second.started) == (False, True)
    assert (third.is_empty, third.started) == (True, None)


@pytest.mark.parametrize("status", [0x0406, 0x0407])
def test_what_the_printer_does_not_know_is_nothing(status: int) -> None:
    assert client_of(status)[0].job(9) is None
    assert client_of(status)[0].jobs(over=True) == []
    assert client_of(status)[0].cancel(9) is False


@pytest.mark.parametrize(
    ("status", "fault", "code"),
    [
        (0x0507, Fault.REFUSED, "busy"),
        (0x0506, Fault.ATTENTION, "printer_offline"),
        (0x040A, Fault.REFUSED, "refused"),
    ],
)
def test_a_printer_that_says_no(status: int, fault: Fault, code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        client_of(status)[0].create("job-1")

    error = give_up("a4", caught.value)
    assert (error.fault, error.code) == (fault, code)


def test_a_printer_that_speaks_2_0_only_is_spoken_to_in_2_0() -> None:
    wire = Scripted(
        lambda asked: Message(0 if asked.version == (2, 0) else 0x0503, asked.request_id, version=asked.version)
    )
    client = IppClient("a4", "ipp://h/ipp/print", wire)

    client.validate("job-1", "application/pdf")

    assert [asked.version for asked in wire.asked] == [(1, 1), (2, 0)]


def test_the_answer_to_another_question_is_garbled() -> None:
    wire = Scripted(lambda asked: Message(0, asked.request_id + 1))

    with pytest.raises(DeviceError) as caught:
        IppClient("a4", "ipp://h/ipp/print", wire).printer()
    assert caught.value.fault is Fault.GARBLED


@given(st.binary(max_size=200))
def test_any_answer_is_one_or_a_device_error(answer: bytes) -> None:
    class Any:
        def post(self, body: bytes, wait: float) -> bytes:
            return body[:8].replace(body[:4], b"\x01\x01\x00\x00") + answer

    client = IppClient("a4", "ipp://h/ipp/print", Any())
    for ask in (client.printer, lambda: client.job(1), lambda: client.jobs(over=True), lambda: client.create("x")):
        try:
            ask()
        except (DeviceError, RefusedError):
            continue


# ---- HTTP


@pytest.fixture
def served() -> Iterator[Callable[[int, str, bytes], str]]:
    servers: list[HTTPServer] = []

    def serve(status: int, kind: str, body: bytes) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Silent."""

        servers.append(HTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, args=(0.02,), daemon=True).start()
        return f"ipp://127.0.0.1:{servers[-1].server_address[1]}/ipp/print"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "kind", "fault"),
    [
        (404, "text/html", Fault.ABSENT),
        (401, "text/html", Fault.REFUSED),
        (500, "text/html", Fault.GARBLED),
        (200, "text/html", Fault.GARBLED),
    ],
)
def test_a_web_server_that_is_no_printer(
    served: Callable[[int, str, bytes], str], status: int, kind: str, fault: Fault
) -> None:
    with pytest.raises(DeviceError) as caught:
        HttpWire("a4", served(status, kind, b"hello")).post(b"x", 5.0)
    assert caught.value.fault is fault


def test_an_answer_of_ipp_is_given_back(served: Callable[[int, str, bytes], str]) -> None:
    assert HttpWire("a4", served(200, "application/ipp", b"\x01\x01")).post(b"x", 5.0) == b"\x01\x01"


def test_nobody_there_is_absence_and_somebody_silent_a_timeout() -> None:
    with pytest.raises(DeviceError) as caught:
        HttpWire("a4", "ipp://127.0.0.1:1/ipp/print").post(b"x", 2.0)
    assert caught.value.fault is Fault.ABSENT
    with socket.create_server(("127.0.0.1", 0)) as silent:
        with pytest.raises(DeviceError) as late:
            HttpWire("a4", f"ipp://127.0.0.1:{silent.getsockname()[1]}/ipp/print").post(b"x", 0.2)
        assert late.value.fault is Fault.TIMEOUT
