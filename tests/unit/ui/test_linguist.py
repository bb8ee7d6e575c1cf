import json
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ui.linguist import LOCALES, bring_back, export, main, problems, read_ts, ts_path
from ui.words import WORDS_FOLDER

TABLE = {
    "queue.n": {"zh": "等候 {n} 人", "en": "{n} waiting"},
    "bar.go": {"zh": "下一步", "en": "Next"},
}


@pytest.fixture
def words(tmp_path: Path) -> Path:
    folder = tmp_path / "words"
    folder.mkdir()
    lines = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in TABLE.items())
    (folder / "desk.json").write_text("{\n" + lines + "\n}\n", "utf-8")
    return folder


def change(path: Path, key: str, text: str, **attributes: str) -> None:
    tree = ET.parse(path)  # noqa: S314 - written by the test
    for message in tree.getroot().iter("message"):
        if message.get("id") == key:
            made = message.find("translation")
            assert made is not None
            made.text = text
            made.attrib.update(attributes)
    tree.write(path, "utf-8")


def test_exported_and_brought_back_nothing_changes(words: Path, tmp_path: Path) -> None:
    before = (words / "desk.json").read_bytes()
    export(words, tmp_path)
    assert problems(words, tmp_path) == []
    assert bring_back(words, tmp_path) == []
    assert (words / "desk.json").read_bytes() == before


def test_what_a_translator_changed_comes_back_where_it_stood(words: Path, tmp_path: Path) -> None:
    export(words, tmp_path)
    change(ts_path("en", tmp_path), "bar.go", 'Go "on"')
    assert bring_back(words, tmp_path) == ["bar.go"]
    found = json.loads((words / "desk.json").read_text("utf-8"))
    assert found == {**TABLE, "bar.go": {"zh": "下一步", "en": 'Go "on"'}}
    assert list(found) == list(TABLE)


@pytest.mark.parametrize(
    ("key", "text", "attributes", "said"),
    [
        ("bar.go", "", {}, "en: bar.go is not translated"),
        ("bar.go", "Next", {"type": "unfinished"}, "en: bar.go is not translated"),
        ("queue.n", "many waiting", {}, "en: queue.n has other places than the Chinese"),
    ],
)
def test_an_untranslated_or_spoilt_text_is_refused(
    words: Path, tmp_path: Path, key: str, text: str, attributes: dict[str, str], said: str
) -> None:
    export(words, tmp_path)
    change(ts_path("en", tmp_path), key, text, **attributes)
    assert problems(words, tmp_path) == [said]
    with pytest.raises(ValueError, match=key):
        bring_back(words, tmp_path)


def test_a_new_key_is_missing_until_it_is_exported_again(words: Path, tmp_path: Path) -> None:
    export(words, tmp_path)
    (words / "more.json").write_text('{"k": {"zh": "新", "en": "New"}}', "utf-8")
    assert problems(words, tmp_path) == ["zh_CN: k is missing", "en: k is missing"]


def test_every_text_of_the_program_can_be_exported_and_none_is_untranslated(tmp_path: Path) -> None:
    export(WORDS_FOLDER, tmp_path)
    assert problems(WORDS_FOLDER, tmp_path) == []
    assert len(list(read_ts(ts_path("en", tmp_path)))) > 500


def test_qts_own_tool_takes_the_files(words: Path, tmp_path: Path) -> None:
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    if not tool.exists():
        tool_found = shutil.which("lrelease")
        if tool_found is None:
            pytest.skip("no lrelease here")
        tool = Path(tool_found)
    export(words, tmp_path)
    out = tmp_path / "en.qm"
    subprocess.run([tool, "-idbased", ts_path("en", tmp_path), "-qm", out], check=True, capture_output=True, timeout=60)
    assert out.stat().st_size > 0


def test_the_command_says_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sing"]) == 2
    assert "export | import | check" in capsys.readouterr().err


@pytest.mark.parametrize("language", list(LOCALES))
def test_the_files_in_the_repository_are_as_they_would_be_exported_now(tmp_path: Path, language: str) -> None:
    export(folder=tmp_path)
    assert ts_path(language).read_bytes() == ts_path(language, tmp_path).read_bytes(), "make words"
