"""The encrypted database: opening it honestly, and one transaction at a time.

A wrong key and a damaged file both read as "file is not a database". A small plain header, ``store.json``, holds the
format and a check value of the key, so that the two are told apart before the database is touched at all; it also
holds the version of the tables, so that an older program refuses a newer store without opening it.
"""

import hmac
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
from sqlcipher3 import dbapi2

from window_client.store.crash import point
from window_client.store.durable import make_folder, write_durably
from window_client.store.errors import StoreError, disk_trouble, sqlite_trouble
from window_client.store.keys import derive
from window_client.store.migrations import MIGRATIONS

__all__ = ["Database", "Row", "StoreError", "has_data", "open_database", "transaction"]

HEADER = "store.json"
FORMAT = 1
"""Format of the folder as a whole: names of files, sealing of pages."""

Row = tuple[Any, ...]
Gate = AbstractContextManager[object]
"""A lock that its holder may take again (threading.RLock, which is a function and no type)."""


class _Header(msgspec.Struct, frozen=True):
    format: int
    key_check: str
    tables: int = 0  # last migration that may have been made here
    ready: bool = False  # false until the first opening is complete: the database may be missing before that


class Database:
    """One connection. It belongs to the thread that opened it; ``gate`` is shared by all connections of a store.

    SQLite lets one connection write at a time and makes the other poll. The gate makes it wait exactly as long as
    the other's commit takes instead.
    """

    def __init__(self, connection: Any, folder: Path, gate: Gate) -> None:
        self._connection = connection
        self._folder = folder
        self.gate = gate

    @property
    def in_transaction(self) -> bool:
        """Whether BEGIN was said and neither COMMIT nor ROLLBACK yet."""
        return bool(self._connection.in_transaction)

    def execute(self, statement: str, values: Sequence[object] = ()) -> int:
        """Run a statement; returns how many rows it changed. Raises: StoreError."""
        with self._trouble():
            return int(self._connection.execute(statement, values).rowcount)

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
            raise StoreError(code, getattr(error, "sqlite_errorname", "")) from error


def has_data(folder: Path) -> bool:
    """Whether a store is in ``folder``, so that a missing key may not be made anew."""
    return (folder / HEADER).exists() or (folder / "store.db").exists()


def open_database(path: Path, key: bytes, *, gate: Gate | None = None) -> Database:
    """Open the database at ``path`` with its raw 32-byte key, and bring its tables up to date.

    The header lies beside it. On failure nothing that was there is changed.

    Raises:
        StoreError: wrong_key, damaged, newer_version, disk_full, read_only, occupied.
    """
    make_folder(path.parent)
    header = _read_header(path)
    check = derive(key, "check").hex()
    if header is not None:
        if header.format > FORMAT or header.tables > len(MIGRATIONS):
            raise StoreError("newer_version", f"{header.format}/{header.tables}, known {FORMAT}/{len(MIGRATIONS)}")
        if not hmac.compare_digest(header.key_check, check):
            raise StoreError("wrong_key", "the key does not belong to this store")
        if header.ready and not path.exists():
            raise StoreError("damaged", "the database is not there")
    current = _Header(FORMAT, check, len(MIGRATIONS), ready=True)
    if header is None or header.tables < len(MIGRATIONS):  # announced before it is done: see _Header.tables
        header = msgspec.structs.replace(current, ready=header is not None and header.ready)
        _write_header(path, header)
    db = _connect(path, key, gate or threading.RLock())
    try:
        _migrate(db)
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
        try:
            yield
            if name:
                point(f"{name}.before_commit")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:  # SQLite itself rolls back on some errors, such as a full disk
                with suppress(StoreError):
                    db.execute("ROLLBACK")
            raise
    if name:
        point(f"{name}.after_commit")


def _connect(path: Path, key: bytes, gate: Gate) -> Database:
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
        db.rows("PRAGMA foreign_keys = ON")
        db.rows("PRAGMA secure_delete = ON")
        db.rows("SELECT count(*) FROM sqlite_schema")  # the first look that needs the key
        db.rows("PRAGMA journal_mode = WAL")
        db.rows("PRAGMA synchronous = FULL")  # a printed receipt must survive a power cut
    except BaseException:
        db.close()
        raise
    return db


def _migrate(db: Database) -> None:
    version: int = db.one("PRAGMA user_version")
    if version > len(MIGRATIONS):  # the header is older than the file: a folder put together from two
        raise StoreError("newer_version", f"tables {version}, known {len(MIGRATIONS)}")
    for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
        with transaction(db):
            for statement in step:
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")


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
