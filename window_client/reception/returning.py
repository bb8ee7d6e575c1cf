"""The line comes back in the middle of a visit: what had waited for it is caught up on, and nothing typed is lost.

The number that was typed is told to the queue service, so that nobody calls it again. What is known about the
applicant is asked at once and brought in where nobody typed; where the clerk typed something else, both are shown and
the typed one stands.
"""

import logging
from uuid import uuid4

from window_client.central import contract
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.domain.form import Origin
from window_client.domain.form_rules import prefill
from window_client.domain.visit import State
from window_client.reception.calling import Calling
from window_client.reception.core import Core
from window_client.reception.guiding import Guiding
from window_client.reception.sources import sources

log = logging.getLogger(__name__)

OPEN = frozenset({State.CALLING, State.SERVING})


class Returning:
    """What follows from the return of the line."""

    def __init__(self, core: Core, calling: Calling, guiding: Guiding) -> None:
        self._core = core
        self._calling = calling
        self._guiding = guiding
        self._late = ""
        """The visit whose applicant could not be looked up before."""

    def line_back(self) -> None:
        """The line is back."""
        core = self._core
        draft = core.state.draft
        if draft is None or core.state.visit not in OPEN:
            return
        if core.state.identity.lookup in {"offline", "asking"}:
            self._late = draft.visit_id
        if draft.ticket.local and draft.ticket.number:
            self._tell_number(draft.visit_id, draft.ticket.number, draft.ticket.category)

    def forget(self) -> None:
        """The visit is over."""
        self._late = ""
        self._core.late = {}

    def _tell_number(self, visit_id: str, number: str, category: str) -> None:
        core = self._core
        window, key = core.state.window_no, str(uuid4())

        def done(called: contract.Called) -> None:
            self._calling.typed_number_known(called, visit_id)

        def failed(error: Exception) -> None:
            if isinstance(error, Rejected) and error.code == "number_taken":
                core.say("conflict.ticket", bad=True, number=number)
            elif isinstance(error, Rejected | Unavailable):
                core.ignore(error)  # the visit's report tells of the number too

        core.ask(lambda client: _serve(client, window, number, category, key), done=done, failed=failed)

    def record_came(self) -> None:
        """What is known about the applicant came; late, it is compared with what was typed meanwhile."""
        core = self._core
        self._guiding.record_came()
        draft, item, guidance = core.state.draft, core.state.item, core.state.guidance
        if draft is None or self._late != draft.visit_id or core.record is None:
            return
        self._late = ""
        form = core.deps.shelf.form(draft.form_id) if draft.form_id else None
        if item is None or guidance is None or form is None:
            return
        known = prefill(form, sources(draft, core.record), answers=guidance.answers, online=True, keep={})
        core.late = {
            field: said.text
            for field, said in known.items()
            if said.origin in {Origin.SHARED, Origin.EARLIER}
            and (typed := draft.values.get(field)) is not None
            and typed.origin is Origin.TYPED
            and typed.text
            and typed.text != said.text
        }
        core.refresh()
        core.say("lookup.late_differs" if core.late else "lookup.late", n=str(len(core.late)))


def _serve(client: CentralClient, window: int, number: str, category: str, key: str) -> contract.Called:
    """Tell the service that the number is served here, whatever it thought of this window."""
    picture = client.queue(window)
    there = picture.serving
    if there is not None and there.number == number:
        return contract.Called(picture.fence, picture.waiting, there)
    close = contract.TicketState.DONE.value if there is not None else ""
    return client.walk_in(window, picture.fence, category=category, number=number, close=close, key=key)
