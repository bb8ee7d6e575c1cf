"""What follows from a draft: the read-only parts of the state, computed anew after every change.

Pure but for what it reads from the shelf (catalogue and forms) and from the desk's short-lived facts.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from window_client.domain.catalogue import Guidance, GuidedMaterial, Item, Material
from window_client.domain.form import Field, FormDefinition, Origin, Problem, Value
from window_client.domain.form_rules import counts as form_counts
from window_client.domain.form_rules import problems, visible_fields
from window_client.domain.material import Row, Way, is_card, may_defer, may_skip, row_state
from window_client.domain.material import counts as row_counts
from window_client.domain.material import missing as missing_rows
from window_client.domain.representing import authority_paper, guided, holder, lacking, who_came
from window_client.domain.visit import Draft, Step
from window_client.reception.sources import credit_of, sources
from window_client.reception.state import FieldView, FormView, MaterialsView, Missing, RowView

if TYPE_CHECKING:
    from window_client.reception.core import Core


def derived(core: "Core", draft: Draft) -> dict[str, Any]:
    """The changes of state that follow from ``draft``."""
    item = core.deps.shelf.item(draft.item_id) if draft.item_id else None
    guidance = guided(item, draft) if item else None
    today = core.now().date()
    form = _form(core, draft, guidance, today)
    materials = _materials(core, draft, item, guidance, today)
    return {
        "item": item,
        "guidance": guidance,
        "form": form,
        "materials": materials,
        "brought_in_estimate": form.brought_in if form else 0,
        "missing": missing(draft, item, guidance, form, today),
        "step": draft.step,
    }


def missing(
    draft: Draft, item: Item | None, guidance: Guidance | None, form: FormView | None, today: date
) -> tuple[Missing, ...]:
    """Everything that still stands between this draft and a submission, in the order of the steps."""
    found: list[Missing] = []
    found += [Missing(Step.IDENTITY, target, label) for target, label in lacking(draft, today)]
    if who_came(draft) is not None and not _phone_ok(draft.contact.phone):
        found.append(Missing(Step.IDENTITY, "phone", "identity.phone"))
    if item is None or guidance is None:
        return (*found, Missing(Step.ITEM, "item", "item.item"))
    if draft.applicant_kind not in item.applicant_kinds:
        found.append(Missing(Step.ITEM, "item", "item.not_for_such"))
    if draft.by_agent and not item.agent_allowed:
        found.append(Missing(Step.ITEM, "item", "item.in_person"))
    questions = {question.id: question for question in item.questions}
    found += [Missing(Step.ITEM, id_, questions[id_].text) for id_ in guidance.open_questions]
    if form is not None:
        found += [
            Missing(Step.FORM, row.field.id, row.field.label.zh)
            for row in form.fields
            if row.problem is not None and row.problem.blocks
        ]
    names = {row.material.id: row.material for row in guidance.materials}
    found += [Missing(Step.MATERIALS, id_, names[id_].name) for id_ in missing_rows(draft.checklist, guidance)]
    return tuple(found)


def _phone_ok(phone: str) -> bool:
    return len(phone) == 11 and phone.isascii() and phone.isdigit() and phone.startswith("1")


def _form(core: "Core", draft: Draft, guidance: Guidance | None, today: date) -> FormView | None:
    form = core.deps.shelf.form(draft.form_id) if draft.form_id else None
    if form is None or guidance is None:
        return None
    wrong: dict[str, Problem] = {}
    for problem in problems(form, guidance.answers, draft.values, today=today, card=sources(draft, None)):
        wrong.setdefault(problem.field, problem)
    sections = {field.id: section.id for section in form.sections for field in section.fields}
    fields = tuple(
        _field(field, sections[field.id], draft.values.get(field.id), wrong.get(field.id), core.late.get(field.id, ""))
        for field in visible_fields(form, guidance.answers, draft.values)
    )
    filled, brought_in, typed = form_counts(form, guidance.answers, draft.values)
    to_verify = sum(row.origin == Origin.ONLINE_LATER for row in fields)
    before = core.state.form
    kept = before if before is not None and before.definition.id == form.id else None
    return FormView(
        form,
        fields,
        filled,
        brought_in,
        typed,
        to_verify,
        focus=kept.focus if kept else "",
        focus_seq=kept.focus_seq if kept else 0,
    )


def _field(field: Field, section: str, value: Value | None, problem: Problem | None, late: str = "") -> FieldView:
    origin = value.origin if value else None
    locked = (
        not field.editable_when_prefilled
        and origin not in {None, Origin.TYPED, Origin.DEFAULT}
        and bool(value and (value.text or origin is Origin.ONLINE_LATER))
    )
    return FieldView(
        field,
        section,
        value.text if value else "",
        origin.value if origin and value and (value.text or origin is Origin.ONLINE_LATER) else "",
        locked,
        problem,
        late if value is not None and value.text != late else "",
    )


def _materials(
    core: "Core", draft: Draft, item: Item | None, guidance: Guidance | None, today: date
) -> MaterialsView | None:
    if guidance is None and draft.by_agent:  # before there is an item the power of attorney can be photographed
        guidance = Guidance({}, (GuidedMaterial(authority_paper(draft)),), (), "0.00")
    if guidance is None:
        return None
    held = {row.material_id: row for row in draft.checklist.rows}
    known = {"applicant": core.record, "came": core.came_record}
    certificates = {
        whose: {row.type: row for row in record.certificates} for whose, record in known.items() if record is not None
    }
    credit = credit_of(core.record)
    rows = []
    for number, asked in enumerate(guidance.materials, start=1):
        material = asked.material
        row = held.get(material.id, Row(material.id))
        whose, number_of_holder = holder(draft, material)
        certificate = certificates.get(whose, {}).get(material.ecert_type or "") if number_of_holder else None
        may, reason = may_defer(item, material, credit=credit, today=today) if item else (False, "not_deferrable")
        state = row_state(row, material, draft.current_material)
        valid_to = row.ecert.valid_to if row.way is Way.ECERT and row.ecert else ""
        rows.append(
            RowView(
                material_id=material.id,
                number=number,
                name=material.name,
                short_name=material.short_name or material.name,
                copies=_copies(material),
                because=asked.because,
                pages=row.pages,
                state=state,
                current=material.id == draft.current_material,
                ecert_offered=material.ecert_replaceable and certificate is not None,
                ecert_valid_to=valid_to,
                due=row.due,
                defer_refusal="" if may else str(reason),
                may_not_need=may_skip(material),
                two_sides=is_card(material),
            )
        )
    ready, scanning, deferred, lacking = row_counts(draft.checklist, guidance, draft.current_material)
    return MaterialsView(
        tuple(rows),
        draft.checklist.unsorted,
        ready,
        scanning,
        deferred,
        lacking,
        draft.current_material,
        **core.transient(draft),
    )


def _copies(material: Material) -> str:
    originals, copies = material.original_count, material.copy_count
    return {
        "ORIGINAL": f"original:{originals}",
        "COPY": f"copy:{copies}",
        "VERIFY_ONLY": f"verify:{originals}",
        "VERIFY_KEEP_COPY": f"verify_copy:{originals}:{copies}",
        "ORIGINAL_OR_COPY": f"either:{originals}",
    }.get(material.receive_mode, f"original:{originals}")


def definition(core: "Core", draft: Draft) -> FormDefinition | None:
    """The form that the draft was begun with."""
    return core.deps.shelf.form(draft.form_id) if draft.form_id else None
