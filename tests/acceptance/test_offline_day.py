"""Many visits in a row without the network; every one of them arrives once, with all its pages."""

from collections import Counter as Tally
from pathlib import Path

from tests.offline_day import OfflineDay

VISITS, SERIALS = 25, 20


def test_a_morning_without_the_network_arrives_whole_and_once(tmp_path: Path) -> None:
    with OfflineDay(tmp_path, serials=SERIALS) as day:
        for place in range(VISITS):
            day.visit(f"C{900 + place}")
        store = day.bench.store
        counts = store.outbox.counts()
        assert (counts.cases, counts.set_aside) == (VISITS, 0)
        local = [number for number in day.case_nos if not number.isdigit()]
        assert len(local) == VISITS - SERIALS, "local numbers once the block is used up"
        assert len(set(day.case_nos)) == VISITS

        told = day.deliver()

        arrived = day.arrived()
        assert (arrived.cases, arrived.twice, arrived.pages_lacking) == (VISITS, (), 0)
        assert {number for number in day.case_nos if number.isdigit()} <= arrived.numbers
        for case_no in local:
            row = store.cases.get(case_no)
            assert row is not None
            assert row.final_no in arrived.numbers, "a local number was exchanged for a final one"
        sent = Tally(row.kind for row in told)
        assert (sent["case"], sent["visit"], sent["rating"]) == (VISITS, VISITS, VISITS)
        assert arrived.visits >= VISITS
        assert store.outbox.counts().waiting == 0
