"""Hold, transfer, pause and lock on the whole counter: production app, real service, another window beside it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.counter import Counter
from tests.holder import REASON
from window_client.central.client import CentralClient
from window_client.demo import ROOT, DemoWorld
from window_client.domain.visit import State, Step
from window_client.reception.state import ApplicantPage, PrintState, ReceptionState

KINDS = ("id_card", "scanner", "printer")


class Place:
    """The shared world as one test's window sees it: the same service and devices, data of its own."""

    def __init__(self, world: DemoWorld, folder: Path) -> None:
        self._world, self._settings = world, folder / "settings.toml"
        text = world.settings().read_text(encoding="utf-8")
        self._settings.write_text(text.replace(str(world.data()), str(folder / "window")), encoding="utf-8")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world, name)

    def settings(self) -> Path:
        return self._settings


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoWorld]:
    with DemoWorld(tmp_path_factory.mktemp("rail") / "world", kinds=KINDS, keys="file") as made:
        yield made


@pytest.fixture
def counter(world: DemoWorld, tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path, world=Place(world, tmp_path), kinds=KINDS) as made:  # type: ignore[arg-type]
        yield made
        made.settle()  # what was asked last is answered before the counter ends


def window_13(world: DemoWorld) -> CentralClient:
    """何敏 at the window next door."""
    first = CentralClient(world.central.url)
    token = first.sign_in("1304", "demo", 13).token
    first.close()
    return CentralClient(world.central.url, token=lambda: token)


def at_centre(counter: Counter, number: str) -> str:
    """The state of a number as the service has it: serving, held, or where it stands in another window's queue."""
    picture = counter.app.client.queue(12)
    if picture.serving is not None and picture.serving.number == number:
        return str(picture.serving.state)
    return "held" if any(row.number == number for row in picture.held) else "elsewhere"


def test_a_visit_is_held_another_one_called_and_the_first_goes_on_where_it_stood(counter: Counter) -> None:
    counter.up_to(Step.FORM)
    counter.desk.set_field("capital", "50000.00")
    first = counter.state.draft.visit_id if counter.state.draft else ""
    number = counter.state.ticket.number if counter.state.ticket else ""
    counter.desk.hold("回去取材料")
    counter.until(lambda s: s.visit is State.IDLE and any(row.number == number for row in s.held), "held")
    counter.wait(lambda: at_centre(counter, number) == "held", "the service knows")

    counter.call()
    assert counter.state.ticket is not None
    assert counter.state.ticket.number != number
    counter.desk.no_show()
    counter.until(lambda s: s.visit is State.IDLE, "the other one did not come")

    counter.desk.resume(first)
    counter.until(lambda s: s.visit is State.SERVING, "taken up again")
    counter.wait(lambda: at_centre(counter, number) == "serving", "the service knows that too")
    assert counter.state.open_step is Step.FORM
    assert counter.state.draft is not None
    assert counter.state.draft.values["capital"].text == "50000.00"
    counter.until(lambda s: s.identity.lookup == "done", "looked up")
    counter.fill()
    counter.desk.end_unfiled("papers")
    counter.until(lambda s: s.visit is State.IDLE and not any(row.visit_id for row in s.held), "done")
    counter.wait(lambda: at_centre(counter, number) == "elsewhere", "the number is done")


def test_a_hold_without_the_line_is_told_when_it_is_back(counter: Counter) -> None:
    counter.up_to(Step.FORM)
    number = counter.state.ticket.number if counter.state.ticket else ""
    counter.world.central.stop()
    counter.until(lambda s: not s.network.online, "the line is away")
    counter.desk.hold("去缴费")
    counter.until(lambda s: s.visit is State.IDLE, "held without the service")
    counter.world.central.start()
    counter.until(lambda s: s.network.online, "back")
    counter.wait(lambda: at_centre(counter, number) == "held", "told")


def test_a_number_that_is_sent_on_is_received_by_the_other_window(counter: Counter) -> None:
    counter.up_to(Step.FORM)
    number = counter.state.ticket.number if counter.state.ticket else ""
    counter.desk.look_for_windows()
    counter.until(lambda s: s.transfer.status == "ready", "windows")
    listed = {row.no: row for row in counter.state.transfer.windows}
    assert 12 not in listed
    assert 18 not in listed, "a closed window"
    assert listed[13].fits
    counter.desk.transfer(13, "材料已看过，缺平面图")
    counter.until(lambda s: s.visit is State.IDLE, "sent on")

    other = window_13(counter.world)
    try:
        got = other.call_number(13, number, other.queue(13).fence).ticket
    finally:
        other.close()
    assert got is not None
    assert (got.number, got.note, got.came_from) == (number, "材料已看过，缺平面图", 12)
    counter.wait(lambda: counter.app.store.outbox.counts().waiting == 0, "the report is delivered")
    assert counter.app.store.drafts.open_drafts() == []
    still = window_13(counter.world)
    try:
        serving = still.queue(13).serving
    finally:
        still.close()
    assert serving is not None, "the report of the visit that ended here must not end the number there"
    assert serving.number == number


def test_a_pause_is_seen_by_the_hall_and_opens_again(counter: Counter) -> None:
    counter.sign_in()
    counter.desk.pause("meal", 60)
    counter.until(lambda s: s.pause is not None and s.pause.told, "told")
    seen = next(row for row in counter.app.client.hall().windows if row.no == 12)
    assert counter.state.pause is not None
    assert counter.state.pause.back_at is not None
    assert (seen.state, seen.reason) == ("paused", "meal")
    assert seen.back_at == counter.state.pause.back_at.isoformat()

    counter.desk.unpause()
    counter.wait(lambda: counter.app.client.hall().windows[11].state == "idle", "open again")
    assert counter.app.client.hall().windows[11].no == 12


def nothing_personal(states: list[ReceptionState]) -> None:
    for state in states:
        text = repr(state)
        assert "李" not in text
        assert "510799" not in text
        assert state.applicant.page is ApplicantPage.BLANK


def test_lock_and_unlock_with_and_without_the_network(counter: Counter) -> None:
    counter.up_to(Step.FORM)
    counter.desk.set_field("scope", "小吃服务")
    counter.desk.lock()
    before = len(counter.states)
    counter.settle()
    nothing_personal(counter.states[before - 1 :])
    counter.desk.unlock("1203", "not it")
    counter.until(lambda s: s.lock and s.lock.problem == "wrong_password", "refused")
    counter.desk.unlock("1203", "demo")
    counter.until(lambda s: s.lock is None, "unlocked by the centre")

    counter.world.central.stop()
    counter.until(lambda s: not s.network.online, "the line is away")
    counter.desk.lock()
    counter.desk.unlock("1203", "not it either")
    counter.until(lambda s: s.lock and s.lock.problem == "wrong_password", "refused by this machine")
    counter.desk.unlock("1203", "demo")
    counter.until(lambda s: s.lock is None, "unlocked by this machine")
    counter.world.central.start()
    assert counter.state.draft is not None
    assert counter.state.draft.values["scope"].text == "小吃服务"
    assert counter.app.store.journal.verify().ok
    deeds = [row.action for row in counter.app.store.journal.entries()]
    assert deeds.count("lock") == deeds.count("unlock") == 2


def test_a_session_that_ran_out_is_renewed_without_a_restart_and_everything_is_sent(counter: Counter) -> None:
    counter.up_to(Step.FORM)
    counter.app.client.sign_out()  # what the end of twelve hours does at the centre
    counter.desk.look_for_windows()
    counter.until(lambda s: s.signed_out, "401")
    assert counter.state.lock is None, "somebody is served: work goes on"
    counter.desk.set_field("capital", "50000.00")
    counter.desk.end_unfiled("gave_up")
    counter.until(lambda s: s.lock is not None and s.lock.why == "signed_out", "now it is asked")
    assert counter.app.store.outbox.counts().waiting == 1
    counter.desk.unlock("1203", "demo")
    counter.until(lambda s: s.lock is None and not s.signed_out, "signed in again")
    counter.wait(lambda: counter.app.store.outbox.counts().waiting == 0, "everything is sent")
    counter.call()


def test_another_clerk_takes_an_open_visit_over_and_its_work_goes_on_behind_the_lock(counter: Counter) -> None:
    add_clerk(counter.world)
    counter.sign_in()
    counter.devices_ready(*KINDS)
    counter.visit()
    counter.desk.lock()
    counter.desk.unlock("1288", "demo-demo")
    counter.until(lambda s: s.lock is None and s.clerk is not None and s.clerk.account == "1288", "taken over")
    counter.desk.next_step()
    counter.until(lambda s: s.result is not None, "accepted with the signature that was there")
    counter.desk.lock()
    counter.until(lambda s: s.receipt.state is PrintState.CONFIRMED, "printed while locked")
    assert counter.state.result is not None
    case_no = counter.state.result.case_no
    counter.wait(lambda: len(counter.at_centre(case_no)) == 1, "delivered while locked")
    assert counter.at_centre(case_no)[0].clerk == "1288"
    assert counter.state.lock is not None


def add_clerk(world: DemoWorld) -> None:
    """A second clerk of window 12."""
    database = world.folder / "central.db"
    command = [sys.executable, "-m", "window_client", "central", "account", "--account", "1288", "--name", "赵敏"]
    command += ["--roles", "clerk", "--windows", "12", "--database", str(database)]
    done = subprocess.run(
        command, input="demo-demo\n", capture_output=True, text=True, cwd=ROOT, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.kill
def test_what_is_held_and_that_the_window_is_paused_survive_a_kill(world: DemoWorld, tmp_path: Path) -> None:
    place = Place(world, tmp_path)
    admins = json.dumps({kind: emulator.admin for kind, emulator in world.emulators.items()})
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.holder", str(place.settings()), admins],
        cwd=ROOT,
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    try:
        assert child.stdout.readline().strip() == "paused"
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait(20)
        child.stdout.close()

    with Counter(tmp_path, world=place, kinds=KINDS) as counter:  # type: ignore[arg-type]
        counter.sign_in()
        assert counter.state.visit is State.PAUSED
        assert counter.state.pause is not None
        assert counter.state.pause.reason == "meeting"
        assert counter.state.pause.back_at is not None
        mine = next(row for row in counter.state.held if row.visit_id)
        assert mine.reason == REASON
        counter.desk.unpause()
        counter.until(lambda s: s.visit is State.IDLE, "open")
        counter.desk.resume(mine.visit_id)
        counter.until(lambda s: s.visit is State.SERVING, "taken up again")
        assert counter.state.draft is not None
        assert counter.state.draft.values["scope"].text == "小吃服务；食品销售"
        assert counter.state.open_step is Step.FORM
