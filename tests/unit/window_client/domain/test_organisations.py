from datetime import date
from typing import Any

import pytest

from window_client.domain.organisations import Organisation, applicant_kind, organisation_remarks
from window_client.domain.people import Remark

TODAY = date(2026, 11, 24)


def organisation(**more: Any) -> Organisation:
    known: dict[str, Any] = {
        "name": "绵阳示例餐饮有限公司",
        "uscc": "91510799MA9T00026D",
        "valid_to": "长期",
        "status": "active",
        "checked_at": "2026-11-24T10:00:00+08:00",
    }
    return Organisation(**(known | more))


def test_nothing_is_said_about_a_good_licence() -> None:
    assert organisation_remarks(organisation(), TODAY) == ()
    assert organisation_remarks(organisation(valid_to="2026-11-24"), TODAY) == ()
    assert organisation_remarks(organisation(valid_to=""), TODAY) == ()


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"uscc": "91510799MA9T00026E"}, Remark("bad_uscc", blocks=True)),
        ({"uscc": ""}, Remark("bad_uscc", blocks=True)),
        ({"uscc": "MA9T00026"}, Remark("old_code")),
        ({"status": "revoked"}, Remark("revoked", blocks=True)),
        ({"status": "cancelled"}, Remark("cancelled", blocks=True)),
        ({"valid_to": "2026-11-14"}, Remark("term_over", 10, blocks=True)),
        ({"checked_at": "", "status": ""}, Remark("to_verify")),
    ],
)
def test_each_remark(more: dict[str, Any], expected: Remark) -> None:
    assert organisation_remarks(organisation(**more), TODAY) == (expected,)


def test_what_blocks_comes_first() -> None:
    said = organisation_remarks(organisation(checked_at="", uscc="x", valid_to="soon"), TODAY)
    assert [remark.code for remark in said] == ["bad_uscc", "to_verify"]


def test_the_credit_code_says_which_kind_applies() -> None:
    assert applicant_kind(organisation()) == "enterprise"
    assert applicant_kind(organisation(uscc="92510799MA9T000345")) == "self_employed"
