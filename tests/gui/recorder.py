"""An actions object for view tests: it notes what was asked."""

from collections.abc import Callable


class Recorder:
    """Takes any action and notes (name, arguments). Not a mock: nothing is checked or answered here."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        def note(*args: object) -> None:
            self.asked.append((name, *args))

        return note
