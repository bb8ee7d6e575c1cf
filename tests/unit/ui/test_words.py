import json
import re
from pathlib import Path

import pytest

from ui.linguist import places
from ui.words import WORDS_FOLDER, Words, read_table

UI = Path(__file__).resolve().parents[3] / "ui"


def folder(tmp_path: Path, **files: dict[str, dict[str, str]]) -> Path:
    for name, texts in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(texts), "utf-8")
    return tmp_path


def test_a_text_is_filled_with_its_arguments_in_the_chosen_language(tmp_path: Path) -> None:
    words = Words(read_table(folder(tmp_path, a={"queue": {"zh": "等候 {n} 人", "en": "{n} waiting"}})))
    assert words("queue", n=14) == "等候 14 人"
    words.language = "en"
    assert words("queue", n=14) == "14 waiting"


def test_a_missing_key_is_an_error_when_strict_and_the_key_itself_at_the_counter(tmp_path: Path) -> None:
    words = Words(read_table(folder(tmp_path, a={})))
    assert words("nowhere") == "nowhere"
    words.strict = True
    with pytest.raises(KeyError):
        words("nowhere")


def test_a_missing_argument_does_not_stop_a_visit(tmp_path: Path) -> None:
    words = Words(read_table(folder(tmp_path, a={"k": {"zh": "{n} 件", "en": "{n}"}})))
    assert words("k") == "k"


def test_the_first_key_that_exists_is_said(tmp_path: Path) -> None:
    words = Words(read_table(folder(tmp_path, a={"general": {"zh": "一般", "en": "general"}})))
    assert words.first("special", "general") == "一般"


def test_two_tables_of_the_same_texts_speak_two_languages_at_once(tmp_path: Path) -> None:
    clerk = Words(read_table(folder(tmp_path, a={"k": {"zh": "等候", "en": "Waiting"}})))
    applicant = clerk.beside()
    applicant.language = "en"
    assert (clerk("k"), applicant("k")) == ("等候", "Waiting")


def test_of_a_key_in_two_files_the_first_is_said_and_the_double_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    words = Words(read_table(folder(tmp_path, a={"k": {"zh": "一", "en": "one"}}, b={"k": {"zh": "二", "en": "two"}})))
    assert words("k") == "一"
    assert "b.json says again: k" in caplog.text


def test_no_key_stands_in_two_files() -> None:
    homes: dict[str, list[str]] = {}
    for path in sorted(WORDS_FOLDER.glob("*.json")):
        for key in json.loads(path.read_text("utf-8")):
            homes.setdefault(key, []).append(path.name)
    assert {key: files for key, files in homes.items() if len(files) > 1} == {}


def test_every_text_is_there_in_both_languages_with_the_same_places() -> None:
    for path in WORDS_FOLDER.glob("*.json"):
        for key, texts in json.loads(path.read_text("utf-8")).items():
            assert set(texts) == {"zh", "en"}, key
            assert places(texts["zh"]) == places(texts["en"]), key
            assert texts["zh"].strip(), key


def test_every_key_that_the_screens_name_exists() -> None:
    known = Words().keys()
    named = {
        key for path in UI.rglob("*.py") for key in re.findall(r'\bwords\(\s*"([a-z0-9_.]+)"', path.read_text("utf-8"))
    }
    assert named, "the pattern finds no keys at all"
    assert named - known == set()


def test_a_stored_reason_is_said_again_in_the_language_that_is_spoken_now() -> None:
    table = Words({"a": {"zh": "去缴费", "en": "Paying a fee"}, "b": {"zh": "填表", "en": "Form"}})
    table.language = "en"
    assert table.again("去缴费", ["a", "b", "none"]) == "Paying a fee"
    assert table.again("Form", ["a", "b"]) == "Form"
    assert table.again("在楼上", ["a", "b"]) == "在楼上"
