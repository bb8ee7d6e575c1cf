import pytest

from window_client.domain.tables import NotAllowed, follow
from window_client.domain.visit import Event, State


def test_a_pair_outside_the_table_is_refused_by_name() -> None:
    table = {State.IDLE: {Event.CALL: State.CALLING}}
    assert follow(table, State.IDLE, Event.CALL) is State.CALLING
    with pytest.raises(NotAllowed, match="call is not allowed while paused") as caught:
        follow(table, State.PAUSED, Event.CALL)
    assert (caught.value.state, caught.value.event) == (State.PAUSED, Event.CALL)
