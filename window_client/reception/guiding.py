"""Step 2: which item, and which situation. The checklist follows every answer at once."""

import logging
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from window_client.domain.catalogue import Item, guide
from window_client.domain.form_rules import prefill
from window_client.domain.material import Checklist, sync
from window_client.domain.visit import Draft, State, Step
from window_client.reception.core import Core
from window_client.reception.sources import sources
from window_client.reception.state import IdentityView

log = logging.getLogger(__name__)


class Guiding:
    """The item and its questions."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def take_in(self, related_id: str) -> None:
        """Take in the online pre-application: its item, and its fields as a source."""
        core = self._core
        if core.state.visit is not State.SERVING or core.record is None:
            return
        online = next((row for row in core.record.earlier if row.kind == "online" and row.id == related_id), None)
        if online is None:
            return
        draft = msgspec.structs.replace(core.draft, took_in=related_id)
        with core.together():
            core.keep(self._with_item(draft, online.item_id), identity=_taken(core, related_id))
            core.say("visit.taken_in", n=str(len(online.fields)))

    def choose_item(self, item_id: str) -> None:
        """Take an item. Another one than before keeps every page: pages go to 未归类."""
        core = self._core
        if core.state.visit is State.SERVING and core.draft.item_id != item_id:
            core.keep(self._with_item(core.draft, item_id))

    def answer(self, question_id: str, values: Sequence[str]) -> None:
        """Answer a question."""
        core = self._core
        item = core.state.item
        if core.state.visit is not State.SERVING or item is None:
            return
        question = next((row for row in item.questions if row.id == question_id), None)
        if question is None:
            return
        allowed = {option.value for option in question.options}
        answers = {**core.draft.answers, question_id: tuple(value for value in values if value in allowed)}
        core.keep(self.followed(msgspec.structs.replace(core.draft, answers=answers), item))

    def _with_item(self, draft: Draft, item_id: str) -> Draft:
        core = self._core
        item = core.deps.shelf.item(item_id)
        if item is None:
            log.warning("item %s is not in the catalogue", item_id)
            return draft
        kind = "person" if "person" in item.applicant_kinds else item.applicant_kinds[0]
        form = core.deps.shelf.form_for(item.id, kind)
        version = core.deps.shelf.catalogue.meta.catalog_version if core.deps.shelf.catalogue else ""
        draft = msgspec.structs.replace(
            draft,
            item_id=item.id,
            item_version=item.version,
            catalogue_version=version,
            answers={},
            applicant_kind=kind,
            form_id=form.id if form else "",
            form_version=form.version if form else 0,
            checked_at="",
            agreed_at="",
            signature=None,
            current_material="",
        )
        return self.followed(draft, item)

    def followed(self, draft: Draft, item: Item) -> Draft:
        """What follows from item, answers and sources: the checklist and the values that nobody typed."""
        core = self._core
        guidance = guide(item, draft.answers)
        checklist: Checklist = sync(draft.checklist, guidance)
        form = core.deps.shelf.form(draft.form_id)
        values = draft.values
        if form is not None:
            values = prefill(
                form,
                sources(draft, core.record),
                answers=guidance.answers,
                online=core.record is not None,
                keep=draft.values,
            )
        asked = {row.material.id for row in guidance.materials}
        current = draft.current_material if draft.current_material in asked else ""
        return msgspec.structs.replace(
            draft, answers=dict(guidance.answers), checklist=checklist, values=values, current_material=current
        )

    def record_came(self) -> None:
        """What is known about the person arrived or changed after the item was chosen: prefill again."""
        core = self._core
        if core.state.item is not None and core.state.draft is not None and core.draft.step is not Step.SUBMIT:
            core.keep(self.followed(core.draft, core.state.item))


def _taken(core: Core, related_id: str) -> IdentityView:
    identity = core.state.identity
    related = tuple(replace(row, taken=row.id == related_id) for row in identity.related)
    return replace(identity, related=related)
