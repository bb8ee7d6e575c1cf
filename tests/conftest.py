"""For the whole suite: how it is dealt out to several processes."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import Scheduling


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> "Scheduling | None":
    """Deal out whole files in a way that outlives a process that dies."""
    if config.getoption("dist") != "loadfile":
        return None
    from tests.schedule import FileSchedule

    return FileSchedule(config, log)
