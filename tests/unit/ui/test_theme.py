import pytest

from ui.theme import Theme

PAIRS = [
    ("ink", "panel"), ("ink", "bg"), ("ink", "sunken"), ("ink", "selected"), ("ink-2", "panel"), ("ink-2", "bg"),
    ("ink-2", "sunken"), ("ink-3", "panel"), ("ink-3", "sunken"), ("ink-3", "bg"), ("accent", "panel"),
    ("accent", "accent-soft"), ("on-accent", "accent"), ("on-accent", "accent-hover"), ("ok", "panel"),
    ("ok", "ok-soft"), ("warn", "panel"), ("warn", "warn-soft"), ("bad", "panel"), ("bad", "bad-soft"),
    ("bar-ink", "bar"), ("bar-ink-2", "bar"), ("stage-ink", "stage"), ("ink", "focus-bg"), ("ink", "hover"),
    ("ink-2", "hover"), ("ink-2", "selected"), ("ink", "accent-soft"), ("ink", "ok-soft"), ("ink", "warn-soft"),
    ("ink", "bad-soft"), ("on-accent", "accent-press"), ("accent", "bg"), ("accent", "selected"), ("ok", "bg"),
    ("bad", "selected"), ("bar-ink", "bar-2"), ("bar-ink-2", "bar-2"), ("warn", "bg"), ("bad", "bg"),
]  # fmt: skip


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_reaches_four_and_a_half_to_one_and_outlines_three(name: str) -> None:
    theme = Theme.load(name)
    for ink, ground in PAIRS:
        assert contrast(theme.hex(ink), theme.hex(ground)) >= 4.5, (ink, ground)
    for ground in ("panel", "bg"):
        assert contrast(theme.hex("line-strong"), theme.hex(ground)) >= 3, ground


def test_large_text_multiplies_type_and_heights_but_not_columns() -> None:
    normal, large = Theme.load(), Theme.load(scale=1.25)
    assert large.font("body").pixelSize() == round(normal.font("body").pixelSize() * 1.25)
    assert large.size("control") == 45
    assert large.width("viewer") == normal.width("viewer") == 396


def test_the_stylesheet_has_no_place_left_open_and_uses_the_tokens() -> None:
    theme = Theme.load()
    sheet = theme.stylesheet()
    assert "{accent}" not in sheet
    assert sheet.count("{") == sheet.count("}")
    assert theme.hex("accent") in sheet
    assert theme.hex("accent") not in Theme.load("dark").stylesheet()


def test_nothing_is_smaller_than_twelve_pixels() -> None:
    assert min(style.px for style in Theme.load().types.values()) >= 12
