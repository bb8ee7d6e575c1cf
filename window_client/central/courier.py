"""The thread that delivers the outbox.

What happens to a message follows from the answer (DECISIONS, section Wire):

* done: it goes, and the case is marked as known to the centre in the same transaction;
* 401: everything waits until somebody signs in again;
* any other refusal: this message is set aside with its reason, the next one goes on;
* no usable answer: this message waits by its own clock (longer when the service asked for it). If nothing came back
  at all the round ends, because the rest would only wait for the same silence.

Cases and other small messages go before pages (the outbox sorts). A page goes in chunks from where the centre stands,
so that after a cut at most one chunk is sent twice.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

import msgspec

from window_client.central import contract as c
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.store import crash
from window_client.store.errors import StoreError
from window_client.store.outbox import Message, backoff

log = logging.getLogger("courier")

IDLE_SECONDS = 30.0
"""A look at the outbox at least this often, should a wake-up have been missed."""

LONGEST_WAIT = timedelta(seconds=30)
"""Between two tries of a line that is away; whoever knows that it is back wakes the courier before."""

ROUND = 20
"""Messages looked at in one round: what comes in meanwhile and is smaller goes first in the next."""


class Outcome(StrEnum):
    """What became of a message."""

    DELIVERED = "delivered"
    POSTPONED = "postponed"
    SET_ASIDE = "set_aside"
    SIGNED_OUT = "signed_out"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Told to ``on_change`` after every attempt. ``code`` says why it did not go."""

    kind: str
    case_id: str
    outcome: Outcome
    code: str = ""


class PageSource(Protocol):
    """Where pages are read."""

    def read(self, digest: str) -> bytes:
        """The page. Raises: StoreError."""


class Messages(Protocol):
    """The outbox, as ``store.outbox.Outbox`` has it."""

    def due(self, now: datetime, limit: int = 20) -> list[Message]:
        """What is to be sent now."""

    def next_due(self) -> str:
        """When the next one is due, or empty."""

    def delivered(self, message_id: str) -> None:
        """The centre has it."""

    def postpone(self, message_id: str, until: datetime, error: str) -> None:
        """Try again later."""

    def set_aside(self, message_id: str, reason: str) -> None:
        """Keep it for a person."""

    def hurry(self, *, now: datetime) -> int:
        """Make all waiting ones due."""


class CaseMarks(Protocol):
    """The window's list of its cases."""

    def mark_delivered(self, case_id: str, national_no: str, state: str, at: str, *, final_no: str = "") -> bool:
        """Note what the centre says of a case."""


class CourierStore(Protocol):
    """The courier's own connection: ``store.Store.second_connection``."""

    @property
    def outbox(self) -> Messages:
        """The queue."""

    @property
    def pages(self) -> PageSource:
        """The pages."""

    @property
    def cases(self) -> CaseMarks:
        """The cases."""

    def transaction(self, name: str = "") -> AbstractContextManager[None]:
        """Several deeds as one."""

    def close(self) -> None:
        """Close the connection."""


def rating_message(visit_id: str, rating: c.Rating) -> bytes:
    """The body of an outbox message of kind ``rating``."""
    return msgspec.json.encode(c.RatingMessage(visit_id, msgspec.Raw(msgspec.json.encode(rating))))


def visit_message(report: c.VisitReport) -> bytes:
    """The body of an outbox message of kind ``visit``."""
    return msgspec.json.encode(report)


class _Page(msgspec.Struct, frozen=True):
    digest: str
    size: int
    case_id: str = ""


class Courier:
    """Delivers the outbox from a thread of its own; ``deliver_once`` does one round without it.

    Both factories are called in the delivering thread. ``on_change`` is called there too: pass it on with
    ``Dispatcher.post``.
    """

    def __init__(
        self,
        open_store: Callable[[], CourierStore],
        open_client: Callable[[], CentralClient],
        *,
        on_change: Callable[[Delivery], None] = lambda _delivery: None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._open_store = open_store
        self._open_client = open_client
        self._on_change = on_change
        self._clock = clock
        self._store: CourierStore | None = None
        self._client: CentralClient | None = None
        self._bell = threading.Event()
        self._stopping = threading.Event()
        self._signed_out = False
        self._hurry = False
        self._no_line = 0
        self.next_try: datetime | None = None
        """When the line is tried next, while it is away; read from any thread."""
        self._thread: threading.Thread | None = None

    @property
    def signed_out(self) -> bool:
        """Whether everything waits for a sign-in."""
        return self._signed_out

    def start(self) -> None:
        """Begin to deliver."""
        self._thread = threading.Thread(target=self._work, name="courier", daemon=True)
        self._thread.start()

    def wake(self, *, hurry: bool = False) -> None:
        """There is something new; with ``hurry`` (the line is back, or the clerk said so) all waiting ones go now."""
        self._hurry = self._hurry or hurry
        self._bell.set()

    def signed_in(self) -> None:
        """Somebody has signed in: go on."""
        self._signed_out = False
        self.wake(hurry=True)

    def stop(self, timeout: float = 5.0) -> bool:
        """End after the present chunk; False if that took longer than ``timeout`` seconds."""
        self._stopping.set()
        self._bell.set()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join(timeout)
            return not thread.is_alive()
        self._close()
        return True

    def deliver_once(self, now: datetime) -> int:
        """Try every message that is due; returns how many were delivered. Raises: StoreError."""
        store = self._opened_store()
        if self._hurry:
            self._hurry = False
            self._no_line = 0
            store.outbox.hurry(now=now)
        delivered = 0
        for message in store.outbox.due(now, ROUND):
            if self._signed_out or self._stopping.is_set():
                break
            outcome, line = self._attempt(store, message, now)
            delivered += outcome is Outcome.DELIVERED
            if not line:
                break
        return delivered

    def _attempt(self, store: CourierStore, message: Message, now: datetime) -> tuple[Outcome, bool]:
        """Send one message and note what came of it; also whether there is a line."""
        try:
            crash.point("courier.before_send")
            receipt = self._send(store, message)
            crash.point("courier.after_answer")
        except Unavailable as error:
            if error.reason == "stopping":
                return Outcome.POSTPONED, False
            wait = max(backoff(message.attempts), timedelta(seconds=error.retry_after or 0))
            if error.no_line:
                self._no_line += 1
                self.next_try = now + min(backoff(self._no_line - 1), LONGEST_WAIT)
            store.outbox.postpone(message.id, now + wait, error.reason)
            return self._tell(message, Outcome.POSTPONED, error.reason), not error.no_line
        except Rejected as error:
            self._no_line, self.next_try = 0, None
            if error.status == 401:
                self._signed_out = True
                return self._tell(message, Outcome.SIGNED_OUT, error.code), True
            store.outbox.set_aside(message.id, error.code)
            return self._tell(message, Outcome.SET_ASIDE, error.code), True
        self._no_line, self.next_try = 0, None
        with store.transaction("delivered"):
            store.outbox.delivered(message.id)
            if receipt is not None:
                final = receipt.case_no if receipt.case_no != message.case_no else ""
                store.cases.mark_delivered(
                    receipt.case_id, receipt.national_no, receipt.state, receipt.received_at, final_no=final
                )
        crash.point("courier.after_delivered")
        return self._tell(message, Outcome.DELIVERED), True

    def _send(self, store: CourierStore, message: Message) -> c.CaseReceived | None:
        client = self._opened_client()
        if message.kind == "case":
            return client.submit_case(message.case_id or message.id, message.body, key=message.id)
        if message.kind == "page":
            self._send_page(client, store.pages, msgspec.json.decode(message.body, type=_Page))
        elif message.kind == "rating":
            rating = msgspec.json.decode(message.body, type=c.RatingMessage)
            client.rate(rating.visit_id, bytes(rating.rating), key=message.id)
        elif message.kind == "visit":
            client.report_visit(message.body, key=message.id)
        else:
            raise Rejected("unknown_kind")
        return None

    def _send_page(self, client: CentralClient, pages: PageSource, page: _Page) -> None:
        stands = client.page_state(page.digest)
        if stands.complete:
            return
        try:
            data = pages.read(page.digest)
        except StoreError as error:
            raise Rejected(f"page_{error.code}") from None
        offset, corrections = stands.offset, 0
        while True:
            if self._stopping.is_set():
                raise Unavailable("stopping")
            chunk = data[offset : offset + c.CHUNK]
            if not chunk:
                raise Rejected("page_longer_there")  # the centre holds more than there is: nothing to continue
            try:
                stands = client.send_chunk(page.digest, chunk, offset, len(data))
            except Rejected as error:
                corrections += 1
                if corrections > 2 or error.code not in ("wrong_offset", "wrong_digest"):
                    raise
                offset = error.offset or 0  # a wrong digest there: what it had was spoilt, once more from the start
                continue
            if stands.complete:
                return
            offset = stands.offset

    def _tell(self, message: Message, outcome: Outcome, code: str = "") -> Outcome:
        log.info("%s %s %s", message.kind, outcome, code)
        self._on_change(Delivery(message.kind, message.case_id, outcome, code))
        return outcome

    def _opened_store(self) -> CourierStore:
        if self._store is None:
            self._store = self._open_store()
        return self._store

    def _opened_client(self) -> CentralClient:
        if self._client is None:
            self._client = self._open_client()
        return self._client

    def _work(self) -> None:
        troubles = 0
        while not self._stopping.is_set():
            self._bell.clear()
            try:
                delivered = self.deliver_once(self._clock())
                wait = 0.0 if delivered else self._until_next()
                troubles = 0
            except StoreError as error:  # the disk is full, or busy: nothing is lost, try again
                troubles += 1
                log.warning("the outbox cannot be read or written: %s", error.code)
                wait = backoff(troubles).total_seconds()
            except Exception:
                troubles += 1
                log.exception("a bug stopped a round")
                wait = backoff(troubles).total_seconds()
            if wait:
                self._bell.wait(wait)
        self._close()

    def _until_next(self) -> float:
        """Seconds until there is something to do.

        Without a line that is when it is tried next: one message tells as much of it as ten thousand.
        """
        if self._no_line and self.next_try is not None and not self._signed_out:
            left = (self.next_try - self._clock()).total_seconds()
            return min(max(left, 0.05), LONGEST_WAIT.total_seconds())  # a clock set back does not make it longer
        due = self._opened_store().outbox.next_due()
        if not due or self._signed_out:
            return IDLE_SECONDS
        left = (datetime.fromisoformat(due) - self._clock()).total_seconds()
        return min(max(left, 0.05), IDLE_SECONDS)

    def _close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()
        store, self._store = self._store, None
        if store is not None:
            store.close()
