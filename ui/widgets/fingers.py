"""Which of the touches on a pad writes; no widgets in here."""

from PySide6.QtCore import QPointF

PALM = 90
"""Pixels of the design: a touch as wide as this is a palm."""

SLOP = 8
"""Pixels of the design that a resting hand may tremble."""

REST_MS = 600
"""A touch that lies so long without moving was a rest, not a dot."""

Touch = tuple[QPointF, int, float]
"""Place, time stamp in ms, pressure."""

News = list[tuple[str, Touch]]
"""What came of a touch: ``begin``, ``go`` and ``end`` of a stroke."""


class Fingers:
    """Tells the writing finger from what else touches the pad.

    The first touch that moves writes until it is lifted, wherever it stands in Qt's list; what rests beside it (the
    ball of the hand, another finger) writes nothing. A short tap is a dot.
    """

    def __init__(self) -> None:
        self.leader: int | None = None
        self._waiting: dict[int, list[Touch]] = {}

    def forget(self) -> None:
        """Nothing touches any more."""
        self.leader = None
        self._waiting.clear()

    def down(self, finger: int, touch: Touch, *, palm: bool) -> None:
        """A touch begins. While another one writes, it is none of a writer."""
        if not palm and self.leader is None:
            self._waiting[finger] = [touch]

    def move(self, finger: int, touch: Touch, slop: float, *, palm: bool) -> News:
        """A touch moves: the leader goes on, or somebody becomes it."""
        if finger == self.leader:
            return [("go", touch)]
        path = self._waiting.get(finger)
        if path is None or self.leader is not None:
            return []
        if palm:
            del self._waiting[finger]
            return []
        path.append(touch)
        if (touch[0] - path[0][0]).manhattanLength() < slop:
            return []
        self.leader = finger
        self._waiting.clear()
        return [("begin", path[0]), *(("go", one) for one in path[1:])]

    def up(self, finger: int, touch: Touch) -> News:
        """A touch ends: the leader's stroke, or a dot."""
        if finger == self.leader:
            self.forget()
            return [("end", touch)]
        path = self._waiting.pop(finger, None)
        if path is None or self.leader is not None or touch[1] - path[0][1] > REST_MS:
            return []
        return [("begin", path[0]), ("end", path[0])]
