"""Where form values may come from in this visit: card, shared data, earlier cases, answers (README of the forms)."""

from typing import Any, Literal

from window_client.central.contract import PersonRecord
from window_client.domain.people import IdentitySource
from window_client.domain.visit import Draft


def sources(draft: Draft, record: PersonRecord | None) -> dict[str, Any]:
    """Full source names to values; what nobody said is not in it."""
    found: dict[str, Any] = {}
    if person := draft.applicant:
        found |= {
            f"card.{name}": getattr(person, name) for name in ("name", "id_no", "sex", "nation", "birth", "address")
        }
        if person.has_photo:
            found["card.photo"] = "card"
        if person.source is IdentitySource.TYPED:
            found["card.typed"] = True
    if record is not None:
        for dataset, fields in record.shared.items():
            found |= {f"shared.{dataset}.{name}": value for name, value in fields.items()}
        taken = [row for row in record.earlier if row.kind == "online" and row.id == draft.took_in]
        cases = [row for row in record.earlier if row.kind == "case"]
        for row in reversed([*taken, *cases]):  # the first one wins
            found |= {f"earlier.{name}": value for name, value in row.fields.items()}
    if draft.contact.phone:
        found["earlier.phone"] = draft.contact.phone
    found |= {f"answer.{question}": list(values) for question, values in draft.answers.items()}
    return {name: value for name, value in found.items() if value not in ("", None)}


def credit_of(record: PersonRecord | None) -> Literal["good", "bad", "unknown"]:
    """What the credit list says; unknown while it cannot be asked."""
    if record is None:
        return "unknown"
    status = record.shared.get("credit", {}).get("status", "unknown")
    return "good" if status == "good" else "bad" if status == "bad" else "unknown"
