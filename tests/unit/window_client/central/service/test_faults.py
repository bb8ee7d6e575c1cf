import asyncio
from typing import Any

import pytest

from window_client.central.service.faults import Faults


class Cycle:
    """The part of uvicorn's request that the faults reach for."""

    def __init__(self, body: bytes = b"") -> None:
        self.disconnected = False
        self.transport = self
        self._body = body

    def abort(self) -> None:
        self.disconnected = True

    async def receive(self) -> dict[str, Any]:
        return {"type": "http.request", "body": self._body, "more_body": False}


async def app(_scope: Any, receive: Any, send: Any) -> None:
    message = await receive()
    if message["type"] == "http.disconnect":
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"fine"})


def ask(faults: Faults, path: str = "/v1/cases/1", body: bytes = b"") -> tuple[Cycle, list[dict[str, Any]]]:
    cycle, sent = Cycle(body), []

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(faults({"type": "http", "path": path}, cycle.receive, send))
    return cycle, sent


@pytest.mark.parametrize("name", ["500", "422", "401", "429:7"])
def test_a_status_is_answered_instead(name: str) -> None:
    faults = Faults(app)
    faults.set(name)
    _, sent = ask(faults)

    assert sent[0]["status"] == int(name.partition(":")[0])
    assert ((b"retry-after", b"7") in sent[0]["headers"]) == (":" in name)


def test_a_fault_can_be_for_one_path_and_some_times() -> None:
    faults = Faults(app)
    faults.set("500", path="/v1/cases", times=2)

    statuses = [
        ask(faults, path)[1][0]["status"] for path in ("/v1/queue", "/v1/cases/1", "/v1/cases/2", "/v1/cases/3")
    ]
    assert statuses == [200, 500, 500, 200]


def test_refusing_cuts_without_an_answer() -> None:
    faults = Faults(app)
    faults.set("refuse")
    cycle, sent = ask(faults)

    assert (cycle.disconnected, sent) == (True, [])


def test_a_lost_answer_is_lost_after_the_work() -> None:
    worked: list[int] = []

    async def working(scope: Any, receive: Any, send: Any) -> None:
        worked.append(1)
        await app(scope, receive, send)

    faults = Faults(working)
    faults.set("lose_answer")
    cycle, sent = ask(faults)

    assert (worked, cycle.disconnected, sent) == ([1], True, [])


def test_a_cut_counts_bytes_over_requests_and_strikes_once() -> None:
    faults = Faults(app)
    faults.set("cut:150")
    outcomes = [ask(faults, body=b"x" * 100)[0].disconnected for _ in range(3)]

    assert outcomes == [False, True, False]


def test_a_page_of_a_proxy_and_broken_json_look_like_success() -> None:
    faults = Faults(app)
    for name, start in (("html", b"<html"), ("broken", b"{")):
        faults.set(name)
        _, sent = ask(faults)
        assert sent[0]["status"] == 200
        assert sent[1]["body"].startswith(start)


def test_slow_answers_come_in_the_end() -> None:
    faults = Faults(app)
    faults.set("slow:0.01")

    assert ask(faults)[1][0]["status"] == 200


def test_unknown_faults_are_refused_and_healing_helps() -> None:
    faults = Faults(app)
    with pytest.raises(ValueError, match="no such fault"):
        faults.set("gremlins")
    with pytest.raises(ValueError, match="no such fault"):
        faults.set("299")
    faults.set("500")
    faults.clear()

    assert ask(faults)[1][0]["status"] == 200
