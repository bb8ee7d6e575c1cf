"""Step 1: who applies, who came, how to reach them, and what is known about them."""

from dataclasses import dataclass
from datetime import datetime

from ui.names import named
from ui.reception.identity.cards_model import Cards, PersonCard, Waiting, cards, person_card, way_out
from ui.reception.texts import day, in_language, say, say_first
from window_client.domain.representing import ORGANISATION, applies, said, who_came
from window_client.domain.visit import State
from window_client.reception.state import Reading, ReceptionState, Related

RELATED_ICONS = {"online": "clock", "running": "doc", "ready": "box"}


@dataclass(frozen=True, slots=True)
class Modes:
    """Who applies and who came, as the two choices at the top show it."""

    party: str
    presence: str  # self, agent
    may_choose: bool
    reads_again: bool  # F9 stands beside the choices, where there is one card


@dataclass(frozen=True, slots=True)
class TypingFor:
    """What the typing strip is for, and what is wrong with what was typed."""

    title: str
    side: str
    problem: str


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """One line of 此人相关."""

    id: str
    icon: str
    text: str
    offer: bool
    taken: bool


@dataclass(frozen=True, slots=True)
class Contacts:
    """Phone, way of notice and way of collecting, as stored."""

    phone: str
    phone_stamp: str
    notify_by: str
    collect_by: str
    phone_problem: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """The whole body of step 1. ``two`` takes the place of ``person`` and ``waiting``."""

    modes: Modes
    two: Cards | None
    typing: TypingFor
    person: PersonCard | None
    waiting: Waiting | None
    asking: bool
    related: tuple[RelatedRow, ...]
    related_head: str
    related_note: str
    contacts: Contacts | None


def identity(state: ReceptionState, now: datetime) -> Identity:
    """The body of step 1 in ``state``. ``now`` decides whether full numbers are still shown, and what is valid."""
    view, draft = state.identity, state.draft
    asking = view.reading is Reading.WAITING
    two = cards(state, now) if draft is not None and (draft.by_agent or draft.party == ORGANISATION) else None
    person = None
    if two is None and draft is not None and draft.applicant is not None:
        about = said(draft, now.date()).applicant or view.remarks
        person = person_card(draft.applicant, about, view, now, way_out(about))
    here = draft is not None and (who_came(draft) is not None or bool(applies(draft)[0]))
    return Identity(
        modes=_modes(state, single=person is not None),
        two=two,
        typing=_typing(state),
        person=person,
        waiting=None if two or (person and view.reading is not Reading.FAILED) else _waiting(state),
        asking=asking,
        related=tuple(_related(row) for row in view.related),
        related_head=say(
            "id.related_organisation" if draft is not None and draft.party == ORGANISATION else "id.related"
        ),
        related_note=_related_note(view.lookup) if not view.related else "",
        contacts=_contacts(state) if here else None,
    )


def _modes(state: ReceptionState, *, single: bool) -> Modes:
    draft = state.draft
    open_visit = draft is not None and state.visit in {State.CALLING, State.SERVING}
    party = draft.party if draft is not None else "person"
    return Modes(party, "agent" if draft is not None and draft.by_agent else "self", open_visit, single)


def _typing(state: ReceptionState) -> TypingFor:
    view, draft = state.identity, state.draft
    failed = view.reading is Reading.FAILED and bool(view.remarks)
    problem = say_first(f"fail.{view.code}", "fail.other") if failed else ""
    if draft is None or not (draft.by_agent or draft.party == ORGANISATION):
        return TypingFor(say("type.for.applicant"), "applicant", problem)
    side = view.side if view.side and (draft.by_agent or view.side == "applicant") else ""
    if draft.party == ORGANISATION:
        return TypingFor(say(f"type.for.{'agent' if draft.by_agent else 'legal_rep'}"), side, problem)
    side = side or ("agent" if draft.applicant is not None else "applicant")
    return TypingFor(say(f"type.for.{'principal' if side == 'applicant' else 'agent'}"), side, problem)


def _waiting(state: ReceptionState) -> Waiting:
    view = state.identity
    called = state.ticket.number if state.visit is State.CALLING and state.ticket else ""
    before = say("wait.called", no=called) if called else ""
    if view.reading is Reading.FAILED:
        head = say_first(f"fail.{view.code}", "fail.other")
        return Waiting("bad", head, say_first(f"fail.{view.code}.do", "fail.other.do"), "", read_filled=True)
    if view.reading is Reading.WAITING:
        text = say("side.lift") if view.lift else say("wait.reading")
        return Waiting("asking", say("wait.head"), text, before, read_filled=False)
    return Waiting("plain", say("wait.head"), say("wait.text"), before, read_filled=True)


def _related(row: Related) -> RelatedRow:
    first, _, second = row.text.partition("|")
    if row.kind == "online":
        booked = say("queue.booked", t=_when(second or first)) if second or first else say("related.applied")
        text = say("related.online", text=booked, item=named(row.item_name), n=row.count)
    elif row.kind == "ready":
        place = say("related.window", n=first) + (
            in_language("，", ", ") + say("related.shelf", x=second) if second else ""
        )
        text = say("related.ready", item=named(row.item_name), text=place)
    else:
        when = say("related.accepted", d=_when(first)) if first else ""
        due = say("related.due", d=_when(second)) if second and second != first else ""
        together = in_language("，", ", ").join(part for part in (when, due) if part)
        text = say("related.running", item=named(row.item_name), text=together)
    return RelatedRow(
        row.id, RELATED_ICONS.get(row.kind, "doc"), text, row.kind == "online" and not row.taken, row.taken
    )


def _when(text: str) -> str:
    """``10:30`` and ready words stay; an ISO day or moment becomes a date."""
    try:
        return day(text)
    except ValueError:
        return text


def _related_note(lookup: str) -> str:
    return say_first({"asking": "id.related_asking", "offline": "id.related_offline"}.get(lookup, "id.related_none"))


def _contacts(state: ReceptionState) -> Contacts:
    contact = state.draft.contact if state.draft else None
    missing = any(missing.target == "phone" for missing in state.missing)
    if contact is None:
        return Contacts("", "", "sms", "window", missing)
    stamp = contact.phone_source if contact.phone else ""
    return Contacts(contact.phone, stamp, contact.notify_by, contact.collect_by, missing)
