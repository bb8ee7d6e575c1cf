"""冲突: cases that this window accepted on its own word and that do not fit what the centre knows.

Nothing is undone by them. They stand among the open items until a clerk of the window says that they were looked at.
"""

import logging
from collections.abc import Callable
from uuid import uuid4

from window_client.central import contract
from window_client.central.client import CentralClient
from window_client.domain.identifiers import grouped
from window_client.reception.core import Core
from window_client.reception.state import CaseConflict, OpenedItem

log = logging.getLogger(__name__)

KIND = "conflict"


class Conflicts:
    """The conflicts of this window.

    Args:
        core: What the parts of the desk share.
        refresh: Asks for the open items again.
    """

    def __init__(self, core: Core, refresh: Callable[[], None]) -> None:
        self._core = core
        self._refresh = refresh
        self._listed: tuple[str, ...] = ()

    def found(self, case_no: str, count: int) -> None:
        """The centre found something that does not fit a case of this window."""
        self._core.say("conflict.found", bad=True, number=grouped(case_no), n=str(count))
        self._refresh()

    def open(self) -> None:
        """List them."""
        core = self._core
        window = core.state.window_no
        core.set(opened=OpenedItem(KIND, "asking"))

        def done(answer: contract.ConflictList) -> None:
            if core.state.opened is None or core.state.opened.kind != KIND:
                return
            self._listed = tuple(case.case_id for case in answer.cases)
            rows = tuple(
                CaseConflict(
                    case.case_no,
                    f"{case.applicant} · {case.item_name}",
                    row.kind,
                    row.label,
                    row.label_en,
                    row.ours,
                    row.theirs,
                )
                for case in answer.cases
                for row in case.conflicts
            )
            core.set(opened=OpenedItem(KIND, "ready", conflicts=rows))

        def failed(error: Exception) -> None:
            core.ignore(error)
            if core.state.opened is not None and core.state.opened.kind == KIND:
                core.set(opened=OpenedItem(KIND, "away"))

        core.ask(lambda client: client.conflicts(window), done=done, failed=failed)

    def settle(self) -> None:
        """The clerk has looked at those that are listed."""
        core = self._core
        listed, window = self._listed, core.state.window_no
        if not listed or core.state.opened is None or core.state.opened.kind != KIND:
            return
        self._listed = ()
        keys = {case_id: str(uuid4()) for case_id in listed}

        def work(client: CentralClient) -> None:
            for case_id, key in keys.items():
                client.conflicts_seen(window, case_id, key=key)

        def done(_: None) -> None:
            core.set(opened=None)
            core.say("conflict.settled", n=str(len(listed)))
            self._refresh()

        core.ask(work, done=done, failed=core.tell_unanswered)
