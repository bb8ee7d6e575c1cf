import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from drivers.errors import DeviceError, Fault
from tests.desk import NOW, PNG, STROKES, Bench, sheet
from window_client.central import contract
from window_client.domain.confirm import digest
from window_client.domain.rating import Grade
from window_client.domain.visit import State, Step
from window_client.reception.state import ApplicantPage, ApplicantView, PrintState
from window_client.store.outbox import Message


@pytest.fixture
def at_confirm(bench: Bench) -> Bench:
    bench.up_to(Step.CONFIRM)
    return bench


@pytest.fixture
def rating(bench: Bench) -> Bench:
    bench.up_to(Step.SUBMIT)
    bench.submit()
    assert page(bench) is ApplicantPage.RATE
    return bench


def page(bench: Bench) -> ApplicantPage:
    """What the applicant's screen shows."""
    return bench.state.applicant.page


def rated(bench: Bench) -> contract.Rating | None:
    """The rating as it waits in the outbox."""
    found: list[Message] = [row for row in bench.store.outbox.due(now=bench.now) if row.kind == "rating"]
    if not found:
        return None
    message = msgspec.json.decode(found[0].body, type=contract.RatingMessage)
    return msgspec.json.decode(message.rating, type=contract.Rating)


# ---- check, agree, sign


def test_the_applicant_checks_agrees_and_signs_in_this_order(at_confirm: Bench) -> None:
    view = at_confirm.state.applicant
    assert (view.page, view.signer, view.documents) == (ApplicantPage.CHECK, "李明", 2)
    assert view.declaration
    at_confirm.desk.applicant_agrees()
    at_confirm.desk.applicant_signs(STROKES, PNG)
    at_confirm.settle()
    assert page(at_confirm) is ApplicantPage.CHECK, "no step may be left out"

    at_confirm.desk.applicant_confirms()
    assert page(at_confirm) is ApplicantPage.DECLARE
    at_confirm.desk.applicant_agrees()
    assert page(at_confirm) is ApplicantPage.SIGN
    at_confirm.desk.applicant_signs(STROKES, PNG)
    at_confirm.settle()

    assert page(at_confirm) is ApplicantPage.SIGNED
    assert (at_confirm.state.applicant.checked_at, at_confirm.state.applicant.signed_at) == (NOW, NOW)


def test_a_signature_is_bound_to_what_was_shown_and_sealed_before_it_counts(at_confirm: Bench) -> None:
    shown = at_confirm.desk._signing.shown(at_confirm.draft)
    assert shown is not None

    at_confirm.sign()

    signature = at_confirm.on_disk().signature
    assert signature is not None
    assert signature.digest == digest(shown) == at_confirm.state.applicant.digest
    assert (signature.signer, signature.picture_size) == ("李明", len(PNG))
    assert at_confirm.store.pages.read(signature.picture) == PNG
    assert signature.strokes == STROKES


def test_nothing_is_readable_on_the_page_but_what_the_finger_uncovers(at_confirm: Bench) -> None:
    lines = {line.target: line for line in at_confirm.state.applicant.lines}
    covered = [line for line in lines.values() if line.text != line.full_text]

    assert covered
    for line in covered:
        assert "*" in line.text


def test_a_pad_without_a_stroke_is_no_signature(at_confirm: Bench) -> None:
    at_confirm.desk.applicant_confirms()
    at_confirm.desk.applicant_agrees()

    at_confirm.desk.applicant_signs((), PNG)
    at_confirm.desk.applicant_signs(((),), PNG)
    at_confirm.settle()

    assert at_confirm.draft.signature is None
    assert page(at_confirm) is ApplicantPage.SIGN


def test_without_a_signature_the_key_for_submitting_waits(at_confirm: Bench) -> None:
    at_confirm.desk.next_step()

    assert at_confirm.said == "sign.waiting"
    assert at_confirm.state.visit is State.SERVING


def test_a_signature_that_comes_after_the_visit_counts_for_nobody(at_confirm: Bench) -> None:
    at_confirm.desk.applicant_confirms()
    at_confirm.desk.applicant_agrees()
    at_confirm.desk.applicant_signs(STROKES, PNG)

    at_confirm.desk.end_unfiled()
    at_confirm.desk.serve_without_ticket()
    at_confirm.settle()

    assert at_confirm.draft.signature is None


# ---- what changes afterwards


def change_a_value(bench: Bench) -> None:
    bench.desk.set_field("capital", "60000.00")


def change_the_phone(bench: Bench) -> None:
    bench.desk.set_contact("phone", "13900005521")


def change_an_answer(bench: Bench) -> None:
    bench.desk.answer("trade", ("retail",))


def add_a_page(bench: Bench) -> None:
    bench.desk.open_step(Step.MATERIALS)
    bench.feed(sheet(9))


@pytest.mark.parametrize("change", [change_a_value, change_the_phone, change_an_answer, add_a_page])
def test_what_changes_after_the_signature_asks_for_another_one(
    at_confirm: Bench, change: Callable[[Bench], None]
) -> None:
    at_confirm.sign()

    change(at_confirm)
    at_confirm.desk.open_step(Step.CONFIRM)

    assert "sign.changed" in {state.say.code for state in at_confirm.states if state.say}
    draft = at_confirm.on_disk()
    assert (draft.signature, draft.checked_at, draft.agreed_at) == (None, "", "")
    assert (at_confirm.state.applicant.page, at_confirm.state.applicant.asked_again) == (ApplicantPage.CHECK, True)


def test_a_change_made_while_the_page_is_open_is_caught_at_the_key_for_submitting(at_confirm: Bench) -> None:
    at_confirm.sign()
    change_a_value(at_confirm)

    at_confirm.desk.next_step()

    assert at_confirm.state.visit is State.SERVING
    assert at_confirm.store.cases.by_id(at_confirm.draft.case_id) is None
    assert page(at_confirm) is ApplicantPage.CHECK


def test_a_change_back_to_what_was_signed_lets_the_signature_stand(at_confirm: Bench) -> None:
    at_confirm.sign()
    change_a_value(at_confirm)
    at_confirm.desk.set_field("capital", "50000.00")

    at_confirm.desk.open_step(Step.CONFIRM)

    assert page(at_confirm) is ApplicantPage.SIGNED


def test_a_change_after_the_check_begins_the_check_again(at_confirm: Bench) -> None:
    at_confirm.desk.applicant_confirms()
    change_a_value(at_confirm)

    at_confirm.desk.open_step(Step.CONFIRM)

    assert page(at_confirm) is ApplicantPage.CHECK
    assert at_confirm.draft.checked_at == ""


def test_the_clerk_may_ask_for_another_signature(at_confirm: Bench) -> None:
    at_confirm.sign()

    at_confirm.desk.ask_to_sign_again()

    assert (at_confirm.state.applicant.page, at_confirm.state.applicant.asked_again) == (ApplicantPage.SIGN, True)
    assert at_confirm.on_disk().signature is None
    assert at_confirm.strokes[-1] == ()


# ---- what the applicant says


@pytest.mark.parametrize(
    ("target", "step"),
    [
        ("scope", Step.FORM),
        ("item", Step.ITEM),
        ("operator_name", Step.IDENTITY),
        ("card.id_no", Step.IDENTITY),
        ("composition", Step.ITEM),
        ("material.SC-MKT-001-M03", Step.MATERIALS),
        ("declaration", Step.CONFIRM),
    ],
)
def test_what_is_called_wrong_opens_where_it_can_be_put_right(at_confirm: Bench, target: str, step: Step) -> None:
    at_confirm.desk.applicant_confirms()

    at_confirm.desk.applicant_wrong(target)

    assert at_confirm.state.open_step is step
    assert at_confirm.state.applicant.wrong == target
    draft = at_confirm.on_disk()
    assert (draft.checked_at, draft.agreed_at, draft.signature) == ("", "", None)
    expected = "applicant.disagrees" if target == "declaration" else "applicant.wrong"
    assert at_confirm.said == expected


def test_a_paper_that_is_called_wrong_is_the_row_that_is_open(at_confirm: Bench) -> None:
    at_confirm.desk.applicant_wrong("material.SC-MKT-001-M03")

    assert at_confirm.draft.current_material == "SC-MKT-001-M03"


def test_nothing_can_be_called_wrong_after_the_signature(at_confirm: Bench) -> None:
    at_confirm.sign()

    at_confirm.desk.applicant_wrong("scope")

    assert at_confirm.draft.signature is not None
    assert at_confirm.state.open_step is Step.CONFIRM


def test_strokes_are_shown_to_the_clerk_while_signing_only(at_confirm: Bench) -> None:
    at_confirm.desk.applicant_draws(STROKES)
    assert STROKES not in at_confirm.strokes
    at_confirm.desk.applicant_confirms()
    at_confirm.desk.applicant_agrees()

    at_confirm.desk.applicant_draws(STROKES)
    assert at_confirm.strokes[-1] == STROKES
    at_confirm.desk.applicant_clears()

    assert at_confirm.strokes[-1] == ()


def test_a_call_for_help_reaches_the_clerk(at_confirm: Bench) -> None:
    at_confirm.desk.applicant_needs_help()

    assert at_confirm.said == "applicant.help"


# ---- what the second screen shows


def test_the_second_screen_follows_the_step(bench: Bench) -> None:
    bench.call()
    pages = [bench.state.applicant.page]
    bench.identify()
    pages.append(bench.state.applicant.page)
    bench.desk.open_step(Step.IDENTITY)
    bench.desk.next_step()
    pages.append(bench.state.applicant.page)

    assert pages == [ApplicantPage.WELCOME, ApplicantPage.IDENTITY, ApplicantPage.WAIT]
    assert bench.state.applicant.lines == (), "while the clerk works nothing personal is shown"


# ---- rating


def test_sixty_seconds_are_given_and_no_answer_is_no_rating(rating: Bench) -> None:
    assert rating.state.applicant.countdown_ends is not None
    assert (rating.state.applicant.countdown_ends - rating.now).total_seconds() == 60
    rating.pass_time(59)
    assert page(rating) is ApplicantPage.RATE

    rating.pass_time(2)

    assert page(rating) is ApplicantPage.THANKS
    assert rated(rating) is None
    rating.pass_time(4)
    assert rating.state.visit is State.IDLE
    assert page(rating) is ApplicantPage.BLANK


@pytest.mark.parametrize("grade", ["VERY_SATISFIED", "SATISFIED", "FAIRLY_SATISFIED"])
def test_a_good_grade_is_kept_at_once(rating: Bench, grade: str) -> None:
    case_no = rating.draft.case_no

    rating.desk.applicant_rates(grade)

    kept = rated(rating)
    assert kept is not None
    assert (kept.grade, kept.case_no, kept.window, kept.clerk) == (Grade(grade), case_no, 12, "1203")
    assert kept.details == ()
    assert page(rating) is ApplicantPage.THANKS


@pytest.mark.parametrize("grade", ["DISSATISFIED", "VERY_DISSATISFIED"])
def test_a_low_grade_asks_why_first(rating: Bench, grade: str) -> None:
    rating.pass_time(50)

    rating.desk.applicant_rates(grade)

    assert page(rating) is ApplicantPage.REASONS
    assert rated(rating) is None
    rating.pass_time(30)
    assert page(rating) is ApplicantPage.REASONS, "the sixty seconds began anew"
    rating.desk.applicant_gives_reasons(("slow", "unfriendly"), f"  {'很' * 600} ")
    kept = rated(rating)
    assert kept is not None
    assert (kept.grade, kept.details, kept.words) == (Grade(grade), ("slow", "unfriendly"), "很" * 500)


def test_a_low_grade_without_reasons_is_kept_when_time_is_up(rating: Bench) -> None:
    rating.desk.applicant_rates("DISSATISFIED")

    rating.pass_time(61)

    kept = rated(rating)
    assert kept is not None
    assert (kept.grade, kept.details) == (Grade.DISSATISFIED, ("other",))


def test_nothing_is_kept_when_the_rating_is_skipped(rating: Bench) -> None:
    rating.desk.applicant_rates("DISSATISFIED")

    rating.desk.applicant_skips_rating()
    rating.pass_time(5)

    assert rated(rating) is None
    assert rating.state.visit is State.IDLE


def test_a_visit_is_rated_once(rating: Bench) -> None:
    rating.desk.applicant_rates("SATISFIED")

    rating.desk.applicant_rates("VERY_DISSATISFIED")
    rating.desk.applicant_gives_reasons(("slow",))
    rating.desk.applicant_skips_rating()

    kept = rated(rating)
    assert kept is not None
    assert kept.grade is Grade.SATISFIED
    assert rating.outbox().count("rating") == 1


def test_no_state_of_the_desk_ever_holds_the_grade(rating: Bench) -> None:
    rating.desk.applicant_rates("VERY_DISSATISFIED")
    rating.desk.applicant_gives_reasons(("unfriendly",), "never again")
    rating.desk.outbox_changed()
    rating.pass_time(5)
    rating.settle()

    for state in rating.states:
        said = repr(state)
        assert "SATISFIED" not in said
        assert "never again" not in said
        assert "unfriendly" not in said


def test_the_next_call_ends_the_rating_and_its_time(rating: Bench) -> None:
    rating.call()

    rating.pass_time(120)

    assert rating.state.visit is State.CALLING
    assert page(rating) is ApplicantPage.WELCOME
    assert rated(rating) is None


def test_a_receipt_that_needs_a_hand_keeps_the_visit_open_after_the_rating(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    bench.printer.ends = [DeviceError("printer", Fault.ATTENTION, "paper_out")]
    bench.submit()
    bench.desk.applicant_rates("SATISFIED")

    bench.pass_time(5)

    assert bench.state.visit is State.SUBMITTED
    assert bench.state.receipt.state is PrintState.NOT_PRINTED
    assert page(bench) is ApplicantPage.BLANK


def test_a_rating_that_the_disk_refuses_does_not_hold_the_applicant(rating: Bench) -> None:
    with rating.held_by_another():
        rating.desk.applicant_rates("SATISFIED")

    assert page(rating) is ApplicantPage.THANKS
    assert rated(rating) is None


# ---- the applicant's own wishes


def test_an_applicant_who_reads_english_checks_and_signs_the_english_text(at_confirm: Bench) -> None:
    at_confirm.desk.applicant_speaks("en")
    assert at_confirm.state.applicant_language == "en"
    at_confirm.sign()

    shown = at_confirm.desk._signing.shown(at_confirm.draft)
    signature = at_confirm.on_disk().signature
    assert shown is not None
    assert signature is not None
    assert (signature.language, signature.digest) == ("en", digest(shown, "en"))
    assert at_confirm.desk._signing.stands(at_confirm.draft)
    view = at_confirm.state.applicant
    assert view.declaration_en == shown.declaration.en
    assert [line.read_in("en").label for line in view.lines] == [value.label.en for value in shown.values]
    assert [paper.name_en for paper in view.materials] == [row.name.en for row in shown.materials]


def test_the_centre_is_sent_the_text_that_was_signed_and_its_language(at_confirm: Bench) -> None:
    at_confirm.desk.applicant_speaks("en")
    at_confirm.sign()
    at_confirm.submit()

    body = at_confirm.store.outbox.due(now=at_confirm.now)[0].body
    for row in at_confirm.store.outbox.due(now=at_confirm.now):
        if row.kind == "case":
            body = row.body
    sent = msgspec.json.decode(msgspec.json.decode(body)["submission"] if b'"submission"' in body else body)
    signature = sent["signature"]
    assert signature["language"] == "en"
    assert hashlib.sha256(signature["shown"].encode()).hexdigest() == signature["digest"]


@pytest.mark.parametrize("done", [1, 2])
def test_another_language_before_the_signature_begins_the_check_anew(at_confirm: Bench, done: int) -> None:
    at_confirm.desk.applicant_confirms()
    if done == 2:
        at_confirm.desk.applicant_agrees()

    at_confirm.desk.applicant_speaks("en")

    assert page(at_confirm) is ApplicantPage.CHECK
    assert (at_confirm.draft.checked_at, at_confirm.draft.agreed_at) == ("", "")


def test_another_language_after_the_signature_leaves_it_as_it_was_given(at_confirm: Bench) -> None:
    at_confirm.sign()
    signed = at_confirm.draft.signature

    at_confirm.desk.applicant_speaks("en")

    assert page(at_confirm) is ApplicantPage.SIGNED
    assert at_confirm.draft.signature == signed
    assert at_confirm.desk._signing.stands(at_confirm.draft)
    at_confirm.desk.ask_to_sign_again()
    assert page(at_confirm) is ApplicantPage.CHECK, "what is signed next is the English text, and that was not checked"


def test_after_a_crash_nobody_signs_in_one_language_what_was_checked_in_another(at_confirm: Bench) -> None:
    at_confirm.desk.applicant_speaks("en")
    at_confirm.desk.applicant_confirms()
    at_confirm.desk._core.set(applicant_language="zh", applicant=ApplicantView())  # a start knows nothing of a choice

    at_confirm.desk._signing.follow()

    assert page(at_confirm) is ApplicantPage.CHECK


def test_the_choices_of_the_applicant_end_with_the_visit(at_confirm: Bench) -> None:
    at_confirm.desk.applicant_speaks("en")
    at_confirm.desk.applicant_needs_help()

    at_confirm.desk.end_unfiled("other")
    at_confirm.settle()

    state = at_confirm.state
    assert state.visit is State.IDLE
    assert (state.applicant_language, state.help_asked_at, state.applicant) == ("zh", None, ApplicantView())


def test_help_is_told_until_the_clerk_has_answered_and_journaled_once(at_confirm: Bench) -> None:
    for _ in range(3):
        at_confirm.desk.applicant_needs_help()
    assert at_confirm.state.help_asked_at == NOW
    assert at_confirm.said == "applicant.help"
    at_confirm.desk.help_given()
    assert at_confirm.state.help_asked_at is None

    asked = [row for row in at_confirm.store.journal.entries() if row.action == "applicant.help"]
    assert [(row.actor, row.subject) for row in asked] == [("applicant", at_confirm.draft.visit_id)]


def test_a_masked_value_that_the_applicant_holds_is_in_the_journal_without_the_value(at_confirm: Bench) -> None:
    at_confirm.desk.applicant_reveals("operator_id_no")

    (row,) = [row for row in at_confirm.store.journal.entries() if row.action == "applicant.revealed"]
    assert "operator_id_no" in row.detail
    assert "5107" not in row.detail


def test_whoever_touches_the_rating_page_gets_the_whole_time_again(rating: Bench) -> None:
    rating.pass_time(50)
    rating.desk.applicant_touched()
    rating.pass_time(50)
    assert page(rating) is ApplicantPage.RATE
    rating.pass_time(11)
    assert page(rating) is not ApplicantPage.RATE


def test_nothing_ends_by_itself_while_somebody_checks_or_signs(at_confirm: Bench) -> None:
    at_confirm.pass_time(600)
    assert page(at_confirm) is ApplicantPage.CHECK
    at_confirm.desk.applicant_confirms()
    at_confirm.desk.applicant_agrees()
    at_confirm.pass_time(600)
    assert page(at_confirm) is ApplicantPage.SIGN


# ---- nobody sees what another person's visit showed


def hold(bench: Bench) -> None:
    bench.desk.hold("fetch")


def end(bench: Bench) -> None:
    bench.desk.end_unfiled("gave_up")


@pytest.mark.parametrize("leave", [hold, end])
def test_when_the_visit_leaves_the_window_nothing_of_it_is_on_the_applicants_screen(
    at_confirm: Bench, leave: Callable[[Bench], None]
) -> None:
    at_confirm.desk.applicant_speaks("en")
    at_confirm.desk.applicant_confirms()
    assert at_confirm.state.applicant.lines

    leave(at_confirm)
    at_confirm.settle()

    assert at_confirm.states[-1].visit is State.IDLE
    assert at_confirm.states[-1].applicant == ApplicantView()
    assert at_confirm.states[-1].applicant_language == "zh"


def test_while_the_clerk_has_locked_both_screens_are_given_nothing(at_confirm: Bench) -> None:
    at_confirm.desk.lock()
    at_confirm.settle()

    shown = at_confirm.states[-1]
    assert shown.lock is not None
    assert shown.applicant == ApplicantView()
    assert shown.draft is None
    at_confirm.desk.applicant_needs_help()
    assert at_confirm.states[-1].help_asked_at is None


def test_the_next_persons_welcome_has_nothing_of_the_one_before(at_confirm: Bench) -> None:
    at_confirm.desk.applicant_needs_help()
    at_confirm.desk.hold("fetch")
    at_confirm.settle()
    at_confirm.desk.call_next()
    at_confirm.until(lambda: at_confirm.state.visit is State.CALLING)

    view = at_confirm.state.applicant
    assert view.page is ApplicantPage.WELCOME
    assert (view.lines, view.materials, view.signer, view.declaration) == ((), (), "", "")
    assert at_confirm.state.help_asked_at is None


def test_after_a_kill_the_applicants_screen_is_blank_until_the_clerk_goes_on(tmp_path: Path) -> None:
    with Bench(tmp_path / "store") as before:
        before.up_to(Step.CONFIRM)
        before.desk.applicant_confirms()

    with Bench(tmp_path / "store") as again:
        assert again.state.recovered
        assert {state.applicant.page for state in again.states} == {ApplicantPage.BLANK}
        again.desk.go_on(True)
        again.settle()
        assert page(again) is ApplicantPage.DECLARE


def test_the_files_of_a_signature_in_an_open_visit_outlast_the_sweep(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    files = bench.store.pages.digests()
    bench.store.purge(delivered_before=datetime.now(UTC) + timedelta(hours=1))
    assert bench.store.pages.digests() == files

    bench.submit()
    assert {row.digest for row in bench.store.cases.pages(bench.draft.case_id)} <= bench.store.pages.digests()
