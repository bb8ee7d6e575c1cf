"""Sending a number on to another window (转窗).

The queue service decides, so nothing ends here before it has said yes, and offline there is no transfer. What was
typed and scanned does not travel: the draft is sealed with this window's key, the applicant has signed nothing yet,
and a person's data may not be spread further than the matter needs (DOMAIN.md 12.3). The number keeps its waiting
time and takes a short note along; the other window reads the card again, and shared data fill the form again. The
draft ends with a report ``transferred``, so that the visit is counted. A clerk who wants to keep what was typed
holds the visit instead; the strip says so.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from window_client.central import contract
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.domain.visit import Event, State
from window_client.reception.calling import Calling
from window_client.reception.core import Core
from window_client.reception.state import OtherWindow, TransferView

log = logging.getLogger(__name__)


class Transferring:
    """The windows to choose from, and the transfer."""

    def __init__(self, core: Core, calling: Calling) -> None:
        self._core = core
        self._calling = calling

    def look(self) -> None:
        """Ask which windows there are; shown as ``state.transfer``."""
        core = self._core
        if not core.allowed(Event.TRANSFER) or core.state.draft is None:
            return
        if core.draft.ticket.local:
            core.set(transfer=TransferView("local"))
            return
        core.set(transfer=TransferView("asking", core.state.transfer.windows))

        def done(picture: contract.HallPicture) -> None:
            if core.state.draft is not None:
                category = core.draft.ticket.category
                core.set(transfer=TransferView("ready", choices(picture, core.state.window_no, category)))

        def failed(error: Exception) -> None:
            core.set(transfer=TransferView("away"))
            core.ignore(error)

        core.ask(lambda client: client.hall(), done=done, failed=failed)

    def transfer(self, window_no: int, note: str) -> None:
        """Send the number to a window that was listed."""
        core = self._core
        if core.state.busy or not core.allowed(Event.TRANSFER) or core.state.draft is None:
            return
        target = next((row for row in core.state.transfer.windows if row.no == window_no), None)
        ticket = core.draft.ticket
        if target is None or ticket.local:
            return
        category = ticket.category if target.fits else target.categories[0]
        window, fence, key, visit_id = core.state.window_no, core.fence, str(uuid4()), core.draft.visit_id
        core.set(busy="transferring")

        def work(client: CentralClient) -> contract.Called:
            send: Callable[[], contract.Called] = lambda: client.transfer(  # noqa: E731 - the same words twice
                window, fence, category=category, to_window=window_no, note=note.strip(), key=key
            )
            try:
                return send()
            except Unavailable as error:
                if error.no_line:
                    raise
                return send()  # the answer was lost: the same key gets the same answer

        def done(called: contract.Called) -> None:
            core.fence = max(core.fence, called.fence)
            if core.state.draft is not None and core.draft.visit_id == visit_id:
                core.set(busy="")
                self._gone(ticket.number, window_no)

        def failed(error: Exception) -> None:
            if core.state.draft is not None and core.draft.visit_id == visit_id:
                self._failed(error)
            else:
                core.ignore(error)  # the visit has ended meanwhile: what the window waits for now is something else

        core.ask(work, done=done, failed=failed)

    def _gone(self, number: str, window_no: int) -> None:
        core = self._core
        served = core.state.visit is State.SERVING
        if not self._calling.end_on_disk("transferred" if served else ""):
            return
        with core.together():
            core.set(transfer=TransferView())
            self._calling.forget_visit(Event.TRANSFER)
            core.say("transfer.done", number=number, n=str(window_no))
        self._calling.refresh()

    def _failed(self, error: Exception) -> None:
        core = self._core
        core.set(busy="")
        if isinstance(error, Unavailable):
            core.set(transfer=TransferView("away"))
        elif isinstance(error, Rejected) and error.code == "nobody_serves":
            self.look()
        core.tell_unanswered(error)


def choices(picture: contract.HallPicture, own: int, category: str) -> tuple[OtherWindow, ...]:
    """The open windows but our own: those that serve the category first, then by how many wait there."""
    rows = [
        OtherWindow(
            no=row.no,
            title=row.title or row.name,
            categories=row.categories,
            waiting=row.waiting,
            state=row.state,
            fits=category in row.categories,
            back_at=datetime.fromisoformat(row.back_at) if row.back_at else None,
        )
        for row in picture.windows
        if row.no != own and row.state != "closed" and row.categories
    ]
    return tuple(sorted(rows, key=lambda row: (not row.fits, row.state == "paused", row.waiting, row.no)))
