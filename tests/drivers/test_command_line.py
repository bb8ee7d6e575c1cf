"""``python -m drivers``, as a person or a script would use it."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.emulators.process import EmulatorProcess

Emulate = Callable[..., EmulatorProcess]
LI_MING = "510799198806120017"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "drivers", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False)


def test_list_names_every_driver() -> None:
    done = run("list", "--json")
    drivers = {(entry["kind"], entry["driver"]) for entry in json.loads(done.stdout)["drivers"]}

    assert done.returncode == 0
    assert {("id_card", "sam_v_serial"), ("display", "cd5220"), ("printer", "escpos"), ("scanner", "escl")} <= drivers


def test_a_card_is_read(emulate: Emulate) -> None:
    url = emulate("id_card", "--card", LI_MING).url
    done = run("read-card", url, "--wait", "5", "--json")
    card = json.loads(done.stdout)

    assert done.returncode == 0
    assert (card["ok"], card["id_no"], card["photo"]) == (True, LI_MING, "1024 bytes")
    assert "510799198806120017" in run("read-card", url).stdout


def test_no_card_is_exit_code_1_and_its_code(emulate: Emulate) -> None:
    done = run("read-card", emulate("id_card").url, "--wait", "0", "--json")

    assert done.returncode == 1
    assert json.loads(done.stdout)["code"] == "no_card"


def test_driver_options_reach_the_driver(emulate: Emulate) -> None:
    done = run("read-card", emulate("id_card").url, "--option", "read=30 02", "--json")

    assert done.returncode == 1
    assert json.loads(done.stdout)["code"] == "unsupported"


def test_a_reader_is_probed(emulate: Emulate) -> None:
    done = run("probe", emulate("id_card").url, "--json")
    found = json.loads(done.stdout)

    assert done.returncode == 0
    assert (found["kind"], found["driver"], found["state"]) == ("id_card", "sam_v_serial", "ready")
    assert found["facts"]["serial"].startswith("05.01-")


def test_a_missing_port_is_exit_code_1(tmp_path: Path) -> None:
    done = run("probe", f"serial://{tmp_path}/none", "--json")

    assert done.returncode == 1
    assert json.loads(done.stdout)["code"] == "absent"


def test_a_number_is_shown(emulate: Emulate) -> None:
    emulator = emulate("display", "--tcp")
    done = run("show", emulator.url, "A017", "WINDOW 3", "--option", "settle=0")

    assert done.returncode == 0
    for _ in range(500):  # the last bytes may still be on their way
        if emulator.state()["lower"]:
            break
        time.sleep(0.01)
    assert (emulator.state()["upper"], emulator.state()["lower"]) == ("A017", "WINDOW 3")


def test_a_test_receipt_is_printed(emulate: Emulate) -> None:
    emulator = emulate("printer")
    done = run("print-test", emulator.url, "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["end"] == "confirmed"
    assert "打印测试" in emulator.request("GET", "/text").decode()


def test_pages_are_scanned_into_a_folder(emulate: Emulate, tmp_path: Path) -> None:
    emulator = emulate("scanner")
    emulator.put("/feeder", {"pages": 2})
    done = run("scan", emulator.url, "--option", "retry_pause=0.05", "--out", str(tmp_path / "pages"), "--json")

    assert done.returncode == 0
    assert [Path(file).read_bytes()[:2] for file in json.loads(done.stdout)["pages"]] == [b"\xff\xd8"] * 2


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("probe", "socket://127.0.0.1:1"),
        ("dance",),
        ("emulate", "dog"),
        ("emulate",),
        ("show", "serial:///dev/null", "号码"),
        ("probe", "socket://127.0.0.1:1", "--kind", "display"),
        ("probe", "file:///tmp"),
        ("probe",),
    ],
)
def test_wrong_use_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2


@pytest.mark.parametrize("kind", ["id_card", "display"])
def test_an_emulator_says_where_it_is_and_ends_with_its_stdin(kind: str, tmp_path: Path) -> None:
    link = tmp_path / "device"
    done = run("emulate", kind, "--link", str(link))
    said = json.loads(done.stdout)

    assert done.returncode == 0
    assert said["kind"] == kind
    assert said["url"].startswith(f"serial://{link}?baud=")
    assert not link.is_symlink()


def test_an_emulator_refuses_a_fault_it_does_not_have(emulate: Emulate) -> None:
    emulator = emulate("display")
    with pytest.raises(ValueError, match="422"):
        emulator.set_fault("jam")
    with pytest.raises(ValueError, match="404"):
        emulator.request("GET", "/card")


def test_a_call_is_spoken(emulate: Emulate) -> None:
    speaker = emulate("voice", "--speed", "20")
    done = run("say", speaker.url, "A017", "3", "--language", "zh", "--json")

    assert done.returncode == 0, done.stderr
    assert [row["whole"] for row in json.loads(speaker.request("GET", "/spoken"))] == [True]


def test_no_code_and_no_key_are_exit_code_1_and_their_codes(emulate: Emulate, tmp_path: Path) -> None:
    gun = emulate("codes", "--link", str(tmp_path / "gun"))
    pad = emulate("rating", "--link", str(tmp_path / "pad"))
    code = run("scan-code", gun.url, "--wait", "0.2", "--json")
    key = run("rate", pad.url, "--option", "template=five_keys", "--wait", "0.2", "--json")

    assert (code.returncode, json.loads(code.stdout)["code"]) == (1, "no_code")
    assert (key.returncode, json.loads(key.stdout)["code"]) == (1, "no_rating")


def test_a_test_page_is_printed_once_however_often_its_job_is_named(emulate: Emulate) -> None:
    printer = emulate("document_printer")
    for _ in range(2):
        done = run("print-document", printer.url, "--job", "by-hand-1", "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["end"] == "confirmed"
    assert json.loads(printer.request("GET", "/printed")) == ["by-hand-1"]


def test_a_search_of_one_port_tells_what_answers_there(emulate: Emulate, tmp_path: Path) -> None:
    reader = emulate("id_card", "--link", str(tmp_path / "reader"))
    done = run("find", "--port", str(tmp_path / "reader"), "--json")
    found = json.loads(done.stdout)["found"]

    assert done.returncode == 0, done.stderr
    assert [row["kind"] for row in found if str(tmp_path) in row["url"] or row["url"] == reader.url] == ["id_card"]


def test_a_search_that_recognises_nothing_is_exit_code_1(tmp_path: Path) -> None:
    done = run("find", "--port", str(tmp_path / "none"), "--json")

    assert done.returncode == 1
    assert all(not row["kind"] for row in json.loads(done.stdout)["found"])


def test_a_chip_card_reader_that_is_not_there_is_told() -> None:
    done = run("read-smart-card", "pcsc://no-such-reader", "--wait", "0.2", "--json")

    assert done.returncode == 1
    assert json.loads(done.stdout)["ok"] is False
