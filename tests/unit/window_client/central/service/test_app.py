import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from window_client.central import contract as c
from window_client.central.service import accounts, app, demo, documents
from window_client.central.service.app import Service
from window_client.central.service.call import Documents, Rules
from window_client.central.service.database import Database
from window_client.central.service.pages import PageFolder


@pytest.fixture
def service(papers: Documents, tmp_path: Path) -> Iterator[Service]:
    database = Database(tmp_path / "central.db")
    made = Service(database, papers, PageFolder(tmp_path / "pages", 1000), Rules(), "test")
    database.write(lambda db: documents.set_up_windows(made.call(db))).result()
    clerk = c.Clerk("1", "测", roles=("clerk",))
    database.write(lambda db: accounts.add_account(db, clerk, (), "password")).result()
    yield made
    made.close()


def ask(service: Service, *requests: tuple[Any, ...], token: bool = True) -> list[httpx.Response]:
    """Ask one request after another over ASGI: (method, path, body, key)."""

    async def scene() -> list[httpx.Response]:
        program: Any = service.app()  # typed more narrowly than ASGI is
        transport = httpx.ASGITransport(program, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://centre") as client:
            if token:
                signed = await client.post("/v1/sessions", json={"account": "1", "password": "password", "window": 12})
                client.headers["Authorization"] = f"Bearer {signed.json()['token']}"
            answers = []
            for method, path, *more in requests:
                body, key = [*more, None, None][:2]
                headers = {"Idempotency-Key": key} if key else {}
                answers.append(await client.request(method, path, json=body, headers=headers))
            return answers

    return asyncio.run(scene())


def codes(answers: list[httpx.Response]) -> list[tuple[int, str]]:
    return [(answer.status_code, answer.json().get("code", "")) for answer in answers]


def test_the_same_key_gets_the_same_answer_and_another_body_is_refused(service: Service) -> None:
    first, again, other, place = ask(
        service,
        ("POST", "/v1/tickets", {"category": "A"}, "k"),
        ("POST", "/v1/tickets", {"category": "A"}, "k"),
        ("POST", "/v1/tickets", {"category": "B"}, "k"),
        ("PUT", "/v1/windows/12/status", {"paused": True}, "k"),
    )

    assert first.content == again.content
    assert codes([other, place]) == [(422, "idempotency_mismatch")] * 2


def test_a_refusal_is_not_kept_under_its_key(service: Service) -> None:
    refused, _, called = ask(
        service,
        ("POST", "/v1/windows/12/call", {"fence": 0}, "k"),
        ("POST", "/v1/tickets", {"category": "A"}, "t"),
        ("POST", "/v1/windows/12/call", {"fence": 0}, "k"),
    )

    assert codes([refused]) == [(404, "queue_empty")]
    assert called.json()["ticket"]["number"] == "A001"


def test_problems_are_told_as_such(service: Service) -> None:
    answers = ask(
        service,
        ("GET", "/v1/nowhere"),
        ("DELETE", "/v1/health"),
        ("POST", "/v1/tickets", {"category": "A"}),
        ("POST", "/v1/tickets", {"category": 5}, "k"),
        ("GET", "/v1/events?after=x"),
    )

    assert codes(answers) == [
        (404, "no_such_route"),
        (405, "method_not_allowed"),
        (400, "idempotency_key_missing"),
        (422, "bad_message"),
        (400, "bad_query"),
    ]
    assert {answer.headers["Content-Type"] for answer in answers} == {"application/problem+json"}


def test_a_bug_is_told_with_a_reference_and_without_details(service: Service) -> None:
    service.database.write(lambda db: db.execute("DROP TABLE notices").rowcount).result()

    (answer,) = ask(service, ("GET", "/v1/notices"))

    assert codes([answer]) == [(500, "bug")]
    assert len(answer.json()["detail"]) == 8
    assert "notices" not in answer.text


def test_every_answer_tells_the_time_of_the_service(service: Service) -> None:
    (answer,) = ask(service, ("GET", "/v1/health"), token=False)

    assert answer.headers["Central-Time"][-6] in "+-"
    assert answer.json()["profile"] == "test"


def test_signing_in_is_never_kept_under_a_key(service: Service) -> None:
    body = {"account": "1", "password": "password"}
    first, second = ask(service, ("POST", "/v1/sessions", body, "k"), ("POST", "/v1/sessions", body, "k"), token=False)

    assert first.json()["token"] != second.json()["token"]


def test_without_a_session_only_the_open_routes_answer(service: Service) -> None:
    answers = ask(service, ("GET", "/v1/queue?window=12"), ("GET", "/v1/catalogue"), token=False)

    assert [answer.status_code for answer in answers] == [401, 200]


def test_the_largest_body_holds_a_chunk_and_a_case() -> None:
    assert app.LARGEST_BODY > 4 * c.CHUNK
    assert (demo.DEMO / "accounts.toml").exists()
