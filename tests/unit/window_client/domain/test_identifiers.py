from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_10 as oracle

from window_client.domain.identifiers import (
    case_no_parts,
    case_no_valid,
    document_no_valid,
    grouped,
    id_no_birth,
    id_no_check,
    id_no_sex,
    id_no_valid,
    make_case_no,
    make_provisional_no,
    mod_11_10,
    org_code_check,
    org_code_valid,
    organisation_code,
    permanent_no_valid,
    provisional_no_valid,
    registration_no_valid,
    uscc_check,
    uscc_valid,
)

DATES = st.dates(date(1880, 1, 1), date(2099, 12, 31))
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014", "510799198806120017"])
def test_known_id_numbers_pass(number: str) -> None:
    assert id_no_valid(number)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "11010519491231002x",
        "110105194912310021",
        "1101051949123100",
        "110105491231002",
        "11010519490231002X",
        "１１０１０５１９４９１２３１００２X",
    ],
)
def test_anything_else_does_not_pass(number: str) -> None:
    assert not id_no_valid(number)


@given(day=DATES, seq=st.integers(0, 999), area=st.sampled_from(["510703", "510105", "110105"]))
def test_id_numbers_agree_with_the_oracle_and_say_birth_and_sex(day: date, seq: int, area: str) -> None:
    body = f"{area}{day:%Y%m%d}{seq:03}"
    number = body + id_no_check(body)
    assert ric.calc_check_digit(number) == number[17]
    assert id_no_valid(number)
    assert id_no_birth(number) == day
    assert id_no_sex(number) == ("男" if seq % 2 else "女")


@given(day=DATES, seq=st.integers(0, 999), place=st.integers(0, 16), digit=st.integers(1, 9))
def test_one_wrong_digit_of_an_id_number_is_found(day: date, seq: int, place: int, digit: int) -> None:
    body = f"510799{day:%Y%m%d}{seq:03}"
    check = id_no_check(body)
    wrong = body[:place] + str((int(body[place]) + digit) % 10) + body[place + 1 :]
    assert not id_no_valid(wrong + check)


def test_a_wrong_shape_has_no_birth_and_no_sex() -> None:
    assert id_no_birth("110105") is None
    assert id_no_birth("11010519490231002X") is None
    assert id_no_sex("110105") == ""


@pytest.mark.parametrize("code", ["12441500196720244T", "91510799MA9T00018J", "91510799MA9T00026D"])
def test_known_credit_codes_pass(code: str) -> None:
    assert uscc_valid(code)
    assert uscc.calc_check_digit(code) == code[17]


@pytest.mark.parametrize(
    "code", ["", "1151130108778239R", "12441500196720244t", "2222222222222", "12441500I96720244T", "91510799MA9T00018K"]
)
def test_dirty_credit_codes_do_not_pass_and_do_not_fail_hard(code: str) -> None:
    assert not uscc_valid(code)


@given(body=st.text(USCC_ALPHABET, min_size=8, max_size=8))
def test_credit_codes_agree_with_the_oracle(body: str) -> None:
    inner = body + org_code_check(body)
    if inner[8] not in USCC_ALPHABET:
        return
    code = "91510799" + inner
    code += uscc_check(code)
    assert uscc.calc_check_digit(code) == code[17]
    assert uscc_valid(code)
    assert org_code_valid(inner)


def test_a_right_outer_check_with_a_wrong_inner_one_does_not_pass() -> None:
    body = "91510799MA9T00019"
    assert not org_code_valid(body[8:])
    assert not uscc_valid(body + uscc_check(body))
    assert not org_code_valid("MA9T0001-8")


@given(digits=st.text("0123456789", min_size=1, max_size=30))
def test_mod_11_10_agrees_with_the_oracle(digits: str) -> None:
    assert mod_11_10(digits) == oracle.calc_check_digit(digits)
    assert oracle.is_valid(digits + mod_11_10(digits))


def test_the_case_number_of_the_catalogue_is_made_again() -> None:
    number = make_case_no("510700", date(2025, 11, 4), 236)
    assert number == "5107002025110400002367"
    assert grouped(number) == "510700 20251104 0000236 7"
    assert case_no_parts(number) == ("510700", "20251104", "0000236", "7")


@given(
    day=st.dates(date(2000, 1, 1)), serial=st.integers(0, 9_999_999), place=st.integers(0, 21), add=st.integers(1, 9)
)
def test_case_numbers_pass_their_check_and_one_wrong_digit_does_not(
    day: date, serial: int, place: int, add: int
) -> None:
    number = make_case_no("510700", day, serial)
    assert len(number) == 22
    assert case_no_valid(number)
    assert grouped(number).replace(" ", "") == number
    assert not case_no_valid(number[:place] + str((int(number[place]) + add) % 10) + number[place + 1 :])


@pytest.mark.parametrize(("area", "serial"), [("5107", 1), ("51070X", 1), ("510700", -1), ("510700", 10_000_000)])
def test_a_case_number_that_does_not_fit_is_not_made(area: str, serial: int) -> None:
    with pytest.raises(ValueError, match="digits"):
        make_case_no(area, date(2026, 1, 1), serial)


def test_what_is_not_a_case_number_stays_as_it_is() -> None:
    assert grouped("L-12-20261124-0031-5") == "L-12-20261124-0031-5"
    assert not case_no_valid("510700202613010000001" + mod_11_10("510700202613010000001"))
    assert not case_no_valid("x")
    with pytest.raises(ValueError, match="22 digits"):
        case_no_parts("x")


@given(window=st.integers(1, 99), day=st.dates(date(2000, 1, 1)), seq=st.integers(1, 9999))
def test_provisional_numbers_pass_their_check(window: int, day: date, seq: int) -> None:
    number = make_provisional_no(window, day, seq)
    assert number.startswith(f"L-{window}-{day:%Y%m%d}-{seq:04}-")
    assert provisional_no_valid(number)
    assert not provisional_no_valid(number[:-1] + str((int(number[-1]) + 1) % 10))


@pytest.mark.parametrize("text", ["", "L-12-20261324-0031-5", "L-12-20261124-31-5"])
def test_other_texts_are_not_provisional_numbers(text: str) -> None:
    assert not provisional_no_valid(text)


# ---- documents of other kinds


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("passport_cn", "E12345678"),
        ("passport_cn", "EA1234567"),
        ("passport_cn", "G12345678"),
        ("passport_cn", "SE1234567"),
        ("passport_foreign", "X1234"),
        ("passport_foreign", "12345678901234567890"),
        ("hk_macao_permit", "H12345678"),
        ("hk_macao_permit", "M1234567801"),
        ("taiwan_permit", "12345678"),
        ("taiwan_permit", "1234567801"),
        ("permanent_2017", "USA110000000000"),
        ("other", "川军（2020）0001"),
    ],
)
def test_numbers_of_documents_that_are_right(kind: str, number: str) -> None:
    assert document_no_valid(kind, number)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("passport_cn", "EI1234567"),  # I and O are not used as second letters
        ("passport_cn", "G1234567"),
        ("passport_cn", "X12345678"),
        ("passport_foreign", "X123"),
        ("passport_foreign", "x12345"),
        ("passport_foreign", "1" * 21),
        ("hk_macao_permit", "H123456789"),
        ("hk_macao_permit", "T12345678"),
        ("taiwan_permit", "123456789"),
        ("taiwan_permit", "\uff1112345678"),
        ("permanent_2017", "US110000000000"),
        ("other", "ab"),
    ],
)
def test_numbers_of_documents_that_are_wrong(kind: str, number: str) -> None:
    assert not document_no_valid(kind, number)


@given(st.from_regex(r"[HM]([0-9]{8}|[0-9]{10})", fullmatch=True))
def test_a_travel_permit_is_no_other_document(number: str) -> None:
    assert document_no_valid("hk_macao_permit", number)
    assert not document_no_valid("taiwan_permit", number)
    assert not document_no_valid("passport_cn", number)


@given(st.from_regex(r"9[0-9]{5}", fullmatch=True), DATES, st.integers(0, 999))
def test_a_permanent_residents_number_has_the_check_of_a_residents(head: str, birth: date, sequence: int) -> None:
    body = f"{head}{birth:%Y%m%d}{sequence:03}"
    number = body + ric.calc_check_digit(f"{body}0")  # the oracle wants the place of the check digit filled
    assert permanent_no_valid(number)
    wrong = "0" if number[-1] != "0" else "1"
    assert not permanent_no_valid(number[:-1] + wrong)
    assert not permanent_no_valid("5" + number[1:])


@pytest.mark.parametrize("number", ["932682198501010017", "911124198108030024"])
def test_the_published_samples_of_permanent_residents_pass(number: str) -> None:
    assert permanent_no_valid(number)


@given(st.text("0123456789", min_size=14, max_size=14))
def test_an_old_registration_number_ends_in_the_standards_check_digit(body: str) -> None:
    number = body + oracle.calc_check_digit(body)
    assert registration_no_valid(number)
    assert organisation_code(number) == "registration"
    assert not registration_no_valid(number[:-1] + str((int(number[-1]) + 1) % 10))


@given(
    st.sampled_from("123456789"),
    st.text("0123456789", min_size=7, max_size=7),
    st.text(USCC_ALPHABET, min_size=8, max_size=8),
)
def test_what_we_call_a_credit_code_the_oracle_calls_one(registrar: str, area: str, body: str) -> None:
    text = registrar + area + body + org_code_check(body)
    text += uscc.calc_check_digit(text)

    assert organisation_code(text) == "uscc"
    assert uscc.is_valid(text)


@pytest.mark.parametrize("text", ["HAT84PD0EMH1Q6PA32", "0151079900000000", "9A51079P"])
def test_a_credit_code_names_its_registrar_and_its_area(text: str) -> None:
    assert organisation_code(text.ljust(17, "0") + uscc.calc_check_digit(text.ljust(17, "0"))) != "uscc"


def test_which_code_of_an_organisation_a_text_is() -> None:
    assert organisation_code("91510799MA9T00026D") == "uscc"
    assert organisation_code("MA9T00026") == "org_code"
    assert organisation_code("91510799MA9T00026X") == ""
    assert organisation_code("") == ""
