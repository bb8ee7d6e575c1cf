from datetime import date

import msgspec
import pytest

from tests.desk import DAY, ITEM, Bench, documents
from window_client.domain.catalogue import guide
from window_client.domain.form import Origin, Value
from window_client.domain.material import RowState
from window_client.domain.people import Contact, IdentitySource, Person
from window_client.domain.visit import Draft, Step, TicketRef
from window_client.reception.views import definition, missing

TODAY = date.fromisoformat(DAY)
PERSON = Person("李明", "510799198806120017", IdentitySource.CARD)
EMPTY = Draft("visit-1", "case-1", TicketRef(), "2026-11-24T10:00:00+08:00")


def labels(draft: Draft) -> list[str]:
    return [row.label for row in missing(draft, None, None, None, TODAY)]


@pytest.mark.parametrize(
    "phone",
    ["", "1380000552", "138000055210", "23800005521", "1380000552x", "1\uff13800005521"],  # a full-width 3
)
def test_only_a_mobile_number_of_the_mainland_is_a_phone(phone: str) -> None:
    draft = msgspec.structs.replace(EMPTY, applicant=PERSON, contact=Contact(phone=phone))

    assert "identity.phone" in labels(draft)


def test_what_is_missing_is_told_in_the_order_of_the_steps() -> None:
    assert labels(EMPTY) == ["identity.card", "item.item"]
    named = msgspec.structs.replace(EMPTY, applicant=PERSON, contact=Contact(phone="13800005521"))
    assert labels(named) == ["item.item"]
    blocked = msgspec.structs.replace(named, applicant=msgspec.structs.replace(PERSON, valid_to="2026-11-01"))
    assert labels(blocked) == ["remark.expired", "item.item"]


def test_open_questions_and_papers_are_missing_by_their_names() -> None:
    item = next(item for item in documents().catalogue.items if item.id == ITEM)
    phone = Contact(phone="13800005521")
    draft = msgspec.structs.replace(EMPTY, applicant=PERSON, contact=phone, applicant_kind="self_employed")

    found = missing(draft, item, guide(item, {"place": ("rent",)}), None, TODAY)

    assert [row.target for row in found if row.step is Step.ITEM] == ["trade", "seal", "who"]
    assert "经营场所使用证明" in {row.label for row in found if row.step is Step.MATERIALS}


def test_the_counts_of_the_form_add_up(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    bench.fill()

    form = bench.state.form
    assert form is not None
    assert form.filled == form.brought_in + form.typed
    assert (form.typed, form.to_verify) == (3, 0)
    assert form.filled == sum(1 for row in form.fields if row.text)


def test_what_the_card_said_is_locked_and_what_was_typed_is_not(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    bench.fill()

    assert bench.state.form is not None
    locked = {row.field.id: row.read_only for row in bench.state.form.fields}
    assert locked["operator_name"]
    assert not locked["scope"]


def test_a_value_that_cannot_be_verified_without_a_line_is_shown_with_that_stamp(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    values = {**bench.draft.values, "scope": Value("", Origin.ONLINE_LATER)}

    bench.desk._core.keep(msgspec.structs.replace(bench.draft, values=values))

    assert bench.state.form is not None
    row = next(row for row in bench.state.form.fields if row.field.id == "scope")
    assert (row.origin, row.text) == ("online_later", "")
    assert bench.state.form.to_verify == 1


def test_the_rows_say_how_many_papers_are_wanted_and_why(bench: Bench) -> None:
    bench.up_to(Step.MATERIALS)

    assert bench.state.materials is not None
    rows = {row.material_id[-3:]: row for row in bench.state.materials.rows}
    assert [row.number for row in rows.values()] == [1, 2, 3, 4, 5]
    assert {name: row.copies for name, row in rows.items()} == {
        "M01": "original:1",
        "M02": "verify:1",
        "M03": "copy:1",
        "M06": "original:1",
        "M07": "copy:1",
    }
    assert rows["M03"].because
    assert (rows["M02"].ecert_offered, rows["M01"].ecert_offered) == (True, False)


def test_a_certificate_is_offered_only_to_who_has_one(bench: Bench) -> None:
    bench.up_to(Step.MATERIALS)

    bench.desk.answer("place", ("own",))

    assert bench.state.materials is not None
    deed = next(row for row in bench.state.materials.rows if row.material_id == f"{ITEM}-M04")
    assert not deed.ecert_offered


def test_the_counts_of_the_checklist_count_every_row_once(bench: Bench) -> None:
    bench.up_to(Step.MATERIALS)
    bench.collect()

    materials = bench.state.materials
    assert materials is not None
    assert (materials.ready, materials.scanning, materials.deferred, materials.missing) == (3, 1, 1, 0)
    assert [row.state for row in materials.rows].count(RowState.SCANNING) == 1


def test_the_form_is_the_one_that_the_draft_was_begun_with(bench: Bench) -> None:
    bench.up_to(Step.FORM)

    form = definition(bench.desk._core, bench.draft)
    assert form is not None
    assert form.id == bench.draft.form_id
    assert definition(bench.desk._core, EMPTY) is None
