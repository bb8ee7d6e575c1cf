"""The central service stops, errs, dawdles or hangs up; what was accepted is delivered once when it is well again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter import Counter
from ui.reception.texts import say_words
from ui.reception.viewer.outbox_model import outbox
from ui.signin.model import face
from ui.words import words
from window_client.central import contract
from window_client.demo import LIMING
from window_client.domain.identifiers import grouped
from window_client.domain.visit import State, Step
from window_client.reception.state import PrintState, Reading

KINDS = ("id_card", "scanner", "printer")
CUT = {"ReadError", "RemoteProtocolError"}  # which of them depends on when the far end's reset is seen
WAITS = {
    "500": {"http_500"},
    "503:1": {"http_503"},
    "html": {"not_json"},
    "broken": {"broken_json"},
    "slow:4": {"ReadTimeout"},
    "refuse": CUT,
    "lose_answer": CUT,
}
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


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """A window in the middle of its day; every test files one case more and leaves the line well."""
    with Counter(tmp_path_factory.mktemp("centre"), kinds=KINDS) as made:
        made.sign_in()
        made.devices_ready(*KINDS)
        yield made


@pytest.fixture(autouse=True)
def left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever becomes of a test, the window that they share is free and its line well for the next one."""
    yield
    if "window" in request.fixturenames:
        window: Counter = request.getfixturevalue("window")
        if window.world.central._process is None:
            window.world.central.start()
        heal(window)
        window.leave()


@pytest.fixture
def ready(window: Counter) -> Counter:
    """The next visit, signed and ready to be submitted."""
    window.visit()
    return window


def delivered_once(counter: Counter, case_no: str) -> None:
    """The case with all its pages is at the centre, and nothing is left in the outbox."""
    counter.until(lambda s: s.outbox.waiting == 0 and s.outbox.set_aside == 0, "everything delivered")
    cases = counter.at_centre(case_no)
    assert [(case.state, case.pages_received) for case in cases] == [("ACCEPTED", cases[0].pages)]
    assert cases[0].pages > 0
    assert counter.state.result is None or counter.state.result.delivery == "delivered"


def file(counter: Counter) -> str:
    """Submit; the receipt comes out whatever the line does."""
    counter.submit()
    counter.printed()
    assert counter.state.result is not None
    return counter.state.result.case_no


def heal(counter: Counter) -> None:
    counter.world.central.heal()
    counter.desk.retry_outbox()


@pytest.mark.parametrize("fault", WAITS)
def test_a_case_waits_while_the_service_errs_and_is_delivered_once(ready: Counter, fault: str) -> None:
    ready.world.central.fault(fault, path="/v1/cases")

    case_no = file(ready)
    ready.until(lambda s: any(row.kind == "case" and row.attempts for row in s.outbox.rows), "tried")

    row = next(row for row in ready.state.outbox.rows if row.kind == "case")
    assert row.reason in WAITS[fault]
    assert (row.set_aside, row.case_no) == (False, case_no)
    assert ready.state.result is not None
    assert ready.state.result.delivery == "waiting"
    line = next(line for line in outbox(ready.state).lines if grouped(case_no) in repr(line))
    assert line
    heal(ready)
    delivered_once(ready, case_no)
    ready.desk.finish()


@pytest.mark.parametrize(("fault", "reason"), [("422", "fault"), ("409", "fault"), ("403", "fault")])
def test_a_refused_case_is_set_aside_and_sent_when_the_clerk_asks(ready: Counter, fault: str, reason: str) -> None:
    ready.world.central.fault(fault, path="/v1/cases")

    case_no = file(ready)
    ready.until(lambda s: s.outbox.set_aside == 1, "set aside")

    row = next(row for row in ready.state.outbox.rows if row.set_aside)
    assert (row.kind, row.case_no, row.reason) == ("case", case_no, reason)
    assert ready.state.result is not None
    assert ready.state.result.delivery == "set_aside"
    shown = repr(outbox(ready.state))
    assert words("outbox.reason.other") in shown
    heal(ready)
    delivered_once(ready, case_no)
    ready.desk.finish()


@pytest.fixture
def fresh(counter: Counter) -> Counter:
    """A first visit, ready to be submitted: the centre has none of its pages."""
    counter.up_to(Step.SUBMIT)
    return counter


@pytest.mark.parametrize("arrived", [1, 300_000])
def test_an_upload_that_is_cut_goes_on_where_it_was_cut(fresh: Counter, arrived: int) -> None:
    ready = fresh
    ready.world.central.fault(f"cut:{arrived}", path="/v1/pages", times=1)

    case_no = file(ready)

    ready.until(lambda s: any(row.kind == "page" and row.attempts for row in s.outbox.rows), "cut")
    assert len(ready.at_centre(case_no)) == 1, "the case itself goes before its pages"
    heal(ready)
    delivered_once(ready, case_no)


def test_pages_that_are_refused_are_set_aside_one_by_one_and_sent_later(fresh: Counter) -> None:
    ready = fresh
    ready.world.central.fault("422", path="/v1/pages")

    case_no = file(ready)
    ready.until(lambda s: s.outbox.waiting == 0 and s.outbox.set_aside > 1, "all pages set aside")

    assert {row.kind for row in ready.state.outbox.rows} == {"page"}
    assert len(ready.at_centre(case_no)) == 1
    heal(ready)
    delivered_once(ready, case_no)


def test_the_service_stops_before_the_visit_and_everything_is_delivered_afterwards(window: Counter) -> None:
    counter, central = window, window.world.central
    counter.call()
    counter.desk.end_unfiled()
    counter.until(lambda s: s.outbox.waiting == 0, "told")
    central.stop()
    counter.until(lambda s: not s.network.online, "the line is down")

    counter.desk.call_number("C077")
    counter.until(lambda s: s.visit is State.CALLING, "a local number")
    counter.desk.read_card()
    counter.until(lambda s: s.identity.reading is Reading.WAITING)
    counter.world.emulators["id_card"].put("/card", {"id_no": LIMING})
    counter.until(lambda s: s.identity.reading is Reading.READ, "card")
    counter.world.emulators["id_card"].delete("/card")
    counter.until(lambda s: s.identity.lookup == "offline", "nothing is known")
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
    counter.desk.use_ecert("SC-MKT-001-M02")
    counter.until(lambda s: s.say and s.say.code == "central.unavailable", "told")
    assert counter.state.say is not None
    assert say_words(counter.state.say) == words("desk.toast.central.unavailable")
    counter.desk.defer("SC-MKT-001-M06")
    assert counter.state.say.code == "defer.credit_unknown"
    for row in counter.state.materials.rows:  # type: ignore[union-attr]
        if row.state.value == "missing":
            counter.desk.choose_row(row.material_id)
            counter.world.emulators["scanner"].put("/feeder", {"pages": 1})
            counter.desk.feed()
            counter.pages_come(row.material_id, 1)
    counter.desk.next_step()
    counter.until(lambda s: s.open_step is Step.CONFIRM, f"confirm: {counter.state.missing}")
    counter.sign()
    case_no = file(counter)
    assert case_no.isdigit(), "serials were leased before"
    assert counter.state.receipt.state is PrintState.CONFIRMED

    central.start()
    counter.until(lambda s: s.network.online, "the line is back")
    delivered_once(counter, case_no)
    counter.desk.finish()
    counter.until(lambda s: s.visit is State.IDLE and s.outbox.waiting == 0, "the visit is told")


def test_the_service_stops_between_submit_and_delivery(ready: Counter) -> None:
    ready.world.central.fault("503", path="/v1")
    case_no = file(ready)
    ready.world.central.stop()
    ready.until(lambda s: not s.network.online, "the line is down")
    ready.desk.applicant_skips_rating()
    ready.until(lambda s: s.visit is State.IDLE, "the visit ends all the same")

    ready.world.central.start()

    ready.until(lambda s: s.network.online, "the line is back")
    delivered_once(ready, case_no)


def test_a_call_whose_answer_is_lost_calls_nobody_else_when_the_clerk_asks_again(window: Counter) -> None:
    before = window.app.client.queue(12)
    window.world.central.fault("lose_answer", path="/v1/windows/12/call", times=1)

    window.desk.call_next()
    window.until(lambda s: s.say and s.say.code == "central.unavailable" and not s.busy, "told")
    assert window.state.visit is State.IDLE
    window.desk.call_next()
    window.until(lambda s: s.visit is State.CALLING, "called")

    assert window.state.ticket is not None
    assert window.state.ticket.number == before.next[0].number
    assert window.app.client.queue(12).waiting == before.waiting - 1
    window.desk.end_unfiled()
    window.until(lambda s: s.outbox.waiting == 0, "told")


def test_a_visit_that_ended_while_the_service_was_away_does_not_hold_the_next_call(window: Counter) -> None:
    window.call()
    first = window.state.ticket.number if window.state.ticket else ""
    window.desk.type_identity("李示例", LIMING)
    window.until(lambda s: s.identity.lookup == "done", "looked up")
    window.settle(0.2)
    window.world.central.stop()
    window.desk.end_unfiled()
    window.until(lambda s: not s.network.online and s.visit is State.IDLE, "ended")
    window.world.central.start()
    window.until(lambda s: s.network.online, "the line is back")

    window.desk.call_next()
    window.until(lambda s: s.visit is State.CALLING, "the next one is called")

    assert window.state.ticket is not None
    assert window.state.ticket.number != first
    window.desk.end_unfiled()


def test_signing_in_says_what_is_wrong_and_works_when_the_service_is_back(counter: Counter) -> None:
    def problem(code: str) -> str:
        counter.wait(lambda: counter.sign_in_state and counter.sign_in_state.problem == code, code)
        assert counter.sign_in_state is not None
        return face(counter.sign_in_state, counter.app.clock()).problem

    counter.world.central.stop()
    counter.app.signin.sign_in("1203", "demo", 12)
    assert "连不上中心服务" in problem("offline_unknown")
    counter.world.central.start()
    counter.app.signin.sign_in("1203", "wrong", 12)
    assert problem("wrong_password") == words("signin.problem.wrong_password")
    counter.world.central.fault("html", path="/v1/sessions", times=1)
    counter.app.signin.sign_in("1203", "demo", 12)
    assert problem("offline_unknown")

    counter.sign_in()

    assert counter.state.clerk is not None
    assert isinstance(counter.app.client.session(), contract.Session)
