"""What a scanned code can mean: plain, in an address, as the receipt writes it; nothing is guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_client.domain.identifiers import case_no_valid, make_case_no, make_provisional_no, uscc_valid
from window_client.domain.scanned import (
    LONGEST,
    case_number,
    one_of,
    organisation_code_of,
    parts,
    ticket_number,
)
from window_client.paper.receipt import qr_text

CASE = make_case_no("510799", date(2026, 11, 24), 1)
PROVISIONAL = make_provisional_no(12, date(2026, 11, 24), 1)
USCC = "91510799MA9T00018J"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("C017", "C017"),
        ("c017", "C017"),
        (" A1203 ", "A1203"),
        ("https://hall.example/ticket/C017", "C017"),
        ("https://hall.example/t?day=20261124&no=C017", "C017"),
        ("T1:C017", "C017"),
        ("017", ""),
        ("CC017", ""),
        ("C01", ""),
        ("", ""),
    ],
)
def test_a_ticket_is_known_by_its_number(text: str, number: str) -> None:
    assert ticket_number(text) == number


@pytest.mark.parametrize("number", [CASE, PROVISIONAL])
def test_a_receipt_is_known_by_its_qr_code_and_its_bar_code(number: str) -> None:
    assert case_number(qr_text(number, "K7Q2")) == number
    assert case_number(number) == number
    assert case_number(f"https://hall.example/case?no={number}") == number
    assert case_number("MYZW1:123:K7Q2") == ""
    assert ticket_number(qr_text(number, "K7Q2")) == ""


def test_a_case_number_with_one_wrong_digit_is_none() -> None:
    wrong = CASE[:-2] + str((int(CASE[-2]) + 1) % 10) + CASE[-1]
    assert not case_no_valid(wrong)
    assert case_number(wrong) == ""


def test_a_business_licence_is_known_by_the_code_in_its_address() -> None:
    assert uscc_valid(USCC)
    assert organisation_code_of(USCC.lower()) == USCC
    assert organisation_code_of(f"https://register.example/index.html?uniscid={USCC}") == USCC
    assert organisation_code_of("510799198806120017") == ""


def test_one_of_known_names_is_found_whatever_capslock_did() -> None:
    known = ("SC-MKT-001-M01", "SC-MKT-001-M02")
    assert one_of("sc-mkt-001-m02", known) == "SC-MKT-001-M02"
    assert one_of("F1/SC-MKT-001-M01", known) == "SC-MKT-001-M01"
    assert one_of("SC-MKT-001", known) == ""


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    for part in parts(text):
        assert part == part.strip() != ""
    ticket_number(text)
    organisation_code_of(text)
    case_number(text)


def test_a_very_long_text_means_nothing() -> None:
    assert parts("x" * (LONGEST + 1)) == ()
    with_brackets = "http://[C017"
    assert with_brackets in parts(with_brackets)
