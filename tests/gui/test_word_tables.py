"""The tables as a whole: each key is used, each text is in a table, and the design's pairs are kept."""

import ast
import json
import re
from pathlib import Path

import pytest

from ui.words import read_table

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "ui"
CHINESE = re.compile(r"[\u3400-\u9fff]")
TABLE = read_table()

IN_DATA = {
    "ui/reception/texts.py": {"一二三四五六日", "月", "日", " 周"},
    "ui/reception/status/top_bar.py": {"中 / EN"},
    "ui/signin/view.py": {"中 / EN"},
    "ui/device_setup/window.py": {"中 / EN"},
    "ui/applicant/model.py": {"一二三四五六日", "周", "月", "日"},
    "ui/reception/identity/cards_model.py": {"年", "月", "日", "长期", "sex.未说明"},
    "ui/reception/identity/typing_view.py": {"男", "女", "长期"},
    "ui/reception/materials/model.py": {"长期"},
    "ui/reception/steps/model.py": {"族"},
}
"""Chinese that may stand in the program: how dates are written, what the chip of a card holds (男, 长期, 汉 + 族), and
the button that changes the language."""


def literals(path: Path) -> set[str]:
    """Every text of a source file but its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else []:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                docs.add(id(statement.value))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    }


@pytest.mark.parametrize(
    "path",
    [p for p in sorted(UI.rglob("*.py")) if not p.name.startswith("tour")],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_no_chinese_stands_in_the_program_itself(path: Path) -> None:
    allowed = IN_DATA.get(str(path.relative_to(ROOT)).replace("\\", "/"), set())
    found = {text for text in literals(path) if CHINESE.search(text)}
    assert found - allowed == set()


SHOWS = "KeyButton|ToolKey|label|setToolTip|setPlaceholderText|setAccessibleName|setWindowTitle|say"
SAID = re.compile(rf"\b(?:{SHOWS})\(\s*f?\"([A-Z][a-z]+ [a-z ]+)")


def test_no_english_sentence_stands_in_the_program_itself() -> None:
    found = {path.name: SAID.findall(path.read_text("utf-8")) for path in UI.rglob("*.py")}
    assert {name: texts for name, texts in found.items() if texts} == {}


OTHER_MEANING = {"正常", "请 {no} 到 {n} 号窗口"}
"""Chinese that our tables have for something else: a fine device, and a call that is read aloud."""


def test_the_designs_pairs_are_kept() -> None:
    """Where a text of the design stands in our tables, one of its keys says it in the design's English."""

    def bare(text: str) -> str:
        return re.sub(r"\{\w+\}", "{}", text)

    ours: dict[str, set[str]] = {}
    for text in TABLE.values():
        ours.setdefault(bare(text["zh"]), set()).add(bare(text["en"]).lower())
    pairs = json.loads((ROOT / "tests" / "data" / "design_words.json").read_text("utf-8"))
    kept = [(zh, en) for zh, en in pairs if bare(zh) in ours]
    assert len(kept) > 100
    assert [(zh, en) for zh, en in kept if zh not in OTHER_MEANING and bare(en).lower() not in ours[bare(zh)]] == []


def test_a_singular_stands_beside_its_plural() -> None:
    ones = [key for key in TABLE if key.endswith(".one")]
    assert ones
    assert all(key.removesuffix(".one") in TABLE for key in ones)


CODES = (
    "desk.nationality.",
    "desk.attorney.",
    "desk.toast.",
    "desk.say.",
    "outbox.reason.",
    "outbox.do.",
    "device.code.",
)
"""Families whose last part is a code of data, of a card or of the service, put together at run time."""


def test_no_key_is_left_over() -> None:
    """A key counts as used when all its parts stand in sources: many are put together, as ``step.{name}``."""
    sources = [path for folder in ("ui", "window_client", "drivers") for path in (ROOT / folder).rglob("*.py")]
    data = [path for folder in ("demo", "forms") for path in (ROOT / "resources" / folder).iterdir() if path.is_file()]
    used = {word for path in (*sources, *data) for word in re.findall(r"\w+", path.read_text("utf-8"))} | {"desk"}
    left = [key for key in TABLE if not key.startswith(CODES) and not set(key.removesuffix(".one").split(".")) <= used]
    assert left == []
