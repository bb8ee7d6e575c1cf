from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers import templates
from drivers.display.wording import call
from drivers.templates import TemplateError, read

DISPLAY = """name = "Test"
kind = "display"

[port]
baud = 9600

[text]
call = "请{number}号到{window}号窗口"

[values]
colour = 1

[show]
send = "02 {colour:u8} {text:gbk:max=40} 03"
answer = "06"
"""

RATING = """name = "Pad"
kind = "rating"

[ask]
send = "'?'"

[key]
answer = "{key}"

[keys]
"31" = 5
"35" = 1
"""

SHIPPED = [*templates.shipped("display").values(), *templates.shipped("rating").values()]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_template_can_work(path: Path) -> None:
    template = templates.load(path)

    assert template.kind == path.parent.parent.name
    assert template.name


def test_a_template_is_found_by_its_name_or_its_file(tmp_path: Path) -> None:
    assert templates.find("display", "xunpeng").is_file()
    assert templates.find("display", str(tmp_path / "own.toml")) == tmp_path / "own.toml"


def test_what_stands_in_the_places_of_a_call() -> None:
    values = read(DISPLAY).values_for(call("A017", "WINDOW 03"), {"colour": 3, "other": 1})

    assert values == {
        "colour": 3,
        "text": "请A017号到3号窗口",
        "upper": "A017",
        "lower": "WINDOW 03",
        "number": "A017",
        "window": "3",
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ("{colour:u8}", "{kolour:u8}", 14, "{kolour:u8} is no place"),
        ("02 {colour:u8}", "02 {xor}", 14, "without a range"),
        ("02 {colour:u8}", "{len} {from} 02 {to} {len}", 14, "two {len}"),
        ("{text:gbk:max=40}", "{text:ascii}", 14, "ascii cannot encode"),
        ("max=40", "max=4", 14, "4 fit"),
        ("max=40", "max=18", 14, "does not work for A9999"),
        ('call = "请', 'call = "☃😀请', 14, "gbk cannot encode"),
        ("{window}号窗口", "{door}号窗口", 8, "is no place"),
        ("{window}号窗口", "{window号窗口", 8, "expected '}'"),
        ("baud = 9600", "baud = 12", 5, "from 300 to 921600"),
        ("baud = 9600", "baud = true", 5, "must be a number"),
        ("baud = 9600", "bauds = 9600", 5, "is not known"),
        ("baud = 9600", 'parity = "mark"', 5, "none, even, odd"),
        ("colour = 1", "colour = 300", 14, "does not fit into u8"),
        ("colour = 1", "colour = -1", 11, "whole number"),
        ("colour = 1", "text = 1", 11, "cannot be a value"),
        ("colour = 1", "Colour = 1", 11, "small letters"),
        ('send = "02', "send = 2 #", 14, "must be text"),
        ('answer = "06"', 'answer = "0"', 15, "neither"),
        ('answer = "06"', 'answer = "{key}"', 15, "only in [key]"),
        ('answer = "06"', 'refused = "15"', 13, "answer is missing"),
        ('answer = "06"', 'answer = "06"\nwithin = 99', 16, "0.02 to 10"),
        ('answer = "06"', 'answer = "06"\nretries = 1.5', 16, "whole number"),
        ('kind = "display"', 'kind = "toaster"', 2, "must be one of"),
        ('name = "Test"', 'name = ""', 1, "1 to 60"),
        ('name = "Test"', "", 0, "is missing"),
        ("[show]", "[shows]", 13, "is not known"),
        ("[values]", "[values", 10, "is not TOML"),
    ],
)
def test_a_template_that_cannot_work_is_refused_with_line_and_reason(old: str, new: str, line: int, why: str) -> None:
    assert old in DISPLAY
    with pytest.raises(TemplateError) as caught:
        read(DISPLAY.replace(old, new, 1), "own.toml")

    assert why in str(caught.value)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"own.toml: line {line}: " if line else "own.toml: ")


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ('"31" = 5', '"31" = 6', 11, "1 (very dissatisfied) to 5"),
        ('"31" = 5', '"31" = true', 11, "1 (very dissatisfied) to 5"),
        ('"31" = 5', '"3" = 5', 11, "one byte"),
        ('"31" = 5', '"0a" = 5\n"0A" = 4', 12, "twice"),
        ('"{key}"', '"31"', 8, "has no {key}"),
        ('"{key}"', '"{key}"\nwithin = 1', 9, "is not known"),
        ("[ask]", "[show]", 4, "is not known"),
        ("[ask]\nsend = \"'?'\"\n", "", 0, "[ask] is missing"),
        ('kind = "rating"', 'kind = "rating"\n[show]\nsend = "01"', 3, "is not known"),
    ],
)
def test_a_pad_that_cannot_work_is_refused_with_line_and_reason(old: str, new: str, line: int, why: str) -> None:
    with pytest.raises(TemplateError) as caught:
        read(RATING.replace(old, new, 1), "own.toml")

    assert why in str(caught.value)
    assert caught.value.line == line


def test_steps_must_be_over_before_those_who_wait_give_up() -> None:
    with pytest.raises(TemplateError, match=r"line 16: .* within 8 seconds"):
        read(DISPLAY + "within = 3.0\n")
    with pytest.raises(TemplateError, match="within 2 seconds"):
        read(DISPLAY + '\n[health]\nsend = "05"\nanswer = "06"\nwithin = 1.0\nretries = 2\n')


def test_a_file_that_is_not_there_or_no_text_or_a_book_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "book.toml").write_text("#" * 70000, encoding="utf-8")
    for name in ("none.toml", "bytes.toml", "book.toml"):
        with pytest.raises(TemplateError):
            templates.load(tmp_path / name)


def test_the_program_says_what_would_be_sent_and_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "own.toml"
    wrong.write_text(DISPLAY.replace("{colour:u8}", "{kolour}"), encoding="utf-8")

    assert templates.main(["xunpeng", "plain_keys"]) == 0
    assert "3a 01 11 00 00 12 0a" in capsys.readouterr().out
    assert templates.main([str(wrong)]) == 1
    assert "own.toml: line 14: [show] send: {kolour} is no place" in capsys.readouterr().out
    assert templates.main([]) == 2


@given(st.sampled_from([DISPLAY, RATING, *(path.read_text("utf-8") for path in SHIPPED)]), st.data())
def test_a_mutated_template_can_work_or_says_why_not(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 12))
        put = data.draw(
            st.one_of(st.text(max_size=6), st.sampled_from(["{", "}", "{from}", "{to}", "[", "]", '"', "=", "9", "\n"]))
        )
        text = text[:at] + put + text[at + gone :]
    try:
        template = read(text)
    except TemplateError:
        return
    for step in template.steps.values():
        if step.send is not None:
            assert step.send.render(template.values_for(call("A017", "WINDOW 12"), {}))


@given(st.text(max_size=80))
def test_any_text_is_refused_as_a_template(text: str) -> None:
    with pytest.raises(TemplateError):
        read(text)
