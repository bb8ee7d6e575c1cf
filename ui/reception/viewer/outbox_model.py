"""待发 as the right column shows it: case by case, what the centre would not take first. No Qt in here."""

from dataclasses import dataclass
from datetime import datetime

from ui.names import named
from ui.reception.texts import case_no_words
from ui.words import words
from window_client.clock import CHINA
from window_client.reception.state import OutboxCase, OutboxRow, OutboxView, ReceptionState

ROUND_TO = 100
"""Room for cases is told in round numbers: it is an estimate."""


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One case, or a message that belongs to none. ``tone`` is warn (waits), accent (on its way) or bad (set aside).

    ``advice`` says what to do about what was set aside; ``retry`` is what 重试 is asked with, or empty.
    """

    title: str
    kind: str
    time: str
    size: str
    state: str
    tone: str
    advice: str = ""
    retry: str = ""


@dataclass(frozen=True, slots=True)
class OutboxFace:
    """待发: how much waits, line by line, and what works without the network. ``next_try`` counts down in ``note``."""

    title: str
    lines: tuple[OutboxLine, ...]
    more: str
    offline: bool
    may_retry: bool
    summary: str
    room: int
    waits: bool
    next_try: datetime | None


def outbox(state: ReceptionState) -> OutboxFace:
    """What waits to be sent."""
    box, online = state.outbox, state.network.online
    lines = [_case(row, online=online) for row in box.listed]
    listed = {row.case_no for row in box.listed}
    lines += [_message(row, online=online) for row in box.rows if row.case_no not in listed]
    lines.sort(key=lambda line: line.tone != "bad")
    size = box.size or sum(row.size for row in box.rows)
    left = box.cases - len(box.listed)
    return OutboxFace(
        title=words("outbox.head", n=box.count, size=size_words(size)) if box.count else words("outbox.empty"),
        lines=tuple(lines),
        more=words("outbox.more", n=left) if left > 0 else "",
        offline=not online,
        may_retry=box.count > 0,
        summary=_summary(box),
        room=box.room,
        waits=box.count > 0,
        next_try=None if online else box.next_try,
    )


def note(face: OutboxFace, now: datetime) -> str:
    """The second line of the head: what keeps it safe, how many more cases fit, when the line is tried next."""
    if not face.waits:
        return words("outbox.empty.note")
    parts = [words("outbox.note.safe")]
    if face.room:
        parts.append(words("outbox.note.room", n=_round(face.room)))
    if face.next_try is not None:
        seconds = max(0, round((face.next_try - now).total_seconds()))
        parts.append(words("outbox.note.next", s=seconds) if seconds else words("outbox.note.now"))
    elif face.offline:
        parts.append(words("outbox.note.later"))
    return " · ".join(parts)


def _summary(box: OutboxView) -> str:
    if box.set_aside:
        return words("outbox.set_aside.n", n=box.set_aside)
    return words("outbox.waiting.n", n=box.count) if box.waiting else ""


def _case(row: OutboxCase, *, online: bool) -> OutboxLine:
    title = case_no_words(row.case_no)
    said, tone, advice = _state(row.reason, row.attempts, set_aside=row.set_aside > 0, online=online)
    return OutboxLine(
        title=title,
        kind=named(row.about),
        time=f"{row.accepted_at.astimezone(CHINA):%H:%M}",
        size=size_words(row.size),
        state=said,
        tone=tone,
        advice=advice,
        retry=row.id if row.set_aside else "",
    )


def _message(row: OutboxRow, *, online: bool) -> OutboxLine:
    kind = words.first(f"outbox.kind.{row.kind}", "outbox.kind.other")
    said, tone, advice = _state(row.reason, row.attempts, set_aside=row.set_aside, online=online)
    return OutboxLine(
        title=case_no_words(row.case_no) if row.case_no else kind,
        kind=kind if row.case_no else "",
        time=f"{row.created_at.astimezone(CHINA):%H:%M}",
        size=size_words(row.size) if row.size else "",
        state=said,
        tone=tone,
        advice=advice,
        retry=row.id if row.set_aside else "",
    )


def _state(reason: str, attempts: int, *, set_aside: bool, online: bool) -> tuple[str, str, str]:
    if set_aside:
        why = words.first(f"outbox.reason.{reason}", "outbox.reason.other")
        return words("outbox.set_aside", why=why), "bad", words.first(f"outbox.do.{reason}", "outbox.do.other")
    if not online:
        return words("outbox.waiting"), "warn", ""
    if attempts:
        return words("outbox.tried", n=attempts), "warn", ""
    return words("outbox.sending"), "accent", ""


def size_words(count: int) -> str:
    """``900 KB``, ``7.3 MB``."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.0f} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def _round(room: int) -> int:
    return room if room < ROUND_TO else room // ROUND_TO * ROUND_TO
