"""Calling numbers: next, again, nobody came, a typed number, and serving without one.

The central service decides who gets a number. Each call carries a fence; an answer with an older fence than
the one we know is thrown away, so that a late answer of a lost connection cannot undo a newer call. While the
service is away a number is typed (F7): the visit is marked local and reported when the line is back.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import uuid4

import msgspec

from window_client.central import contract
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.central.courier import visit_message
from window_client.domain.visit import Draft, Event, State, Step, TicketRef
from window_client.reception.core import Core
from window_client.reception.state import (
    ApplicantPage,
    ApplicantView,
    Booking,
    CategoryQueue,
    DeviceView,
    HeldTicket,
    IdentityView,
    NextTicket,
    QueueView,
    ReceiptView,
    TicketView,
)
from window_client.store.errors import StoreError
from window_client.store.outbox import Message

log = logging.getLogger(__name__)


class Calling:
    """The rail."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._displays_there: set[str] = set()
        self._asking_queue = self._ask_queue_again = False
        self.held: Callable[[], Mapping[str, str]] = dict
        """Number → reason of the visits that are held here."""
        self.waits: Callable[[Draft], bool] = lambda _: False
        """Whether another item of the same person waits for the end of this one."""
        self.go_back: Callable[[Draft], None] = lambda _: None
        """Takes that item up again."""

    # ---- the clerk

    def call_next(self) -> None:
        """Call the next number; a finished visit ends with it."""
        core = self._core
        if core.state.busy:
            return
        if core.state.visit in {State.SUBMITTED, State.RATING}:
            self.close_visit("done")
        if not core.allowed(Event.CALL):
            return
        core.set(busy="calling")
        window, fence, key, held = core.state.window_no, core.fence, str(uuid4()), self.held()
        core.ask(
            lambda client: _call_next(client, window, fence, key, held), done=self._called, failed=self._call_failed
        )

    def recall(self) -> None:
        """Call the same number again; counted by the service."""
        core = self._core
        if core.state.busy or not core.allowed(Event.RECALL) or core.state.draft is None:
            return
        if core.draft.ticket.local:
            self.show_number()
            self._announce()
            return
        window, fence, key = core.state.window_no, core.fence, str(uuid4())
        visit_id = core.draft.visit_id
        core.set(busy="calling")
        core.ask(
            lambda client: client.recall(window, fence, key=key),
            done=lambda called: self._recalled(called, visit_id),
            failed=lambda error: self._recall_failed(error, visit_id),
        )

    def no_show(self) -> None:
        """Nobody came: the number is missed, the window idle."""
        core = self._core
        if core.state.busy or not core.allowed(Event.NO_SHOW):
            return
        window, fence, key = core.state.window_no, core.fence, str(uuid4())
        local = core.draft.ticket.local
        if not self.end_on_disk(""):
            return
        self.forget_visit(Event.NO_SHOW)
        if not local:
            core.ask(lambda client: client.no_show(window, fence, key=key), done=self._fenced, failed=core.ignore)

    def call_number(self, number: str) -> None:
        """Call a typed number. With the service away the window serves it on its own word."""
        core = self._core
        number = number.strip().upper()
        if core.state.busy or not number or not core.allowed(Event.CALL):
            return
        core.set(busy="calling")
        window, fence, key, held = core.state.window_no, core.fence, str(uuid4()), self.held()

        def failed(error: Exception) -> None:
            if isinstance(error, Unavailable):
                self._begin_local(number)
            else:
                self._call_failed(error)

        core.ask(
            lambda client: call_number_again(client, window, number, fence, key, held),
            done=self._called,
            failed=failed,
        )

    def serve_without_ticket(self) -> None:
        """Begin without a number; after an acceptance: another item for the same person."""
        core = self._core
        if core.state.busy:
            return
        if core.state.visit in {State.SUBMITTED, State.RATING} and core.state.draft is not None:
            self._another_item(core.draft)
            return
        if not core.allowed(Event.CALL):
            return
        draft = self._new_draft(TicketRef(local=True))
        self._open(draft, arrived=True)
        if not self._is_here(draft.visit_id):
            return
        window, fence, key = core.state.window_no, core.fence, str(uuid4())
        core.ask(
            lambda client: client.walk_in(window, fence, key=key),
            done=lambda called: self._walked_in(called, draft.visit_id),
            failed=core.ignore,
        )

    def end_unfiled(self, reason: str = "") -> None:
        """End the visit without filing; counted as a visit with its reason, nothing else is kept."""
        core = self._core
        draft = core.state.draft
        if draft is None or not core.allowed(Event.END_UNFILED):
            return
        more = self.waits(draft)
        if self.end_on_disk("unfiled", reason=reason.strip()[:100], more=more):
            core.say("visit.ended_unfiled")
            self._leave(Event.END_UNFILED, draft, more=more)

    def arrived(self) -> None:
        """A card was read or an identity typed: the person is here."""
        core = self._core
        if core.state.visit is not State.CALLING:
            return
        core.go(Event.ARRIVE)
        if not core.draft.ticket.local:
            window, fence, key = core.state.window_no, core.fence, str(uuid4())
            core.ask(lambda client: client.arrive(window, fence, key=key), done=self._fenced, failed=core.ignore)

    def close_visit(self, _outcome: str) -> None:
        """The end of a visit after acceptance, by whatever way it comes."""
        core = self._core
        draft = core.state.draft
        if draft is None or core.state.visit not in {State.SUBMITTED, State.RATING}:
            return
        more = self.waits(draft)
        if self.end_on_disk("filed", more=more):
            self._leave(Event.FINISH, draft, more=more)

    def _leave(self, event: Event, draft: Draft, *, more: bool) -> None:
        """The visit has ended on disk: the number is done, or the same person's other item is taken up again."""
        if not more:
            self._finish_ticket(draft)
        self.forget_visit(event)
        if more:
            self.go_back(draft)

    # ---- the feed

    def present_queue(self, picture: contract.QueuePicture) -> None:
        """A new picture of the queue came."""
        core = self._core
        if core.state.visit is State.IDLE:
            core.fence = max(core.fence, picture.fence)
        booking = picture.booking
        core.set(
            queue=QueueView(
                online=True,
                waiting=picture.waiting,
                categories=tuple(
                    CategoryQueue(row.code, row.name, row.count, row.longest_minutes) for row in picture.categories
                ),
                next=tuple(
                    NextTicket(row.number, row.category, row.waited_minutes, row.booked_at, row.priority)
                    for row in picture.next
                ),
                held=tuple(HeldTicket(row.number, row.note, row.waited_minutes) for row in picture.held),
                booking=None
                if booking is None
                else Booking(
                    booking.item_name,
                    booking.applicant,
                    booking.appointment,
                    booking.prefilled,
                    booking.uploaded,
                    booking.materials,
                    booking.usual_minutes,
                ),
            )
        )
        core.on_queue(picture)

    # ---- answers

    def _called(self, called: contract.Called) -> None:
        core = self._core
        core.set(busy="")
        if called.fence < core.fence:
            log.info("a late answer with fence %d was dropped, %d is known", called.fence, core.fence)
            return
        core.fence = called.fence
        if called.ticket is None:
            core.say("queue.empty")
            return
        self._open(self._new_draft(_reference(called.ticket, called.fence)), arrived=False)

    def _recalled(self, called: contract.Called, visit_id: str) -> None:
        core = self._core
        self._fenced(called)
        if not self._is_here(visit_id):
            return  # what the window waits for now is something else
        core.set(busy="")
        if called.ticket is not None:
            ticket = msgspec.structs.replace(core.draft.ticket, calls=called.ticket.calls, fence=called.fence)
            core.keep(msgspec.structs.replace(core.draft, ticket=ticket), ticket=self.ticket_view(core.draft, ticket))
            self.show_number()
            self._announce()
            core.say("queue.recalled", n=str(called.ticket.calls))

    def _recall_failed(self, error: Exception, visit_id: str) -> None:
        if self._is_here(visit_id):
            self._call_failed(error)
        else:
            self._core.ignore(error)

    def _walked_in(self, called: contract.Called, visit_id: str) -> None:
        core = self._core
        self._fenced(called)
        if called.ticket is not None and self._is_here(visit_id) and core.draft.ticket.local:
            ticket = _reference(called.ticket, called.fence)
            core.keep(msgspec.structs.replace(core.draft, ticket=ticket), ticket=self.ticket_view(core.draft, ticket))

    def typed_number_known(self, called: contract.Called, visit_id: str) -> None:
        """The line is back, and the service knows now that the typed number is served here."""
        self._walked_in(called, visit_id)

    def _is_here(self, visit_id: str) -> bool:
        """Whether the visit that an answer is for is still the open one."""
        draft = self._core.state.draft
        return draft is not None and draft.visit_id == visit_id

    def _fenced(self, called: contract.Called) -> None:
        self._core.fence = max(self._core.fence, called.fence)

    def _call_failed(self, error: Exception) -> None:
        core = self._core
        core.set(busy="")
        if isinstance(error, Rejected) and error.code == "queue_empty":
            core.say("queue.empty")
            return
        if isinstance(error, Rejected) and error.code in {"stale_call", "window_busy"}:
            self.refresh()
        core.tell_unanswered(error)

    def refresh(self) -> None:
        """Ask for the queue's picture and the present fence.

        While one question is open the next waits for its answer: hundreds of events come at once when the feed
        catches up, and what the clerk asks must not stand behind a question for each.
        """
        core = self._core
        if self._asking_queue:
            self._ask_queue_again = True
            return
        self._asking_queue, self._ask_queue_again = True, False
        window = core.state.window_no

        def answered() -> None:
            self._asking_queue = False
            if self._ask_queue_again:
                self.refresh()

        def done(picture: contract.QueuePicture) -> None:
            core.fence = max(core.fence, picture.fence)
            self.present_queue(picture)
            answered()

        def failed(error: Exception) -> None:
            core.ignore(error)
            answered()

        core.ask(lambda client: client.queue(window), done=done, failed=failed)

    # ---- a visit begins and ends

    def _begin_local(self, number: str) -> None:
        core = self._core
        core.set(busy="")
        draft = self._new_draft(TicketRef(number=number, category=number[:1], local=True, calls=1))
        self._open(draft, arrived=False)
        if self._is_here(draft.visit_id):
            core.say("queue.local_number", number=number)

    def _new_draft(self, ticket: TicketRef) -> Draft:
        core = self._core
        now = core.now().isoformat()
        return Draft(
            visit_id=str(uuid4()),
            case_id=str(uuid4()),
            ticket=ticket,
            started_at=now,
            clerk=core.state.clerk.account if core.state.clerk else "",
            state=State.CALLING,
            step=Step.IDENTITY,
        )

    def _open(self, draft: Draft, *, arrived: bool) -> None:
        """A visit begins: everything of the one before is gone from both screens.

        It is on disk first; where the disk refuses, the window stays idle. The service gives the same number again.
        """
        core = self._core
        saved = core.save(msgspec.structs.replace(draft, state=State.SERVING) if arrived else draft)
        if saved is None:
            return
        core.record = core.came_record = None
        with core.together():
            core.go(
                Event.CALL,
                draft=None,
                step=Step.IDENTITY,
                open_step=Step.IDENTITY,
                identity=IdentityView(),
                item=None,
                guidance=None,
                form=None,
                materials=None,
                missing=(),
                result=None,
                receipt=ReceiptView(),
                applicant=ApplicantView(ApplicantPage.WELCOME),
                idle_since=None,
            )
            core.show_saved(saved, ticket=self.ticket_view(saved, saved.ticket))
            if arrived:
                core.go(Event.ARRIVE)
        self.show_number()
        core.deps.devices.hush()  # whoever was called before is here, or did not come
        if not arrived:
            self._announce()

    def _another_item(self, before: Draft) -> None:
        if self.end_on_disk("filed", more=True):  # the number is done after the last item, not before
            self.open_same_person(self.same_person(before), Event.FINISH)

    def same_person(self, before: Draft) -> Draft:
        """A new visit of whoever is at the window, with the same number."""
        return msgspec.structs.replace(
            self._new_draft(before.ticket),
            applicant=before.applicant,
            contact=before.contact,
            state=State.SERVING,
            party=before.party,
            organisation=before.organisation,
            by_agent=before.by_agent,
            agent=before.agent,
            authority=before.authority,
            beside=before.beside,
        )

    def open_same_person(self, draft: Draft, event: Event) -> None:
        """Begin it; what is known about the person stays, the visit before ends with ``event``."""
        core = self._core
        identity, record, came_record = core.state.identity, core.record, core.came_record
        with core.together():
            self.forget_visit(event)
            self._open(draft, arrived=True)
            if self._is_here(draft.visit_id):
                core.record, core.came_record = record, came_record
                core.set(identity=identity)

    def forget_visit(self, event: Event) -> None:
        """The visit is over or held: nothing of it stays on a screen. Its end is on disk before (``end_on_disk``)."""
        core = self._core
        core.record = core.came_record = None
        core.deps.devices.stop_watching()
        core.deps.devices.give_back()
        core.deps.devices.hush()
        core.on_visit_over()
        core.go(
            event,
            draft=None,
            ticket=None,
            step=Step.IDENTITY,
            open_step=Step.IDENTITY,
            identity=IdentityView(),
            item=None,
            guidance=None,
            form=None,
            materials=None,
            missing=(),
            result=None,
            receipt=ReceiptView(),
            applicant=ApplicantView(),
            idle_since=core.now(),
            saved_at=None,
            busy="",
        )
        core.deps.devices.show_number("", f"WINDOW {core.state.window_no:02d}")

    def _finish_ticket(self, draft: Draft) -> None:
        core = self._core
        if not draft.ticket.local:
            window, fence, key = core.state.window_no, core.fence, str(uuid4())
            core.ask(lambda client: client.finish(window, fence, key=key), done=self._fenced, failed=core.ignore)

    def end_on_disk(self, outcome: str, *, reason: str = "", more: bool = False) -> bool:
        """Write the visit's end as one deed: its facts into the outbox (unless ``outcome`` is empty), its draft away.

        ``more``: the same person is served on, so the number is not done yet.

        False, with a message to the clerk, when the disk refused: the visit stays open as it is.
        """
        core = self._core
        store, draft = core.deps.store, core.state.draft
        if draft is None:
            return True
        try:
            with store.transaction("draft_close"):
                if outcome:
                    self._report(outcome, reason, more=more)
                store.drafts.close(draft.visit_id)
        except StoreError as error:
            log.error("the visit could not be ended: %s", error.code)  # noqa: TRY400 - the environment's error, no bug
            core.say(f"store.{error.code}", bad=True)
            return False
        core.deps.wake_courier()
        return True

    def _report(self, outcome: str, reason: str, *, more: bool) -> None:
        """Put the facts of the visit's end into the outbox."""
        core = self._core
        draft, now = core.draft, core.now()
        report = contract.VisitReport(
            visit_id=draft.visit_id,
            window=core.state.window_no,
            clerk=draft.clerk,
            started_at=draft.started_at,
            ended_at=now.isoformat(),
            outcome=outcome,
            ticket=draft.ticket.number,
            ticket_id=draft.ticket.id,
            item_id=draft.item_id,
            case_id=draft.case_id if outcome == "filed" else "",
            reason=reason,
            more=more,
        )
        core.deps.store.outbox.put(Message(f"visit-{report.visit_id}", "visit", visit_message(report)), now=now)

    def ticket_view(self, draft: Draft, ticket: TicketRef) -> TicketView:
        """The ticket card of a visit."""
        core = self._core
        category = core.deps.shelf.category(ticket.category)
        started = datetime.fromisoformat(draft.started_at)
        taken = datetime.fromisoformat(ticket.taken_at) if ticket.taken_at else started
        return TicketView(
            number=ticket.number,
            category_name=category.name if category else "",
            waited_minutes=max(0, int((started - taken).total_seconds() // 60)),
            usual_minutes=category.usual_minutes if category else 0,
            calls=ticket.calls,
            started_at=started,
            booked_at=ticket.booked_at,
            priority=ticket.priority,
            came_from=ticket.came_from,
            note=ticket.note,
        )

    def display_back(self, devices: tuple[DeviceView, ...]) -> None:
        """The number display came back after it was away: show it what it missed."""
        there = {row.id for row in devices if row.kind == "display" and row.state in {"ready", "busy"}}
        if there - self._displays_there:
            self.show_number()
        self._displays_there = there

    def _announce(self) -> None:
        """Speak the number where the window has a voice of its own."""
        core = self._core
        if core.state.draft is not None and core.state.draft.ticket.number:
            core.deps.devices.announce(core.state.draft.ticket.number, str(core.state.window_no))

    def show_number(self) -> None:
        """Show the window's number on its display, dashes while there is none."""
        core = self._core
        number = core.state.draft.ticket.number if core.state.draft else ""
        core.deps.devices.show_number(number or "----", f"WINDOW {core.state.window_no:02d}")


def _call_next(client: CentralClient, window: int, fence: int, key: str, held: Mapping[str, str]) -> contract.Called:
    """Call; where the service's idea of this idle window is another one, put that right and call then."""
    try:
        return client.call_next(window, fence, key=key)
    except Rejected as error:
        if error.code not in _DIFFERS:
            raise
    picture = _queue_without(client, window, key, held)
    if picture.serving is not None and picture.serving.state == contract.TicketState.CALLED:
        return contract.Called(
            picture.fence, picture.waiting, picture.serving
        )  # called by us already, the answer was lost
    return client.call_next(window, picture.fence, close=_left(picture), key=f"{key}-again")


def call_number_again(
    client: CentralClient, window: int, number: str, fence: int, key: str, held: Mapping[str, str]
) -> contract.Called:
    """Call a typed number, or take back a held one, in the same way."""
    try:
        return client.call_number(window, number, fence, key=key)
    except Rejected as error:
        if error.code not in _DIFFERS:
            raise
    picture = _queue_without(client, window, key, held)
    there = picture.serving
    if there is not None and there.number == number:
        return contract.Called(picture.fence, picture.waiting, there)
    return client.call_number(window, number, picture.fence, close=_left(picture), key=f"{key}-again")


def _queue_without(client: CentralClient, window: int, key: str, held: Mapping[str, str]) -> contract.QueuePicture:
    """The queue, where a number that is held here is held at the service too: it could not be told before."""
    picture = client.queue(window)
    there = picture.serving
    if there is None or there.number not in held:
        return picture
    client.hold(window, picture.fence, held[there.number], key=f"{key}-held")
    return client.queue(window)


_DIFFERS = {"stale_call", "window_busy"}
"""The window was started anew, an answer was lost, or a visit ended while the service was away."""


def _left(picture: contract.QueuePicture) -> str:
    """What becomes of a number that the service still has at this window, where nobody is: seen off, or missed."""
    if picture.serving is None:
        return ""
    served = picture.serving.state == contract.TicketState.SERVING
    return (contract.TicketState.DONE if served else contract.TicketState.MISSED).value


def _reference(ticket: contract.Ticket, fence: int) -> TicketRef:
    return TicketRef(
        number=ticket.number,
        category=ticket.category,
        id=ticket.id,
        fence=fence,
        calls=max(1, ticket.calls),
        taken_at=ticket.taken_at,
        called_at=ticket.called_at,
        booked_at=ticket.booked_at,
        priority=ticket.priority,
        booking=ticket.booking,
        note=ticket.note if ticket.came_from else "",
        came_from=ticket.came_from,
    )
