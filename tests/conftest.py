"""For the whole suite: how it is dealt out to several processes, and that windows die on the main thread."""

from typing import TYPE_CHECKING

import pytest

from window_client.collecting import Collector

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import Scheduling

_collector = Collector()


@pytest.hookimpl(trylast=True)
def pytest_runtest_logfinish() -> None:
    """A window left behind by a test is destroyed here, and never in a thread of the next one."""
    _collector.collect()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> "Scheduling | None":
    """Deal out whole files in a way that outlives a process that dies."""
    if config.getoption("dist") != "loadfile":
        return None
    from tests.schedule import FileSchedule

    return FileSchedule(config, log)
