from collections.abc import Callable
from typing import Any

import httpx
import msgspec
import pytest

from window_client.central import contract
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.door import WindowDoor
from window_client.reception.state import Clerk
from window_client.tokens import Tokens

WANG = contract.Clerk("1203", "王芳", roles=("clerk",))


def door(
    answer: Callable[[httpx.Request], httpx.Response], went_on: list[str] | None = None
) -> tuple[WindowDoor, Tokens]:
    tokens = Tokens("test", keyring_on=False)
    client = CentralClient("http://centre", transport=lambda: httpx.MockTransport(answer), token=tokens.now)
    made = WindowDoor(client, tokens, 12, lambda: (went_on if went_on is not None else []).append("on"))
    return made, tokens


def session(clerk: contract.Clerk = WANG) -> Callable[[httpx.Request], httpx.Response]:
    body = msgspec.json.encode(contract.Session("2026-11-24T22:00:00+08:00", clerk, 12, "new-token"))
    return lambda _request: httpx.Response(200, content=body, headers={"Content-Type": "application/json"})


def no_line(_request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no line")


def test_the_centre_lets_in_and_its_token_is_kept() -> None:
    asked: list[dict[str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(msgspec.json.decode(request.content))
        return session()(request)

    made, tokens = door(answer)
    assert made.sign_in("1203", "demo") == (Clerk("1203", "王芳", ("clerk",)), True)
    assert asked == [{"account": "1203", "password": "demo", "window": 12}]
    assert tokens.now() == "new-token"


def test_sending_goes_on_once_the_centre_knows_the_clerk() -> None:
    went_on: list[str] = []
    made, _ = door(session(), went_on)
    made.opened(Clerk("1203", "王芳"), online=True)
    assert went_on == ["on"]
    made.opened(Clerk("1203", "王芳"), online=False)
    assert went_on == ["on"]


def test_an_account_without_the_counters_role_stays_out_and_the_token_is_not_kept() -> None:
    made, tokens = door(session(contract.Clerk("9001", "罗敏", roles=("auditor",))))
    with pytest.raises(Rejected, match="no_role"):
        made.sign_in("9001", "demo")
    assert tokens.now() is None


def test_what_a_sign_in_without_the_network_needs_is_kept_with_each_one_at_the_centre() -> None:
    made, _ = door(session())
    kept: list[tuple[str, str]] = []
    made.remember = lambda found, password: kept.append((found.clerk.account, password))
    made.sign_in("1203", "demo")

    assert kept == [("1203", "demo")]


def test_without_the_line_nobody_can_say_unless_this_machine_can() -> None:
    made, tokens = door(no_line)
    with pytest.raises(Unavailable):
        made.sign_in("1203", "demo")
    made.offline = lambda account, _password: Clerk(account, "王芳", ("clerk",))

    assert made.sign_in("1203", "demo") == (Clerk("1203", "王芳", ("clerk",)), False)
    assert tokens.now() is None


def test_nobody_need_be_asked_while_the_clerk_is_signed_in_by_himself() -> None:
    made, _ = door(no_line)
    assert not made.signs_in_itself()
    made.expected = lambda: True
    assert made.signs_in_itself()
