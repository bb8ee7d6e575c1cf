import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_client.domain.form_checks import TYPES
from window_client.domain.privacy import mask_address, mask_by_type, mask_email, mask_id_no, mask_name, mask_phone


def test_the_pictures() -> None:
    assert mask_id_no("510799198806120017") == "5107**********0017"
    assert mask_phone("13800005521") == "138****5521"
    assert mask_name("李明") == "李*"


@pytest.mark.parametrize(
    ("name", "masked"),
    [("", ""), ("李", "李"), ("张敏", "张*"), ("李小敏", "李*敏"), ("古丽热娜", "古**娜")],
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_short_numbers_are_covered_wholly() -> None:
    assert mask_id_no("12345678") == "********"
    assert mask_phone("123") == "***"
    assert mask_phone("0816-0000003") == "********0003"


def test_mail_and_address() -> None:
    assert mask_email("office@example.com") == "o*****@example.com"
    assert mask_email("@example.com") == "*@example.com"
    assert mask_email("office") == "o*****"
    assert mask_address("绵阳市涪城区示例路 18 号") == "绵阳市涪城区********"


@pytest.mark.parametrize(
    ("kind", "text", "masked"),
    [
        ("name", "李明", "李*"),
        ("id_no", "510799198806120017", "5107**********0017"),
        ("uscc", "91510799MA9T00018J", "9151**********018J"),
        ("phone", "13800005521", "138****5521"),
        ("bank_account", "9000000000000000018", "***************0018"),
        ("email", "liming@example.com", "l*****@example.com"),
        ("integer", "12000", "*****"),
        ("long_text", "a long story about income", "******"),
        ("text", "", ""),
    ],
)
def test_masks_follow_the_type(kind: str, text: str, masked: str) -> None:
    assert mask_by_type(kind, text) == masked


@given(kind=st.sampled_from(TYPES), text=st.text(min_size=2, max_size=40))
def test_a_masked_text_never_is_the_text(kind: str, text: str) -> None:
    masked = mask_by_type(kind, text)
    assert len(masked) <= max(len(text), 6) + 1
    assert masked != text or "*" in text
