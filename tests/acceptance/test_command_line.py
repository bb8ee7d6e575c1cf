"""``python -m window_client`` as an administrator or a script uses it: words, JSON and exit codes."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from window_client.app import UNLOCKED_BY, open_store
from window_client.demo import LIMING, DemoWorld
from window_client.settings import read
from window_client.store.outbox import Message

WORDS = "a passphrase for tests"


def run(*arguments: object, passphrase: str = WORDS) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, UNLOCKED_BY: passphrase, "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-m", "window_client", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=100, stdin=subprocess.DEVNULL, env=environment, check=False
    )


def facts(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """Each line of stdout is one JSON object."""
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoWorld]:
    """A service, a card reader, a camera and a printer, and the settings of a window with an empty store."""
    made = DemoWorld(tmp_path_factory.mktemp("world"), kinds=("id_card", "camera", "printer"), keys="file")
    with made:
        yield made


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """Settings of a window whose service and reader are nowhere."""
    file = tmp_path / "settings.toml"
    file.write_text(
        '[window]\nnumber = 3\nhall = "5107-01"\n[central]\nurl = "http://127.0.0.1:9"\n'
        f'[data]\nfolder = {json.dumps(str(tmp_path / "data"))}\nkeys = "file"\n'
        f'[devices.reader]\nkind = "id_card"\ndriver = "sam_v_serial"\nurl = "serial://{tmp_path}/no-such-port"\n'
        '[ui]\nspeech = ["no-such-engine"]\n',
        encoding="utf-8",
    )
    return file


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photographed sheet on a dark desk, a little turned."""
    cv2 = pytest.importorskip("cv2")
    import numpy as np

    sheet = np.full((1400, 1000, 3), 250, np.uint8)
    for line in range(12):
        cv2.putText(sheet, f"Line {line} of the sheet", (80, 120 + 100 * line), 0, 2.0, (20, 20, 20), 4)
    desk = np.full((2000, 1600, 3), 60, np.uint8)
    turn = cv2.getRotationMatrix2D((500, 700), 4, 1.0)
    turn[:, 2] += (300, 300)
    mask = cv2.warpAffine(np.full((1400, 1000), 255, np.uint8), turn, (1600, 2000))
    laid = cv2.warpAffine(sheet, turn, (1600, 2000))
    desk[mask > 127] = laid[mask > 127]
    file = tmp_path_factory.mktemp("picture") / "sheet.jpg"
    assert cv2.imwrite(str(file), desk)
    return file


def test_a_page_is_found_flattened_and_judged(picture: Path, tmp_path: Path) -> None:
    done = run("page", picture, "--out", tmp_path / "out", "--json")

    (report,) = facts(done)
    assert done.returncode == 0
    assert {"file", "corners", "angle_deg", "flags", "figures", "codes", "ms"} <= report.keys()
    assert len(report["corners"]) == 4
    assert (tmp_path / "out" / "sheet-page.jpg").stat().st_size > 10_000


def test_a_page_in_words_is_one_line_and_what_is_no_picture_is_exit_code_1(picture: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "notes.jpg"
    wrong.write_text("no picture", encoding="utf-8")

    done = run("page", picture, wrong)

    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert "turned" in done.stdout
    assert str(wrong) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_card_is_read_masked(world: DemoWorld) -> None:
    world.emulators["id_card"].put("/card", {"id_no": LIMING})
    done = run("card", "--settings", world.settings(), "--json")
    world.emulators["id_card"].delete("/card")

    (card,) = facts(done)
    assert done.returncode == 0
    assert (card["ok"], card["kind"]) == (True, "resident")
    assert LIMING not in done.stdout + done.stderr
    assert "*" in card["id_no"]
    assert "*" in card["name"]


def test_no_card_is_exit_code_1_with_its_code(world: DemoWorld) -> None:
    done = run("card", "--settings", world.settings(), "--wait", "0.1", "--json")

    assert done.returncode == 1
    assert facts(done) == [{"ok": False, "code": "no_card"}]


def test_the_doctor_finds_everything_well(world: DemoWorld) -> None:
    done = run("doctor", "--settings", world.settings(), "--json")

    rows = facts(done)
    checks = {row["check"]: row["ok"] for row in rows if not row["check"].startswith("machine.")}
    assert done.returncode == 0, done.stdout
    machine = {row["check"]: row for row in rows if row["check"].startswith("machine.")}
    assert {"machine.udev_rules", "machine.groups", "machine.libraries"} <= machine.keys()
    assert all(row["do"] for row in machine.values() if row["level"] != "ok"), "a finding without what to do"
    devices = {"reader": True, "camera": True, "printer": True}
    assert checks == {"settings": True, "store": True, "central": True, **devices, "speech": True}


def test_the_doctor_packs_what_went_over_the_wires(world: DemoWorld, tmp_path: Path) -> None:
    file = tmp_path / "bundle.zip"
    done = run("doctor", "--settings", world.settings(), "--bundle", file)

    assert done.returncode == 0, done.stdout
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        assert {"check.txt", "now/reader.jsonl", "now/printer.jsonl"} <= set(names)
        assert "aaaaaa9669000311ffed" in archive.read("now/reader.jsonl").decode()


def test_the_doctor_names_each_thing_that_is_wrong(settings: Path) -> None:
    done = run("doctor", "--settings", settings)

    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert [line.split()[0] for line in lines[:5]] == ["ok", "ok", "BAD", "BAD", "BAD"]
    assert lines[2].startswith("BAD central:")
    assert lines[3].startswith("BAD reader: absent (")
    assert lines[4] == "BAD speech: no-such-engine is not on this machine"
    assert "Traceback" not in done.stderr


def made(settings: Path) -> Path:
    """The store of these settings, as a first start leaves it."""
    open_store(read(settings), passphrase=WORDS).close()
    return read(settings).data / "store"


@pytest.mark.parametrize(
    "command",
    [("outbox", "list"), ("store", "check"), ("store", "backup"), ("store", "restore"), ("journal", "verify")],
)
def test_where_there_is_no_store_none_is_made(settings: Path, command: tuple[str, ...]) -> None:
    done = run(*command, "--settings", settings, "--json")

    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no store" in done.stderr
    assert not read(settings).data.exists()


def test_an_empty_outbox_a_sound_store_and_an_unbroken_journal(settings: Path) -> None:
    made(settings)
    outbox = run("outbox", "list", "--settings", settings, "--json")
    store = run("store", "check", "--settings", settings, "--json")
    journal = run("journal", "verify", "--settings", settings, "--json")

    assert (outbox.returncode, outbox.stdout) == (0, "")
    (found,) = facts(store)
    assert (store.returncode, found["ok"], found["problems"], found["cases"]) == (0, True, [], 0)
    assert (journal.returncode, facts(journal)[0]["ok"]) == (0, True)


def test_a_damaged_store_is_found_backed_up_and_restored(settings: Path) -> None:
    folder = made(settings)
    store = open_store(read(settings), passphrase=WORDS)
    store.journal.add("1203", "id.revealed", "visit-1")
    store.close()
    backup = run("store", "backup", "--settings", settings, "--json")
    content = bytearray((folder / "store.db").read_bytes())
    content[20] ^= 0xFF
    (folder / "store.db").write_bytes(content)

    check = run("store", "check", "--settings", settings)
    restored = run("store", "restore", "--settings", settings, "--json")
    again = run("store", "check", "--settings", settings, "--json")
    listed = run("journal", "list", "--settings", settings, "--json", "--limit", 10)
    revealed = run("journal", "list", "--settings", settings, "--action", "id.revealed")

    assert (backup.returncode, facts(backup)[0]["ok"]) == (0, True)
    assert (check.returncode, check.stdout.splitlines()[0]) == (1, "database: it does not open")
    (report,) = facts(restored)
    assert (restored.returncode, report["ok"], report["whole"]) == (0, True, True), restored.stdout
    assert (folder / report["kept"] / "store.db").exists()
    assert (again.returncode, facts(again)[0]["problems"]) == (0, [])
    assert [row["action"] for row in facts(listed)] == ["store.restored", "store.backup", "id.revealed"]
    assert len(revealed.stdout.splitlines()) == 1


def test_a_store_in_use_is_left_alone(settings: Path) -> None:
    store = open_store(read(settings), passphrase=WORDS)
    try:
        done = [run("store", what, "--settings", settings) for what in ("check", "backup", "restore")]
    finally:
        store.close()

    assert [one.returncode for one in done] == [2, 2, 2]
    assert all("in use" in one.stderr for one in done)


def test_what_is_set_aside_is_listed_and_is_exit_code_1(settings: Path) -> None:
    store = open_store(read(settings), passphrase=WORDS)
    store.outbox.put(Message("visit-1", "visit", b"{}"), now=datetime.now(UTC))
    store.outbox.set_aside("visit-1", "bad_message")
    store.close()

    listed = run("outbox", "list", "--settings", settings, "--json")
    words = run("outbox", "list", "--settings", settings)

    (row,) = facts(listed)
    assert (listed.returncode, words.returncode) == (1, 1)
    assert (row["id"], row["kind"], row["state"], row["error"]) == ("visit-1", "visit", "set_aside", "bad_message")
    assert "set_aside" in words.stdout


def test_a_store_opens_with_its_passphrase_only(settings: Path) -> None:
    made(settings)
    assert run("store", "check", "--settings", settings).returncode == 0

    other = run("store", "check", "--settings", settings, passphrase="another")
    none = run("store", "check", "--settings", settings, passphrase="")

    assert (other.returncode, none.returncode) == (2, 2)
    assert "does not open" in other.stderr
    assert UNLOCKED_BY in none.stderr
    assert "Traceback" not in other.stderr + none.stderr


def test_a_number_is_taken_as_the_kiosk_does(world: DemoWorld) -> None:
    first = run("ticket", "take", "--settings", world.settings(), "--category", "C", "--json")
    second = run("ticket", "take", "--url", world.central.url, "--category", "C")
    wrong = run("ticket", "take", "--url", world.central.url, "--category", "Z")

    (ticket,) = facts(first)
    assert (first.returncode, second.returncode, wrong.returncode) == (0, 0, 2)
    assert ticket["category"] == "C"
    assert ticket["number"].startswith("C")
    number = second.stdout.split()[0]
    assert int(number[1:]) == int(ticket["number"][1:]) + 1
    assert "no_such_category" in wrong.stderr


def test_cases_of_the_centre_are_listed(world: DemoWorld) -> None:
    asked = ("central", "cases", "--url", world.central.url, "--account", "4001", "--password", "demo")
    found = run(*asked, "--limit", "2", "--json")
    none = run(*asked, "--case-no", "none")
    refused = run(*asked[:-1], "wrong")

    rows = facts(found)
    assert (found.returncode, none.returncode, refused.returncode) == (0, 1, 2)
    assert {"case_no", "state", "pages", "pages_received"} <= rows[0].keys()
    assert "wrong_password" in refused.stderr


def test_wrong_settings_report_every_mistake_at_once(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        '[window]\nnumber = "twelve"\nhall = "5107-01"\ncolour = "red"\n[central]\nurl = "ftp://x"\n'
        '[devices.reader]\nkind = "toaster"\ndriver = "none"\nurl = ""\n',
        encoding="utf-8",
    )

    done = run("doctor", "--settings", file)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) >= 4
    for word in ("number", "colour", "url", "kind"):
        assert word in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [("card",), ("outbox", "list"), ("store", "check"), ("journal", "verify")])
def test_settings_that_are_not_there_are_exit_code_2(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = run(*command, "--settings", tmp_path / "none.toml")

    assert done.returncode == 2
    assert "none.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_use_is_exit_code_2_and_help_tells_the_passphrase() -> None:
    assert run("outbox").returncode == 2
    assert run("ticket", "take").returncode == 2
    helped = run("--help")
    assert helped.returncode == 0
    assert UNLOCKED_BY in helped.stdout
