import json
from pathlib import Path

import pytest

from drivers.contracts import CardKind
from drivers.emulators import people

PERSON = {
    "kind": "person",
    "name": "测试甲",
    "id_no": "510799199001010018",
    "sex": "男",
    "phone": "13700000018",
    "note": "x",
}


def test_demo_persons_come_from_the_catalogue_by_number(tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue.json"
    enterprise = {"kind": "enterprise", "name": "绵阳测试科技有限公司"}
    catalogue.write_text(json.dumps({"demo_applicants": [PERSON, enterprise]}), encoding="utf-8")
    known = people.load_people(catalogue)

    assert list(known) == ["510799199001010018"]
    assert (known["510799199001010018"].name, known["510799199001010018"].kind) == ("测试甲", CardKind.RESIDENT)


def test_the_projects_own_demo_persons_can_all_be_on_a_card() -> None:
    assert len(people.load_people(None)) >= 5


def test_a_card_is_described_by_its_fields() -> None:
    body = json.dumps({"person": {"name": "测试乙", "id_no": "810000199001010016", "kind": "hkmt_residence"}}).encode()
    record = people.asked_card(body, {})

    assert (record.kind, record.name, record.address) == (CardKind.HKMT_RESIDENCE, "测试乙", "")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"id_no": "510799199001010018"}, "no such demo person"),
        ({}, "no such demo person"),
        ({"person": {"name": "测试甲"}}, "missing: id_no"),
        ({"person": {**PERSON, "kind": "resident"}}, "no such field: note, phone"),
        ({"person": {"name": "a", "id_no": "b", "kind": "dog"}}, "dog"),
    ],
)
def test_what_is_no_card_is_refused(asked: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        people.asked_card(json.dumps(asked).encode(), {})
