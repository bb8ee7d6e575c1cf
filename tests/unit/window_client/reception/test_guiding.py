import pytest

from tests.desk import ITEM, ONLINE, Bench
from window_client.central import contract
from window_client.domain.form import Origin
from window_client.domain.visit import Step

OTHER_ITEM = "SC-HRSS-002"


def rows(bench: Bench) -> list[str]:
    """The checklist as shown, by the materials' last part."""
    assert bench.state.materials is not None
    return [row.material_id.rsplit("-", 1)[-1] for row in bench.state.materials.rows]


def test_an_item_brings_its_form_and_checklist(bench: Bench) -> None:
    bench.up_to(Step.ITEM)

    bench.desk.choose_item(ITEM)

    draft = bench.on_disk()
    assert (draft.item_id, draft.item_version, draft.catalogue_version) == (ITEM, 2, "2")
    assert draft.applicant_kind == "self_employed"
    assert draft.form_id
    assert bench.state.item is not None
    assert bench.state.form is not None
    assert bench.state.form.brought_in == bench.state.brought_in_estimate > 0


def test_the_checklist_follows_every_answer_at_once(bench: Bench) -> None:
    bench.up_to(Step.ITEM)
    bench.desk.choose_item(ITEM)
    assert "M03" not in rows(bench)

    bench.desk.answer("place", ("rent",))
    assert "M03" in rows(bench)
    assert "M04" not in rows(bench)

    bench.desk.answer("place", ("own",))
    assert "M03" not in rows(bench)
    assert "M04" in rows(bench)
    assert bench.on_disk().answers["place"] == ("own",)


def test_a_page_of_a_row_that_is_not_asked_for_any_more_becomes_unsorted(bench: Bench) -> None:
    bench.up_to(Step.CONFIRM)
    page = next(row.pages[0] for row in bench.draft.checklist.rows if row.material_id == f"{ITEM}-M03")

    bench.desk.answer("place", ("own",))

    assert bench.on_disk().checklist.unsorted == (page,)
    assert bench.pages("M01") == 1


def test_the_current_row_is_left_when_it_is_not_asked_for_any_more(bench: Bench) -> None:
    bench.up_to(Step.MATERIALS)
    bench.desk.choose_row(f"{ITEM}-M03")

    bench.desk.answer("place", ("own",))

    assert bench.draft.current_material == ""


def test_an_answer_that_the_question_does_not_have_is_not_taken(bench: Bench) -> None:
    bench.up_to(Step.ITEM)
    bench.desk.choose_item(ITEM)

    bench.desk.answer("place", ("moon",))
    bench.desk.answer("no-such-question", ("rent",))

    assert not bench.draft.answers.get("place")
    assert "no-such-question" not in bench.draft.answers


def test_open_questions_hold_the_step(bench: Bench) -> None:
    bench.up_to(Step.ITEM)
    bench.desk.choose_item(ITEM)

    bench.desk.next_step()

    assert bench.state.open_step is Step.ITEM
    open_ones = [row.target for row in bench.state.missing if row.step is Step.ITEM]
    assert open_ones == ["trade", "place", "seal"]  # who applies was said in step 1


def test_an_item_that_is_not_in_the_catalogue_changes_nothing(bench: Bench) -> None:
    bench.up_to(Step.ITEM)

    bench.desk.choose_item("SC-NO-001")

    assert bench.draft.item_id == ""
    assert bench.state.item is None


def test_another_item_keeps_every_page_and_asks_to_sign_again(bench: Bench) -> None:
    bench.up_to(Step.CONFIRM)
    bench.sign()

    bench.desk.choose_item(OTHER_ITEM)

    draft = bench.on_disk()
    assert len(draft.checklist.unsorted) == 3
    assert (draft.signature, draft.checked_at, draft.agreed_at, draft.answers) == (None, "", "", {"who": ("self",)})


def test_choosing_the_same_item_again_keeps_its_answers(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    before = bench.draft

    bench.desk.choose_item(ITEM)

    assert bench.draft == before


def test_nothing_is_chosen_before_somebody_is_here(bench: Bench) -> None:
    bench.call()

    bench.desk.choose_item(ITEM)
    bench.desk.answer("place", ("rent",))
    bench.desk.take_in(ONLINE)

    assert bench.draft.item_id == ""


# ---- taking the online application in


def test_what_was_filled_in_online_is_taken_in(bench: Bench) -> None:
    bench.up_to(Step.ITEM)
    assert not bench.state.identity.related[0].taken

    bench.desk.take_in(ONLINE)

    assert bench.on_disk().took_in == ONLINE
    assert bench.draft.item_id == ITEM
    assert bench.draft.values["business_name"].text == "绵阳市涪城区李明小吃店"
    assert bench.state.identity.related[0].taken
    assert bench.said == "visit.taken_in"


@pytest.mark.parametrize("related", ["5107002025110300002179", "no-such-booking", ""])
def test_only_an_online_application_can_be_taken_in(bench: Bench, related: str) -> None:
    bench.up_to(Step.ITEM)

    bench.desk.take_in(related)

    assert bench.draft.took_in == ""
    assert bench.draft.item_id == ""


def test_without_having_taken_it_in_its_fields_are_no_source(bench: Bench) -> None:
    bench.up_to(Step.ITEM)

    bench.desk.choose_item(ITEM)

    email = bench.draft.values.get("email")
    assert email is None or email.text == ""


# ---- what comes late


def test_what_is_known_comes_into_the_form_after_the_item_was_chosen(bench: Bench) -> None:
    bench.call()
    bench.centre.down = True
    bench.identify()
    bench.desk.choose_item(ITEM)
    assert "name_notice_no" not in bench.draft.values
    bench.desk.set_field("scope", "小吃服务")

    bench.centre.down = False
    bench.desk.network_changed(online=True, latency_ms=20, offset_s=0.0)
    bench.settle()

    notice = bench.on_disk().values["name_notice_no"]
    assert (notice.text, notice.origin) == ("MZ510703-2025-0000236", Origin.SHARED)
    assert bench.draft.values["scope"].text == "小吃服务", "what was typed stays"


def test_what_is_known_about_somebody_without_an_item_waits(bench: Bench) -> None:
    bench.centre.answers["person"] = contract.PersonRecord(found=False)

    bench.call()
    bench.identify()

    assert bench.draft.values == {}
    assert bench.state.identity.lookup == "done"
