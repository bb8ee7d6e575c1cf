"""How wide the columns are (DESIGN.md section 2)."""

from dataclasses import dataclass

NARROW = 1280
CENTRE_MAX = 1000
CENTRE_MIN = 776
"""Between 1280 and 1366 the viewer is narrower: the sheet needs this much."""
LOW = 820
"""Below this height finished steps share one line."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in pixels; ``viewer`` 0: it is a page over the centre."""

    rail: int
    viewer: int


def columns(width: int, scale: float = 1.0) -> Columns:
    """Rail and viewer for a window ``width`` pixels wide; large text needs more room for the centre."""
    if width < NARROW or (scale > 1.0 and width < 1600):
        return Columns(240, 0)
    if width < 1440:
        return Columns(240, min(344, max(264, width - 240 - CENTRE_MIN)))
    if width < 1600:
        return Columns(256, 396)
    if width < 1920:
        return Columns(256, 440)
    return Columns(288, max(632, width - 288 - CENTRE_MAX))
