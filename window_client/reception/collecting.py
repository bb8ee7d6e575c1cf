"""Step 4: the materials. A page is safe on disk before its thumbnail appears; codes are read after that.

The camera's lane watches the tray (``imaging.live``), the ``imaging`` lane makes pages. Both hand their results
over to the main thread, which alone touches the draft.
"""

import logging
from collections.abc import Callable
from threading import Event as Cancel
from threading import Lock
from typing import TYPE_CHECKING

import msgspec

from drivers.contracts import Frame, ScannedPage, ScanSettings
from drivers.errors import DeviceError, DeviceState, Fault
from window_client.central import contract
from window_client.domain.catalogue import Material
from window_client.domain.material import (
    UNSORTED,
    Checklist,
    ECert,
    PageRef,
    Row,
    Way,
    add_page,
    find_row,
    latest_due,
    may_defer,
    may_skip,
    move_page,
    pages_of,
    remove_page,
    set_way,
)
from window_client.domain.visit import State, Step
from window_client.reception.core import Core
from window_client.reception.pictures import PageShelf
from window_client.reception.sources import credit_of
from window_client.reception.state import MaterialsView
from window_client.store.errors import StoreError

if TYPE_CHECKING:
    from window_client.imaging.live import LiveEdge, LiveView

log = logging.getLogger(__name__)


class Collecting:
    """The checklist, the camera and the scanner.

    Args:
        core: The desk's core.
        pictures: Where page pictures are kept in memory and made safe.
        show_live: Called on the main thread with each live view of the camera.
    """

    def __init__(self, core: Core, pictures: PageShelf, show_live: "Callable[[LiveView | None], None]") -> None:
        self._core = core
        self._pictures = pictures
        self._show_live = show_live
        self._frame: Frame | None = None
        self._lock = Lock()
        self._pending: LiveView | None = None
        self._scan: Cancel | None = None
        self._retake = ""
        self._auto = True
        self._making = 0
        self._feeding = False
        self._fed = 0
        self._watching = False
        self._selected = -1
        self._edge: LiveEdge | None = None

    # ---- what the view needs beside the draft

    def transient(self) -> dict[str, object]:
        """The parts of ``MaterialsView`` that are not in the draft."""
        return {
            "selected_page": self._selected,
            "capturing": self._making > 0,
            "feeding": self._feeding,
            "auto_capture": self._auto,
            "fed_pages": self._fed,
        }

    def reset(self) -> None:
        """A visit ended or began: nothing is pending, nothing selected."""
        self.stop_feeding()
        self._retake, self._selected, self._fed, self._feeding, self._making = "", -1, 0, False, 0
        self._frame = None
        if self._watching:  # the next visit begins to watch by itself; the last paper is not shown any longer
            self._watching = False
            self._show_live(None)
        self._pictures.forget()

    # ---- rows

    def choose_row(self, material_id: str) -> None:
        """Make a row the one that pages go to; the row before is done with when it has pages."""
        core = self._core
        if not self._collecting() or core.draft.current_material == material_id:
            return
        if self._material(material_id) is None:
            return
        self._selected, self._retake = -1, ""
        core.keep(msgspec.structs.replace(core.draft, current_material=material_id))

    def select_page(self, index: int) -> None:
        """Choose a page of the current row."""
        self._selected = index
        self._core.refresh()

    def use_ecert(self, material_id: str) -> None:
        """Ask the certificate library; the row is satisfied when it answers."""
        core = self._core
        material = self._material(material_id)
        if not self._collecting() or material is None or core.draft.applicant is None:
            return
        if not material.ecert_replaceable or not material.ecert_type:
            core.say("materials.no_ecert", bad=True, name=material.name)
            return
        id_no, case_id, visit_id = core.draft.applicant.id_no, core.draft.case_id, core.draft.visit_id
        kind = material.ecert_type

        def done(used: contract.UsedECert) -> None:
            if core.state.draft is None or core.draft.visit_id != visit_id:
                return
            ecert = ECert(used.type, used.number, used.issuer, used.valid_to, used.response_id)
            self._set_way(material_id, Way.ECERT, ecert=ecert)

        core.ask(lambda client: client.use_ecert(id_no, kind, case_id), done=done, failed=core.tell_unanswered)

    def defer(self, material_id: str) -> None:
        """Defer a row where the rules allow it; pressing again takes it back."""
        core = self._core
        material, item = self._material(material_id), core.state.item
        if not self._collecting() or material is None or item is None:
            return
        row = self._row(material_id)
        if row.way is Way.DEFERRED:
            self._set_way(material_id, Way.NONE)
            return
        may, reason = may_defer(item, material, credit=credit_of(core.record), today=core.now().date())
        if not may:
            core.say(f"defer.{reason}", bad=True, name=material.name)
            return
        due = latest_due(item, core.now(), core.deps.calendar)
        self._set_way(material_id, Way.DEFERRED, due=due.isoformat())

    def not_needed(self, material_id: str) -> None:
        """Only a material that the catalogue calls optional may be left out."""
        core = self._core
        material = self._material(material_id)
        if not self._collecting() or material is None:
            return
        if not may_skip(material):
            core.say("materials.needed", bad=True, name=material.name)
            return
        row = self._row(material_id)
        self._set_way(material_id, Way.NONE if row.way is Way.NOT_NEEDED else Way.NOT_NEEDED)

    # ---- pages

    def capture(self) -> None:
        """Take what the camera shows into the current row."""
        core = self._core
        if not self._collecting():
            return
        frame = self._frame
        if frame is None:
            core.say("camera.no_picture", bad=True)
            return
        if self._edge is not None:
            self._edge.captured()  # the page on the tray is taken: only another one fires by itself
        self._make(frame.jpeg, "camera", self._target())

    def set_auto_capture(self, on: bool) -> None:
        """Fire by itself when the page lies still."""
        self._auto = on
        self._core.refresh()

    def feed(self) -> None:
        """Scan the feeder into the current row."""
        core = self._core
        if not self._collecting() or self._feeding:
            return
        target, visit_id = self._target(), core.draft.visit_id
        self._feeding, self._fed = True, 0

        def still() -> bool:
            """Whether the answer is for the open visit: a scan that was stopped may end in the next one."""
            return core.state.draft is not None and core.draft.visit_id == visit_id

        def done(count: int) -> None:
            if still():
                self._feeding = False
                core.refresh()
                core.say("scanner.done", n=str(count))

        def failed(error: DeviceError) -> None:
            if not still():
                return
            self._feeding = False
            core.refresh()
            if error.fault is not Fault.CANCELLED:
                core.say(f"scanner.{error.code}", bad=True, n=str(self._fed))

        def on_page(page: ScannedPage) -> None:  # in the scanner's lane
            core.deps.dispatcher.post(lambda: self._page_came(page, target, visit_id))

        self._scan = core.deps.devices.scan(ScanSettings(), on_page=on_page, done=done, failed=failed)
        core.refresh()

    @property
    def expects_pages(self) -> bool:
        """Whether pages are still on their way: the step cannot be left before they are in their row."""
        return self._feeding or self._making > 0

    def stop_feeding(self) -> None:
        """Stop after the page that is being scanned."""
        if self._scan is not None:
            self._scan.set()
            self._scan = None

    def _page_came(self, page: ScannedPage, target: str, visit_id: str) -> None:
        core = self._core
        if core.state.draft is None or core.draft.visit_id != visit_id:
            return
        self._fed += 1
        self._make(page.jpeg, "scanner", target)

    def delete_page(self) -> None:
        """Remove the selected page from its row; its file stays sealed until it is purged."""
        core = self._core
        if self._selected_page() is None or not self._collecting():
            return
        checklist = remove_page(core.draft.checklist, self._target(), self._selected)
        core.keep(msgspec.structs.replace(core.draft, checklist=checklist))
        self._selected = -1
        core.refresh()

    def retake_page(self) -> None:
        """The next capture replaces the selected page."""
        page = self._selected_page()
        self._retake = page.digest if page else ""

    def turn_page(self) -> None:
        """Turn the selected page by 90° clockwise, from its original."""
        page = self._selected_page()
        if page is None or not self._collecting():
            return
        self._make_again(page, (page.turn + 90) % 360)

    def move_page(self, digest: str, material_id: str) -> None:
        """Move a page into a row."""
        core = self._core
        place = _find(core.draft.checklist, digest) if self._collecting() else None
        if place is not None and self._material(material_id) is not None:
            checklist = move_page(core.draft.checklist, *place, material_id)
            core.keep(msgspec.structs.replace(core.draft, checklist=checklist))

    def _make(self, jpeg: bytes, source: str, target: str) -> None:
        """Make a page of a picture, safe on disk, then show it, then read its codes."""
        core = self._core
        visit_id, replaces = core.draft.visit_id, self._retake
        self._retake = ""
        at = core.now().isoformat()
        self._making += 1
        core.refresh()

        def done(page: PageRef) -> None:
            self._making = max(0, self._making - 1)
            if core.state.draft is None or core.draft.visit_id != visit_id:
                log.info("a page of a visit that has ended stays sealed until it is purged")
                return
            checklist = core.draft.checklist
            checklist = _exchange(checklist, replaces, page) if replaces else add_page(checklist, target, page)
            place = _find(checklist, page.digest)
            if place is not None and place[0] == self._target():
                self._selected = place[1]
            core.keep(msgspec.structs.replace(core.draft, checklist=checklist))
            self._read_codes(page, visit_id)

        def failed(error: Exception) -> None:
            self._making = max(0, self._making - 1)
            core.refresh()
            code = error.code if isinstance(error, StoreError) else "unreadable"
            core.say(f"page.{code}", bad=True)

        core.deps.imaging.run(lambda: self._pictures.make(jpeg, source, at), done=done, failed=failed)

    def _make_again(self, page: PageRef, turn: int) -> None:
        core = self._core
        visit_id = core.draft.visit_id

        def done(turned: PageRef) -> None:
            if core.state.draft is not None and core.draft.visit_id == visit_id:
                checklist = _exchange(core.draft.checklist, page.digest, turned)
                core.keep(msgspec.structs.replace(core.draft, checklist=checklist))

        def failed(error: Exception) -> None:
            core.say(f"page.{error.code if isinstance(error, StoreError) else 'unreadable'}", bad=True)

        core.deps.imaging.run(lambda: self._pictures.turn(page, turn), done=done, failed=failed)

    def _read_codes(self, page: PageRef, visit_id: str) -> None:
        core = self._core

        def done(codes: tuple[str, ...]) -> None:
            if not codes or core.state.draft is None or core.draft.visit_id != visit_id:
                return
            checklist = _exchange(core.draft.checklist, page.digest, msgspec.structs.replace(page, codes=codes))
            known = next((code for text in codes if (code := self._row_of_code(text))), "")
            place = _find(checklist, page.digest)
            if known and place is not None and known != place[0]:
                checklist = move_page(checklist, *place, known)
            core.keep(msgspec.structs.replace(core.draft, checklist=checklist))
            if known and (material := self._material(known)):
                core.say("materials.code_known", name=material.short_name or material.name)

        core.deps.imaging.run(lambda: self._pictures.codes(page.digest), done=done, failed=core.ignore)

    def _row_of_code(self, text: str) -> str:
        """A code that names a material of this case: its id alone, or as the last part of a longer text."""
        guidance = self._core.state.guidance
        ids = [row.material.id for row in guidance.materials] if guidance else []
        return next((id_ for id_ in ids if text == id_ or text.endswith((f"/{id_}", f"={id_}", f":{id_}"))), "")

    # ---- the camera

    def watch(self) -> None:
        """Watch the tray while the materials step is open, and begin again when the camera comes back."""
        core = self._core
        wanted = core.state.visit is State.SERVING and core.state.open_step is Step.MATERIALS
        wanted = wanted and core.state.lock is None
        if not wanted:
            if self._watching:
                self._watching = False
                core.deps.devices.stop_watching()
                self._frame = None
                self._show_live(None)
            return
        ready = any(d.kind == "camera" and d.state == DeviceState.READY.value for d in core.deps.devices.views())
        if self._watching or not ready:
            return
        self._watching = True
        self._edge = None
        core.deps.devices.watch_camera(self._look, self._camera_lost)

    def _look(self, frame: Frame) -> None:
        """One frame, in the camera's lane. The main thread sees the newest view only."""
        from window_client.imaging.live import LiveEdge  # noqa: PLC0415 - brings cv2, in this lane

        if self._edge is None:
            self._edge = LiveEdge()
        try:
            view = self._edge.feed(frame.jpeg)
        except ValueError as error:  # a damaged frame of a live picture: the next one is 100 ms away
            log.info("a frame could not be read: %s", error)
            return
        with self._lock:
            pending, self._pending = self._pending, view
            fire = view.capture
        self._frame = frame
        if fire:
            self._core.deps.dispatcher.post(self._still)
        if pending is None:
            self._core.deps.dispatcher.post(self._present_live)

    def _present_live(self) -> None:
        with self._lock:
            view, self._pending = self._pending, None
        if view is not None and self._watching:
            self._show_live(view)

    def _still(self) -> None:
        if self._auto and self._watching and self._making == 0 and self._core.draft.current_material != UNSORTED:
            self.capture()

    def _camera_lost(self, error: DeviceError) -> None:
        log.info("the camera is away: %s", error.code)
        self._watching = False
        self._frame = None
        self._show_live(None)

    # ---- small questions

    def _collecting(self) -> bool:
        state = self._core.state
        return state.visit is State.SERVING and state.draft is not None and state.materials is not None

    def _target(self) -> str:
        """Where a new page goes: the current row, or 未归类 when none is chosen."""
        return self._core.draft.current_material or UNSORTED

    def _material(self, material_id: str) -> Material | None:
        guidance = self._core.state.guidance
        rows = guidance.materials if guidance else ()
        return next((row.material for row in rows if row.material.id == material_id), None)

    def _row(self, material_id: str) -> Row:
        return find_row(self._core.draft.checklist, material_id) or Row(material_id)

    def _set_way(self, material_id: str, way: Way, *, ecert: ECert | None = None, due: str = "") -> None:
        core = self._core
        checklist = set_way(core.draft.checklist, material_id, way, ecert=ecert, due=due)
        core.keep(msgspec.structs.replace(core.draft, checklist=checklist))

    def _selected_page(self) -> PageRef | None:
        view: MaterialsView | None = self._core.state.materials
        if view is None or self._core.state.draft is None:
            return None
        pages = pages_of(self._core.draft.checklist, self._target())
        return pages[self._selected] if 0 <= self._selected < len(pages) else None


def _find(checklist: Checklist, digest: str) -> tuple[str, int] | None:
    """Where a page is: its row (or ``UNSORTED``) and its place in it."""
    rows = [(row.material_id, row.pages) for row in checklist.rows] + [(UNSORTED, checklist.unsorted)]
    return next(
        ((id_, place) for id_, pages in rows for place, page in enumerate(pages) if page.digest == digest), None
    )


def _exchange(checklist: Checklist, digest: str, page: PageRef) -> Checklist:
    """Put ``page`` in the place of the page ``digest``; at the end of the unsorted ones if that has gone."""
    place = _find(checklist, digest)
    if place is None:
        return add_page(checklist, UNSORTED, page)
    return add_page(remove_page(checklist, *place), place[0], page, place[1])
