"""Service items, their situation questions and materials, and the checklist that follows from the answers.

The JSON document of a catalogue version (DOMAIN.md sections 8 and 14) decodes straight into these
types; unknown keys are left alone, so that a newer catalogue does not stop an older window.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

import msgspec

_AMOUNT = re.compile(r"\d{1,13}(\.\d{1,2})?", re.ASCII)

OPTIONAL = "2"
"""Necessity 非必要: such a material is offered and never missing."""

Answers = Mapping[str, tuple[str, ...]]
"""Question id to the chosen option values; a single question has one."""


class When(msgspec.Struct, frozen=True):
    """Holds when any chosen answer of question ``q`` is among ``values``."""

    q: str
    values: tuple[str, ...] = msgspec.field(name="in")


class Option(msgspec.Struct, frozen=True):
    """One possible answer."""

    value: str
    label: str
    label_en: str = ""
    exclusive: bool = False


class Question(msgspec.Struct, frozen=True):
    """A situation question. ``default`` stands until the clerk changes it, and may be shown folded."""

    id: str
    text: str
    type: Literal["single", "multi"]
    options: tuple[Option, ...]
    text_en: str = ""
    informational: bool = False
    default: str | None = None


class Material(msgspec.Struct, frozen=True):
    """A material that an item may ask for. ``when`` entries are joined by AND; none = always."""

    id: str
    order: int
    name: str
    name_en: str = ""
    short_name: str = ""
    short_name_en: str = ""
    necessity: str = "1"  # 1 必要, 2 非必要, 3 容缺后补
    material_type: str = "3"
    material_form: str = "3"
    original_count: int = 0
    copy_count: int = 0
    receive_mode: str = "ORIGINAL"
    source: str = "SELF"
    issuer: str | None = None
    ecert_replaceable: bool = False
    ecert_type: str | None = None
    deferrable: bool = False
    note: str = ""
    when: tuple[When, ...] = ()


class Limit(msgspec.Struct, frozen=True):
    """A time limit. ``value`` None = there is none; 0 with ``on_the_spot`` = decided during the visit."""

    value: int | None = None
    unit: Literal["working_day", "calendar_day", "on_the_spot"] | None = None
    basis: str = ""


class FeeRow(msgspec.Struct, frozen=True):
    """One amount, as text with two decimals, owed when all of ``when`` hold."""

    name: str
    amount: str = "0.00"
    when: tuple[When, ...] = ()


class Fee(msgspec.Struct, frozen=True):
    """What the item costs."""

    charged: bool = False
    currency: str = "CNY"
    items: tuple[FeeRow, ...] = ()
    basis: str = ""


class Item(msgspec.Struct, frozen=True):
    """A service item in the version that the catalogue holds."""

    id: str
    name: str
    version: int
    department: str
    department_name: str
    task_code: str
    applicant_kinds: tuple[str, ...]
    case_type_code: str
    statutory_limit: Limit
    promised_limit: Limit
    visits: int
    fee: Fee
    result: str
    agent_allowed: bool
    queue_category: str
    questions: tuple[Question, ...]
    materials: tuple[Material, ...]
    name_en: str = ""
    field: str = ""
    type_code: str = ""
    type_name: str = ""
    department_name_en: str = ""
    level_code: str = ""
    catalog_code: str = ""
    task_handle_item: str = ""
    case_type_name: str = ""
    visits_reason: str = ""
    notes: str = ""
    book_and_guide_only: bool = False


class QueueCategory(msgspec.Struct, frozen=True):
    """A queue that people take numbers for."""

    code: str
    name: str
    name_en: str = ""
    short_name: str = ""
    short_name_en: str = ""
    usual_minutes: int = 10
    windows: tuple[int, ...] = ()


class Window(msgspec.Struct, frozen=True):
    """A window of the hall and the categories that it serves."""

    no: int
    name: str
    kind: str
    title: str
    categories: tuple[str, ...]
    code: str = ""
    name_en: str = ""
    title_en: str = ""
    zone: str = ""
    open: bool = True


class Hall(msgspec.Struct, frozen=True):
    """The hall itself, as printed on receipts."""

    code: str
    name: str
    area: str
    name_en: str = ""
    address: str = ""
    opens: str = "09:00"
    closes: str = "17:00"
    hours: str = ""
    service_phone: str = ""
    supervision_phone: str = ""
    pickup_window: int = 0


class CatalogueMeta(msgspec.Struct, frozen=True):
    """Which catalogue this is. ``published_at`` is ISO 8601 with offset."""

    catalog_version: str
    published_at: str
    fictional: bool = False


class Catalogue(msgspec.Struct, frozen=True):
    """A whole catalogue version."""

    meta: CatalogueMeta
    hall: Hall
    windows: tuple[Window, ...]
    queue_categories: tuple[QueueCategory, ...]
    items: tuple[Item, ...]


class GuidedMaterial(msgspec.Struct, frozen=True):
    """A material that this applicant must bring, and the answers that called for it, as option labels."""

    material: Material
    because: tuple[str, ...] = ()
    because_en: tuple[str, ...] = ()


class Guidance(msgspec.Struct, frozen=True):
    """What follows from an item and the answers given so far.

    ``open_questions`` are ids of questions that still need an answer (a default counts as an answer);
    ``answers`` are the given ones with the defaults filled in.
    """

    answers: dict[str, tuple[str, ...]]
    materials: tuple[GuidedMaterial, ...]
    open_questions: tuple[str, ...]
    fee: str  # total as text, "0.00" when free


def decode(document: bytes | str) -> Catalogue:
    """Read a catalogue version (JSON).

    Raises:
        ValueError: with the place in the document, in words for an administrator.
    """
    try:
        return msgspec.json.decode(document, type=Catalogue)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"catalogue cannot be read: {error}") from error


def english_names(catalogue: Catalogue) -> dict[str, str]:
    """The English of every Chinese name in a catalogue; where two things share a Chinese name the first one's."""
    hall = catalogue.hall
    pairs = [(hall.name, hall.name_en)]
    for category in catalogue.queue_categories:
        short, short_en = category.short_name or category.name, category.short_name_en or category.name_en
        pairs += [(short, short_en), (category.name, category.name_en)]
    for item in catalogue.items:
        pairs += [(item.name, item.name_en), (item.department_name, item.department_name_en)]
    for item in catalogue.items:
        pairs += [(one.name, one.name_en) for one in item.materials]
        pairs += [(one.short_name, one.short_name_en or one.name_en) for one in item.materials]
        pairs += [(option.label, option.label_en) for question in item.questions for option in question.options]
    for window in catalogue.windows:
        pairs += [(window.name, window.name_en), (window.title, window.title_en)]
    found: dict[str, str] = {}
    for name, english in pairs:
        if name and english:
            found.setdefault(name, english)
    return found


def find_item(catalogue: Catalogue, item_id: str) -> Item | None:
    """The item with this id, or None."""
    return next((item for item in catalogue.items if item.id == item_id), None)


def find_material(item: Item, material_id: str) -> Material | None:
    """The material of an item with this id, or None."""
    return next((material for material in item.materials if material.id == material_id), None)


def find_window(catalogue: Catalogue, no: int) -> Window | None:
    """The window with this number, or None."""
    return next((window for window in catalogue.windows if window.no == no), None)


def find_category(catalogue: Catalogue, code: str) -> QueueCategory | None:
    """The queue category with this code, or None."""
    return next((category for category in catalogue.queue_categories if category.code == code), None)


def choose(question: Question, chosen: Sequence[str], value: str) -> tuple[str, ...]:
    """The answer after a press on ``value``: single replaces, multi toggles, an exclusive option clears the others."""
    if question.type == "single":
        return (value,)
    if value in chosen:
        return tuple(v for v in chosen if v != value)
    return _settled(question, (*chosen, value))


def guide(item: Item, answers: Answers) -> Guidance:
    """What follows from the answers given so far. Answers to questions or options the item does not have are left out.

    A question without an answer takes its default; it is open when it has none.
    """
    settled: dict[str, tuple[str, ...]] = {}
    for question in item.questions:
        given = _settled(question, answers.get(question.id, ()))
        if not given and question.default is not None:
            given = (question.default,)
        if given:
            settled[question.id] = given
    materials = tuple(
        _guided(item, material, settled)
        for material in sorted(item.materials, key=lambda material: material.order)
        if _hold(material.when, settled)
    )
    open_questions = tuple(question.id for question in item.questions if question.id not in settled)
    return Guidance(settled, materials, open_questions, _fee(item.fee, settled))


def needed(guidance: Guidance) -> tuple[GuidedMaterial, ...]:
    """The materials that the applicant has to bring, as counted on the screen (需 5 份); optional ones are left out."""
    return tuple(guided for guided in guidance.materials if guided.material.necessity != OPTIONAL)


def validate(catalogue: Catalogue) -> tuple[str, ...]:
    """What does not hold in a catalogue, one sentence each; empty when it can be used."""
    found = [f"item {item_id} stands twice" for item_id in _twice([item.id for item in catalogue.items])]
    codes = {category.code for category in catalogue.queue_categories}
    for item in catalogue.items:
        if item.queue_category not in codes:
            found.append(f"{item.id}: unknown queue category {item.queue_category}")
        found += (f"{item.id}: {text}" for text in _item_problems(item))
    for window in catalogue.windows:
        found += (f"window {window.no}: unknown category {c}" for c in window.categories if c not in codes)
    return tuple(found)


def _settled(question: Question, given: Sequence[str]) -> tuple[str, ...]:
    exclusive = {option.value: option.exclusive for option in question.options}
    known = [value for value in given if value in exclusive]
    if not known:
        return ()
    if question.type == "single" or exclusive[known[-1]]:
        return (known[-1],)  # the last press counts
    kept = {value for value in known if not exclusive[value]}
    return tuple(option.value for option in question.options if option.value in kept)


def _hold(when: Sequence[When], answers: Answers) -> bool:
    return all(any(value in entry.values for value in answers.get(entry.q, ())) for entry in when)


def _guided(item: Item, material: Material, answers: Answers) -> GuidedMaterial:
    options = {question.id: {o.value: o for o in question.options} for question in item.questions}
    called = [options[entry.q][value] for entry in material.when for value in answers[entry.q] if value in entry.values]
    called = list(dict.fromkeys(called))
    return GuidedMaterial(
        material, tuple(option.label for option in called), tuple(o.label_en or o.label for o in called)
    )


def _fee(fee: Fee, answers: Answers) -> str:
    rows = [Decimal(row.amount) for row in fee.items if _hold(row.when, answers)] if fee.charged else []
    return f"{sum(rows, Decimal()):.2f}"


def _item_problems(item: Item) -> Iterator[str]:
    yield from (f"question {q} stands twice" for q in _twice([question.id for question in item.questions]))
    yield from (f"material {m} stands twice" for m in _twice([material.id for material in item.materials]))
    for question in item.questions:
        values = [option.value for option in question.options]
        yield from (f"{question.id}: option {value} stands twice" for value in _twice(values))
        if question.default is not None and question.default not in values:
            yield f"{question.id}: default {question.default} is not an option"
    for material in item.materials:
        yield from _when_problems(item, material.id, material.when)
        if material.deferrable and not item.promised_limit.value:
            yield f"{material.id}: deferrable, but the item is decided on the spot"
    for row in item.fee.items:
        yield from _when_problems(item, row.name, row.when)
        if not _AMOUNT.fullmatch(row.amount):
            yield f"{row.name}: {row.amount} is not an amount"
    if item.promised_limit.value is None:
        yield "no promised limit"


def _when_problems(item: Item, name: str, when: Sequence[When]) -> Iterator[str]:
    questions = {question.id: question for question in item.questions}
    wanted: dict[str, list[set[str]]] = {}
    for entry in when:
        question = questions.get(entry.q)
        if question is None:
            yield f"{name}: unknown question {entry.q}"
            continue
        unknown = set(entry.values) - {option.value for option in question.options}
        yield from (f"{name}: {entry.q} has no option {value}" for value in sorted(unknown))
        wanted.setdefault(entry.q, []).append(set(entry.values) - unknown)
    if not all(_satisfiable(questions[q], entries) for q, entries in wanted.items()):
        yield f"{name}: no answers ask for it"


def _satisfiable(question: Question, entries: Sequence[set[str]]) -> bool:
    """Whether one answer meets every entry: one option for all, or in a multi question several non-exclusive ones."""
    if set.intersection(*entries):
        return True
    exclusive = {option.value for option in question.options if option.exclusive}
    return question.type == "multi" and all(values - exclusive for values in entries)


def _twice(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
