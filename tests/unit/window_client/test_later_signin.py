import time
from collections.abc import Callable, Iterator

import httpx
import msgspec
import pytest

from window_client.central import contract
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.dispatch import ManualDispatcher
from window_client.lane import Lane
from window_client.later_signin import LaterSignIn
from window_client.tokens import KeyringAway, Tokens


class Place:
    def __init__(self) -> None:
        self.down, self.refuse, self.roles = True, "", ("clerk",)
        self.asked: list[dict[str, object]] = []
        self.gate = ManualDispatcher()
        self.client = CentralClient("http://centre", transport=lambda: httpx.MockTransport(self.answer))
        self.lane = Lane("ask", self.gate, expected=(Unavailable, Rejected, KeyringAway))
        self.tokens = Tokens("test", keyring_on=False)
        self.done: list[contract.Session] = []
        self.refused: list[str] = []
        self.remembered: list[str] = []
        self.later = LaterSignIn(
            self.client,
            self.lane,
            self.gate,
            self.tokens,
            remember=lambda _session, password: self.remembered.append(password),
            done=self.done.append,
            refused=self.refused.append,
        )

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(msgspec.json.decode(request.content))
        if self.down:
            raise httpx.ConnectError("no line")
        if self.refuse:
            return httpx.Response(401, json={"code": self.refuse, "status": 401})
        session = contract.Session("", contract.Clerk("1203", "王芳", roles=self.roles), 12, "secret token")
        return httpx.Response(200, content=msgspec.json.encode(session), headers={"Content-Type": "application/json"})

    def until(self, condition: Callable[[], object]) -> None:
        give_up = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < give_up, "never happened"
            self.gate.run()
            time.sleep(0.002)


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place()
    yield made
    made.lane.close(5)
    made.client.close()


def test_it_asks_until_the_centre_answers_and_then_holds_nothing(place: Place) -> None:
    place.later.hold("1203", "demo", 12)
    place.later.try_now()
    place.until(lambda: len(place.asked) == 1)
    place.gate.run()
    place.down = False

    def passing() -> bool:
        place.gate.advance(2.0)
        return bool(place.done)

    place.until(passing)

    assert place.tokens.now() == "secret token"
    assert place.remembered == ["demo"]
    assert not place.later.waits
    assert place.asked[-1] == {"account": "1203", "password": "demo", "window": 12}


def test_a_no_of_the_centre_is_told_and_nothing_is_held(place: Place) -> None:
    place.down, place.refuse = False, "wrong_password"
    place.later.hold("1203", "demo", 12)
    place.later.try_now()
    place.until(lambda: place.refused)

    assert place.refused == ["wrong_password"]
    assert not place.later.waits
    assert place.tokens.now() is None


def test_a_clerk_who_lost_the_role_is_not_signed_in(place: Place) -> None:
    place.down, place.roles = False, ("reviewer",)
    place.later.hold("1203", "demo", 12)
    place.later.try_now()
    place.until(lambda: place.refused)

    assert place.refused == ["no_role"]
    assert place.tokens.now() is None


def test_nobody_is_asked_for_while_nobody_is_held(place: Place) -> None:
    place.later.try_now()
    place.later.hold("1203", "demo", 12)
    place.later.wipe()
    place.later.try_now()
    place.gate.run()

    assert place.asked == []
    assert not place.later.waits
