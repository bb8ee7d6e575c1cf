"""The reference service in a process of its own, judged over the wire."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar
from uuid import uuid4

import msgspec
import pytest

from tests.central_process import CentralProcess
from tests.unit.window_client.central.service.samples import case, number
from tests.unit.window_client.store.samples import KEY
from window_client.central import contract as c
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.central.courier import Courier
from window_client.central.feed import Feed, FeedState
from window_client.central.service import demo
from window_client.store.outbox import Message
from window_client.store.store import Store

T = TypeVar("T")
PAGE = bytes(range(256)) * 4000  # four chunks
DIGEST = hashlib.sha256(PAGE).hexdigest()
LATER = datetime(2100, 1, 1).astimezone()  # whatever was postponed is due by then


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralProcess]:
    with CentralProcess(tmp_path_factory.mktemp("central") / "central.db", "--recall-seconds", "0") as process:
        yield process


@pytest.fixture
def clerk(central: CentralProcess) -> Iterator[CentralClient]:
    central.heal()
    yield central.signed_in()
    central.heal()


def today() -> datetime:
    return datetime.now().astimezone()


def new_case(clerk: CentralClient, **changes: object) -> c.Submission:
    block = clerk.lease_numbers(12, today().date().isoformat(), 1)
    facts = {"case_id": str(uuid4()), "rows": (c.SentRow("SC-MKT-001-M01", pages=(c.SentPage(DIGEST, len(PAGE)),)),)}
    return case(number(today(), block.first), today(), **(facts | changes))


def refusal(ask: Callable[[], object]) -> Rejected:
    with pytest.raises(Rejected) as caught:
        ask()
    return caught.value


def at_once(jobs: list[Callable[[], T]]) -> list[T | Exception]:
    """Run the jobs in a thread each, all begun together."""
    gate, results = threading.Barrier(len(jobs)), SimpleQueue[T | Exception]()

    def run(job: Callable[[], T]) -> None:
        gate.wait()
        try:
            results.put(job())
        except (Rejected, Unavailable) as error:
            results.put(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results.get() for _ in jobs]


@pytest.fixture(scope="module")
def wide_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralProcess]:
    """A hall of a hundred windows that all serve category A."""
    folder = tmp_path_factory.mktemp("wide")
    catalogue = json.loads((demo.DEMO / "catalogue.json").read_text("utf-8"))
    like = next(window for window in catalogue["windows"] if window["no"] == 5)
    catalogue["windows"] = [{**like, "no": no} for no in range(1, 101)]
    (folder / "catalogue.json").write_text(json.dumps(catalogue), "utf-8")
    options = ("--no-tickets", "--catalogue", str(folder / "catalogue.json"))
    with CentralProcess(folder / "central.db", *options) as process:
        yield process


def test_a_hundred_windows_call_at_once_and_no_number_goes_to_two(wide_hall: CentralProcess) -> None:
    steward = wide_hall.signed_in("3001", 0, timeout=60)
    taken = [steward.take_ticket("A").number for _ in range(120)]

    called = at_once([lambda no=no: steward.call_next(no, 0) for no in range(1, 101)])  # type: ignore[misc]

    answers = [answer for answer in called if isinstance(answer, c.Called)]
    numbers = [answer.ticket.number for answer in answers if answer.ticket]
    assert len(numbers) == 100, [answer for answer in called if isinstance(answer, Exception)][:3]
    assert sorted(numbers) == taken[:100]


def test_fewer_numbers_than_windows_are_given_out_once_and_the_rest_hears_so(wide_hall: CentralProcess) -> None:
    steward = wide_hall.signed_in("3001", 0, timeout=60)
    left = steward.queue(1).waiting

    def call(no: int) -> c.Called:
        return steward.call_next(no, steward.queue(no).fence, close="done")

    answers = at_once([lambda no=no: call(no) for no in range(1, 61)])  # type: ignore[misc]

    numbers = [answer.ticket.number for answer in answers if isinstance(answer, c.Called) and answer.ticket]
    assert len(numbers) == len(set(numbers)) == left
    assert {answer.code for answer in answers if isinstance(answer, Rejected)} == {"queue_empty"}


def test_a_repeated_call_gets_the_same_number(clerk: CentralClient) -> None:
    fence, key = clerk.queue(12).fence, str(uuid4())
    first = clerk.call_next(12, fence, close="done", key=key)

    assert clerk.call_next(12, fence, close="done", key=key) == first
    assert refusal(lambda: clerk.call_next(12, fence + 5, close="done", key=key)).code == "idempotency_mismatch"
    assert refusal(lambda: clerk.no_show(12, fence)).code == "stale_call"
    clerk.finish(12, first.fence)


def test_a_call_whose_answer_was_lost_is_asked_again_and_calls_nobody_else(
    central: CentralProcess, clerk: CentralClient
) -> None:
    before, key = clerk.queue(12), str(uuid4())
    central.fault("lose_answer", path="/v1/windows", times=1)
    with pytest.raises(Unavailable):
        clerk.call_next(12, before.fence, key=key)

    called = clerk.call_next(12, before.fence, key=key)

    assert called.ticket
    assert called.ticket.number == before.next[0].number
    assert clerk.queue(12).waiting == before.waiting - 1
    clerk.finish(12, called.fence)


def test_a_write_without_a_key_is_refused(central: CentralProcess) -> None:
    import http.client

    line = http.client.HTTPConnection(central.url.removeprefix("http://"), timeout=10)
    headers = {"Authorization": f"Bearer {central.token('1203', 12)}"}
    line.request("POST", "/v1/tickets", b'{"category":"A"}', headers)
    answer = line.getresponse()
    body = json.loads(answer.read())
    line.close()

    assert (answer.status, body["code"]) == (400, "idempotency_key_missing")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_case_handed_in_thirty_times_at_once_stands_there_once(clerk: CentralClient) -> None:
    submission = new_case(clerk)
    body = msgspec.json.encode(submission)

    def hand_in(no: int) -> Callable[[], c.CaseReceived]:
        return lambda: clerk.submit_case(submission.case_id, body, key=f"k{no % 3}-{submission.case_id}")

    answers = at_once([hand_in(no) for no in range(30)])

    assert len({msgspec.json.encode(answer) for answer in answers if isinstance(answer, c.CaseReceived)}) == 1
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert clerk.cases(case_no=submission.case_no).total == 1


def test_another_case_may_not_take_a_number_and_a_wrong_message_is_told(clerk: CentralClient) -> None:
    first = new_case(clerk)
    clerk.submit_case(first.case_id, first, key=str(uuid4()))
    thief = msgspec.structs.replace(first, case_id=str(uuid4()))

    assert refusal(lambda: clerk.submit_case(thief.case_id, thief, key=str(uuid4()))).code == "case_no_taken"
    assert refusal(lambda: clerk.submit_case("x", b'{"case_id": 5}', key=str(uuid4()))).code == "bad_message"


def test_a_page_survives_a_cut_and_a_restart_and_only_one_chunk_goes_twice(tmp_path: Path) -> None:
    with CentralProcess(tmp_path / "central.db") as central:
        clerk = central.signed_in()
        data = PAGE + b"cut and resumed"
        digest = hashlib.sha256(data).hexdigest()
        central.fault(f"cut:{c.CHUNK + c.CHUNK // 2}", path="/v1/pages")
        clerk.send_chunk(digest, data[: c.CHUNK], 0, len(data))
        with pytest.raises(Unavailable):
            clerk.send_chunk(digest, data[c.CHUNK : 2 * c.CHUNK], c.CHUNK, len(data))
        assert clerk.page_state(digest).offset == c.CHUNK

        central.kill()
        central.start()
        offset = clerk.page_state(digest).offset
        assert offset == c.CHUNK
        while not (stored := clerk.send_chunk(digest, data[offset : offset + c.CHUNK], offset, len(data))).complete:
            offset = stored.offset
        assert clerk.page_state(digest).complete
        assert refusal(lambda: clerk.send_chunk("0" * 64, b"abc", 0, 3)).code == "wrong_digest"


def test_five_wrong_passwords_lock_the_account(central: CentralProcess) -> None:
    nobody = central.client()
    codes = [refusal(lambda: nobody.sign_in("0301", "wrong", 3)).code for _ in range(5)]

    assert codes == ["wrong_password"] * 4 + ["locked"]
    assert refusal(lambda: nobody.sign_in("0301", "demo", 3)).code == "locked"


def test_roles_and_windows_are_guarded(central: CentralProcess, clerk: CentralClient) -> None:
    assert refusal(lambda: central.client().queue(12)).code == "not_signed_in"
    assert refusal(lambda: central.client("made-up").queue(12)).code == "not_signed_in"
    assert refusal(lambda: clerk.call_next(13, 0)).code == "not_your_window"
    kiosk = central.signed_in("kiosk-1", 0)
    assert refusal(lambda: kiosk.person("510799198806120017")).code == "role_missing"
    assert kiosk.take_ticket("B").number == "B001"
    other = central.signed_in("1304", 13)
    other.sign_out()
    assert refusal(other.session).code == "not_signed_in"


def test_documents_have_a_mark(clerk: CentralClient) -> None:
    for fetch in (clerk.catalogue, clerk.forms):
        found = fetch()
        assert found
        assert json.loads(found.body)
        assert fetch(found.etag) is None


def test_the_public_sees_progress_with_number_and_code(central: CentralProcess, clerk: CentralClient) -> None:
    submission = new_case(clerk)
    clerk.submit_case(submission.case_id, submission, key=str(uuid4()))

    assert central.client().progress(submission.case_no, "7K2M9P").state == "ACCEPTED"
    assert refusal(lambda: central.client().progress(submission.case_no, "AAAAAA")).code == "no_such_case"


class Listening:
    """A feed whose events and states can be waited for."""

    def __init__(self, central: CentralProcess, after: int) -> None:
        self.events: SimpleQueue[c.Event] = SimpleQueue()
        self.states: SimpleQueue[FeedState] = SimpleQueue()
        token = central.token("board-1")
        self.feed = Feed(
            lambda: CentralClient(central.url, token=lambda: token), after, self.events.put, self.states.put
        )
        self.feed.start()

    def until(self, ready: Callable[[c.Event], bool]) -> c.Event:
        while not ready(event := self.events.get(timeout=30)):
            pass
        return event

    def offline(self) -> None:
        while self.states.get(timeout=30).online:
            pass


def test_the_feed_catches_up_after_the_service_was_away(tmp_path: Path) -> None:
    with CentralProcess(tmp_path / "central.db") as central:
        steward = central.signed_in("3001", 0)
        listening = Listening(central, steward.queue(12).seq)
        steward.take_ticket("F")
        first = listening.until(lambda event: event.data.get("category") == "F")
        assert central.stop() == 0  # an open stream does not hold the end
        listening.offline()
        central.start()
        steward.take_ticket("G")
        steward.take_ticket("F")
        listening.feed.hurry()

        second = listening.until(lambda event: event.data.get("category") == "G")
        third = listening.until(lambda event: event.data.get("category") == "F")
        assert first.id < second.id < third.id
        assert listening.feed.stop(10)


def test_forty_listeners_all_hear_the_same(central: CentralProcess) -> None:
    steward = central.signed_in("3001", 0)
    after = steward.queue(12).seq
    token = central.token("board-1")
    heard: list[SimpleQueue[int]] = [SimpleQueue() for _ in range(40)]

    def listen(ear: "SimpleQueue[int]") -> Feed:
        client = lambda: CentralClient(central.url, token=lambda: token, timeout=60)  # noqa: E731
        return Feed(client, after, lambda event: ear.put(event.id))

    feeds = [listen(ear) for ear in heard]
    for feed in feeds:
        feed.start()
    steward.take_ticket("G")

    assert len({ear.get(timeout=60) for ear in heard}) == 1
    assert all(feed.stop(30) for feed in feeds)


class Window:
    """A store with a case and a page to deliver, and its courier."""

    def __init__(self, central: CentralProcess, folder: Path) -> None:
        self.central = central
        self.clerk = central.signed_in()
        self.store = Store.open(folder, KEY)
        self.case = new_case(self.clerk)
        self.token: str | None = central.token("1203", 12)
        self.store.pages.write(PAGE)
        page = msgspec.json.encode({"case_id": self.case.case_id, "digest": DIGEST, "size": len(PAGE)})
        now = today()
        self.store.outbox.put(
            Message(self.case.case_id, "case", msgspec.json.encode(self.case), self.case.case_id), now=now
        )
        self.store.outbox.put(Message(str(uuid4()), "page", page, self.case.case_id, size=len(PAGE)), now=now)
        self.courier = Courier(
            self.store.second_connection, lambda: CentralClient(central.url, token=lambda: self.token, timeout=2)
        )

    def deliver(self) -> int:
        return self.courier.deliver_once(LATER)

    def arrived(self) -> tuple[int, bool]:
        cases = self.clerk.cases(case_no=self.case.case_no)
        return cases.total, self.clerk.page_state(DIGEST).complete

    def close(self) -> None:
        self.courier.stop()
        self.store.close()


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    with CentralProcess(tmp_path / "central.db") as central:
        made = Window(central, tmp_path / "store")
        yield made
        made.close()


TROUBLE = [
    "500",
    "503:1",
    "408",
    "425",
    "429",
    "html",
    "broken",
    "refuse",
    "lose_answer",
    "slow:3",
    f"cut:{c.CHUNK * 2}",
]


@pytest.mark.parametrize("fault", TROUBLE)
def test_a_case_and_its_page_arrive_once_through_trouble(window: Window, fault: str) -> None:
    window.central.fault(fault, times=2)
    window.deliver()
    window.deliver()
    window.central.heal()
    for _ in range(3):  # each message waits by its own clock
        window.courier.wake(hurry=True)
        window.courier.deliver_once(LATER.replace(year=2200))

    assert window.store.outbox.counts().waiting == 0
    assert window.store.outbox.counts().set_aside == 0
    assert window.arrived() == (1, True)


@pytest.mark.parametrize("fault", ["403", "404", "409", "422"])
def test_what_is_refused_is_kept_with_its_reason_and_can_be_sent_again(window: Window, fault: str) -> None:
    window.central.fault(fault, path="/v1/cases", times=1)
    window.deliver()

    assert [(row.kind, row.error) for row in window.store.outbox.list()] == [("case", "fault")]
    window.store.outbox.retry_set_aside(window.case.case_id, now=today())
    assert window.deliver() == 1
    assert window.arrived() == (1, True)


def test_an_ended_session_holds_everything_until_the_next_sign_in(window: Window) -> None:
    window.token = "ended"
    assert window.deliver() == 0
    assert window.courier.signed_out
    window.token = window.central.token("1203", 12)
    window.courier.signed_in()

    assert window.deliver() == 2
    assert window.arrived() == (1, True)


def test_a_service_that_dies_after_taking_the_case_has_it_once(window: Window) -> None:
    window.central.fault("lose_answer", path="/v1/cases", times=1)
    window.deliver()
    window.central.kill()
    window.central.start()
    window.courier.wake(hurry=True)

    window.courier.deliver_once(LATER.replace(year=2200))
    assert window.arrived() == (1, True)


def test_no_profile_but_demo_and_test_has_a_fault_port_or_demo_accounts(tmp_path: Path) -> None:
    with CentralProcess(tmp_path / "central.db", profile="production") as central:
        assert central.admin == ""
        assert refusal(lambda: central.client().sign_in("1203", "demo", 12)).code == "wrong_password"
