"""Step 2 as it is shown."""

from dataclasses import replace

import pytest

from tests.gui import gallery_reception as demo
from ui.reception.item.model import QuestionRow, choose, hit_rows, item_step
from window_client.domain.catalogue import guide
from window_client.domain.visit import Step
from window_client.reception.state import Missing


def test_hits_show_where_they_match_and_the_promise() -> None:
    first = hit_rows(demo.DemoShelf(), "gtgsh", 50)[0]
    assert (first.name, first.right) == ("个体工商户设立登记", "承诺 1 天")
    assert first.name[first.spans[0][0] : first.spans[0][1]] == "个体工商户"
    assert first.below == "市场监督管理局 · SC-MKT-001"


def test_an_item_that_is_no_longer_known_is_left_out() -> None:
    class Forgetful(demo.DemoShelf):
        def item(self, item_id: str) -> None:
            return None

    assert hit_rows(Forgetful(), "gtgsh", 50) == ()


def test_terms_and_documents_follow_from_item_and_answers() -> None:
    shown = item_step(demo.item_state())
    assert shown.terms == (("承诺（法定 3）", "1 个工作日"), ("收费", "不收费"), ("跑动", "1 次"))
    assert shown.needed is not None
    assert shown.needed.chip == ("需 5 份材料", "复用 1", "可容缺 1")
    assert ("平面图", "（因餐饮）") in shown.needed.parts


def test_another_answer_changes_the_count_of_documents() -> None:
    state = demo.item_state()
    answers = {**demo.ANSWERS, "trade": ("retail",)}
    shown = item_step(replace(state, guidance=guide(demo.ITEMS[demo.MAIN_ITEM], answers)))
    assert shown.needed is not None
    assert shown.needed.head == "需 4 份材料"


def test_questions_with_a_default_come_last_and_may_be_folded() -> None:
    questions = item_step(demo.item_state()).questions
    assert [question.usual for question in questions] == [False, False, False, False, True, True]
    assert [question.number for question in questions] == [1, 2, 3, 4, 5, 6]


def test_a_question_without_an_answer_is_marked_when_it_is_missed() -> None:
    state = replace(demo.item_state(), missing=(Missing(Step.ITEM, "seal", "x"),))
    assert [question.id for question in item_step(state).questions if question.missing] == ["seal"]


def test_before_a_choice_the_right_half_says_what_will_be_there() -> None:
    shown = item_step(demo.no_item_state())
    assert (shown.name, shown.questions, shown.needed) == ("", (), None)
    assert shown.note


def _question(*chosen: str, multi: bool = True) -> QuestionRow:
    options = tuple((value, value, value in chosen) for value in ("a", "b", "none"))
    return QuestionRow("q", 1, "q", multi, options, frozenset({"none"}), missing=False, usual=False)


@pytest.mark.parametrize(
    ("question", "pressed", "answer"),
    [
        (_question("a", multi=False), "b", ("b",)),
        (_question("a"), "b", ("a", "b")),
        (_question("a", "b"), "a", ("b",)),
        (_question("a", "b"), "none", ("none",)),
        (_question("none"), "b", ("b",)),
    ],
)
def test_pressing_an_answer(question: QuestionRow, pressed: str, answer: tuple[str, ...]) -> None:
    assert choose(question, pressed) == answer
