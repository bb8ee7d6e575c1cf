"""What a screen reader of the system is told: names, roles and states of everything, faults once, the focus left alone.

The window runs under a real X server of its own, the client is the system's (libatspi through its own Python).
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"


def _can_listen() -> bool:
    if not (shutil.which("xvfb-run") and shutil.which("dbus-run-session") and Path(SYSTEM_PYTHON).exists()):
        return False
    asked = [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not _can_listen(), reason="the system's AT-SPI client is not installed")

Node = dict[str, Any]


@pytest.fixture(scope="module")
def told() -> list[Node]:
    """Scene after scene, as the client heard and saw it."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    environment["PYTHONPATH"] = str(ROOT)
    environment.pop("AT_SPI_BUS_ADDRESS", None)
    client = [SYSTEM_PYTHON, str(ROOT / "tests" / "gui" / "access_client.py")]
    done = subprocess.run(
        ["xvfb-run", "-a", "dbus-run-session", "--", *client, sys.executable, "-m", "tests.gui.access_window"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[Node] = json.loads(done.stdout[done.stdout.index("[{") :])
    return found


def every(tree: Node) -> Iterator[Node]:
    yield tree
    for child in tree["children"]:
        yield from every(child)


def showing(scene: Node) -> list[Node]:
    return [node for node in every(scene["tree"]) if "showing" in node["states"]]


def scene(told: list[Node], name: str, time: int = 0) -> Node:
    return [one for one in told if one["scene"] == name][time]


def announced(one: Node) -> list[str]:
    return [text for kind, _role, _name, text in one["heard"] if kind == "object:announcement"]


def complete(node: Node) -> bool:
    """Whether a thing has a name, a kind, and says that it can be seen."""
    return bool(node["name"].strip()) and node["role"] not in {"unknown", "invalid", ""} and "visible" in node["states"]


def test_everything_that_can_have_the_focus_has_a_name_a_role_and_a_state(told: list[Node]) -> None:
    wrong = []
    for one in told:
        focusable = [node for node in showing(one) if "focusable" in node["states"]]
        assert len(focusable) > 20, one["scene"]
        wrong += [
            (one["scene"], node["role"], node["name"], node["states"]) for node in focusable if not complete(node)
        ]
    assert wrong == []


def test_nothing_on_the_screen_is_of_an_unknown_kind(told: list[Node]) -> None:
    assert [(one["scene"], node["name"]) for one in told for node in showing(one) if node["role"] == "unknown"] == []


def test_fields_can_be_edited_and_say_what_they_are(told: list[Node]) -> None:
    fields = [node for node in showing(scene(told, "form")) if node["role"] == "text"]
    assert len(fields) > 5
    assert any("editable" in node["states"] for node in fields)
    assert all("editable" in node["states"] or "read-only" in node["states"] for node in fields)


def test_a_choice_says_whether_it_is_chosen(told: list[Node]) -> None:
    boxes = [node for node in showing(scene(told, "item")) if node["role"] == "check box"]
    assert any("checked" in node["states"] for node in boxes)
    assert any("checked" not in node["states"] for node in boxes)


def test_the_ticket_is_one_sentence(told: list[Node]) -> None:
    names = [node["name"] for node in showing(scene(told, "materials"))]
    assert [name for name in names if name.startswith("C018，市场准入，已办理 ") and name.endswith(" 秒")]


def test_a_device_fault_is_announced_once_and_the_focus_stays(told: list[Node]) -> None:
    before, first, again = scene(told, "materials"), scene(told, "printer"), scene(told, "printer", 1)
    assert announced(first) == ["回执打印机 缺纸"]
    assert announced(again) == []
    assert before["focus"] == first["focus"] == again["focus"]
    for one in (first, again):
        assert [kind for kind, *_ in one["heard"] if "focused" in kind] == []


def test_a_line_that_is_down_is_announced_once_with_what_still_works(told: list[Node]) -> None:
    (line,) = announced(scene(told, "offline"))
    assert line.startswith("网络中断，受理照常")


def test_a_receipt_that_did_not_come_out_is_an_alert_that_begins_with_the_good_news(told: list[Node]) -> None:
    one = scene(told, "receipt")
    assert any("受理已成功" in text for text in announced(one))
    assert [node["name"] for node in showing(one) if node["role"] == "alert"]


def test_the_applicants_screen_is_there_for_a_screen_reader_and_masked(told: list[Node]) -> None:
    names = {node["name"] for node in showing(scene(told, "idle"))}
    assert {"对客屏", "请核对您的信息", "手机号 不对", "都对，下一步"} <= names
    assert "510799199001010017" not in json.dumps(told)
