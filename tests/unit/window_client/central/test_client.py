import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx
import msgspec
import pytest

from window_client.central import contract as c
from window_client.central.client import CentralClient, Rejected, Unavailable

Answer = Callable[[httpx.Request], httpx.Response]
QUEUE = c.QueuePicture(seq=1, time="", window=12, fence=3, waiting=0)


@pytest.fixture
def connect() -> Iterator[Callable[..., CentralClient]]:
    made: list[CentralClient] = []

    def make(answer: Answer, token: str | None = None) -> CentralClient:
        client = CentralClient("http://centre", token=lambda: token, transport=lambda: httpx.MockTransport(answer))
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()


def json_answer(value: object, **headers: str) -> httpx.Response:
    return httpx.Response(
        200, content=msgspec.json.encode(value), headers={"Content-Type": "application/json", **headers}
    )


def problem(status: int, code: str, **facts: object) -> httpx.Response:
    return httpx.Response(
        status,
        content=msgspec.json.encode({"code": code, "status": status, **facts}),
        headers={"Content-Type": "application/problem+json"},
    )


def test_an_answer_is_read_into_its_type(connect: Callable[..., CentralClient]) -> None:
    assert connect(lambda _: json_answer(QUEUE)).queue(12) == QUEUE


def test_the_token_and_the_key_go_along(connect: Callable[..., CentralClient]) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return json_answer(c.Called(4, 0))

    client = connect(answer, token="secret")
    client.call_next(12, 3, key="k1")
    client.call_next(12, 3)
    client.call_next(12, 3)

    assert seen[0].headers["Authorization"] == "Bearer secret"
    assert seen[0].headers["Idempotency-Key"] == "k1"
    assert seen[1].headers["Idempotency-Key"] != seen[2].headers["Idempotency-Key"]
    assert msgspec.json.decode(seen[0].content) == {"fence": 3, "close": ""}


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 302])
def test_not_now_means_send_again(connect: Callable[..., CentralClient], status: int) -> None:
    client = connect(lambda _: httpx.Response(status, headers={"Retry-After": "7"}))
    with pytest.raises(Unavailable) as caught:
        client.queue(12)

    assert (caught.value.reason, caught.value.retry_after, caught.value.no_line) == (f"http_{status}", 7.0, False)


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422])
def test_a_refusal_carries_its_code(connect: Callable[..., CentralClient], status: int) -> None:
    client = connect(lambda _: problem(status, "stale_call", detail="why", offset=5))
    with pytest.raises(Rejected) as caught:
        client.call_next(12, 1)

    error = caught.value
    assert (error.code, error.detail, error.status, error.offset) == ("stale_call", "why", status, 5)


def test_an_ended_session_is_not_signed_in(connect: Callable[..., CentralClient]) -> None:
    with pytest.raises(Rejected) as caught:
        connect(lambda _: httpx.Response(401)).queue(12)
    assert caught.value.code == "not_signed_in"


def test_a_wrong_password_is_told_as_such(connect: Callable[..., CentralClient]) -> None:
    with pytest.raises(Rejected) as caught:
        connect(lambda _: problem(401, "wrong_password")).sign_in("1203", "x")
    assert caught.value.code == "wrong_password"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (httpx.Response(200, html="<html>sign in</html>"), "not_json"),
        (httpx.Response(200, content=b"{", headers={"Content-Type": "application/json"}), "broken_json"),
        (json_answer({"weather": "fine"}), "not_the_contract"),
        (httpx.Response(404, html="<html>proxy</html>"), "http_404_without_code"),
    ],
)
def test_whatever_is_not_the_service_is_no_answer(
    connect: Callable[..., CentralClient], answer: httpx.Response, reason: str
) -> None:
    with pytest.raises(Unavailable) as caught:
        connect(lambda _: answer).queue(12)
    assert caught.value.reason == reason


def test_no_line_is_known_as_that(connect: Callable[..., CentralClient]) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    client = connect(answer)
    with pytest.raises(Unavailable) as caught:
        client.health()

    assert caught.value.no_line
    assert client.latency_ms is None


def test_the_clock_of_the_service_is_learned_from_each_answer(connect: Callable[..., CentralClient]) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=1)
    client = connect(lambda _: json_answer(QUEUE, **{"Central-Time": ahead.isoformat()}))
    client.queue(12)
    assert 3500 < client.offset_seconds < 3700

    coarse = connect(lambda _: json_answer(QUEUE, Date=f"{ahead:%a, %d %b %Y %H:%M:%S} GMT"))
    coarse.queue(12)
    assert 3500 < coarse.offset_seconds < 3700

    strange = connect(lambda _: json_answer(QUEUE, **{"Central-Time": "teatime"}))
    assert strange.queue(12) == QUEUE
    assert strange.offset_seconds == 0


def test_documents_are_fetched_once_a_version(connect: Callable[..., CentralClient]) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers.get("If-None-Match") == '"v1"':
            return httpx.Response(304)
        return json_answer({"items": []}, ETag='"v1"')

    client = connect(answer)
    first = client.catalogue()
    assert first
    assert first.etag == '"v1"'
    assert client.catalogue(first.etag) is None


def test_the_state_of_an_upload(connect: Callable[..., CentralClient]) -> None:
    there = connect(lambda _: httpx.Response(200, headers={"Upload-Offset": "5", "Upload-Complete": "1"}))
    assert there.page_state("d") == c.PageStored("d", 5, complete=True)
    assert connect(lambda _: httpx.Response(404)).page_state("d").offset == 0
    with pytest.raises(Rejected):
        connect(lambda _: httpx.Response(403)).page_state("d")
    with pytest.raises(Unavailable):
        connect(lambda _: httpx.Response(200)).page_state("d")


def test_a_stream_that_is_none_is_no_answer(connect: Callable[..., CentralClient]) -> None:
    with pytest.raises(Unavailable), connect(lambda _: json_answer({})).events(0):
        pass
    with pytest.raises(Rejected), connect(lambda _: httpx.Response(401)).events(0):
        pass


def test_the_bytes_of_a_stream_come_as_they_are(connect: Callable[..., CentralClient]) -> None:
    answer = httpx.Response(200, content=iter([b"id: 1\n\n"]), headers={"Content-Type": "text/event-stream"})
    with connect(lambda _: answer).events(0) as stream:
        assert b"".join(stream) == b"id: 1\n\n"
        stream.hang_up()  # harmless without a socket


def test_loading_the_client_does_not_load_httpx() -> None:
    code = "import sys, window_client.central.client; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
