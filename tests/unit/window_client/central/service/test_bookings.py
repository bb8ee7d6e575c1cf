import pytest

from tests.unit.window_client.central.service.samples import Hall
from window_client.central import contract as c
from window_client.central.service import bookings, people, tickets
from window_client.central.service.refusal import Refused


def test_the_summary_of_the_next_number_as_in_the_picture(morning: Hall) -> None:
    booking = morning.run(people.look_up, c.PersonLookup("510799198806120017")).earlier[0].id

    summary = bookings.summary(morning.call(), booking)

    assert summary
    assert (summary.item_name, summary.applicant, summary.appointment) == ("个体工商户设立登记", "李*", "10:30")
    assert (summary.prefilled, summary.materials, summary.uploaded, summary.usual_minutes) == (12, 5, 1, 14)
    assert not summary.agent


def test_an_unknown_booking_has_no_summary_and_no_ticket(morning: Hall) -> None:
    assert bookings.summary(morning.call(), "none") is None
    with pytest.raises(Refused) as caught:
        morning.run(tickets.take, c.TakeTicket("C", booking="none"))
    assert caught.value.code == "no_such_booking"


def test_checking_in_gives_a_ticket_with_the_appointment(morning: Hall) -> None:
    booking = morning.run(people.look_up, c.PersonLookup("510799198806120017")).earlier[0].id

    ticket = morning.run(tickets.take, c.TakeTicket("C", booking=booking))

    assert (ticket.number, ticket.booked_at) == ("C022", "10:30")


def test_an_appointment_is_a_moment_of_today(morning: Hall) -> None:
    call = morning.call()

    assert bookings.moment(call, "10:30") == call.seconds - 300
