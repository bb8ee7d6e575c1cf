"""The voice as the settings make it; what is heard is tested in tests/drivers/test_voice.py."""

import sys
from threading import Event

import pytest

from drivers.contracts import Announcement, DeviceConfig
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.voice.driver import SpokenCalls

PLAYER = f"{sys.executable} -c 'import sys; sys.stdin.buffer.read()'"


def _voice(url: str = "sound://", **options: str | int) -> SpokenCalls:
    return SpokenCalls(DeviceConfig("voice", "voice", "spoken", url, options={"player": PLAYER, **options}))


def test_a_machine_with_an_engine_and_a_player_is_ready_in_both_languages() -> None:
    voice = _voice()
    voice.open()
    health = voice.health()
    assert (health.state, health.code) == (DeviceState.READY, "")
    assert health.facts["zh"] == health.facts["en"] == "engine"
    voice.say(Announcement("A017", "3"), cancel=Event())
    voice.close()
    voice.close()


def test_without_clips_and_engine_it_refuses_to_be_silent() -> None:
    with pytest.raises(DeviceError) as caught:
        _voice(engine="none").open()
    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "no_voice")


def test_without_a_player_there_is_no_sound() -> None:
    with pytest.raises(DeviceError) as caught:
        _voice(player="/nonexistent/player").open()
    assert (caught.value.fault, caught.value.code) == (Fault.ABSENT, "no_sound")


def test_closed_it_says_that_it_cannot_be_heard() -> None:
    voice = _voice()
    assert voice.health().state is DeviceState.OFFLINE
    with pytest.raises(DeviceError) as caught:
        voice.say(Announcement("A1", "1"), cancel=Event())
    assert caught.value.code == "no_sound"


def test_an_address_that_is_no_loudspeaker_is_refused() -> None:
    with pytest.raises(DeviceError) as caught:
        _voice("serial:///dev/null").open()
    assert caught.value.code == "unsupported"


def test_a_call_in_no_language_that_is_known_is_refused() -> None:
    voice = _voice()
    voice.open()
    with pytest.raises(DeviceError) as caught:
        voice.say(Announcement("A1", "1", ("xx",)), cancel=Event())
    assert caught.value.code == "no_voice"
