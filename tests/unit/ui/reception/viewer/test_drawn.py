import pytest

from ui.reception.viewer.drawings import PICTURES
from ui.reception.viewer.drawn import DRAWINGS, drawn


@pytest.mark.parametrize("code", sorted(DRAWINGS))
def test_every_drawing_that_is_named_can_be_drawn(code: str) -> None:
    assert set(DRAWINGS[code]) <= PICTURES.keys()


def test_no_drawing_is_there_for_nothing() -> None:
    assert {name for names in DRAWINGS.values() for name in names} == PICTURES.keys()


def test_the_device_s_own_drawings_go_before_those_of_the_code() -> None:
    assert drawn("scanner", "cover_open", 2) != drawn("printer", "cover_open", 2)
    assert drawn("display", "absent", 3) == ("lamp", "plug", "back")
    assert drawn("display", "never heard of", 2) == DRAWINGS["other"]
    assert drawn("display", "absent", 2) == ("lamp", "plug")
