"""The emulated scanner without a port."""

import json

import pytest

from drivers.contracts import ScanSettings, ScanSource
from drivers.emulators.scanner_machine import ScannerEmulator
from drivers.scanner.escl_messages import SourceCapabilities, job_path, read_status, scan_settings


def create(emulator: ScannerEmulator, source: ScanSource = ScanSource.FEEDER) -> tuple[int, str]:
    body = scan_settings(ScanSettings(source=source, dpi=100), SourceCapabilities())
    reply, headers = emulator.answer("POST", "/eSCL/ScanJobs", body, "127.0.0.1:1")
    return reply.status, headers.get("Location", "")


def feeder(emulator: ScannerEmulator) -> tuple[str, str]:
    status = read_status(emulator.answer("GET", "/eSCL/ScannerStatus", b"", "")[0].body)
    return status.state, status.feeder


def test_pages_leave_the_feeder_one_by_one_then_comes_not_found() -> None:
    emulator = ScannerEmulator(loaded=2)
    status, location = create(emulator)
    where = job_path(location, "") + "/NextDocument"

    assert status == 201
    assert feeder(emulator) == ("Processing", "loaded")
    assert create(emulator)[0] == 503  # one job at a time
    given = [emulator.answer("GET", where, b"", "")[0] for _ in range(3)]
    assert [reply.status for reply in given] == [200, 200, 404]
    assert given[0].body != given[1].body
    assert feeder(emulator) == ("Idle", "empty")


@pytest.mark.parametrize(
    ("fault", "status"), [("door_open", 409), ("busy", 503), ("no_documents", 201), ("not_ready", 404)]
)
def test_a_new_job_under_a_fault(fault: str, status: int) -> None:
    emulator = ScannerEmulator(loaded=1)
    emulator.admin.set_fault(fault)

    assert create(emulator)[0] == status


def test_an_empty_feeder_refuses_and_the_glass_does_not() -> None:
    emulator = ScannerEmulator()

    assert create(emulator)[0] == 409
    assert create(emulator, ScanSource.PLATEN)[0] == 201


@pytest.mark.parametrize(
    ("fault", "location"), [("wrong_location", "http://scanner.invalid:9/eSCL/"), ("cut_location", "http://[fe80")]
)
def test_locations_that_lead_astray(fault: str, location: str) -> None:
    emulator = ScannerEmulator(loaded=1)
    emulator.admin.set_fault(fault)

    assert create(emulator)[1].startswith(location)


def test_a_jam_stays_until_the_fault_is_taken_away() -> None:
    emulator = ScannerEmulator(loaded=1)
    emulator.admin.set_fault("jam_after:0")
    where = job_path(create(emulator)[1], "") + "/NextDocument"

    assert emulator.answer("GET", where, b"", "")[0].status == 503
    assert feeder(emulator) == ("Idle", "jam")
    emulator.admin.set_fault(None)
    assert feeder(emulator) == ("Idle", "loaded")


def test_a_deleted_job_gives_no_page_and_frees_the_scanner() -> None:
    emulator = ScannerEmulator(loaded=1)
    job = job_path(create(emulator)[1], "")

    assert emulator.answer("DELETE", job, b"", "")[0].status == 200
    assert emulator.answer("GET", job + "/NextDocument", b"", "")[0].status == 404
    assert create(emulator)[0] == 201


def test_the_feeder_is_filled_and_emptied_from_the_admin_port() -> None:
    emulator = ScannerEmulator()
    emulator.admin.answer("PUT", "/feeder", json.dumps({"pages": 4}).encode())
    assert json.loads(emulator.admin.answer("GET", "/state", b"").body)["pages"] == 4

    emulator.admin.answer("DELETE", "/feeder", b"")
    assert json.loads(emulator.admin.answer("GET", "/state", b"").body)["pages"] == 0
    assert emulator.admin.answer("PUT", "/page", b"no picture").status == 422
    assert emulator.admin.answer("PUT", "/platen", b"no picture").status == 422


def test_the_button_ends_the_job_of_a_program_that_was_killed() -> None:
    emulator = ScannerEmulator(loaded=1)
    assert create(emulator)[0] == 201
    assert create(emulator)[0] == 503

    emulator._cancel_jobs(b"")

    assert feeder(emulator) == ("Idle", "loaded")
    assert create(emulator)[0] == 201
