"""待发: what still has to reach the central services, as the clerk sees it.

The courier sends; in here nothing is sent. One toast says when everything that waited for the line has gone.
"""

import logging
from dataclasses import replace
from datetime import datetime

from window_client.domain.identifiers import grouped, local_no
from window_client.reception.core import Core
from window_client.reception.state import OutboxCase, OutboxRow, OutboxView
from window_client.store.errors import StoreError
from window_client.store.outbox import MessageState, WaitingCase

log = logging.getLogger(__name__)

LISTED = 30
"""Cases that the list shows; the counts are of all."""

MESSAGES = 30

USUAL_CASE = 3_000_000
"""Bytes of a case with ten pages, until there are some here to go by."""

KEPT_FREE = 500_000_000
"""Bytes of the disk that are not counted on."""


class Sending:
    """The outbox of this window."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._waited = 0
        """The most cases that waited while the line was away; 0 once their going was told."""

    def changed(self, next_try: datetime | None = None) -> None:
        """The courier delivered, postponed or set aside something, or a case was accepted."""
        core = self._core
        store = core.deps.store
        counts = store.outbox.counts()
        cases = tuple(_case(row) for row in store.outbox.cases(LISTED))
        rows = tuple(
            OutboxRow(
                row.id,
                row.kind,
                row.case_no,
                row.size,
                datetime.fromisoformat(row.created_at),
                row.attempts,
                row.state is MessageState.SET_ASIDE,
                row.error,
            )
            for row in store.outbox.list(MESSAGES)
        )
        view = OutboxView(
            counts.waiting,
            counts.set_aside,
            rows,
            cases=counts.cases,
            size=counts.size,
            listed=cases,
            room=self._room(counts.size // counts.cases if counts.cases else 0),
            next_try=next_try,
        )
        with core.together():
            core.set(outbox=view)
            self._show_result()
            self._tell_sent()

    def _room(self, usual: int) -> int:
        try:
            free = self._core.deps.store.free_bytes()
        except OSError:  # it is only a comfort
            return 0
        return max(0, free - KEPT_FREE) // max(usual, USUAL_CASE)

    def _show_result(self) -> None:
        """The accepted case on the screen: whether it is delivered, and its final number once it has one."""
        core = self._core
        result = core.state.result
        if result is None or core.state.draft is None:
            return
        case = core.deps.store.cases.by_id(core.state.draft.case_id)
        if case is None:
            return
        delivery = "set_aside" if case.set_aside else "waiting" if case.unsent else "delivered"
        if case.final_no and not result.final_no:
            core.say("case.final_no", number=grouped(case.final_no), local=local_no(result.case_no))
        core.set(result=replace(result, delivery=delivery, central_state=case.state, final_no=case.final_no))

    # ---- the line

    def line_changed(self, *, came: bool) -> None:
        """The line came back, went, or was measured."""
        if came:
            self._waited = max(self._waited, self._core.state.outbox.cases)
            self._tell_sent()

    def _tell_sent(self) -> None:
        core = self._core
        outbox, network = core.state.outbox, core.state.network
        if not network.online:
            if network.since is not None:  # known to be away, not only not asked yet
                self._waited = max(self._waited, outbox.cases)
            return
        if not self._waited:
            return
        self._waited = max(self._waited, outbox.cases)
        if outbox.waiting:
            return
        sent, self._waited = self._waited - outbox.cases, 0
        if outbox.set_aside:
            core.say("net.back_some", bad=True, n=str(sent), aside=str(outbox.set_aside))
        else:
            core.say("net.back_sent", n=str(sent))

    # ---- the clerk

    def retry(self) -> None:
        """Ctrl+R: everything now, also what was set aside."""
        core = self._core
        outbox = core.deps.store.outbox
        now = core.now()
        try:
            outbox.retry_all_set_aside(now=now)
            outbox.hurry(now=now)
        except StoreError as error:
            core.say(f"store.{error.code}", bad=True)
            return
        self.changed()
        core.deps.hurry()
        core.deps.wake_courier()

    def retry_one(self, of: str) -> None:
        """Send what was set aside of one case, or one other message, again."""
        core = self._core
        outbox = core.deps.store.outbox
        try:
            again = outbox.retry_case(of, now=core.now()) or outbox.retry_set_aside(of, now=core.now())
        except StoreError as error:
            core.say(f"store.{error.code}", bad=True)
            return
        if again:
            self.changed()
            core.deps.wake_courier()


def _case(row: WaitingCase) -> OutboxCase:
    return OutboxCase(
        id=row.case_id,
        case_no=row.case_no,
        about=" · ".join(part for part in (row.applicant, row.item_name) if part),
        size=row.size,
        accepted_at=datetime.fromisoformat(row.accepted_at),
        messages=row.messages,
        attempts=row.attempts,
        set_aside=row.set_aside,
        kind=row.kind,
        reason=row.reason,
    )
