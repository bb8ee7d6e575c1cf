import asyncio
from collections.abc import AsyncIterator

from tests.unit.window_client.central.service.samples import Hall
from window_client.central import contract as c
from window_client.central.feed import SseParser
from window_client.central.service import feeding
from window_client.central.service.call import publish
from window_client.central.service.feeding import Listeners, encoded


async def some(stream: AsyncIterator[bytes], count: int) -> list[bytes]:
    return [await anext(stream) for _ in range(count)]


def ids(chunks: list[bytes]) -> list[str]:
    parser = SseParser()
    return [message.id for chunk in chunks for message in parser.feed(chunk) if message.event != "comment"]


def test_a_stream_begins_with_what_was_missed_and_goes_on_with_what_comes(hall: Hall) -> None:
    async def scene() -> list[bytes]:
        listeners = Listeners()
        listeners.attach(asyncio.get_running_loop())
        stream = listeners.stream(hall.db, 1)
        chunks = await some(stream, 3)
        publish(hall.call(), "queue")
        listeners.wake()
        chunks += await some(stream, 1)
        await stream.aclose()  # type: ignore[attr-defined]
        return chunks

    for _ in range(3):
        publish(hall.call(), "queue")

    assert ids(asyncio.run(scene())) == ["2", "3", "4"]


def test_a_number_out_of_reach_gets_a_reset(hall: Hall) -> None:
    async def scene(after: int) -> list[bytes]:
        stream = Listeners().stream(hall.db, after)
        chunks = await some(stream, 2)
        await stream.aclose()  # type: ignore[attr-defined]
        return chunks

    for _ in range(5):
        publish(hall.call(), "queue")
    hall.db.execute("DELETE FROM events WHERE id < 4")

    for after in (1, 99):
        assert b"event: reset" in asyncio.run(scene(after))[1]
    assert b"event: queue" in asyncio.run(scene(3))[1]
    assert b"event: queue" in asyncio.run(scene(0))[1]


def test_closing_ends_the_streams(hall: Hall) -> None:
    async def scene() -> list[bytes]:
        listeners = Listeners()
        stream = listeners.stream(hall.db, 0)
        await anext(stream)
        listeners.close()
        return [chunk async for chunk in stream]

    assert asyncio.run(scene()) == []


def test_waking_before_there_is_a_loop_is_fine() -> None:
    Listeners().wake()


def test_an_event_on_the_wire_has_its_number_kind_and_data() -> None:
    event = c.Event(7, "called", "2026-11-24T10:35:00+08:00", window=12, data={"number": "C018"})

    (message,) = SseParser().feed(encoded(event))

    assert (message.id, message.event) == ("7", "called")
    assert '"number":"C018"' in message.data
    assert feeding.QUIET_SECONDS < 15  # the client takes 15 s of silence for a dead line
