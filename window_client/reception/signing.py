"""Step 5: the applicant checks, agrees and signs; and, after the acceptance, rates.

What the applicant sees is one document (``domain.confirm``) in the language that the applicant chose; its digest binds
the signature to it. Changing any shown value or page afterwards makes the digest another one: the signature no longer
stands and is asked again. Another language before the signature begins the check anew; afterwards the signature keeps
the language in which it was given.
The rating is taken on the applicant's screen or on a rating pad; its grade goes straight into the outbox and nowhere
else.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from window_client.central import contract
from window_client.central.courier import rating_message
from window_client.domain import confirm
from window_client.domain.material import RowState
from window_client.domain.rating import Grade, is_bad
from window_client.domain.representing import ORGANISATION, applies, identified, who_came
from window_client.domain.visit import Draft, Event, Signature, State, Step
from window_client.reception.actions import Stroke
from window_client.reception.core import Core
from window_client.reception.rating_pad import RatingPadAsking
from window_client.reception.state import ApplicantPage, ApplicantView, ShownLine, ShownMaterial
from window_client.reception.views import definition
from window_client.store import crash
from window_client.store.errors import StoreError
from window_client.store.journal import Detail
from window_client.store.outbox import Message

log = logging.getLogger(__name__)

RATE_WITHIN = timedelta(seconds=60)
"""How long the rating page waits; then the visit counts as not rated (DOMAIN.md section 11)."""

TOUCH_COUNTS_AFTER = timedelta(seconds=2)
"""A touch so soon after the last one changes nothing: not every tap is a new state."""

THANKS_FOR = 3.0

LANGUAGES = ("zh", "en")

_ORDER = (ApplicantPage.CHECK, ApplicantPage.DECLARE, ApplicantPage.SIGN, ApplicantPage.SIGNED)
_SHOWING = frozenset({ApplicantPage.IDENTITY, ApplicantPage.CHECK, ApplicantPage.DECLARE, ApplicantPage.SIGN})


class Signing:
    """The applicant's side.

    Args:
        core: The desk's core.
        show_strokes: Called with the strokes so far, for the clerk's live view.
        wrong: Opens the clerk's screen at the thing that the applicant called wrong.
        end_rating: Ends the visit's rating (rated, skipped, or time is up).
    """

    def __init__(
        self,
        core: Core,
        show_strokes: Callable[[Sequence[Stroke]], None],
        wrong: Callable[[str], None],
        end_rating: Callable[[], None],
    ) -> None:
        self._core = core
        self._show_strokes = show_strokes
        self._wrong = wrong
        self._end_rating = end_rating
        self._call_off: Callable[[], None] = lambda: None
        self._grade: Grade | None = None
        self._wrong_target = ""
        self._pad = RatingPadAsking(core, self._rates_on_pad, self._pad_gives_up)

    # ---- what is shown

    def shown(self, draft: Draft) -> confirm.Shown | None:
        """The document that the applicant is asked to sign, or None while something for it is missing."""
        core = self._core
        form, item, guidance = definition(core, draft), core.state.item, core.state.guidance
        if form is None or item is None or guidance is None or not identified(draft):
            return None
        return confirm.shown(draft, form, item, guidance, core.deps.words)

    def stands(self, draft: Draft) -> bool:
        """Whether there is a signature and it is one of exactly this document."""
        document = self.shown(draft)
        return document is not None and confirm.signature_stands(draft, document)

    def begin(self) -> None:
        """The confirm step was opened: show the page that comes next for the applicant."""
        core = self._core
        document = self.shown(core.draft)
        if document is None:
            return
        language = core.state.applicant_language
        digest = confirm.digest(document, language)
        draft = core.draft
        view = core.state.applicant
        if draft.signature is not None and not confirm.signature_stands(draft, document):
            # Promise of the signature: what was signed is not what is shown any more.
            draft = msgspec.structs.replace(draft, signature=None, checked_at="", agreed_at="")
            core.keep(draft)
            core.say("sign.changed")
            view = replace(view, asked_again=True)
        elif draft.signature is not None:
            digest = draft.signature.digest
        elif (view.digest and view.digest != digest) or (draft.checked_at and (draft.read_in or "zh") != language):
            draft = msgspec.structs.replace(draft, checked_at="", agreed_at="")
            core.keep(draft)
        page = _page_for(draft)
        form = definition(core, draft)
        core.set(
            applicant=ApplicantView(
                page=page,
                lines=tuple(_line(value) for value in document.values),
                materials=tuple(_material(row) for row in document.materials),
                declaration=document.declaration.zh,
                document_title=form.title.zh if form else "",
                documents=1 + any(row.state is RowState.DEFERRED for row in document.materials),
                signer=_signer(draft),
                signs_as="agent" if draft.by_agent else "legal_rep" if draft.party == ORGANISATION else "",
                checked_at=_time(draft.checked_at),
                agreed_at=_time(draft.agreed_at),
                signed_at=_time(draft.signature.signed_at) if draft.signature else None,
                asked_again=view.asked_again and page is not ApplicantPage.SIGNED,
                digest=digest,
                declaration_en=document.declaration.en,
                document_title_en=form.title.en if form else "",
            )
        )

    def follow(self) -> None:
        """The step or the visit changed: the second screen follows."""
        core = self._core
        state = core.state
        if state.visit is State.SERVING and state.open_step is Step.CONFIRM:
            self.begin()
            return
        page = _elsewhere(core)
        if page is not None and page is not state.applicant.page:
            lines = state.applicant.lines if page is ApplicantPage.IDENTITY else ()
            core.set(applicant=ApplicantView(page=page, lines=lines))

    # ---- the applicant

    def is_wrong(self, target: str) -> None:
        """不对: the clerk's screen opens there; the check starts over afterwards."""
        core = self._core
        if core.state.applicant.page not in {ApplicantPage.CHECK, ApplicantPage.DECLARE, ApplicantPage.SIGN}:
            return
        line = next((line for line in core.state.applicant.lines if line.target == target), None)
        draft = msgspec.structs.replace(core.draft, checked_at="", agreed_at="", signature=None)
        with core.together():
            core.keep(draft)
            self._wrong(target)
            core.set(applicant=replace(core.state.applicant, wrong=target))
            if target == "declaration":
                core.say("applicant.disagrees", bad=True)
            else:
                label = line.label if line else target
                core.say("applicant.wrong", label=label, label_en=line.read_in("en").label if line else target)

    def confirms(self) -> None:
        """都对: on to the declaration."""
        self._stamp(ApplicantPage.CHECK, "checked_at")

    def agrees(self) -> None:
        """Agrees to the declaration: on to the signature."""
        self._stamp(ApplicantPage.DECLARE, "agreed_at")

    def _stamp(self, page: ApplicantPage, name: str) -> None:
        core = self._core
        if core.state.applicant.page is page:
            read_in = core.state.applicant_language
            core.keep(msgspec.structs.replace(core.draft, read_in=read_in, **{name: core.now().isoformat()}))
            self.begin()

    def draws(self, strokes: Sequence[Stroke]) -> None:
        """The strokes so far."""
        if self._core.state.applicant.page is ApplicantPage.SIGN:
            self._show_strokes(strokes)

    def clears(self) -> None:
        """重写."""
        self._show_strokes(())

    def signs(self, strokes: Sequence[Stroke], picture: bytes) -> None:
        """签好了: picture and strokes are sealed on disk, then the signature counts."""
        core = self._core
        document = self.shown(core.draft) if core.state.draft else None
        if core.state.applicant.page is not ApplicantPage.SIGN or document is None or not any(strokes):
            return
        kept = tuple(tuple((float(x), float(y), int(ms), float(p)) for x, y, ms, p in stroke) for stroke in strokes)
        language = core.state.applicant_language
        visit_id, digest = core.draft.visit_id, confirm.digest(document, language)
        pages = core.deps.store.pages

        def seal() -> str:
            pages.write(msgspec.json.encode(kept))
            return pages.write(picture)

        def done(name: str) -> None:
            if core.state.draft is None or core.draft.visit_id != visit_id:
                return
            signature = Signature(
                digest=digest,
                picture=name,
                strokes=kept,
                signed_at=core.now().isoformat(),
                signer=_signer(core.draft),
                picture_size=len(picture),
                language=language,
            )
            core.keep(msgspec.structs.replace(core.draft, signature=signature))
            if core.state.open_step is Step.CONFIRM:
                self.begin()

        def failed(error: Exception) -> None:
            core.say(f"store.{error.code}" if isinstance(error, StoreError) else "sign.unreadable", bad=True)

        core.deps.imaging.run(seal, done=done, failed=failed)

    def ask_again(self) -> None:
        """Alt+R: the clerk asks for another signature."""
        core = self._core
        if core.state.visit is State.SERVING and core.state.open_step is Step.CONFIRM:
            core.keep(msgspec.structs.replace(core.draft, signature=None))
            core.set(applicant=replace(core.state.applicant, asked_again=True))
            self._show_strokes(())
            self.begin()

    # ---- the applicant's own wishes

    def speaks(self, language: str) -> None:
        """English or 中文, until the visit ends; what was checked in the other language is checked again."""
        core = self._core
        if language not in LANGUAGES or language == core.state.applicant_language:
            return
        with core.together():
            core.set(applicant_language=language)
            if core.state.applicant.page in _ORDER and core.state.draft is not None:
                self.begin()

    def reveals(self, target: str) -> None:
        """The applicant holds a masked value: in the journal, as every unmasking."""
        if self._core.state.applicant.page in _SHOWING and self._core.state.draft is not None:
            self._write_down("applicant.revealed", {"field": target})

    def needs_help(self) -> None:
        """需要帮助: the clerk is told until she has answered; the journal has it once."""
        core = self._core
        if core.state.help_asked_at is None and core.state.lock is None:
            self._write_down("applicant.help", {"page": core.state.applicant.page.value})
            core.set(help_asked_at=core.now())
            core.say("applicant.help")

    def help_given(self) -> None:
        """The clerk has seen to it."""
        self._core.set(help_asked_at=None)

    def _write_down(self, action: str, detail: Detail) -> None:
        core = self._core
        visit = core.state.draft.visit_id if core.state.draft else ""
        try:
            core.deps.store.journal.add("applicant", action, visit, detail, at=core.now().isoformat())
        except StoreError as error:
            log.warning("%s is not in the journal: %s", action, error.code)

    def touched(self) -> None:
        """A finger on the rating page: whoever is still there gets the whole time again."""
        core = self._core
        ends = core.state.applicant.countdown_ends
        if ends is None or core.state.applicant.page not in {ApplicantPage.RATE, ApplicantPage.REASONS}:
            return
        if ends - core.now() < RATE_WITHIN - TOUCH_COUNTS_AFTER:
            core.set(applicant=replace(core.state.applicant, countdown_ends=core.now() + RATE_WITHIN))
            self._call_off()
            self._call_off = core.deps.dispatcher.later(RATE_WITHIN.total_seconds(), self._time_is_up)

    # ---- rating

    def ask_rating(self) -> None:
        """After the acceptance: sixty seconds, voluntary."""
        core = self._core
        if not core.allowed(Event.ASK_RATING):
            return
        self._grade = None
        on_pad = self._pad.is_wanted()
        view = ApplicantView(page=ApplicantPage.RATE, countdown_ends=core.now() + RATE_WITHIN, on_pad=on_pad)
        core.go(Event.ASK_RATING, applicant=view)
        self._call_off()
        self._call_off = core.deps.dispatcher.later(RATE_WITHIN.total_seconds(), self._time_is_up)
        if on_pad:
            self._pad.ask(RATE_WITHIN.total_seconds())

    def _rates_on_pad(self, grade: Grade) -> None:
        """A key. Why is asked where there is a screen to ask it on."""
        if self._core.state.applicant.page is not ApplicantPage.RATE:
            return
        if self._pad.screen_is_there:
            self.rates(grade.value)
            return
        self._grade = grade
        self._keep_rating((), "")

    def _pad_gives_up(self) -> None:
        """No key, or no pad any more: where there is a screen it goes on asking, else the visit counts as not rated."""
        view = self._core.state.applicant
        if view.page is not ApplicantPage.RATE:
            return
        if self._pad.screen_is_there:
            self._core.set(applicant=replace(view, on_pad=False))
        else:
            self._over()

    def rates(self, grade: str) -> None:
        """A grade. The two lowest ask why first."""
        core = self._core
        if core.state.applicant.page is not ApplicantPage.RATE:
            return
        self._pad.stop()
        self._grade = Grade(grade)
        if is_bad(self._grade):
            core.set(
                applicant=replace(
                    core.state.applicant,
                    page=ApplicantPage.REASONS,
                    countdown_ends=core.now() + RATE_WITHIN,
                    on_pad=False,
                )
            )
            self._call_off()
            self._call_off = core.deps.dispatcher.later(RATE_WITHIN.total_seconds(), self._time_is_up)
            return
        self._keep_rating((), "")

    def gives_reasons(self, reasons: Sequence[str], words: str) -> None:
        """Why; an answer without reasons is kept as one without."""
        if self._core.state.applicant.page is ApplicantPage.REASONS:
            self._keep_rating(tuple(reasons), words)

    def skips(self) -> None:
        """不评价，结束."""
        if self._core.state.applicant.page in {ApplicantPage.RATE, ApplicantPage.REASONS}:
            self._over()

    def _time_is_up(self) -> None:
        page = self._core.state.applicant.page
        if page is ApplicantPage.REASONS:
            self._keep_rating((), "")  # the grade was given; only the reasons were not
        elif page is ApplicantPage.RATE:
            self._over()

    def _keep_rating(self, reasons: tuple[str, ...], words: str) -> None:
        core = self._core
        draft = core.draft
        if self._grade is None:
            return
        rating = contract.Rating(
            grade=self._grade,
            rated_at=core.now().isoformat(),
            window=core.state.window_no,
            clerk=draft.clerk,
            case_no=draft.case_no,
            details=reasons or (("other",) if is_bad(self._grade) else ()),
            words=words.strip()[:500],
        )
        self._grade = None
        crash.point("rating.before_commit")
        try:
            core.deps.store.outbox.put(
                Message(f"rating-{draft.visit_id}", "rating", rating_message(draft.visit_id, rating)), now=core.now()
            )
        except StoreError as error:
            log.error("the rating could not be kept: %s", error.code)  # noqa: TRY400 - the environment's error
        crash.point("rating.after_commit")
        core.deps.wake_courier()
        self._over()

    def _over(self) -> None:
        """Thanks, then blank; the clerk learns that it is over, never what was said."""
        core = self._core
        self._call_off()
        self._pad.stop()
        self._grade = None
        core.set(applicant=ApplicantView(page=ApplicantPage.THANKS))
        self._call_off = core.deps.dispatcher.later(THANKS_FOR, self._end_rating)

    def forget(self) -> None:
        """The visit is over in some way: no timer of it fires, nothing of it is shown."""
        self._call_off()
        self._pad.stop()
        self._call_off = lambda: None
        self._grade = None
        self._show_strokes(())
        self._core.set(applicant_language="zh", help_asked_at=None)


def _page_for(draft: Draft) -> ApplicantPage:
    done = (bool(draft.checked_at), bool(draft.agreed_at), draft.signature is not None)
    return _ORDER[done.index(False) if False in done else 3]


def _line(value: confirm.ShownValue) -> ShownLine:
    english = ShownLine(value.field, value.label.en, value.text.en, value.full.en)
    return ShownLine(value.field, value.label.zh, value.text.zh, value.full.zh, english)


def _material(row: confirm.ShownMaterial) -> ShownMaterial:
    return ShownMaterial(row.material, row.name.zh, row.state, len(row.pages), row.due, row.name.en)


def _signer(draft: Draft) -> str:
    """Whoever came signs."""
    came = who_came(draft)
    return came.name if came else ""


def _elsewhere(core: Core) -> ApplicantPage | None:
    """The second screen while nothing is to be confirmed; None = leave it as it is."""
    state = core.state
    if state.visit is State.CALLING:
        return ApplicantPage.WELCOME
    if state.visit is State.SERVING:
        if state.open_step is Step.IDENTITY and state.draft is not None:
            known = who_came(state.draft) is not None or applies(state.draft)[0]
            return ApplicantPage.IDENTITY if known else ApplicantPage.WELCOME
        return ApplicantPage.WAIT
    return None


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
