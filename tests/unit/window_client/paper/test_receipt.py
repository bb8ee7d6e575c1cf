from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.contracts import Align, Barcode, Feed, Line, Qr, Rule, Text
from window_client.clock import CHINA
from window_client.domain.identifiers import make_case_no
from window_client.paper import receipt as paper

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
LINES: st.SearchStrategy[Line] = st.one_of(
    st.builds(Text, TEXTS, TEXTS, st.sampled_from(Align), st.booleans(), st.booleans()),
    st.just(Rule()),
    st.builds(Qr, TEXTS, st.integers(1, 16)),
    st.builds(Barcode, st.from_regex(r"\d{2,22}", fullmatch=True)),
    st.builds(Feed, st.integers(0, 9)),
)


def facts(**changes: object) -> paper.ReceiptFacts:
    values: dict[str, object] = {
        "hall": "绵阳市政务服务中心",
        "case_no": make_case_no("510700", date(2026, 11, 24), 236),
        "provisional": False,
        "item": "个体工商户设立登记",
        "task_code": "11510703MB9D0007694510131901000",
        "applicant": "李*",
        "id_no": "5107**********0017",
        "accepted_at": datetime(2026, 11, 24, 10, 51, tzinfo=CHINA),
        "promised_by": datetime(2026, 11, 25, 17, 0, tzinfo=CHINA),
        "promise_provisional": False,
        "on_the_spot": False,
        "result": "营业执照",
        "collect_at": "3 号出件窗口",
        "materials": (paper.TakenMaterial("申请书", "扫描 3 页"),),
        "deferred": (),
        "check_code": "7K392M",
        "window_no": 12,
        "clerk": "王芳（1203）",
        "service_phone": "0816-0000001",
        "supervision_phone": "0816-0000002",
    }
    return paper.ReceiptFacts(**{**values, **changes})  # type: ignore[arg-type]


@given(st.lists(LINES, max_size=8))
@settings(deadline=None)
def test_a_document_comes_back_as_it_was(lines: list[Line]) -> None:
    assert paper.decode(paper.encode(lines)) == tuple(lines)


@pytest.mark.parametrize("document", [b"", b"{}", b'[["toast",{}]]', b'[["text",{"nothing":1}]]'])
def test_what_is_no_document_is_refused(document: bytes) -> None:
    with pytest.raises(ValueError, match="not a receipt"):
        paper.decode(document)


def test_the_promise_stands_on_the_paper_with_its_weekday() -> None:
    assert "2026-11-25 周三 17:00" in paper.plain_text(paper.receipt(facts()))


def test_qr_and_bar_code_name_the_case_and_nobody() -> None:
    case_no = facts().case_no
    lines = paper.receipt(facts())

    assert [line.text for line in lines if isinstance(line, Qr)] == [f"MYZW1:{case_no}:7K392M"]
    assert [line.text for line in lines if isinstance(line, Barcode)] == [case_no]


def test_a_provisional_number_has_no_bar_code_and_says_what_follows() -> None:
    lines = paper.receipt(facts(case_no="L-12-20261124-1-5", provisional=True))

    assert not any(isinstance(line, Barcode) for line in lines)
    assert "换发正式受理号" in paper.plain_text(lines)


def test_deferred_materials_stand_with_their_day_and_the_consequence() -> None:
    text = paper.plain_text(paper.receipt(facts(deferred=(paper.DeferredMaterial("平面图", date(2026, 11, 25)),))))

    assert "平面图  2026-11-25 前" in text
    assert "后果由申请人承担" in text


def test_a_copy_is_marked_and_otherwise_the_same() -> None:
    lines = paper.receipt(facts())

    copy = paper.copy_of(lines, 2)

    assert copy[1:] == lines
    assert isinstance(copy[0], Text)
    assert copy[0].text == "补打 第 2 次"


def test_papers_of_demo_and_training_are_marked() -> None:
    assert "样张" not in paper.plain_text(paper.receipt(facts()))
    for profile in ("demo", "training"):
        assert "样张 无效" in paper.plain_text(paper.receipt(facts(profile=profile)))


def test_a_copy_of_a_local_receipt_carries_the_final_number_above_it() -> None:
    final = make_case_no("510700", date(2026, 11, 25), 12)
    lines = paper.receipt(facts(case_no="L-12-20261124-0031-2", provisional=True))
    words = paper.plain_text(paper.with_final_no(lines, final)).splitlines()

    at = next(place for place, line in enumerate(words) if line.startswith("临时号"))
    assert words[at - 1] == "受理号  510700 20261125 0000012 " + final[-1]
    assert words[at].startswith("临时号  ")
    assert paper.with_final_no(paper.receipt(facts()), final) == paper.receipt(facts())


def test_what_goes_to_paper_is_the_original_or_a_marked_copy_with_the_final_number() -> None:
    final = make_case_no("510700", date(2026, 11, 25), 12)
    lines = paper.receipt(facts(case_no="L-12-20261124-0031-2", provisional=True))
    document = paper.encode(lines)
    assert paper.for_paper(document, 0, final) == lines
    assert paper.for_paper(document, 2) == paper.copy_of(lines, 2)
    words = paper.plain_text(paper.for_paper(document, 2, final))
    assert "补打 第 2 次" in words
    assert "0000012 " + final[-1] in words


def test_an_organisation_is_named_openly_with_its_code_and_its_agent_covered() -> None:
    lines = paper.receipt(
        facts(
            organisation=True,
            applicant="绵阳示例餐饮有限公司",
            id_no="91510799MA9T00026D",
            agent="周*",
            agent_id_no="5107**********0025",
            powers="提交、领取",
        )
    )
    text = paper.plain_text(lines)

    assert "申请人  绵阳示例餐饮有限公司" in text
    assert "信用代码  91510799MA9T00026D" in text
    assert "代办人  周*" in text
    assert "代办权限  提交、领取" in text
    assert "证件号" not in text


def test_a_guardian_is_called_one_and_has_no_powers_to_list() -> None:
    text = paper.plain_text(paper.receipt(facts(agent="测**甲", agent_id_no="5107**********0018", agent_is="监护人")))

    assert "监护人  测**甲" in text
    assert "代办权限" not in text


def test_an_applicant_who_came_alone_has_no_line_for_an_agent() -> None:
    assert "代办人" not in paper.plain_text(paper.receipt(facts()))
