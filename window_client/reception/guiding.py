"""Step 2: which item, and which situation. The checklist follows every answer at once."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import msgspec

from window_client.domain.catalogue import Item
from window_client.domain.form import FormDefinition, Origin
from window_client.domain.form_rules import prefill
from window_client.domain.material import Checklist, sync
from window_client.domain.representing import WHO, guided, kind_for, pages_to_row
from window_client.domain.visit import Draft, State, Step
from window_client.reception.core import Core
from window_client.reception.sources import sources
from window_client.reception.state import IdentityView

log = logging.getLogger(__name__)


class Guiding:
    """The item and its questions."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.on_who: Callable[[bool], None] = lambda _: None  # the question who applies was answered here

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
        if question_id == WHO and values and (values[0] == "agent") != core.draft.by_agent:
            opened = core.state.open_step
            with core.together():
                self.on_who(values[0] == "agent")
                core.set(open_step=opened)
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
        kind, form = self._kind_and_form(draft, item)
        version = core.deps.shelf.catalogue.meta.catalog_version if core.deps.shelf.catalogue else ""
        draft = msgspec.structs.replace(
            draft,
            item_id=item.id,
            item_version=item.version,
            catalogue_version=version,
            answers=_who(draft, item, {}),
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
        guidance = guided(item, draft)
        checklist: Checklist = sync(pages_to_row(draft.checklist, guidance), guidance)
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

    def for_party(self, draft: Draft) -> tuple[Draft, int]:
        """Another one applies, or another one came: kind, form and checklist follow; how many typed values went."""
        item = self._core.deps.shelf.item(draft.item_id) if draft.item_id else None
        if item is None:
            return draft, 0
        kind, form = self._kind_and_form(draft, item)
        typed = {name for name, value in draft.values.items() if value.origin is Origin.TYPED and value.text}
        draft = self.followed(
            msgspec.structs.replace(
                draft,
                applicant_kind=kind,
                form_id=form.id if form else "",
                form_version=form.version if form else 0,
                answers=_who(draft, item, draft.answers),
            ),
            item,
        )
        return draft, len(typed - draft.values.keys())

    def _kind_and_form(self, draft: Draft, item: Item) -> tuple[str, FormDefinition | None]:
        """The kind of applicant for this visit, and the form for it; no form where the item is not for such ones."""
        shelf = self._core.deps.shelf
        general = shelf.form_for(item.id, item.applicant_kinds[0])
        fields = general.fields() if general else ()
        wants_code = any(field.required and "enterprise.uscc" in field.sources for field in fields)
        kind = kind_for(draft, item, asks_for_code=wants_code)
        return kind, shelf.form_for(item.id, kind)

    def record_came(self) -> None:
        """What is known about the person arrived or changed after the item was chosen: prefill again."""
        core = self._core
        if core.state.item is not None and core.state.draft is not None and core.draft.step is not Step.SUBMIT:
            core.keep(self.followed(core.draft, core.state.item))


def _who(draft: Draft, item: Item, answers: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The answers, with the one that step 1 has given already: who came."""
    if all(question.id != WHO for question in item.questions):
        return dict(answers)
    return {**answers, WHO: ("agent" if draft.by_agent else "self",)}


def _taken(core: Core, related_id: str) -> IdentityView:
    identity = core.state.identity
    related = tuple(replace(row, taken=row.id == related_id) for row in identity.related)
    return replace(identity, related=related)
