"""The tour in a process of its own: real windows, keys and touch only, and a Secret Service from the Makefile."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PICTURES = {
    "08-signin-devices.png",
    "01a-reception-idle.png",
    "01a3-reception-ticket-scanned.png",
    "01b-reception-materials.png",
    "01c-reception-accepted.png",
    "01f-reception-identity.png",
    "01g-reception-sign.png",
    "02-item-picker.png",
    "05a-applicant-welcome.png",
    "05b-applicant-check.png",
    "05c-applicant-sign.png",
    "05d-applicant-rate.png",
}


def tour(out: Path, *options: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "window_client", "tour", "--json", "--out", str(out), *options],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.timeout(180)
def test_the_tour_is_accepted_delivered_printed_and_rated(tmp_path: Path) -> None:
    found = tour(tmp_path)

    assert found["ok"] is True
    assert found["central_state"] == "ACCEPTED"
    assert (found["fields_total"], found["fields_typed"]) == (18, 3)
    assert str(found["case_no"]) in str(found["receipt_qr"])
    assert found["called_by_code"] is True
    assert found["calls_spoken"] == 2, "once in Chinese, once in English"
    assert found["notices_printed"] == 1
    assert {file.name for file in tmp_path.glob("*.png")} >= PICTURES
    assert json.loads((tmp_path / "tour.json").read_text(encoding="utf-8")) == found


@pytest.mark.timeout(180)
def test_the_tour_goes_through_without_the_central_service(tmp_path: Path) -> None:
    found = tour(tmp_path, "--offline")

    assert found["ok"] is True
    assert found["central_state"] == "ACCEPTED"


@pytest.mark.timeout(180)
def test_a_printer_without_paper_prints_once_after_all(tmp_path: Path) -> None:
    assert tour(tmp_path, "--part", "faults")["ok"] is True
    assert (tmp_path / "01e-reception-printer-fault.png").exists()
