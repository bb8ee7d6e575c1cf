"""WIA's numbers."""

import pytest

from drivers.contracts import ScanSource
from drivers.errors import Fault
from drivers.scanner.wia_properties import allowed, handling, trouble

FEEDER, PLATEN, AUTO = ScanSource.FEEDER, ScanSource.PLATEN, ScanSource.WHERE_IT_LIES


@pytest.mark.parametrize(
    ("can", "source", "duplex", "loaded", "value"),
    [
        (7, FEEDER, False, True, 1),
        (7, FEEDER, True, True, 5),
        (7, PLATEN, False, True, 2),
        (3, FEEDER, True, True, None),
        (2, FEEDER, False, True, None),
        (1, PLATEN, False, True, None),
        (0, PLATEN, False, False, 2),
        (7, AUTO, True, True, 5),
        (3, AUTO, True, True, 1),
        (7, AUTO, False, False, 2),
        (1, AUTO, False, False, 1),
    ],
)
def test_where_the_paper_lies(can: int, source: ScanSource, duplex: bool, loaded: bool, value: int | None) -> None:
    assert handling(can, source, duplex=duplex, loaded=loaded) == value


@pytest.mark.parametrize(
    ("subtype", "values", "span", "wanted", "value"),
    [
        (2, [100, 200, 300], (0, 0, 0), 150, 200),
        (2, [100, 200], (0, 0, 0), 300, 200),
        (1, [], (75, 600, 25), 160, 175),
        (1, [], (75, 600, 25), 30, 75),
        (0, [], (0, 0, 0), 160, 160),
    ],
)
def test_the_nearest_allowed_value(
    subtype: int, values: list[int], span: tuple[int, int, int], wanted: int, value: int
) -> None:
    assert allowed(subtype, values, span, wanted) == value


def test_an_hresult_is_known_whether_it_is_signed_or_not() -> None:
    for number in (0x80210016, 0x80210016 - (1 << 32)):
        error = trouble("scanner", number)
        assert (error.fault, error.code, error.detail) == (Fault.ATTENTION, "cover_open", "HRESULT 0x80210016")
