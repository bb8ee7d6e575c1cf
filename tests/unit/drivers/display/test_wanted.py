import pytest

from drivers.display.wanted import Wanted
from drivers.errors import DeviceError, DeviceState, Fault


class Board:
    """What a display shows; ``troubles`` are raised by the next sendings."""

    def __init__(self) -> None:
        self.shown = ("old", "")
        self.troubles: list[DeviceError] = []
        self.wanted = Wanted(self.blank)

    def blank(self) -> None:
        self.shown = ("", "")

    def show(self, upper: str, lower: str) -> None:
        with self.wanted.showing(upper, lower):
            if self.troubles:
                raise self.troubles.pop(0)
            self.shown = (upper, lower)

    def trouble(self, fault: Fault, code: str = "") -> None:
        self.troubles.append(DeviceError("board", fault, code))
        with pytest.raises(DeviceError):
            self.show("A017", "")


def test_what_was_lost_on_the_way_is_shown_at_the_next_look() -> None:
    board = Board()
    for fault, code in ((Fault.TIMEOUT, ""), (Fault.GARBLED, ""), (Fault.REFUSED, "busy")):
        board.shown = ("old", "")
        board.trouble(fault, code)
        assert board.shown == ("old", "")
        assert board.wanted.health(board.show, {}) is None
        assert board.shown == ("A017", "")


def test_while_it_cannot_be_shown_the_look_says_why() -> None:
    board = Board()
    board.trouble(Fault.REFUSED, "no_font")
    board.troubles.append(DeviceError("board", Fault.REFUSED, "no_font"))

    health = board.wanted.health(board.show, {"model": "x"})
    assert health is not None
    assert (health.state, health.code, health.facts) == (DeviceState.FAULT, "no_font", {"model": "x"})


def test_a_number_that_can_never_be_shown_takes_the_old_one_away_and_is_told_until_the_next() -> None:
    board = Board()
    board.trouble(Fault.REFUSED, "cannot_show")
    assert board.shown == ("", "")
    for _ in range(2):
        health = board.wanted.health(board.show, {})
        assert health is not None
        assert health.code == "cannot_show"

    board.show("A018", "")
    assert board.wanted.health(board.show, {}) is None


def test_a_display_that_does_not_even_blank_keeps_its_first_trouble() -> None:
    def stuck() -> None:
        raise DeviceError("board", Fault.TIMEOUT)

    board = Board()
    board.wanted = Wanted(stuck)
    board.trouble(Fault.REFUSED, "cannot_show")
    health = board.wanted.health(board.show, {})

    assert health is not None
    assert health.code == "cannot_show"
    board.wanted.forget()
    assert board.wanted.health(board.show, {}) is None
