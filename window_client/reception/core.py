"""What the parts of the reception desk share: the state, the draft, and the ways out.

One ``Core`` a window. Every part (calling, identity, guiding …) holds it, reads ``state`` and changes it with
``set`` and ``keep``. All of this runs on the main thread.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

import msgspec

from window_client.central import contract
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.devices import Devices
from window_client.dispatch import Dispatcher
from window_client.domain.calendar import WorkingCalendar
from window_client.domain.form import Words
from window_client.domain.visit import Draft, Event, State, after, allowed, at_window
from window_client.lane import Lane
from window_client.reception.shelf import Shelf
from window_client.reception.state import Clerk, ReceptionState, Say
from window_client.reception.views import derived
from window_client.settings import Settings
from window_client.store.errors import StoreError
from window_client.store.store import Store

log = logging.getLogger(__name__)

T = TypeVar("T")


class Door(Protocol):
    """Who may sit at the window; ``app`` makes it. Without one nothing is ever locked."""

    def sign_in(self, account: str, password: str) -> tuple[Clerk, bool]:
        """Check a password; also whether the centre did it (False: this machine, without the network).

        Runs in the ``ask`` lane. Raises: Rejected with a code, Unavailable, ValueError (the keyring is away).
        """

    def opened(self, clerk: Clerk, *, online: bool) -> None:
        """Somebody has signed in again: sending may go on. On the main thread."""

    def signs_in_itself(self) -> bool:
        """Whether the centre will soon know the clerk without anybody's help, after a sign-in without it."""


@dataclass(frozen=True, slots=True)
class Deps:
    """What a reception desk is built from; ``app`` makes it."""

    settings: Settings
    store: Store
    devices: Devices
    dispatcher: Dispatcher
    shelf: Shelf
    calendar: WorkingCalendar
    client: CentralClient
    ask: Lane
    imaging: Lane
    clock: Callable[[], datetime]
    wake_courier: Callable[[], None]
    words: Mapping[str, Words]
    door: "Door | None" = None
    reading: Lane | None = None
    """Where the codes on pages are read; None: behind the pages in ``imaging``."""
    hurry: Callable[[], None] = lambda: None
    """Try the line now: the clerk asked for it."""


class Core:
    """State, draft and the few things that every part needs.

    Args:
        deps: What the desk is built from.
        state: The first state.
        show: Called with every new state.
    """

    def __init__(self, deps: Deps, state: ReceptionState, show: Callable[[ReceptionState], None]) -> None:
        self.deps = deps
        self.state = state
        self.show = show
        self.record: contract.PersonRecord | None = None
        self.came_record: contract.PersonRecord | None = None  # of who came, where somebody else applies
        self.fence = 0
        self.late: dict[str, str] = {}
        """Field id → what a late look-up says, where something else was typed before."""
        self.transient: Callable[[Draft], dict[str, Any]] = lambda _: {}
        self.on_record: Callable[[], None] = lambda: None
        self.on_visit_over: Callable[[], None] = lambda: None
        self.on_queue: Callable[[contract.QueuePicture], None] = lambda _: None
        self.on_signed_out: Callable[[], None] = lambda: None
        self._says = 0
        self._holding = 0
        self._dirty = False

    # ---- state

    def now(self) -> datetime:
        """The time at this window, corrected by what the central service's clock says."""
        return self.deps.clock()

    def set(self, **changes: Any) -> None:
        """Change the state and show it."""
        self.state = replace(self.state, **changes)
        if self._holding:
            self._dirty = True
        else:
            self.show(self.state)

    def together(self) -> "_Together":
        """Show the state once, at the end of the ``with`` block."""
        return _Together(self)

    def allowed(self, event: Event) -> bool:
        """Whether the state table has this event now; a refusal is logged, because the button should not be there."""
        if event in allowed(self.state.visit):
            return True
        log.info("%s is not allowed while %s", event.value, self.state.visit.value)
        return False

    def go(self, event: Event, **changes: Any) -> None:
        """Move the visit by an event of the table and show the new state.

        Raises:
            NotAllowed: Asking ``allowed`` first is the caller's duty.
        """
        state = after(self.state.visit, event)
        draft = self.state.draft
        if draft is not None and draft.state is not state and "draft" not in changes:
            changes["draft"] = msgspec.structs.replace(draft, state=state)
        self.set(visit=at_window(state), **changes)

    def say(self, code: str, *, bad: bool = False, **args: str) -> None:
        """Tell the clerk something short; the words are looked up by ``code``."""
        self._says += 1
        self.set(say=Say(self._says, code, args, bad))

    # ---- draft

    @property
    def draft(self) -> Draft:
        """The open draft.

        Raises:
            RuntimeError: There is none: the caller did not look at the state first.
        """
        if self.state.draft is None:
            raise RuntimeError("no visit is open")
        return self.state.draft

    def keep(self, draft: Draft, **changes: Any) -> bool:
        """Write the draft to disk, then show it with everything that follows from it.

        The promise is in the order: what cannot be written is not shown as done. Returns False, with a message
        to the clerk, when the disk refused.
        """
        saved = self.save(draft)
        if saved is not None:
            self.show_saved(saved, **changes)
        return saved is not None

    def save(self, draft: Draft) -> Draft | None:
        """Write the draft to disk and show nothing yet; None, with a message to the clerk, when the disk refused."""
        draft = msgspec.structs.replace(draft, saved_at=self.now().isoformat())
        try:
            self.deps.store.drafts.save(draft)
        except StoreError as error:
            log.error("the draft cannot be saved: %s", error.code)  # noqa: TRY400 - an environment's error, no bug
            self.say(f"store.{error.code}", bad=True)
            return None
        return draft

    def show_saved(self, draft: Draft, **changes: Any) -> None:
        """Show a draft that ``save`` has written, with everything that follows from it."""
        self.set(draft=draft, saved_at=datetime.fromisoformat(draft.saved_at), **{**derived(self, draft), **changes})

    def refresh(self) -> None:
        """Show again what follows from the draft (the catalogue or the line changed)."""
        if self.state.draft is not None and self.state.visit in {State.CALLING, State.SERVING}:
            self.set(**derived(self, self.state.draft))

    # ---- questions to the central service

    def ask(
        self, work: Callable[[CentralClient], T], *, done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Ask the central service in the ``ask`` lane; ``failed`` gets ``Unavailable`` or ``Rejected``."""
        client = self.deps.client
        self.deps.ask.run(lambda: work(client), done=done, failed=failed)

    def ignore(self, error: Exception) -> None:
        """A question whose answer is only a comfort was not answered."""
        log.info("not answered: %s", error)
        if isinstance(error, Rejected) and error.status == 401:
            self.on_signed_out()

    def tell_unanswered(self, error: Exception) -> None:
        """Tell the clerk that the central service did not do it."""
        if isinstance(error, Rejected):
            if error.status == 401:
                self.on_signed_out()
            self.say(f"central.{error.code}", bad=True)
        elif isinstance(error, Unavailable):
            self.say("central.unavailable", bad=True)
        else:
            raise error


class _Together:
    def __init__(self, core: Core) -> None:
        self._core = core

    def __enter__(self) -> None:
        self._core._holding += 1  # noqa: SLF001 - the other half of Core

    def __exit__(self, *_: object) -> None:
        core = self._core
        core._holding -= 1  # noqa: SLF001
        if not core._holding and core._dirty:  # noqa: SLF001
            core._dirty = False  # noqa: SLF001
            core.show(core.state)
