import pytest

from window_client.store.scrub import scrubbed


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("51079919900101001X", "***"),
        ("id:510799199001010018,tel:13900000000", "id:***,tel:***"),
        ("证510799199001010018号", "证***号"),
        ("5107992026112400000010", "5107992026112400000010"),
        ("L-A01-20261124-3-7", "L-A01-20261124-3-7"),
        ("", ""),
    ],
)
def test_numbers_of_persons_go_and_case_numbers_stay(text: str, clean: str) -> None:
    assert scrubbed(text) == clean
