"""The centre column: idle, or the sheet of a visit with its banner and its action bar."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.reception.columns import LOW
from ui.reception.confirm.model import confirm
from ui.reception.confirm.view import ConfirmView
from ui.reception.form.model import sections
from ui.reception.form.view import FormStepView
from ui.reception.identity.model import identity
from ui.reception.identity.view import IdentityView
from ui.reception.idle.model import idle
from ui.reception.idle.view import IdleView
from ui.reception.item.model import Finder, item_step
from ui.reception.item.view import ItemView
from ui.reception.materials.model import materials
from ui.reception.materials.view import MaterialsView
from ui.reception.pause.view import PausePage
from ui.reception.pieces import Act, show_if
from ui.reception.result.model import fault_has_the_fill, result
from ui.reception.result.view import ResultView
from ui.reception.steps.model import Sheet, sheet
from ui.reception.steps.view import ActionBarView, SheetView
from ui.reception.strip.view import StripView
from ui.reception.texts import clock, say
from ui.theme import current
from ui.widgets.banner import Banner
from ui.widgets.button import KeyButton
from ui.widgets.rows import Piece
from ui.words import words
from window_client.domain.representing import applies, who_came
from window_client.domain.visit import STEPS, State, Step
from window_client.reception.actions import ClerkActions, Pictures, Stroke
from window_client.reception.state import ReceptionState

LEGEND = ("card", "shared", "earlier", "typed")


def offline_words(state: ReceptionState) -> str:
    """The line of the offline banner."""
    since = say("net.down.since", t=clock(state.network.since)) if state.network.since else ""
    waiting = state.outbox.count
    return since + (say("net.down.saved", n=waiting) if waiting else "") + say("net.down.paused")


class Centre(QWidget):
    """Shows what a state has for the centre; bodies are made when their step is first opened."""

    def __init__(
        self, act: Act, actions: ClerkActions, search: Finder, pictures: Pictures, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        theme = current()
        self.setObjectName("centre")
        self.setAccessibleName(say("centre.name"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._act, self._actions, self._search, self._pictures = act, actions, search, pictures
        self._bodies: dict[Step, QWidget] = {}
        self.focus_seen = 0
        """Which of the desk's wishes for the focus in the form was followed last."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._banners = QWidget()
        banners = QVBoxLayout(self._banners)
        banners.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), 0)
        banners.setSpacing(theme.px(8))
        self.offline = Banner("warn")
        retry = KeyButton(say("net.retry"), "Ctrl+R")
        retry.clicked.connect(lambda: act("retry_outbox"))
        self.offline.add_action(retry)
        self.recovered = Banner("warn")
        self.go_on = KeyButton(say("recovered.go_on"), "Enter", kind="primary")
        self.go_on.clicked.connect(lambda: act("go_on"))
        put_away = KeyButton(say("recovered.put_away"), "Esc")
        put_away.clicked.connect(lambda: act("put_away"))
        self.recovered.add_action(self.go_on)
        self.recovered.add_action(put_away)
        self.help = Banner("warn")
        self.help_given = KeyButton(say("help.given"), "Alt+H")
        self.help_given.clicked.connect(lambda: act("help_given"))
        self.help.add_action(self.help_given)
        banners.addWidget(self.help)
        banners.addWidget(self.recovered)
        banners.addWidget(self.offline)
        self.session = Banner("warn")
        again = KeyButton(words("lock.again"), "Ctrl+L")
        again.clicked.connect(lambda: act("lock"))
        self.session.add_action(again)
        banners.addWidget(self.session)
        column.addWidget(self._banners)
        self.strip = StripView(act)
        column.addWidget(self.strip)
        self._filler = QWidget()
        self._filler.hide()
        column.addWidget(self._filler, 1)
        self.pause_page = PausePage(act, now)
        column.addWidget(self.pause_page, 1)
        self.idle = IdleView(act)
        column.addWidget(self.idle, 1)
        self.sheet = SheetView(actions.open_step)
        column.addWidget(self.sheet, 1)
        self.another = KeyButton(say("add_item"), "Ctrl+N", "plus", kind="ghost")
        self.another.clicked.connect(lambda: act("serve_without_ticket"))
        self.sheet.add_to_head(self.another)
        self.bar = ActionBarView(act)
        column.addWidget(self.bar)
        for later in (self._banners, self.sheet, self.bar):
            later.hide()  # until a state says so: nothing makes the window higher than it need be

    def present(self, state: ReceptionState, now: datetime) -> None:
        """Show a state."""
        visiting = state.visit not in {State.IDLE, State.PAUSED, State.HELD}
        offline = not state.network.online and state.network.since is not None
        show_if(self.offline, offline)
        if offline:
            self.offline.present(say("net.down.head"), offline_words(state))
        show_if(self.session, state.signed_out)
        if state.signed_out:
            self.session.present(words("lock.session"), words("lock.session_hint"))
        self._present_idle(state, now, visiting=visiting)
        self.strip.present(state, now)
        show_if(self.help, state.help_asked_at is not None)
        if state.help_asked_at is not None:
            self.help.present(say("help.head"), say("help.line", t=clock(state.help_asked_at)))
        told = state.help_asked_at is not None or offline or state.signed_out
        show_if(self._banners, told or (bool(state.recovered) and not visiting))
        # Large text in a low window leaves no room for both: the strip stands alone until it is answered.
        cramped = bool(self.strip.kind) and current().scale > 1 and self.window().height() < LOW * current().scale
        show_if(self._filler, cramped)
        show_if(self.sheet, visiting and not cramped)
        show_if(self.bar, visiting)
        if visiting:
            self.sheet.show_head(not offline)
            draft = state.draft
            known = draft is not None and (draft.applicant is not None or draft.organisation is not None)
            show_if(self.another, known and state.visit is State.SERVING)
            shown = sheet(state, fault_has_the_fill=fault_has_the_fill(state))
            self._present_step(state, shown, now)
            self.bar.present(shown.bar)

    def _present_idle(self, state: ReceptionState, now: datetime, *, visiting: bool) -> None:
        if visiting:
            self.pause_page.choosing = False
        self.pause_page.present(state)
        pausing = not visiting and (state.pause is not None or self.pause_page.choosing)
        show_if(self.pause_page, pausing)
        show_if(self.idle, not visiting and not pausing)
        if visiting:
            show_if(self.recovered, wanted=False)
            return
        shown = idle(state, now)
        show_if(self.recovered, shown.recovered is not None)
        if shown.recovered is not None:
            self.recovered.present(*shown.recovered)
        self.idle.present(shown)

    def _present_step(self, state: ReceptionState, shown: Sheet, now: datetime) -> None:
        step = shown.open
        hint, right = self._present_body(self._body(step), state, now)
        self.sheet.present(shown, hint, right)
        self.sheet.legend.setVisible(step is Step.FORM)
        self.sheet.accepted(clock(state.result.accepted_at) if state.result and step is Step.SUBMIT else "")

    def _present_body(self, body: QWidget, state: ReceptionState, now: datetime) -> tuple[str, tuple[Piece, ...]]:
        """Show the body; returns the hint and the right end of the open step's head."""
        if isinstance(body, IdentityView):
            body.present(identity(state, now), now)
            return self._identity_head(state)
        if isinstance(body, ItemView):
            step_shown = item_step(state)
            body.present(step_shown)
            chip = "　".join(step_shown.needed.chip) if step_shown.needed else ""
            return say("item.hint"), (Piece(chip, "chip-accent"),) if chip else ()
        if isinstance(body, FormStepView):
            self._present_form(body, state)
        elif isinstance(body, MaterialsView) and (listed := materials(state)) is not None:
            body.present(listed)
            return listed.hint, tuple(Piece(text, tone, icon) for icon, tone, text in listed.counts)
        elif isinstance(body, ConfirmView):
            seen = confirm(state)
            body.present(seen)
            return "", (Piece(seen.page, "accent", "pad"),) if seen.page else ()
        elif isinstance(body, ResultView) and (found := result(state)) is not None:
            body.present(found, now)
        return "", ()

    def _present_form(self, body: FormStepView, state: ReceptionState) -> None:
        if state.form is None:
            return
        body.present(state.form.definition.id, sections(state.form))
        if state.form.focus_seq != self.focus_seen:
            self.focus_seen = state.form.focus_seq
            if state.form.focus:
                body.focus_field(state.form.focus)

    @staticmethod
    def _identity_head(state: ReceptionState) -> tuple[str, tuple[Piece, ...]]:
        if state.draft is None or (who_came(state.draft) is None and not applies(state.draft)[0]):
            return "", ()
        return say("id.check"), (Piece(say("id.shown"), "accent", "pad"),)

    def prepare(self) -> bool:
        """Build the body of one step ahead of its first visit; False when there was none to build."""
        step = next((step for step in STEPS if step not in self._bodies), None)
        if step is None:
            return False
        self._body(step)
        return True

    def _body(self, step: Step) -> QWidget:
        if step not in self._bodies:
            self._bodies[step] = self._make(step)
            self.sheet.add_body(step, self._bodies[step])
        return self._bodies[step]

    def _make(self, step: Step) -> QWidget:
        if step is Step.IDENTITY:
            return IdentityView(self._act, self._actions)
        if step is Step.ITEM:
            return ItemView(self._search, self._actions.choose_item, self._actions.answer)
        if step is Step.FORM:
            return FormStepView(self._actions.set_field)
        if step is Step.MATERIALS:
            return MaterialsView(
                self._act, self._actions.choose_row, self._actions.select_page, self._actions.move_page, self._pictures
            )
        return ConfirmView(self._act) if step is Step.CONFIRM else ResultView(self._act)

    def present_strokes(self, strokes: Sequence[Stroke]) -> None:
        """The applicant's pen."""
        body = self._bodies.get(Step.CONFIRM)
        if isinstance(body, ConfirmView):
            body.present_strokes(strokes)

    def tick(self, now: datetime) -> None:
        """Count down what counts down."""
        body = self._bodies.get(Step.SUBMIT)
        if isinstance(body, ResultView) and body.isVisible():
            body.rating.tick(now)

    def finish(self) -> Iterator[None]:
        """Make at once, a piece a step, what is usually made in later turns of the loop."""
        body = self._bodies.get(Step.FORM)
        while isinstance(body, FormStepView) and body.make_more():
            yield

    def parts(self) -> dict[str, QWidget]:
        """The bodies by name, for what they carry when the window is built again."""
        bodies: dict[str, QWidget] = {step.value: body for step, body in self._bodies.items()}
        return {"strip": self.strip, "pause": self.pause_page, **bodies}

    def body(self, step: Step) -> QWidget | None:
        """The body of a step, when it was opened before."""
        return self._bodies.get(step)

    def focus_start(self, step: Step) -> bool:
        """Focus where a step begins; False where there is nothing to fill in."""
        body = self._bodies.get(step)
        if isinstance(body, IdentityView | ItemView | FormStepView | MaterialsView):
            return body.focus_start()
        return False

    def focus_target(self, step: Step, target: str) -> None:
        """Focus what is missing."""
        body = self._bodies.get(step)
        if isinstance(body, IdentityView | MaterialsView):
            body.focus_target(target)
        elif isinstance(body, FormStepView):
            body.focus_field(target)
        elif isinstance(body, ItemView) and not body.questions.focus_question(target):
            body.focus_search()
