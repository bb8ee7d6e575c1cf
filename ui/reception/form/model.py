"""Step 3: the cells of the form grid, ready to show."""

from dataclasses import dataclass

from ui.reception.texts import in_language, say, say_first
from window_client.domain.form import Field, Origin, Problem
from window_client.domain.privacy import mask_by_type
from window_client.reception.state import FieldView, FormView

COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """One field. ``kind``: line, choice, multi, long. ``masked`` stands in for ``text`` without focus, if not empty."""

    id: str
    label: str
    required: bool
    kind: str
    text: str
    shown: str
    masked: str
    origin: str
    read_only: bool
    placeholder: str
    help: str
    problem: str
    problem_blocks: bool
    choices: tuple[tuple[str, str], ...]
    max_length: int
    row: int
    column: int
    span: int


@dataclass(frozen=True, slots=True)
class SectionGrid:
    """A heading with its cells, rows and columns counted inside the section."""

    id: str
    title: str
    cells: tuple[Cell, ...]


def sections(form: FormView) -> tuple[SectionGrid, ...]:
    """The form as sections of placed cells; a section without a visible field is left out."""
    grids = []
    for section in form.definition.sections:
        views = [view for view in form.fields if view.section == section.id]
        if views:
            grids.append(SectionGrid(section.id, in_language(section.title.zh, section.title.en), _placed(views)))
    return tuple(grids)


def _placed(views: list[FieldView]) -> tuple[Cell, ...]:
    cells, row, column = [], 0, 0
    for view in views:
        span = min(max(view.field.span, 1), COLUMNS)
        if column + span > COLUMNS:
            row, column = row + 1, 0
        cells.append(_cell(view, row, column, span))
        column += span
    return tuple(cells)


def _cell(view: FieldView, row: int, column: int, span: int) -> Cell:
    field = view.field
    choices = _choices(field)
    shown = _shown(field, view.text, choices)
    later = view.origin == Origin.ONLINE_LATER
    wrong = view.problem is not None and view.problem.blocks  # what is wrong must be seen to be put right
    sensitive = field.privacy == "sensitive" and bool(view.text) and not choices
    return Cell(
        id=field.id,
        label=in_language(field.label.zh, field.label.en),
        required=field.required,
        kind=_kind(field),
        text=view.text,
        shown=shown,
        masked=mask_by_type(field.type, shown) if sensitive and not wrong else "",
        origin=view.origin if view.text or later else "",
        read_only=view.read_only or later,
        placeholder=_placeholder(field, later=later),
        help=in_language(field.help.zh, field.help.en) if field.help and not (view.read_only or later) else "",
        problem=problem_words(view.problem, field) if view.problem else _differs(view, choices),
        problem_blocks=view.problem.blocks if view.problem else False,
        choices=choices,
        max_length=field.max_length,
        row=row,
        column=column,
        span=span,
    )


def _differs(view: FieldView, choices: tuple[tuple[str, str], ...]) -> str:
    """What a late look-up says where something else was typed: shown, never put in its place."""
    if not view.differs:
        return ""
    said = _shown(view.field, view.differs, choices)
    masked = view.field.privacy == "sensitive" and not choices
    return say("form.differs_late", v=mask_by_type(view.field.type, said) if masked else said)


def _kind(field: Field) -> str:
    if field.type in {"choice", "yes_no"}:
        return "choice"
    return {"multi_choice": "multi", "long_text": "long"}.get(field.type, "line")


def _choices(field: Field) -> tuple[tuple[str, str], ...]:
    if field.type == "yes_no":
        return (("yes", say("yes")), ("no", say("no")))
    return tuple((choice.value, in_language(choice.zh, choice.en)) for choice in field.choices)


def _shown(field: Field, text: str, choices: tuple[tuple[str, str], ...]) -> str:
    if not choices:
        return text
    labels = dict(choices)
    parts = text.split("|") if field.type == "multi_choice" else [text]
    return "、".join(labels.get(part, part) for part in parts if part)


def _placeholder(field: Field, *, later: bool) -> str:
    if later:
        return say("form.online_later")
    if not field.required:
        return say("form.optional")
    return say("form.choose") if field.type in {"choice", "yes_no", "multi_choice"} else ""


def problem_words(problem: Problem, field: Field) -> str:
    """The sentence under a field: the problem's own words, the form's message, or the program's."""
    words = problem.words or (field.message if problem.code not in {"missing", "differs_from_card"} else None)
    if words:
        return in_language(words.zh, words.en)
    return say_first(f"problem.{problem.code}", "problem.pattern")
