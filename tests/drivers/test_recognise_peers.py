"""Devices that we did not write are recognised as well: a pymodbus server, ippeveprinter, pcscd."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Event

from drivers.recognise import questions
from drivers.recognise.found import Certainty, Found
from drivers.recognise.places import Machine
from drivers.recognise.search import search
from drivers.transport import open_transport
from tests.drivers.ipp_peer import IppPeer
from tests.drivers.pcsc_peer import pcsc_service

NOWHERE = Machine(own_ports=False, services=False, network=False)


def found_at(*typed: str) -> list[Found]:
    found: list[Found] = []
    search(NOWHERE, typed=typed, cancel=Event(), tell=found.append)
    return found


def test_a_pymodbus_server_answers_the_question_for_displays(tmp_path: Path) -> None:
    """The question alone: this server knows no silence on the line, other questions would spoil its next frame."""
    link = tmp_path / "bus"
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("modbus_peer.py")), str(link), "1,2"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        assert process.stdout.readline() == b"ready\n"
        transport = open_transport("search", f"serial://{link}?baud=9600")
        question = next(row for row in questions.QUESTIONS if row.recognises == "modbus")
        facts = question.ask(questions.Line(transport, Event(), within=5.0))
        transport.close()
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()
    assert facts == {"model": "LED-485", "unit": "1"}


def test_a_printer_that_is_ippeveprinter_is_recognised_with_its_model(tmp_path: Path) -> None:
    with IppPeer(tmp_path / "peer") as peer:
        (found,) = found_at(peer.url)
    assert (found.kind, found.driver, found.url) == ("document_printer", "ipp", peer.url)
    assert found.certainty is Certainty.ANSWERED
    assert found.facts.get("model")


def test_the_readers_of_pcscd_are_listed() -> None:
    code = (
        "from drivers.recognise.places import Machine, smart_card_readers\n"
        "for found in smart_card_readers(Machine()): print(found.kind, found.driver, found.url)"
    )
    with pcsc_service() as service:
        environment = {**os.environ, "PCSCLITE_CSOCK_NAME": service.socket}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=True
        )
    assert done.stdout.splitlines()[0] == "smart_card pcsc pcsc://Virtual%20PCD%2000%2000"
