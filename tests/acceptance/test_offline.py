"""Without the network: signing in, whole visits in a row, and everything delivered once when the line is back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter import Counter
from ui.signin.model import face
from window_client.central.client import CentralClient
from window_client.demo import LIMING
from window_client.domain.visit import State, Step
from window_client.reception.state import Reading

KINDS = ("id_card", "scanner", "printer")
VALUES = {
    "business_name": "涪城区示例小吃店",
    "name_notice_no": "川市监名字2026第001号",
    "industry": "小吃服务",
    "capital": "50000.00",
    "staff_count": "3",
    "premises_address": "涪城区示例路 18 号附 3 号",
    "scope": "小吃服务",
}


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path, kinds=KINDS) as made:
        yield made


def sign_in_offline(counter: Counter) -> None:
    counter.app.signin.sign_in("1203", "demo", 12)
    counter.wait(lambda: counter.began, "signed in without the centre")


def restart(counter: Counter) -> None:
    counter.stop()
    counter.start()
    counter.wait(lambda: counter.app.shelf.catalogue is not None, "the catalogue from the shelf")


def offline_visit(counter: Counter, number: str, *, rated: bool = False) -> str:
    """A whole visit with a typed number; returns the case number of its receipt."""
    counter.desk.call_number(number)
    counter.until(lambda s: s.visit is State.CALLING, "a local number")
    counter.desk.read_card()
    counter.until(lambda s: s.identity.reading is Reading.WAITING)
    counter.world.emulators["id_card"].put("/card", {"id_no": LIMING})
    counter.until(lambda s: s.identity.reading is Reading.READ, "card")
    counter.world.emulators["id_card"].delete("/card")
    counter.until(lambda s: s.identity.lookup == "offline", "nothing is known")
    fill(counter)
    counter.sign()
    counter.submit()
    counter.printed()
    assert counter.state.result is not None
    case_no = counter.state.result.case_no
    if rated:
        counter.desk.applicant_rates("SATISFIED")
    else:
        counter.desk.applicant_skips_rating()
    counter.desk.finish()
    counter.until(lambda s: s.visit is State.IDLE, "idle again")
    return case_no


def fill(counter: Counter) -> None:
    """From the phone to the last page."""
    counter.desk.set_contact("phone", "13800000017")
    counter.desk.next_step()
    counter.desk.choose_item("SC-MKT-001")
    counter.answer()
    assert counter.state.form is not None
    for missing in counter.state.missing:
        if missing.step is Step.FORM:
            field = next(row.field for row in counter.state.form.fields if row.field.id == missing.target)
            counter.desk.set_field(field.id, field.choices[0].value if field.choices else VALUES[field.id])
    counter.desk.next_step()
    counter.until(lambda s: s.open_step is Step.MATERIALS, f"form: {counter.state.missing}")
    for row in counter.state.materials.rows:  # type: ignore[union-attr]
        if row.state.value == "missing":
            counter.desk.choose_row(row.material_id)
            counter.world.emulators["scanner"].put("/feeder", {"pages": 1})
            counter.desk.feed()
            counter.pages_come(row.material_id, 1)
    counter.desk.next_step()
    counter.until(lambda s: s.open_step is Step.CONFIRM, f"confirm: {counter.state.missing}")


def test_a_window_opened_without_the_network_works_and_delivers_by_itself_when_the_line_is_back(
    counter: Counter,
) -> None:
    counter.sign_in()
    counter.world.central.stop()
    restart(counter)

    counter.app.signin.sign_in("1203", "wrong", 12)
    counter.wait(lambda: counter.sign_in_state and counter.sign_in_state.problem == "wrong_password", "refused here")
    assert counter.sign_in_state is not None
    shown = face(counter.sign_in_state, counter.app.clock())
    assert len(shown.problem.splitlines()) == 3
    assert "4" in shown.problem
    assert shown.away
    sign_in_offline(counter)
    counter.until(lambda s: s.say and s.say.code == "signin.offline", "told")
    assert counter.state.say is not None
    assert counter.state.say.args == {"n": "7"}
    assert not counter.state.network.online
    assert counter.state.network.since is not None, "the banner stands"
    counter.devices_ready(*KINDS)
    numbers = [offline_visit(counter, "A901", rated=True)]
    counter.desk.lock()
    counter.desk.unlock("1203", "wrong")
    counter.until(lambda s: s.lock and s.lock.problem == "wrong_password", "refused here")
    counter.desk.unlock("1203", "demo")
    counter.until(lambda s: s.lock is None, "unlocked without the centre")
    numbers.append(offline_visit(counter, "A902"))
    assert all(number.isdigit() for number in numbers), "final numbers from the leased block"
    assert counter.app.later.waits

    counter.world.central.start()
    counter.until(lambda s: s.network.online, "the line is back")
    counter.until(lambda s: s.outbox.waiting == 0 and s.outbox.set_aside == 0, "everything delivered by itself")
    assert not counter.app.later.waits, "the password is wiped"
    assert counter.state.lock is None
    at_centre = counter.at_centre()
    assert sorted(row.case_no for row in at_centre if row.case_no in numbers) == sorted(numbers)
    assert all(row.pages == row.pages_received for row in at_centre if row.case_no in numbers)


def test_numbers_served_here_and_elsewhere_meanwhile_are_a_conflict_that_is_shown_and_settled(
    counter: Counter,
) -> None:
    counter.sign_in()
    counter.devices_ready(*KINDS)
    number = counter.app.client.queue(13).next[0].number
    token = counter.app.client.sign_in("1304", "demo", 13).token
    other = CentralClient(counter.world.central.url, token=lambda: token)
    other.call_number(13, number, other.queue(13).fence)
    other.close()
    counter.world.central.stop()
    counter.until(lambda s: not s.network.online, "the line is down")
    case_no = offline_visit(counter, number)

    counter.world.central.start()
    counter.desk.retry_outbox()
    counter.until(lambda s: s.outbox.waiting == 0 and s.network.online, "delivered all the same")
    assert [row.case_no for row in counter.at_centre(case_no)] == [case_no]
    counter.until(lambda s: any(row[0] == "conflict" for row in s.today.open_items), "among the open items")
    counter.desk.open_item("conflict")
    counter.until(lambda s: s.opened and s.opened.status == "ready", "listed")
    assert counter.state.opened is not None
    (row,) = (row for row in counter.state.opened.conflicts if row.kind == "ticket")
    assert (row.case_no, row.ours, row.theirs) == (case_no, "12", "13")
    counter.desk.settle_conflicts()
    counter.until(lambda s: not any(row[0] == "conflict" for row in s.today.open_items), "settled")
