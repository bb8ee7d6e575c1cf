"""Setting a visit aside and taking it up again (挂起, 恢复).

The draft on disk is the truth: a held visit is a draft in state HELD with the time and a short reason, so it survives
a crash and works without the queue service. The service is told, so that the number is not seen off with the next
call; where it could not be told, its next picture of the queue shows the difference and it is told then.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import uuid4

import msgspec

from window_client.central import contract
from window_client.central.client import CentralClient, Rejected
from window_client.domain.visit import Draft, Event, State
from window_client.reception.calling import Calling, call_number_again
from window_client.reception.core import Core
from window_client.reception.state import HeldTicket
from window_client.store.errors import StoreError

log = logging.getLogger(__name__)

LONGEST_REASON = 40
"""Characters of a reason: it stands in one line of the rail."""


class Holding:
    """Held visits.

    Args:
        core: What the parts of the desk share.
        calling: Ends the window's visit and makes ticket cards.
        go_on: Opens a draft at the step where it stood.
        about: A draft in a few words, masked.
    """

    def __init__(
        self, core: Core, calling: Calling, go_on: Callable[[Draft], None], about: Callable[[Draft], str]
    ) -> None:
        self._core = core
        self._calling = calling
        self._go_on = go_on
        self._about = about
        self._drafts: dict[str, Draft] = {}
        self._theirs: tuple[contract.Ticket, ...] = ()
        self._telling = False

    # ---- the clerk

    def hold(self, reason: str) -> None:
        """Set the open visit aside; on disk before the window is free."""
        core = self._core
        if core.state.busy or not core.allowed(Event.HOLD):
            return
        now = core.now().isoformat()
        draft = msgspec.structs.replace(
            core.draft, state=State.HELD, held_at=now, held_reason=reason.strip()[:LONGEST_REASON], saved_at=now
        )
        try:
            core.deps.store.drafts.save(draft)
        except StoreError as error:
            log.error("the visit cannot be held: %s", error.code)  # noqa: TRY400 - the environment's error, no bug
            core.say(f"store.{error.code}", bad=True)
            return
        with core.together():
            self._calling.forget_visit(Event.HOLD)
            self.find()
            core.say("hold.done", number=draft.ticket.number or self._about(draft))
        if not draft.ticket.local:
            self._tell_held(draft, core.fence)

    def resume(self, of: str) -> None:
        """Go on with a held visit (visit id), or take back a number that only the service knows of."""
        core = self._core
        if core.state.busy or not core.allowed(Event.RESUME):
            return
        draft = self._drafts.get(of)
        if draft is None:
            self._calling.call_number(of)
            return
        self._drafts.pop(of)
        self._go_on(msgspec.structs.replace(draft, held_at="", held_reason=""))
        if core.state.draft is not None and core.draft.visit_id == of and not draft.ticket.local:
            self._tell_resumed(core.draft)
        self.find()

    # ---- what is held

    def find(self) -> None:
        """Read the held visits from disk and show them."""
        self._drafts = {row.visit_id: row for row in self._core.deps.store.drafts.open_drafts() if is_held(row)}
        self._show()

    def numbers(self) -> dict[str, str]:
        """Number → reason of the visits that are held here, for whoever calls the next number."""
        return {row.ticket.number: row.held_reason for row in self._drafts.values() if not row.ticket.local}

    def _show(self) -> None:
        core = self._core
        now = core.now()
        rows = [
            HeldTicket(
                row.ticket.number,
                row.held_reason,
                minutes_between(row.held_at, now),
                row.visit_id,
                datetime.fromisoformat(row.held_at),
                self._about(row),
            )
            for row in self._drafts.values()
        ]
        here = {row.number for row in rows} | ({core.draft.ticket.number} if core.state.draft is not None else set())
        rows += [
            HeldTicket(row.number, row.note, row.waited_minutes, since=now - timedelta(minutes=row.waited_minutes))
            for row in self._theirs
            if row.number not in here
        ]
        held = tuple(sorted(rows, key=lambda row: row.since or now))
        if _same(held, core.state.held):
            return
        core.set(held=held)

    # ---- the queue service

    def compare(self, picture: contract.QueuePicture) -> None:
        """A picture of the queue came: put right what the service could not be told."""
        core = self._core
        self._theirs = picture.held
        self._show()
        if self._telling or core.state.busy:
            return
        there = picture.serving
        if there is not None and there.number in self.numbers():
            draft = next(row for row in self._drafts.values() if row.ticket.number == there.number)
            self._tell_held(draft, picture.fence)
        elif core.state.draft is not None and core.state.visit is not State.IDLE and there is None:
            here = core.draft.ticket
            if not here.local and any(row.number == here.number for row in picture.held):
                self._tell_resumed(core.draft)

    def _tell_held(self, draft: Draft, fence: int) -> None:
        core = self._core
        window, key, reason = core.state.window_no, str(uuid4()), draft.held_reason
        self._telling = True

        def done(called: contract.Called) -> None:
            self._telling = False
            core.fence = max(core.fence, called.fence)
            self._calling.refresh()

        core.ask(lambda client: client.hold(window, fence, reason, key=key), done=done, failed=self._untold)

    def _tell_resumed(self, draft: Draft) -> None:
        core = self._core
        window, fence, key, number = core.state.window_no, core.fence, str(uuid4()), draft.ticket.number
        held = self.numbers()
        self._telling = True

        def work(client: CentralClient) -> contract.Called:
            return call_number_again(client, window, number, fence, key, held)

        def done(called: contract.Called) -> None:
            self._telling = False
            core.fence = max(core.fence, called.fence)
            open_now = core.state.draft
            if open_now is not None and open_now.visit_id == draft.visit_id:
                ticket = msgspec.structs.replace(open_now.ticket, fence=called.fence)
                core.keep(msgspec.structs.replace(open_now, ticket=ticket))
            self._calling.refresh()

        core.ask(work, done=done, failed=self._untold)

    def _untold(self, error: Exception) -> None:
        self._telling = False
        if isinstance(error, Rejected) and error.code in {"number_taken", "no_such_number", "no_number"}:
            log.info("the queue has another idea of a held number: %s", error.code)
        self._core.ignore(error)


def is_held(draft: Draft) -> bool:
    """Whether a draft was set aside by the clerk, and not found after a crash or put away."""
    return draft.state is State.HELD and bool(draft.held_at)


def minutes_between(begin: str, now: datetime) -> int:
    """Whole minutes since an ISO 8601 time; never negative, for clocks are put right."""
    return max(0, int((now - datetime.fromisoformat(begin)).total_seconds() // 60)) if begin else 0


def _same(one: tuple[HeldTicket, ...], other: tuple[HeldTicket, ...]) -> bool:
    def face(row: HeldTicket) -> Mapping[str, object]:
        return {"number": row.number, "reason": row.reason, "minutes": row.minutes, "visit": row.visit_id}

    return [face(row) for row in one] == [face(row) for row in other]
