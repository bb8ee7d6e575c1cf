"""Who has signed in at this window, as the offline sign-in needs it. Never a password, only what one is checked by.

``latest`` is the latest time that was ever seen here: a clock that was set back does not make anything younger.
"""

import msgspec

from window_client.store.database import Database, transaction


class KnownClerk(msgspec.Struct, frozen=True):
    """A clerk who signed in online at this window. Times are seconds since 1970.

    ``verifier`` is scrypt of the password under ``salt`` with cost ``cost`` (N; r 8, p 1). ``failures`` counts since
    the last success, ``locks`` the locks since then, ``locked_until`` is 0 where there is none.
    """

    account: str
    name: str
    roles: tuple[str, ...]
    salt: bytes
    verifier: bytes
    cost: int
    online_at: float
    failures: int = 0
    locks: int = 0
    locked_until: float = 0.0


class Signins:
    """The clerks known here, by account."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, account: str) -> KnownClerk | None:
        """The clerk, or None."""
        row = self._db.row("SELECT body FROM signins WHERE account = ?", (account,))
        return msgspec.json.decode(row[0], type=KnownClerk) if row else None

    def put(self, clerk: KnownClerk, *, seen: float) -> None:
        """Keep a clerk as she is now, and that it was ``seen`` o'clock."""
        with transaction(self._db, "signin"):
            self._db.execute(
                "INSERT INTO signins (account, body) VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET "
                "body = excluded.body",
                (clerk.account, msgspec.json.encode(clerk)),
            )
            self._see(seen)

    def forget(self, account: str) -> None:
        """Drop a clerk. An unknown account is fine."""
        with transaction(self._db, "signin"):
            self._db.execute("DELETE FROM signins WHERE account = ?", (account,))

    def latest(self) -> float:
        """The latest time ever seen, 0 before the first."""
        return float(self._db.one("SELECT coalesce(max(at), 0) FROM signin_clock"))

    def see(self, at: float) -> None:
        """Note that it was ``at`` o'clock."""
        with transaction(self._db, "signin"):
            self._see(at)

    def trust(self, at: float) -> None:
        """The centre's clock says that it is ``at``: what was seen in a future that has not come is put right."""
        with transaction(self._db, "signin"):
            self._db.execute("DELETE FROM signin_clock")
            self._see(at)
            for (body,) in self._db.rows("SELECT body FROM signins"):
                known = msgspec.json.decode(body, type=KnownClerk)
                if known.online_at > at:
                    self.put(msgspec.structs.replace(known, online_at=at), seen=at)

    def _see(self, at: float) -> None:
        self._db.execute(
            "INSERT INTO signin_clock (one, at) VALUES (1, ?) "
            "ON CONFLICT (one) DO UPDATE SET at = max(at, excluded.at)",
            (at,),
        )
