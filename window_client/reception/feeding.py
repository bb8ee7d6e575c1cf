"""The document scanner: page by page into its row, sorted by separators, and started by the paper if that is wanted."""

from functools import partial
from threading import Event as Cancel
from threading import Thread

from drivers.contracts import ScannedPage, ScanSettings, ScanSource
from drivers.errors import DeviceError, DeviceState, Fault
from window_client.reception.making import Making
from window_client.reception.papers import Papers
from window_client.reception.separators import Batch

LOADED = "loaded"
"""The scanner's fact ``feeder`` when paper lies in it."""


def tell(page: ScannedPage, kept: bool) -> None:
    """Tell a scanner what became of its page, in a thread: it writes that down, and its disk may hang.

    Neither the main thread nor the lane in which pages are made may wait for that.
    """
    if page.origin:
        Thread(target=page.taken, args=(kept,), name="page-taken", daemon=True).start()


class Feeding:
    """Scans.

    Args:
        papers: The papers of the visit.
        making: Makes pages of what comes.
    """

    def __init__(self, papers: Papers, making: Making) -> None:
        self._papers = papers
        self._making = making
        self._scan: Cancel | None = None
        self._armed = False
        self._offered = (False, False)
        self.auto = papers.core.deps.settings.pages.auto_feed
        """Whether paper in the feeder starts the scan."""
        self.duplex = papers.core.deps.settings.pages.duplex
        """Whether both sides are scanned."""
        self.feeding = False
        self.fed = 0
        """Pages of the present scan."""

    def reset(self) -> None:
        """A visit ended or began."""
        self.stop()
        self.feeding, self.fed, self._armed = False, 0, False

    def facts(self) -> dict[str, str] | None:
        """What the scanner says of itself, None while there is none that works."""
        states = {DeviceState.READY.value, DeviceState.BUSY.value}
        views = self._papers.core.deps.devices.views()
        return next((d.facts for d in views if d.kind == "scanner" and d.state in states), None)

    def feed(self) -> None:
        """Scan what lies in the feeder, or the sheet on the glass when it is empty."""
        papers, core = self._papers, self._papers.core
        if not papers.collecting() or self.feeding:
            return
        batch = Batch(papers.target(), papers.asked(), papers.wants_no_paper(), self.duplex)
        self.feeding, self.fed, self._armed = True, 0, False

        still = partial(papers.is_open, core.draft.visit_id)  # a scan that was stopped may end in the next visit

        def done(count: int) -> None:
            if still():
                self.feeding = False
                core.refresh()
                core.say("scanner.done", n=str(count))

        def failed(error: DeviceError) -> None:
            if not still():
                return
            self.feeding = False
            core.refresh()
            if error.fault is not Fault.CANCELLED:
                core.say(f"scanner.{error.code}", bad=True, n=str(self.fed))

        def came(page: ScannedPage) -> None:
            if still():
                self.fed += 1
                self._making.make(
                    page.jpeg, "scanner", batch.start, batch, origin=page.origin, taken=partial(tell, page)
                )
            else:
                tell(page, kept=False)

        def on_page(page: ScannedPage) -> None:  # in the scanner's lane
            core.deps.dispatcher.post(lambda: came(page))

        wanted = ScanSettings(source=ScanSource.WHERE_IT_LIES, duplex=self.duplex)
        self._scan = core.deps.devices.scan(wanted, on_page=on_page, done=done, failed=failed)
        core.refresh()

    def stop(self) -> None:
        """Stop after the page that is being scanned; a scanner that does not let go is given up after a while."""
        if self._scan is not None:
            self._papers.core.deps.devices.call_off("scanner", self._scan)
            self._scan = None

    def set_auto(self, *, on: bool) -> None:
        """Let paper start the scan, or not; paper that lies there already counts: the clerk has just asked."""
        self.auto, self._armed = on, on
        self._papers.core.refresh()
        self.follow()

    def set_duplex(self, *, on: bool) -> None:
        """Scan both sides, or not."""
        self.duplex = on
        self._papers.core.refresh()

    def follow(self) -> None:
        """The scanner changed, or a step was opened.

        Only paper that is put in while the step is open starts a scan: what somebody left in the feeder is not
        this applicant's.
        """
        if not self._papers.arranging():
            self._armed = False
            return
        facts = self.facts()
        offered = (facts is not None and "feeder" in facts, facts is not None and "duplex" in facts)
        if offered != self._offered:
            self._offered = offered
            self._papers.core.refresh()
        if facts is None or not self.auto or self.feeding:
            return
        if facts.get("feeder") != LOADED:
            self._armed = True
        elif self._armed:
            self.feed()
