"""What was done since the last backup, beside the database: an append-only sealed file, and a copy of each open draft.

The database is the authority. The log is what brings it back when its file is damaged: the last good backup, then
every record since. An acceptance is synced in the log while its transaction is synced in the database, and both are on
disk before anyone is told of the case; if the transaction fails its record is wiped, and one that a kill left behind is
called ``void`` at the next start (``head`` says the same of journal entries: none above it was). Where the disk refuses
the log, the acceptance stands and the record comes later.

    log/000012.log   WCL1, segment number; then records: length, kind, subject, nonce, sealed body
    log/drafts/…     two sealed files an open visit, written over in turns at each change

Segment n begins just before backup n is taken, so backup n and the segments from n on hold everything. Each record is
bound to the seal of the one before it: taken out, put in or moved, it no longer opens. Kind and subject (an id) are in
the clear so that a start need not open every record; they name nobody.
"""

import hashlib
import logging
import mmap
import os
import secrets
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import msgspec

from window_client.store.durable import make_folder, sync_folder
from window_client.store.errors import StoreError, disk_trouble

log = logging.getLogger(__name__)

MAGIC = b"WCL1"
_sync = getattr(os, "fdatasync", os.fsync)  # Windows has only the longer one
_FILE = struct.Struct(">4sI")
_HEAD = struct.Struct(">IB16s12s")  # length of the sealed body, kind, subject, nonce
_LENGTH = struct.Struct(">I")
_TURN = struct.Struct(">Q")
SLOTS = ("a", "b")
_TAG = 16
_LARGEST = 1 << 28  # bytes; a longer record is a damaged length

KINDS = ("begin", "case", "entry", "print", "message", "sent", "known", "purged", "void", "head")
"""What a record tells; its number on disk is its place here, so that new kinds are added at the end."""

CHUNK = 256 * 1024
"""Bytes by which a segment grows."""

_PLACE = ("_handle", "_previous", "_end", "_room", "_known", "_last_case", "number", "cases", "begin")

DRAFT = "draft"
"""Told like a record, kept in a file of its own."""

SYNCED = frozenset({"begin", "case"})
"""Kinds that are on disk when ``write`` returns. The others reach it with the next of these, or when the system likes:
a killed process loses none, a power cut the last seconds' worth, and then the database is usually whole."""


class Begin(msgspec.Struct, frozen=True):
    """The first record of a segment: how far the database was when it began."""

    backup: int
    case_seq: int
    entry_seq: int
    entry_hash: str
    at: str


class Record(msgspec.Struct, frozen=True):
    """A record before it is sealed, or after it was opened. ``subject`` is an id; ``body`` any msgspec value."""

    kind: str
    subject: str
    body: Any


class Told(msgspec.Struct, frozen=True):
    """What a segment holds, as far as it can be read. ``whole`` is False when something in the middle does not open."""

    number: int
    records: tuple[Record, ...]
    whole: bool = True


def subject_bytes(subject: str) -> bytes:
    """16 bytes that stand for an id."""
    return hashlib.blake2b(subject.encode(), digest_size=16).digest()


class CaseLog:
    """The log of one store. Any thread may write.

    Args:
        folder: ``log`` in the store's folder.
        key: 32 bytes of its own.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  loaded when the store is opened

        self._folder = folder
        self._cipher = AESGCM(key)
        self._gate = threading.Lock()
        self._beside = _Beside()
        self._handle = -1
        self._previous = b"\0" * _TAG
        self._end = self._room = 0
        self._last_case = b""
        self._owed: list[Record] = []
        self._turns: dict[str, int] = {}
        self.number = -1
        self.cases = 0
        self.entry_head = ""
        self._known: set[tuple[int, bytes]] = set()
        self.begin: Begin | None = None

    # ---- opening

    def open(self) -> bool:
        """Go on with the last segment, without its torn end; False if there is none yet. Raises: StoreError."""
        make_folder(self._folder)
        make_folder(self._folder / "drafts")
        numbers = segments(self._folder)
        if not numbers:
            return False
        with disk_trouble("log"):
            self._continue(numbers[-1])
        return self.begin is not None

    def _continue(self, number: int) -> None:
        path = self._path(number)
        if path.stat().st_size < _FILE.size:
            return
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            self._continue_from(path, number, content)

    def _continue_from(self, path: Path, number: int, content: mmap.mmap) -> None:
        end = _FILE.size
        self._forget()
        if content[:end] != _FILE.pack(MAGIC, number):
            return
        first = True
        for start, kind, subject, after in _walk(content):  # heads only: bodies stay on the disk
            if first:
                self.begin = self._first(number, content[start:after])
                if self.begin is None:
                    return
            self._note(kind, subject)
            self._previous = content[after - _TAG : after]
            end, first = after, False
        if first:
            return
        self._handle = os.open(path, os.O_RDWR)
        self._end, self._room = end, len(content)
        if content[end:].strip(b"\0"):
            log.warning("the log's last record is torn; it is cut off")
            self._wipe(end, len(content) - end)
        self.number = number

    def _first(self, number: int, record: bytes) -> Begin | None:
        opened = self._opened(number, b"\0" * _TAG, record)
        try:
            return msgspec.convert(opened.body, Begin) if opened and opened.kind == "begin" else None
        except msgspec.ValidationError:
            return None

    def start(self, number: int, begin: Begin) -> None:
        """Begin segment ``number``; everything is written there from now on. Raises: StoreError, the old one stays."""
        make_folder(self._folder)
        make_folder(self._folder / "drafts")
        path = self._path(number)
        with self._gate, disk_trouble("log"):
            before = {name: getattr(self, name) for name in _PLACE}
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                os.write(handle, _FILE.pack(MAGIC, number))
                self._forget()
                self._handle, self.number, self.begin, self._end, self._room = (
                    handle,
                    number,
                    begin,
                    _FILE.size,
                    _FILE.size,
                )
                self._append([Record("begin", str(number), msgspec.to_builtins(begin))])
                sync_folder(self._folder)
            except BaseException:
                os.close(handle)
                with suppress(OSError):
                    path.unlink()
                for name, value in before.items():
                    setattr(self, name, value)
                raise
            if before["_handle"] >= 0:
                os.close(before["_handle"])

    def close(self) -> None:
        """Let go of the file. Safe to call twice."""
        with self._gate:
            if self._handle >= 0:
                with suppress(OSError, StoreError):
                    self._append(self._owed)
                    self._owed = []
                os.close(self._handle)
                self._handle = -1
        self._beside.close()

    # ---- writing

    def write(self, told: Sequence[Record]) -> bool:
        """Append what a transaction told that is on disk; False if the disk refused: it is owed, and comes later."""
        return self.ahead(told).done(good=True)

    def ahead(self, told: Sequence[Record]) -> "Ahead":
        """Begin to append what a transaction told that is being committed; say in ``done`` how that ended.

        A ``draft`` (body: the draft as JSON, empty when its visit is over) becomes a file of its own, soon after.
        """
        records = [record for record in told if record.kind != DRAFT]
        drafts = [record for record in told if record.kind == DRAFT]
        return Ahead(self, records, drafts)

    @property
    def owed(self) -> int:
        """How many records the disk has refused so far."""
        return len(self._owed)

    def has(self, kind: str, subject: str) -> bool:
        """Whether the present segment has a record of this kind about this id."""
        return (KINDS.index(kind), subject_bytes(subject)) in self._known

    def _append(self, records: Sequence[Record]) -> None:
        """Write and sync, all or nothing."""
        size, previous = self._put(records)
        if any(record.kind in SYNCED for record in records):
            try:
                _sync(self._handle)
            except OSError:
                self._wipe(self._end, size)
                raise
        self._take(records, size, previous)

    def _put(self, records: Sequence[Record]) -> tuple[int, bytes]:
        """Write records behind the end, which stays; returns their size and the seal of the last."""
        previous, data = self._previous, bytearray()
        for record in records:
            sealed = self._sealed(self.number, previous, record)
            previous = sealed[-_TAG:]
            data += sealed
        if data:
            self._make_room(len(data))
            try:
                _write_at(self._handle, data, self._end)
            except BaseException:
                self._wipe(self._end, len(data))  # a half record would hide all that come after it
                raise
        return len(data), previous

    def _take(self, records: Sequence[Record], size: int, previous: bytes) -> None:
        """What was put counts from now on."""
        self._end += size
        self._previous = previous
        for record in records:
            self._note(KINDS.index(record.kind), subject_bytes(record.subject))
            if record.kind == "entry":
                self.entry_head = f"{record.subject}:{getattr(record.body, 'hash', '')}"

    def _make_room(self, size: int) -> None:
        """Grow the file by zeros before they are written over: a sync of what does not grow is half as long."""
        lacking = self._end + size - self._room
        if lacking <= 0:
            return
        for more in (lacking + CHUNK, lacking):
            try:
                _write_at(self._handle, bytes(more), self._room)
            except OSError:
                os.ftruncate(self._handle, self._room)
                if more == lacking:
                    raise
            else:
                self._room += more
                return

    def _wipe(self, start: int, size: int) -> None:
        with suppress(OSError):
            _write_at(self._handle, bytes(size), start)
            _sync(self._handle)

    def _note(self, kind: int, subject: bytes) -> None:
        self._known.add((kind, subject))
        if kind == KINDS.index("case"):
            self.cases += 1
            self._last_case = subject
        elif subject == self._last_case and KINDS[kind] in {"purged", "void"}:
            self._last_case = b""  # settled; the same case may be accepted once more, and killed once more

    def _forget(self) -> None:
        self._previous, self.cases, self._known, self.begin = b"\0" * _TAG, 0, set(), None
        self._end = self._room = 0
        self._last_case = b""

    # ---- drafts

    def keep_draft(self, visit_id: str, body: bytes) -> None:
        """Keep the copy of an open draft. Not synced: the database is. A disk that refuses it is only told of.

        Two files take turns and are written over in place, so that a kill on the way leaves the copy before.
        """
        name = subject_bytes(visit_id).hex()
        turn = self._turns.get(name)
        if turn is None:
            turn = max((self._read_draft(name, slot)[0] for slot in SLOTS), default=0)
        turn += 1
        slot = SLOTS[turn % 2]
        nonce = secrets.token_bytes(12)
        sealed = self._cipher.encrypt(nonce, _TURN.pack(turn) + body, _draft_bound(name, slot))
        try:
            handle = os.open(self._draft(name, slot), os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                _write_at(handle, _LENGTH.pack(len(sealed)) + nonce + sealed, 0)
            finally:
                os.close(handle)
            self._turns[name] = turn
        except OSError as error:
            log.warning("a draft's copy could not be written: %s", error.strerror)

    def drop_draft(self, visit_id: str) -> None:
        """The visit is over."""
        name = subject_bytes(visit_id).hex()
        self._turns.pop(name, None)
        for slot in SLOTS:
            with suppress(OSError):
                self._draft(name, slot).unlink(missing_ok=True)

    def drop_drafts_but(self, visit_ids: Iterable[str]) -> None:
        """Drop the copies of all visits but these: a kill may have come between a visit's end and its copy's."""
        kept = {subject_bytes(visit_id).hex() for visit_id in visit_ids}
        for path in (self._folder / "drafts").glob("[0-9a-f]*.[ab]"):
            if path.stem not in kept:
                with suppress(OSError):
                    path.unlink()

    def drafts(self) -> tuple[list[bytes], int]:
        """The newest copies that open, and of how many visits none does."""
        good, bad = [], 0
        for name in sorted({path.stem for path in (self._folder / "drafts").glob("[0-9a-f]*.[ab]")}):
            turn, body = max(self._read_draft(name, slot) for slot in SLOTS)
            if turn:
                good.append(body)
            else:
                bad += 1
        return good, bad

    def _read_draft(self, name: str, slot: str) -> tuple[int, bytes]:
        """Turn and draft of a file; turn 0 when it is not there or does not open."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415

        try:
            content = self._draft(name, slot).read_bytes()
            (length,) = _LENGTH.unpack_from(content)
            start = _LENGTH.size + 12
            sealed = content[start : start + length]
            opened = self._cipher.decrypt(content[_LENGTH.size : start], sealed, _draft_bound(name, slot))
            return int(_TURN.unpack_from(opened)[0]), opened[_TURN.size :]
        except (OSError, InvalidTag, ValueError, struct.error):
            return 0, b""

    def _draft(self, name: str, slot: str) -> Path:
        return self._folder / "drafts" / f"{name}.{slot}"

    # ---- reading back

    def read(self, number: int) -> Told:
        """All records of a segment, those that open; a torn end is not told of."""
        try:
            with disk_trouble("log"):
                content = self._path(number).read_bytes()
        except FileNotFoundError:
            return Told(number, (), whole=False)
        if content[: _FILE.size] != _FILE.pack(MAGIC, number):
            return Told(number, (), whole=False)
        records: list[Record] = []
        whole = True
        previous = b"\0" * _TAG
        for start, _, _, after in _walk(content):
            opened = self._opened(number, previous, content[start:after])
            if opened is None:
                whole = False
            else:
                records.append(opened)
            previous = content[after - _TAG : after]
        return Told(number, tuple(records), whole=whole and bool(records) and records[0].kind == "begin")

    def unfinished(self, accepted: Iterable[str]) -> str:
        """The last case told here if it is not among ``accepted``, was not purged and not called void; or empty."""
        if not self._last_case or self._last_case in map(subject_bytes, accepted):
            return ""
        return next((r.subject for r in reversed(self.read(self.number).records) if r.kind == "case"), "")

    def remove_before(self, number: int) -> None:
        """Remove the segments before ``number``: a kept backup has what they tell."""
        for old in segments(self._folder):
            if old < number and old != self.number:
                with suppress(OSError):
                    self._path(old).unlink()

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06}.log"

    def _sealed(self, number: int, previous: bytes, record: Record) -> bytes:
        kind, subject = KINDS.index(record.kind), subject_bytes(record.subject)
        nonce = secrets.token_bytes(12)
        body = msgspec.msgpack.encode(record)
        sealed = self._cipher.encrypt(nonce, body, _bound(number, previous, kind, subject))
        return _HEAD.pack(len(sealed), kind, subject, nonce) + sealed

    def _opened(self, number: int, previous: bytes, record: bytes) -> Record | None:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415

        _, kind, subject, nonce = _HEAD.unpack_from(record)
        try:
            body = self._cipher.decrypt(nonce, record[_HEAD.size :], _bound(number, previous, kind, subject))
            return msgspec.msgpack.decode(body, type=Record)
        except (InvalidTag, msgspec.MsgspecError):
            return None


class _Beside:
    """A thread that does small things with files beside its owner's work, in their order.

    To start one each time takes longer than a sync.
    """

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._answers: SimpleQueue[OSError | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def do(self, job: Callable[[], None]) -> None:
        """Do this after everything before it."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="case-log", daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def sync(self, handle: int) -> "SimpleQueue[OSError | None]":
        """Sync an open file; None, or the trouble, comes out of the queue when it is done. One at a time."""

        def work() -> None:
            try:
                _sync(handle)
            except OSError as error:
                self._answers.put(error)
            else:
                self._answers.put(None)

        self.do(work)
        return self._answers

    def close(self) -> None:
        """Finish what is queued and end the thread."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception:  # the thread's top: who waits for the next sync would wait for ever without it
                log.exception("a bug beside the log of cases")


class Ahead:
    """Records on their way into the log while their transaction is on its way into the database.

    The log is held from here to ``done``, which is called in the same thread in every case.
    """

    def __init__(self, case_log: CaseLog, records: list[Record], drafts: list[Record]) -> None:
        self._log = case_log
        self._records = records
        self._drafts = drafts
        self._put: tuple[int, bytes] | None = None
        self._syncing: SimpleQueue[OSError | None] | None = None
        if not records:
            return
        case_log._gate.acquire()  # noqa: SLF001 - the other half of CaseLog
        if case_log._handle < 0:  # noqa: SLF001
            return
        try:
            with disk_trouble("log"):
                self._put = case_log._put([*case_log._owed, *records])  # noqa: SLF001
        except (StoreError, OSError) as error:  # whatever the disk's reason: the database alone decides
            log.warning("the log of cases could not be written: %s", getattr(error, "code", type(error).__name__))
            return
        except BaseException:
            case_log._gate.release()  # noqa: SLF001
            raise
        if any(record.kind in SYNCED for record in records):
            self._syncing = case_log._beside.sync(case_log._handle)  # noqa: SLF001

    def done(self, *, good: bool) -> bool:
        """The transaction is on disk, or (``good`` False) did not happen. True when the log has everything."""
        case_log = self._log
        trouble = self._syncing.get() if self._syncing is not None else None
        if self._records:
            try:
                self._settle(good=good, synced=trouble is None)
            finally:
                case_log._gate.release()  # noqa: SLF001
        if good:
            for draft in self._drafts:
                keep = partial(case_log.keep_draft, draft.subject, draft.body)
                drop = partial(case_log.drop_draft, draft.subject)
                case_log._beside.do(keep if draft.body else drop)  # noqa: SLF001
        return not case_log._owed  # noqa: SLF001

    def _settle(self, *, good: bool, synced: bool) -> None:
        case_log = self._log
        if self._put is not None and not (good and synced):
            case_log._wipe(case_log._end, self._put[0])  # noqa: SLF001
            self._put = None
        if not good:
            return
        if self._put is None:
            case_log._owed += self._records  # noqa: SLF001
        else:
            case_log._take([*case_log._owed, *self._records], *self._put)  # noqa: SLF001
            case_log._owed = []  # noqa: SLF001


def standing_entries(told: Iterable[Told]) -> dict[int, str]:
    """Number and hash of the journal's entries as the log tells them, without those that a kill took back.

    Such an entry has its number taken by a later record, or a ``head`` below it comes after it.
    """
    standing: dict[int, str] = {}
    for one in told:
        for record in one.records:
            if record.kind not in {"entry", "head"}:
                continue
            seq = int(record.subject)
            while standing and (last := next(reversed(standing))) >= seq + (record.kind == "head"):
                del standing[last]
            if record.kind == "entry":
                standing[seq] = record.body["hash"]
    return standing


def segments(folder: Path) -> list[int]:
    """The numbers of the segments in ``folder``, in order."""
    return sorted(int(path.stem) for path in folder.glob("[0-9]*.log") if path.stem.isdecimal())


def _write_at(handle: int, data: bytes | bytearray, at: int) -> None:
    os.lseek(handle, at, os.SEEK_SET)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _draft_bound(name: str, slot: str) -> bytes:
    return f"draft {name} {slot}".encode()


def _bound(number: int, previous: bytes, kind: int, subject: bytes) -> bytes:
    return MAGIC + number.to_bytes(4, "big") + previous + bytes([kind]) + subject


def _walk(content: bytes | mmap.mmap) -> Iterator[tuple[int, int, bytes, int]]:
    """Start, kind, subject and end of each record that is there whole."""
    at = _FILE.size
    while at + _HEAD.size <= len(content):
        length, kind, subject, _ = _HEAD.unpack_from(content, at)
        end = at + _HEAD.size + length
        if not _TAG <= length <= _LARGEST or kind >= len(KINDS) or end > len(content):
            return
        yield at, kind, subject, end
        at = end
