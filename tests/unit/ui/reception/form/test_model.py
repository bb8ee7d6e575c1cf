"""The cells of the form grid."""

from dataclasses import replace

from tests.gui import gallery_reception as demo
from ui.reception.form.model import COLUMNS, Cell, problem_words, sections
from window_client.domain.form import Field, Problem, Words
from window_client.reception.state import FormView, ReceptionState


def _cells(state: ReceptionState) -> dict[str, Cell]:
    assert isinstance(state.form, FormView)
    return {cell.id: cell for section in sections(state.form) for cell in section.cells}


def test_cells_fill_rows_of_six_columns_and_never_overlap() -> None:
    assert demo.form_state().form is not None
    for section in sections(demo.form_state().form):  # type: ignore[arg-type]
        taken: set[tuple[int, int]] = set()
        for cell in section.cells:
            places = {(cell.row, column) for column in range(cell.column, cell.column + cell.span)}
            assert cell.column + cell.span <= COLUMNS
            assert not places & taken
            taken |= places


def test_a_section_without_a_visible_field_is_left_out() -> None:
    assert demo.form_state().form is not None
    assert [section.id for section in sections(demo.form_state().form)] == ["holder", "insurance"]  # type: ignore[arg-type]


def test_sensitive_values_are_covered_and_others_are_not() -> None:
    cells = _cells(demo.form_state())
    assert cells["holder_id_no"].masked == "5107**********2033"
    assert cells["phone"].masked == "139****6208"
    assert cells["current_address"].masked == ""


def test_a_wrong_value_is_not_covered() -> None:
    cell = _cells(demo.form_problem_state())["phone"]
    assert (cell.masked, cell.problem_blocks) == ("", True)


def test_choices_show_their_words_and_optional_fields_say_so() -> None:
    cells = _cells(demo.form_state())
    assert (cells["person_kind"].kind, cells["person_kind"].shown) == ("choice", "城乡居民")
    assert cells["landline"].placeholder == "选填"


def test_a_field_that_waits_for_the_line_cannot_be_edited_and_says_so() -> None:
    cell = _cells(demo.form_state())["insurance_status"]
    assert (cell.read_only, cell.placeholder, cell.origin, cell.help) == (True, "联网后核验", "online_later", "")


def test_problems_use_the_forms_own_words_first() -> None:
    field = Field("x", Words("字段"), "text", message=Words("表单自己的话"))
    assert problem_words(Problem("x", "pattern"), field) == "表单自己的话"
    assert problem_words(Problem("x", "missing"), field) == "还没有填"
    assert problem_words(Problem("x", "pattern", Words("更具体")), field) == "更具体"
    assert problem_words(Problem("x", "not_known_yet"), Field("x", Words("字段"), "text")) == "格式不对"


def test_a_remark_is_shown_and_does_not_block() -> None:
    state = demo.form_state()
    assert state.form is not None
    remark = Problem("phone", "differs_from_card", blocks=False)
    fields = tuple(replace(one, problem=remark) if one.field.id == "phone" else one for one in state.form.fields)
    cell = _cells(replace(state, form=replace(state.form, fields=fields)))["phone"]
    assert (cell.problem, cell.problem_blocks) == ("与身份证不一致", False)


def test_what_a_late_look_up_says_is_shown_beside_what_was_typed_and_bars_nothing() -> None:
    state = demo.form_state()
    assert state.form is not None
    fields = tuple(
        replace(row, differs="employee") if row.field.id == "person_kind" else row for row in state.form.fields
    )
    cell = _cells(replace(state, form=replace(state.form, fields=fields)))["person_kind"]
    assert cell.problem == "联网后查到：企业职工；以填写的为准"
    assert not cell.problem_blocks
