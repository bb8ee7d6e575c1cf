from typing import Any

import pytest

from window_client.domain.form import Condition, decode


def test_every_form_of_the_demo_reads(demo: Any) -> None:
    assert len(demo.forms) == 15
    assert all(form.fields() for form in demo.forms)


def test_a_condition_reads_its_values(demo: Any) -> None:
    provider = next(f for f in demo.form("SC-MKT-001").fields() if f.id == "premises_provider")
    assert provider.visible_when == (Condition(q="place", values=("free",)),)


@pytest.mark.parametrize("document", [b"id = ", b"id = 1", b"\xff", "title = 3"])
def test_a_broken_form_says_so_in_one_sentence(document: bytes | str) -> None:
    with pytest.raises(ValueError, match="form cannot be read"):
        decode(document)
