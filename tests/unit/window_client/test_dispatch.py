from functools import partial

from window_client.dispatch import ManualDispatcher


def test_calls_run_in_the_order_of_posting() -> None:
    gate, seen = ManualDispatcher(), list[object]()
    for number in range(3):
        gate.post(partial(seen.append, number))

    assert gate.run() == 3
    assert seen == [0, 1, 2]


def test_what_a_call_posts_runs_too() -> None:
    gate, seen = ManualDispatcher(), list[object]()
    gate.post(lambda: gate.post(lambda: seen.append("inner")))

    gate.run()

    assert seen == ["inner"]


def test_timers_fire_in_their_order_when_time_passes() -> None:
    gate, seen = ManualDispatcher(), list[object]()
    gate.later(2.0, lambda: seen.append("two"))
    gate.later(1.0, lambda: seen.append("one"))
    call_off = gate.later(1.5, lambda: seen.append("never"))
    call_off()
    call_off()

    gate.advance(1.2)
    assert seen == ["one"]
    gate.advance(1.0)
    assert seen == ["one", "two"]
