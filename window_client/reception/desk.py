"""The reception desk: one method an action, one immutable state published to both screens."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from window_client.central import contract
from window_client.domain.catalogue import Item, english_names
from window_client.domain.visit import Event, State, Step
from window_client.reception.actions import Stroke
from window_client.reception.beginning import Beginning
from window_client.reception.calling import Calling
from window_client.reception.codes import Codes
from window_client.reception.collecting import Collecting
from window_client.reception.conflicts import Conflicts
from window_client.reception.core import Core, Deps
from window_client.reception.filling import Filling
from window_client.reception.guiding import Guiding
from window_client.reception.holding import Holding
from window_client.reception.identity import Identity
from window_client.reception.locking import Locking, blank
from window_client.reception.noticing import Noticing
from window_client.reception.opening import Opening
from window_client.reception.pausing import Pausing
from window_client.reception.pictures import PageShelf
from window_client.reception.printing import Printing
from window_client.reception.representing import Representing
from window_client.reception.returning import Returning
from window_client.reception.sending import Sending
from window_client.reception.several import Several
from window_client.reception.signing import Signing
from window_client.reception.state import (
    ApplicantView,
    Clerk,
    DeviceView,
    ExerciseView,
    NetworkView,
    PrintState,
    ReceptionState,
)
from window_client.reception.submitting import Submitting
from window_client.reception.transferring import Transferring
from window_client.reception.trying import Trying
from window_client.reception.walking import Walking

if TYPE_CHECKING:
    from window_client.domain.search import Hit
    from window_client.imaging.live import LiveView

log = logging.getLogger(__name__)


class ReceptionDesk:
    """What one clerk at one window can do; implements ``ClerkActions``, ``ApplicantActions``, ``Pictures``, ``Search``.

    Args:
        deps: What it is built from.
        show: Called on the main thread with every new state.
        show_live: Called with each live view of the camera, None when there is none.
        show_strokes: Called with the applicant's strokes while signing.
    """

    def __init__(
        self,
        deps: Deps,
        *,
        show: Callable[[ReceptionState], None],
        show_live: "Callable[[LiveView | None], None]",
        show_strokes: Callable[[Sequence[Stroke]], None],
    ) -> None:
        settings = deps.settings
        first = ReceptionState(
            hall_name="",
            window_no=settings.window_no,
            window_title="",
            profile=settings.profile,
            idle_since=deps.clock(),
        )
        self._deps = deps
        self._show, self._show_live = show, show_live
        self._core = core = Core(deps, first, self._publish)
        self._second_screen: DeviceView | None = None
        self.on_exercise: Callable[[str], None] = lambda _id: None
        self._pictures = PageShelf(deps.store.pages, deps.imaging, deps.dispatcher, self._show_again)
        self._calling = Calling(core)
        self._identity = Identity(core, self._calling)
        self._guiding = Guiding(core)
        self._representing = Representing(
            core,
            self._calling,
            follow=self._guiding.for_party,
            moved=self._identity.look_up,
            lines=self._identity.show_lines,
        )
        self._guiding.on_who = self._representing.choose_agent
        self._filling = Filling(core)
        self._collecting = Collecting(core, self._pictures, self._live)
        self._codes = Codes(
            core,
            self._collecting.papers,
            call=self.call_number,
            look_up=self.look_up_organisation,
            choose_item=self.choose_item,
        )
        self._printing = Printing(core, self._left_over_changed)
        self._noticing = Noticing(core)
        self._submitting = Submitting(core, self._printing, self._noticing.follow)
        self._sending = Sending(core)
        self._walking = Walking(
            core,
            identity=self._identity,
            guiding=self._guiding,
            filling=self._filling,
            collecting=self._collecting,
            submitting=self._submitting,
            sending=self._sending,
        )
        self._beginning = begins = Beginning(
            core,
            calling=self._calling,
            identity=self._identity,
            pictures=self._pictures,
            printing=self._printing,
            submitting=self._submitting,
        )
        deps.devices.belong_to(lambda: self.state.draft.visit_id if self.state.draft else "")
        self._trying = Trying(core, self._calling.show_number, lambda: self._collecting.live, self.devices_changed)
        self._signing = Signing(core, show_strokes, self._walking.open_wrong, self._rating_over)
        self._walking.set_signing(self._signing)
        self._holding = Holding(core, self._calling, begins.go_on_with, begins.about)
        begins.set_others(self._signing, self._holding)
        self._transferring = Transferring(core, self._calling)
        self._pausing = Pausing(core, self._calling)
        self._locking = Locking(core, self._stop_watching, self._look_again)
        self._opening = Opening(core, self._beginning.show_left_over)
        self._several = Several(core, self._calling, begins.go_on_with)
        self._calling.held = self._holding.numbers
        core.on_queue = self._queue_came
        core.transient = self._collecting.transient
        self._returning = Returning(core, self._calling, self._guiding)
        self._conflicts = Conflicts(core, self.refresh_today)
        core.on_record = self._returning.record_came
        core.on_visit_over = self._visit_over

    @property
    def state(self) -> ReceptionState:
        """The present state."""
        return self._core.state

    # ---- begin and end of a working day

    def sign_in(self, clerk: Clerk) -> None:
        """A clerk sits down: the hall's words, the queue, and a visit that a crash left open."""
        catalogue = self._deps.shelf.catalogue
        window = None
        if catalogue is not None:
            window = next((row for row in catalogue.windows if row.no == self.state.window_no), None)
        self._core.set(
            clerk=clerk,
            hall_name=catalogue.hall.name if catalogue else "",
            window_title=window.title if window else "",
            catalogue_version=catalogue.meta.catalog_version if catalogue else "",
            catalogue_at=catalogue.meta.published_at if catalogue else "",
            names_en=english_names(catalogue) if catalogue else {},
            idle_since=self._core.now(),
        )
        with self._core.together():
            self._pausing.restore()
            self._beginning.find_open_visit()
            self._beginning.show_left_over()
            self.outbox_changed()
        self._locking.begin()
        self._codes.follow()
        self._calling.refresh()
        self.refresh_today()

    def go_on(self, yes: bool) -> None:
        """Answer the offer to continue the visit found after a crash."""
        self._beginning.go_on(yes)

    def resume_draft(self, visit_id: str) -> None:
        """Open a draft."""
        self._beginning.resume_draft(visit_id)

    # ---- news from outside

    def devices_changed(self) -> None:
        """A device's state changed."""
        self._core.set(devices=self._device_views())
        self._collecting.watch()
        self._codes.follow()
        self._calling.display_back(self._deps.devices.views())

    def second_screen_changed(
        self, *, there: bool, turns: bool = False, facts: Mapping[str, str] | None = None
    ) -> None:
        """The applicant's screen came or went. ``turns``: the clerk's own is turned when the applicant's turn comes."""
        self._second_screen = DeviceView(
            "applicant",
            "applicant_screen",
            "ready" if there else "offline",
            "" if there else "absent",
            emulated=False,
            facts={**(facts or {}), **({"way": "turn"} if turns else {})},
        )
        self._core.set(devices=self._device_views())

    def _device_views(self) -> tuple[DeviceView, ...]:
        """The devices, with the applicant's screen before the number display."""
        views = list(self._deps.devices.views())
        if self._second_screen is not None:
            at = next((place for place, view in enumerate(views) if view.kind == "display"), len(views))
            views.insert(at, self._second_screen)
        return tuple(views)

    def network_changed(self, *, online: bool, latency_ms: int | None, offset_s: float) -> None:
        """The line came, went, or was measured."""
        network = self.state.network
        same = network.online == online and network.since is not None
        since = network.since if same else self._core.now()
        came = online and not network.online
        queue = self.state.queue if online else replace(self.state.queue, online=False)
        self._core.set(network=NetworkView(online, latency_ms, since, offset_s), queue=queue)
        self._sending.line_changed(came=came)
        if came:
            self._returning.line_back()
            self._calling.refresh()
            self.refresh_today()
            if self.state.identity.lookup == "offline" and self.state.visit is State.SERVING:
                self._identity.look_up()
            self._representing.verify_again()

    def _queue_came(self, picture: contract.QueuePicture) -> None:
        self._holding.compare(picture)
        self._pausing.compare(picture)

    def queue_changed(self) -> None:
        """The feed says that the queue is another one: ask for its picture."""
        self._calling.refresh()

    def outbox_changed(self, next_try: datetime | None = None) -> None:
        """The courier delivered, postponed or set aside something; ``next_try``: when it tries the line next."""
        self._sending.changed(next_try)

    def case_changed(self, case_id: str, state: str, at: str) -> None:
        """The feed says what the centre does with a case."""
        if self._deps.store.cases.mark_delivered(case_id, "", state, at):
            self.outbox_changed()

    def refresh_today(self) -> None:
        """Ask for 今日, the open items and the notices."""
        self._opening.refresh_today()

    def catalogue_changed(self) -> None:
        """Another catalogue version is on the shelf."""
        catalogue = self._deps.shelf.catalogue
        if catalogue is not None:
            self._core.set(
                hall_name=catalogue.hall.name,
                catalogue_version=catalogue.meta.catalog_version,
                catalogue_at=catalogue.meta.published_at,
                names_en=english_names(catalogue),
            )
            self._core.refresh()

    # ---- rail

    def call_next(self) -> None:
        """F2."""
        self._calling.call_next()
        self._signing.follow()

    def recall(self) -> None:
        """F3."""
        self._calling.recall()

    def no_show(self) -> None:
        """F4."""
        self._identity.stop_reading()
        self._calling.no_show()

    def call_number(self, number: str) -> None:
        """F7."""
        self._calling.call_number(number)

    def serve_without_ticket(self) -> None:
        """Ctrl+N: without a number while idle; for the person at the window another item."""
        if self.state.visit is State.SERVING:
            if not self._pages_coming():
                self._several.add()
        else:
            self._calling.serve_without_ticket()
        self._signing.follow()

    def end_unfiled(self, reason: str = "") -> None:
        """Ctrl+W."""
        self._calling.end_unfiled(reason)

    def look_for_windows(self) -> None:
        """F5."""
        self._transferring.look()

    def transfer(self, window_no: int, note: str = "") -> None:
        """F5."""
        if not self._pages_coming():
            self._transferring.transfer(window_no, note)

    def hold(self, reason: str) -> None:
        """F6."""
        if not self._pages_coming():
            self._holding.hold(reason)

    def resume(self, of: str) -> None:
        """F6."""
        self._holding.resume(of)

    def pause(self, reason: str, minutes: int) -> None:
        """F8."""
        self._pausing.pause(reason, minutes)

    def unpause(self) -> None:
        """F8."""
        self._pausing.unpause()
        self.queue_changed()

    def _pages_coming(self) -> bool:
        """Pages on their way are waited for: they would have no visit to go to."""
        if self._collecting.expects_pages:
            self._core.say("materials.pages_coming")
        return self._collecting.expects_pages

    def lock(self) -> None:
        """Ctrl+L."""
        self._locking.lock()

    def unlock(self, account: str, password: str) -> None:
        """The lock page."""
        self._locking.unlock(account, password)

    def touched(self) -> None:
        """A key or the pointer was used."""
        self._locking.touched()

    def open_item(self, kind: str) -> None:
        """A line of 我的未完事项."""
        if kind == "conflict":
            self._conflicts.open()
        else:
            self._opening.open_item(kind)

    def settle_conflicts(self) -> None:
        """已核对."""
        self._conflicts.settle()

    def conflict_found(self, case_no: str, count: int) -> None:
        """The feed says that a case of this window does not fit what the centre knows."""
        self._conflicts.found(case_no, count)

    def begin_exercise(self, exercise_id: str) -> None:
        """Training: begin an exercise, or put the present one away."""
        self.on_exercise(exercise_id)

    def training_changed(self, views: tuple[ExerciseView, ...], code: str, args: dict[str, str]) -> None:
        """Training: how far the exercises are, and what to say of it."""
        self._core.set(training=views)
        if code:
            self._core.say(code, bad=False, **args)

    def read_notice(self, text: str, at: str) -> None:
        """A notice was read."""
        self._opening.read_notice(text, at)

    def _publish(self, state: ReceptionState) -> None:
        """Show a state; while locked the screens are not even told anything personal."""
        self._show(blank(state) if state.lock is not None else state)

    def _live(self, view: "LiveView | None") -> None:
        if self.state.lock is None:
            self._show_live(view)

    def _stop_watching(self) -> None:
        self._identity.stop_reading()
        self._codes.rest()
        self._deps.dispatcher.post(self._collecting.watch)

    def _look_again(self) -> None:
        self._collecting.watch()
        self._codes.follow()
        self._calling.refresh()

    def _left_over_changed(self) -> None:
        self._beginning.show_left_over()

    def finish(self) -> None:
        """End the visit after acceptance."""
        self._calling.close_visit("done")
        self.refresh_today()

    def _visit_over(self) -> None:
        self._identity.stop_reading()
        self._returning.forget()
        self._signing.forget()
        self._printing.forget()
        self._noticing.forget()
        self._trying.forget()
        self._collecting.reset()
        self._beginning.show_drafts()
        self._core.deps.dispatcher.post(self._beginning.show_left_over)
        self._core.deps.dispatcher.post(self._locking.idle_again)

    # ---- steps

    def open_step(self, step: Step) -> None:
        """Alt+1…6."""
        self._walking.open_step(step)

    def next_step(self) -> None:
        """Ctrl+Enter."""
        self._walking.next_step()

    def go_to_missing(self) -> None:
        """Ctrl+G."""
        self._walking.go_to_missing()

    # ---- identity, item, form

    def read_card(self, side: str = "") -> None:
        """F9."""
        self._identity.read_card(side)
        self._signing.follow()

    def type_identity(self, name: str, id_no: str) -> None:
        """Typed identity."""
        self._identity.type_identity(name, id_no)
        self._signing.follow()

    def type_document(self, facts: Mapping[str, str], side: str = "") -> None:
        """An identity typed from any document."""
        self._identity.type_document(facts, side)
        self._signing.follow()

    def choose_party(self, party: str = "") -> None:
        """Alt+Q."""
        self._identity.stop_reading()
        self._representing.choose_party(party)
        self._signing.follow()

    def choose_agent(self, on: bool | None = None) -> None:
        """Alt+B."""
        self._identity.stop_reading()
        self._representing.choose_agent(on)
        self._signing.follow()

    def swap_people(self) -> None:
        """对调."""
        self._representing.swap()

    def look_up_organisation(self, code: str) -> None:
        """Ask the business register."""
        self._representing.look_up_organisation(code)

    def type_organisation(self, facts: Mapping[str, str]) -> None:
        """A typed organisation."""
        self._representing.type_organisation(facts)
        self._signing.follow()

    def set_authority(self, field: str, value: str) -> None:
        """Relation, powers and period of the person who came."""
        self._representing.set_authority(field, value)

    def reveal_id(self) -> None:
        """Ctrl+H."""
        self._identity.reveal()

    def set_contact(self, field: str, value: str) -> None:
        """Phone, way of notice, way of collecting."""
        self._identity.set_contact(field, value)

    def take_in(self, related_id: str) -> None:
        """带入."""
        self._guiding.take_in(related_id)

    def code_came(self, text: str) -> None:
        """A code from a scanner that types like a keyboard."""
        self._locking.touched()
        self._codes.came(text)
        self._signing.follow()

    def choose_item(self, item_id: str) -> None:
        """Take an item."""
        self._guiding.choose_item(item_id)

    def answer(self, question_id: str, values: Sequence[str]) -> None:
        """Answer a question."""
        self._guiding.answer(question_id, values)

    def set_field(self, field_id: str, text: str) -> None:
        """A form field was left."""
        self._filling.set_field(field_id, text)

    def search(self, text: str, limit: int = 50) -> "Sequence[Hit]":
        """Find items."""
        return self._deps.shelf.search(text, limit)

    def item(self, item_id: str) -> Item | None:
        """An item by its id."""
        return self._deps.shelf.item(item_id)

    # ---- materials

    def choose_row(self, material_id: str) -> None:
        """Make a row the current one."""
        self._collecting.choose_row(material_id)

    def select_page(self, index: int) -> None:
        """Choose a page."""
        self._collecting.select_page(index)

    def capture(self) -> None:
        """F10; in step 1 it opens the materials at the power of attorney."""
        if self.state.open_step is Step.IDENTITY and self._representing.open_authority():
            self._walking.leave(Step.IDENTITY)
            self._walking.entered(Step.MATERIALS)
        else:
            self._collecting.capture()

    def set_auto_capture(self, on: bool) -> None:
        """自动拍."""
        self._collecting.set_auto_capture(on)

    def feed(self) -> None:
        """F11."""
        self._collecting.feeding.feed()

    def stop_feeding(self) -> None:
        """Stop the feeder."""
        self._collecting.feeding.stop()

    def set_auto_feed(self, on: bool) -> None:
        """自动进纸."""
        self._collecting.feeding.set_auto(on=on)

    def set_duplex(self, on: bool) -> None:
        """双面."""
        self._collecting.feeding.set_duplex(on=on)

    def use_ecert(self, material_id: str) -> None:
        """E."""
        self._collecting.use_ecert(material_id)

    def defer(self, material_id: str) -> None:
        """D."""
        self._collecting.defer(material_id)

    def not_needed(self, material_id: str) -> None:
        """N."""
        self._collecting.not_needed(material_id)

    def delete_page(self) -> None:
        """Del."""
        self._collecting.arranging.delete()

    def retake_page(self) -> None:
        """The next capture replaces the selected page."""
        self._collecting.arranging.retake()

    def turn_page(self) -> None:
        """Turn the selected page."""
        self._collecting.arranging.turn()

    def crop_page(self, corners: Sequence[tuple[float, float]]) -> None:
        """Set the corners of the selected page."""
        self._collecting.crop_page(corners)

    def shift_page(self, by: int) -> None:
        """Ctrl+← and Ctrl+→."""
        self._collecting.arranging.shift(by)

    def turn_lens(self) -> None:
        """L."""
        self._collecting.turn_lens()

    def two_sides(self) -> None:
        """Both sides of a card."""
        self._collecting.making.two_sides()

    def undo(self) -> None:
        """Ctrl+Z."""
        self._collecting.undo()

    def redo(self) -> None:
        """Ctrl+Shift+Z."""
        self._collecting.redo()

    def move_page(self, key: str, material_id: str, at: int = -1) -> None:
        """Move a page into a row."""
        self._collecting.arranging.place(key, material_id, at)

    def thumbnail(self, digest: str) -> bytes | None:
        """A small picture of a page."""
        return self._pictures.thumbnail(digest)

    def page(self, digest: str) -> bytes | None:
        """A page."""
        return self._pictures.page(digest)

    def original(self, digest: str) -> bytes | None:
        """What the camera or the scanner saw, reduced."""
        return self._pictures.original(digest)

    def _show_again(self) -> None:
        self._core.show(self._core.state)

    # ---- the applicant

    def ask_to_sign_again(self) -> None:
        """Alt+R."""
        self._signing.ask_again()

    def applicant_wrong(self, target: str) -> None:
        """不对."""
        self._signing.is_wrong(target)

    def applicant_confirms(self) -> None:
        """都对."""
        self._signing.confirms()

    def applicant_agrees(self) -> None:
        """Agrees to the declaration."""
        self._signing.agrees()

    def applicant_draws(self, strokes: Sequence[Stroke]) -> None:
        """Strokes so far."""
        self._signing.draws(strokes)

    def applicant_signs(self, strokes: Sequence[Stroke], picture: bytes) -> None:
        """签好了."""
        self._signing.signs(strokes, picture)

    def applicant_clears(self) -> None:
        """重写."""
        self._signing.clears()

    def applicant_rates(self, grade: str) -> None:
        """A grade."""
        self._signing.rates(grade)

    def applicant_gives_reasons(self, reasons: Sequence[str], words: str = "") -> None:
        """Why."""
        self._signing.gives_reasons(reasons, words)

    def applicant_skips_rating(self) -> None:
        """不评价."""
        self._signing.skips()

    def applicant_needs_help(self) -> None:
        """需要帮助."""
        self._signing.needs_help()

    def applicant_speaks(self, language: str) -> None:
        """English or 中文."""
        self._signing.speaks(language)

    def applicant_reveals(self, target: str) -> None:
        """A masked value is held."""
        self._signing.reveals(target)

    def applicant_touched(self) -> None:
        """A finger on the second screen."""
        self._signing.touched()
        self._locking.touched()

    def help_given(self) -> None:
        """Alt+H."""
        self._signing.help_given()

    def _rating_over(self) -> None:
        """Rated, skipped, or time is up: the visit ends and the window is idle."""
        if self.state.visit is State.RATING:
            self._core.go(Event.RATED, applicant=ApplicantView())
        if self.state.receipt.state in {PrintState.CONFIRMED, PrintState.SENT}:
            self._calling.close_visit("done")
        # Otherwise the visit stays open for the clerk: the receipt still needs a hand.
        self.refresh_today()

    # ---- receipt, outbox, draft

    def print_notice(self) -> None:
        """The acceptance notice on A4."""
        self._noticing.print_notice()

    def notice_came_out(self) -> None:
        """The clerk looked: the notice is there."""
        self._noticing.answer_unknown(came_out=True)

    def notice_missing(self) -> None:
        """The clerk looked: it is not."""
        self._noticing.answer_unknown(came_out=False)

    def print_again(self) -> None:
        """F12."""
        self._printing.print_again()

    def answer_print_unknown(self, came_out: bool) -> None:
        """The clerk looked whether the receipt is there."""
        self._printing.answer_unknown(came_out=came_out)

    def check_device(self, device_id: str) -> None:
        """检测."""
        self._codes.make_room(device_id)
        self._trying.check(device_id)

    def prefer_device(self, device_id: str) -> None:
        """改用这台."""
        self._deps.devices.prefer(device_id)

    def test_device(self, device_id: str) -> None:
        """试一下."""
        self._trying.test(device_id)

    def put_off_print(self) -> None:
        """Later."""
        self._printing.put_off()

    def copy_case_no(self) -> str:
        """Ctrl+C."""
        result = self.state.result
        return (result.final_no or result.case_no) if result else ""

    def retry_outbox(self) -> None:
        """Ctrl+R: everything now, also what was set aside."""
        self._sending.retry()

    def retry_set_aside(self, of: str) -> None:
        """重试 of a case or message that was set aside."""
        self._sending.retry_one(of)

    def tell_bug(self, reference: str) -> None:
        """The program made a mistake; the visit is safe in its draft."""
        self._core.set(busy="")
        self._core.say("bug", bad=True, reference=reference)

    def tell_store(self, code: str, args: dict[str, str]) -> None:
        """Something about the store that the clerk should know: little space, or damage."""
        self._core.say(code, bad=True, **args)

    def tell_signed_out(self) -> None:
        """The session has run out: work goes on, sending waits until somebody signs in again."""
        self._locking.session_over()

    def tell_offline_sign_in(self, days: int) -> None:
        """Signed in without the centre; it still works on so many days."""
        self._core.say("signin.offline", n=str(days))

    def tell_refused_at_centre(self, code: str) -> None:
        """The centre is back and does not take the sign-in that was made without it."""
        self._core.say(f"signin.refused.{code}", bad=True)

    def known_at_centre(self) -> None:
        """The centre knows the clerk again, without anybody's help."""
        self._core.set(signed_out=False)
        self._calling.refresh()
        self.refresh_today()

    def save_draft(self) -> None:
        """Ctrl+S."""
        if self.state.draft is not None and self.state.visit is State.SERVING:
            self._core.keep(self._core.draft)
            self._core.say("draft.saved")
