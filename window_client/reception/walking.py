"""Going through the steps of a visit: on, back, and to what is missing."""

import msgspec

from window_client.domain.visit import STEPS, State, Step
from window_client.reception.collecting import Collecting
from window_client.reception.core import Core
from window_client.reception.filling import Filling
from window_client.reception.guiding import Guiding
from window_client.reception.identity import Identity
from window_client.reception.sending import Sending
from window_client.reception.signing import Signing
from window_client.reception.state import Missing
from window_client.reception.submitting import Submitting


class Walking:
    """The steps and the way between them; ``signing`` and ``submitting`` come at the end of it."""

    def __init__(
        self,
        core: Core,
        *,
        identity: Identity,
        guiding: Guiding,
        filling: Filling,
        collecting: Collecting,
        submitting: Submitting,
        sending: Sending,
    ) -> None:
        self._core = core
        self._identity = identity
        self._guiding = guiding
        self._filling = filling
        self._collecting = collecting
        self._submitting = submitting
        self._sending = sending
        self._signing: Signing

    def set_signing(self, signing: Signing) -> None:
        """The applicant's side, which points back here when something is wrong; once, before the first step."""
        self._signing = signing

    def open_step(self, step: Step) -> None:
        """Open a step that was reached before."""
        core = self._core
        if core.state.visit is not State.SERVING or step is Step.SUBMIT:
            return
        if STEPS.index(step) > STEPS.index(core.draft.step):
            return
        self.leave(core.state.open_step)
        with core.together():
            core.set(open_step=step)
            self.entered(step)

    def next_step(self) -> None:
        """Go on; what is missing in the open step holds it, and is gone to."""
        core = self._core
        if core.state.visit is not State.SERVING:
            return
        step = core.state.open_step
        if step is Step.CONFIRM:
            self._submit_or_wait()
            return
        if step is Step.MATERIALS and self._collecting.expects_pages:
            core.say("materials.pages_coming")
            return
        if any(STEPS.index(row.step) <= STEPS.index(step) for row in core.state.missing):
            self.go_to_missing()
            return
        following = STEPS[STEPS.index(step) + 1]
        reached = max(STEPS.index(following), STEPS.index(core.draft.step))
        self.leave(step)
        draft = msgspec.structs.replace(core.draft, step=STEPS[reached])
        if step is Step.ITEM and core.state.item is not None:
            draft = self._guiding.followed(draft, core.state.item)
        with core.together():
            if core.keep(draft, open_step=following):
                self.entered(following)

    def _submit_or_wait(self) -> None:
        core = self._core
        if core.state.missing:
            self.go_to_missing()
        elif not self._signing.stands(core.draft):
            self._signing.begin()
            core.say("sign.waiting")
        else:
            self._submitting.submit()
            if core.state.visit is State.SUBMITTED:
                self._signing.ask_rating()
                self._sending.changed()

    def leave(self, step: Step) -> None:
        """A step is left: what runs for it alone stops."""
        if step is Step.IDENTITY:
            self._identity.stop_reading()
        if step is Step.MATERIALS:
            self._collecting.feeding.stop()

    def entered(self, step: Step) -> None:
        """A step was opened: its first row, the camera and the applicant's screen follow."""
        core = self._core
        if step is Step.MATERIALS and not core.draft.current_material and core.state.materials:
            first = next((row.material_id for row in core.state.materials.rows if row.state.value == "missing"), "")
            if first:
                self._collecting.choose_row(first)
        self._collecting.watch()
        self._signing.follow()

    def go_to_missing(self) -> None:
        """Open the step of the first missing thing and point at it."""
        core = self._core
        if not core.state.missing or core.state.visit is not State.SERVING:
            return
        self._open_at(core.state.missing[0])

    def _open_at(self, missing: Missing) -> None:
        core = self._core
        with core.together():
            if core.state.open_step is not missing.step:
                core.set(open_step=missing.step)
                self.entered(missing.step)
            if missing.step is Step.FORM:
                self._filling.focus(missing.target)
            elif missing.step is Step.MATERIALS:
                self._collecting.choose_row(missing.target)

    def open_wrong(self, target: str) -> None:
        """The applicant called something wrong: open the clerk's screen there."""
        form = self._core.state.form
        field = next((row for row in form.fields if row.field.id == target), None) if form else None
        if target == "declaration":
            self._open_at(Missing(Step.CONFIRM, target, target))
        elif field is None and target == "item":
            self._open_at(Missing(Step.ITEM, target, target))
        elif field is None and target.startswith("material."):
            self._open_at(Missing(Step.MATERIALS, target.removeprefix("material."), target))
        elif field is None or (field.read_only and field.origin in {"card", "identity"}):
            self._open_at(Missing(Step.IDENTITY, target, target))  # said by the card, or by the contact fields
        elif field.read_only and field.origin == "answer":
            self._open_at(Missing(Step.ITEM, target, target))
        else:
            self._open_at(Missing(Step.FORM, target, target))
