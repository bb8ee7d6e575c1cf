"""What the left column shows."""

from dataclasses import replace

import pytest

from tests.gui import gallery_reception as demo
from ui.reception.rail.model import rail
from window_client.domain.visit import State
from window_client.reception.state import QueueView, ReceptionState


def test_idle_fills_f2_on_the_card_and_offers_a_typed_number() -> None:
    shown = rail(demo.idle_state())
    assert (shown.face.mode, shown.face.number) == ("idle", "")
    assert shown.filled
    assert shown.in_card
    assert shown.can_call
    assert shown.can_call_number
    assert not shown.can_recall
    assert not shown.can_no_show


def test_a_called_number_can_be_called_again_or_given_up() -> None:
    shown = rail(demo.calling_state())
    assert (shown.face.mode, shown.face.aside) == ("calling", "已呼叫 1/3")
    assert shown.can_recall
    assert shown.can_no_show
    assert not shown.can_call


def test_while_serving_the_table_allows_no_calling() -> None:
    shown = rail(demo.materials_state())
    assert (shown.face.number, shown.face.aside, shown.face.usual_minutes) == ("C018", "等候 9 分", 14)
    offered = {shown.can_call, shown.can_recall, shown.can_no_show, shown.can_call_number}
    assert offered == {False}


def test_after_acceptance_f2_is_filled_and_the_time_stands_still() -> None:
    shown = rail(demo.accepted_state())
    assert shown.filled
    assert shown.can_call
    assert shown.face.until == demo.at("10:51")


def test_a_fault_takes_the_fill_and_leaves_f2_usable() -> None:
    shown = rail(demo.fault_state(), fault_has_the_fill=True)
    assert not shown.filled
    assert shown.can_call


def test_the_offer_to_go_on_takes_the_fill_from_f2() -> None:
    assert not rail(demo.recovered_state()).filled


def test_a_call_on_its_way_is_said_and_not_repeated() -> None:
    shown = rail(replace(demo.idle_state(), busy="calling"))
    assert shown.calling
    assert not shown.can_call


@pytest.mark.parametrize(("place", "middle", "chip"), [(0, "预约 10:45", True), (1, "老年优先", True), (2, "", False)])
def test_next_tickets_show_booking_or_priority(place: int, middle: str, chip: bool) -> None:
    row = rail(demo.materials_state()).next[place]
    assert (row.middle, row.chip) == (middle, chip)


def test_a_queue_out_of_reach_says_so_and_names_the_way_on() -> None:
    shown = rail(replace(demo.idle_state(), queue=QueueView(online=False)))
    assert shown.waiting_head == "排队服务没有连上"
    assert "F7" in shown.next_aside


def test_today_has_no_average_before_the_first_case() -> None:
    assert [value for _, value in rail(demo.nobody_state()).today] == ["0", "–", "0"]
    assert [value for _, value in rail(demo.idle_state()).today] == ["23", "8:40", "3"]


def test_a_visit_without_a_ticket_says_so() -> None:
    state: ReceptionState = replace(demo.materials_state(), ticket=None, visit=State.SERVING)
    assert rail(state).face.number == "免叫号"
