"""The cards of step 1: a person, an organisation, and the paper between the two."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from ui.reception.steps.model import nation_words
from ui.reception.texts import clock, say, say_first
from ui.words import words
from window_client.domain.organisations import Organisation
from window_client.domain.people import (
    HKMT_RESIDENCE,
    PERMANENT_2017,
    PERMANENT_2023,
    RESIDENT,
    IdentitySource,
    Person,
    Remark,
    birth_of,
)
from window_client.domain.privacy import mask_id_no, mask_phone
from window_client.domain.representing import (
    GUARDIAN,
    ORGANISATION,
    POWERS,
    RELATIONS,
    attorney_here,
    needs_applicant_card,
    said,
)
from window_client.domain.visit import Draft
from window_client.reception.state import IdentityView, Reading, ReceptionState

FOREIGN = {PERMANENT_2017, PERMANENT_2023}
OTHER_DOCUMENT = frozenset({"expired", "not_yet_valid", "bad_check_digit", "bad_number"})
"""What another valid document helps with."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """What a blocking remark leaves to do: a sentence, and the deed with its words and key."""

    line: str
    act: str
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person of the visit. ``reveal_until``: the full number shows until then. ``wide`` rows take the whole width."""

    name: str
    confirmed: str
    confirmed_tone: str
    facts: tuple[tuple[str, str, bool], ...]  # label, text, bold
    address: tuple[str, str]
    reveal_until: datetime | None
    remarks: tuple[tuple[str, bool], ...]  # text, blocks
    has_photo: bool
    portrait: bytes = field(default=b"", repr=False)  # a picture file, where a maker's decoder is at hand
    wide: tuple[tuple[str, str], ...] = ()
    sub: str = ""
    way_out: WayOut | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """No person yet: what to do, and whether that is a failure. ``level``: plain, asking, bad."""

    level: str
    head: str
    text: str
    before: str
    read_filled: bool


@dataclass(frozen=True, slots=True)
class SideCard:
    """A side with a person, or an empty one with what to do. ``next``: F9 reads this side."""

    side: str
    icon: str
    title: str
    person: PersonCard | None
    level: str  # plain, asking, bad
    empty: str
    next: bool


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """The organisation, or the place to type its code. ``ask`` and ``ask_bad`` are what the register said."""

    name: str
    confirmed: str
    confirmed_tone: str
    checked: str
    facts: tuple[tuple[str, str, bool], ...]
    remarks: tuple[tuple[str, bool], ...]
    way_out: WayOut | None
    code: str
    ask: str
    ask_bad: bool
    asking: bool
    type_in: bool


@dataclass(frozen=True, slots=True)
class AuthorityFields:
    """What the person who came may do; ``phone_cover`` stands in for the phone while nobody types there."""

    phone: str
    phone_cover: str
    phone_stamp: str
    relation_label: str
    relation: str
    relations: tuple[tuple[str, str], ...]
    powers: tuple[tuple[str, str, bool], ...]
    until: str


@dataclass(frozen=True, slots=True)
class AttorneyNote:
    """What is still lacking before the person who came may act."""

    head: str
    line: str
    take: str


@dataclass(frozen=True, slots=True)
class Cards:
    """Both sides of step 1 and what stands between them."""

    organisation: OrganisationCard | None
    left: SideCard | None
    right: SideCard
    authority: AuthorityFields | None
    attorney: AttorneyNote | None
    may_swap: bool


def cards(state: ReceptionState, now: datetime) -> Cards:
    """The two cards of an organisation's visit, or of a visit by an agent."""
    draft, view = state.draft, state.identity
    assert draft is not None  # noqa: S101 - the caller has looked
    about = said(draft, now.date())
    organisation = draft.party == ORGANISATION
    came = "agent" if draft.by_agent else "applicant"
    first = "applicant" if needs_applicant_card(draft) and draft.applicant is None else came
    guardian = draft.authority.relation == GUARDIAN
    right_words = "legal_rep" if not draft.by_agent else "guardian" if guardian else "agent"
    right = _side(
        draft.agent if draft.by_agent else draft.applicant,
        came,
        right_words,
        about.agent if draft.by_agent else about.applicant,
        view,
        now,
        is_next=first == came,
    )
    left = None
    if not organisation:
        left = _side(
            draft.applicant, "applicant", "principal", about.applicant, view, now, is_next=first == "applicant"
        )
    return Cards(
        organisation=_organisation(draft.organisation, about.organisation, view) if organisation else None,
        left=left,
        right=right,
        authority=_authority(draft) if draft.by_agent and draft.agent is not None else None,
        attorney=_attorney(state, guardian=guardian),
        may_swap=left is not None and draft.applicant is not None and draft.agent is not None,
    )


def _side(
    person: Person | None,
    side: str,
    title: str,
    about: tuple[Remark, ...],
    view: IdentityView,
    now: datetime,
    *,
    is_next: bool,
) -> SideCard:
    read_now = view.side == side
    asking = read_now and view.reading is Reading.WAITING
    failed = read_now and view.reading is Reading.FAILED
    if asking:
        key = "side.other_card" if view.other_card else "side.lift" if view.lift else f"side.reading.{title}"
        text = say(key)
    elif failed:
        text = say_first(f"fail.{view.code}", "fail.other")
    else:
        text = say(f"side.empty.{title}")
    level = "asking" if asking else "bad" if failed else "plain"
    card = person_card(person, about, view, now, way_out(about)) if person is not None else None
    icon = "users" if title in {"agent", "guardian"} else "user"
    return SideCard(side, icon, say(f"side.{title}"), card, level, text, is_next or asking)


def person_card(
    person: Person, about: Iterable[Remark], view: IdentityView, now: datetime, way: WayOut | None
) -> PersonCard:
    """A person's card: what the document says, each kind with its own facts."""
    until = view.revealed_until
    shown = until is not None and now < until
    typed = person.source is IdentitySource.TYPED
    read = say_first(f"id.chip_valid.{person.kind}", "id.chip_valid")
    sub = "　".join(part for part in (_sex(person), nation_words(person.nation)) if part)
    return PersonCard(
        name=person.name,
        confirmed=say_first(f"id.typed.{person.medium}", "id.typed") if typed else view.verified_label or read,
        confirmed_tone="warn" if typed else "ok",
        facts=tuple(_facts(person, shown=shown)),
        address=(say("id.address_new" if person.printed_address else "id.address"), person.address)
        if person.address
        else ("", ""),
        reveal_until=until if shown else None,
        remarks=tuple((remark_words(remark), remark.blocks) for remark in about),
        has_photo=person.has_photo,
        portrait=dict(view.portraits).get(person.id_no, b""),
        wide=((say("id.address_printed"), person.printed_address),) if person.printed_address else (),
        sub=sub,
        way_out=way,
    )


def _facts(person: Person, *, shown: bool) -> Iterable[tuple[str, str, bool]]:
    """Label, text and weight of what this kind of document says, in the order of its face."""
    known = person.kind == RESIDENT
    if not known and person.source is IdentitySource.TYPED:
        yield say("id.document"), say_first(f"doc.{person.kind}", "doc.other"), False
    if person.english_name and person.english_name != person.name:
        yield say("id.english_name"), person.english_name, False
    if person.sex:
        yield say("id.sex"), _sex(person), False
    if person.nation:
        yield say("id.nation"), nation_words(person.nation), False
    if person.nationality:
        yield say("id.nationality"), nationality_words(person.nationality), False
    if not known and (born := birth_of(person)):
        yield say("id.birth"), born.isoformat(), False
    yield from _number_facts(person, shown=shown)


def _number_facts(person: Person, *, shown: bool) -> Iterable[tuple[str, str, bool]]:
    """Numbers and validity."""
    of_residents_make = person.kind in {RESIDENT, HKMT_RESIDENCE, "temporary_id"}
    number = person.id_no if shown else mask_id_no(person.id_no)
    yield say("id.no" if of_residents_make else "id.document_no"), number, True
    if person.valid_from and person.valid_to:
        yield say("id.valid"), say("id.valid_range", a=person.valid_from, b=person.valid_to), False
    elif person.valid_to:
        yield say("id.valid_to"), person.valid_to, False
    if person.permit_no:
        yield say("id.permit_no"), person.permit_no if shown else mask_id_no(person.permit_no), False
    if person.times_issued:
        key = "id.times_renewed" if person.kind in FOREIGN else "id.times_issued"
        yield say(key), person.times_issued, False


def _sex(person: Person) -> str:
    return say_first(f"sex.{person.sex}", "sex.未说明") if person.sex else ""


def nationality_words(code: str) -> str:
    """``美国 USA``; a country that has no words here is its three letters."""
    key = f"nationality.{code}"
    return f"{say(key)} {code}" if f"desk.{key}" in words else code


def remark_words(remark: Remark) -> str:
    """A remark in words."""
    return say_first(f"remark.{remark.code}", "remark.other", n=remark.number)


def way_out(about: Iterable[Remark]) -> WayOut | None:
    """What the first blocking remark leaves to do; None when nothing blocks, or nothing helps."""
    code = next((remark.code for remark in about if remark.blocks), "")
    if code in OTHER_DOCUMENT:
        return WayOut(say("way.other_document_line"), "open_typing", say("way.other_document"))
    if code == "guardian_needed":
        return WayOut("", "choose_agent", say("way.guardian"), "Alt+B")
    if code == "not_legal_rep":
        return WayOut("", "choose_agent", say("way.agent"), "Alt+B")
    if code in {"revoked", "cancelled", "term_over"}:
        return WayOut("", "choose_party", say("way.person"), "Alt+Q")
    return None


def _organisation(organisation: Organisation | None, about: tuple[Remark, ...], view: IdentityView) -> OrganisationCard:
    asked = view.organisation
    bad = asked in {"bad_uscc", "not_found", "offline"}
    ask = say(f"org.{asked}") if bad or asked == "asking" else say("org.hint")
    asking, type_in = asked == "asking", asked in {"not_found", "offline"}
    if organisation is None:
        return OrganisationCard("", "", "", "", (), (), None, "", ask, bad, asking, type_in)
    blocked = organisation.status in {"revoked", "cancelled"}
    status = "active" if organisation.checked_at and not blocked else organisation.status if blocked else "typed"
    facts = (
        (say("org.code_short"), organisation.uscc, True),
        (say("org.type"), organisation.type, False),
        (say("org.legal_rep"), organisation.legal_rep, False),
        (say("org.address"), organisation.address, False),
        (say("org.established"), organisation.established, False),
        (say("org.valid_to"), organisation.valid_to, False),
    )
    remarks = tuple(
        (remark_words(one), one.blocks) for one in about if one.code not in {"to_verify", "revoked", "cancelled"}
    )
    return OrganisationCard(
        name=organisation.name,
        confirmed=say(f"org.{status}"),
        confirmed_tone="bad" if blocked else "ok" if status == "active" else "warn",
        checked=say("org.checked", t=clock(organisation.checked_at)) if organisation.checked_at else "",
        facts=tuple(fact for fact in facts if fact[1]),
        remarks=remarks,
        way_out=way_out(about),
        code=organisation.uscc,
        ask=ask if bad or asking else "",
        ask_bad=bad,
        asking=asking,
        type_in=type_in,
    )


def _authority(draft: Draft) -> AuthorityFields:
    authority, contact = draft.authority, draft.contact
    relations = tuple((code, say(f"relation.{code}")) for code in RELATIONS)
    return AuthorityFields(
        phone=contact.phone,
        phone_cover=mask_phone(contact.phone) if contact.phone else "",
        phone_stamp=contact.phone_source if contact.phone else "",
        relation_label=say("auth.relation" if draft.party == ORGANISATION else "auth.relation_person"),
        relation=authority.relation,
        relations=relations,
        powers=tuple((power, say(f"power.{power}"), power in authority.powers) for power in POWERS),
        until=authority.until,
    )


def _attorney(state: ReceptionState, *, guardian: bool) -> AttorneyNote | None:
    draft = state.draft
    if draft is None or not draft.by_agent or draft.agent is None or attorney_here(draft, state.guidance):
        return None
    which = "guardian_" if guardian else ""
    return AttorneyNote(
        say(f"attorney.{which}missing"),
        say(f"attorney.{which}line" if guardian else "attorney.missing_line"),
        say(f"attorney.{which}take"),
    )


def iso_day(text: str) -> str | None:
    """A typed day (``1990-1-2``, ``1990.1.2``, ``19900102`` …) as ISO 8601 text; ``长期`` stays; None: no day."""
    text = text.strip()
    if text in {"", "长期"}:
        return text
    parts = text.replace("/", "-").replace(".", "-").replace("年", "-").replace("月", "-").replace("日", "").split("-")
    if len(parts) == 1 and len(text) == 8:
        parts = [text[:4], text[4:6], text[6:]]
    try:
        year, month, of_month = (int(part) for part in parts)
        return date(year, month, of_month).isoformat()
    except ValueError:
        return None
