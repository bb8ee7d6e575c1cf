"""Every fault switch of every device × every step of a visit, over the whole counter without a screen.

``TABLE`` says what the desk tells when the device is used while a switch is on. ``Matrix`` has one counter of one kind
of device; ``walk`` goes through a visit and switches a fault on at each step that it is given: the visit goes on or
says why not, nothing that was typed or scanned is lost, nothing is left busy, and the device comes back by itself when
the switch is off. An emulator that has a switch without a row here is a failure (``unlisted``).

The part that CI can pay for is ``tests/acceptance/test_fault_matrix.py``, all of it ``make bench B=faults``.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.counter import Counter, take_numbers
from ui.reception.result.model import result
from ui.reception.viewer.device_model import device as device_face
from ui.words import words
from window_client.central.service import faults as central_faults
from window_client.demo import LIMING
from window_client.domain.material import all_pages
from window_client.domain.visit import Draft, State, Step
from window_client.reception.state import PrintState, Reading

WORKS = "works"
"""The device does what it should all the same."""

STOPPED = "stopped"
"""It would go on for long: the clerk stops it, and it stops."""

SIGNED_OUT = "signed_out"
"""The session is over: the visit goes on, and sending waits until somebody signs in again."""

GONE = "killed"
"""The process is killed: the cable is out."""

TABLE: dict[str, dict[str, str]] = {
    "id_card": {
        GONE: "absent",
        "silent": "timeout",
        "garbled": "garbled",
        "wrong_answer": "garbled",
        "partial_answer": "garbled",
        "noise": WORKS,
        "slow": WORKS,
        "card_moved": "card_moved",
        "truncated": STOPPED,  # half an answer, and the card is gone: the clerk waits for it to be laid down again
        "not_genuine": "card_not_genuine",
        "unknown_card": "card_unknown",
        "latch": WORKS,
        "sam_fault": "sam_self_test",
        "early_timeout_frame": WORKS,
    },
    "scanner": {
        GONE: "absent",
        "jam_after:1": "jam",
        "door_open": "cover_open",
        "no_documents": "no_documents",
        "busy": STOPPED,
        "slow": WORKS,
        "wrong_location": WORKS,
        "cut_location": WORKS,
        "early_404": WORKS,
        "gone": "garbled",
        "pdf_only": WORKS,
        "hangs": STOPPED,
        "not_ready": "timeout",
        "silent": "timeout",
        "garbled": "garbled",
        "cut_page": "garbled",
        "garbled_xml": "garbled",
        "wrong_answer": "garbled",
        "partial": STOPPED,
        "relative_location": WORKS,
        "early_410": WORKS,
        "idle": WORKS,
        "end_409": WORKS,
        "host_wanted": WORKS,
        "holds_after:0": STOPPED,
        "chunked": WORKS,
        "bare_jpeg": WORKS,
        "no_adf_state": WORKS,
    },
    "camera": {
        GONE: "no_picture",
        "frozen": "no_picture",
        "dark": WORKS,
        "blurred": WORKS,
        "glare": WORKS,
        "gone": "no_picture",
        "slow": WORKS,
        "garbage": "no_picture",
        "garbled": "no_picture",
        "partial": "no_picture",
        "silent": "no_picture",
        "wrong": "no_picture",
    },
    "printer": {
        GONE: "absent",
        "paper_out": "paper_out",
        "paper_out_after:6": "unknown",
        "near_end": WORKS,
        "cover": "cover_open",
        "offline": "printer_offline",
        "cutter": "cutter",
        "stalled": "timeout",
        "silent": "timeout",
        "no_ids": "timeout",  # of a printer that gave them before: nobody knows, and the clerk is asked
        "cut_off:400": "unknown",
        "slow": WORKS,
        "garbled": "timeout",
        "wrong": "timeout",
        "partial": "timeout",
        "mute:6": "timeout",
    },
    "display": {GONE: WORKS, "stalled": WORKS, "silent": WORKS},
}
"""Kind of device → switch → what the desk tells when the device is used: a code, or one of the words above."""

AT_DESK: dict[str, dict[str, str]] = {
    "codes": {
        GONE: "absent",
        "silent": "",  # nothing comes: there is nothing to tell, the number is typed or scanned again
        "garbled": "codes.garbled",
        "slow": WORKS,
        "partial": "codes.garbled",
        "wrong": "codes.unknown",
        "twice": WORKS,
    },
    "smart_card": {
        GONE: "absent",
        "silent": "not_read",
        "slow": WORKS,
        "garbled": "not_read",
        "wrong_answer": "card_unknown",
        "partial_answer": "not_read",
        "locked": "card_locked",
        "unknown_card": "card_unknown",
        "removed": WORKS,  # waited for again
    },
    "voice": {
        GONE: "no_sound",
        "silent": WORKS,  # it plays and never says that it has
        "garbled": WORKS,
        "slow": WORKS,
        "busy": "",
        "hangs_up": "",
    },
}
"""The same for devices without which every visit goes on: tried at the desk, in ``tests/acceptance/test_faults_*``."""

USED_AT = {
    "id_card": "called",
    "scanner": "materials",
    "camera": "materials",
    "printer": "submitted",
    "display": "idle",
}
"""The step at which a visit uses the device."""

STEPS = ("idle", "called", "identity", "item", "form", "materials", "confirm", "submitted", "rating")

CENTRAL: dict[str, str] = {
    **{str(status): "unavailable" for status in (408, 425, 429, 500, 502, 503, 504)},
    **{str(status): "fault" for status in (403, 404, 409, 422)},
    **dict.fromkeys(("html", "broken", "slow:4", "refuse", "lose_answer"), "unavailable"),
    "cut:1": WORKS,  # only bodies of a size are cut; a question goes through in one piece, or is asked again
    "401": SIGNED_OUT,  # the last of all: somebody signs in again
}
"""Switch of the central service's faults port → what the desk makes of a question that is answered so."""

MATERIAL = "SC-MKT-001-M03"


def unlisted(kind: str, switches: Iterable[object]) -> set[str]:
    """The switches of an emulator that have no row, and rows that have no switch."""
    return {name.partition(":")[0] for name in TABLE[kind]} - {GONE} ^ {str(name) for name in switches}


def unlisted_of_central() -> set[str]:
    """The same for the central service."""
    known = {*central_faults.NAMES, *(str(status) for status in central_faults.STATUSES)}
    return {name.partition(":")[0] for name in CENTRAL} ^ known


class Matrix:
    """One counter with a card reader, a scanner and the device in question; used as a context.

    Args:
        folder: Everything lies in here.
        kind: The device whose switches are tried.
    """

    def __init__(self, folder: Path, kind: str) -> None:
        kinds = tuple(dict.fromkeys(("id_card", "scanner", "printer", kind)))
        self.kind = kind
        self.counter = Counter(folder, kinds=kinds)
        self._fault = ""

    def __enter__(self) -> Self:
        self.counter.__enter__()
        try:
            self.counter.sign_in()
            self.counter.devices_ready(*self.counter.world.kinds)
        except BaseException:
            self.counter.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.counter.__exit__(kind, error, trace)

    def switches(self) -> list[object]:
        """The fault switches that the emulator itself lists."""
        found = self.counter.world.emulators[self.kind].state()["faults"]
        assert isinstance(found, list)
        return found

    # ---- a visit

    def bring(self, people: int) -> None:
        """So many more wait for a call: the demo's hall is empty after some twenty visits."""
        take_numbers(self.counter.world, people)

    def walk(self, plan: Mapping[str, Sequence[str]]) -> int:
        """One visit from the call to its end; ``plan`` has the faults of each step. Returns how many there were."""
        done = 0
        for step in STEPS:
            faults = plan.get(step, ())
            used = step == USED_AT[self.kind]
            for place, fault in enumerate(faults, start=1):
                self._at(step, fault, used=used, last=place == len(faults))
                done += 1
            if used or not faults:
                self.step(step)
        assert self.counter.state.visit is State.IDLE
        return done

    def _at(self, step: str, fault: str, *, used: bool, last: bool) -> None:
        """Switch the fault on, use the device or do the step under it, and switch it off again."""
        counter = self.counter
        if used:
            counter.devices_ready(self.kind)
            if self.kind == "camera":
                counter.wait(lambda: counter.live is not None, "a picture")
        before = self.draft()
        self.on(fault)
        if used:
            self._use(TABLE[self.kind][fault])
        elif last:
            self.step(step)
        self._sound(before)
        self.off()
        if used:
            counter.pill(self.kind, "ready")
            self._back()
        self._sound(before)

    def on(self, fault: str) -> None:
        """Switch a fault on."""
        self._fault = fault
        if fault == GONE:
            self.counter.world.unplug(self.kind)
        else:
            self.counter.world.emulators[self.kind].set_fault(fault)

    def off(self) -> None:
        """All is well again, and nothing is left in the far end."""
        if self.kind not in self.counter.world.emulators:
            self.counter.world.plug(self.kind)
        emulator = self.counter.world.emulators[self.kind]
        emulator.set_fault(None)
        if self.kind == "printer":
            emulator.delete("/buffer")
            emulator.set_fault(None)
        elif self.kind == "scanner":
            emulator.delete("/feeder")
        elif self.kind == "id_card":
            emulator.delete("/card")

    # ---- what the clerk does at a step

    def step(self, name: str) -> None:
        """Do a step properly and go on to the next."""
        getattr(self, f"_do_{name}")()

    def _do_idle(self) -> None:
        if self.counter.state.visit is State.IDLE:
            self.counter.call()

    def _do_called(self) -> None:
        self.counter.devices_ready("id_card")
        self.counter.identify()

    def _do_identity(self) -> None:
        self.counter.desk.set_contact("phone", "13800000017")

    def _do_item(self) -> None:
        self.counter.choose()

    def _do_form(self) -> None:
        self.counter.fill()
        self.counter.desk.set_auto_capture(False)

    def _do_materials(self) -> None:
        self.counter.devices_ready("scanner")
        self.counter.collect()

    def _do_confirm(self) -> None:
        self.counter.sign()

    def _do_submitted(self) -> None:
        if self.counter.state.result is None:
            self.counter.devices_ready("printer")
            self.counter.submit()
        self.counter.until(lambda s: s.receipt.state in {PrintState.CONFIRMED, PrintState.SENT}, "printed")

    def _do_rating(self) -> None:
        counter = self.counter
        if counter.state.visit is State.SUBMITTED:
            counter.desk.finish()
        else:
            counter.desk.applicant_skips_rating()
        counter.until(lambda s: s.visit is State.IDLE, "the visit is over")

    # ---- the device is used while it is in trouble

    def _use(self, expected: str) -> None:
        {
            "id_card": self._use_reader,
            "scanner": self._use_scanner,
            "camera": self._use_camera,
            "printer": self._use_printer,
            "display": self._use_display,
        }[self.kind](expected)

    def _use_reader(self, expected: str) -> None:
        counter = self.counter
        if self._fault != GONE:
            counter.world.emulators["id_card"].put("/card", {"id_no": LIMING})
        counter.desk.read_card()
        if expected == WORKS:
            counter.until(lambda s: s.identity.reading is Reading.READ, "read")
            return
        if expected == STOPPED:
            counter.settle(1.0)
            assert counter.state.identity.reading is Reading.WAITING
            counter.desk.type_identity("李示例", LIMING)
            counter.until(lambda s: s.identity.reading is Reading.TYPED, "typed instead")
            return
        counter.until(lambda s: s.identity.reading is Reading.FAILED, "not read")
        assert counter.state.identity.code == expected, (self._fault, counter.state.identity.code)
        in_both(f"desk.fail.{expected}", f"desk.fail.{expected}.do")

    def _use_scanner(self, expected: str) -> None:
        counter = self.counter
        counter.desk.choose_row(MATERIAL)
        before = counter.pages_of(MATERIAL)
        if self._fault != GONE:
            counter.world.emulators["scanner"].put("/feeder", {"pages": 2})
        counter.desk.feed()
        if expected == STOPPED:
            counter.settle(0.5)
            counter.desk.stop_feeding()
        counter.until(lambda s: s.materials and not s.materials.feeding and not s.materials.capturing, "it ends")
        came = counter.pages_of(MATERIAL) - before
        if expected in {WORKS, STOPPED}:
            assert came == (2 if expected == WORKS else 0)
        else:
            say = counter.state.say
            assert say is not None
            assert (say.code, say.bad) == (f"scanner.{expected}", True)
            assert came == (1 if expected == "jam" else 0), "what came before is kept"
        self._face()
        self._forget_pages(before)

    def _use_camera(self, expected: str) -> None:
        counter = self.counter
        counter.desk.choose_row(MATERIAL)
        before = counter.pages_of(MATERIAL)
        if self._fault != GONE:
            counter.world.emulators["camera"].put("/page", {"scene": "contract"})
        if expected == WORKS:
            counter.wait(lambda: counter.live is not None, "a picture")
            counter.desk.capture()
            counter.pages_come(MATERIAL, before + 1)
        else:
            counter.wait(lambda: counter.live is None, "no old picture is shown as live")
            counter.desk.capture()
            counter.until(lambda s: s.say and s.say.code == "camera.no_picture" and s.say.bad, "told")
            self._face()
        self._forget_pages(before)

    def _forget_pages(self, keep: int) -> None:
        """Pages of a try are taken away again, so that the next one begins alike."""
        counter = self.counter
        while (count := counter.pages_of(MATERIAL)) > keep:
            counter.desk.select_page(count - 1)
            counter.desk.delete_page()
            counter.until(lambda _: counter.pages_of(MATERIAL) <= keep or counter.pages_of(MATERIAL) < count, "taken")

    def _use_printer(self, expected: str) -> None:
        counter = self.counter
        if counter.state.result is None:
            counter.submit()
        else:
            counter.desk.print_again()
        counter.until(lambda s: s.receipt.state not in {PrintState.PRINTING, PrintState.WAITING}, "it ends")
        receipt = counter.state.receipt
        assert counter.state.visit in {State.SUBMITTED, State.RATING}, "the acceptance stands"
        if expected == WORKS:
            assert receipt.state is PrintState.CONFIRMED
            return
        shown = result(counter.state)
        assert shown is not None
        assert shown.fault is not None
        if receipt.state is PrintState.UNKNOWN:
            assert expected in {"unknown", receipt.code}
            self.off()
            counter.pill("printer", "ready")
            counter.desk.answer_print_unknown(False)
        else:
            assert receipt.state is PrintState.NOT_PRINTED
            assert receipt.code == expected
            self._face()
            self.off()
            counter.pill("printer", "ready")
            counter.desk.print_again()
        counter.printed()
        assert counter.state.waiting_prints == ()

    def _use_display(self, _expected: str) -> None:
        """A call does not wait for the display."""
        self._do_idle()

    def _back(self) -> None:
        """Well again, the display shows the number that it missed."""
        if self.kind == "display":
            display, ticket = self.counter.world.emulators["display"], self.counter.state.ticket
            assert ticket is not None
            self.counter.wait(lambda: ticket.number in str(display.state()["upper"]), "it catches up")

    def _face(self) -> None:
        """The device page says what happened, what it means and what to do, in both languages."""
        state = self.counter.state
        troubled = next(row for row in state.devices if row.kind == self.kind)
        for language in ("zh", "en"):
            words.language = language
            try:
                face = device_face(state, troubled.id)
                assert face.headline
                assert face.note
                assert len(face.drawn) == len(face.steps)
            finally:
                words.language = "zh"

    # ---- what holds whatever happens

    def draft(self) -> Draft | None:
        """The open draft as it is on disk."""
        shown = self.counter.state.draft
        if shown is None or self.counter.state.result is not None:
            return None
        found = [row for row in self.counter.app.store.drafts.open_drafts() if row.visit_id == shown.visit_id]
        assert found, "the open visit is on disk"
        return found[0]

    def _sound(self, before: Draft | None) -> None:
        counter = self.counter
        counter.until(lambda s: not s.busy, "nothing is left busy")
        now = self.draft()
        if before is None or now is None or now.visit_id != before.visit_id:
            return
        for was, known, part in (
            (before.applicant and before.applicant.id_no, now.applicant and now.applicant.id_no, "the applicant"),
            (before.contact.phone, now.contact.phone, "the telephone"),
            (before.item_id, now.item_id, "the item"),
            (before.answers, now.answers, "an answer"),
        ):
            assert not was or known, f"{part} was lost"
        assert before.values.keys() <= now.values.keys(), "a field was lost"
        kept = {page.digest for page in all_pages(now.checklist)}
        assert {page.digest for page in all_pages(before.checklist)} <= kept, "a page was lost"
        assert ORDER.index(now.step) >= ORDER.index(before.step), "the visit fell back"


ORDER = tuple(Step)


def in_both(*keys: str) -> None:
    """The texts are there in both languages."""
    for language in ("zh", "en"):
        words.language = language
        try:
            assert all(words(key) for key in keys)
        finally:
            words.language = "zh"


# ---- the central service


class CentralMatrix(Matrix):
    """The same for the wire to the central service: its switches at the steps that ask it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "id_card")

    def on(self, fault: str) -> None:
        """Switch a fault on."""
        self.counter.world.central.fault(fault)

    def off(self) -> None:
        """The line is well; what waited is sent."""
        counter = self.counter
        counter.world.central.heal()
        if counter.state.signed_out:
            counter.desk.lock()
            counter.desk.unlock("1203", "demo")
            counter.until(lambda s: s.lock is None and not s.signed_out, "signed in again")
        counter.desk.retry_outbox()
        counter.until(lambda s: s.network.online, "the line is back")

    def walk(self, plan: Mapping[str, Sequence[str]]) -> int:
        """One visit; a fault is on while the step asks the service, and what was not answered is told."""
        done = 0
        for step in STEPS:
            for fault in plan.get(step, ()):
                before = self.draft()
                self.on(fault)
                getattr(self, f"_ask_{step}", lambda _expected: None)(CENTRAL[fault])
                self._sound(before)
                self.off()
                self._sound(before)
                done += 1
            self.step(step)
        self.counter.until(lambda s: s.outbox.waiting == 0, "everything was tried")
        self.counter.desk.retry_outbox()  # what a refusal set aside while it was on
        self.counter.until(lambda s: s.outbox.waiting == 0 and s.outbox.set_aside == 0, "everything is delivered")
        return done

    @property
    def _seq(self) -> int:
        return self.counter.state.say.seq if self.counter.state.say else 0

    def _ask_idle(self, expected: str) -> None:
        counter = self.counter
        seq = self._seq
        counter.desk.call_next()
        counter.until(
            lambda s: not s.busy and (s.visit is State.CALLING or (s.say is not None and s.say.seq > seq)), "answered"
        )
        if counter.state.visit is State.CALLING:  # answered although the wire is bad
            counter.desk.no_show()
            counter.until(lambda s: not s.busy and s.visit is State.IDLE, "missed")
            return
        assert counter.state.say is not None
        assert counter.state.say.bad
        assert counter.state.say.code == f"central.{'unavailable' if expected == WORKS else expected}"
        assert counter.state.visit is State.IDLE

    def _ask_materials(self, expected: str) -> None:
        seq, counter = self._seq, self.counter
        if expected == WORKS:
            return  # only what waits in the outbox meets it
        counter.desk.use_ecert("SC-MKT-001-M02")
        counter.until(lambda s: s.say is not None and s.say.seq > seq, "told")
        say = counter.state.say
        assert say is not None
        assert say.bad
        if expected == SIGNED_OUT:
            counter.until(lambda s: s.signed_out, "the session is over")
            assert counter.state.visit is State.SERVING, "the visit goes on"
            return
        assert say.code == f"central.{expected}", say
        in_both(f"desk.toast.{say.code}" if f"desk.toast.{say.code}" in words else "desk.toast.central.other")
