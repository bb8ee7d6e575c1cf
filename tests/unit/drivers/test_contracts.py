"""What a device brings of a person is in no text that could come into a log."""

from drivers.contracts import CardKind, CardRecord, ScannedCode, ScannedPage, SmartCardRecord


def test_no_text_of_a_record_says_whose_it_is() -> None:
    card = CardRecord(
        *(CardKind.RESIDENT, "李明", "男", "汉", "1988-06-12", "利州市南街1号", "510799198806120017", "利州市公安局"),
        *("2015-01-01", "2035-01-01"),
        photo=b"photo",
    )
    records = (
        card,
        ScannedCode("510799198806120017", b"510799198806120017"),
        ScannedPage(1, b"photo", 200),
        SmartCardRecord(b"\x3b", b"photo", "card", {"name": "李明", "id_no": "510799198806120017"}),
    )

    for text in (*map(repr, records), *map(str, records)):
        assert not [told for told in ("李明", "1988", "510799", "南街", "photo") if told in text], text
