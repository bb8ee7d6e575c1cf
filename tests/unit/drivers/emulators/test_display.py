from threading import Thread

from drivers.display import frames
from drivers.emulators.display import Display


def nothing_to_say(_data: bytes) -> None:
    raise AssertionError("a display never answers")


def test_it_shows_what_it_is_sent() -> None:
    display = Display()
    display.take(frames.picture("A017", "WINDOW 3"), nothing_to_say)

    assert display.state() == {"upper": "A017", "lower": "WINDOW 3", "bytes": 49}


def test_it_takes_nothing_while_it_is_stalled() -> None:
    display = Display()
    display.set_fault("stalled")
    sending = Thread(target=display.take, args=(frames.picture("A017", ""), nothing_to_say))
    sending.start()
    assert display.lines() == ("", "")

    display.set_fault(None)
    sending.join(10)
    assert display.lines() == ("A017", "")
