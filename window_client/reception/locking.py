"""The locked screen: nothing personal on either screen until a password is given.

Locked is no state of the visit: feeding, printing and sending go on, the draft is on disk, and unlocking shows the
same place again. What the screens are given meanwhile is ``blank`` of the state, so that no view can show what it
was not told. Reading a card and watching the tray stop, for nobody looks.

The idle lock counts ticks without a key or the pointer, not the wall clock: a clock that jumps locks nobody. While
the applicant checks or signs it waits three times as long, for reading needs no key (DESIGN.md section 11).

After a 401 the session is over: while somebody is served a banner says so and work goes on; an idle window shows
the same page at once, for nothing can be called.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import msgspec

from window_client.central.client import Rejected, Unavailable
from window_client.domain.visit import State
from window_client.reception.core import Core
from window_client.reception.state import (
    ApplicantPage,
    ApplicantView,
    Clerk,
    LockView,
    OutboxView,
    ReceptionState,
)
from window_client.store.errors import StoreError

log = logging.getLogger(__name__)

TICK = 5.0
"""Seconds between two looks at the counter of idle time."""

WARNING = 20.0
"""Seconds of warning before the idle lock."""

APPLICANTS = frozenset({ApplicantPage.CHECK, ApplicantPage.DECLARE, ApplicantPage.SIGN})
PATIENCE_FACTOR = 3


class Locking:
    """The lock, and whoever opens it.

    Args:
        core: What the parts of the desk share.
        on_lock: Called before the screens go blank: whatever needs an eye on it stops.
        on_open: Called when the screens are back.
    """

    def __init__(self, core: Core, on_lock: Callable[[], None], on_open: Callable[[], None]) -> None:
        self._core = core
        self._on_lock = on_lock
        self._on_open = on_open
        self._idle = 0.0
        self._ticking = False
        core.on_signed_out = self.session_over

    # ---- the clerk

    def lock(self, why: str = "key") -> None:
        """Hide everything. The journal says when, and why."""
        core = self._core
        if core.state.lock is not None or core.state.clerk is None or core.deps.door is None:
            return
        self._on_lock()
        self._note("lock", {"why": why})
        visit = core.state.draft is not None
        core.set(
            lock=LockView(why, core.now(), visit_open=visit),
            locks_at=None,
            identity=replace(core.state.identity, revealed_until=None),
        )

    def unlock(self, account: str, password: str) -> None:
        """Ask whether the password is right; another clerk takes the window over."""
        core, door = self._core, self._core.deps.door
        lock = core.state.lock
        if lock is None or door is None or lock.checking:
            return
        account = account.strip()
        if not account or not password:
            core.set(lock=replace(lock, problem="empty", problem_args={}))
            return
        core.set(lock=replace(lock, checking=True, problem="", problem_args={}))
        core.ask(
            lambda _client: door.sign_in(account, password),
            done=lambda answer: self._opened(*answer),
            failed=self._refused,
        )

    def touched(self) -> None:
        """A key or the pointer was used."""
        self._idle = 0.0
        if self._core.state.locks_at is not None:
            self._core.set(locks_at=None)

    # ---- time

    def begin(self) -> None:
        """Count from now on; once a program."""
        self._idle = 0.0
        if not self._ticking and self._core.deps.settings.lock_after_minutes > 0 and self._core.deps.door is not None:
            self._ticking = True
            self._core.deps.dispatcher.later(TICK, self._tick)

    def _tick(self) -> None:
        core = self._core
        core.deps.dispatcher.later(TICK, self._tick)
        if core.state.lock is not None or core.state.clerk is None:
            self._idle = 0.0
            return
        self._idle += TICK
        limit = core.deps.settings.lock_after_minutes * 60.0
        limit *= PATIENCE_FACTOR if core.state.applicant.page in APPLICANTS else 1
        left = limit - self._idle
        if left <= 0:
            self.lock("idle")
        elif left <= WARNING and core.state.locks_at is None:
            core.set(locks_at=core.now() + timedelta(seconds=left))

    # ---- the session

    def session_over(self) -> None:
        """The centre does not know us any more (401)."""
        core = self._core
        if core.state.clerk is None or (core.deps.door is not None and core.deps.door.signs_in_itself()):
            return
        if not core.state.signed_out:
            core.set(signed_out=True)
        if core.state.visit in {State.IDLE, State.PAUSED}:
            self.lock("signed_out")

    def idle_again(self) -> None:
        """A visit is over: an open question of who sits here is asked now."""
        core = self._core
        if core.state.signed_out and core.state.visit in {State.IDLE, State.PAUSED}:
            self.lock("signed_out")

    # ---- answers

    def _opened(self, clerk: Clerk, online: bool) -> None:
        core = self._core
        before = core.state.clerk
        another = before is not None and before.account != clerk.account
        if another and not self._take_over(clerk, before.account if before else ""):
            return
        self._note("unlock", {"online": online}, clerk.account)
        self._idle = 0.0
        with core.together():
            core.set(clerk=clerk, lock=None, locks_at=None, signed_out=core.state.signed_out and not online)
            if core.deps.door is not None:
                core.deps.door.opened(clerk, online=online)
            self._on_open()
            if another:
                core.say("lock.taken_over", name=clerk.name)

    def _take_over(self, clerk: Clerk, before: str) -> bool:
        """Another clerk sits down: the open visit goes on in her name, and the journal has the change."""
        core = self._core
        draft = core.state.draft
        try:
            with core.deps.store.transaction("take_over"):
                visit = draft.visit_id if draft is not None else ""
                core.deps.store.journal.add(clerk.account, "take_over", visit, {"from": before})
                if draft is not None:
                    draft = msgspec.structs.replace(draft, clerk=clerk.account)
                    core.deps.store.drafts.save(draft)
        except StoreError as error:
            log.error("the window cannot be taken over: %s", error.code)  # noqa: TRY400 - the environment's error
            self._problem(f"store_{error.code}")
            return False
        if draft is not None:
            core.set(draft=draft)
        return True

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Rejected):
            self._problem(error.code, detail=error.detail)
        elif isinstance(error, Unavailable):
            self._problem("unavailable")
        elif isinstance(error, ValueError):
            self._problem(str(error) or "no_keyring")
        else:
            self._problem("no_keyring")

    def _problem(self, code: str, **args: str) -> None:
        lock = self._core.state.lock
        if lock is not None:
            self._core.set(lock=replace(lock, checking=False, problem=code, problem_args=args))

    def _note(self, action: str, detail: dict[str, str | int | bool], actor: str = "") -> None:
        core = self._core
        actor = actor or (core.state.clerk.account if core.state.clerk else "")
        visit = core.state.draft.visit_id if core.state.draft else ""
        try:
            core.deps.store.journal.add(actor, action, visit, detail)
        except StoreError as error:  # a full disk must not keep the screen open, nor the clerk out
            log.warning("%s is not in the journal: %s", action, error.code)


def blank(state: ReceptionState) -> ReceptionState:
    """What the screens are given while locked: the hall, the window, the machines, and nothing of any person."""
    return ReceptionState(
        hall_name=state.hall_name,
        names_en=state.names_en,
        window_no=state.window_no,
        window_title=state.window_title,
        profile=state.profile,
        clerk=state.clerk,
        applicant=ApplicantView(),
        pause=replace(state.pause, reason="") if state.pause is not None else None,
        devices=state.devices,
        network=state.network,
        outbox=OutboxView(state.outbox.waiting, state.outbox.set_aside, cases=state.outbox.cases),
        catalogue_version=state.catalogue_version,
        catalogue_at=state.catalogue_at,
        lock=state.lock,
        signed_out=state.signed_out,
    )
