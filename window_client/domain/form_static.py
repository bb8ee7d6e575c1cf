"""What must hold of a set of forms before a window fills any of them (README of the forms, "What must hold").

Run once when a catalogue version is loaded; each problem is a line for the administrator, in no person's words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from window_client.domain.catalogue import Catalogue, Item, Question
from window_client.domain.form import Condition, Field, FormDefinition, Words
from window_client.domain.form_checks import CHOICE_TYPES, TYPES, allowed_values, chosen

CARD_SOURCES = ("name", "id_no", "sex", "nation", "birth", "address", "photo")
AGENT_SOURCES = ("name", "id_no", "phone", "relation", "until")
ENTERPRISE_SOURCES = ("name", "uscc", "type", "legal_rep", "legal_rep_id_no", "address", "established", "valid_to")
PRIVACY = ("none", "personal", "sensitive")
_FIELDS = range(8, 25)


def static_problems(
    forms: Sequence[FormDefinition], catalogue: Catalogue, shared: Mapping[str, Any]
) -> tuple[str, ...]:
    """Everything that does not hold, one sentence each; empty when the forms can be used.

    ``shared`` is the parsed ``shared-data.toml``; only its ``datasets`` are looked at.
    """
    items = {item.id: item for item in catalogue.items}
    known_fields: dict[str, list[Field]] = {}
    for form in forms:
        for field in form.fields():
            known_fields.setdefault(field.id, []).append(field)
    found = list(_pairs(forms, catalogue))
    for form in forms:
        own = [items[item_id] for item_id in form.items if item_id in items]
        found += (f"{form.id}: unknown item {item_id}" for item_id in form.items if item_id not in items)
        if len(form.items) == 1 and own and own[0].id == form.id and own[0].version != form.version:
            found.append(f"{form.id}: version {form.version}, but the item has {own[0].version}")
        found += _form(form)
        earlier: dict[str, Field] = {}
        for field in form.fields():
            where = f"{form.id}.{field.id}"
            found += (f"{where}: {text}" for text in _shape(field, form))
            found += (f"{where}: {text}" for text in _conditions(field, own, earlier))
            found += (f"{where}: {text}" for text in _sources(field, own, shared.get("datasets", {}), known_fields))
            if field.id in earlier:
                found.append(f"{where}: id used twice")
            earlier[field.id] = field
    return tuple(found)


def _pairs(forms: Sequence[FormDefinition], catalogue: Catalogue) -> Iterator[str]:
    for item in catalogue.items:
        for kind in item.applicant_kinds:
            fitting = [f.id for f in forms if item.id in f.items and kind in f.applicant_kinds]
            if len(fitting) != 1:
                yield f"{item.id} for {kind}: {len(fitting)} forms instead of one"


def _form(form: FormDefinition) -> Iterator[str]:
    if len(form.fields()) not in _FIELDS:
        yield f"{form.id}: {len(form.fields())} fields"
    yield from (f"{form.id}: {name} lacks a language" for name in _untranslated(_form_words(form)))


def _form_words(form: FormDefinition) -> Iterator[tuple[str, Words | None]]:
    yield "title", form.title
    yield "declaration", form.declaration
    for section in form.sections:
        yield f"section {section.id}", section.title


def _untranslated(words: Iterable[tuple[str, Words | None]]) -> Iterator[str]:
    return (name for name, text in words if text is not None and not (text.zh and text.en))


def _shape(field: Field, form: FormDefinition) -> Iterator[str]:
    texts = [("label", field.label), ("help", field.help), ("message", field.message)]
    texts += [(f"choice {choice.value}", Words(choice.zh, choice.en)) for choice in field.choices]
    yield from (f"{name} lacks a language" for name in _untranslated(texts))
    if field.type not in TYPES:
        yield f"unknown type {field.type}"
    if field.privacy not in PRIVACY:
        yield f"unknown privacy {field.privacy}"
    if not 1 <= field.span <= 6:
        yield f"span {field.span}"
    values = allowed_values(field)
    if field.type in CHOICE_TYPES and (not values or len(set(values)) != len(values)):
        yield "choices are missing or repeated"
    if field.default is not None and values and not set(chosen(field, str(field.default))) <= set(values):
        yield "default is not among the choices"
    yield from _rule(field, form)


def _rule(field: Field, form: FormDefinition) -> Iterator[str]:
    rule = field.rule
    if rule is None:
        return
    try:
        re.compile(rule.pattern)
    except re.error:
        yield "pattern does not compile"
    if (rule.min is not None or rule.max is not None) and field.type not in {"integer", "money"}:
        yield "min and max are for numbers"
    if (rule.not_after_today or rule.not_before_today) and field.type != "date":
        yield "today is for dates"
    others = {other.id for other in form.fields()} - {field.id}
    for other in (rule.same_as, rule.differs_from):
        if other and other not in others:
            yield f"rule names unknown field {other}"


def _conditions(field: Field, items: Sequence[Item], earlier: Mapping[str, Field]) -> Iterator[str]:
    for condition in field.visible_when:
        if condition.field:
            other = earlier.get(condition.field)
            if other is None:
                yield f"condition on {condition.field}, which does not stand before it"
            elif not set(condition.values) <= set(allowed_values(other)):
                yield f"condition on {condition.field} names an unknown value"
        elif not any(_resolves(condition, item) for item in items):
            yield f"condition on {condition.q} does not resolve"
    asked = [condition for condition in field.visible_when if condition.q]
    if asked and not any(_can_hold(asked, item) for item in items):
        yield "never visible"


def _question(item: Item, question_id: str) -> Question | None:
    return next((question for question in item.questions if question.id == question_id), None)


def _resolves(condition: Condition, item: Item) -> bool:
    question = _question(item, condition.q)
    return question is not None and set(condition.values) <= {option.value for option in question.options}


def _can_hold(conditions: Sequence[Condition], item: Item) -> bool:
    """Whether some answers of one item satisfy all of ``conditions``; a single question has but one answer."""
    for question_id in {condition.q for condition in conditions}:
        question = _question(item, question_id)
        if question is None:
            return False
        wanted = [set(condition.values) for condition in conditions if condition.q == question_id]
        options = {option.value for option in question.options}
        if question.type == "single" and not options.intersection(*wanted):
            return False
        if not all(options & values for values in wanted):
            return False
    return True


def _sources(
    field: Field, items: Sequence[Item], datasets: Mapping[str, Any], known: Mapping[str, Sequence[Field]]
) -> Iterator[str]:
    choices = set(allowed_values(field))
    for source in field.sources:
        kind, _, name = source.partition(".")
        given: set[str] | None
        match kind:
            case "card" | "agent" | "enterprise":
                fixed = {"card": CARD_SOURCES, "agent": AGENT_SOURCES, "enterprise": ENTERPRISE_SOURCES}[kind]
                given = set() if name in fixed else None
            case "shared":
                given = _shared_values(name, datasets)
            case "earlier":
                # An id means the same in every form; what an older choice was called is checked when it is brought in.
                given = {v for f in known[name] for v in allowed_values(f)} if name in known else None
            case "answer":
                asked = [q for item in items if (q := _question(item, name))]
                given = {option.value for q in asked for option in q.options} if asked else None
            case _:
                given = None
        if given is None:
            yield f"unknown source {source}"
        elif choices and not given <= choices:
            yield f"{source} can give {sorted(given - choices)}, which the field does not offer"


def _shared_values(name: str, datasets: Mapping[str, Any]) -> set[str] | None:
    dataset, _, key = name.partition(".")
    described = datasets.get(dataset, {}).get("fields", {}).get(key)
    return None if described is None else set(described.get("values", ()))
