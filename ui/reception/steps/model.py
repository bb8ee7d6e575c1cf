"""The sheet of a visit: head, done rows, the open step's head, the row of coming steps, and the action bar."""

from dataclasses import dataclass
from datetime import datetime

from ui.names import named
from ui.reception.texts import clock, day_and_clock, in_language, say, say_first
from ui.words import words
from window_client.domain.catalogue import Item
from window_client.domain.material import RowState
from window_client.domain.people import IdentitySource
from window_client.domain.privacy import mask_id_no
from window_client.domain.representing import (
    GUARDIAN,
    ORGANISATION,
    PERSON,
    applies,
    attorney_here,
    identified,
    who_came,
)
from window_client.domain.visit import STEPS, Draft, State, Step
from window_client.reception.state import ApplicantPage, MaterialsView, Missing, ReceptionState

FINISHED = frozenset({State.SUBMITTED, State.RATING})


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a done row's summary. ``look``: strong, plain, quiet, chip, ok_chip, warn."""

    text: str
    look: str = "plain"


@dataclass(frozen=True, slots=True)
class DoneRow:
    """A finished step on one line."""

    step: Step
    number: int
    title: str
    parts: tuple[Part, ...]
    key: str
    problem: bool = False
    brief: str = ""  # for the one line of finished steps in a low window
    long_brief: str = ""
    warn: bool = False


@dataclass(frozen=True, slots=True)
class Coming:
    """A step that is still to come."""

    step: Step
    number: int
    title: str
    note: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class Button:
    """A button of the action bar. ``act`` names what the window does."""

    act: str
    text: str
    key: str
    kind: str = ""
    icon: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class ActionBar:
    """The bar under the sheet. ``tone`` and ``icon`` mark the sentence; ``jump``: Ctrl+G is offered."""

    icon: str
    tone: str
    strong: str
    text: str
    jump: bool
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything of a visit around the open step's body. ``before`` stand above it, ``after`` below."""

    title: str
    aside: str
    before: tuple[DoneRow, ...]
    open: Step
    open_number: int
    open_title: str
    after: tuple[DoneRow, ...]
    coming: tuple[Coming, ...]
    bar: ActionBar


def sheet(state: ReceptionState, *, fault_has_the_fill: bool = False) -> Sheet:
    """The sheet of a visit in ``state``."""
    opened = Step.SUBMIT if state.visit in FINISHED else state.open_step
    place = STEPS.index(opened)
    reached = STEPS.index(Step.SUBMIT if state.visit in FINISHED else state.step)
    title, aside = _head(state)
    done = tuple(_done(state, step) for step in STEPS[: max(reached, place)] if step is not opened)
    return Sheet(
        title=title,
        aside=aside,
        before=tuple(row for row in done if row.number <= place),
        open=opened,
        open_number=place + 1,
        open_title=say(f"step.{opened.value}"),
        after=tuple(row for row in done if row.number > place + 1),
        coming=_coming(state, max(place, reached - 1 if reached > place else place)),
        bar=_bar(state, opened, fault_has_the_fill=fault_has_the_fill),
    )


def _head(state: ReceptionState) -> tuple[str, str]:
    draft = state.draft
    name = applies(draft)[0] if draft else ""
    by = _came_for(draft) if draft else ""
    if not name:
        number = state.ticket.number if state.ticket else ""
        organisation = draft is not None and draft.party == ORGANISATION
        hint = say("head.no_party" if organisation else "head.unknown_hint")
        return number or say("head.unknown"), by or hint
    if state.item is None:
        return name, by or say("head.choosing" if state.open_step is Step.ITEM else "head.no_item")
    return f"{name} · {in_language(state.item.name, state.item.name_en)}", by


def _came_for(draft: Draft) -> str:
    """``周洋 代办``, where somebody else came than applies."""
    came = who_came(draft)
    if came is None or (draft.party == PERSON and not draft.by_agent):
        return ""
    return say("head.by_agent" if draft.by_agent else "head.legal_rep", x=came.name)


def _done(state: ReceptionState, step: Step) -> DoneRow:
    number = STEPS.index(step) + 1
    parts = _summary(state, step)
    lacks = state.visit is State.SERVING and any(one.step is step for one in state.missing)
    lacks |= (
        step is Step.FORM and state.form is None and state.visit is State.SERVING
    )  # papers may come before the item
    shown = tuple(part for part in parts if part.text)
    brief, long_brief, warn = _brief(state, step)
    return DoneRow(
        step,
        number,
        say(f"step.{step.value}"),
        shown,
        f"Alt+{number}",
        problem=lacks,
        brief=brief,
        long_brief=long_brief or brief,
        warn=warn,
    )


def _brief(state: ReceptionState, step: Step) -> tuple[str, str, bool]:
    """Short and longer words for a finished step, and whether they warn."""
    if step is Step.IDENTITY and state.draft is not None and applies(state.draft)[0]:
        name, number = applies(state.draft)
        shown = number if state.draft.party == ORGANISATION else mask_id_no(number)
        return name, f"{name} {shown}", False
    if step is Step.ITEM and state.item is not None:
        return "", f"{in_language(state.item.name, state.item.name_en)} · {promise_words(state.item)}", False
    if step is Step.FORM and state.form is not None:
        return say("done.filled_brief", n=state.form.filled), "", False
    if step is Step.MATERIALS and state.materials is not None and state.materials.deferred:
        return say("done.deferred", n=state.materials.deferred), "", True
    if step is Step.CONFIRM and (at := _signed_at(state)):
        return clock(at), "", False
    return "", "", False


def _summary(state: ReceptionState, step: Step) -> tuple[Part, ...]:
    if step is Step.IDENTITY:
        return _identity_parts(state)
    if step is Step.ITEM:
        return _item_parts(state)
    if step is Step.FORM:
        return _form_parts(state)
    if step is Step.MATERIALS:
        return _materials_parts(state)
    return _confirm_parts(state)


def _identity_parts(state: ReceptionState) -> tuple[Part, ...]:
    draft = state.draft
    if draft is None:
        return ()
    if draft.by_agent or draft.party == ORGANISATION:
        return _represented_parts(draft)
    person = draft.applicant
    if person is None:
        return ()
    taken = clock(person.taken_at)
    typed = person.source is IdentitySource.TYPED
    nation = nation_words(person.nation)
    return (
        Part(person.name, "strong"),
        Part(" ".join(text for text in (sex_words(person.sex), nation) if text)),
        Part(mask_id_no(person.id_no)),
        Part(
            say_first(f"done.typed.{person.medium}", "done.typed" if typed else "done.card", t=taken),
            "chip" if typed else "ok_chip",
        ),
        Part(say("done.in_person")),
    )


def _represented_parts(draft: Draft) -> tuple[Part, ...]:
    """The finished line of an organisation, or of somebody for whom another one came."""
    name, number = applies(draft)
    organisation = draft.organisation if draft.party == ORGANISATION else None
    checked = Part("")
    if organisation is not None:
        known = bool(organisation.checked_at)
        words_of = "done.organisation_checked" if known else "done.organisation_typed"
        checked = Part(say(words_of), "ok_chip" if known else "chip")
    return (
        Part(name, "strong"),
        Part(number if organisation is not None else mask_id_no(number) if number else ""),
        checked,
        Part(_came_for(draft)),
    )


def sex_words(sex: str) -> str:
    """男 or Male."""
    return say(f"sex.{sex}") if f"desk.sex.{sex}" in words else sex


def nation_words(nation: str) -> str:
    """``汉族`` for what a card says as 汉."""
    return say("id.nation_value", x=nation.removesuffix("族")) if nation else ""


def _item_parts(state: ReceptionState) -> tuple[Part, ...]:
    item = state.item
    if item is None:
        return ()
    last = Part(say("done.visits", n=item.visits))
    if not state.network.online and state.catalogue_at:
        last = Part(say("done.catalogue", t=day_and_clock(state.catalogue_at)), "quiet")
    return (
        Part(in_language(item.name, item.name_en), "strong"),
        Part(promise_words(item), "chip"),
        Part(fee_words(item, state.guidance.fee if state.guidance else "0.00"), "chip"),
        last,
    )


def promise_words(item: Item) -> str:
    """即办件, or the promised limit in words."""
    limit = item.promised_limit
    if limit.unit == "on_the_spot" or limit.value == 0:
        return say("done.on_the_spot")
    if limit.value is None:
        return ""
    return say("done.promise" if limit.unit == "working_day" else "done.promise_days", n=limit.value)


def fee_words(item: Item, fee: str) -> str:
    """不收费, or the amount that follows from the answers."""
    if not item.fee.charged or not fee or float(fee) == 0:
        return say("done.free")
    return say("done.fee", n=fee)


def _form_parts(state: ReceptionState) -> tuple[Part, ...]:
    form = state.form
    if form is None:
        return ()
    return (
        Part(say("done.filled", n=form.filled)),
        Part(say("done.filled_how", n=form.brought_in, m=form.typed), "quiet"),
    )


def _materials_parts(state: ReceptionState) -> tuple[Part, ...]:
    view = state.materials
    if view is None:
        return ()
    scanned = [row for row in view.rows if row.pages and row.state in {RowState.READY, RowState.SCANNING}]
    pages = sum(len(row.pages) for row in scanned)
    ecerts = _count(view, RowState.ECERT)
    deferred = _count(view, RowState.DEFERRED)
    spared = _count(view, RowState.NOT_NEEDED)
    return (
        Part(say("done.scanned", n=len(scanned), m=pages) if scanned else ""),
        Part(say("done.ecerts", n=ecerts) if ecerts else ""),
        Part(say("done.deferred", n=deferred) if deferred else "", "warn"),
        Part(say("done.not_needed", n=spared) if spared else "", "quiet"),
    )


def _count(view: MaterialsView, wanted: RowState) -> int:
    return sum(row.state is wanted for row in view.rows)


def _confirm_parts(state: ReceptionState) -> tuple[Part, ...]:
    at = _signed_at(state)
    return (Part(say("done.signed", t=clock(at)) if at else ""),)


def _signed_at(state: ReceptionState) -> datetime | None:
    """When the applicant signed; after the acceptance only the draft still says it."""
    signature = state.draft.signature if state.draft else None
    return datetime.fromisoformat(signature.signed_at) if signature else state.applicant.signed_at


def _coming(state: ReceptionState, place: int) -> tuple[Coming, ...]:
    if state.visit in FINISHED:
        return ()
    reached = STEPS.index(state.step)
    opened = STEPS.index(state.open_step)
    return tuple(
        Coming(step, number + 1, say(f"step.{step.value}"), _note(state, step), number <= reached)
        for number, step in enumerate(STEPS)
        if number > place and number != opened and not (opened < number < reached)
    )


def _note(state: ReceptionState, step: Step) -> str:
    offline = not state.network.online
    if step is Step.ITEM and any(row.kind == "online" and not row.taken for row in state.identity.related):
        return say("coming.take_in")
    if step is Step.FORM and state.item and state.brought_in_estimate:
        return say("coming.brought_in", n=state.brought_in_estimate)
    if step is Step.MATERIALS and state.open_step is Step.IDENTITY and state.draft and state.draft.by_agent:
        return say("coming.guardian" if state.draft.authority.relation == GUARDIAN else "coming.attorney")
    if step is Step.MATERIALS and state.guidance:
        return say("coming.materials", n=len(state.guidance.materials))
    if step is Step.CONFIRM and state.open_step in {Step.FORM, Step.MATERIALS}:
        return say("coming.confirm_offline") if offline else _if(state.open_step is Step.MATERIALS, "coming.confirm")
    if step is Step.SUBMIT and state.open_step in {Step.FORM, Step.MATERIALS, Step.CONFIRM}:
        if offline:
            return say("coming.submit_offline")
        return (
            say("coming.submit_sign")
            if state.open_step is Step.CONFIRM
            else _if(state.open_step is Step.MATERIALS, "coming.submit")
        )
    return ""


def _if(holds: bool, key: str) -> str:
    return say(key) if holds else ""


def missing_until(state: ReceptionState, opened: Step) -> tuple[Missing, ...]:
    """What the step after ``opened`` still needs: the state lists all that a submission needs."""
    return tuple(one for one in state.missing if STEPS.index(one.step) <= STEPS.index(opened))


def missing_words(state: ReceptionState, missing: Missing) -> str:
    """The name of what is missing; labels of steps 1 and 2 may be codes."""
    if missing.step is Step.FORM and state.form is not None:
        view = next((one for one in state.form.fields if one.field.id == missing.target), None)
        if view is not None:
            return in_language(view.field.label.zh, view.field.label.en)
    if missing.label.startswith("remark."):
        return say_first(f"missing.{missing.label}", "missing.card_differs")
    return say_first(f"missing.{missing.label}") if f"desk.missing.{missing.label}" in words else named(missing.label)


def _bar(state: ReceptionState, opened: Step, *, fault_has_the_fill: bool) -> ActionBar:
    if state.visit in FINISHED:
        return _finished_bar(state)
    if state.visit is State.CALLING:
        return _calling_bar(state)
    missing = missing_until(state, opened)
    ready = not missing and state.busy == ""
    icon, tone, strong, text = _sentence(state, opened)
    jump = bool(missing) and opened is not Step.CONFIRM
    if opened is Step.IDENTITY and not (state.draft and who_came(state.draft)):
        awaited = "bar.await_agent" if state.draft and state.draft.by_agent else "bar.await_card"
        icon, tone, strong, text, jump = "clock", "accent", "", say(awaited), False
    elif jump:
        labels = in_language("、", ", ").join(missing_words(state, one) for one in missing[:3])
        icon, tone = "flag", "bad"
        strong, text = say("bar.missing", n=len(missing)), in_language("：", ": ") + labels
    return ActionBar(
        icon, tone, strong, text, jump, _buttons(state, opened, ready=ready, fault_has_the_fill=fault_has_the_fill)
    )


def _calling_bar(state: ReceptionState) -> ActionBar:
    ticket = state.ticket
    text = say("bar.await_card")
    if ticket and ticket.number:
        text = say("bar.called", n=ticket.calls, no=ticket.number, w=state.window_no)
    return ActionBar(
        "call",
        "accent",
        "",
        text,
        jump=False,
        buttons=(),
    )


def _finished_bar(state: ReceptionState) -> ActionBar:
    seconds = state.result.used_seconds if state.result else 0
    used = say("bar.finished_used", t=say("used.minutes", m=seconds // 60, s=seconds % 60)) if seconds else ""
    again = Button("serve_without_ticket", say("another_item"), "Ctrl+N", icon="plus")
    return ActionBar("check", "ok", say("bar.finished"), used, jump=False, buttons=(again,))


def _sentence(state: ReceptionState, opened: Step) -> tuple[str, str, str, str]:
    if opened is Step.IDENTITY:
        draft = state.draft
        if draft is not None and draft.by_agent and not attorney_here(draft, state.guidance):
            guardian = draft.authority.relation == GUARDIAN
            name = say("attorney.guardian_name" if guardian else "attorney.name")
            return "flag", "warn", say("bar.attorney"), say("bar.attorney_text", x=name)
        came = who_came(draft) if draft else None
        typed = came is not None and came.source is IdentitySource.TYPED
        return (
            ("warn", "warn", "", say("bar.identified_typed")) if typed else ("check", "ok", "", say("bar.identified"))
        )
    if opened is Step.ITEM:
        if state.item is None:
            return "search", "accent", "", say("bar.no_item")
        shown = [question for question in state.item.questions if question.default is None]
        return "check", "ok", "", say("bar.answered", n=len(shown))
    if opened is Step.FORM:
        later = state.form.to_verify if state.form else 0
        text = say("bar.to_verify", n=say("bar.to_verify_count", n=later)) if later else ""
        return "check", "ok", "", say("bar.filled") + text
    if opened is Step.MATERIALS:
        deferred = state.materials.deferred if state.materials else 0
        return (
            "check",
            "ok",
            "",
            say("bar.materials_ready") + (say("bar.materials_deferred", n=deferred) if deferred else ""),
        )
    return _confirm_sentence(state)


def _confirm_sentence(state: ReceptionState) -> tuple[str, str, str, str]:
    if state.busy == "submitting":
        return "clock", "accent", "", say("bar.submitting")
    page = state.applicant.page
    if state.applicant.signed_at or page is ApplicantPage.SIGNED:
        return "check", "ok", "", say("bar.signed")
    key = {ApplicantPage.CHECK: "bar.await_check", ApplicantPage.DECLARE: "bar.await_agree"}.get(
        page, "bar.await_signature"
    )
    return "clock", "accent", "", say(key)


def _buttons(state: ReceptionState, opened: Step, *, ready: bool, fault_has_the_fill: bool) -> tuple[Button, ...]:
    followers = {
        Step.IDENTITY: "next.item",
        Step.ITEM: "next.form",
        Step.FORM: "next.materials",
        Step.MATERIALS: "next.confirm",
    }
    key = "Ctrl+Enter"
    kind = "" if fault_has_the_fill else "primary"
    if opened is Step.IDENTITY:
        first = [Button("end_unfiled", say("bar.end_unfiled"), "Ctrl+W", "ghost")]
        ready = ready and bool(state.draft and identified(state.draft))
    elif opened is Step.FORM:
        first = [Button("save_draft", say("bar.save_draft"), "Ctrl+S")]
    elif opened is Step.CONFIRM:
        first = [Button("back_to_materials", say("bar.back_to_materials"), "Alt+4")]
        ready = bool(state.applicant.signed_at) and state.busy == ""
    else:
        first = []
    if opened in followers:
        return (*first, Button("next_step", say("bar.next", step=say(followers[opened])), key, kind, enabled=ready))
    return (*first, Button("next_step", say("bar.submit"), key, kind, enabled=ready))
