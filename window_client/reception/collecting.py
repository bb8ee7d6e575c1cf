"""Step 4: the materials. A page is safe on disk before its thumbnail appears; codes are read after that.

The camera's lane watches the tray, the ``imaging`` lane makes pages. Both hand their results over to the main
thread, which alone touches the draft. In here: the rows, and the parts of the step put together.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from window_client.central import contract
from window_client.domain.catalogue import Material
from window_client.domain.material import UNSORTED, ECert, Way, latest_due, may_defer, may_skip, set_way
from window_client.domain.representing import holder
from window_client.domain.visit import Draft
from window_client.reception.arranging import Arranging
from window_client.reception.core import Core
from window_client.reception.feeding import Feeding
from window_client.reception.making import Making
from window_client.reception.papers import Papers
from window_client.reception.pictures import PageShelf
from window_client.reception.sources import credit_of
from window_client.reception.watching import DOCUMENT, Watching

if TYPE_CHECKING:
    from window_client.imaging.live import LiveView


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
        self._auto = True
        self.papers = Papers(core, pictures)
        self.making = Making(self.papers)
        self.arranging = Arranging(self.papers, self.making)
        self.feeding = Feeding(self.papers, self.making)
        self._watching = Watching(core, show_live, self._still)

    # ---- what the view needs beside the draft

    def transient(self, draft: Draft) -> dict[str, object]:
        """The parts of ``MaterialsView`` that are not in the draft."""
        papers, making, feeding = self.papers, self.making, self.feeding
        facts = feeding.facts() or {}
        undo, redo = papers.history.next(back=True), papers.history.next(back=False)
        return {
            "selected_page": papers.selected_index(draft),
            "capturing": making.under_way > 0,
            "feeding": feeding.feeding,
            "auto_capture": self._auto,
            "fed_pages": feeding.fed,
            "auto_feed": feeding.auto if "feeder" in facts or feeding.auto else None,
            "duplex": feeding.duplex if "duplex" in facts or feeding.duplex else None,
            "card_side": 0 if making.sides is None else len(making.sides) + 1,
            "retakes": making.retakes,
            "lens": self._watching.lens if len(self._core.deps.devices.lenses()) > 1 else "",
            "camera_id": self._watching.camera_id(),
            "undo": undo.code if undo else "",
            "redo": redo.code if redo else "",
            "size": papers.size(draft),
            "size_limit": self._core.deps.settings.pages.case_bytes,
        }

    def reset(self) -> None:
        """A visit ended or began: nothing is pending, nothing selected, nothing to undo."""
        for part in (self.feeding, self.making, self.arranging, self.papers, self._watching):
            part.reset()
        self._pictures.forget()

    # ---- rows

    def choose_row(self, material_id: str) -> None:
        """Make a row the one that pages go to; the row before is done with when it has pages."""
        core = self._core
        if not self.papers.collecting() or core.draft.current_material == material_id:
            return
        if self.papers.material(material_id) is None:
            return
        self.papers.selected = ""
        self.making.rest()
        core.keep(msgspec.structs.replace(core.draft, current_material=material_id))

    def select_page(self, index: int) -> None:
        """Choose a page of the current row."""
        if self._core.state.draft is not None:
            self.papers.select(index)
            self._core.refresh()

    def use_ecert(self, material_id: str) -> None:
        """Ask the certificate library; the row is satisfied when it answers."""
        core = self._core
        material = self.papers.material(material_id)
        if not self.papers.collecting() or material is None:
            return
        if not material.ecert_replaceable or not material.ecert_type:
            core.say("materials.no_ecert", bad=True, name=material.name)
            return
        case_id, visit_id = core.draft.case_id, core.draft.visit_id
        _, id_no = holder(core.draft, material)
        if not id_no:
            core.say("materials.no_ecert", bad=True, name=material.name)
            return
        kind = material.ecert_type

        def done(used: contract.UsedECert) -> None:
            if self.papers.is_open(visit_id):
                ecert = ECert(used.type, used.number, used.issuer, used.valid_to, used.response_id)
                self._set_way("ecert", material_id, Way.ECERT, ecert=ecert)

        core.ask(lambda client: client.use_ecert(id_no, kind, case_id), done=done, failed=core.tell_unanswered)

    def defer(self, material_id: str) -> None:
        """Defer a row where the rules allow it; pressing again takes it back."""
        core = self._core
        material, item = self.papers.material(material_id), core.state.item
        if not self.papers.collecting() or material is None or item is None:
            return
        if self.papers.row(material_id).way is Way.DEFERRED:
            self._set_way("defer", material_id, Way.NONE)
            return
        may, reason = may_defer(item, material, credit=credit_of(core.record), today=core.now().date())
        if not may:
            core.say(f"defer.{reason}", bad=True, name=material.name)
            return
        due = latest_due(item, core.now(), core.deps.calendar)
        self._set_way("defer", material_id, Way.DEFERRED, due=due.isoformat())

    def not_needed(self, material_id: str) -> None:
        """Only a material that the catalogue calls optional may be left out."""
        core = self._core
        material: Material | None = self.papers.material(material_id)
        if not self.papers.collecting() or material is None:
            return
        if not may_skip(material):
            core.say("materials.needed", bad=True, name=material.name)
            return
        skipped = self.papers.row(material_id).way is Way.NOT_NEEDED
        self._set_way("not_needed", material_id, Way.NONE if skipped else Way.NOT_NEEDED)

    def _set_way(self, code: str, material_id: str, way: Way, *, ecert: ECert | None = None, due: str = "") -> None:
        self.papers.change(code, set_way(self._core.draft.checklist, material_id, way, ecert=ecert, due=due))

    # ---- pages

    def capture(self) -> None:
        """Take what the camera shows into the current row."""
        core = self._core
        if not self.papers.collecting():
            return
        frame = self._watching.frame
        if frame is None:
            core.say("camera.no_picture", bad=True)
            return
        self._watching.taken()
        self.making.make(frame.jpeg, "camera", self.papers.target())

    def turn_lens(self) -> None:
        """Look through the other lens."""
        if self.papers.arranging():
            self._watching.turn_lens()

    def set_auto_capture(self, on: bool) -> None:
        """Fire by itself when the page lies still."""
        self._auto = on
        self._core.refresh()

    def _still(self) -> None:
        if (
            self._auto
            and self._watching.watching
            and self._watching.lens == DOCUMENT  # a person before the lens is no page that lies still
            and self.making.under_way == 0
            and self._core.draft.current_material != UNSORTED
        ):
            self.capture()

    @property
    def expects_pages(self) -> bool:
        """Whether pages are still on their way: the step cannot be left before they are in their row."""
        return self.feeding.feeding or self.making.under_way > 0

    def crop_page(self, corners: Sequence[tuple[float, float]]) -> None:
        """Four corners set by the clerk; none at all: back to those that the program finds."""
        if corners:
            self.arranging.crop(corners)
        else:
            self.arranging.find_corners()

    def undo(self) -> None:
        """Ctrl+Z."""
        self.papers.step(back=True)

    def redo(self) -> None:
        """Ctrl+Shift+Z."""
        self.papers.step(back=False)

    @property
    def live(self) -> bool:
        """Whether the camera is watched and gives pictures."""
        return self._watching.watching and self._watching.frame is not None

    def watch(self) -> None:
        """A step was opened, or a device changed."""
        self._watching.follow()
        self.feeding.follow()
