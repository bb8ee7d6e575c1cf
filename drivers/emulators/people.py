"""Whose card is laid on the emulated reader: demo people by number, or any card described in JSON."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

from drivers.contracts import CardKind, CardRecord

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo" / "catalogue.json"
_FIELDS = frozenset(field.name for field in fields(CardRecord)) - {"photo", "portrait"}
_NEEDED = frozenset({"name", "id_no"})


def load_people(path: Path | None) -> dict[str, CardRecord]:
    """The demo persons of a catalogue by their number; none when there is no such file and none was asked for."""
    if path is None and not DEMO.exists():
        return {}
    catalogue = json.loads((path or DEMO).read_text(encoding="utf-8"))
    persons = [person for person in catalogue["demo_applicants"] if person["kind"] == "person"]
    return {
        person["id_no"]: card({key: value for key, value in person.items() if key in _FIELDS - {"kind"}})
        for person in persons
    }


def card(described: dict[str, object]) -> CardRecord:
    """A card from its fields by name; a resident's unless ``kind`` says otherwise.

    Raises:
        ValueError: A field is unknown, or name or number are missing.
    """
    if unknown := described.keys() - _FIELDS:
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    if missing := _NEEDED - described.keys():
        raise ValueError(f"missing: {', '.join(sorted(missing))}")
    values: dict[str, Any] = dict.fromkeys(_FIELDS, "") | {name: str(value) for name, value in described.items()}
    kind = CardKind(values.pop("kind") or CardKind.RESIDENT)
    return CardRecord(kind=kind, photo=b"", **values)


def asked_card(body: bytes, people: dict[str, CardRecord]) -> CardRecord:
    """The card that ``PUT /card`` describes: ``{"id_no": ...}`` of a demo person, or ``{"person": {...}}``.

    Raises:
        ValueError: It describes none.
    """
    asked = json.loads(body)
    if "person" in asked:
        return card(cast("dict[str, object]", asked["person"]))
    if (id_no := asked.get("id_no")) not in people:
        raise ValueError("no such demo person")
    return people[id_no]
