"""The HTTP face of the service: routes into operations, refusals into problem+json, keys into stored answers."""

import asyncio
import hashlib
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

import msgspec
from litestar import Litestar, Request, Response
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from window_client.central import contract as c
from window_client.central.service import accounts, journals
from window_client.central.service.call import Call, Documents, Rules, Who
from window_client.central.service.database import Database
from window_client.central.service.feeding import Listeners
from window_client.central.service.pages import PageFolder
from window_client.central.service.refusal import Refused
from window_client.central.service.routes import ROUTES, Route, Way

Asked = Request[Any, Any, Any]
Answer = Response[Any]
T = TypeVar("T")

VERSION = "1"
LARGEST_BODY = 4 * 1024 * 1024
PROBLEM = "application/problem+json"

log = logging.getLogger("central")


class Service:
    """Everything that lives as long as the process."""

    def __init__(self, database: Database, documents: Documents, pages: PageFolder, rules: Rules, profile: str) -> None:
        self.database = database
        self.documents = documents
        self.pages = pages
        self.rules = rules
        self.profile = profile
        self.listeners = Listeners()
        self._reader = database.reader()
        database.on_commit = self.listeners.wake

    def app(self) -> Litestar:
        """The ASGI program."""
        return Litestar(
            route_handlers=[self._handler(route) for route in ROUTES],
            exception_handlers={Refused: _refused, HTTPException: _http_error, Exception: _bug},
            openapi_config=None,
            logging_config=None,
            request_max_body_size=LARGEST_BODY,
            on_startup=[lambda: self.listeners.attach(asyncio.get_running_loop())],
        )

    def close(self) -> None:
        """Finish what is queued and close the file."""
        self.database.close()
        self._reader.close()

    def call(self, db: sqlite3.Connection, **more: Any) -> Call:
        """A call at this moment."""
        facts = {"path": {}, "query": {}, **more}
        return Call(
            db=db,
            now=datetime.now().astimezone(),
            documents=self.documents,
            rules=self.rules,
            profile=self.profile,
            version=VERSION,
            **facts,
        )

    def _handler(self, route: Route) -> HTTPRouteHandler:
        run = self._runner(route)

        async def answer(request: Asked) -> Answer:
            response = await run(request)
            response.headers["Central-Time"] = datetime.now().astimezone().isoformat(timespec="milliseconds")
            return response

        path = route.path.replace("}", ":str}")
        return HTTPRouteHandler(path, http_method=route.method, status_code=200)(answer)  # type: ignore[arg-type]

    def _runner(self, route: Route) -> Callable[[Asked], Awaitable[Answer]]:
        special: dict[tuple[str, str], Callable[[Asked], Awaitable[Answer]]] = {
            ("POST", "/v1/sessions"): self._sign_in,
            ("GET", "/v1/catalogue"): self._catalogue,
            ("GET", "/v1/forms"): self._forms,
            ("HEAD", "/v1/pages/{digest}"): self._page_offset,
            ("PATCH", "/v1/pages/{digest}"): self._page_chunk,
            ("GET", "/v1/events"): self._events,
        }
        inner = special.get((route.method, route.path))

        async def run(request: Asked) -> Answer:
            self._refuse_other_profile(request)
            who = self._who(request, route)
            if inner is not None:
                return await inner(request)
            if route.way is Way.WRITE:
                return await self._write(route, request, who)
            return await self._read(route, request, who)

        return run

    def _refuse_other_profile(self, request: Asked) -> None:
        """Windows for training and for real cases have services of their own. ``test`` takes all of them."""
        profile = request.headers.get(c.PROFILE_HEADER, "")
        if profile and self.profile not in {profile, "test"}:
            raise Refused(403, "wrong_profile", self.profile)

    def _who(self, request: Asked, route: Route) -> Who | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        who = None
        if scheme == "Bearer" and token:
            who = accounts.find_session(self._reader, token, datetime.now().astimezone().timestamp())
        if route.roles is None:
            return who
        if who is None:
            raise Refused(401, "not_signed_in")
        if route.roles and not route.roles & set(who.clerk.roles):
            raise Refused(403, "role_missing")
        return who

    async def _read(self, route: Route, request: Asked, who: Who | None) -> Answer:
        body = _decoded(route.body, await request.body()) if route.body else None
        if route.operation is None:
            raise Refused(500, "no_operation")
        self._reader.execute("BEGIN")  # one picture, even of several questions
        try:
            call = self.call(
                self._reader, path=request.path_params, query=dict(request.query_params), body=body, who=who
            )
            result = route.operation(call)
        finally:
            self._reader.execute("COMMIT")
        return _json(msgspec.json.encode(result))

    async def _write(self, route: Route, request: Asked, who: Who | None) -> Answer:
        raw = await request.body()
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            raise Refused(400, "idempotency_key_missing")
        body = _decoded(route.body, raw) if route.body else None
        digest = hashlib.sha256(b"%s %s\n%s" % (route.method.encode(), request.url.path.encode(), raw)).hexdigest()
        operation = route.operation
        if operation is None:
            raise Refused(500, "no_operation")
        path, query = dict(request.path_params), dict(request.query_params)
        head = request.headers.get(c.JOURNAL_HEADER, "")

        def job(db: sqlite3.Connection) -> bytes:
            kept = db.execute("SELECT digest, answer FROM idempotency WHERE key = ?", (key,)).fetchone()
            if kept is not None:
                if kept["digest"] != digest:
                    raise Refused(422, "idempotency_mismatch")
                return bytes(kept["answer"])
            call = self.call(db, path=path, query=query, body=body, who=who, digest=digest)
            answer = msgspec.json.encode(operation(call))
            if head:
                journals.note(call, head)
            # Only what was done is kept: a refusal changed nothing and may be asked again.
            db.execute("INSERT INTO idempotency VALUES (?, ?, ?, ?)", (key, digest, answer, call.seconds))
            return answer

        return _json(await asyncio.wrap_future(self.database.write(job)))

    async def _sign_in(self, request: Asked) -> Answer:
        body = _body(c.SignIn, await request.body())
        accounts.refuse_locked(self.call(self._reader, body=body), body.account)
        right = await asyncio.to_thread(self._right_password, body)
        outcome = await asyncio.wrap_future(
            self.database.write(lambda db: accounts.sign_in(self.call(db, body=body), right=right))
        )
        if isinstance(outcome, Refused):
            raise outcome
        return _json(msgspec.json.encode(outcome))

    def _right_password(self, body: c.SignIn) -> bool:
        db = self.database.reader()
        try:
            return accounts.right_password(db, body.account, body.password)
        finally:
            db.close()

    async def _catalogue(self, request: Asked) -> Answer:
        return _document(request, self.documents.catalogue_body, self.documents.catalogue_etag)

    async def _forms(self, request: Asked) -> Answer:
        return _document(request, self.documents.forms_body, self.documents.forms_etag)

    async def _page_offset(self, request: Asked) -> Answer:
        stored = await asyncio.to_thread(self.pages.stored, request.path_params["digest"])
        headers = {"Upload-Offset": str(stored.offset), "Upload-Complete": str(int(stored.complete))}
        return Response(content=None, headers=headers, media_type="application/json")

    async def _page_chunk(self, request: Asked) -> Answer:
        data = await request.body()
        digest = request.path_params["digest"]
        offset, span = request.headers.get("Upload-Offset", ""), request.headers.get("Content-Range", "")
        stored = await asyncio.to_thread(self.pages.append, digest, data, offset, span)
        if stored.complete:
            row = (digest, stored.offset, datetime.now().astimezone().timestamp())
            await asyncio.wrap_future(
                self.database.write(lambda db: db.execute("INSERT OR IGNORE INTO pages VALUES (?, ?, ?)", row).rowcount)
            )
        return _json(msgspec.json.encode(stored), {"Upload-Offset": str(stored.offset)})

    async def _events(self, request: Asked) -> Answer:
        text = request.headers.get("Last-Event-ID") or request.query_params.get("after") or "0"
        if not text.isdecimal():
            raise Refused(400, "bad_query", "after")
        return Stream(
            self.listeners.stream(self._reader, int(text)),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )


def _decoded(kind: Any, raw: bytes) -> Any:
    return _body(kind, raw)


def _body(kind: type[T], raw: bytes) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.DecodeError as error:
        raise Refused(422, "bad_message", str(error)) from None


def _json(body: bytes, headers: dict[str, str] | None = None) -> Answer:
    return Response(content=body, media_type="application/json", headers=headers or {})


def _document(request: Asked, body: bytes, etag: str) -> Answer:
    if request.headers.get("If-None-Match") == etag:
        return Response(content=None, status_code=304, headers={"ETag": etag})
    return _json(body, {"ETag": etag})


def _refused(_request: Asked, error: Refused) -> Answer:
    return _problem(error.status, error.code, error.detail, error.offset)


def _http_error(_request: Asked, error: HTTPException) -> Answer:
    codes = {404: "no_such_route", 405: "method_not_allowed", 413: "too_large"}
    return _problem(error.status_code, codes.get(error.status_code, "bad_request"))


def _bug(_request: Asked, error: Exception) -> Answer:
    reference = uuid4().hex[:8]
    log.error("bug %s", reference, exc_info=error)
    return _problem(500, "bug", reference)


def _problem(status: int, code: str, detail: str = "", offset: int | None = None) -> Answer:
    problem = c.Problem(code=code, title=code.replace("_", " "), status=status, detail=detail, offset=offset)
    return Response(content=msgspec.json.encode(problem), media_type=PROBLEM, status_code=status)
