"""Step 3: the form. Each field that is left is on disk before the next one has the focus."""

from dataclasses import replace

import msgspec

from window_client.domain.form import Origin, Value
from window_client.domain.form_rules import tidy, visible_fields
from window_client.domain.visit import State
from window_client.reception.core import Core


class Filling:
    """Values typed at the window."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def set_field(self, field_id: str, text: str) -> None:
        """A field was left. A value that did not change keeps its stamp; nothing is written then."""
        core = self._core
        form, guidance = core.state.form, core.state.guidance
        if core.state.visit is not State.SERVING or form is None or guidance is None:
            return
        shown = {field.id: field for field in visible_fields(form.definition, guidance.answers, core.draft.values)}
        field = shown.get(field_id)
        view = next((row for row in form.fields if row.field.id == field_id), None)
        if field is None or view is None or view.read_only:
            return
        text = tidy(field, text)
        before = core.draft.values.get(field_id)
        if text == (before.text if before else ""):
            return
        values = {**core.draft.values, field_id: Value(text, Origin.TYPED)}
        if not text and before is None:
            values.pop(field_id)
        core.keep(msgspec.structs.replace(core.draft, values=values))

    def focus(self, field_id: str) -> None:
        """Ask the screen to put the focus into a field."""
        form = self._core.state.form
        if form is not None:
            self._core.set(form=replace(form, focus=field_id, focus_seq=form.focus_seq + 1))
