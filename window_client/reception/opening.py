"""我的未完事项 and 今天需知道: what stands behind a line, and which notices were read."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace

from window_client.central import contract
from window_client.domain.identifiers import grouped
from window_client.reception.core import Core
from window_client.reception.state import OpenedItem
from window_client.store.errors import StoreError

log = logging.getLogger(__name__)

READ = "notices-read"
"""The cache's key of the notices that were read at this window; losing it costs a second look."""

STATES = {"correction": "CORRECTION", "deferred": "ACCEPTED"}
"""Kind of an open item → the state in which the centre lists its cases."""

MOST = 20


class Opening:
    """Open items and notices.

    Args:
        core: The desk's core.
        show_left_over: Puts receipts that need a hand among the open items.
    """

    def __init__(self, core: Core, show_left_over: Callable[[], None]) -> None:
        self._core = core
        self._show_left_over = show_left_over

    def refresh_today(self) -> None:
        """Ask for 今日, the open items and the notices."""
        core, window = self._core, self._core.state.window_no

        def counted(today: contract.WindowToday) -> None:
            items = tuple(
                (
                    row.kind,
                    row.count,
                    " · ".join(filter(None, (f"{grouped(row.number)} {row.name}".strip(), row.item_name))),
                    row.note or row.due,
                )
                for row in today.open
            )
            core.set(
                today=replace(
                    core.state.today,
                    done=today.served,
                    average_seconds=today.average_seconds,
                    deferred=today.deferred,
                    open_items=items,
                )
            )
            self._show_left_over()

        def noticed(notices: tuple[contract.Notice, ...]) -> None:
            core.set(today=replace(core.state.today, notices=tuple((row.text, row.at) for row in notices)))
            self.notices_came()

        core.ask(lambda client: client.today(window), done=counted, failed=core.ignore)
        core.ask(lambda client: client.notices(), done=noticed, failed=core.ignore)

    def open_item(self, kind: str) -> None:
        """List the cases behind a line; an unknown or empty kind closes the list."""
        core = self._core
        if kind not in STATES:
            core.set(opened=None)
            return
        window = core.state.window_no
        core.set(opened=OpenedItem(kind, "asking"))

        def done(found: contract.CaseList) -> None:
            if core.state.opened is not None and core.state.opened.kind == kind:
                cases = [row for row in found.cases if kind != "deferred" or row.deferred]
                core.set(opened=OpenedItem(kind, "ready", tuple(_row(case) for case in cases[:MOST])))

        def failed(error: Exception) -> None:
            core.ignore(error)
            if core.state.opened is not None and core.state.opened.kind == kind:
                core.set(opened=OpenedItem(kind, "away"))

        core.ask(lambda client: client.cases(state=STATES[kind], window=window, limit=100), done=done, failed=failed)

    def read_notice(self, text: str, at: str) -> None:
        """Mark a notice as read; those that are no longer shown are forgotten."""
        core = self._core
        today = core.state.today
        if (text, at) not in today.notices:
            return
        read = (today.notices_read & set(today.notices)) | {(text, at)}
        core.set(today=replace(today, notices_read=read))
        try:
            core.deps.store.cache.put(READ, json.dumps(sorted(read), ensure_ascii=False).encode())
        except StoreError as error:
            log.warning("the notice will be new again: %s", error.code)

    def notices_came(self) -> None:
        """Notices came from the centre: which of them were read here before?"""
        core = self._core
        cached = core.deps.store.cache.get(READ)
        pairs = json.loads(cached.body) if cached else []
        read = frozenset((str(text), str(at)) for text, at in pairs) & set(core.state.today.notices)
        if read != core.state.today.notices_read:
            core.set(today=replace(core.state.today, notices_read=read))


def _row(case: contract.CaseSummary) -> tuple[str, str, str]:
    return grouped(case.case_no), f"{case.applicant} · {case.item_name}", case.promised_by
