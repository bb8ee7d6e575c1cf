"""Scanned codes at the desk: each does what it stands for where it is of use, and elsewhere it changes nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from drivers.errors import DeviceError, Fault
from tests.desk import ITEM, WINDOW, Bench
from window_client.central import contract
from window_client.domain.identifiers import grouped, make_case_no
from window_client.domain.representing import ORGANISATION
from window_client.domain.visit import State, Step
from window_client.paper.receipt import qr_text
from window_client.reception.codes import QUIET_FOR
from window_client.reception.separators import NEXT, separator_text
from window_client.reception.state import TriedState

USCC = "91510799MA9T00018J"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path, gun=True) as made:
        yield made


def scan(bench: Bench, code: str | DeviceError) -> None:
    """Pull the trigger, and wait until the desk has told what came of it or asks anew."""
    before = bench.gun.asked
    bench.gun.scanned.put(code)
    bench.until(lambda: bench.gun.asked > before, "the desk listens again")
    bench.settle()


def case_no() -> str:
    return make_case_no("510799", date(2026, 11, 24), 7)


def summary(number: str) -> contract.CaseSummary:
    return contract.CaseSummary(
        case_id="case-7",
        case_no=number,
        national_no="",
        item_id=ITEM,
        item_name="个体工商户设立登记",
        state="ACCEPTED",
        applicant="李*",
        window=WINDOW,
        clerk="1203",
        accepted_at="2026-11-24T09:00:00+08:00",
        received_at="2026-11-24T09:00:01+08:00",
        promised_by="2026-11-27",
    )


def test_a_ticket_is_called_while_nobody_is_served(bench: Bench) -> None:
    scan(bench, "https://hall.example/t/C042")
    assert bench.state.visit is State.CALLING
    assert bench.draft.ticket.number == "C042"
    assert [body["number"] for body in bench.centre.of("call-number")] == ["C042"]


def test_a_receipt_shows_its_case_among_the_open_items(bench: Bench) -> None:
    number = case_no()
    bench.centre.answers["cases"] = contract.CaseList(1, (summary(number),))
    scan(bench, qr_text(number, "K7Q2"))
    bench.until(lambda: bench.state.opened is not None and bench.state.opened.status == "ready", "case shown")
    assert bench.state.opened is not None
    assert bench.state.opened.rows == ((grouped(number), "李* · 个体工商户设立登记", "2026-11-27"),)
    assert bench.state.visit is State.IDLE
    bench.desk.open_item("")
    assert bench.state.opened is None


def test_a_receipt_without_the_centre_says_that_it_cannot_be_asked(bench: Bench) -> None:
    bench.centre.down = True
    scan(bench, case_no())
    bench.until(lambda: bench.state.opened is not None and bench.state.opened.status == "away", "told")


def test_the_code_of_an_item_takes_the_item_in_step_2(bench: Bench) -> None:
    bench.up_to(Step.ITEM)
    scan(bench, ITEM.lower())
    assert bench.state.item is not None
    assert bench.state.item.id == ITEM
    assert bench.said == "codes.item"


def test_the_code_of_another_item_does_not_throw_the_begun_one_away(bench: Bench) -> None:
    bench.up_to(Step.ITEM)
    bench.choose()
    before = bench.draft
    scan(bench, "SC-MKT-002")
    assert bench.said == "codes.unknown"
    assert bench.draft == before


def test_a_documents_code_makes_its_row_the_one_that_pages_go_to(bench: Bench) -> None:
    bench.up_to(Step.MATERIALS)
    scan(bench, f"F1/{ITEM}-M03")
    assert bench.draft.current_material == f"{ITEM}-M03"
    assert bench.on_disk().current_material == f"{ITEM}-M03"
    assert bench.said == "codes.row"
    scan(bench, separator_text(f"{ITEM}-M06"))
    assert bench.draft.current_material == f"{ITEM}-M06"
    scan(bench, separator_text(NEXT))
    assert bench.draft.current_material == f"{ITEM}-M07"


def test_a_business_licence_is_looked_up_where_an_organisation_applies(bench: Bench) -> None:
    bench.call()
    scan(bench, f"https://register.example/?uniscid={USCC}")
    assert bench.said == "codes.unknown"
    bench.desk.choose_party(ORGANISATION)
    scan(bench, f"https://register.example/?uniscid={USCC}")
    assert any(USCC in f"{name} {body}" for name, body in bench.centre.asked)


@pytest.mark.parametrize("step", [Step.IDENTITY, Step.ITEM, Step.FORM, Step.MATERIALS])
def test_a_code_that_nobody_can_use_says_so_and_changes_nothing(bench: Bench, step: Step) -> None:
    bench.up_to(step)
    before = bench.draft
    scan(bench, "6901234567892")
    assert bench.said == "codes.unknown"
    assert bench.draft == before


def test_a_code_that_nobody_can_use_leaves_the_window_idle(bench: Bench) -> None:
    scan(bench, "6901234567892")
    assert (bench.said, bench.state.visit, bench.state.opened) == ("codes.unknown", State.IDLE, None)


def test_a_damaged_code_is_told_and_the_next_one_is_taken(bench: Bench) -> None:
    scan(bench, DeviceError("codes", Fault.GARBLED))
    assert bench.said == "codes.garbled"
    scan(bench, "C042")
    assert bench.draft.ticket.number == "C042"


def test_a_scanner_that_sends_nothing_but_damage_does_not_fill_the_screen_with_it(bench: Bench) -> None:
    scan(bench, DeviceError("codes", Fault.GARBLED))
    first = bench.state.say
    scan(bench, DeviceError("codes", Fault.GARBLED))
    assert bench.state.say == first
    bench.now += QUIET_FOR
    scan(bench, DeviceError("codes", Fault.GARBLED))
    assert bench.state.say != first


def test_while_locked_nobody_listens_and_after_it_the_next_code_counts(bench: Bench) -> None:
    bench.desk.lock()
    bench.settle()
    bench.gun.scanned.put("C041")
    bench.desk.code_came("C040")
    bench.until(lambda: any(view.kind == "codes" and view.state == "ready" for view in bench.devices.views()), "rests")
    bench.settle()
    assert bench.state.visit is State.IDLE
    while not bench.gun.scanned.empty():
        bench.gun.scanned.get()  # as the driver does with what nobody asked for
    bench.desk.unlock("1203", "demo")
    bench.settle()
    scan(bench, "C042")
    assert bench.draft.ticket.number == "C042"


def test_a_scanner_that_is_listened_to_can_be_checked_at_once_and_is_listened_to_again(bench: Bench) -> None:
    bench.until(lambda: bench.gun.asked, "somebody listens")
    asked = bench.gun.asked
    bench.desk.check_device("codes")
    bench.until(lambda: bench.state.tried is not None and bench.state.tried.state is TriedState.DONE, "checked")
    bench.until(lambda: bench.gun.asked > asked, "listens again")
    scan(bench, "C042")
    assert bench.draft.ticket.number == "C042"


def test_a_scanner_that_types_does_the_same(bench: Bench) -> None:
    bench.desk.code_came("c043")
    bench.settle()
    assert bench.draft.ticket.number == "C043"


def test_a_scanner_that_comes_back_is_listened_to_again(bench: Bench) -> None:
    bench.gun.scanned.put(DeviceError("codes", Fault.ABSENT))
    asked = bench.gun.asked
    bench.until(lambda: bench.gun.asked > asked, "listens again after it came back")
    scan(bench, "C042")
    assert bench.draft.ticket.number == "C042"
