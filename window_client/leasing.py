"""Leases serials for case numbers, for today and the next working day, so that a number is final also offline."""

import logging
from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from window_client.central import contract
from window_client.central.client import CentralClient
from window_client.domain.calendar import WorkingCalendar
from window_client.lane import Lane
from window_client.store.blocks import Block, Blocks
from window_client.store.errors import StoreError

log = logging.getLogger(__name__)

LEAST = 60
"""Serials left of a day below which another block is leased."""

COUNT = 200


class Leasing:
    """Keeps the window in numbers. ``check`` is cheap and may be called at every occasion."""

    def __init__(
        self,
        blocks: Blocks,
        *,
        client: CentralClient,
        ask: Lane,
        window_no: int,
        calendar: WorkingCalendar,
        clock: Callable[[], datetime],
    ) -> None:
        self._blocks = blocks
        self._client = client
        self._ask = ask
        self._window_no = window_no
        self._calendar = calendar
        self._clock = clock
        self._asked: set[date] = set()

    def check(self) -> None:
        """Lease what is lacking."""
        today = self._clock().date()
        for day in (today, self._calendar.next_working_day(today).date):
            if day not in self._asked and self._blocks.left(day.isoformat()) < LEAST:
                self._asked.add(day)
                self._ask.run(
                    partial(self._lease, day), done=partial(self._leased, day), failed=partial(self._none, day)
                )

    def _lease(self, day: date) -> contract.NumberBlock:
        return self._client.lease_numbers(self._window_no, day.isoformat(), COUNT)

    def _leased(self, day: date, block: contract.NumberBlock) -> None:
        self._asked.discard(day)
        kept = Block(id=f"{block.area}-{block.day}-{block.first}", day=block.day, first=block.first, last=block.last)
        try:
            self._blocks.add(kept)
            log.info("serials for %s: %d left", day, self._blocks.left(day.isoformat()))
        except StoreError as error:  # these serials are lost, as with a kill here; the next look leases others
            log.warning("leased serials for %s could not be kept: %s", day, error.code)

    def _none(self, day: date, error: Exception) -> None:
        self._asked.discard(day)
        log.info("no serials for %s: %s", day, error)
