from datetime import date
from typing import Any

import pytest

from window_client.domain.people import (
    IdentitySource,
    Person,
    Remark,
    age,
    birth_of,
    number_says,
    remarks,
    usual_nationality,
)

TODAY = date(2026, 11, 24)


def person(**more: Any) -> Person:
    known: dict[str, Any] = {
        "name": "李明",
        "id_no": "510799198806120017",
        "source": IdentitySource.CARD,
        "sex": "男",
        "birth": "1988-06-12",
        "valid_from": "2019-06-18",
        "valid_to": "2039-06-18",
    }
    return Person(**(known | more))


def test_nothing_is_said_about_a_good_card() -> None:
    assert remarks(person(), TODAY) == ()
    assert remarks(person(valid_to="长期"), TODAY) == ()
    assert remarks(person(valid_from="", valid_to="", sex="", birth=""), TODAY) == ()


def test_every_demo_person_has_a_good_card(demo: Any) -> None:
    keys = ("name", "id_no", "sex", "birth", "valid_from", "valid_to")
    people = [a for a in demo.raw["demo_applicants"] if a["kind"] == "person"]
    assert people
    for known in people:
        assert remarks(person(**{key: known[key] for key in keys}), TODAY) == ()


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"valid_to": "2026-11-23"}, Remark("expired", 1, blocks=True)),
        ({"valid_from": "2026-11-26"}, Remark("not_yet_valid", 2, blocks=True)),
        ({"id_no": "510799198806120018"}, Remark("bad_check_digit", blocks=True)),
        ({"birth": "1988-06-13"}, Remark("birth_differs")),
        ({"sex": "女"}, Remark("sex_differs")),
        ({"valid_to": "20390618x"}, Remark("unreadable_dates")),
        ({"valid_from": "soon"}, Remark("unreadable_dates")),
        ({"birth": "1988-06-31"}, Remark("unreadable_dates")),
        ({"id_no": "510799201909020021", "birth": "2019-09-02", "sex": "女"}, Remark("minor", 7)),
    ],
)
def test_each_remark(more: dict[str, Any], expected: Remark) -> None:
    assert remarks(person(**more), TODAY) == (expected,)


def test_a_card_is_good_on_its_first_and_last_day() -> None:
    assert remarks(person(valid_from="2026-11-24", valid_to="2026-11-24"), TODAY) == ()


def test_blocking_remarks_come_first() -> None:
    assert [r.code for r in remarks(person(sex="女", valid_to="2020-01-01"), TODAY)] == ["expired", "sex_differs"]


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"kind": "permanent_2023", "id_no": "911124198108030024", "birth": "1981-08-03", "sex": "女"}, []),
        ({"kind": "permanent_2023", "id_no": "911124198108030025"}, ["bad_check_digit"]),
        ({"kind": "permanent_2023", "id_no": "510799198806120017"}, ["bad_check_digit"]),  # a resident's is no such
        ({"kind": "permanent_2017", "id_no": "CAN110000000000", "nationality": "CAN", "birth": ""}, []),
        ({"kind": "permanent_2017", "id_no": "CAN110000000000", "nationality": "USA"}, ["nationality_differs"]),
        ({"kind": "permanent_2017", "id_no": "CAN11000000000"}, ["bad_number"]),
        ({"kind": "hkmt_residence", "id_no": "510799198806120017"}, ["not_hkmt_number"]),
        ({"kind": "hkmt_residence", "id_no": "810000199408230021", "birth": "1994-08-23", "sex": "女"}, []),
        ({"kind": "hkmt_residence", "id_no": "810000199408230022"}, ["bad_check_digit"]),
        ({"kind": "passport_cn", "id_no": "E12345678"}, []),
        ({"kind": "passport_cn", "id_no": "E1234567"}, ["bad_number"]),
        ({"kind": "passport_foreign", "id_no": "X1234567", "nationality": "USA"}, []),
        ({"kind": "passport_foreign", "id_no": "X1234567", "nationality": "美国"}, ["bad_nationality"]),
        ({"kind": "passport_foreign", "id_no": "X1", "nationality": ""}, ["bad_number", "bad_nationality"]),
        ({"kind": "temporary_id", "id_no": "510799198806120018"}, ["bad_check_digit"]),
        ({"kind": "of a newer program", "id_no": "?"}, []),
    ],
)
def test_each_document_is_checked_as_what_it_is(more: dict[str, Any], codes: list[str]) -> None:
    assert [remark.code for remark in remarks(person(**more), TODAY)] == codes


def test_what_numbers_say_by_themselves() -> None:
    assert number_says("resident", "510799198806120017") == ("1988-06-12", "男")
    assert number_says("permanent_2023", "911124198108030024") == ("1981-08-03", "女")
    assert number_says("passport_cn", "E12345678") == ("", "")
    assert number_says("resident", "x") == ("", "")
    assert (usual_nationality("hk_macao_permit"), usual_nationality("passport_foreign")) == ("CHN", "")


@pytest.mark.parametrize(
    ("birth", "today", "years"),
    [
        ("2008-11-24", date(2026, 11, 24), 18),
        ("2008-11-25", date(2026, 11, 24), 17),
        ("2008-02-29", date(2026, 2, 28), 17),
        ("2008-02-29", date(2026, 3, 1), 18),
    ],
)
def test_age_in_full_years(birth: str, today: date, years: int) -> None:
    assert age(person(birth=birth), today) == years


def test_the_number_tells_the_birth_date_where_the_card_does_not() -> None:
    assert birth_of(person(birth="")) == date(1988, 6, 12)
    assert age(person(birth="", id_no="x"), TODAY) is None
