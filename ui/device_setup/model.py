"""What the device set-up shows, from its state. No Qt in here."""

import tomllib
from dataclasses import dataclass, field
from typing import Any

from drivers import catalogue
from drivers.contracts import DeviceConfig
from drivers.recognise.found import Certainty, Why
from ui.words import words
from window_client.device_setup_state import Origin, Row, SetupState, Stage, Tried, Value
from window_client.device_setup_trying import TRIES

ICONS = {
    "id_card": "card",
    "scanner": "scanner",
    "camera": "camera",
    "printer": "printer",
    "display": "monitor",
    "codes": "qr",
    "smart_card": "card",
    "rating": "star",
    "voice": "volume",
    "document_printer": "printer",
}

_PERSON_SAID = {"came_out": "not_came_out", "seen": "not_seen", "heard": "not_heard"}
"""What a person is asked, and the code of a no."""


@dataclass(frozen=True, slots=True)
class StepFace:
    """One step at the left: ``state`` is ``done``, ``now`` or ``coming``."""

    number: int
    name: str
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list. ``may_choose``: there is something to be ticked."""

    key: str
    icon: str
    name: str
    model: str
    place: str
    lamp: str
    word: str
    chosen: bool
    may_choose: bool
    emulated: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """The shown device: what is known, what to do, what came of it.

    ``tries`` are (kind, words) of the buttons; ``following`` is the next device to be tried once this one works.
    """

    key: str = ""
    lamp: str = "idle"
    headline: str = ""
    note: str = ""
    do: str = ""
    emulated: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    tries: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    result: str = ""
    result_tone: str = ""
    question: str = ""
    yes: str = ""
    no: str = ""
    picture: bytes = b""
    may_stop: bool = False
    use: str = ""
    may_edit: bool = False
    following: str = ""
    following_words: str = ""


@dataclass(frozen=True, slots=True)
class SetupFace:
    """The whole window."""

    steps: tuple[StepFace, ...]
    title: str
    summary: str
    searching: bool
    lines: tuple[Line, ...]
    detail: Detail
    problem: str
    left: str
    may_save: bool
    save_first: bool
    finished: bool
    file: str
    done: int = 0
    of: int = 0
    busy: bool = field(default=False)


def kind_name(kind: str) -> str:
    """What a kind of device is called."""
    return words.first(f"device.kind.{kind}", f"setup.kind.{kind}", "device.kind.other")


def code_words(code: str) -> str:
    """What a code means: of a device, of a place, or of what a person said."""
    if code in _PERSON_SAID.values():
        return words(f"setup.code.{code}")
    return words.first(f"device.code.{code}", f"setup.why.{code}", "device.code.refused")


def face(state: SetupState) -> SetupFace:
    """The window in a state."""
    works = [row for row in state.chosen if row.tried is Tried.WORKS]
    fine = sum(row.checked is True for row in state.chosen)
    names = words("setup.separator").join(kind_name(row.kind) for row in state.untried)
    saved = state.stage is Stage.SAVED and not state.dirty
    if not state.chosen:
        left = words("setup.nothing_chosen")
    elif state.untried and not saved:
        left = words("setup.untried", n=len(state.untried), x=names)
    else:
        left = "" if saved else words("setup.all_tried")
    idle = not (state.searching or state.busy or state.checking or state.saving)
    return SetupFace(
        steps=_steps(state, len(works), fine),
        title=words("setup.head.finding" if state.searching else f"setup.head.{state.stage.value}"),
        summary=_summary(state, fine),
        searching=state.searching,
        lines=tuple(_line(row) for row in state.rows),
        detail=_detail(state),
        problem=_problem(state),
        left=left,
        may_save=idle and (state.dirty or not saved) and bool(state.chosen or state.dirty),
        save_first=bool(state.chosen) and not state.untried,
        finished=saved and not state.checking,
        file=words("setup.kept", file=state.file),
        done=state.done,
        of=state.of,
        busy=not idle,
    )


def _steps(state: SetupState, works: int, fine: int) -> tuple[StepFace, ...]:
    devices = sum(bool(row.kind) for row in state.rows)
    if state.searching:
        find = words("setup.step.find.running", done=state.done, of=state.of)
    else:
        find = words("setup.step.find.done", n=devices) if devices else words("setup.step.find.none")
    saved = state.stage is Stage.SAVED and not state.dirty
    all_work = bool(state.chosen) and not state.untried
    chosen = len(state.chosen)
    tried = words("setup.step.try.done", done=works, of=chosen) if works else words("setup.step.try.waits")
    checked = words("setup.step.check.waits")
    if state.checking:
        checked = words("setup.step.check.running")
    elif saved:
        checked = words("setup.step.check.done", done=fine, of=chosen)
    now = 1 if state.searching else 4 if saved else 3 if all_work else 2
    done = {1: not state.searching and bool(devices), 2: all_work, 3: saved, 4: saved and not state.checking}
    rows = (
        (1, words("setup.step.find"), find),
        (2, words("setup.step.try"), tried),
        (3, words("setup.step.save"), words("setup.step.save.done" if saved else "setup.step.save.waits")),
        (4, words("setup.step.check"), checked),
    )
    return tuple(
        StepFace(number, name, note, "done" if done[number] else "now" if number == now else "coming")
        for number, name, note in rows
    )


def _summary(state: SetupState, fine: int) -> str:
    if state.searching:
        place, what = next(iter(state.asking), ("", ""))
        if not place:
            return ""
        key = f"setup.what.{what}"
        return words("setup.asking.what", place=place, what=words(key)) if what else words("setup.asking", place=place)
    if state.stage is Stage.SAVED and not state.checking:
        ill = len(state.chosen) - fine
        return words("setup.summary.saved", a=fine, b=ill) if ill else words("setup.summary.saved.all", n=fine)
    return words("setup.summary" if state.rows else "setup.summary.none")


def _line(row: Row) -> Line:
    lamp, word = _lamp(row)
    return Line(
        row.key,
        ICONS.get(row.kind, "info"),
        kind_name(row.kind) if row.kind else words("setup.unknown"),
        row.facts.get("model", ""),
        row.place,
        lamp,
        word,
        row.chosen,
        bool(row.kind and row.driver),
        row.emulated,
    )


def _lamp(row: Row) -> tuple[str, str]:
    if row.checked is not None:
        return ("ok", words("setup.word.fine")) if row.checked else ("bad", words("setup.word.ill"))
    if row.tried is Tried.NOT_YET and row.why is not Why.NONE:
        waits = row.why is Why.SILENT
        return "idle" if waits else "warn", words("setup.word.silent") if waits else words(f"setup.why.{row.why.value}")
    return {
        Tried.NOT_YET: ("idle", words("setup.word.not_yet")),
        Tried.RUNNING: ("half", words("setup.word.running")),
        Tried.ASKED: ("warn", words("setup.word.asked")),
        Tried.WORKS: ("ok", words("setup.word.works")),
        Tried.FAILED: ("bad", words("setup.word.failed")),
    }[row.tried]


def _detail(state: SetupState) -> Detail:
    row = state.row
    if row is None:
        return Detail()
    lamp, _ = _lamp(row)
    idle = not (state.busy or state.checking or state.saving)
    result, tone = _result(row)
    asked = row.tried is Tried.ASKED
    why = row.why if row.tried is Tried.NOT_YET else Why.NONE
    after = _following(state, row) if idle and row.tried is Tried.WORKS else None
    return Detail(
        key=row.key,
        lamp=lamp,
        headline=kind_name(row.kind) if row.kind else words("setup.unknown"),
        note=words(f"setup.why.{why.value}") if why is not Why.NONE else _known_by(row),
        do=words(f"setup.do.{why.value}") if why is not Why.NONE else "",
        emulated=row.emulated,
        facts=_facts(row),
        tries=_tries(row) if idle and not asked and row.place not in dict(state.asking) else (),
        hint=words(f"setup.hint.{row.kind}") if row.kind in TRIES and row.tried is Tried.NOT_YET and idle else "",
        result=result,
        result_tone=tone,
        question=words(f"setup.asks.{row.asks}") if asked else "",
        yes=words(f"setup.yes.{row.asks}") if asked else "",
        no=words(f"setup.no.{row.asks}") if asked else "",
        picture=row.picture,
        may_stop=row.tried is Tried.RUNNING,
        use=words("setup.leave" if row.chosen else "setup.use") if row.kind and row.driver else "",
        may_edit=idle and not asked,
        following=after.key if after is not None else "",
        following_words=words("setup.following", x=kind_name(after.kind)) if after is not None else "",
    )


def _following(state: SetupState, row: Row) -> Row | None:
    """The next chosen device below that has not shown yet that it works, else the first one."""
    at = [each.key for each in state.rows].index(row.key)
    turned = (*state.rows[at + 1 :], *state.rows[:at])
    return next((each for each in turned if each.chosen and each.tried is not Tried.WORKS), None)


def _known_by(row: Row) -> str:
    if row.certainty is Certainty.ANSWERED:
        return words("setup.certainty.answered")
    if row.origin is not Origin.FOUND:
        return words(f"setup.certainty.{row.origin.value}")
    return words(f"setup.certainty.{row.certainty.value}")


def _tries(row: Row) -> tuple[tuple[str, str], ...]:
    first: tuple[tuple[str, str], ...] = ()
    if row.kind in TRIES and row.driver:
        again = row.tried in {Tried.WORKS, Tried.FAILED}
        first = (("", words("setup.try.again" if again else "setup.try")),)
    others = tuple((kind, words(f"setup.try_as.{kind}")) for kind in row.guesses if kind != row.kind)
    return first + (others if row.tried is not Tried.WORKS else ())


def _result(row: Row) -> tuple[str, str]:
    if row.checked is not None:
        if row.checked:
            return words("setup.checked.fine"), "ok"
        return words("setup.checked.ill", why=code_words(row.code)), "bad"
    if row.tried is Tried.RUNNING:
        return words(f"setup.{'listening' if row.listens else 'running'}.{row.kind}"), "ink-2"
    if row.tried is Tried.WORKS:
        said = row.said
        number = said.get("letters") or said.get("grade") or "0"
        return words(f"setup.works.{row.kind}", n=number, code=said.get("code", ""), atr=said.get("atr", "")), "ok"
    if row.tried is Tried.FAILED:
        return words("setup.failed", why=code_words(row.code)), "bad"
    return "", ""


def _facts(row: Row) -> tuple[tuple[str, str], ...]:
    found = [(words(f"setup.fact.{name}"), row.facts[name]) for name in ("model", "serial") if row.facts.get(name)]
    found.append((words("setup.fact.place"), row.place))
    if row.driver:
        found.append((words("setup.fact.driver"), f"{row.kind}/{row.driver}"))
    found.append((words("setup.fact.url"), row.url))
    if row.options:
        found.append((words("setup.fact.options"), options_text(row.options)))
    return tuple(found)


def _problem(state: SetupState) -> str:
    if not state.problem:
        return ""
    return words(f"setup.problem.{state.problem}", what="; ".join(state.problems))


# ---- the form


@dataclass(frozen=True, slots=True)
class FormFace:
    """What a form begins with, and what it offers. ``kinds`` and ``drivers`` are (value, words)."""

    key: str
    title: str
    kind: str
    driver: str
    url: str
    options: str
    emulated: bool
    may_emulate: bool
    kinds: tuple[tuple[str, str], ...]


def form(state: SetupState, row: Row | None) -> FormFace:
    """The form for a new device, or for one that is there."""
    kinds = tuple((kind, kind_name(kind)) for kind in catalogue.KINDS if kind in TRIES)
    kind = row.kind if row is not None and row.kind else kinds[0][0]
    driver = row.driver if row is not None and row.driver else drivers_of(kind)[0][0]
    return FormFace(
        key=row.key if row is not None else "",
        title=words("setup.form.add" if row is None else "setup.form.edit"),
        kind=kind,
        driver=driver,
        url=row.url if row is not None else example_of(kind, driver),
        options=options_text(row.options) if row is not None else "",
        emulated=row.emulated if row is not None else False,
        may_emulate=state.profile != "production",
        kinds=kinds,
    )


def drivers_of(kind: str) -> tuple[tuple[str, str], ...]:
    """The drivers of a kind, in English with what they drive: the catalogue's titles are English."""
    english = words.language == "en"
    return tuple(
        (entry.driver, f"{entry.driver} · {entry.title}" if english else entry.driver)
        for entry in catalogue.ENTRIES
        if entry.kind == kind
    )


def example_of(kind: str, driver: str) -> str:
    """How an address of a driver looks."""
    entry = catalogue.find(kind, driver)
    return entry.url if entry is not None else ""


def options_text(options: Any) -> str:
    """Options as they are typed and read."""
    from window_client.device_setup_file import toml_key, toml_value  # noqa: PLC0415 - a start does not wait for it

    return ", ".join(f"{toml_key(name)} = {toml_value(value)}" for name, value in dict(options).items())


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a form: a sentence a field, empty where it is right."""

    url: str = ""
    options: str = ""


def filled(kind: str, driver: str, url: str, options: str, *, emulated: bool) -> DeviceConfig | Wrong:
    """The device that a form describes, or what is wrong with it."""
    url, example = url.strip(), example_of(kind, driver)
    scheme = url.partition(":")[0]
    known = {entry.url.partition(":")[0] for entry in catalogue.ENTRIES}
    known |= {"serial", "socket", "file", "usb", "hid", "http", "https", "ipp", "ipps", "pcsc", "sane", "cups"}
    good_url = ":" in url and scheme in known and not any(letter.isspace() for letter in url)
    wrong_url = "" if good_url else words("setup.form.url.wrong", example=example)
    parsed: dict[str, Value] = {}
    wrong_options = ""
    try:
        found = tomllib.loads(f"x = {{ {options.strip()} }}")["x"]
    except tomllib.TOMLDecodeError:
        wrong_options = words("setup.form.options.wrong", what=options.strip())
    else:
        for name, value in found.items():
            if isinstance(value, str | int | float | bool):
                parsed[name] = value
            else:
                wrong_options = words("setup.form.options.wrong", what=name)
    if wrong_url or wrong_options:
        return Wrong(wrong_url, wrong_options)
    return DeviceConfig("", kind, driver, url, emulated, parsed)
