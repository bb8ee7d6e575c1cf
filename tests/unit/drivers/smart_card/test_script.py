"""Scripts of what is read of a chip card: refused with line and reason, or working."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.smart_card import apdu, script

GOOD = """name = "卡"
atr = ["3B 6D .. 00"]

[application]
aid = "A0 00 00 01"

[[read]]
file = "EF05"
records = [1, 3]
tlv = true
[read.fields]
card_no = {tag = "07", as = "ascii"}
sex = {tag = "5F35", as = "ascii", words = {"1" = "男"}}

[[read]]
sfi = 6
binary = [0, 64]
needs = "pin"
optional = true
[read.fields]
name = {at = 0, size = 30, as = "gbk"}
rest = {at = 30, as = "hex"}
"""


def test_the_shipped_scripts_can_work() -> None:
    scripts = {name: script.load(name) for name in script.shipped()}

    assert "social_security" in scripts
    assert scripts["social_security"].application == "sx1.sh.社会保障".encode("gb18030")


def test_a_script_becomes_commands_and_fields() -> None:
    made = script.read(GOOD)
    first, second = made.reads

    assert made.fits(bytes.fromhex("3B6D990000"))
    assert not made.fits(bytes.fromhex("3B00"))
    assert made.application == bytes.fromhex("A0000001")
    assert first.select == apdu.select_file(0xEF05)
    assert list(first.commands) == [apdu.read_record(number) for number in (1, 2, 3)]
    assert second.select == b""
    assert list(second.commands) == [apdu.read_binary(0, 64, sfi=6)]
    assert (second.needs, second.optional) == ("pin", True)
    assert first.take([bytes.fromhex("07 02 41 31"), bytes.fromhex("5F 35 01 31")]) == {"card_no": "A1", "sex": "男"}
    assert second.take(["测试".encode("gbk").ljust(30) + b"\x01\x02"]) == {"name": "测试", "rest": "0102"}


def test_long_files_are_read_in_pieces() -> None:
    made = script.read('name = "a"\n[[read]]\nfile = "EF01"\nbinary = [10, 600]\n[read.fields]\nx = {as = "hex"}')

    assert list(made.reads[0].commands) == [
        apdu.read_binary(10, 255),
        apdu.read_binary(265, 255),
        apdu.read_binary(520, 90),
    ]


def test_a_field_that_is_written_otherwise_is_empty_and_nothing_at_all_is_refused() -> None:
    first = script.read(GOOD).reads[0]

    assert first.take([bytes.fromhex("07 01 80"), bytes.fromhex("5F 35 01 32")]) == {"card_no": "", "sex": "2"}
    with pytest.raises(ValueError, match="none of the fields"):
        first.take([bytes.fromhex("07 01 80")])


def test_columns_that_were_cut_off_are_refused() -> None:
    with pytest.raises(ValueError, match="name was cut off"):
        script.read(GOOD).reads[1].take([b"short"])


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('name = "卡"', "name = 3", 1, "name"),
        ('name = "卡"', 'nam = "卡"', 1, "nam: is not known"),
        ('name = "卡"', "name = ", 1, "is not TOML"),
        ('["3B 6D .. 00"]', '["3B 6"]', 2, "atr"),
        ('aid = "A0 00 00 01"', 'aid = "A0 0"', 5, "aid: must be bytes"),
        ('aid = "A0 00 00 01"', 'aid = ""', 5, "1 to 16 bytes"),
        ('aid = "A0 00 00 01"', "", 4, "either name or aid"),
        ('file = "EF05"', 'file = "EF5"', 8, "file: must be two bytes"),
        ('file = "EF05"', 'file = "EF05"\nsfi = 3', 9, "sfi: stands beside file"),
        ("records = [1, 3]", "records = [3, 1]", 9, "records"),
        ("records = [1, 3]", "records = [1, true]", 9, "two whole numbers"),
        ("records = [1, 3]", "records = [1, 3]\nbinary = [0, 1]", 7, "either records or binary"),
        ("tlv = true", "tlv = 1", 10, "tlv: must be true or false"),
        ('tag = "07"', 'tag = "7"', 12, "card_no: tag must be"),
        ('tag = "07"', 'tag = "00"', 12, "tag cannot be"),
        ('tag = "5F35"', 'tag = "0735"', 13, "tag cannot be"),
        ('tag = "07", as', "at = 7, as", 12, "at is not known"),
        ('as = "ascii"}', 'as = "klingon"}', 12, "as must be one of"),
        ('words = {"1" = "男"}', "words = 1", 13, "words"),
        ("sfi = 6", "sfi = 31", 16, "sfi"),
        ("binary = [0, 64]", "binary = [0, 0]", 17, "binary"),
        ("binary = [0, 64]", "binary = [0, 300]", 17, "with sfi"),
        ('needs = "pin"', 'needs = "luck"', 18, "needs"),
        ("optional = true", "optinal = true", 19, "optinal: is not known"),
        ("size = 30", "size = -1", 21, "at and size"),
        ("rest =", "card_no =", 0, "stands there twice"),
        ("rest =", "Rest =", 22, "small letters"),
        ("[read.fields]\nname", "[read.field]\nname", 20, "field: is not known"),
    ],
)
def test_a_script_that_cannot_work_is_refused_with_line_and_reason(old: str, new: str, line: int, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(script.ScriptError) as caught:
        script.read(GOOD.replace(old, new, 1), "mine.toml")

    assert reason in caught.value.reason
    assert caught.value.line == line
    assert str(caught.value).startswith("mine.toml")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"#" * 70_000, b""])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "odd.toml"
    file.write_bytes(content)
    for name in (str(file), str(tmp_path), str(tmp_path / "none.toml")):
        with pytest.raises(script.ScriptError):
            script.load(name)


@given(st.text(max_size=300))
def test_arbitrary_text_is_a_script_or_refused(text: str) -> None:
    with pytest.raises(script.ScriptError):
        script.read(text)


LINES = GOOD.splitlines()
ODD = st.sampled_from(
    [
        *LINES,
        "records = 3",
        "records = [[1], {}]",
        "atr = 1",
        "[application]",
        "read = 1",
        "[[read]]",
        "sfi = 1.5",
        'x = {tag = "07", as = ["gbk"]}',
        "fields = 1",
        "[[read.fields]]",
        "words = 1979-05-27",
        'as = "gbk"',
        "needs = []",
        "tlv = []",
        "name = []",
        'x = {as = "hex", at = 99999999999999999999, size = 1}',
        "file = 1",
        "[read]",
        '"" = 1',
    ]
)


@given(st.lists(st.tuples(st.integers(0, len(LINES)), ODD, st.booleans()), max_size=4))
def test_a_mutated_script_works_or_is_refused(changes: list[tuple[int, str, bool]]) -> None:
    lines = list(LINES)
    for at, line, instead in changes:
        lines[at : at + instead] = [line]
    try:
        made = script.read("\n".join(lines))
    except script.ScriptError as error:
        assert error.line <= len(lines)  # noqa: PT017 - either is right
        return
    assert all(row.commands and row.fields for row in made.reads)


@given(st.lists(st.binary(max_size=80), max_size=4))
def test_whatever_a_card_answers_is_fields_or_refused(blocks: list[bytes]) -> None:
    for row in (*script.read(GOOD).reads, *script.load("social_security").reads):
        try:
            found = row.take(blocks)
        except ValueError:
            continue
        assert all(isinstance(value, str) for value in found.values())
