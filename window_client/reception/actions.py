"""What the two screens may ask of the reception desk, one method an action.

Each method returns at once; what follows arrives as a new ``ReceptionState``. An action that the state
table does not allow now is ignored with a logged note: the table decides, not the button.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from window_client.domain.visit import Step

Stroke = Sequence[tuple[float, float, int, float]]
"""Points (x, y, ms since the first, pressure 0…1); x and y in unit coordinates of the pad."""


class ClerkActions(Protocol):
    """The clerk's side."""

    def call_next(self) -> None:
        """F2: call the next number (also ends a finished visit)."""

    def recall(self) -> None:
        """F3: call the same number again."""

    def no_show(self) -> None:
        """F4: nobody came."""

    def call_number(self, number: str) -> None:
        """F7: call a typed number; works while the queue service is away."""

    def code_came(self, text: str) -> None:
        """A scanner that types like a keyboard has read a code."""

    def serve_without_ticket(self) -> None:
        """Ctrl+N: begin a visit without a ticket, or another item for the person at the window."""

    def end_unfiled(self, reason: str = "") -> None:
        """Ctrl+W: end the visit without filing; ``reason`` is a code of the words or free text."""

    def look_for_windows(self) -> None:
        """F5: ask which windows a number may be sent to; they come in ``state.transfer``."""

    def transfer(self, window_no: int, note: str = "") -> None:
        """F5: send the number to another window; the visit ends here."""

    def hold(self, reason: str) -> None:
        """F6: set the visit aside; the window may call the next number."""

    def resume(self, of: str) -> None:
        """F6: go on with a held visit, by visit id, or by number where only the queue service knows of it."""

    def pause(self, reason: str, minutes: int) -> None:
        """F8: nobody is at the window for ``minutes`` (0: not known); again while paused: change it."""

    def unpause(self) -> None:
        """F8: somebody is at the window again."""

    def lock(self) -> None:
        """Ctrl+L: hide everything until a password is given."""

    def unlock(self, account: str, password: str) -> None:
        """The lock page: the same clerk goes on, or another one takes the window over."""

    def touched(self) -> None:
        """A key or the pointer was used: the idle lock counts anew. Cheap."""

    def open_item(self, kind: str) -> None:
        """What stands behind a line of 我的未完事项; an empty kind closes it."""

    def begin_exercise(self, exercise_id: str) -> None:
        """Training: begin an exercise; an empty id puts the present one away."""

    def read_notice(self, text: str, at: str) -> None:
        """A notice of the day was read."""

    def read_card(self, side: str = "") -> None:
        """F9: ask the reader; a card laid down before this is read only now. ``side``: whose, applicant or agent."""

    def type_identity(self, name: str, id_no: str) -> None:
        """Take a typed identity; refused with remarks when the check digit is wrong."""

    def type_document(self, facts: Mapping[str, str], side: str = "") -> None:
        """Take an identity typed from any document: name, id_no, kind, sex, birth, valid_to, nationality, address."""

    def choose_party(self, party: str = "") -> None:
        """Alt+Q: ``person`` or ``organisation`` applies; without one the other than now."""

    def choose_agent(self, on: bool | None = None) -> None:
        """Alt+B: somebody came for the applicant, or nobody did; without a word the other way round."""

    def swap_people(self) -> None:
        """The principal's and the agent's card were read the other way round."""

    def look_up_organisation(self, code: str) -> None:
        """Ask the business register about a credit code; the answer shows in ``state.identity.organisation``."""

    def type_organisation(self, facts: Mapping[str, str]) -> None:
        """Take a typed organisation, by the names of ``domain.organisations.FACTS``; checked when the line is back."""

    def set_authority(self, field: str, value: str) -> None:
        """``relation``, ``powers`` (joined by ``|``) or ``until`` of the person who came."""

    def reveal_id(self) -> None:
        """Ctrl+H: show the full number for 10 s, journaled."""

    def set_contact(self, field: str, value: str) -> None:
        """``phone``, ``notify_by`` (sms, none) or ``collect_by`` (window, post)."""

    def take_in(self, related_id: str) -> None:
        """带入: take in the online pre-application with its item and fields."""

    def open_step(self, step: Step) -> None:
        """Alt+1…6: open a step that was reached before."""

    def next_step(self) -> None:
        """Ctrl+Enter: go on, submit at the end; goes to the first missing thing instead when there is one."""

    def go_to_missing(self) -> None:
        """Ctrl+G: open the step and focus the first missing thing."""

    def choose_item(self, item_id: str) -> None:
        """Take a service item."""

    def answer(self, question_id: str, values: Sequence[str]) -> None:
        """Answer a situation question; the checklist follows at once."""

    def set_field(self, field_id: str, text: str) -> None:
        """A form field was left with this text; on disk when the method returns."""

    def choose_row(self, material_id: str) -> None:
        """Make a checklist row the one that pages go to."""

    def select_page(self, index: int) -> None:
        """Choose a page of the current row."""

    def capture(self) -> None:
        """F10: take the camera's page into the current row."""

    def set_auto_capture(self, on: bool) -> None:
        """Fire by itself when the page lies still."""

    def feed(self) -> None:
        """F11: scan the feeder into the current row, page by page."""

    def stop_feeding(self) -> None:
        """Stop the feeder after the page that is being scanned."""

    def set_auto_feed(self, on: bool) -> None:
        """自动进纸: paper that is put into the feeder starts the scan."""

    def set_duplex(self, on: bool) -> None:
        """双面: scan both sides."""

    def use_ecert(self, material_id: str) -> None:
        """E: let the e-certificate stand for the paper."""

    def defer(self, material_id: str) -> None:
        """D: 容缺后补, where the rules allow it."""

    def not_needed(self, material_id: str) -> None:
        """N: not needed in this case (only for optional materials)."""

    def delete_page(self) -> None:
        """Del: remove the selected page."""

    def retake_page(self) -> None:
        """Replace the selected page by the next capture; asked again, leave it."""

    def turn_page(self) -> None:
        """Turn the selected page by 90° clockwise."""

    def crop_page(self, corners: Sequence[tuple[float, float]]) -> None:
        """Make the selected page of four corners, in parts (0 to 1) of its original; none: those that are found."""

    def shift_page(self, by: int) -> None:
        """Ctrl+←, Ctrl+→: move the selected page within its row."""

    def move_page(self, key: str, material_id: str, at: int = -1) -> None:
        """Move a page (key or digest; of any row or of 未归类) into a row; -1: at its end. Empty: to 未归类."""

    def turn_lens(self) -> None:
        """L: look through the camera's other lens, where the window has two."""

    def two_sides(self) -> None:
        """T: the next two pictures are a card's sides, put on one page; asked again, leave it."""

    def undo(self) -> None:
        """Ctrl+Z: take back the last change of pages and rows in this visit."""

    def redo(self) -> None:
        """Ctrl+Shift+Z: do again what was taken back."""

    def ask_to_sign_again(self) -> None:
        """Alt+R."""

    def help_given(self) -> None:
        """Alt+H: the clerk has seen to the applicant who asked for help."""

    def print_notice(self) -> None:
        """The acceptance notice on A4, or a marked copy of it."""

    def notice_came_out(self) -> None:
        """The notice of unknown fate is there."""

    def notice_missing(self) -> None:
        """The notice of unknown fate is not there: a marked copy."""

    def print_again(self) -> None:
        """F12: print a receipt that never left, or a marked copy of one that did."""

    def answer_print_unknown(self, came_out: bool) -> None:
        """The clerk says whether the receipt of unknown fate is there."""

    def check_device(self, device_id: str) -> None:
        """检测: look at a device now; what came of it arrives in ``state.tried``."""

    def prefer_device(self, device_id: str) -> None:
        """Use this one of several of a kind from now on."""

    def test_device(self, device_id: str) -> None:
        """试一下: a test strip, a test number, a frame, a card that does not enter the visit."""

    def put_off_print(self) -> None:
        """Esc in the printer fault: later."""

    def copy_case_no(self) -> str:
        """Ctrl+C: the case number as text."""

    def finish(self) -> None:
        """End the visit after acceptance; the next may be called."""

    def settle_conflicts(self) -> None:
        """The listed conflicts (``open_item("conflict")``) were looked at."""

    def retry_set_aside(self, of: str) -> None:
        """Send what was set aside of a case again; ``of`` is the case's id, or a message's."""

    def retry_outbox(self) -> None:
        """Ctrl+R: try everything now, also what was set aside."""

    def save_draft(self) -> None:
        """Ctrl+S."""

    def go_on(self, yes: bool) -> None:
        """Answer the offer to continue the visit found after a crash; no puts it among the drafts."""

    def resume_draft(self, visit_id: str) -> None:
        """Open a draft from 我的未完事项."""


class ApplicantActions(Protocol):
    """The applicant's side of the same desk."""

    def applicant_wrong(self, target: str) -> None:
        """不对: back to the clerk at that field."""

    def applicant_confirms(self) -> None:
        """都对，下一步."""

    def applicant_agrees(self) -> None:
        """Agrees to the declaration."""

    def applicant_draws(self, strokes: Sequence[Stroke]) -> None:
        """The strokes so far, for the clerk's live view."""

    def applicant_signs(self, strokes: Sequence[Stroke], picture: bytes) -> None:
        """签好了: strokes and a PNG of the pad."""

    def applicant_clears(self) -> None:
        """重写."""

    def applicant_rates(self, grade: str) -> None:
        """A grade of ``domain.rating.Grade``; the two lowest ask for reasons next."""

    def applicant_gives_reasons(self, reasons: Sequence[str], words: str = "") -> None:
        """Why, after one of the two lowest grades; may be empty."""

    def applicant_skips_rating(self) -> None:
        """不评价，结束."""

    def applicant_needs_help(self) -> None:
        """需要帮助: a note on the clerk's screen until she has answered; journaled."""

    def applicant_speaks(self, language: str) -> None:
        """The applicant's own language (``zh``, ``en``) until the visit ends."""

    def applicant_reveals(self, target: str) -> None:
        """A masked value is shown in full while the applicant holds it; journaled."""

    def applicant_touched(self) -> None:
        """Somebody touches the second screen: the rating page counts its seconds anew. Cheap."""


class Pictures(Protocol):
    """Pictures for the screens: never blocking, never from the main thread's disk.

    ``thumbnail`` and ``page`` return JPEG bytes when they are in memory and None otherwise; when a picture
    arrives later, the state's listener is called again.
    """

    def thumbnail(self, digest: str) -> bytes | None:
        """A small JPEG of a page."""

    def page(self, digest: str) -> bytes | None:
        """The page as JPEG."""

    def original(self, digest: str) -> bytes | None:
        """The upright original that a page was made of (``PageRef.original``), reduced, as JPEG."""


class Search(Protocol):
    """Find an item; under 20 ms a key at 10,000 items."""

    def search(self, text: str, limit: int = 50) -> Sequence[object]:
        """``domain.search.Hit`` rows, best first; the usual items of this window for an empty text."""
