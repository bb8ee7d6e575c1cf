"""Four corners that a person moves over a picture, and how far a view is zoomed. Geometry only, no painting."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

Corners = tuple[tuple[float, float], ...]
"""Four corners in unit coordinates of the picture, clockwise from the top left."""

WHOLE: Corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
LARGEST = 8.0
"""Times the whole page that a view may be enlarged."""

STEP = 1.25
"""One step of the zoom keys and of the wheel."""


def is_page(corners: Corners) -> bool:
    """Whether the corners enclose a page: convex, clockwise, and not all but empty."""
    area = 0.0
    for n in range(4):
        (x0, y0), (x1, y1), (x2, y2) = corners[n], corners[(n + 1) % 4], corners[(n + 2) % 4]
        if (x1 - x0) * (y2 - y1) - (y1 - y0) * (x2 - x1) <= 0:
            return False
        area += x0 * y1 - x1 * y0
    return area / 2 > 0.002


def moved(corners: Corners, which: int, x: float, y: float) -> Corners:
    """The corners with one of them at (x, y), kept inside the picture; unchanged where they would enclose no page."""
    place = (min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))
    new = tuple(place if n == which else corner for n, corner in enumerate(corners))
    return new if is_page(new) else corners


def nearest(points: list[QPointF], at: QPointF, reach: float) -> int:
    """The corner under the pointer, -1 for none within ``reach`` pixels."""
    apart = [(point - at).manhattanLength() for point in points]
    best = min(range(len(points)), key=apart.__getitem__, default=-1)
    return best if best >= 0 and apart[best] <= reach else -1


@dataclass(slots=True)
class Zoom:
    """Where a picture stands in a view: ``factor`` 1 shows all of it, ``middle`` is what is in the middle (0 to 1)."""

    factor: float = 1.0
    x: float = 0.5
    y: float = 0.5

    @property
    def enlarged(self) -> bool:
        """Whether not all of the picture is seen."""
        return self.factor > 1.001

    def reset(self) -> None:
        """All of the picture."""
        self.factor, self.x, self.y = 1.0, 0.5, 0.5

    def target(self, picture: QSizeF, room: QRectF) -> QRectF:
        """Where the whole picture lies, in the coordinates of the view; ``room`` is where it may be seen."""
        if picture.isEmpty() or room.isEmpty():
            return QRectF()
        scale = min(room.width() / picture.width(), room.height() / picture.height()) * self.factor
        width, height = picture.width() * scale, picture.height() * scale
        self.x, self.y = _held(self.x, width, room.width()), _held(self.y, height, room.height())
        return QRectF(room.center().x() - self.x * width, room.center().y() - self.y * height, width, height)

    def by(self, steps: float, at: QPointF, picture: QSizeF, room: QRectF) -> None:
        """Enlarge by steps (or reduce); what is under ``at`` stays there."""
        before = self.target(picture, room)
        if before.isEmpty():
            return
        x, y = (at.x() - before.x()) / before.width(), (at.y() - before.y()) / before.height()
        self.factor = min(max(self.factor * STEP**steps, 1.0), LARGEST)
        scale = self.factor * min(room.width() / picture.width(), room.height() / picture.height())
        self.x = x - (at.x() - room.center().x()) / (picture.width() * scale)
        self.y = y - (at.y() - room.center().y()) / (picture.height() * scale)
        self.target(picture, room)

    def pan(self, dx: float, dy: float, picture: QSizeF, room: QRectF) -> None:
        """Move the picture by pixels of the view."""
        there = self.target(picture, room)
        if not there.isEmpty():
            self.x -= dx / there.width()
            self.y -= dy / there.height()
            self.target(picture, room)


def _held(middle: float, size: float, room: float) -> float:
    """No further than to the picture's border; in the middle where all of it is seen."""
    if size <= room:
        return 0.5
    reach = room / 2 / size
    return min(max(middle, reach), 1 - reach)
