"""Step 4: the checklist and the actions of its current row."""

from dataclasses import dataclass

from ui.names import named
from ui.reception.texts import day, in_language, say, say_first
from window_client.domain.material import SEPARATOR, PageRef, RowState
from window_client.reception.state import MaterialsView, ReceptionState, RowView


@dataclass(frozen=True, slots=True)
class Thumb:
    """A page of a row; ``digest`` asks for its picture, ``key`` names the page, ``flawed``: something is wrong."""

    digest: str
    selected: bool
    turn: int
    key: str = ""
    flawed: bool = False


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """One checklist row. ``state`` is the row state's value; ``state_text`` bold, ``state_below`` small."""

    material_id: str
    number: int
    name: str
    below: str
    thumbs: tuple[Thumb, ...]
    state: str
    icon: str
    tone: str
    state_text: str
    state_below: str
    current: bool


@dataclass(frozen=True, slots=True)
class RowAction:
    """A button of the current row's strip; ``refusal`` says why it cannot be used."""

    act: str
    icon: str
    text: str
    key: str
    enabled: bool = True
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Unsorted:
    """The pages that belong to no row."""

    count: int
    text: str
    thumbs: tuple[Thumb, ...]
    first: str
    move_text: str
    move_to: str
    only_separators: bool = False


@dataclass(frozen=True, slots=True)
class Materials:
    """The body of step 4."""

    hint: str
    counts: tuple[tuple[str, str, str], ...]  # icon, tone, text
    rows: tuple[MaterialRow, ...]
    actions: tuple[RowAction, ...]
    refusal: str
    unsorted: Unsorted | None
    complete: bool


STATE_LOOK = {
    RowState.READY: ("check", "ok"),
    RowState.SCANNING: ("camera", "accent"),
    RowState.ECERT: ("link", "ok"),
    RowState.DEFERRED: ("clock", "warn"),
    RowState.NOT_NEEDED: ("minus", "ink-3"),
    RowState.MISSING: ("cross", "bad"),
}


FLAWS = ("no_page", "cut_off", "blurred", "dark", "glare", "blank")
"""What can be wrong with a page, the worst first."""


def materials(state: ReceptionState) -> Materials | None:
    """The body of step 4, or None before there is a checklist."""
    view = state.materials
    if view is None:
        return None
    current = next((row for row in view.rows if row.current), None)
    return Materials(
        hint=say("mat.needed", n=len(view.rows)),
        counts=_counts(view),
        rows=tuple(_row(row, view) for row in view.rows),
        actions=_actions(current, view) if current else (),
        refusal=_refusal(current) if current else "",
        unsorted=_unsorted(view, current) if view.unsorted else None,
        complete=view.missing == 0,
    )


def copies_words(code: str) -> str:
    """``原件 1``, ``核验原件`` … for a row's copies code."""
    kind, _, rest = code.partition(":")
    if kind == "verify_copy":
        return say("copies.verify_copy", n=rest.rpartition(":")[2] or "1")
    return say_first(f"copies.{kind}", "copies.original", n=rest or "1")


def _counts(view: MaterialsView) -> tuple[tuple[str, str, str], ...]:
    rows = (
        ("check", "ok", "mat.ready", view.ready),
        ("camera", "accent", "mat.scanning", view.scanning),
        ("clock", "warn", "mat.deferred", view.deferred),
        ("cross", "bad", "mat.missing", view.missing),
    )
    return tuple((icon, tone, say(key, n=count)) for icon, tone, key, count in rows if count)


def _row(row: RowView, view: MaterialsView) -> MaterialRow:
    icon, tone = STATE_LOOK[row.state]
    below = copies_words(row.copies)
    if row.because:
        below += f" · {say('mat.because', x=in_language('、', ', ').join(map(named, row.because)))}"
    text, small = _state_words(row)
    small = small or _flaws(row.pages)
    return MaterialRow(
        material_id=row.material_id,
        number=row.number,
        name=named(row.name),
        below=below,
        thumbs=_thumbs(row.pages, view.selected_page if row.current else -1),
        state=row.state.value,
        icon=icon,
        tone=tone,
        state_text=text,
        state_below=small,
        current=row.current,
    )


def _state_words(row: RowView) -> tuple[str, str]:
    pages = len(row.pages)
    if row.state is RowState.READY:
        return say("row.ready", n=pages), ""
    if row.state is RowState.SCANNING:
        return (say("row.scanning", n=pages) if pages else say("row.scanning_first")), ""
    if row.state is RowState.ECERT:
        until = row.ecert_valid_to
        long = until in {"", "长期"}
        return say("row.ecert"), say("row.valid_long") if long else say("row.valid_to", d=until)
    if row.state is RowState.DEFERRED:
        return say("row.deferred"), say("row.due", d=day(row.due)) if row.due else ""
    return say(f"row.{row.state.value}"), ""


def _thumbs(pages: tuple[PageRef, ...], selected: int) -> tuple[Thumb, ...]:
    return tuple(
        Thumb(page.thumbnail or page.digest, place == selected, page.turn, page.key, flawed=bool(_flaw(page)))
        for place, page in enumerate(pages)
    )


def _flaw(page: PageRef) -> str:
    """The first thing that is wrong with a page, in a word; empty when nothing is."""
    return next((say(f"row.flaw.{flag}") for flag in FLAWS if flag in page.flags), "")


def _flaws(pages: tuple[PageRef, ...]) -> str:
    """The first flawed page of a row and what is wrong with it."""
    flawed = [(at + 1, what) for at, page in enumerate(pages) if (what := _flaw(page))]
    if not flawed:
        return ""
    number, what = flawed[0]
    return say("row.flawed_more" if len(flawed) > 1 else "row.flawed", n=number, what=what, m=len(flawed))


def _actions(row: RowView, view: MaterialsView) -> tuple[RowAction, ...]:
    feed = (
        RowAction("stop_feeding", "scanner", say("act.stop_feed", n=view.fed_pages), "F11")
        if view.feeding
        else RowAction("feed", "scanner", say("act.feed"), "F11")
    )
    capture = RowAction(
        "capture", "camera", say("act.capturing" if view.capturing else "act.capture"), "F10", not view.capturing
    )
    actions = [capture, feed]
    if row.two_sides:
        text = say("act.card_side", n=view.card_side) if view.card_side else say("act.two_sides")
        actions.append(RowAction("two_sides", "card", text, "T"))
    if row.ecert_offered:
        actions.append(RowAction("use_ecert", "link", say("act.ecert"), "E", row.state is not RowState.ECERT))
    deferrable = not row.defer_refusal
    actions.append(
        RowAction(
            "defer", "clock", say("act.defer"), "D", deferrable and row.state is not RowState.DEFERRED, _refusal(row)
        )
    )
    if row.may_not_need:
        actions.append(RowAction("not_needed", "", say("act.not_needed"), "N", row.state is not RowState.NOT_NEEDED))
    return tuple(actions)


def _refusal(row: RowView) -> str:
    return say_first(f"defer.{row.defer_refusal}", "defer.other") if row.defer_refusal else ""


def _unsorted(view: MaterialsView, current: RowView | None) -> Unsorted:
    loose = tuple(page for page in view.unsorted if SEPARATOR not in page.flags)
    separators = len(view.unsorted) - len(loose)
    if not loose:
        text = say("row.separators", n=separators)
    elif separators:
        text = say("row.unsorted_and", n=len(loose), m=separators)
    else:
        text = say("row.unsorted_hint", n=len(loose))
    return Unsorted(
        count=len(loose),
        text=text,
        thumbs=_thumbs(loose or view.unsorted, -1),
        first=loose[0].key if loose else "",
        move_text=say("row.move_here", n=current.number) if current and loose else "",
        move_to=current.material_id if current and loose else "",
        only_separators=not loose,
    )
