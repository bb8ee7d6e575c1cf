from tests.unit.window_client.central.service.samples import Hall
from window_client.central.service import news
from window_client.central.service.call import publish


def test_the_rail_and_the_open_items_of_the_picture(morning: Hall) -> None:
    today = morning.run(news.today)

    assert (today.served, today.average_seconds, today.deferred) == (23, 520, 3)
    assert [(item.kind, item.count, item.number, item.name) for item in today.open] == [
        ("correction", 2, "C004", "张伟"),
        ("held", 1, "C012", "赵磊"),
        ("deferred", 3, "C032", "周洋"),
    ]
    assert today.open[2].note == "场所平面图"
    assert today.open[2].due == "2026-11-26"


def test_a_window_without_anything_open_has_an_empty_list(hall: Hall) -> None:
    assert hall.run(news.today, window=13).open == ()


def test_notices_come_newest_first(morning: Hall) -> None:
    notices = morning.run(news.notices).notices

    assert [notice.item_id for notice in notices] == ["SC-MKT-001", ""]


def test_health_tells_time_and_catalogue(hall: Hall) -> None:
    health = hall.run(news.health)

    assert (health.catalogue_version, health.time[:10]) == ("2", "2026-11-24")


def test_events_follow_a_number_in_their_order(hall: Hall) -> None:
    for number in range(5):
        publish(hall.call(), "queue", n=number)

    assert [event.data["n"] for event in news.events_after(hall.db, 2)] == [2, 3, 4]
    assert [event.id for event in news.events_after(hall.db, 0, limit=2)] == [1, 2]


def test_old_events_go_and_numbers_go_on(hall: Hall) -> None:
    publish(hall.call(), "queue")
    publish(hall.call(), "queue")
    hall.later(days=hall.rules.event_days + 1)
    hall.run(news.forget_old)
    publish(hall.call(), "queue")

    assert [event.id for event in news.events_after(hall.db, 0)] == [2, 3]


def test_stored_answers_are_forgotten_after_their_time(hall: Hall) -> None:
    hall.db.execute("INSERT INTO idempotency VALUES ('k', 'd', x'', ?)", (hall.now.timestamp(),))
    hall.run(news.forget_old)
    assert hall.db.execute("SELECT count(*) FROM idempotency").fetchone()[0] == 1

    hall.later(days=hall.rules.idempotency_days + 1)
    hall.run(news.forget_old)
    assert hall.db.execute("SELECT count(*) FROM idempotency").fetchone()[0] == 0
