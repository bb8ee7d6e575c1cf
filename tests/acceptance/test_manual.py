"""The manual says what is there: keys, settings, commands, device codes and words as the program has them."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.errors import CODES
from tests.manual_pictures import LARGEST, PICTURES, SCENES
from ui.manual.model import read_book
from ui.reception.keys import KEYS, OPTIONAL_KEYS, SHOWN_ONLY, cap
from ui.words import read_table, words
from window_client import settings
from window_client.__main__ import parser
from window_client.training import load as read_exercises

MANUAL = PICTURES.parent
LANGUAGES = ("zh", "en")
NAMES = {
    *("index", "first-day", "the-visit", "offline", "devices", "recovery", "administrator", "keys"),
    *("training", "privacy", "technician"),
}
KEY = re.compile(r"(?<![\w/])(?:F\d{1,2}|(?:Ctrl|Alt)\+(?:Shift\+)?(?:Enter|[A-Z0-9+=-]))(?![\w])")


def pages(language: str) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in sorted((MANUAL / language).glob("*.md"))}


def known_keys() -> set[str]:
    """Every key of the desk as a key cap says it."""
    found = {cap(sequence) for key in (*KEYS, *OPTIONAL_KEYS) for sequence in key.sequences}
    return found | {shown for shown, _, _ in SHOWN_ONLY}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_both_languages_have_the_same_pages_with_the_same_headings() -> None:
    zh, en = pages("zh"), pages("en")
    assert zh.keys() == en.keys() == NAMES
    for name in NAMES:
        levels = [[len(found) for found in re.findall(r"^(#+) ", text, re.MULTILINE)] for text in (zh[name], en[name])]
        assert levels[0] == levels[1], name
        assert zh[name].count("\n|") == en[name].count("\n|"), f"{name}: another number of rows"
        assert zh[name].count("![") == en[name].count("!["), f"{name}: another number of pictures"


def test_links_and_pictures_are_there(language: str) -> None:
    for name, text in pages(language).items():
        for target in re.findall(r"\]\(([^)]+)\)", text):
            assert (MANUAL / language / target).is_file(), f"{name}: {target}"


def test_pictures_are_small_and_all_of_them_are_made_by_the_tool() -> None:
    made = {path.name for path in PICTURES.glob("*.png")}
    assert made == {name for scene in SCENES for name in (f"{scene}.png", f"{scene}.en.png")}
    assert all(path.stat().st_size <= LARGEST for path in PICTURES.glob("*.png"))


def test_every_key_that_is_named_is_a_key_of_the_desk(language: str) -> None:
    known = known_keys()
    for name, text in pages(language).items():
        unknown = {key for key in KEY.findall(text) if key not in known}
        assert not unknown, f"{name}: {unknown}"


def test_the_page_of_keys_has_all_of_them(language: str) -> None:
    page = pages(language)["keys"]
    firsts = {cap(key.sequences[0]) for key in (*KEYS, *OPTIONAL_KEYS)}
    rows = [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")]
    said = " ".join(rows).split()
    assert {key for key in firsts if key not in said} == set()
    letters = {shown for shown, _, _ in SHOWN_ONLY if re.fullmatch(r"[A-Z]|Del|Enter|F10", shown)}
    assert letters <= set(said)


def test_every_device_code_has_its_line_with_the_words_of_the_screen(language: str) -> None:
    page = pages(language)["devices"]
    words.language = language
    try:
        for code in CODES:
            lines = [line for line in page.splitlines() if f"`{code}`" in line]
            assert lines, f"no line for {code}"
            assert any(words(f"device.code.{code}") in line for line in lines), (
                f"{code} is called otherwise on the screen"
            )
    finally:
        words.language = "zh"


def table_of(page: str, heading: str) -> set[str]:
    """The first cells of the table under a heading."""
    part = re.split(r"^#+ ", page.split(f"### {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    return set(re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE))


def test_the_settings_reference_has_every_key_and_no_other(language: str) -> None:
    page = pages(language)["administrator"]
    tables = {**settings._ALLOWED, "devices": settings._DEVICE_KEYS}
    assert {name: table_of(page, name) for name in tables} == {name: set(keys) for name, keys in tables.items()}


def commands(of: argparse.ArgumentParser, before: str) -> Iterator[str]:
    inner = [action for action in of._actions if isinstance(action, argparse._SubParsersAction)]
    if not inner:
        yield before
    for action in inner:
        for name, command in action.choices.items():
            yield from commands(command, f"{before} {name}")


def test_the_command_reference_has_every_command_and_no_other(language: str) -> None:
    page = pages(language)["administrator"]
    assert set(re.findall(r"^\| `(window-client [^`]+)` \|", page, re.MULTILINE)) == set(
        commands(parser(), "window-client")
    )


def test_training_names_the_exercises_that_there_are(language: str) -> None:
    page = pages(language)["training"]
    assert [line.split(". ", 1)[1] for line in page.splitlines() if re.match(r"\d+\. ", line)] == [
        exercise.title[language] for exercise in read_exercises()
    ]


@pytest.mark.parametrize(("language", "quotes"), [("zh", "“”"), ("en", '""')])
def test_what_is_quoted_stands_on_a_screen(language: str, quotes: str) -> None:
    known = "\n".join(text[language] for text in read_table().values()).lower()
    for name, text in pages(language).items():
        for quoted in re.findall(f"{quotes[0]}([^{quotes[1]}]+){quotes[1]}", text):
            parts = [part for part in re.split(r"[，,：:]\s*|几件|so many", quoted) if part]
            assert all(part.lower().strip() in known for part in parts), f"{name}: {quoted}"


def test_the_reader_shows_the_pages_in_the_order_of_work(language: str) -> None:
    book = read_book(language)
    order = [page.name for page in book.pages]
    assert order[0] == "index"
    assert order.index("first-day") < order.index("the-visit") < order.index("administrator")
    assert set(order) == NAMES


def test_nothing_in_it_is_about_a_real_person() -> None:
    text = "".join(path.read_text("utf-8") for path in Path(MANUAL).glob("*/*.md"))
    assert re.findall(r"\d{17}[\dX]", text) == []
