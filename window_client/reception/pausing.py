"""Pausing the window (暂停服务): with a reason, a time of return, and the hall told.

A pause is kept on disk, so that a restart does not open the window behind the clerk's back, and works without the
queue service, which is told as soon as it answers. Whoever was told last decides: what we could not tell is told
with the next picture of the queue; what a steward decided at the centre is taken over.
"""

import logging
from datetime import datetime, timedelta
from uuid import uuid4

import msgspec

from window_client.central import contract
from window_client.domain.visit import Event, State
from window_client.reception.calling import Calling
from window_client.reception.core import Core
from window_client.reception.state import PauseView
from window_client.store.errors import StoreError

log = logging.getLogger(__name__)

KEPT = "window-paused"
"""The cache's key of the pause."""


class _Kept(msgspec.Struct, frozen=True):
    """What stands on disk. ``paused`` False: opened again, and the centre does not know yet."""

    paused: bool
    since: str = ""
    reason: str = ""
    back_at: str = ""
    told: bool = False


class Pausing:
    """The pause of a window."""

    def __init__(self, core: Core, calling: Calling) -> None:
        self._core = core
        self._calling = calling
        self._kept: _Kept | None = None
        self._telling = False

    # ---- the clerk

    def pause(self, reason: str, minutes: int) -> None:
        """Pause for ``minutes``, 0 where the time is not known; while paused it changes reason and time."""
        core = self._core
        if core.state.busy:
            return
        if core.state.visit in {State.SUBMITTED, State.RATING}:
            self._calling.close_visit("done")
        if not core.allowed(Event.PAUSE):
            return
        now = core.now()
        since = core.state.pause.since if core.state.pause else now
        back = (now + timedelta(minutes=minutes)).isoformat() if minutes > 0 else ""
        self._keep(_Kept(paused=True, since=since.isoformat(), reason=reason.strip()[:40], back_at=back))
        core.go(Event.PAUSE, pause=_view(self._kept), idle_since=since)
        self._show_display()
        self._tell()

    def unpause(self) -> None:
        """Open again."""
        core = self._core
        if core.state.busy or not core.allowed(Event.UNPAUSE):
            return
        self._keep(_Kept(paused=False))
        core.go(Event.UNPAUSE, pause=None, idle_since=core.now())
        core.deps.devices.show_number("", f"WINDOW {core.state.window_no:02d}")
        core.say("pause.over")
        self._tell()

    # ---- start

    def restore(self) -> None:
        """Take up a pause that an earlier start left."""
        core = self._core
        cached = core.deps.store.cache.get(KEPT)
        if cached is None:
            return
        try:
            self._kept = msgspec.json.decode(cached.body, type=_Kept)
        except msgspec.MsgspecError:
            log.warning("the kept pause cannot be read")
            return
        if self._kept.paused and core.state.visit is State.IDLE:
            self._show(self._kept)

    # ---- the queue service

    def compare(self, picture: contract.QueuePicture) -> None:
        """A picture of the queue came."""
        core = self._core
        kept = self._kept
        if self._telling or core.state.visit not in {State.IDLE, State.PAUSED}:
            return
        if kept is not None and not kept.told:
            self._tell()
        elif picture.paused and core.state.visit is State.IDLE and not core.state.busy:
            self._keep(_Kept(paused=True, since=core.now().isoformat(), told=True))
            if self._kept is not None:
                self._show(self._kept)
        elif not picture.paused and core.state.visit is State.PAUSED:
            self._tell()  # the centre lost it (a restored backup): the clerk is still away

    def _show(self, kept: _Kept) -> None:
        since = datetime.fromisoformat(kept.since)
        self._core.go(Event.PAUSE, pause=_view(kept), idle_since=since)
        self._show_display()

    def _show_display(self) -> None:
        pause = self._core.state.pause
        back = f"BACK {pause.back_at:%H:%M}" if pause is not None and pause.back_at else "PAUSED"
        self._core.deps.devices.show_number("----", back)

    def _tell(self) -> None:
        core, kept = self._core, self._kept
        if kept is None:
            return
        window, key = core.state.window_no, str(uuid4())
        self._telling = True

        def done(called: contract.Called) -> None:
            self._telling = False
            core.fence = max(core.fence, called.fence)
            if self._kept is not kept:
                self._tell()  # changed meanwhile
            elif kept.paused:
                self._keep(msgspec.structs.replace(kept, told=True))
                if core.state.pause is not None:
                    core.set(pause=_view(self._kept))
            else:
                self._forget()

        def failed(error: Exception) -> None:
            self._telling = False
            core.ignore(error)

        core.ask(
            lambda client: client.set_window(
                window, paused=kept.paused, reason=kept.reason, back_at=kept.back_at, key=key
            ),
            done=done,
            failed=failed,
        )

    # ---- disk

    def _keep(self, kept: _Kept) -> None:
        self._kept = kept
        try:
            self._core.deps.store.cache.put(KEPT, msgspec.json.encode(kept))
        except StoreError as error:  # it holds until the next start then
            log.warning("the pause cannot be kept: %s", error.code)

    def _forget(self) -> None:
        self._kept = None
        try:
            self._core.deps.store.cache.forget(KEPT)
        except StoreError as error:
            log.warning("the pause cannot be forgotten: %s", error.code)


def _view(kept: _Kept | None) -> PauseView | None:
    if kept is None or not kept.paused:
        return None
    back = datetime.fromisoformat(kept.back_at) if kept.back_at else None
    return PauseView(datetime.fromisoformat(kept.since), kept.reason, back, kept.told)
