"""Where form values may come from in this visit: card, shared data, earlier cases, answers (README of the forms)."""

from typing import Any, Literal

from window_client.central.contract import PersonRecord
from window_client.domain.organisations import FACTS
from window_client.domain.people import IdentitySource, Person
from window_client.domain.representing import ORGANISATION, needs_applicant_card, relation_words
from window_client.domain.visit import Draft


def sources(draft: Draft, record: PersonRecord | None) -> dict[str, Any]:
    """Full source names to values; what nobody said is not in it."""
    found: dict[str, Any] = {}
    if needs_applicant_card(draft) and draft.applicant is not None:
        found |= _card(draft.applicant)
    if draft.party == ORGANISATION and draft.organisation is not None:
        found |= {f"enterprise.{name}": getattr(draft.organisation, name) for name in FACTS}
        found["enterprise.typed"] = "" if draft.organisation.checked_at else True
    if draft.by_agent and draft.agent is not None:
        found |= _agent(draft, draft.agent)
    if record is not None:
        for dataset, fields in record.shared.items():
            found |= {f"shared.{dataset}.{name}": value for name, value in fields.items()}
        taken = [row for row in record.earlier if row.kind == "online" and row.id == draft.took_in]
        cases = [row for row in record.earlier if row.kind == "case"]
        for row in reversed([*taken, *cases]):  # the first one wins
            found |= {f"earlier.{name}": value for name, value in row.fields.items()}
    if draft.contact.phone and not draft.by_agent:
        found["earlier.phone"] = draft.contact.phone
    elif draft.contact.phone and draft.party == ORGANISATION:
        found.setdefault("earlier.phone", draft.contact.phone)  # a principal's own phone is not the agent's
    found |= {f"answer.{question}": list(values) for question, values in draft.answers.items()}
    return {name: value for name, value in found.items() if value not in ("", None)}


def _card(person: Person) -> dict[str, Any]:
    names = ("name", "id_no", "sex", "nation", "birth", "address")
    return {
        **{f"card.{name}": getattr(person, name) for name in names},
        "card.photo": "card" if person.has_photo else "",
        "card.typed": True if person.source is IdentitySource.TYPED else "",
    }


def _agent(draft: Draft, agent: Person) -> dict[str, Any]:
    return {
        "agent.name": agent.name,
        "agent.id_no": agent.id_no,
        "agent.phone": draft.contact.phone,
        "agent.relation": relation_words(draft.authority).zh,
        "agent.until": draft.authority.until,
        "agent.typed": True if agent.source is IdentitySource.TYPED else "",
    }


def credit_of(record: PersonRecord | None) -> Literal["good", "bad", "unknown"]:
    """What the credit list says; unknown while it cannot be asked."""
    if record is None:
        return "unknown"
    status = record.shared.get("credit", {}).get("status", "unknown")
    return "good" if status == "good" else "bad" if status in {"bad", "listed"} else "unknown"
