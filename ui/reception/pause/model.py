"""What the pause page shows: since when, back when, why, and what may be chosen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ui.reception.texts import clock, say, say_first
from window_client.reception.state import ReceptionState

REASONS = ("rest", "meal", "meeting", "papers", "machine", "shift")
MINUTES = (10, 15, 30, 60, 90, 0)
"""Minutes until the return; 0: not known."""

USUAL = {"rest": 10, "meal": 60, "meeting": 60, "papers": 15, "machine": 0, "shift": 15}
"""The time that is offered first for a reason."""


@dataclass(frozen=True, slots=True)
class Pause:
    """The page. ``paused`` False: nothing has begun yet. ``late`` when the time of return is over."""

    paused: bool
    title: str
    since: str
    back: str
    late: str
    reasons: tuple[tuple[str, str], ...]
    times: tuple[tuple[int, str], ...]
    reason: str
    minutes: int
    note: str
    go: str


def pause(state: ReceptionState, reason: str, minutes: int, now: datetime) -> Pause:
    """The page for what is chosen at ``now``."""
    held = state.pause
    back = held.back_at if held else None
    late = int((now - back).total_seconds() // 60) if back is not None and now > back else 0
    untold = held is not None and not held.told and not state.network.online
    return Pause(
        paused=held is not None,
        title=say("pause.title_now") if held else say("pause.title"),
        since=say("pause.since", t=clock(held.since)) if held else "",
        back=(say("pause.back", t=clock(back)) if back else say("pause.back_unknown")) if held else "",
        late=say("pause.late", n=late) if late else "",
        reasons=tuple((code, say(f"pause.reason.{code}")) for code in REASONS),
        times=tuple((choice, time_words(choice, now)) for choice in MINUTES),
        reason=reason,
        minutes=minutes,
        note=say("pause.untold") if untold or (held is None and not state.network.online) else say("pause.told"),
        go=say("unpause") if held else say("pause"),
    )


def time_words(minutes: int, now: datetime) -> str:
    """``10 分，10:45`` or ``说不准``."""
    if not minutes:
        return say("pause.unknown")
    return say("pause.minutes", n=minutes, t=clock(now + timedelta(minutes=minutes)))


def reason_words(reason: str) -> str:
    """A reason's words; free text stays as it is."""
    return say_first(f"pause.reason.{reason}") if reason in REASONS else reason
