"""What the lock page shows; nothing of the visit is in it."""

from dataclasses import dataclass
from datetime import datetime

from ui.names import named
from ui.reception.texts import clerk_name, clock
from ui.words import words
from window_client.reception.state import LockView, ReceptionState


@dataclass(frozen=True, slots=True)
class LockFace:
    """The page. ``account`` and ``name`` are of whoever locked it."""

    hall: str
    window: str
    title: str
    since: str
    hint: str
    account: str
    name: str
    problem: str
    button: str
    busy: bool


def lock_face(state: ReceptionState) -> LockFace | None:
    """The lock page of a state, None while nothing is locked."""
    lock = state.lock
    if lock is None:
        return None
    signed_out = lock.why == "signed_out"
    hint = "lock.signed_out_hint" if signed_out else "lock.visit_open" if lock.visit_open else "lock.no_visit"
    return LockFace(
        hall=named(state.hall_name),
        window=words("lock.window", n=state.window_no),
        title=words.first(f"lock.title.{lock.why}", "lock.title.key"),
        since=words("lock.since", t=clock(lock.since)),
        hint=words(hint) + (words("lock.demo") if state.profile == "demo" else ""),
        account=state.clerk.account if state.clerk else "",
        name=clerk_name(state.clerk),
        problem=_problem(lock),
        button=words("lock.checking" if lock.checking else "lock.sign_in" if signed_out else "lock.unlock"),
        busy=lock.checking,
    )


def _problem(lock: LockView) -> str:
    if not lock.problem:
        return ""
    detail = lock.problem_args.get("detail", "")
    if lock.problem == "wrong_password":
        return words("lock.problem.wrong_password", n=detail) if detail.isdigit() else words("lock.problem.wrong")
    if lock.problem == "locked":
        if detail.isdigit():
            return words("lock.problem.locked_minutes", n=detail)
        when = clock(detail) if _is_moment(detail) else ""
        return words("lock.problem.locked", t=when) if when else words("lock.problem.locked_some")
    if lock.problem.startswith("store_"):
        return words("lock.problem.store")
    return words.first(f"lock.problem.{lock.problem}", "lock.problem.other")


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def warning(state: ReceptionState, now: datetime) -> str:
    """The words of the idle warning, empty while none is due."""
    if state.locks_at is None or state.lock is not None:
        return ""
    left = max(0, round((state.locks_at - now).total_seconds()))
    return words("lock.warning", n=left)
