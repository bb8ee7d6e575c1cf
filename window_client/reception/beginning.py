"""Visits that were begun before: found after a crash, put among the drafts, or held, and gone on with.

Also what a start finds undone: receipts that never came out.
"""

from dataclasses import replace
from datetime import datetime

import msgspec

from window_client.domain.identifiers import grouped
from window_client.domain.material import all_pages
from window_client.domain.privacy import mask_name
from window_client.domain.representing import applies, who_came
from window_client.domain.visit import Draft, Event, State, Step
from window_client.reception.calling import Calling
from window_client.reception.core import Core
from window_client.reception.holding import Holding, is_held
from window_client.reception.identity import Identity
from window_client.reception.pictures import PageShelf
from window_client.reception.printing import Printing
from window_client.reception.signing import Signing
from window_client.reception.state import IdentityView, Reading
from window_client.reception.submitting import Submitting
from window_client.store.errors import StoreError


class Beginning:
    """Drafts, and the way back into one."""

    def __init__(
        self,
        core: Core,
        *,
        calling: Calling,
        identity: Identity,
        pictures: PageShelf,
        printing: Printing,
        submitting: Submitting,
    ) -> None:
        self._core = core
        self._calling = calling
        self._identity = identity
        self._pictures = pictures
        self._printing = printing
        self._submitting = submitting
        self._signing: Signing
        self._holding: Holding

    def set_others(self, signing: Signing, holding: Holding) -> None:
        """The parts that themselves lead back here; once, before the first visit."""
        self._signing, self._holding = signing, holding

    def find_open_visit(self) -> None:
        """Offer the visit that a crash left open."""
        drafts = self._core.deps.store.drafts.open_drafts()
        fresh = [draft for draft in drafts if draft.state not in {State.HELD, State.IDLE}]
        if fresh:
            self._core.set(recovered=fresh[-1].visit_id)
        self.show_drafts()

    def show_drafts(self) -> None:
        """What lies on disk and is not held."""
        rows = tuple(
            (draft.visit_id, self.about(draft), datetime.fromisoformat(draft.saved_at).strftime("%H:%M"))
            for draft in self._core.deps.store.drafts.open_drafts()
            if draft.saved_at and not is_held(draft)
        )
        self._core.set(today=replace(self._core.state.today, drafts=rows))
        self._holding.find()

    def show_left_over(self) -> None:
        """Receipts that still need a hand stand among the open items, first."""
        left = self._printing.left_over()
        items = tuple(row for row in self._core.state.today.open_items if row[0] != "unprinted")
        if left:
            items = (("unprinted", len(left), grouped(left[0].case_no), "F12"), *items)
        if items != self._core.state.today.open_items:
            self._core.set(today=replace(self._core.state.today, open_items=items))
        waiting = self._printing.waiting()
        if waiting != self._core.state.waiting_prints:
            self._core.set(waiting_prints=waiting)

    def about(self, draft: Draft) -> str:
        """A draft in a line: masked name (or number) and item."""
        item = self._core.deps.shelf.item(draft.item_id)
        name = mask_name(applies(draft)[0]) or draft.ticket.number
        return f"{name} · {item.name}" if item else name

    def go_on(self, yes: bool) -> None:
        """Answer the offer to continue the visit found after a crash."""
        if self._core.state.busy:
            return
        visit_id = self._core.state.recovered
        if yes:
            self._core.set(recovered="")
            self.resume_draft(visit_id)
            return
        try:
            self._put_away(visit_id)
        except StoreError as error:  # the offer stays
            self._core.say(f"store.{error.code}", bad=True)
            return
        self._core.set(recovered="")
        self.show_drafts()

    def _put_away(self, visit_id: str) -> None:
        store = self._core.deps.store
        for draft in store.drafts.open_drafts():
            if draft.visit_id == visit_id and not draft.accepted_at:
                store.drafts.save(msgspec.structs.replace(draft, state=State.HELD))
            elif draft.visit_id == visit_id:
                store.drafts.close(visit_id)  # it was accepted: nothing is left to go on with

    def resume_draft(self, visit_id: str) -> None:
        """Go on with a draft at the step where it was left."""
        draft = next((row for row in self._core.deps.store.drafts.open_drafts() if row.visit_id == visit_id), None)
        if draft is not None and is_held(draft):
            self._holding.resume(visit_id)
        elif draft is not None and not self._core.state.busy and self._core.allowed(Event.CALL):
            self.go_on_with(draft)

    def go_on_with(self, draft: Draft) -> None:
        """Open a visit from its draft, at the step where it was left."""
        core = self._core
        for page in all_pages(draft.checklist):
            self._pictures.know(page)
        core.fence = max(core.fence, draft.ticket.fence)
        came = who_came(draft)
        here = came is not None or bool(applies(draft)[0])
        reading = Reading.NONE if came is None else (Reading.READ if came.source.value == "card" else Reading.TYPED)
        serving = here or draft.state in {State.SERVING, State.HELD} or bool(draft.accepted_at)
        saved = core.save(msgspec.structs.replace(draft, state=State.SERVING) if serving else draft)
        if saved is None:
            return  # the disk refuses: the draft stays where it lies
        draft = saved
        with core.together():
            core.go(
                Event.CALL,
                draft=None,
                step=draft.step,
                open_step=draft.step,
                recovered="",
                identity=IdentityView(reading=reading),
                idle_since=None,
            )
            if draft.accepted_at:
                self._resume_accepted(draft)
                return
            if serving:
                core.go(Event.ARRIVE)
            core.show_saved(draft, ticket=self._calling.ticket_view(draft, draft.ticket))
            self._signing.follow()
        if here:
            self._identity.look_up()

    def _resume_accepted(self, draft: Draft) -> None:
        """The crash came after the acceptance: show it again, with what the ledger knows of the receipt."""
        core = self._core
        core.go(Event.ARRIVE)
        core.show_saved(draft, step=Step.SUBMIT, open_step=Step.SUBMIT)
        view = self._calling.ticket_view(draft, draft.ticket)
        core.go(
            Event.SUBMIT,
            ticket=replace(view, ended_at=datetime.fromisoformat(draft.accepted_at)),
            missing=(),
            result=self._submitting.result(draft, provisional="L-" in draft.case_no, uncertain=False),
        )
        jobs = self._core.deps.store.prints.of_case(draft.case_no)
        if jobs:
            self._printing.present(jobs[-1], "crashed" if jobs[-1].state.value == "unknown" else "")
            if jobs[-1].state.value == "waiting":
                self._printing.print_job(jobs[-1])
        self._submitting.follow_notice()
