"""What the three state tables (visit, case, ticket) have in common."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

StateT = TypeVar("StateT", bound=StrEnum)
EventT = TypeVar("EventT", bound=StrEnum)


class NotAllowed(Exception):  # noqa: N818 (read aloud: the event is not allowed)
    """The event does not belong to the state; asking ``allowed`` first would have told."""

    def __init__(self, state: StrEnum, event: StrEnum) -> None:
        super().__init__(f"{event.value} is not allowed while {state.value}")
        self.state = state
        self.event = event


def follow(table: Mapping[StateT, Mapping[EventT, StateT]], state: StateT, event: EventT) -> StateT:
    """The state that a table gives for a pair.

    Raises:
        NotAllowed: the table has no such pair.
    """
    try:
        return table[state][event]
    except KeyError:
        raise NotAllowed(state, event) from None
