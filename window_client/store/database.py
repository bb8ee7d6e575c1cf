"""The encrypted database: opening it honestly, and one transaction at a time.

A wrong key and a damaged file both read as "file is not a database". A small plain header, ``store.json``, holds the
format and a check value of the key, so that the two are told apart before the database is touched at all; it also
holds the version of the tables, so that an older program refuses a newer store without opening it.
"""

import hmac
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
from sqlcipher3 import dbapi2

from window_client.store.caselog import Ahead, CaseLog, Record
from window_client.store.crash import point
from window_client.store.durable import make_folder, write_durably
from window_client.store.errors import StoreError, disk_trouble, may_grow, sqlite_trouble
from window_client.store.keys import derive
from window_client.store.migrations import MIGRATIONS

__all__ = ["Database", "Row", "StoreError", "has_data", "open_database", "transaction"]

HEADER = "store.json"
SUSPECT = "store.suspect"
"""There while something in the database was found damaged and nobody has looked through it since."""

FORMAT = 1
"""Format of the folder as a whole: names of files, sealing of pages."""

Row = tuple[Any, ...]
Gate = AbstractContextManager[object]
"""A lock that its holder may take again (threading.RLock, which is a function and no type)."""


class _Header(msgspec.Struct, frozen=True):
    format: int
    key_check: str
    tables: int = 0  # last migration that may have been made here
    profile: str = ""  # production, training or demo; empty in stores that were made before it was kept
    ready: bool = False  # false until the first opening is complete: the database may be missing before that


class Database:
    """One connection. It belongs to the thread that opened it; ``gate`` is shared by all connections of a store.

    SQLite lets one connection write at a time and makes the other poll. The gate makes it wait exactly as long as
    the other's commit takes instead.
    """

    def __init__(self, connection: Any, folder: Path, gate: Gate) -> None:
        self._connection = connection
        self._folder = folder
        self._told: list[Record] = []
        self.gate = gate
        self.log: CaseLog | None = None

    @property
    def in_transaction(self) -> bool:
        """Whether BEGIN was said and neither COMMIT nor ROLLBACK yet."""
        return bool(self._connection.in_transaction)

    def execute(self, statement: str, values: Sequence[object] = ()) -> int:
        """Run a statement; returns how many rows it changed. Raises: StoreError."""
        with self._trouble():
            return int(self._connection.execute(statement, values).rowcount)

    def execute_many(self, statement: str, values: Sequence[Sequence[object]]) -> None:
        """Run a statement for each row of values. Raises: StoreError."""
        with self._trouble():
            self._connection.executemany(statement, values)

    def rows(self, question: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows of an answer. Raises: StoreError."""
        with self._trouble():
            return list(self._connection.execute(question, values))

    def row(self, question: str, values: Sequence[object] = ()) -> Row | None:
        """The first row of an answer, or None. Raises: StoreError."""
        rows = self.rows(question, values)
        return rows[0] if rows else None

    def one(self, question: str, values: Sequence[object] = ()) -> Any:
        """The first column of the one row that the question always has. Raises: StoreError."""
        return self.rows(question, values)[0][0]

    def table(self, name: str) -> tuple[list[str], list[Row]]:
        """Columns and rows of a whole table. Raises: StoreError."""
        with self._trouble():
            cursor = self._connection.execute(f"SELECT * FROM {name}")  # noqa: S608  a name of ours
            return [column[0] for column in cursor.description], list(cursor)

    def until_trouble(self, question: str) -> Iterator[dict[str, object]]:
        """The rows of an answer by column, as far as they can be read: a damaged file is read until it shows."""
        try:
            cursor = self._connection.execute(question)
            columns = [column[0] for column in cursor.description]
            while (row := cursor.fetchone()) is not None:
                yield dict(zip(columns, row, strict=True))
        except dbapi2.Error:
            return

    def copy_into(self, path: Path, key: bytes) -> None:
        """Write the whole database as it is at one moment into a new file, under the same key. Others go on writing.

        Raises:
            StoreError: disk_full, read_only, or damaged: a page of this database does not fit its seal.
        """
        with self._trouble():
            target = dbapi2.connect(str(path), isolation_level=None)
        try:
            target.execute(f"PRAGMA key = \"x'{key.hex()}'\"").fetchall()
            self._connection.backup(target)
            target.execute("PRAGMA journal_mode = DELETE").fetchall()  # one file, without a log beside it
        except dbapi2.Error as error:  # a copy tells no number: the disk that it was for is asked
            size = int(self.one("PRAGMA page_count")) * int(self.one("PRAGMA page_size"))
            fits = shutil.disk_usage(path.parent).free > size and may_grow(path.parent, size)
            raise StoreError("damaged" if fits else "disk_full", "backup") from error
        finally:
            target.close()

    def tell(self, kind: str, subject: str, body: object) -> None:
        """Put into the log of cases, once the transaction that this is said in is on disk; else it is forgotten."""
        if self.log is not None:
            self._told.append(Record(kind, subject, body))

    def committing(self) -> Ahead | None:
        """The transaction is about to be committed: what was told goes into the log meanwhile."""
        told, self._told = self._told, []
        return self.log.ahead(told) if told and self.log is not None else None

    def forget_told(self) -> None:
        """The transaction did not happen."""
        self._told = []

    def close(self) -> None:
        """Close; the last connection to close writes the log back into the file."""
        with self._trouble():
            self._connection.close()

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        try:
            yield
        except dbapi2.Error as error:
            code = sqlite_trouble(getattr(error, "sqlite_errorcode", 0), self._folder)
            if code is None:
                raise
            if code == "damaged" and self.log is not None:  # at work; a start that fails says so by itself
                mark_suspect(self._folder)
            raise StoreError(code, getattr(error, "sqlite_errorname", "")) from error


def has_data(folder: Path) -> bool:
    """Whether a store is in ``folder``, so that a missing key may not be made anew."""
    return any((folder / name).exists() for name in (HEADER, "store.db", "log"))


def mark_suspect(folder: Path) -> None:
    """Leave word for the next start that the database must be looked through before it is used."""
    with suppress(OSError):
        (folder / SUSPECT).touch()


def open_database(path: Path, key: bytes, *, gate: Gate | None = None, profile: str = "") -> Database:
    """Open the database at ``path`` with its raw 32-byte key, and bring its tables up to date.

    The header lies beside it. On failure nothing that was there is changed.

    Args:
        path: Made if it is not there.
        key: See ``keys.derive``.
        gate: That of the store's other connections.
        profile: What the store is used for. It remembers the first one and refuses another.

    Raises:
        StoreError: wrong_key, wrong_profile, damaged, newer_version, disk_full, read_only, occupied.
    """
    make_folder(path.parent)
    header = _read_header(path)
    check = derive(key, "check").hex()
    if header is not None:
        if header.format > FORMAT or header.tables > len(MIGRATIONS):
            raise StoreError("newer_version", f"{header.format}/{header.tables}, known {FORMAT}/{len(MIGRATIONS)}")
        if not hmac.compare_digest(header.key_check, check):
            raise StoreError("wrong_key", "the key does not belong to this store")
        if profile and header.profile and profile != header.profile:
            raise StoreError("wrong_profile", f"{header.profile}, not {profile}")
        if header.ready and (not path.exists() or not path.stat().st_size):
            raise StoreError("damaged", "the database is not there, or empty")
    profile = (header.profile if header else "") or profile
    current = _Header(FORMAT, check, len(MIGRATIONS), profile, ready=True)
    if header is None or header.tables < len(MIGRATIONS):  # announced before it is done: see _Header.tables
        header = msgspec.structs.replace(current, ready=header is not None and header.ready)
        _write_header(path, header)
    db = connect(path, key, gate)
    try:
        migrate(db)
        if header != current:
            _write_header(path, current)
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def transaction(db: Database, name: str = "") -> Iterator[None]:
    """All or nothing, and on disk when it ends. Inside another transaction of the same connection it joins that one.

    ``name`` is the prefix of its crash points. Raises: StoreError; then nothing of it happened.
    """
    if db.in_transaction:
        yield
        return
    with db.gate:
        db.execute("BEGIN IMMEDIATE")
        ahead: Ahead | None = None
        try:
            yield
            if name:
                point(f"{name}.before_commit")
            ahead = db.committing()
            if name == "accept":
                point("accept.log_ahead")
            db.execute("COMMIT")
        except BaseException:
            db.forget_told()
            if ahead is not None:
                ahead.done(good=False)
            if db.in_transaction:  # SQLite itself rolls back on some errors, such as a full disk
                with suppress(StoreError):
                    db.execute("ROLLBACK")
            raise
        if name:
            point(f"{name}.after_commit")
        if ahead is not None:
            ahead.done(good=True)
    if name == "accept":
        point("accept.after_log")


def connect(path: Path, key: bytes, gate: Gate | None = None, *, only_look: bool = False) -> Database:
    """A connection to the file at ``path``, whatever lies beside it. Raises: StoreError."""
    gate = gate or threading.RLock()
    try:
        connection = dbapi2.connect(str(path), isolation_level=None)
    except dbapi2.Error as error:
        raise StoreError("read_only", "the database cannot be opened") from error
    db = Database(connection, path.parent, gate)
    try:
        db.rows("PRAGMA cipher_log_level = NONE")  # it would write to stderr; we report what we find
        db.rows(f"PRAGMA key = \"x'{key.hex()}'\"")
        db.rows("PRAGMA temp_store = MEMORY")  # no clear text in temporary files
        db.rows("PRAGMA busy_timeout = 50")  # ms; only a foreign process can make us wait here
        db.rows("PRAGMA cache_size = -8000")  # KiB: the upper pages of every index stay there with 10,000 cases
        db.rows("PRAGMA foreign_keys = ON")
        db.rows("PRAGMA secure_delete = ON")
        db.rows("SELECT count(*) FROM sqlite_schema")  # the first look that needs the key
        if only_look:
            db.rows("PRAGMA query_only = ON")
            return db
        db.rows("PRAGMA journal_mode = WAL")
        db.rows("PRAGMA synchronous = FULL")  # a printed receipt must survive a power cut
    except BaseException:
        db.close()
        raise
    return db


def migrate(db: Database) -> None:
    """Bring the tables up to date. Raises: StoreError newer_version."""
    version: int = db.one("PRAGMA user_version")
    if version > len(MIGRATIONS):  # the header is older than the file: a folder put together from two
        raise StoreError("newer_version", f"tables {version}, known {len(MIGRATIONS)}")
    for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
        with transaction(db):
            for statement in step:
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")


def faults(db: Database) -> list[str]:
    """What SQLCipher and SQLite find wrong with the file: seals of pages, then structure. Reads all of it."""
    for question in ("PRAGMA cipher_integrity_check", "PRAGMA quick_check"):
        try:
            answers = [str(row[0]) for row in db.rows(question)]
        except StoreError as error:
            answers = [str(error)]
        if wrong := [f"database: {answer}" for answer in answers if answer != "ok"]:
            return wrong
    return [] if db.one("PRAGMA user_version") else ["database: it is empty"]


def remembered_profile(folder: Path) -> str:
    """The profile of the store in ``folder``, empty where that cannot be told."""
    try:
        header = _read_header(folder / "store.db")
    except StoreError:
        return ""
    return header.profile if header else ""


def write_header(folder: Path, key: bytes, profile: str) -> None:
    """Write the header of a database that is whole and up to date."""
    _write_header(
        folder / "store.db", _Header(FORMAT, derive(key, "check").hex(), len(MIGRATIONS), profile, ready=True)
    )


def key_fits(folder: Path, key: bytes) -> bool | None:
    """Whether the header says that this is the database's key; None where there is no header to be read."""
    try:
        header = _read_header(folder / "store.db")
    except StoreError:
        return None
    return None if header is None else hmac.compare_digest(header.key_check, derive(key, "check").hex())


def _read_header(path: Path) -> _Header | None:
    file = path.parent / HEADER
    with disk_trouble(HEADER):
        if not file.exists():
            if path.exists():
                raise StoreError("damaged", f"{HEADER} is not there")
            return None
        text = file.read_bytes()
    try:
        return msgspec.json.decode(text, type=_Header)
    except msgspec.MsgspecError as error:
        raise StoreError("damaged", HEADER) from error


def _write_header(path: Path, header: _Header) -> None:
    write_durably(path.parent / HEADER, msgspec.json.encode(header))
