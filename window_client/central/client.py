"""The window's side of the contract, over httpx.

Two outcomes beside an answer: :class:`Unavailable` (no usable answer: the request may or may not have been carried
out, send it again with the same key) and :class:`Rejected` (the service answered and will not change its mind).
Which status is which: DECISIONS, section Wire. httpx costs a fifth of a second to load, so it is loaded at the first
request, in the thread that asks; each thread keeps its own connection open.
"""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

import msgspec

from window_client.central import contract as c

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

AGAIN = frozenset({408, 425, 429})
"""Statuses below 500 that only mean: not now."""


class Unavailable(Exception):  # noqa: N818  both names are the house's words for the two outcomes
    """No usable answer. ``retry_after`` is in seconds, where the service named it.

    ``reason`` is a short code: ``http_503``, ``not_json``, or the kind of network trouble; ``no_line`` is true for
    the latter, when nothing came back at all.
    """

    def __init__(self, reason: str, *, retry_after: float | None = None, no_line: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after
        self.no_line = no_line


class Rejected(Exception):  # noqa: N818  see above
    """The service said no. ``code`` as in the contract, ``offset`` where an upload stands."""

    def __init__(self, code: str, detail: str = "", status: int = 0, *, offset: int | None = None) -> None:
        super().__init__(f"{code} ({status})" if status else code)
        self.code = code
        self.detail = detail
        self.status = status
        self.offset = offset


class Fetched(msgspec.Struct, frozen=True):
    """A document and its version mark."""

    etag: str
    body: bytes


class EventBytes:
    """The bytes of an open event stream. ``hang_up``, from any thread, ends the waiting for the next ones at once."""

    def __init__(self, answer: "httpx.Response") -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        """The bytes as they come. Raises: Unavailable when the line breaks."""
        return self._answer.iter_raw()

    def hang_up(self) -> None:
        """Shut the connection down."""
        line = self._answer.extensions.get("network_stream")
        plain = line.get_extra_info("socket") if line is not None else None
        if plain is not None:
            with suppress(OSError):  # it is gone already
                plain.shutdown(socket.SHUT_RDWR)


class CentralClient:
    """Ask the central services, from any thread. ``timeout``: seconds to connect, to send, and for each wait."""

    def __init__(
        self,
        base_url: str,
        *,
        token: Callable[[], str | None] = lambda: None,
        timeout: float = 3.0,
        transport: "Callable[[], httpx.BaseTransport] | None" = None,
        ca: str | None = None,
        profile: str = "",
        journal: Callable[[], str] = lambda: "",
    ) -> None:
        self._journal = journal
        self._profile = profile
        self._base_url = base_url.rstrip("/")
        self._token = token
        self._timeout = timeout
        self._transport = transport
        self._ca = ca
        self._own = threading.local()
        self._all: list[httpx.Client] = []
        self._lock = threading.Lock()
        self.offset_seconds = 0.0
        """The service's clock minus ours, learned from each answer."""
        self.latency_ms: float | None = None
        """How long the last answer took, from request to headers; None before the first and after a failure."""

    # ---- signing in

    def sign_in(self, account: str, password: str, window: int = 0) -> c.Session:
        """Sign in; codes: ``wrong_password``, ``locked``, ``no_such_window``."""
        return self._ask("POST", "/v1/sessions", c.Session, c.SignIn(account, password, window))

    def session(self) -> c.Session:
        """Who the token belongs to."""
        return self._ask("GET", "/v1/session", c.Session)

    def sign_out(self) -> None:
        """End the session."""
        self._send("DELETE", "/v1/session", key=str(uuid4()))

    def health(self) -> c.Health:
        """Ask for a sign of life; also learns the service's clock."""
        return self._ask("GET", "/v1/health", c.Health)

    # ---- documents

    def catalogue(self, etag: str = "") -> Fetched | None:
        """The catalogue as JSON, or None when ``etag`` is still the newest."""
        return self._fetch("/v1/catalogue", etag)

    def forms(self, etag: str = "") -> Fetched | None:
        """All forms as one JSON document ``{"forms": [...]}``, or None when ``etag`` is still the newest."""
        return self._fetch("/v1/forms", etag)

    # ---- queue

    def take_ticket(self, category: str, priority: str = "", booking: str = "", *, key: str = "") -> c.Ticket:
        """Take a number."""
        return self._ask("POST", "/v1/tickets", c.Ticket, c.TakeTicket(category, priority, booking), key=key)

    def queue(self, window: int) -> c.QueuePicture:
        """The queue as ``window`` sees it."""
        return self._ask("GET", f"/v1/queue?window={window}", c.QueuePicture)

    def hall(self) -> c.HallPicture:
        """The whole hall."""
        return self._ask("GET", "/v1/hall", c.HallPicture)

    def call_next(self, window: int, fence: int, *, close: str = "", key: str = "") -> c.Called:
        """Call the next number; codes: ``queue_empty``, ``window_busy``, ``stale_call``."""
        return self._at(window, "call", c.CallNext(fence, close), key)

    def call_number(self, window: int, number: str, fence: int, *, close: str = "", key: str = "") -> c.Called:
        """Call a chosen number; codes also ``no_such_number``, ``number_taken``."""
        return self._at(window, "call-number", c.CallNumber(fence, number, close), key)

    def recall(self, window: int, fence: int, *, key: str = "") -> c.Called:
        """Announce again; codes: ``too_soon``, ``no_more_recalls``, ``stale_call``."""
        return self._at(window, "recall", c.Fenced(fence), key)

    def no_show(self, window: int, fence: int, *, key: str = "") -> c.Called:
        """Nobody came."""
        return self._at(window, "no-show", c.Fenced(fence), key)

    def arrive(self, window: int, fence: int, *, key: str = "") -> c.Called:
        """The person is at the window."""
        return self._at(window, "arrive", c.Fenced(fence), key)

    def finish(self, window: int, fence: int, *, key: str = "") -> c.Called:
        """The person leaves."""
        return self._at(window, "finish", c.Fenced(fence), key)

    def hold(self, window: int, fence: int, reason: str = "", *, key: str = "") -> c.Called:
        """Set the number aside; ``call_number`` takes it back."""
        return self._at(window, "hold", c.Fenced(fence, reason), key)

    def transfer(
        self, window: int, fence: int, *, category: str = "", to_window: int = 0, note: str = "", key: str = ""
    ) -> c.Called:
        """Send the number elsewhere; it keeps its waiting time. Codes: ``no_number``, ``nobody_serves``."""
        return self._at(window, "transfer", c.Transfer(fence, category, to_window, note), key)

    def walk_in(
        self, window: int, fence: int, *, category: str = "", number: str = "", close: str = "", key: str = ""
    ) -> c.Called:
        """Serve someone without a number, or with one that was typed while the service was away."""
        return self._at(window, "walk-in", c.WalkIn(fence, category, number, close), key)

    def set_window(self, window: int, *, paused: bool, reason: str = "", back_at: str = "", key: str = "") -> c.Called:
        """Pause or open the window."""
        body = c.WindowStatus(paused, reason, back_at)
        return self._ask("PUT", f"/v1/windows/{window}/status", c.Called, body, key=key)

    def today(self, window: int) -> c.WindowToday:
        """What was done at the window today, and what is open."""
        return self._ask("GET", f"/v1/windows/{window}/today", c.WindowToday)

    def morning(self, window: int) -> c.Morning:
        """What awaits the window today, in numbers; needs no sign-in."""
        return self._ask("GET", f"/v1/windows/{window}/morning", c.Morning)

    def conflicts(self, window: int) -> c.ConflictList:
        """Cases accepted without the centre that do not fit what it knows, as long as nobody has looked at them."""
        return self._ask("GET", f"/v1/windows/{window}/conflicts", c.ConflictList)

    def conflicts_seen(self, window: int, case_id: str, *, key: str = "") -> c.Done:
        """Somebody has looked at the conflicts of a case."""
        return self._ask("POST", f"/v1/windows/{window}/conflicts/{case_id}/seen", c.Done, key=key)

    def notices(self) -> tuple[c.Notice, ...]:
        """今天需知道."""
        return self._ask("GET", "/v1/notices", c.NoticeList).notices

    # ---- numbers and people

    def lease_numbers(self, window: int, day: str, count: int = 200, *, key: str = "") -> c.NumberBlock:
        """Lease serials for case numbers of ``day`` (ISO 8601)."""
        return self._ask("POST", "/v1/number-blocks", c.NumberBlock, c.LeaseNumbers(window, day, count), key=key)

    def person(self, id_no: str, item_id: str = "") -> c.PersonRecord:
        """What shared data, the certificate library and earlier cases know about a person or enterprise."""
        return self._ask("POST", "/v1/lookups/person", c.PersonRecord, c.PersonLookup(id_no, item_id))

    def organisation(self, code: str) -> c.OrganisationRecord:
        """What the business register says about an organisation."""
        return self._ask("POST", "/v1/lookups/organisation", c.OrganisationRecord, c.OrganisationLookup(code))

    def use_ecert(self, id_no: str, ecert_type: str, case_id: str, *, key: str = "") -> c.UsedECert:
        """Use an e-certificate; codes: ``no_certificate``, ``certificate_expired``."""
        return self._ask("POST", "/v1/ecerts/use", c.UsedECert, c.UseECert(id_no, ecert_type, case_id), key=key)

    # ---- cases and pages

    def submit_case(self, case_id: str, body: c.Submission | bytes, *, key: str) -> c.CaseReceived:
        """Hand in a case; codes: ``case_no_taken``, ``case_differs``, ``bad_case_no``, ``not_leased``."""
        return self._ask("PUT", f"/v1/cases/{case_id}", c.CaseReceived, body, key=key)

    def page_state(self, digest: str) -> c.PageStored:
        """How much of a page the centre has; nothing at all is offset 0."""
        try:
            answer = self._send("HEAD", f"/v1/pages/{digest}")
        except Rejected as error:
            if error.status == 404:
                return c.PageStored(digest, 0, complete=False)
            raise
        complete = answer.headers.get("Upload-Complete") == "1"
        return c.PageStored(digest, _number(answer.headers.get("Upload-Offset")), complete)

    def send_chunk(self, digest: str, data: bytes, offset: int, total: int) -> c.PageStored:
        """Send the bytes from ``offset``; codes: ``wrong_offset`` (with the right one), ``wrong_digest``."""
        end = offset + len(data) - 1
        headers = {
            "Upload-Offset": str(offset),
            "Content-Range": f"bytes {offset}-{end}/{total}",
            "Content-Type": "application/offset+octet-stream",
        }
        return self._ask("PATCH", f"/v1/pages/{digest}", c.PageStored, data, key=f"{digest}:{offset}", headers=headers)

    def cases(self, *, state: str = "", window: int = 0, limit: int = 50, case_no: str = "") -> c.CaseList:
        """Cases, newest first; for supervisors, reviewers and the command line."""
        query = f"?limit={limit}&window={window}&state={state}&case_no={case_no}"
        return self._ask("GET", f"/v1/cases{query}", c.CaseList)

    def case(self, case_id: str) -> c.CaseDetail:
        """A whole case."""
        return self._ask("GET", f"/v1/cases/{case_id}", c.CaseDetail)

    def progress(self, case_no: str, check: str) -> c.Progress:
        """What the public may know; code: ``no_such_case`` also for a wrong query code."""
        return self._ask("GET", f"/v1/cases/by-number/{case_no}?check={check}", c.Progress)

    def rate(self, visit_id: str, body: c.Rating | bytes, *, key: str = "") -> c.Done:
        """Hand in a rating; code ``already_rated``."""
        return self._ask("PUT", f"/v1/ratings/{visit_id}", c.Done, body, key=key)

    def report_visit(self, body: c.VisitReport | bytes, *, key: str = "") -> c.Done:
        """Tell the facts of a visit that ended, also when nothing was filed."""
        return self._ask("POST", "/v1/visits", c.Done, body, key=key)

    # ---- news

    @contextmanager
    def events(self, after: int, *, silence: float = 15.0) -> "Iterator[EventBytes]":
        """The raw bytes of the event stream after event ``after``; ``silence`` seconds without a byte end it."""
        import httpx  # noqa: PLC0415  loaded with the first request

        timeout = httpx.Timeout(self._timeout, read=silence)
        headers = {"Accept": "text/event-stream", **self._identity()}
        try:
            with self._http().stream("GET", f"/v1/events?after={after}", headers=headers, timeout=timeout) as answer:
                if answer.status_code != 200:
                    answer.read()
                    self._check(answer)
                if not answer.headers.get("Content-Type", "").startswith("text/event-stream"):
                    raise Unavailable("not_an_event_stream")
                yield EventBytes(answer)
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise Unavailable(type(error).__name__, no_line=True) from error

    # ---- the wire

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            clients, self._all = self._all, []
        for client in clients:
            client.close()
        self._own = threading.local()

    def _at(self, window: int, action: str, body: msgspec.Struct, key: str) -> c.Called:
        return self._ask("POST", f"/v1/windows/{window}/{action}", c.Called, body, key=key)

    def _ask(
        self,
        method: str,
        path: str,
        answer_type: type[T],
        body: msgspec.Struct | bytes | None = None,
        *,
        key: str = "",
        headers: dict[str, str] | None = None,
    ) -> T:
        answer = self._send(method, path, body, key=key, headers=headers)
        _must_be_json(answer)
        try:
            return msgspec.json.decode(answer.content, type=answer_type)
        except msgspec.DecodeError as error:
            raise Unavailable("not_the_contract") from error

    def _fetch(self, path: str, etag: str) -> Fetched | None:
        answer = self._send("GET", path, headers={"If-None-Match": etag} if etag else {})
        if answer.status_code == 304:
            return None
        _must_be_json(answer)
        return Fetched(answer.headers.get("ETag", ""), answer.content)

    def _send(
        self,
        method: str,
        path: str,
        body: msgspec.Struct | bytes | None = None,
        *,
        key: str = "",
        headers: dict[str, str] | None = None,
    ) -> "httpx.Response":
        import httpx  # noqa: PLC0415  loaded with the first request

        sent = self._identity()
        content: bytes | None = None
        if body is not None:
            content = body if isinstance(body, bytes) else msgspec.json.encode(body)
            sent["Content-Type"] = "application/json"
        if method not in {"GET", "HEAD"}:
            sent["Idempotency-Key"] = key or str(uuid4())
            if head := self._journal():
                sent[c.JOURNAL_HEADER] = head
        sent.update(headers or {})
        started = time.monotonic()
        try:
            answer = self._http().request(method, path, content=content, headers=sent)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            self.latency_ms = None
            raise Unavailable(type(error).__name__, no_line=True) from error
        self.latency_ms = (time.monotonic() - started) * 1000
        self._learn_clock(answer)
        self._check(answer)
        return answer

    def _check(self, answer: "httpx.Response") -> None:
        status = answer.status_code
        if 200 <= status < 300 or status == 304:
            return
        if status == 401 and answer.request.url.path != "/v1/sessions":
            raise Rejected("not_signed_in", status=401)
        if status >= 500 or status in AGAIN or status < 400:
            raise Unavailable(f"http_{status}", retry_after=_seconds(answer.headers.get("Retry-After")))
        if answer.request.method == "HEAD":
            raise Rejected("not_found" if status == 404 else "refused", status=status)
        try:
            problem = msgspec.json.decode(answer.content, type=c.Problem)
        except msgspec.DecodeError:
            raise Unavailable(f"http_{status}_without_code") from None  # a proxy's page, not the service
        raise Rejected(problem.code, problem.detail, status, offset=problem.offset)

    def _identity(self) -> dict[str, str]:
        token = self._token()
        profile = {c.PROFILE_HEADER: self._profile} if self._profile else {}
        return {"Authorization": f"Bearer {token}", **profile} if token else profile

    def _http(self) -> "httpx.Client":
        kept: httpx.Client | None = getattr(self._own, "client", None)
        return kept or self._connect()

    def _connect(self) -> "httpx.Client":
        import httpx  # noqa: PLC0415  loaded with the first request

        # Loading certificates costs 80 ms, which a service on this machine without TLS does not need.
        verify: Any = _authority(self._ca) if self._ca else self._base_url.startswith("https")
        client = httpx.Client(
            base_url=self._base_url,
            timeout=self._timeout,
            transport=self._transport() if self._transport else None,
            verify=verify,
            trust_env=False,
        )
        self._own.client = client
        with self._lock:
            self._all.append(client)
        return client

    def _learn_clock(self, answer: "httpx.Response") -> None:
        exact, coarse = answer.headers.get("Central-Time"), answer.headers.get("Date")
        try:
            if exact:
                theirs = datetime.fromisoformat(exact)
            elif coarse:
                theirs = parsedate_to_datetime(coarse)
            else:
                return
            self.offset_seconds = (theirs - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return  # a strange clock is no reason to refuse an answer


def _authority(ca: str) -> Any:
    import ssl  # noqa: PLC0415  only where a hall has its own authority

    return ssl.create_default_context(cafile=ca)


def _must_be_json(answer: "httpx.Response") -> None:
    kind = answer.headers.get("Content-Type", "").split(";")[0].strip()
    if not kind.endswith("json"):
        raise Unavailable("not_json")
    try:
        json.loads(answer.content)
    except ValueError:
        raise Unavailable("broken_json") from None


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isdecimal() else None


def _number(text: str | None) -> int:
    if text is None or not text.isdecimal():
        raise Unavailable("no_upload_offset")
    return int(text)
