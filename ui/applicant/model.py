"""What the applicant's pages show, worked out of the desk's state; no Qt in here."""

from dataclasses import dataclass
from datetime import date, datetime

from ui.names import know, named
from ui.words import applicant_words
from window_client.clock import CHINA
from window_client.domain.identifiers import grouped
from window_client.domain.material import RowState
from window_client.domain.rating import REASONS, WORDS, Grade, to_push
from window_client.reception.state import ApplicantPage, ApplicantView, ReceptionState, ShownLine, ShownMaterial

WARN_SECONDS = 15
"""From here on the countdown is written dark."""

_STEPS = {ApplicantPage.CHECK: 1, ApplicantPage.DECLARE: 2, ApplicantPage.SIGN: 3}
_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ITEM_PAGES = frozenset({ApplicantPage.WAIT})
_RATING_PAGES = frozenset({ApplicantPage.RATE, ApplicantPage.REASONS})
_SIGNING_PAGES = frozenset({ApplicantPage.CHECK, ApplicantPage.DECLARE, ApplicantPage.SIGN})


@dataclass(frozen=True, slots=True)
class RowFace:
    """One line of the check page. ``full`` differs from ``text`` where something is masked."""

    target: str
    label: str
    text: str
    full: str

    @property
    def masked(self) -> bool:
        """Whether holding the value shows more."""
        return self.full != self.text


@dataclass(frozen=True, slots=True)
class MaterialFace:
    """One paper of the declaration page. ``later`` marks a paper that follows."""

    name: str
    note: str
    later: bool


@dataclass(frozen=True, slots=True)
class GradeFace:
    """One of the five faces."""

    grade: str
    word: str
    points: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything of the state that this screen may show; two equal ones need no painting.

    What a page does not need is left empty, so that nothing personal is kept beyond its page.
    """

    page: ApplicantPage
    hall: str
    window: str
    note: str = ""
    ticket: str = ""
    window_no: int = 0
    clerk: str = ""
    account: str = ""
    item: str = ""
    rows: tuple[RowFace, ...] = ()
    materials: tuple[MaterialFace, ...] = ()
    declaration: str = ""
    signature_for: str = ""
    signer: str = ""
    asked_again: bool = False
    told: str = ""
    case_no: str = ""
    promised: str = ""
    countdown_ends: datetime | None = None
    helped: bool = False
    language: str = "zh"
    paused: str = ""
    paused_until: str = ""


def say(key: str, **args: object) -> str:
    """A text of this screen; its keys begin with ``seen.``."""
    return applicant_words(f"seen.{key}", **args)


def shown(state: ReceptionState) -> Shown:
    """What to show for a state; ``applicant_words`` speak the language of the state from now on."""
    view, language = state.applicant, state.applicant_language
    applicant_words.language = language
    know(state.names_en)
    hall = named(state.hall_name, english=language == "en")
    page = view.page
    window = say("window_n", n=state.window_no)
    if page is ApplicantPage.BLANK:
        paused, back = _pause(state)
        return Shown(page, hall, window, window_no=state.window_no, language=language, paused=paused, paused_until=back)
    result = state.result if page in _RATING_PAGES else None
    signing = page in _SIGNING_PAGES
    welcome = page is ApplicantPage.WELCOME
    return Shown(
        page=page,
        hall=hall,
        window=window,
        note=head_note(view, accepted=state.result is not None),
        window_no=state.window_no,
        ticket=state.ticket.number if welcome and state.ticket else "",
        clerk=_of(state.clerk.name, state.clerk.name_en or state.clerk.name) if welcome and state.clerk else "",
        account=state.clerk.account if welcome and state.clerk else "",
        item=_of(state.item.name, state.item.name_en or state.item.name) if page in _ITEM_PAGES and state.item else "",
        rows=tuple(row(line) for line in view.lines) if signing or page is ApplicantPage.IDENTITY else (),
        materials=materials(view) if page is ApplicantPage.DECLARE else (),
        declaration=_of(view.declaration, view.declaration_en) if page is ApplicantPage.DECLARE else "",
        signature_for=signature_for(view) if page is ApplicantPage.SIGN else "",
        signer=signer(view) if page is ApplicantPage.SIGN else "",
        asked_again=view.asked_again,
        told=told(view) if signing else "",
        case_no=grouped(result.case_no) if result else "",
        promised=promised(result.promised_by, provisional=result.promise_provisional) if result else "",
        countdown_ends=view.countdown_ends if page in _RATING_PAGES else None,
        helped=state.help_asked_at is not None,
        language=language,
    )


def _pause(state: ReceptionState) -> tuple[str, str]:
    """That the window pauses, and when it is back; why is the clerk's own matter."""
    pause = state.pause
    if pause is None:
        return "", ""
    back = pause.back_at.astimezone(CHINA) if pause.back_at is not None and pause.back_at.tzinfo else pause.back_at
    return say("blank.paused"), say("blank.paused_until", t=f"{back:%H:%M}") if back else say("blank.paused_open")


def head_note(view: ApplicantView, *, accepted: bool) -> str:
    """What stands beside the window's number: the step of the three, or that the case is accepted."""
    if step := _STEPS.get(view.page):
        return say("step_n_of_3", n=step)
    return say("accepted") if accepted and view.page in _RATING_PAGES else ""


def row(line: ShownLine) -> RowFace:
    """A line to check. Before the form there are only keys for labels; later the words come with the document."""
    usual = {"applicant.name": "label.name", "applicant.id_no": "label.id_no"}.get(line.label)
    read = line.read_in(applicant_words.language)
    return RowFace(line.target, say(usual) if usual else read.label, read.text, read.full_text or read.text)


def told(view: ApplicantView) -> str:
    """What the applicant called wrong last, as a sentence."""
    if not view.wrong:
        return ""
    label = next((row(line).label for line in view.lines if line.target == view.wrong), "")
    return say("check.told", label=label) if label else say("declare.disagreed")


def materials(view: ApplicantView) -> tuple[MaterialFace, ...]:
    """The papers that count; what is not needed is not mentioned."""
    return tuple(_material(paper) for paper in view.materials if paper.state is not RowState.NOT_NEEDED)


def _material(paper: ShownMaterial) -> MaterialFace:
    due = day(date.fromisoformat(paper.due[:10])) if paper.due else ""
    note = say(f"material.{paper.state.value}", n=paper.pages, d=due)
    return MaterialFace(_of(paper.name, paper.name_en), note, paper.state in {RowState.DEFERRED, RowState.MISSING})


def signature_for(view: ApplicantView) -> str:
    """Which documents the signature is used for."""
    if not view.document_title:
        return ""
    key = "sign.used_for_many" if view.documents > 1 else "sign.used_for_one"
    return say(key, title=_of(view.document_title, view.document_title_en), n=view.documents)


def signer(view: ApplicantView) -> str:
    """Whose hand it is, and for whom where it is not the person's own matter: ``周洋（代办人）``."""
    return view.signer + (say(f"sign.as.{view.signs_as}") if view.signs_as else "")


def grades() -> tuple[GradeFace, ...]:
    """The five grades, best first."""
    return tuple(GradeFace(g.value, _of(WORDS[g].zh, WORDS[g].en), say("rate.points", n=to_push(g))) for g in Grade)


def reasons() -> tuple[tuple[str, str], ...]:
    """(code, words) of everything that may be ticked."""
    return tuple((code, _of(text.zh, text.en)) for code, text in REASONS.items())


def seconds_left(ends: datetime | None, now: datetime) -> int:
    """Whole seconds that are left, never below 0; 0 without an end."""
    return max(0, -int(-(ends - now).total_seconds() // 1)) if ends else 0


def countdown(ends: datetime | None, now: datetime) -> str:
    """``48 秒后自动结束``, near the end with the way to stay; empty without an end."""
    if ends is None:
        return ""
    left = seconds_left(ends, now)
    return say("rate.seconds_last" if left <= WARN_SECONDS else "rate.seconds", n=left)


def promised(by: datetime, *, provisional: bool) -> str:
    """``11月5日 周三 17:00 前办好``."""
    week = _of(f"周{_WEEKDAYS_ZH[by.weekday()]}", _WEEKDAYS_EN[by.weekday()])
    on = _of(f"{day(by.date())} {week}", f"{week} {day(by.date())}")
    when = f"{on} {by:%H:%M}"
    return say("rate.promised_provisional" if provisional else "rate.promised", when=when)


def day(of: date) -> str:
    """``11月5日`` or ``5 Nov``."""
    return _of(f"{of.month}月{of.day}日", f"{of.day} {_MONTHS_EN[of.month - 1]}")


def pages_of(heights: tuple[int, ...], room: int) -> tuple[int, ...]:
    """Index of the first row of each page when whole rows go into ``room``; at least one row a page."""
    starts: list[int] = [0] if heights else []
    used = 0
    for at, height in enumerate(heights):
        if used and used + height > room:
            starts.append(at)
            used = 0
        used += height
    return tuple(starts)


def _of(zh: str, en: str) -> str:
    en = en or zh
    return en if applicant_words.language == "en" else zh
