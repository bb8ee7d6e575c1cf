import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.unit.window_client.store.samples import DAY, KEY
from window_client.store.blocks import Block
from window_client.store.store import Store

NEXT_DAY = "2026-11-25"


def test_serials_come_in_order_until_none_is_left(store: Store) -> None:
    assert store.blocks.take(DAY) is None
    assert store.blocks.add(Block("b2", DAY, 10, 11))
    assert store.blocks.add(Block("b1", DAY, 3, 3))

    assert store.blocks.left(DAY) == 3
    assert [store.blocks.take(DAY) for _ in range(4)] == [3, 10, 11, None]
    assert store.blocks.left(DAY) == 0


def test_days_and_kinds_are_apart(store: Store) -> None:
    store.blocks.add(Block("b1", DAY, 1, 5))
    store.blocks.add(Block("b2", NEXT_DAY, 1, 5))
    store.blocks.add(Block("b3", DAY, 1, 5, kind="document"))

    assert [store.blocks.take(DAY), store.blocks.take(NEXT_DAY), store.blocks.take(DAY, "document")] == [1, 1, 1]
    assert store.blocks.left(NEXT_DAY) == 4


def test_known_block_again_gives_no_serial_back(store: Store) -> None:
    store.blocks.add(Block("b1", DAY, 1, 5))
    store.blocks.take(DAY)

    assert not store.blocks.add(Block("b1", DAY, 1, 5))
    assert store.blocks.take(DAY) == 2


@pytest.mark.parametrize("other", [Block("b1", DAY, 1, 6), Block("b2", DAY, 5, 9), Block("b3", DAY, 9, 8)])
def test_block_that_could_give_a_serial_twice_is_refused(store: Store, other: Block) -> None:
    store.blocks.add(Block("b1", DAY, 1, 5))

    with pytest.raises(ValueError, match=other.id):
        store.blocks.add(other)

    assert store.blocks.left(DAY) == 5


def test_serial_taken_in_a_transaction_that_fails_is_not_lost(store: Store) -> None:
    store.blocks.add(Block("b1", DAY, 1, 5))

    with pytest.raises(ZeroDivisionError), store.transaction():  # noqa: PT012  the rollback is the test
        store.blocks.take(DAY)
        raise ZeroDivisionError

    assert store.blocks.take(DAY) == 1


def test_provisional_numbers_run_by_window_and_day(store: Store) -> None:
    take = store.blocks.take_provisional

    assert [take("A01", DAY), take("A01", DAY), take("A02", DAY), take("A01", NEXT_DAY)] == [1, 2, 1, 1]


class Leases(RuleBasedStateMachine):
    """Leases, taking, failed takings and restarts in any order: no serial comes twice, none comes from nowhere."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.store = Store.open(Path(self._folder.name), KEY)
        self.leased: set[int] = set()
        self.taken: list[int] = []

    @rule(first=st.integers(0, 40), length=st.integers(1, 8))
    def lease(self, first: int, length: int) -> None:
        serials = set(range(first, first + length))
        block = Block(f"b{first}-{length}", DAY, first, first + length - 1)
        try:
            if self.store.blocks.add(block):
                assert not serials & self.leased
                self.leased |= serials
        except ValueError:
            assert serials & self.leased

    @rule()
    def take(self) -> None:
        serial = self.store.blocks.take(DAY)
        if serial is None:
            assert set(self.taken) == self.leased
        else:
            assert serial not in self.taken
            self.taken.append(serial)

    @rule()
    def fail(self) -> None:
        try:
            with self.store.transaction():
                self.store.blocks.take(DAY)
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = Store.open(Path(self._folder.name), KEY)

    @invariant()
    def what_is_left_is_what_was_not_taken(self) -> None:
        assert set(self.taken) <= self.leased
        assert self.store.blocks.left(DAY) == len(self.leased) - len(self.taken)

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()


TestLeases = Leases.TestCase
TestLeases.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
