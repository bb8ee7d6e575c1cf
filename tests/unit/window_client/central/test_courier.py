import hashlib
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from tests.unit.window_client.store.samples import KEY
from window_client.central import contract as c
from window_client.central.client import CentralClient
from window_client.central.courier import Courier, Delivery, Outcome, rating_message, visit_message
from window_client.store.outbox import Message, backoff
from window_client.store.store import Store

NOW = datetime.now(UTC) + timedelta(seconds=1)
PAGE = bytes(range(256)) * 2500  # three chunks
DIGEST = hashlib.sha256(PAGE).hexdigest()
VISIT = c.VisitReport(visit_id="v1", window=12, clerk="1203", started_at="", ended_at="", outcome="unfiled")


class Centre:
    """A fake transport: a list of what it was asked, answers by a function, pages as the contract has them."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.answer: Callable[[httpx.Request], httpx.Response | None] = lambda _request: None
        self.page = b""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        given = self.answer(request)
        if given is not None:
            return given
        if request.method == "HEAD":
            complete = str(int(self.page == PAGE))
            return httpx.Response(200, headers={"Upload-Offset": str(len(self.page)), "Upload-Complete": complete})
        if request.method == "PATCH":
            self.page += request.content
            return ok(c.PageStored(DIGEST, len(self.page), self.page == PAGE))
        if request.url.path.startswith("/v1/cases/"):
            return ok(c.CaseReceived(request.url.path.rsplit("/", 1)[1], "no", "national", "ACCEPTED", NOW.isoformat()))
        return ok(c.Done())

    def paths(self) -> list[str]:
        return [f"{request.method} {request.url.path}" for request in self.asked]


def ok(value: Any) -> httpx.Response:
    return httpx.Response(200, content=msgspec.json.encode(value), headers={"Content-Type": "application/json"})


def problem(status: int, code: str, **facts: object) -> httpx.Response:
    return httpx.Response(
        status,
        content=msgspec.json.encode({"code": code, **facts}),
        headers={"Content-Type": "application/problem+json"},
    )


class Scene:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.centre = Centre()
        self.told: list[Delivery] = []
        self.courier = Courier(
            store.second_connection,
            lambda: CentralClient("http://centre", transport=lambda: httpx.MockTransport(self.centre)),
            on_change=self.told.append,
        )

    def put(self, kind: str, body: bytes, **more: Any) -> str:
        name = f"m{len(self.store.outbox.list())}-{kind}"
        self.store.outbox.put(Message(name, kind, body, **more), now=NOW - timedelta(seconds=1))
        return name

    def put_page(self) -> str:
        digest = self.store.pages.write(PAGE)
        body = msgspec.json.encode({"case_id": "c1", "digest": digest, "size": len(PAGE)})
        return self.put("page", body, case_id="c1", size=len(PAGE))

    def left(self) -> list[tuple[str, str, str]]:
        return [(row.kind, str(row.state), row.error) for row in self.store.outbox.list()]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    store = Store.open(tmp_path / "store", KEY)
    made = Scene(store)
    yield made
    assert made.courier.stop(20)
    store.close()


def test_every_kind_goes_its_way_with_its_key_and_small_things_first(scene: Scene) -> None:
    scene.put_page()
    scene.put("rating", rating_message("v1", c.Rating(c.Grade.SATISFIED, "t")))
    scene.put("visit", visit_message(VISIT))
    case = scene.put("case", b'{"case_id":"c1"}', case_id="c1")

    assert scene.courier.deliver_once(NOW) == 4
    assert scene.centre.paths()[:3] == ["PUT /v1/ratings/v1", "POST /v1/visits", "PUT /v1/cases/c1"]
    assert scene.centre.asked[2].headers["Idempotency-Key"] == case
    assert scene.centre.asked[2].content == b'{"case_id":"c1"}'
    assert scene.left() == []


@pytest.mark.parametrize("status", [408, 425, 429, 500, 503])
def test_not_now_is_tried_again_later_and_the_next_goes_on(scene: Scene, status: int) -> None:
    scene.put("case", b"{}", case_id="c1")
    scene.put("visit", visit_message(VISIT))
    scene.centre.answer = lambda request: httpx.Response(status) if "cases" in request.url.path else None

    assert scene.courier.deliver_once(NOW) == 1
    assert scene.left() == [("case", "waiting", f"http_{status}")]
    assert scene.courier.deliver_once(NOW) == 0
    scene.centre.answer = lambda _request: None
    assert scene.courier.deliver_once(NOW + backoff(0)) == 1


def test_the_service_may_say_how_long_to_wait(scene: Scene) -> None:
    scene.put("visit", visit_message(VISIT))
    scene.centre.answer = lambda _request: httpx.Response(503, headers={"Retry-After": "90"})
    scene.courier.deliver_once(NOW)
    scene.centre.answer = lambda _request: None

    assert scene.courier.deliver_once(NOW + timedelta(seconds=89)) == 0
    assert scene.courier.deliver_once(NOW + timedelta(seconds=90)) == 1


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422])
def test_a_refusal_is_set_aside_with_its_reason_and_the_next_goes_on(scene: Scene, status: int) -> None:
    scene.put("case", b"{}", case_id="c1")
    scene.put("visit", visit_message(VISIT))
    scene.centre.answer = lambda request: problem(status, "bad_case_no") if "cases" in request.url.path else None

    assert scene.courier.deliver_once(NOW) == 1
    assert scene.left() == [("case", "set_aside", "bad_case_no")]
    assert Delivery("case", "c1", Outcome.SET_ASIDE, "bad_case_no") in scene.told


def test_a_proxys_page_is_no_acknowledgement(scene: Scene) -> None:
    scene.put("case", b"{}", case_id="c1")
    scene.centre.answer = lambda _request: httpx.Response(200, html="<html></html>")

    assert scene.courier.deliver_once(NOW) == 0
    assert scene.left() == [("case", "waiting", "not_json")]


def test_without_a_line_the_round_ends_and_only_one_message_waits(scene: Scene) -> None:
    def no_line(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    scene.put("visit", visit_message(VISIT))
    scene.put("case", b"{}", case_id="c1")
    scene.centre.answer = no_line

    assert scene.courier.deliver_once(NOW) == 0
    assert len(scene.centre.asked) == 1
    scene.centre.answer = lambda _request: None
    assert scene.courier.deliver_once(NOW) == 1  # the other one; the first waits by its own clock
    scene.courier.wake(hurry=True)
    assert scene.courier.deliver_once(NOW) == 1


def test_a_line_that_stays_away_is_tried_ever_less_often_and_at_once_when_asked(scene: Scene) -> None:
    def no_line(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    for _ in range(40):
        scene.put("visit", visit_message(VISIT))
    scene.centre.answer = no_line
    waits = []
    for place in range(8):
        now = NOW + timedelta(minutes=place)
        assert scene.courier.deliver_once(now) == 0
        assert scene.courier.next_try is not None
        waits.append((scene.courier.next_try - now).total_seconds())

    assert waits == [2, 4, 8, 16, 30, 30, 30, 30]
    assert len(scene.centre.asked) == 8, "one message tells as much of the line as all of them"
    scene.courier.wake(hurry=True)
    scene.courier.deliver_once(NOW + timedelta(minutes=9))
    assert scene.courier.next_try == NOW + timedelta(minutes=9, seconds=2)
    scene.centre.answer = lambda _request: None
    assert scene.courier.deliver_once(NOW + timedelta(hours=1)) == 20
    assert scene.courier.next_try is None


def test_a_clock_that_is_set_back_while_the_line_is_away_makes_no_wait_longer(scene: Scene) -> None:
    def no_line(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    scene.put("visit", visit_message(VISIT))
    scene.centre.answer = no_line
    scene.courier.deliver_once(NOW)
    scene.courier._clock = lambda: NOW - timedelta(days=365)

    assert scene.courier._until_next() == 30


def test_an_ended_session_stops_everything_until_somebody_signs_in(scene: Scene) -> None:
    scene.put("case", b"{}", case_id="c1")
    scene.put("visit", visit_message(VISIT))
    scene.centre.answer = lambda _request: httpx.Response(401)

    assert scene.courier.deliver_once(NOW) == 0
    assert scene.courier.signed_out
    assert len(scene.centre.asked) == 1
    scene.centre.answer = lambda _request: None
    assert scene.courier.deliver_once(NOW) == 0
    scene.courier.signed_in()
    assert scene.courier.deliver_once(NOW) == 2
    assert [row for row in scene.told if row.outcome is Outcome.SIGNED_OUT]


def test_a_page_goes_on_where_the_centre_stands(scene: Scene) -> None:
    scene.put_page()
    scene.centre.page = PAGE[: c.CHUNK]

    assert scene.courier.deliver_once(NOW) == 1
    sent = [request for request in scene.centre.asked if request.method == "PATCH"]
    assert [request.headers["Upload-Offset"] for request in sent] == [str(c.CHUNK), str(2 * c.CHUNK)]
    assert scene.centre.page == PAGE


def test_a_page_that_is_there_is_not_sent(scene: Scene) -> None:
    scene.put_page()
    scene.centre.page = PAGE

    assert scene.courier.deliver_once(NOW) == 1
    assert [request.method for request in scene.centre.asked] == ["HEAD"]


def test_a_wrong_offset_is_corrected(scene: Scene) -> None:
    scene.put_page()
    refused: list[int] = []

    def answer(request: httpx.Request) -> httpx.Response | None:
        if request.method == "PATCH" and not refused:
            refused.append(1)
            scene.centre.page = PAGE[: c.CHUNK]
            return problem(409, "wrong_offset", offset=c.CHUNK)
        return None

    scene.centre.answer = answer
    assert scene.courier.deliver_once(NOW) == 1
    assert scene.centre.page == PAGE


def test_a_page_that_stays_wrong_is_set_aside(scene: Scene) -> None:
    scene.put_page()
    scene.centre.answer = lambda request: problem(422, "wrong_digest") if request.method == "PATCH" else None

    scene.courier.deliver_once(NOW)
    assert scene.left() == [("page", "set_aside", "wrong_digest")]


def test_a_page_that_is_gone_here_is_set_aside_and_not_forgotten(scene: Scene) -> None:
    scene.put_page()
    scene.store.pages.remove(DIGEST)

    scene.courier.deliver_once(NOW)
    assert scene.left() == [("page", "set_aside", "page_damaged")]


def test_more_there_than_here_is_set_aside(scene: Scene) -> None:
    scene.put_page()
    scene.centre.page = PAGE + b"x"

    scene.courier.deliver_once(NOW)
    assert scene.left() == [("page", "set_aside", "page_longer_there")]


def test_an_unknown_kind_is_set_aside(scene: Scene) -> None:
    scene.put("riddle", b"{}")

    scene.courier.deliver_once(NOW)
    assert scene.left() == [("riddle", "set_aside", "unknown_kind")]


def test_the_thread_delivers_what_it_is_woken_for(scene: Scene) -> None:
    done = threading.Event()
    courier = Courier(
        scene.store.second_connection,
        lambda: CentralClient("http://centre", transport=lambda: httpx.MockTransport(scene.centre)),
        on_change=lambda _delivery: done.set(),
    )
    courier.start()
    try:
        scene.put("visit", visit_message(VISIT))
        courier.wake()
        assert done.wait(20)
    finally:
        assert courier.stop(20)
