import pytest

from tests.unit.window_client.central.service.samples import Hall, case, number
from window_client.central import contract as c
from window_client.central.service import numbers
from window_client.central.service.refusal import Refused
from window_client.domain.identifiers import case_no_valid, make_provisional_no


def lease(hall: Hall, window: int = 12, day: str = "", count: int = 10) -> c.NumberBlock:
    return hall.run(numbers.lease, c.LeaseNumbers(window, day or hall.now.date().isoformat(), count), window=window)


def test_two_leases_never_overlap(hall: Hall) -> None:
    first, second, other = lease(hall), lease(hall, 13), lease(hall, count=1)

    assert (first.first, first.last) == (1, 10)
    assert (second.first, second.last) == (11, 20)
    assert (other.first, other.last) == (21, 21)


def test_each_day_has_its_own_serials(hall: Hall) -> None:
    lease(hall)
    hall.later(days=1)

    assert lease(hall).first == 1


@pytest.mark.parametrize(
    ("count", "day", "code"),
    [
        (0, "", "bad_count"),
        (9999, "", "bad_count"),
        (1, "2020-01-01", "bad_day"),
        (1, "tomorrow", "bad_day"),
        (1, "2027-11-24", "bad_day"),
    ],
)
def test_nonsense_is_not_leased(hall: Hall, count: int, day: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        lease(hall, day=day, count=count)

    assert caught.value.code == code


def test_a_window_leases_for_itself(hall: Hall) -> None:
    with pytest.raises(Refused) as caught:
        hall.run(numbers.lease, c.LeaseNumbers(13, hall.now.date().isoformat()), window=12)

    assert caught.value.code == "not_your_window"


def test_a_number_must_be_right_and_leased_to_this_window(hall: Hall) -> None:
    lease(hall)
    lease(hall, 13)
    right = number(hall.now, 3)
    wrong_digit = right[:-1] + str((int(right[-1]) + 1) % 10)

    assert numbers.check(hall.call(), case(right, hall.now)) == (right, "")
    for case_no, code in ((wrong_digit, "bad_case_no"), ("123", "bad_case_no"), (number(hall.now, 13), "not_leased")):
        with pytest.raises(Refused) as caught:
            numbers.check(hall.call(), case(case_no, hall.now))
        assert caught.value.code == code


def test_a_provisional_number_is_mapped_to_a_final_one(hall: Hall) -> None:
    provisional = make_provisional_no(12, hall.now.date(), 1)

    final, kept = numbers.check(hall.call(), case(provisional, hall.now))

    assert case_no_valid(final)
    assert kept == provisional
    with pytest.raises(Refused):
        numbers.check(hall.call(), case(make_provisional_no(13, hall.now.date(), 1), hall.now))


def test_the_national_number_counts_by_item_and_day(hall: Hall) -> None:
    task = hall.documents.items["SC-MKT-001"].task_code
    first, second = (numbers.national(hall.call(), task) for _ in range(2))

    assert len(first) == 43
    assert first.endswith("0001")
    assert second.endswith("0002")
