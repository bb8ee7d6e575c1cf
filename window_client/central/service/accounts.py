"""Signing in: argon2 passwords, sessions, and a lock after five failures that doubles each time."""

import hashlib
import json
import secrets
import sqlite3

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from window_client.central import contract as c
from window_client.central.service.call import Call, Rules, Who, iso, publish
from window_client.central.service.refusal import Refused

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's second choice: about 30 ms, so that a morning's sign-ins do not queue."""

NOBODY = HASHER.hash(secrets.token_hex(8))
"""Checked for unknown accounts, so that the time of an answer does not tell which accounts exist."""


def right_password(db: sqlite3.Connection, account: str, password: str) -> bool:
    """Compare with what is stored. Slow on purpose: call it outside of the writer."""
    row = db.execute("SELECT password FROM accounts WHERE account = ?", (account,)).fetchone()
    try:
        HASHER.verify(row["password"] if row else NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return row is not None


def refuse_locked(call: Call, account: str) -> None:
    """Stop here while the account is locked, whether or not the password is right."""
    row = call.db.execute("SELECT locked_until FROM accounts WHERE account = ?", (account,)).fetchone()
    if row and row["locked_until"] > call.seconds:
        raise Refused(403, "locked", iso(row["locked_until"]))


def sign_in(call: Call, *, right: bool) -> c.Session | Refused:
    """Begin a session, or count a failure; a failure is returned, so that its count is kept."""
    asked: c.SignIn = call.body
    refuse_locked(call, asked.account)
    row = call.db.execute("SELECT * FROM accounts WHERE account = ?", (asked.account,)).fetchone()
    if row is None:
        return Refused(401, "wrong_password")
    if not right:
        return _count_failure(call, row)
    if asked.window and not _may_sit_at(call, row, asked.window):
        raise Refused(403, "not_your_window", str(asked.window))
    token = secrets.token_urlsafe(32)
    expires = call.seconds + call.rules.session_hours * 3600
    call.db.execute("UPDATE accounts SET failures = 0, locks = 0, locked_until = 0 WHERE account = ?", (asked.account,))
    call.db.execute("DELETE FROM sessions WHERE expires < ?", (call.seconds,))
    call.db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (_sealed(token), asked.account, asked.window, expires))
    if asked.window:
        call.db.execute(
            "UPDATE windows SET clerk = ?, paused = 0, since = ? WHERE hall = ? AND no = ?",
            (asked.account, call.seconds, call.hall, asked.window),
        )
        publish(call, "window", window=asked.window, no=asked.window, state="open")
    return c.Session(expires_at=iso(expires), clerk=_clerk(row), window=asked.window, token=token)


def session(call: Call) -> c.Session:
    """Who the token belongs to."""
    who = call.signed_in
    return c.Session(expires_at=iso(who.expires), clerk=who.clerk, window=who.window)


def sign_out(call: Call) -> c.Done:
    """End the session; the window closes."""
    who = call.signed_in
    call.db.execute("DELETE FROM sessions WHERE token = ?", (who.token,))
    if who.window:
        call.db.execute("UPDATE windows SET clerk = '' WHERE hall = ? AND no = ?", (call.hall, who.window))
        publish(call, "window", window=who.window, no=who.window, state="closed")
    return c.Done()


def find_session(db: sqlite3.Connection, token: str, now: float) -> Who | None:
    """The session of a bearer token, if it still holds."""
    row = db.execute(
        "SELECT * FROM sessions JOIN accounts USING (account) WHERE token = ? AND expires > ?", (_sealed(token), now)
    ).fetchone()
    return Who(_clerk(row), row["window"], row["expires"], row["token"]) if row else None


def add_account(db: sqlite3.Connection, clerk: c.Clerk, windows: tuple[int, ...], password: str) -> None:
    """Enter an account, or give an existing one this password and these roles. No windows = any window."""
    db.execute(
        "INSERT INTO accounts (account, name, name_en, roles, department, windows, password) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET name = excluded.name, name_en = excluded.name_en, roles = excluded.roles, "
        "department = excluded.department, windows = excluded.windows, password = excluded.password",
        (
            clerk.account,
            clerk.name,
            clerk.name_en,
            json.dumps(clerk.roles),
            clerk.department,
            json.dumps(windows),
            HASHER.hash(password),
        ),
    )


def lock_seconds(rules: Rules, locks: int) -> float:
    """How long the lock after ``locks`` earlier ones lasts: 15 minutes, then doubling, a day at most."""
    return min(rules.lock_minutes * 60 * 2.0 ** min(locks, 10), 86_400.0)


def _count_failure(call: Call, row: sqlite3.Row) -> Refused:
    failures = row["failures"] + 1
    if failures < call.rules.failures:
        call.db.execute("UPDATE accounts SET failures = ? WHERE account = ?", (failures, row["account"]))
        return Refused(401, "wrong_password", str(call.rules.failures - failures))
    until = call.seconds + lock_seconds(call.rules, row["locks"])
    call.db.execute(
        "UPDATE accounts SET failures = 0, locks = locks + 1, locked_until = ? WHERE account = ?",
        (until, row["account"]),
    )
    return Refused(403, "locked", iso(until))


def _may_sit_at(call: Call, row: sqlite3.Row, window: int) -> bool:
    known = call.db.execute("SELECT 1 FROM windows WHERE hall = ? AND no = ?", (call.hall, window)).fetchone()
    if known is None:
        raise Refused(404, "no_such_window", str(window))
    windows = json.loads(row["windows"])
    return not windows or window in windows


def _clerk(row: sqlite3.Row) -> c.Clerk:
    return c.Clerk(row["account"], row["name"], row["name_en"], tuple(json.loads(row["roles"])), row["department"])


def _sealed(token: str) -> str:
    """What is stored of a token: whoever reads the file cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()
