"""Step 2: finding a service, its terms, its questions, and what follows for the documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from ui.reception.steps.model import fee_words
from ui.reception.texts import english, in_language, say
from window_client.domain.catalogue import Answers, Guidance, Item, Question
from window_client.domain.search import Hit
from window_client.reception.state import ReceptionState


class Finder(Protocol):
    """Finds items and knows them by id: the shelf of the desk."""

    def search(self, text: str, limit: int = 50) -> Sequence[object]:
        """``domain.search.Hit`` rows, best first."""

    def item(self, item_id: str) -> Item | None:
        """An item by its id."""


@dataclass(frozen=True, slots=True)
class HitRow:
    """One row of the list."""

    item_id: str
    name: str
    spans: tuple[tuple[int, int], ...]
    below: str
    right: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with its options (value, label, chosen)."""

    id: str
    number: int
    text: str
    multi: bool
    options: tuple[tuple[str, str, bool], ...]
    exclusive: frozenset[str]
    missing: bool
    usual: bool  # the default stands: may be folded


@dataclass(frozen=True, slots=True)
class Needed:
    """The documents that follow: parts are (name, because, bold)."""

    head: str
    can: str
    parts: tuple[tuple[str, str], ...]
    chip: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemStep:
    """The right half of step 2; ``name`` is empty until an item is chosen."""

    item_id: str
    name: str
    note: str
    terms: tuple[tuple[str, str], ...]
    questions: tuple[QuestionRow, ...]
    needed: Needed | None


def hit_rows(finder: Finder, text: str, limit: int) -> tuple[HitRow, ...]:
    """What is found for ``text``, as rows."""
    hits = cast("Sequence[Hit]", finder.search(text, limit))
    found = ((finder.item(hit.item_id), hit.spans) for hit in hits)
    return tuple(hit_row(item, spans) for item, spans in found if item is not None)


def hit_row(item: Item, matched: Sequence[tuple[int, int]]) -> HitRow:
    """A found item as a row, with the matched stretches of its name."""
    name = in_language(item.name, item.name_en)
    spans = tuple((start, end) for start, end in matched) if name == item.name else ()
    department = in_language(item.department_name, item.department_name_en)
    return HitRow(item.id, name, spans, f"{department} · {item.id}", _short_promise(item))


def item_step(state: ReceptionState) -> ItemStep:
    """The chosen item with its questions."""
    item, guidance = state.item, state.guidance
    if item is None:
        return ItemStep("", "", say("item.choose_first"), (), (), None)
    answers: Answers = guidance.answers if guidance else {}
    missing = {one.target for one in state.missing}
    asked = sorted(item.questions, key=lambda question: question.default is not None)
    return ItemStep(
        item_id=item.id,
        name=in_language(item.name, item.name_en),
        note=say("item.guide_only") if item.book_and_guide_only else "",
        terms=_terms(item, guidance),
        questions=tuple(_question(number, one, answers, missing) for number, one in enumerate(asked, start=1)),
        needed=_needed(guidance) if guidance else None,
    )


def choose(question: QuestionRow, value: str) -> tuple[str, ...]:
    """The answer that follows when ``value`` is pressed: single replaces; multi toggles, an exclusive one clears."""
    if not question.multi:
        return (value,)
    chosen = [each for each, _, on in question.options if on]
    if value in chosen:
        return tuple(each for each in chosen if each != value)
    if value in question.exclusive:
        return (value,)
    kept = [each for each in chosen if each not in question.exclusive]
    return tuple(each for each, _, _ in question.options if each in {*kept, value})


def _question(number: int, question: Question, answers: Answers, missing: set[str]) -> QuestionRow:
    chosen = answers.get(question.id, ())
    return QuestionRow(
        id=question.id,
        number=number,
        text=in_language(question.text, question.text_en),
        multi=question.type == "multi",
        options=tuple(
            (option.value, in_language(option.label, option.label_en), option.value in chosen)
            for option in question.options
        ),
        exclusive=frozenset(option.value for option in question.options if option.exclusive),
        missing=question.id in missing,
        usual=question.default is not None and chosen == (question.default,),
    )


def _short_promise(item: Item) -> str:
    limit = item.promised_limit
    if limit.unit == "on_the_spot" or limit.value == 0:
        return say("item.on_the_spot_short")
    return say("item.promise_short", n=limit.value) if limit.value is not None else say("item.no_limit")


def _terms(item: Item, guidance: Guidance | None) -> tuple[tuple[str, str], ...]:
    limit, law = item.promised_limit, item.statutory_limit
    label = say("item.promise_statutory", n=law.value) if law.value else say("item.promise")
    if limit.unit == "on_the_spot" or limit.value == 0:
        promise = say("item.on_the_spot")
    elif limit.value is None:
        promise = say("item.no_limit")
    else:
        promise = say("item.working_days" if limit.unit == "working_day" else "item.days", n=limit.value)
    fee = guidance.fee if guidance else "0.00"
    free = fee_words(item, fee) == say("done.free")
    return (
        (label, promise),
        (say("item.fee"), say("item.free") if free else say("item.yuan", n=fee)),
        (say("item.visits"), say("item.visits_value", n=item.visits)),
    )


def _needed(guidance: Guidance) -> Needed:
    rows = guidance.materials
    ecerts = sum(row.material.ecert_replaceable for row in rows)
    deferrable = sum(row.material.deferrable for row in rows)
    can = [say("item.can", n=ecerts)] if ecerts else []
    can += [say("item.can_defer", n=deferrable)] if deferrable else []
    chip = [say("item.chip", n=len(rows))]
    chip += [say("item.chip_ecert", n=ecerts)] if ecerts else []
    chip += [say("item.chip_defer", n=deferrable)] if deferrable else []
    parts = tuple(
        (
            in_language(
                row.material.short_name or row.material.name, row.material.short_name_en or row.material.name_en
            ),
            say("item.because", x=in_language("、", ", ").join(row.because_en if english() else row.because))
            if row.because
            else "",
        )
        for row in rows
    )
    return Needed(say("item.needed", n=len(rows)), in_language("，", ", ").join(can), parts, tuple(chip))
