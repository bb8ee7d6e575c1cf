from pathlib import Path

import pytest

from ui.looks import SWITCHES, Looks, LooksFile


def test_language_and_contrast_go_there_and_back() -> None:
    for switch in ("language", "contrast"):
        assert Looks().switched(switch) != Looks()
        assert Looks().switched(switch).switched(switch) == Looks()


def test_text_grows_to_huge_and_shrinks_to_normal_and_stops_there() -> None:
    sizes = [Looks()]
    for switch in ("text_smaller", "text_larger", "text_larger", "text_larger", "text_smaller", "text_normal"):
        sizes.append(sizes[-1].switched(switch))
    assert [looks.text for looks in sizes] == ["normal", "normal", "large", "huge", "huge", "large", "normal"]


def test_the_button_goes_round_the_sizes() -> None:
    looks = Looks()
    seen = []
    for _ in range(3):
        looks = looks.switched("large_text")
        seen.append(looks.text)
    assert seen == ["large", "huge", "normal"]


def test_every_switch_is_known_and_none_other() -> None:
    for switch in SWITCHES:
        Looks().switched(switch)
    with pytest.raises(KeyError):
        Looks().switched("volume")


def test_the_theme_of_a_choice_has_its_colours_and_its_scale() -> None:
    theme = Looks("en", "dark", "huge").themed()
    assert (theme.name, theme.scale) == ("dark", 1.5)


def test_each_clerk_keeps_her_own_choice(tmp_path: Path) -> None:
    kept = LooksFile(tmp_path / "deep" / "looks.json")
    kept.keep("1203", Looks("en", "dark", "large"))
    kept.keep("1204", Looks())
    again = LooksFile(tmp_path / "deep" / "looks.json")
    assert again.of("1203", Looks()) == Looks("en", "dark", "large")
    assert again.of("1204", Looks("en")) == Looks()
    assert again.of("1299", Looks(text="huge")) == Looks(text="huge")


@pytest.mark.parametrize("text", ["", "[]", '{"1203": 7}', '{"1203": {"theme": "pink", "text": []}}', "\x00"])
def test_a_damaged_file_gives_the_usual_looks_and_is_written_again(tmp_path: Path, text: str) -> None:
    path = tmp_path / "looks.json"
    path.write_text(text)
    kept = LooksFile(path)
    assert kept.of("1203", Looks("en")) == Looks("en")
    kept.keep("1203", Looks(theme="dark"))
    assert kept.of("1203", Looks()) == Looks(theme="dark")


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    LooksFile(blocked / "looks.json").keep("1203", Looks())


def test_what_was_pressed_at_sign_in_is_what_differs_from_the_usual() -> None:
    assert Looks().differing(Looks()) == {}
    assert Looks("en", "light", "large").differing(Looks()) == {"language": "en", "text": "large"}
