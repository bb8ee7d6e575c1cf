"""Step 5: what the applicant sees, and how far they are."""

from dataclasses import dataclass

from ui.names import named
from ui.reception.texts import clock, day, say
from ui.words import words
from window_client.domain.material import RowState
from window_client.reception.state import ApplicantPage, ReceptionState, ShownLine, ShownMaterial

_TO_DO = frozenset({ApplicantPage.CHECK, ApplicantPage.DECLARE, ApplicantPage.SIGN})


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One line on the second screen; ``checked`` once the applicant said all is correct, ``wrong`` when called so."""

    label: str
    text: str
    checked: bool
    wrong: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """One stage of the applicant. ``state``: done, now, coming."""

    icon: str
    text: str
    state: str
    at: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """The body of step 5."""

    page: str
    rows: tuple[ShownRow, ...]
    progress: tuple[Progress, ...]
    may_ask_again: bool
    signing: bool
    note: str
    note_warns: bool
    turn: bool = False


def turns(state: ReceptionState) -> bool:
    """Whether the clerk's own screen is what the applicant reads: there is no other."""
    return any(row.kind == "applicant_screen" and row.facts.get("way") == "turn" for row in state.devices)


def confirm(state: ReceptionState) -> Confirm:
    """The body of step 5 in ``state``."""
    view = state.applicant
    checked = view.checked_at is not None
    rows = [
        ShownRow(line_label(line), line.read_in(words.language).text, checked, line.target == view.wrong)
        for line in view.lines
    ]
    if view.materials:
        rows.append(
            ShownRow(say("confirm.materials"), _papers(view.materials), view.agreed_at is not None, wrong=False)
        )
    turn = turns(state) and view.page in _TO_DO
    wrong = next((line_label(line) for line in view.lines if line.target == view.wrong), "")
    return Confirm(
        page=_page(view.page),
        rows=tuple(rows),
        progress=_progress(state),
        may_ask_again=view.signed_at is not None or view.page is ApplicantPage.SIGN,
        signing=view.page is ApplicantPage.SIGN,
        note=say("confirm.wrong", x=wrong) if wrong else say("confirm.note"),
        note_warns=bool(wrong),
        turn=turn,
    )


def line_label(line: ShownLine) -> str:
    """The label of a shown line; those of the card are ours."""
    own = f"confirm.{line.target}"
    return say(own) if f"desk.{own}" in words else line.read_in(words.language).label


def _papers(materials: tuple[ShownMaterial, ...]) -> str:
    """``5 份：已交 4，容缺 1（平面图，11月12日 前）``."""
    late = [one for one in materials if one.state is RowState.DEFERRED]
    spared = sum(one.state is RowState.NOT_NEEDED for one in materials)
    here = len(materials) - len(late) - spared
    text = say("confirm.materials_value", n=len(materials) - spared, m=here)
    if not late:
        return text
    english = words.language == "en"
    names = (", " if english else "、").join((english and one.name_en) or named(one.name) for one in late)
    return text + say("confirm.materials_late", n=len(late), x=names, d=day(late[0].due) if late[0].due else "")


def _page(page: ApplicantPage) -> str:
    return {
        ApplicantPage.CHECK: say("confirm.page_check"),
        ApplicantPage.DECLARE: say("confirm.page_declare"),
        ApplicantPage.SIGN: say("confirm.page_sign"),
        ApplicantPage.SIGNED: say("confirm.page_signed"),
    }.get(page, "")


def _progress(state: ReceptionState) -> tuple[Progress, ...]:
    view = state.applicant
    stages = (
        ("confirm.check", "confirm.checking", view.checked_at, ApplicantPage.CHECK),
        ("confirm.agree", "confirm.agreeing", view.agreed_at, ApplicantPage.DECLARE),
        ("confirm.sign", "confirm.signing", view.signed_at, ApplicantPage.SIGN),
    )
    shown = []
    for word, now_word, at, page in stages:
        if at is not None:
            shown.append(Progress("check", say(word), "done", clock(at)))
        elif view.page is page:
            shown.append(Progress("pen" if page is ApplicantPage.SIGN else "eye", say(now_word), "now", ""))
        else:
            shown.append(Progress("clock", say(word), "coming", ""))
    return tuple(shown)
