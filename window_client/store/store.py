"""The store of one window: an encrypted database and sealed page files in one folder, owned by one process."""

from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path

from window_client.store.blocks import Blocks
from window_client.store.cache import Cache
from window_client.store.cases import Cases
from window_client.store.database import Database, open_database, transaction
from window_client.store.drafts import Drafts
from window_client.store.durable import make_folder, sweep
from window_client.store.errors import StoreError, disk_trouble
from window_client.store.journal import Journal
from window_client.store.keys import derive
from window_client.store.lock import StoreLock
from window_client.store.outbox import Outbox
from window_client.store.pages import Pages
from window_client.store.prints import Prints
from window_client.store.retention import Purged, purge

DATABASE = "store.db"
LOCK = "store.lock"


class SecondConnection:
    """What the courier's thread may reach, on a connection of its own. Made, used and closed in that thread."""

    def __init__(self, db: Database, pages: Pages) -> None:
        self._db = db
        self.pages = pages
        self.outbox = Outbox(db)
        self.cases = Cases(db)
        self.journal = Journal(db)
        self.cache = Cache(db)
        self.blocks = Blocks(db)

    def transaction(self, name: str = "") -> AbstractContextManager[None]:
        """Several deeds as one, such as ``delivered`` and ``mark_delivered``. Raises: StoreError."""
        return transaction(self._db, name)

    def close(self) -> None:
        """Close the connection."""
        self._db.close()


class Store:
    """The first connection, and everything on it. It belongs to the thread that opened it; ``pages`` to all."""

    def __init__(self, db: Database, pages: Pages, lock: StoreLock, folder: Path, key: bytes) -> None:
        self._db = db
        self._lock = lock
        self._folder = folder
        self._key = key
        self.pages = pages
        self.drafts = Drafts(db)
        self.cases = Cases(db)
        self.outbox = Outbox(db)
        self.prints = Prints(db)
        self.journal = Journal(db)
        self.blocks = Blocks(db)
        self.cache = Cache(db)

    @classmethod
    def open(cls, folder: Path, master_key: bytes) -> "Store":
        """Open the store in ``folder``, or make it there; ``master_key`` is 32 bytes from ``keys``.

        What an earlier process left behind is put right: unfinished files go, print jobs that were being sent
        become unknown.

        Raises:
            StoreError: occupied, wrong_key, damaged, newer_version, disk_full, read_only; nothing was changed then.
        """
        make_folder(folder)
        lock = StoreLock(folder / LOCK)
        try:
            key = derive(master_key, "database")
            db = open_database(folder / DATABASE, key)
            try:
                with disk_trouble("pages"):
                    sweep(folder)
                    pages = Pages(folder / "pages", derive(master_key, "pages"))
                    pages.sweep()
                store = cls(db, pages, lock, folder, key)
                store.prints.recover()
            except BaseException:
                db.close()
                raise
        except BaseException:
            lock.close()
            raise
        return store

    def transaction(self, name: str = "") -> AbstractContextManager[None]:
        """Several deeds as one; everything inside joins it. Raises: StoreError, and nothing happened."""
        return transaction(self._db, name)

    def second_connection(self) -> SecondConnection:
        """A connection for another thread; call it in that thread. Close it before the store. Raises: StoreError."""
        return SecondConnection(open_database(self._folder / DATABASE, self._key, gate=self._db.gate), self.pages)

    def purge(self, *, delivered_before: datetime) -> Purged:
        """Remove what the window need not keep any more; see ``retention``."""
        return purge(self._db, self.pages, delivered_before=delivered_before)

    def check(self) -> list[str]:
        """Look through everything: seals of the database's pages, its structure, the journal, the cases' pages.

        Takes as long as reading the whole store. Returns one short line for each thing that is wrong.
        """
        problems: list[str] = []
        for question in ("PRAGMA cipher_integrity_check", "PRAGMA integrity_check"):
            try:
                answers = [str(row[0]) for row in self._db.rows(question)]
            except StoreError as error:
                answers = [str(error)]
            problems += [f"database: {answer}" for answer in answers if answer != "ok"]
        if problems:
            return problems
        chain = self.journal.verify()
        if not chain.ok:
            problems.append(f"journal: entry {chain.broken_at}: {chain.reason}")
        digests = [row[0] for row in self._db.rows("SELECT DISTINCT digest FROM case_pages")]
        return problems + [
            f"page: {digest} is missing or damaged" for digest in digests if not self.pages.is_sound(digest)
        ]

    def close(self) -> None:
        """Write the log back into the database file and let go of the folder. Safe to call twice."""
        if self._lock.closed:
            return
        with suppress(StoreError):  # a full disk at the end: the log stays and is read at the next start
            self._db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.close()
        self._lock.close()
