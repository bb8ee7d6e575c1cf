"""Signing in while the central service is away, by what was kept of the last sign-in with it.

* Only who signed in online at this window before, with the counter's role, and not more than seven days ago.
* Five wrong passwords lock the account here for 15 minutes, the next five for 30, and so on, a day at most.
* Both survive a restart and a clock that is set back: time never runs backwards here. The latest time ever seen is
  kept, and while the program runs a clock of the machine that cannot be set counts on from it. A clock set forward
  uses up the seven days, and ends no lock while the program runs: a lock has passed when it has by both clocks.

What is kept is scrypt of the password under a random salt, in the encrypted store. scrypt takes 50 ms and more and
the store is read on a connection of its own, so everything here runs in a lane, never on the main thread.
"""

import hashlib
import hmac
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Protocol

import msgspec

from window_client.store.signins import KnownClerk, Signins

ROLE = "clerk"
"""Who may sit at a counter."""

DAYS = 7
DAY = 86_400.0
FAILURES = 5
LOCK_SECONDS = 15 * 60.0
LONGEST_LOCK = DAY

COST = 1 << 15
"""scrypt's N; with r 8 it uses 32 MB, OWASP's choice for interactive sign-in."""

_NOBODY_SALT = bytes(16)


def steady() -> float:
    """Seconds by a clock that nobody can set, and that goes on while the machine sleeps where there is one."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. ``code`` is empty when the clerk may sit down.

    Codes: ``offline_unknown`` (never signed in here online), ``wrong_password`` (``left`` attempts before a lock),
    ``locked`` (``minutes``), ``too_long_ago`` (the last sign-in online was more than seven days ago), ``no_role``.
    ``days_left``: days on which it still works, from 7 down to 1 on the last one.
    """

    code: str = ""
    name: str = ""
    roles: tuple[str, ...] = ()
    days_left: int = 0
    left: int = 0
    minutes: int = 0

    @property
    def args(self) -> dict[str, str]:
        """Its figures for the words."""
        return {"days": str(self.days_left), "left": str(self.left), "minutes": str(self.minutes)}


class SigninStore(Protocol):
    """A connection of the calling thread's own: ``store.Store.second_connection``."""

    @property
    def signins(self) -> Signins:
        """The clerks known here."""

    def close(self) -> None:
        """Close the connection."""


class OfflineSignIn:
    """Keeps verifiers and checks passwords by them. Every method raises StoreError when the store cannot be used.

    Args:
        open_store: Called in the calling thread for each deed.
        cost: scrypt's N.
        ticks: Seconds by a clock that nobody can set.
    """

    def __init__(
        self,
        open_store: Callable[[], SigninStore],
        *,
        cost: int = COST,
        ticks: Callable[[], float] = steady,
    ) -> None:
        self._open_store = open_store
        self._cost = cost
        self._ticks = ticks
        self._one = threading.Lock()
        self._anchor: tuple[float, float] | None = None
        self._locks: dict[str, float] = {}  # account to the tick at which its lock ends

    def remember(self, account: str, name: str, roles: tuple[str, ...], password: str, now: datetime) -> None:
        """The centre has just said yes to this password: seven days from ``now``, and the counters begin anew.

        ``now`` is corrected by the centre's clock, so it is the true time, whatever was seen here before.
        """
        if ROLE not in roles:
            self.forget(account)
            return
        salt = os.urandom(16)
        verifier = _scrypt(password, salt, self._cost)
        with self._one, closing(self._open_store()) as store:
            at = now.timestamp()
            self._locks.pop(account, None)
            self._anchor = (at, self._ticks())
            store.signins.trust(at)
            store.signins.put(KnownClerk(account, name, roles, salt, verifier, self._cost, at), seen=at)

    def forget(self, account: str) -> None:
        """The centre says that this account has no business at the counter."""
        with self._one, closing(self._open_store()) as store:
            store.signins.forget(account)

    def check(self, account: str, password: str, now: datetime) -> Verdict:
        """Whether this clerk may sit down without the centre."""
        with self._one, closing(self._open_store()) as store:
            at = self._time(store.signins, now)
            known = store.signins.get(account)
            if known is None:
                _scrypt(password, _NOBODY_SALT, self._cost)  # as long as for a known account
                return Verdict("offline_unknown")
            waits = max(known.locked_until - at, self._locks.get(account, 0.0) - self._ticks())
            if waits > 0:
                store.signins.see(at)
                return Verdict("locked", minutes=ceil(waits / 60))
            if not hmac.compare_digest(_scrypt(password, known.salt, known.cost), known.verifier):
                return self._failed(store.signins, known, at)
            left = DAYS * DAY - (at - known.online_at)
            known = msgspec.structs.replace(known, failures=0, locks=0, locked_until=0.0)
            store.signins.put(known, seen=at)
            if ROLE not in known.roles:
                return Verdict("no_role")
            if left <= 0:
                return Verdict("too_long_ago")
            return Verdict("", known.name, known.roles, days_left=ceil(left / DAY))

    def _failed(self, signins: Signins, known: KnownClerk, at: float) -> Verdict:
        failures = known.failures + 1
        if failures < FAILURES:
            signins.put(msgspec.structs.replace(known, failures=failures), seen=at)
            return Verdict("wrong_password", left=FAILURES - failures)
        seconds = min(LOCK_SECONDS * 2.0 ** min(known.locks, 10), LONGEST_LOCK)
        locked = msgspec.structs.replace(known, failures=0, locks=known.locks + 1, locked_until=at + seconds)
        signins.put(locked, seen=at)
        self._locks[known.account] = self._ticks() + seconds
        return Verdict("locked", minutes=ceil(seconds / 60))

    def _time(self, signins: Signins, now: datetime) -> float:
        """What time it is at least, in seconds since 1970."""
        ticks = self._ticks()
        at = max(now.timestamp(), signins.latest())
        if self._anchor is not None:
            then, began = self._anchor
            at = max(at, then + ticks - began)
        self._anchor = (at, ticks)
        return at


def _scrypt(password: str, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=8, p=1, maxmem=256 * cost * 8, dklen=32)
