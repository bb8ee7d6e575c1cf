"""The light table of readings says what pypinyin says."""

from pypinyin import Style, pinyin

from window_client.readings import plain, readings


def test_it_agrees_with_pypinyin_on_every_common_character() -> None:
    spoken = readings()
    for code in range(0x4E00, 0x9FA6):
        character = chr(code)
        found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
        expected = frozenset(reading.replace("ü", "v").lower() for row in found for reading in row if reading)
        assert spoken(character) == expected, character


def test_signs_that_are_not_spoken_have_no_reading() -> None:
    spoken = readings()
    assert spoken("（") == spoken("a") == spoken("") == frozenset()


def test_a_reading_loses_its_tone_and_keeps_its_u_umlaut_as_v() -> None:
    assert [plain(text) for text in ("háng", "nǚ", "lüè", "Xīng")] == ["hang", "nv", "lve", "xing"]
