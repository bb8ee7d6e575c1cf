"""Who applies, who came, and on what authority (DOMAIN.md section 8.8).

An applicant is a person or an organisation. Somebody else may come instead: an agent, on a power of attorney, or a
guardian, who shows that he or she is one. Whoever came signs.

* person, in person: ``applicant`` came.  * person, by an agent: ``applicant`` is the principal, ``agent`` came.
* organisation, its legal representative came: that is ``applicant``.  * organisation, by an agent: ``agent`` came.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from window_client.domain.catalogue import Guidance, GuidedMaterial, Item, Material, guide
from window_client.domain.form import Words
from window_client.domain.material import Checklist, Row, find_row
from window_client.domain.organisations import Organisation, applicant_kind, organisation_remarks
from window_client.domain.people import ADULT_AGE, Person, Remark, age, remarks

if TYPE_CHECKING:
    from window_client.domain.visit import Draft

PERSON, ORGANISATION = "person", "organisation"
"""What applies, as ``Draft.party`` says."""

GUARDIAN = "guardian"
"""The relation of somebody who needs no power of attorney, but shows that he or she is the guardian."""

RELATIONS = {
    "staff": Words("办事员", "Staff"),
    "family": Words("近亲属", "Close relative"),
    GUARDIAN: Words("监护人", "Guardian"),
    "lawyer": Words("律师", "Lawyer"),
    "other": Words("其他", "Other"),
}
"""How the person who came stands to the applicant, in the words of paper and screens."""

POWERS = {
    "submit": Words("提交", "Submit"),
    "correct": Words("更正", "Correct"),
    "collect": Words("领取", "Collect"),
}
"""What a power of attorney may allow; without the first nothing is handed in."""

OWN_WILL_AGE = 16
"""From here on somebody who lives on an income of his or her own counts as of age (Civil Code, article 18)."""

WHO = "who"
"""The catalogue's question who applies, answered ``self`` or ``agent``."""

AUTHORITY_ID = "authority"
"""Id of the power of attorney's row where an item has none, and of its pages before an item is chosen."""

_ATTORNEY = "授权委托书"


class Authority(msgspec.Struct, frozen=True):
    """What the person who came may do: relation to the applicant, powers, and the last day (ISO 8601)."""

    relation: str = ""
    powers: tuple[str, ...] = tuple(POWERS)
    until: str = ""


def who_came(draft: "Draft") -> Person | None:
    """The person at the window: who is spoken to, and who signs."""
    return draft.agent if draft.by_agent else draft.applicant


def needs_applicant_card(draft: "Draft") -> bool:
    """Whether ``applicant`` is a person of this visit: not where an organisation sent somebody."""
    return draft.party == PERSON or not draft.by_agent


def applies(draft: "Draft") -> tuple[str, str]:
    """Name and number of whoever applies; both empty while nobody is known."""
    if draft.party == ORGANISATION:
        return (draft.organisation.name, draft.organisation.uscc) if draft.organisation else ("", "")
    return (draft.applicant.name, draft.applicant.id_no) if draft.applicant else ("", "")


def identified(draft: "Draft") -> bool:
    """Whether everybody of the visit is known, whatever must be said about them."""
    organisation = draft.party == PERSON or draft.organisation is not None
    applicant = not needs_applicant_card(draft) or draft.applicant is not None
    return organisation and applicant and (not draft.by_agent or draft.agent is not None)


def relation_words(authority: Authority) -> Words:
    """The relation in words; empty while it was not said."""
    known = RELATIONS.get(authority.relation)
    return known or Words(authority.relation, authority.relation)


def power_words(authority: Authority) -> Words:
    """The powers in words: 提交、更正、领取."""
    given = [POWERS[power] for power in POWERS if power in authority.powers]
    return Words("、".join(words.zh for words in given), ", ".join(words.en.lower() for words in given))


def kind_for(draft: "Draft", item: Item, *, asks_for_code: bool = False) -> str:
    """The kind of applicant with which this visit applies for an item; not among the item's own where it may not.

    Somebody who is about to found a business applies as a person for it. ``asks_for_code``: the item's form wants the
    credit code of an organisation that exists.
    """
    if draft.party == ORGANISATION:
        return applicant_kind(draft.organisation) if draft.organisation else "enterprise"
    if PERSON in item.applicant_kinds:
        return PERSON
    if "self_employed" in item.applicant_kinds:
        return "self_employed"
    return PERSON if asks_for_code else item.applicant_kinds[0]


class Said(msgspec.Struct, frozen=True):
    """Remarks about everybody of a visit."""

    organisation: tuple[Remark, ...] = ()
    applicant: tuple[Remark, ...] = ()
    agent: tuple[Remark, ...] = ()


def said(draft: "Draft", today: date) -> Said:
    """What must be said about everybody. Beside the remarks about cards: ``not_legal_rep`` (the person is not the one
    of the licence), ``guardian_needed`` (age), ``minor_agent``, ``same_person``, ``authority_over`` (days)."""
    return Said(
        organisation_remarks(draft.organisation, today) if draft.party == ORGANISATION and draft.organisation else (),
        _first_blocking(_about_applicant(draft, today)),
        _first_blocking(_about_agent(draft, today)),
    )


def lacking(draft: "Draft", today: date) -> tuple[tuple[str, str], ...]:
    """What step 1 still needs, as (target, label of the words): people and blocking remarks, without the phone."""
    about = said(draft, today)
    found: list[tuple[str, str]] = []
    if draft.party == ORGANISATION:
        if draft.organisation is None:
            found.append(("organisation", "identity.organisation"))
        found += [("organisation", f"remark.{remark.code}") for remark in about.organisation if remark.blocks]
    if needs_applicant_card(draft):
        if draft.applicant is None:
            found.append(("card", _label_of_applicant(draft)))
        found += [("card", f"remark.{remark.code}") for remark in about.applicant if remark.blocks]
    if draft.by_agent:
        if draft.agent is None:
            found.append(("agent", "identity.agent"))
        found += [("agent", f"remark.{remark.code}") for remark in about.agent if remark.blocks]
        if "submit" not in draft.authority.powers:
            found.append(("powers", "identity.powers"))
    return tuple(found)


def is_attorney(material: Material) -> bool:
    """Whether a material is the paper that lets somebody act for the applicant."""
    return material.id == AUTHORITY_ID or _ATTORNEY in material.name


def guided(item: Item, draft: "Draft") -> Guidance:
    """The checklist of an item for this visit: the power of attorney of an agent is always on it, and never deferred.

    A guardian brings proof of guardianship instead.
    """
    guidance = guide(item, draft.answers)
    if not draft.by_agent:
        return guidance
    paper = authority_paper(draft)
    rows = [
        replace(row, material=_as_authority(row.material, paper)) if is_attorney(row.material) else row
        for row in guidance.materials
    ]
    if not any(is_attorney(row.material) for row in rows):
        rows.append(GuidedMaterial(paper, ("代办",), ("By agent",)))
    return replace(guidance, materials=tuple(rows))


def authority_paper(draft: "Draft") -> Material:
    """The paper that an agent must hand in."""
    guardian = draft.authority.relation == GUARDIAN
    return Material(
        id=AUTHORITY_ID,
        order=1000,
        name="监护关系证明" if guardian else _ATTORNEY,
        name_en="Proof of guardianship" if guardian else "Power of attorney",
        note="户口簿、出生医学证明或者指定监护人的文书" if guardian else "",
        material_type="2",
        material_form="1",
        original_count=1,
    )


def attorney_row(guidance: Guidance | None) -> str:
    """Id of the row of the power of attorney; ``AUTHORITY_ID`` while no item is chosen."""
    rows = guidance.materials if guidance else ()
    return next((row.material.id for row in rows if is_attorney(row.material)), AUTHORITY_ID)


def attorney_here(draft: "Draft", guidance: Guidance | None) -> bool:
    """Whether the power of attorney has been photographed or scanned."""
    row = find_row(draft.checklist, attorney_row(guidance))
    return row is not None and bool(row.pages)


def pages_to_row(checklist: Checklist, guidance: Guidance) -> Checklist:
    """Give pages that were taken before an item was chosen to the item's own row for them."""
    early = find_row(checklist, AUTHORITY_ID)
    target = next((row.material.id for row in guidance.materials if is_attorney(row.material)), "")
    if early is None or not early.pages or target in {"", AUTHORITY_ID}:
        return checklist
    rows = [row for row in checklist.rows if row.material_id != AUTHORITY_ID]
    if all(row.material_id != target for row in rows):
        rows.append(Row(target))
    return replace(
        checklist,
        rows=tuple(
            replace(row, pages=(*row.pages, *early.pages)) if row.material_id == target else row for row in rows
        ),
    )


def holder(draft: "Draft", material: Material) -> tuple[str, str]:
    """Whose certificate may stand for a material: (``applicant`` or ``came``, number); an empty number: nobody's.

    ``came`` is the person at the window, where that is not the applicant; what is known about whom is kept apart.
    """
    came = who_came(draft)
    if "代理人" in material.name or "代办人" in material.name:
        return "came", came.id_no if came and draft.by_agent else ""
    if draft.party == ORGANISATION and material.ecert_type == "居民身份证":
        return "came", came.id_no if came and not draft.by_agent else ""  # the legal representative's own card
    return "applicant", applies(draft)[1]


def _label_of_applicant(draft: "Draft") -> str:
    if draft.party == ORGANISATION:
        return "identity.legal_rep"
    return "identity.principal" if draft.by_agent else "identity.card"


def _about_applicant(draft: "Draft", today: date) -> Iterator[Remark]:
    person, organisation = draft.applicant, draft.organisation
    if person is None or not needs_applicant_card(draft):
        return
    for remark in remarks(person, today):
        if remark.code == "minor" and not draft.by_agent and remark.number < OWN_WILL_AGE:
            yield Remark("guardian_needed", remark.number, blocks=True)
        elif remark.code != "minor" or not draft.by_agent:
            yield remark
    if draft.party == ORGANISATION and organisation is not None and not _is_legal_rep(person, organisation):
        yield Remark("not_legal_rep", blocks=True)


def _about_agent(draft: "Draft", today: date) -> Iterator[Remark]:
    agent = draft.agent
    if agent is None or not draft.by_agent:
        return
    for remark in remarks(agent, today):
        if remark.code == "minor":
            yield Remark("minor_agent", remark.number, blocks=True)
        else:
            yield remark
    if draft.party == PERSON and draft.applicant is not None and draft.applicant.id_no == agent.id_no:
        yield Remark("same_person", blocks=True)
    try:
        until = date.fromisoformat(draft.authority.until)
    except ValueError:
        return
    if until < today:
        yield Remark("authority_over", (today - until).days, blocks=True)


def _is_legal_rep(person: Person, organisation: Organisation) -> bool:
    if organisation.legal_rep_id_no:
        return organisation.legal_rep_id_no == person.id_no
    return not organisation.legal_rep or organisation.legal_rep == person.name


def of_age(person: Person, today: date) -> bool:
    """Whether a person is 18 or older; somebody whose birth is not known is taken for it."""
    years = age(person, today)
    return years is None or years >= ADULT_AGE


def _as_authority(material: Material, paper: Material) -> Material:
    return replace(
        material,
        name=paper.name,
        name_en=paper.name_en,
        short_name="" if paper.name != material.name else material.short_name,
        note=paper.note or material.note,
        necessity="1",
        deferrable=False,
    )


def _first_blocking(found: Iterator[Remark]) -> tuple[Remark, ...]:
    return tuple(sorted(found, key=lambda remark: not remark.blocks))
