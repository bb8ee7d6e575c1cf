"""Several items for one person (再加一项): one number, and for each item a visit, a case and a receipt of its own.

After an acceptance the next item simply begins. In the middle of one the item waits: its draft stays on disk and the
new one names it (``Draft.beside``), so that a crash finds both. When the new one has ended, in whatever way, the
waiting one is taken up again where it stood. The number is done with the last of them.
"""

import logging
from collections.abc import Callable

import msgspec

from window_client.domain.visit import Draft, Event, State
from window_client.reception.calling import Calling
from window_client.reception.core import Core
from window_client.store.errors import StoreError

log = logging.getLogger(__name__)


class Several:
    """Items that wait for another one of the same person.

    Args:
        core: What the parts of the desk share.
        calling: Begins and ends visits.
        go_on: Opens a draft at the step where it stood.
    """

    def __init__(self, core: Core, calling: Calling, go_on: Callable[[Draft], None]) -> None:
        self._core = core
        self._calling = calling
        self._go_on = go_on
        calling.waits = lambda draft: self._waiting(draft) is not None
        calling.go_back = self._go_back

    def add(self) -> None:
        """Let the open item wait and begin another one for the same person; both on disk before anything is shown."""
        core = self._core
        if core.state.busy or core.state.visit is not State.SERVING or core.state.draft is None:
            return
        if core.draft.applicant is None and core.draft.organisation is None:
            core.say("several.nobody")
            return
        waiting = msgspec.structs.replace(core.draft, state=State.HELD, saved_at=core.now().isoformat())
        another = msgspec.structs.replace(self._calling.same_person(waiting), beside=waiting.visit_id)
        try:
            with core.deps.store.transaction("another_item"):
                core.deps.store.drafts.save(waiting)
                core.deps.store.drafts.save(another)
        except StoreError as error:
            log.error("another item cannot be begun: %s", error.code)  # noqa: TRY400 - the environment's error, no bug
            core.say(f"store.{error.code}", bad=True)
            return
        self._calling.open_same_person(another, Event.HOLD)
        core.say("several.begun")

    def _go_back(self, ended: Draft) -> None:
        draft = self._waiting(ended)
        if draft is not None:
            self._go_on(draft)
            if self._core.state.draft is not None:
                self._core.say("several.back")

    def _waiting(self, draft: Draft) -> Draft | None:
        """The item that waits for the end of ``draft``."""
        if not draft.beside:
            return None
        drafts = self._core.deps.store.drafts.open_drafts()
        return next((row for row in drafts if row.visit_id == draft.beside and not row.held_at), None)
