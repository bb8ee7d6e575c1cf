from tests.desk import Bench
from window_client.domain.visit import State, Step
from window_client.reception.state import PrintState


def test_a_whole_visit(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    bench.submit()

    assert bench.state.visit is State.RATING
    assert bench.state.receipt.state is PrintState.CONFIRMED
