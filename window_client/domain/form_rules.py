"""How a form lives during a visit: which fields show, what is brought in, what still stands in the way.

Rules: ``resources/forms/README.md``. ``answers`` are those of the guidance, with the defaults filled in.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from window_client.domain.catalogue import Answers
from window_client.domain.form import Condition, Field, FormDefinition, Origin, Problem, Value, Values
from window_client.domain.form_checks import CHOICE_TYPES, allowed_values, check_field, chosen, tidy

Sources = Mapping[str, Any]
"""Full source name (``card.name``, ``shared.household.address``) to its value: text, number or list of texts.

``card.typed``, ``agent.typed`` or ``enterprise.typed`` set to anything true says that it was typed in step 1 and not
read from a card or the register."""

__all__ = [
    "Sources",
    "check_field",
    "counts",
    "differences",
    "form_for",
    "prefill",
    "problems",
    "tidy",
    "visible_fields",
    "visible_values",
]

_STAYS_OFFLINE = {Origin.SHARED, Origin.EARLIER}


def form_for(forms: Iterable[FormDefinition], item_id: str, applicant_kind: str) -> FormDefinition | None:
    """The form to fill for an item and a kind of applicant; None where the item is not for such applicants."""
    for form in forms:
        if item_id in form.items and applicant_kind in form.applicant_kinds:
            return form
    return None


def visible_fields(form: FormDefinition, answers: Answers, values: Mapping[str, Value]) -> tuple[Field, ...]:
    """The fields that show, in the order of the screen."""
    seen: dict[str, Field] = {}
    for field in form.fields():
        if all(_holds(condition, answers, values, seen) for condition in field.visible_when):
            seen[field.id] = field
    return tuple(seen.values())


def visible_values(form: FormDefinition, answers: Answers, values: Mapping[str, Value]) -> Values:
    """The values that are checked, shown to the applicant and sent: those of visible fields, without empty ones."""
    shown = visible_fields(form, answers, values)
    return {field.id: values[field.id] for field in shown if field.id in values and values[field.id].text}


def prefill(form: FormDefinition, sources: Sources, *, answers: Answers, online: bool, keep: Values) -> Values:
    """Bring in what the sources know; hidden fields too, so that they are ready when they appear.

    What was typed (``keep``) stays, also when it was cleared by hand, except that a locked field follows its answer.
    While the line is down, what shared data and earlier cases gave before stays as well.
    """
    out: Values = {}
    for field in form.fields():
        value = _brought_in(field, sources, answers, online=online, kept=keep.get(field.id))
        if value is not None:
            out[field.id] = value
    return out


def problems(
    form: FormDefinition, answers: Answers, values: Mapping[str, Value], *, today: date, card: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Everything wrong with the visible fields, in the order of the screen; ``blocks`` says what bars the next step.

    ``card`` is what the card says, by full name (``card.name``) or short (``name``).
    """
    found: list[Problem] = []
    shown = visible_values(form, answers, values)
    for field in visible_fields(form, answers, values):
        value = shown.get(field.id)
        if value is None:
            if field.required:
                found.append(Problem(field.id, "missing"))
            continue
        found += check_field(field, value, today=today, values=shown)
        for source in field.sources:
            said = card.get(source) or card.get(source.removeprefix("card.")) if source.startswith("card.") else None
            if said and source != "card.photo" and said != value.text:
                found.append(Problem(field.id, "differs_from_card", blocks=False))
    return tuple(found)


def counts(form: FormDefinition, answers: Answers, values: Mapping[str, Value]) -> tuple[int, int, int]:
    """How many visible fields are filled, brought in, and typed on the form; the last two add up to the first."""
    shown = visible_values(form, answers, values)
    typed = sum(value.origin is Origin.TYPED for value in shown.values())
    return len(shown), len(shown) - typed, typed


def differences(form: FormDefinition, sources: Sources) -> tuple[str, ...]:
    """Ids of fields where the card and another source differ (与身份证不一致); the card's value stands."""
    return tuple(
        field.id
        for field in form.fields()
        if (said := {_source_text(field, sources.get(source)) for source in field.sources} - {""})
        and len(said) > 1
        and any(s.startswith("card.") and _source_text(field, sources.get(s)) for s in field.sources)
    )


def _brought_in(field: Field, sources: Sources, answers: Answers, *, online: bool, kept: Value | None) -> Value | None:
    found = _from_sources(field, sources, answers)
    if kept is not None and kept.origin is Origin.TYPED:
        locked = not field.editable_when_prefilled and found is not None and found.origin is Origin.ANSWER
        return found if locked else kept
    if found is not None:
        return found
    if kept is not None and kept.text and kept.origin in _STAYS_OFFLINE and not online:
        return kept
    if not online and _asked_online_only(field):
        return Value("", Origin.ONLINE_LATER)
    if field.default is not None and (text := _source_text(field, field.default)):
        return Value(text, Origin.DEFAULT)
    return None


def _from_sources(field: Field, sources: Sources, answers: Answers) -> Value | None:
    # A stable sort: the card wins wherever it stands, the rest keep the order of the form.
    for source in sorted(field.sources, key=lambda name: not name.startswith("card.")):
        kind, _, name = source.partition(".")
        given = list(answers[name]) if kind == "answer" and name in answers else sources.get(source)
        if text := _source_text(field, given):
            return Value(text, _origin(kind, sources))
    return None


def _origin(kind: str, sources: Sources) -> Origin:
    if sources.get(f"{kind}.typed"):
        return Origin.IDENTITY
    return {
        "shared": Origin.SHARED,
        "earlier": Origin.EARLIER,
        "answer": Origin.ANSWER,
    }.get(kind, Origin.CARD)  # agent and licence were shown in step 1 as well


def _source_text(field: Field, given: object) -> str:
    if given is None:
        return ""
    text = "|".join(str(part) for part in given) if isinstance(given, list | tuple) else str(given)
    # A source that says something the form does not know has said nothing; the field is typed.
    if field.type in CHOICE_TYPES and not set(chosen(field, text)) <= set(allowed_values(field)):
        return ""
    return text


def _asked_online_only(field: Field) -> bool:
    return (
        not field.required
        and not field.editable_when_prefilled
        and bool(field.sources)
        and all(source.startswith("shared.") for source in field.sources)
    )


def _holds(condition: Condition, answers: Answers, values: Mapping[str, Value], seen: Mapping[str, Field]) -> bool:
    if condition.q:
        given = answers.get(condition.q, ())
    else:
        field, value = seen.get(condition.field), values.get(condition.field)
        given = chosen(field, value.text) if field and value else ()
    return any(value in condition.values for value in given)
