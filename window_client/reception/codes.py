"""Scanned codes: what the counter does with each, wherever it comes from (a scanner at a port, or one that types).

A scanner is listened to while a clerk sits here and the screen is not locked; what is scanned meanwhile is thrown away
by its driver. While idle a ticket is called and a receipt's case is shown; in step 1 the code of a business licence is
looked up; in step 2 the code of an item takes the item; in step 4 a document's code, or a separator's, makes its row
the one that pages go to. A code that nobody can use says so and changes nothing. Codes are never logged.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event as Cancel

import msgspec

from drivers.contracts import ScannedCode
from drivers.errors import DeviceError, DeviceState, Fault
from window_client.central import contract
from window_client.domain.identifiers import grouped
from window_client.domain.representing import ORGANISATION
from window_client.domain.scanned import case_number, one_of, organisation_code_of, parts, ticket_number
from window_client.domain.visit import State, Step
from window_client.reception.core import Core
from window_client.reception.papers import Papers
from window_client.reception.separators import NEXT, Batch, material_of, separator_of
from window_client.reception.state import OpenedItem

log = logging.getLogger(__name__)

WAIT = 60.0
"""Seconds of one question to the scanner."""

KIND = "scanned"
"""The kind of the open item that shows a scanned case."""

QUIET_FOR = timedelta(seconds=3)
"""How long a damaged code is not told again: a scanner at a wrong speed sends nothing else."""

_WELL = {DeviceState.READY.value, DeviceState.BUSY.value}


class Codes:
    """Listens to the code scanner and does what a code asks for.

    Args:
        core: The desk's core.
        papers: The papers of the visit.
        call: Calls a number.
        look_up: Asks the business register for an organisation.
        choose_item: Takes an item.
    """

    def __init__(
        self,
        core: Core,
        papers: Papers,
        *,
        call: Callable[[str], None],
        look_up: Callable[[str], None],
        choose_item: Callable[[str], None],
    ) -> None:
        self._core = core
        self._papers = papers
        self._call = call
        self._look_up = look_up
        self._choose_item = choose_item
        self._cancel: Cancel | None = None
        self._told_at: datetime | None = None

    # ---- listening

    def follow(self) -> None:
        """Listen while somebody may use a code, and begin again when the scanner comes back."""
        core = self._core
        if self._cancel is not None or not self._wanted():
            return
        if not any(d.kind == "codes" and d.state in _WELL for d in core.deps.devices.views()):
            return
        self._ask()

    def rest(self) -> None:
        """Nobody looks: a code scanned now is not taken."""
        cancel, self._cancel = self._cancel, None
        if cancel is not None:
            cancel.set()

    def make_room(self, device_id: str) -> None:
        """Somebody wants to look at the scanner: it is listened to again when that is done."""
        if any(d.kind == "codes" and d.id == device_id for d in self._core.deps.devices.views()):
            self.rest()

    def _wanted(self) -> bool:
        return self._core.state.clerk is not None and self._core.state.lock is None

    def _ask(self) -> None:
        listening: Cancel | None = None

        def done(code: ScannedCode | None) -> None:
            if self._cancel is not listening:
                return
            self._cancel = None
            if self._wanted():
                if code is not None:
                    self.came(code.text)
                self.follow()

        def failed(error: DeviceError) -> None:
            if self._cancel is not listening:
                return
            self._cancel = None
            if error.fault is Fault.GARBLED and self._wanted():
                self._tell_damaged()
            if error.retryable:
                self.follow()

        listening = self._cancel = self._core.deps.devices.read_code(wait=WAIT, done=done, failed=failed)

    def _tell_damaged(self) -> None:
        now = self._core.now()
        if self._told_at is None or not timedelta() <= now - self._told_at < QUIET_FOR:
            self._told_at = now
            self._core.say("codes.garbled", bad=True)

    # ---- what a code does

    def came(self, text: str) -> None:
        """A code was scanned."""
        state = self._core.state
        if not self._wanted():
            return
        used = {
            State.IDLE: self._while_idle,
            State.CALLING: self._in_step,
            State.SERVING: self._in_step,
        }.get(state.visit)
        if used is None or not used(text):
            log.info("a code of %d characters is of no use here", len(text))
            self._core.say("codes.unknown", bad=True)

    def _while_idle(self, text: str) -> bool:
        if number := case_number(text):
            self._show_case(number)
        elif number := ticket_number(text):
            self._call(number)
        else:
            return False
        return True

    def _in_step(self, text: str) -> bool:
        step = self._core.state.open_step
        if step is Step.IDENTITY:
            return self._organisation(text)
        if step is Step.ITEM:
            return self._item(text)
        return step is Step.MATERIALS and self._material(text)

    def _organisation(self, text: str) -> bool:
        code = organisation_code_of(text)
        if not code or self._core.draft.party != ORGANISATION:
            return False
        self._look_up(code)
        return True

    def _item(self, text: str) -> bool:
        core = self._core
        for part in parts(text):
            for hit in core.deps.shelf.search(part, 3):
                item = core.deps.shelf.item(hit.item_id)
                if item is None or not one_of(part, (item.id, item.task_code, item.catalog_code)):
                    continue
                if core.state.item is not None and core.state.item.id != item.id:
                    return False  # another item than the one that was begun: the clerk chooses that by hand
                self._choose_item(item.id)
                core.say("codes.item", name=item.name, name_en=item.name_en)
                return True
        return False

    def _material(self, text: str) -> bool:
        papers, core = self._papers, self._core
        if not papers.arranging():
            return False
        asked = papers.asked()
        codes = tuple(part.upper() for part in parts(text)) or (text,)
        separator = separator_of((text.strip(), text.strip().upper()))
        row = material_of((text.strip(),), asked) or one_of(text, asked) or material_of(codes, asked)
        if separator == NEXT:
            batch = Batch(papers.target(), asked, papers.wants_no_paper())
            batch.add("separator", blank=False)
            batch.read("separator", NEXT, "")
            row = batch.add("following", blank=False)
        elif separator:
            row = one_of(separator, asked)
        material = papers.material(row)
        if material is None:
            return False
        if row != core.draft.current_material:
            papers.selected = ""
            if not core.keep(msgspec.structs.replace(core.draft, current_material=row)):
                return True
        core.say("codes.row", name=material.short_name or material.name)
        return True

    def _show_case(self, number: str) -> None:
        """What the centre says of a case stands among the open items until it is closed."""
        core = self._core
        core.set(opened=OpenedItem(KIND, "asking"))

        def done(found: contract.CaseList) -> None:
            if core.state.opened is None or core.state.opened.kind != KIND:
                return
            rows = tuple(
                (grouped(case.case_no), f"{case.applicant} · {case.item_name}", case.promised_by)
                for case in found.cases[:1]
            )
            core.set(opened=OpenedItem(KIND, "ready", rows))

        def failed(error: Exception) -> None:
            core.ignore(error)
            if core.state.opened is not None and core.state.opened.kind == KIND:
                core.set(opened=OpenedItem(KIND, "away"))

        core.ask(lambda client: client.cases(case_no=number, limit=1), done=done, failed=failed)
