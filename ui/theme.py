"""Colours, sizes and type as one immutable object, made from ``resources/theme/tokens.json``.

Nothing in the screens names a colour or a bare pixel size: widgets ask the theme. A larger text or a dark
theme is another ``Theme`` object, never a patch of the present one. Column widths are not scaled (DESIGN.md
section 3), so they are asked for with ``width``; everything else goes through ``px`` or a named size.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ui import qss

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
BUNDLED_FAMILY = "Counter Sans SC"


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """One row of the type scale: size and line height in pixels, and the weight."""

    px: int
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class Theme:
    """What the screens look like. Take one from ``load``; ``scale`` is 1, 1.25 (large text) or 1.5 (huge)."""

    name: str
    scale: float
    families: tuple[str, ...]
    colours: Mapping[str, str]
    types: Mapping[str, TypeStyle]
    sizes: Mapping[str, int]
    radii: Mapping[str, int]

    @staticmethod
    def load(name: str = "light", scale: float = 1.0) -> "Theme":
        """Read the tokens; ``name`` is ``light``, ``dark`` or ``board``.

        Raises:
            KeyError: There is no theme of that name.
        """
        tokens = json.loads((RESOURCES / "theme" / "tokens.json").read_text("utf-8"))
        styles = {k: v for k, v in tokens["type"].items() if not k.startswith("$")}
        return Theme(
            name=name,
            scale=scale,
            families=(BUNDLED_FAMILY, *(f for f in tokens["font"]["ui"] if f != "sans-serif")),
            colours=tokens["color"][name],
            types={k: TypeStyle(round(px * scale), round(line * scale), w) for k, (px, line, w) in styles.items()},
            sizes=tokens["size"],
            radii=tokens["radius"],
        )

    def hex(self, token: str) -> str:
        """The colour as ``#RRGGBB``."""
        return self.colours[token]

    def colour(self, token: str) -> QColor:
        """The colour of a token."""
        return QColor(self.colours[token])

    def px(self, length: float) -> int:
        """A length of the design in pixels, grown with the text."""
        return round(length * self.scale)

    def size(self, token: str) -> int:
        """A named size of the tokens, grown with the text."""
        return round(self.sizes[token] * self.scale)

    def width(self, token: str) -> int:
        """A named column width, which stays when the text grows."""
        return self.sizes[token]

    def radius(self, token: str) -> int:
        """A corner radius."""
        return self.radii[token]

    def font(self, style: str, *, bold: bool | None = None, weight: int | None = None) -> QFont:
        """The font of a type style by pixel size; ``bold`` and ``weight`` override its weight."""
        chosen = self.types[style]
        return self.font_of(chosen.px, weight or (chosen.weight if bold is None else 700 if bold else 400))

    def font_of(self, px: int, weight: int = 400) -> QFont:
        """A font of ``px`` pixels that are already scaled; for the few sizes outside the scale."""
        font = QFont()
        font.setFamilies(list(self.families))
        font.setPixelSize(px)
        font.setWeight(QFont.Weight(weight))
        return font

    def line(self, style: str) -> int:
        """The line height of a type style in pixels."""
        return self.types[style].line

    def stylesheet(self) -> str:
        """The QSS of the whole application."""
        return qss.stylesheet(self)


class _Current(QObject):
    """Holds the theme in force; ``changed`` lets custom-painted widgets paint again."""

    changed = Signal()
    theme: Theme | None = None


_current = _Current()
_fonts_loaded: list[int] = []


def current() -> Theme:
    """The theme in force (the light one until ``apply_theme`` was called)."""
    if _current.theme is None:
        _current.theme = Theme.load()
    return _current.theme


def load_fonts() -> None:
    """Make the bundled fonts known to Qt; where there are none, the system's families are used."""
    if _fonts_loaded:
        return
    files = sorted((RESOURCES / "fonts").glob("*.otf"))
    _fonts_loaded.extend(QFontDatabase.addApplicationFont(str(path)) for path in files)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the application: Fusion beneath, the bundled font, a palette for what QSS does not reach, and the QSS."""
    load_fonts()
    _current.theme = theme
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setFont(theme.font("body"))
    palette = QPalette()
    for role, token in (
        (QPalette.ColorRole.Window, "bg"),
        (QPalette.ColorRole.Base, "panel"),
        (QPalette.ColorRole.Text, "ink"),
        (QPalette.ColorRole.WindowText, "ink"),
        (QPalette.ColorRole.ButtonText, "ink"),
        (QPalette.ColorRole.Highlight, "accent"),
        (QPalette.ColorRole.HighlightedText, "on-accent"),
        (QPalette.ColorRole.PlaceholderText, "ink-3"),
    ):
        palette.setColor(role, theme.colour(token))
    app.setPalette(palette)
    app.setStyleSheet(theme.stylesheet())
    _current.changed.emit()
