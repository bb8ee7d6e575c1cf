from datetime import datetime, timedelta

import pytest

from tests.unit.window_client.central.service.samples import Hall
from window_client.central.service import accounts, demo, picture
from window_client.domain.identifiers import case_no_valid, id_no_valid


@pytest.mark.parametrize("minutes", range(0, 60, 7))
def test_the_two_bookings_come_first_at_any_time_of_the_day(hall: Hall, minutes: int) -> None:
    hall.later(minutes=minutes)
    hall.run(demo.seed_demo)

    numbers = [ticket.number for ticket in hall.run(picture.queue, query={"window": "12"}).next]
    assert numbers[:4] == ["C018", "C019", "A037", "E021"]


def test_the_slots_of_the_picture() -> None:
    now = datetime(2026, 11, 24, 10, 35).astimezone()

    assert [f"{slot:%H:%M}" for slot in demo.slots(now)] == ["10:30", "10:45"]
    assert demo.slots(now)[1] - demo.slots(now)[0] == timedelta(minutes=15)


def test_seeding_twice_changes_nothing(morning: Hall) -> None:
    before = morning.db.execute("SELECT count(*) FROM tickets").fetchone()[0]
    morning.run(demo.seed_demo)

    assert morning.db.execute("SELECT count(*) FROM tickets").fetchone()[0] == before


def test_the_queue_may_begin_empty(hall: Hall) -> None:
    hall.run(lambda call: demo.seed_demo(call, with_tickets=False))

    assert hall.run(picture.queue, query={"window": "12"}).waiting == 0


def test_everybody_in_the_demo_is_invented_and_every_number_right(morning: Hall) -> None:
    people = [row[0] for row in morning.db.execute("SELECT id_no FROM people UNION SELECT id_no FROM bookings")]
    people += [row[0] for row in morning.db.execute("SELECT id_no FROM cases")]

    assert all("510799" in number for number in people)
    assert all(id_no_valid(number) for number in people if not number.startswith("9"))
    assert all(case_no_valid(row[0]) for row in morning.db.execute("SELECT case_no FROM cases"))


def test_the_demo_accounts_can_sign_in(morning: Hall) -> None:
    assert accounts.right_password(morning.db, "1203", "demo")
    assert accounts.right_password(morning.db, "4001", "demo")
    assert accounts.right_password(morning.db, "kiosk-1", "demo")
