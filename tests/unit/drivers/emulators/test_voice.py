"""The loudspeaker's own rules; drivers meet it in tests/drivers/test_voice.py."""

import socket
import threading

import numpy as np
import pytest

from drivers.emulators import serving
from drivers.emulators.voice import FAULTS, Loudspeaker
from drivers.voice.sound import HEARD, Sound, write_wav

SOUND = write_wav(Sound(8_000, np.full(8_000, 5_000, np.int16)))


def _say(speaker: Loudspeaker, data: bytes, *, hang_up: bool = False) -> bytes:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        admin = serving.Admin(faults=FAULTS, state=speaker.state)
        thread = threading.Thread(target=speaker.talk, args=(theirs, admin))
        thread.start()
        for at in range(0, len(data), 1_000):
            ours.sendall(data[at : at + 1_000])
        if hang_up:
            ours.shutdown(socket.SHUT_WR)
            thread.join(20)
            return b""
        ours.settimeout(20)
        answer = ours.recv(1)
        thread.join(20)
        return answer


def test_a_whole_file_in_pieces_is_heard_and_said_so() -> None:
    speaker = Loudspeaker(100, show=False)
    assert _say(speaker, SOUND) == HEARD
    (row,) = speaker.spoken()
    assert (row["whole"], row["overlapped"]) == (True, False)
    assert row["seconds"] == pytest.approx(1.0)
    assert row["loudness"] == pytest.approx(5_000)


@pytest.mark.parametrize("data", [b"", SOUND[:500], b"RIFF\x04\x00\x00\x00junk"])
def test_half_a_file_and_no_file_are_not_heard(data: bytes) -> None:
    speaker = Loudspeaker(100, show=False)
    _say(speaker, data, hang_up=True)
    assert speaker.spoken() == []


def test_hanging_up_silences_it() -> None:
    speaker = Loudspeaker(0.1, show=False)
    _say(speaker, SOUND, hang_up=True)
    assert speaker.spoken()[0]["whole"] is False
    assert speaker.state() == {"calls": 1, "playing": 0}
