import inspect

import msgspec
import pytest

from window_client.central import contract as c

MESSAGES = [
    kind
    for _, kind in inspect.getmembers(c, inspect.isclass)
    if kind.__module__ == c.__name__ and issubclass(kind, msgspec.Struct)
]


@pytest.mark.parametrize("kind", MESSAGES, ids=lambda kind: kind.__name__)
def test_every_message_is_described_frozen_and_has_a_schema(kind: type[msgspec.Struct]) -> None:
    assert kind.__doc__
    assert kind.__struct_config__.frozen
    assert kind.__name__ in msgspec.json.schema(kind)["$ref"]


def test_an_older_window_reads_a_newer_answer() -> None:
    newer = b'{"fence": 3, "waiting": 2, "ticket": null, "weather": "fine"}'

    assert msgspec.json.decode(newer, type=c.Called) == c.Called(3, 2)


def test_a_rating_on_its_way_keeps_its_bytes() -> None:
    body = msgspec.json.encode(c.Rating(c.Grade.SATISFIED, "2026-11-24T10:00:00+08:00"))
    message = msgspec.json.encode(c.RatingMessage("v1", msgspec.Raw(body)))

    assert bytes(msgspec.json.decode(message, type=c.RatingMessage).rating) == body
