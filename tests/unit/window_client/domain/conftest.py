"""The demo catalogue, forms and shared data, and the visits of ``[[visits]]`` as a desk would bring them in."""

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import settings

from window_client.domain import form as forms_module
from window_client.domain.catalogue import Catalogue, Item
from window_client.domain.form import FormDefinition

settings.register_profile("counter", deadline=None)  # a busy machine is not a fault
settings.load_profile("counter")

RESOURCES = Path(__file__).parents[4] / "resources"


class Demo:
    """What the demo data says, by ticket of a visit."""

    resources = RESOURCES

    @cached_property
    def catalogue(self) -> Catalogue:
        return msgspec.json.decode((RESOURCES / "demo/catalogue.json").read_bytes(), type=Catalogue)

    @cached_property
    def raw(self) -> dict[str, Any]:
        return msgspec.json.decode((RESOURCES / "demo/catalogue.json").read_bytes(), type=dict[str, Any])

    @cached_property
    def forms(self) -> tuple[FormDefinition, ...]:
        return tuple(forms_module.decode(path.read_bytes()) for path in sorted((RESOURCES / "forms").glob("*.toml")))

    @cached_property
    def shared(self) -> dict[str, Any]:
        return tomllib.loads((RESOURCES / "demo/shared-data.toml").read_text())

    def item(self, item_id: str) -> Item:
        return next(item for item in self.catalogue.items if item.id == item_id)

    def form(self, form_id: str) -> FormDefinition:
        return next(form for form in self.forms if form.id == form_id)

    def visits(self) -> list[dict[str, Any]]:
        return [visit for visit in self.shared["visits"] if "item" in visit]

    def identity(self, number: str) -> dict[str, Any]:
        return next(a for a in self.raw["demo_applicants"] if number in (a.get("id_no"), a.get("uscc")))

    def sources(self, visit: dict[str, Any]) -> dict[str, Any]:
        """All sources a desk would have for a visit; without the line no shared data."""
        person = self.identity(visit["applicant"])
        kind = "enterprise" if person["kind"] == "enterprise" else "card"
        out: dict[str, Any] = {f"{kind}.{key}": value for key, value in person.items()}
        known = next(a for a in self.shared["applicants"] if visit["applicant"] in (a.get("id_no"), a.get("uscc")))
        for dataset, fields in known["shared"].items() if visit["network"] else ():
            out |= {f"shared.{dataset}.{key}": value for key, value in fields.items()}
        earlier = known.get("earlier", ())
        cases = sorted((e for e in earlier if e["kind"] == "case"), key=lambda e: str(e["on"]))
        online = [e for e in earlier if e["kind"] == "online" and visit.get("takes_in") == "online"]
        for entry in [*cases, *online]:
            out |= {f"earlier.{key}": value for key, value in entry["fields"].items()}
        if "agent" in visit:
            agent = self.identity(visit["agent"]["id_no"])
            out |= {f"agent.{key}": agent[key] for key in ("name", "id_no", "phone")}
        return out

    def answers(self, visit: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        return {q: (a,) if isinstance(a, str) else tuple(a) for q, a in visit["answers"].items()}

    def kind(self, visit: dict[str, Any]) -> str:
        kinds = self.item(visit["item"]).applicant_kinds
        kind = self.identity(visit["applicant"])["kind"]
        return kind if kind in kinds else kinds[0]


@pytest.fixture(scope="session")
def demo() -> Demo:
    return Demo()
