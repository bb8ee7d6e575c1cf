"""For the whole suite: how it is dealt out to several processes, that windows die on the main thread, and that a file
leaves nothing running behind it."""

from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

from tests.remains import Remains, give_back
from window_client.collecting import Collector

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import Scheduling

_collector = Collector()
_begun: dict[str, Remains] = {}
"""What there was when the file under test began, by its path: never more than one."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """A file whose threads, processes or windows outlive it fails with its last test."""
    file = str(item.path)
    remains = _begun.get(file) or _begun.setdefault(file, Remains())
    ran = yield
    if nextitem is None or nextitem.path != item.path:
        _begun.clear()
        give_back()
        if told := remains.told():
            item.ihook.pytest_runtest_logreport(
                report=pytest.TestReport(
                    item.nodeid, item.location, {}, "failed", f"{file} left behind: {', '.join(told)}", "teardown"
                )
            )
    return ran


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
