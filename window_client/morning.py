"""今天 at the sign-in page: what awaits the window, in numbers, from the centre or as it was last known today.

Items that changed are counted here, by comparing a new catalogue with the one that was on the shelf.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import msgspec

from window_client.central import contract
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.domain.catalogue import Catalogue
from window_client.lane import Lane
from window_client.store.cache import Cache
from window_client.store.errors import StoreError

log = logging.getLogger(__name__)

T = TypeVar("T")

KEY = "morning"
UPDATES = "item-updates"

Rows = tuple[tuple[str, str], ...]
"""Code and value, as ``SignInState.today`` has them."""


class Updates(msgspec.Struct, frozen=True):
    """How many items another catalogue brought or changed, and on which day it came."""

    day: str
    items: int


class MorningFigures:
    """Asks for the figures, keeps them, and shows what is known of today.

    Args:
        cache: Where they are kept.
        client: For the lane of questions.
        ask: The lane of questions.
        window_no: The window.
        clock: The window's time.
        show: Called with the rows for the page.
    """

    def __init__(
        self,
        cache: Cache,
        *,
        client: CentralClient,
        ask: Lane,
        window_no: int,
        clock: Callable[[], datetime],
        show: Callable[[Rows], None],
    ) -> None:
        self._cache = cache
        self._client = client
        self._ask = ask
        self._window_no = window_no
        self._clock = clock
        self._show = show

    def ask(self) -> None:
        """Show what is known, and ask for what is new."""
        self.present()
        window = self._window_no
        self._ask.run(lambda: self._client.morning(window), done=self._came, failed=self._away)

    def present(self) -> None:
        """Show what is known of today."""
        self._show(self._rows())

    def catalogue_came(self, before: Catalogue | None, now: Catalogue) -> None:
        """Another catalogue version came; of the very first one nothing is an update."""
        if before is None or before.meta.catalog_version == now.meta.catalog_version:
            return
        known = {item.id: item.version for item in before.items}
        changed = sum(known.get(item.id) != item.version for item in now.items)
        self._keep(UPDATES, Updates(self._day(), changed))
        self.present()

    def _came(self, figures: contract.Morning) -> None:
        self._keep(KEY, figures)
        self.present()

    def _away(self, error: Exception) -> None:
        if not isinstance(error, Unavailable | Rejected):
            raise error
        log.info("what awaits the window is not known: %s", error)

    def _day(self) -> str:
        return self._clock().date().isoformat()

    def _keep(self, key: str, figures: msgspec.Struct) -> None:
        try:
            self._cache.put(key, msgspec.json.encode(figures))
        except StoreError as error:
            log.warning("figures of the day are not kept: %s", error.code)

    def _rows(self) -> Rows:
        rows: list[tuple[str, str]] = []
        figures = self._kept(KEY, contract.Morning)
        if figures is not None and figures.day == self._day():
            booked = f"{figures.booked}|{figures.first}" if figures.first else str(figures.booked)
            rows += [
                ("booked_first" if figures.first else "booked", booked),
                ("corrections", str(figures.corrections)),
                ("deferred_due", str(figures.deferred_due)),
            ]
        updates = self._kept(UPDATES, Updates)
        if updates is not None and updates.day == self._day():
            rows.append(("item_updates", str(updates.items)))
        elif rows:
            rows.append(("item_updates", "0"))
        return tuple(rows)

    def _kept(self, key: str, kind: type[T]) -> T | None:
        cached = self._cache.get(key)
        try:
            return msgspec.json.decode(cached.body, type=kind) if cached else None
        except msgspec.DecodeError:  # of another version of this program
            return None
