import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from queue import SimpleQueue

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_client.central import contract as c
from window_client.central.client import CentralClient
from window_client.central.feed import Feed, FeedState, SseMessage, SseParser
from window_client.central.service.feeding import encoded


def parse(chunks: list[bytes]) -> list[SseMessage]:
    parser = SseParser()
    return [message for chunk in chunks for message in parser.feed(chunk)]


TEXT = st.text(st.characters(exclude_characters="\r\n\0\ufeff", exclude_categories=["Cs"]), max_size=8)
WORD = st.text("abcdefgh", min_size=1, max_size=5)
END = st.sampled_from([b"\n", b"\r", b"\r\n"])


@st.composite
def streams(draw: st.DrawFn) -> tuple[bytes, list[SseMessage]]:
    """Bytes of a stream, and what they mean."""
    wire, meant, last = b"", [], ""
    for _ in range(draw(st.integers(0, 4))):
        end = draw(END)
        if draw(st.booleans()):
            wire += b":" + draw(TEXT).encode() + end
            meant.append(SseMessage("comment", "", last))
        data = draw(st.lists(TEXT, min_size=1, max_size=3))
        last, event = draw(WORD), draw(WORD)
        lines = [f"id: {last}", f"event: {event}", *(f"data: {line}" for line in data)]
        wire += b"".join(line.encode() + end for line in lines) + end
        meant.append(SseMessage(event, "\n".join(data), last))
    return wire, meant


@given(streams(), st.lists(st.integers(0, 200), max_size=12))
def test_a_stream_means_the_same_however_it_is_cut(stream: tuple[bytes, list[SseMessage]], cuts: list[int]) -> None:
    wire, meant = stream
    edges = [0, *sorted(min(cut, len(wire)) for cut in cuts), len(wire)]
    chunks = [wire[a:b] for a, b in pairwise(edges)]

    assert parse(chunks) == meant


@given(st.lists(st.binary(max_size=30), max_size=10))
def test_noise_never_breaks_the_parser(chunks: list[bytes]) -> None:
    parse(chunks)


def test_a_byte_order_mark_and_unknown_fields_are_left_out() -> None:
    assert parse(["\ufeffdata: a\nretry: 5\nstrange\n\n".encode()]) == [SseMessage("message", "a", "")]


class Centre:
    """A fake transport: plays one stream after another, then silence until it is ended."""

    def __init__(self, *streams: bytes | int) -> None:
        self.streams = list(streams)
        self.asked: list[str] = []
        self.end = threading.Event()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/health":
            return httpx.Response(
                200, content=msgspec.json.encode(c.Health("", "1", "2")), headers={"Content-Type": "application/json"}
            )
        self.asked.append(request.url.params["after"])
        if not self.streams:
            return httpx.Response(200, content=self._silence(), headers={"Content-Type": "text/event-stream"})
        stream = self.streams.pop(0)
        if isinstance(stream, int):
            return httpx.Response(stream)
        return httpx.Response(200, content=iter([stream]), headers={"Content-Type": "text/event-stream"})

    def _silence(self) -> Iterator[bytes]:
        self.end.wait(20)
        yield b":\n"


def event(number: int, kind: str = "queue") -> bytes:
    return encoded(c.Event(number, kind, ""))


@pytest.fixture
def listen() -> Iterator[Callable[..., tuple[Feed, SimpleQueue[int], SimpleQueue[FeedState]]]]:
    feeds: list[tuple[Feed, Centre]] = []

    def start(centre: Centre, after: int = 0) -> tuple[Feed, SimpleQueue[int], SimpleQueue[FeedState]]:
        events: SimpleQueue[int] = SimpleQueue()
        states: SimpleQueue[FeedState] = SimpleQueue()
        feed = Feed(
            lambda: CentralClient("http://centre", transport=lambda: httpx.MockTransport(centre)),
            after,
            lambda told: events.put(told.id),
            states.put,
        )
        feeds.append((feed, centre))
        feed.start()
        return feed, events, states

    yield start
    for feed, centre in feeds:
        centre.end.set()
        assert feed.stop(10)


def test_events_are_passed_on_once_and_a_new_connection_goes_on_after_them(
    listen: Callable[..., tuple[Feed, "SimpleQueue[int]", "SimpleQueue[FeedState]"]],
) -> None:
    centre = Centre(event(4) + event(5), event(5) + event(6))
    feed, events, _ = listen(centre, after=3)
    assert [events.get(timeout=10) for _ in range(2)] == [4, 5]
    feed.hurry()

    assert events.get(timeout=10) == 6
    assert centre.asked[:2] == ["3", "5"]


def test_the_state_says_online_with_the_way_measured_and_offline_with_the_reason(
    listen: Callable[..., tuple[Feed, "SimpleQueue[int]", "SimpleQueue[FeedState]"]],
) -> None:
    _, _, states = listen(Centre(event(1), 503))

    online, offline = states.get(timeout=10), states.get(timeout=10)
    assert online.online
    assert online.latency_ms is not None
    assert not offline.online


def test_a_reset_is_passed_on_even_with_a_smaller_number(
    listen: Callable[..., tuple[Feed, "SimpleQueue[int]", "SimpleQueue[FeedState]"]],
) -> None:
    _, events, _ = listen(Centre(event(2, "reset") + event(3)), after=99)

    assert [events.get(timeout=10), events.get(timeout=10)] == [2, 3]


def test_an_event_that_does_not_fit_is_left_out(
    listen: Callable[..., tuple[Feed, "SimpleQueue[int]", "SimpleQueue[FeedState]"]],
) -> None:
    _, events, _ = listen(Centre(b"data: {}\n\n" + event(1)))

    assert events.get(timeout=10) == 1


def test_a_feed_that_never_began_stops_at_once() -> None:
    assert Feed(lambda: CentralClient("http://centre"), 0, lambda _: None).stop()
