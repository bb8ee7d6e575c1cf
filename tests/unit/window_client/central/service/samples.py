"""A hall and cases for the tests of the service; every person is invented (area 510799)."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec

from window_client.central import contract as c
from window_client.central.contract import Clerk
from window_client.central.service.call import Call, Documents, Rules, Who
from window_client.domain.form import Origin, Value
from window_client.domain.identifiers import make_case_no
from window_client.domain.people import IdentitySource, Person

T = TypeVar("T")
HALF_PAST_TEN = datetime(2026, 11, 24, 10, 35).astimezone()


@dataclass
class Hall:
    """Operations on a database in memory, with a clock that stands until it is moved."""

    db: sqlite3.Connection
    documents: Documents
    now: datetime = HALF_PAST_TEN
    rules: Rules = field(default_factory=Rules)

    def call(
        self,
        body: Any = None,
        *,
        window: int = 12,
        roles: tuple[str, ...] = ("clerk",),
        digest: str = "",
        query: dict[str, str] | None = None,
        **path: object,
    ) -> Call:
        who = Who(Clerk("1203", "王芳", roles=roles), window, self.now.timestamp() + 3600, "sealed")
        names = {"window": str(window), **{key: str(value) for key, value in path.items()}}
        return Call(self.db, self.now, self.documents, self.rules, names, query or {}, body, who, digest)

    def run(self, operation: Callable[[Call], T], body: Any = None, **more: Any) -> T:
        """One operation in its own transaction."""
        self.db.execute("SAVEPOINT test")
        try:
            result = operation(self.call(body, **more))
        except BaseException:
            self.db.execute("ROLLBACK TO test")
            raise
        finally:
            self.db.execute("RELEASE test")
        return result

    def later(self, **much: float) -> None:
        self.now += timedelta(**much)

    def events(self) -> list[tuple[str, str]]:
        return [(row["kind"], row["data"]) for row in self.db.execute("SELECT * FROM events ORDER BY id")]


LI_MING = Person("李明", "510799198806120017", IdentitySource.CARD)


def case(number: str, now: datetime, **changes: object) -> c.Submission:
    """A case of window 12."""
    found = c.Submission(
        case_id="6b1f0c1e-0000-4000-8000-000000000001",
        case_no=number,
        visit_id="6b1f0c1e-0000-4000-8000-00000000000f",
        window=12,
        clerk="1203",
        item_id="SC-MKT-001",
        item_version=2,
        catalogue_version="2",
        accepted_at=now.isoformat(timespec="seconds"),
        applicant=LI_MING,
        values={"capital": Value("50000.00", Origin.TYPED)},
        rows=(
            c.SentRow("SC-MKT-001-M01", pages=(c.SentPage("a" * 64, 3),)),
            c.SentRow("SC-MKT-001-M06", way="deferred", due="2026-11-25"),
        ),
        check_code="7K2M9P",
        promised_by="2026-11-25T17:00:00+08:00",
    )
    return msgspec.structs.replace(found, **changes)


def number(now: datetime, serial: int) -> str:
    """A right case number."""
    return make_case_no(c.AREA, now.date(), serial)
