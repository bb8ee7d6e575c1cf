"""Step 1: the card, the person, how to reach them, and what is known about them."""

from dataclasses import dataclass
from datetime import datetime

from ui.reception.steps.model import nation_words
from ui.reception.texts import day, in_language, say, say_first
from window_client.domain.people import IdentitySource, Remark
from window_client.domain.privacy import mask_id_no
from window_client.domain.visit import State
from window_client.reception.state import Reading, ReceptionState, Related

RELATED_ICONS = {"online": "clock", "running": "doc", "ready": "box"}


@dataclass(frozen=True, slots=True)
class PersonCard:
    """The person before the window. ``reveal_until``: the full number is shown until then."""

    name: str
    confirmed: str
    confirmed_tone: str
    facts: tuple[tuple[str, str, bool], ...]  # label, text, bold
    address: tuple[str, str]
    reveal_until: datetime | None
    remarks: tuple[tuple[str, bool], ...]  # text, blocks
    has_photo: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """No person yet: what to do, and whether that is a failure. ``level``: plain, asking, bad."""

    level: str
    head: str
    text: str
    before: str
    read_filled: bool


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
    """The whole body of step 1."""

    person: PersonCard | None
    waiting: Waiting | None
    asking: bool
    related: tuple[RelatedRow, ...]
    related_note: str
    contacts: Contacts | None


def identity(state: ReceptionState, now: datetime) -> Identity:
    """The body of step 1 in ``state``. ``now`` decides whether the full number is still shown."""
    view = state.identity
    person = state.draft.applicant if state.draft else None
    asking = view.reading is Reading.WAITING
    return Identity(
        person=_person(state, now) if person else None,
        waiting=None if person and view.reading is not Reading.FAILED else _waiting(state),
        asking=asking,
        related=tuple(_related(row) for row in view.related),
        related_note=_related_note(view.lookup) if not view.related else "",
        contacts=_contacts(state) if person else None,
    )


def _person(state: ReceptionState, now: datetime) -> PersonCard | None:
    person = state.draft.applicant if state.draft else None
    if person is None:
        return None
    until = state.identity.revealed_until
    shown = until is not None and now < until
    typed = person.source is IdentitySource.TYPED
    facts: list[tuple[str, str, bool]] = []
    if person.sex:
        facts.append((say("id.sex"), person.sex, False))
    if person.nation:
        facts.append((say("id.nation"), nation_words(person.nation), False))
    facts.append((say("id.no"), person.id_no if shown else mask_id_no(person.id_no), True))
    if person.valid_to:
        facts.append((say("id.valid"), say("id.valid_range", a=person.valid_from, b=person.valid_to), False))
    return PersonCard(
        name=person.name,
        confirmed=say("id.typed") if typed else state.identity.verified_label or say("id.chip_valid"),
        confirmed_tone="warn" if typed else "ok",
        facts=tuple(facts),
        address=(say("id.address"), person.address) if person.address else ("", ""),
        reveal_until=until if shown else None,
        remarks=tuple((_remark(remark), remark.blocks) for remark in state.identity.remarks),
        has_photo=person.has_photo,
    )


def _remark(remark: Remark) -> str:
    return say_first(f"remark.{remark.code}", "remark.other", n=remark.number)


def _waiting(state: ReceptionState) -> Waiting:
    view = state.identity
    called = state.ticket.number if state.visit is State.CALLING and state.ticket else ""
    before = say("wait.called", no=called) if called else ""
    if view.reading is Reading.FAILED:
        head = say_first(f"fail.{view.code}", "fail.other")
        return Waiting("bad", head, say_first(f"fail.{view.code}.do", "fail.other.do"), "", read_filled=True)
    if view.reading is Reading.WAITING:
        return Waiting("asking", say("wait.head"), say("wait.reading"), before, read_filled=False)
    return Waiting("plain", say("wait.head"), say("wait.text"), before, read_filled=True)


def _related(row: Related) -> RelatedRow:
    first, _, second = row.text.partition("|")
    if row.kind == "online":
        booked = say("queue.booked", t=_when(second or first)) if second or first else say("related.applied")
        text = say("related.online", text=booked, item=row.item_name, n=row.count)
    elif row.kind == "ready":
        place = say("related.window", n=first) + (
            in_language("，", ", ") + say("related.shelf", x=second) if second else ""
        )
        text = say("related.ready", item=row.item_name, text=place)
    else:
        when = say("related.accepted", d=_when(first)) if first else ""
        due = say("related.due", d=_when(second)) if second and second != first else ""
        together = in_language("，", ", ").join(part for part in (when, due) if part)
        text = say("related.running", item=row.item_name, text=together)
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
