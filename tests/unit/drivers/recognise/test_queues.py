"""Which of a print service's queues is for receipts. CUPS itself is asked in tests/drivers/test_printer_queues.py."""

from pathlib import Path

import pytest

from drivers.document_printer.ipp_messages import Attribute, Attributes, Tag
from drivers.recognise.queues import is_for_receipts, queues


def told(model: str, *media: str) -> Attributes:
    said: Attributes = {"printer-make-and-model": Attribute(Tag.TEXT, (model,))}
    if media:
        said["media-supported"] = Attribute(Tag.KEYWORD, media)
    return said


@pytest.mark.parametrize(
    ("attributes", "receipts"),
    [
        (told("Local Raw Printer"), True),
        (told("Acme A4", "iso_a4_210x297mm", "na_letter_8.5x11in"), False),
        (told("Acme TM", "om_roll_58x3276mm", "custom_min_25.4x25.4mm", "custom_max_80x3276mm"), True),
        (told("Acme TM", "oe_roll_3.15x128in"), True),
        (told("Acme photo", "na_index-4x6_4x6in", "iso_a6_105x148mm"), False),
        (told("Acme, reached through the network"), False),
        (told("Acme", "roll"), False),
        ({}, False),
    ],
)
def test_a_raw_queue_and_one_of_rolls_are_for_receipts(attributes: Attributes, receipts: bool) -> None:
    assert is_for_receipts(attributes) is receipts


def test_where_no_print_service_answers_there_are_no_queues(tmp_path: Path) -> None:
    assert list(queues(str(tmp_path / "nobody.sock"))) == []
