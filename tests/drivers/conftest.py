"""Emulators as programs of their own, ended with the test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from drivers.emulators.process import EmulatorProcess


@pytest.fixture
def emulate() -> Iterator[Callable[..., EmulatorProcess]]:
    """Start an emulator: ``emulate("id_card", "--tcp")``."""
    with ExitStack() as stack:
        yield lambda kind, *arguments: stack.enter_context(EmulatorProcess(kind, *arguments))
