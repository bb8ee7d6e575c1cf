"""What the sign-in page shows, from its state. No Qt in here."""

from dataclasses import dataclass
from datetime import datetime

from ui.device_faces import ICONS as DEVICES
from ui.device_faces import name_of
from ui.words import words
from window_client.signin import CheckLine, SignInState


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One line of the check: icon, name, what was found, lamp kind with its word."""

    id: str
    icon: str
    name: str
    text: str
    level: str
    word: str
    emulated: bool


@dataclass(frozen=True, slots=True)
class SignInFace:
    """The whole page. ``today`` are (text before the number, number, text after it).

    ``problem`` has one line, or three: what happened, what it means, what to do. ``away`` says how to sign in while
    the centre cannot be reached.
    """

    hall: str
    greeting: str
    windows: tuple[tuple[str, str], ...]
    window: str
    clerk_name: str
    problem: str
    away: str
    busy: bool
    button: str
    version: str
    profile_note: str
    summary: str
    checked: str
    checking: bool
    rows: tuple[CheckRow, ...]
    today: tuple[tuple[str, str, str], ...]
    account: str
    password: str


ICONS = {**DEVICES, "applicant": "pad", "network": "net", "outbox": "outbox", "catalogue": "docs"}


def face(state: SignInState, now: datetime) -> SignInFace:
    """The page at a time of day."""
    note = f"signin.profile.{state.profile}"
    return SignInFace(
        hall=_of(state.hall_name, state.hall_name_en),
        greeting=words(f"signin.greeting.{_part_of_day(now.hour)}"),
        windows=tuple((str(no), _window(no, title)) for no, title in _windows(state)),
        window=str(state.window_no),
        clerk_name=state.clerk_name,
        problem=_problem(state),
        away=words("signin.away") if any(line.code == "network_away" for line in state.lines) else "",
        busy=state.signing_in,
        button=words("signin.waiting") if state.signing_in else words("signin.start"),
        version=words("signin.version", v=state.version),
        profile_note=words(note) if note in words else "",
        summary=_summary(state),
        checked=_checked(state),
        checking=state.checking,
        rows=tuple(_row(line) for line in state.lines),
        today=tuple(_today(code, value) for code, value in state.today),
        account=state.demo_account,
        password=state.demo_password,
    )


def _of(zh: str, en: str) -> str:
    return en if en and words.language == "en" else zh


def _windows(state: SignInState) -> tuple[tuple[int, str], ...]:
    return (state.windows_en or state.windows) if words.language == "en" else state.windows


def missing_words() -> str:
    """What to say when account or password is empty."""
    return words("signin.problem.missing")


def _part_of_day(hour: int) -> str:
    if hour < 11:
        return "morning"
    if hour < 13:
        return "noon"
    return "afternoon" if hour < 18 else "evening"


def _window(no: int, title: str) -> str:
    return words("signin.window_option", n=no, title=title) if title else words("signin.window_plain", n=no)


def _problem(state: SignInState) -> str:
    if not state.problem:
        return ""
    args = state.problem_args or {}
    away = f"signin.problem.away.{state.problem.removeprefix('offline_')}"
    if "away" in args and away in words:
        return words(away, **args).replace("|", "\n")
    if state.problem == "store":
        return words("signin.problem.store").replace("|", "\n")
    if state.problem == "locked" and args.get("minutes"):
        return words("signin.problem.locked_minutes", minutes=args["minutes"])
    return words.first(f"signin.problem.{state.problem}", "signin.problem.other")


def _summary(state: SignInState) -> str:
    fine = sum(line.level == "ok" for line in state.lines)
    bad = sum(line.level == "bad" for line in state.lines)
    noted = len(state.lines) - fine - bad
    if bad:
        return words("signin.some_bad", a=fine, b=bad)
    return words("signin.some_notes", a=fine, b=noted) if noted else words("signin.all_fine", a=fine)


def _checked(state: SignInState) -> str:
    if state.checking or state.checked_at is None:
        return words("signin.checking")
    at = state.checked_at
    seconds = f"{state.check_seconds:.1f}" if state.check_seconds < 1 else f"{state.check_seconds:.0f}"
    return words("signin.done", t=f"{at.hour}:{at.minute:02}", s=seconds)


def _row(line: CheckLine) -> CheckRow:
    return CheckRow(
        id=line.id,
        icon=ICONS.get(line.kind, "info"),
        name=name_of(line, "device.kind"),
        text=_found(line),
        level=line.level,
        word=words(f"signin.level.{line.level}"),
        emulated=line.emulated,
    )


def _found(line: CheckLine) -> str:
    """What was found. Devices that are not fine say how work goes on."""
    own = f"check.{line.kind}.{line.code}"
    if own in words:
        said = words(own, **{name: _moment(value) if name == "at" else value for name, value in line.args.items()})
        if line.code == "ok" and line.args.get("answer_ms"):
            return words("check.answered", said=said, ms=line.args["answer_ms"])
        return said
    what = words.first(f"device.code.{line.code}", f"device.state.{line.code}", "device.state.ready")
    if line.level == "ok":
        return what
    return words("check.warn", what=what, so=words.first(f"check.so.{line.kind}", "check.so.other"))


def _moment(text: str) -> str:
    """A published time in ISO 8601 as the clerk reads it: 11月23日 07:00; other words stay."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return words("signin.moment", month=words(f"signin.month.{at.month}"), day=at.day, t=f"{at:%H:%M}")


def _today(code: str, value: str) -> tuple[str, str, str]:
    """The sentence of a count, split at its number, which is set in bold."""
    mark = "\x00"
    value, _, first = value.partition("|")
    before, _, after = words.first(f"signin.today.{code}", "signin.today.other", v=mark, t=first).partition(mark)
    return before, value, after
