"""How times, numbers and codes are written at the desk; words come by key from ``ui.words``."""

from datetime import date, datetime

from ui.words import words
from window_client.clock import CHINA
from window_client.domain.identifiers import local_no
from window_client.reception.state import Clerk, Say

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def say(key: str, **args: object) -> str:
    """A text of the reception desk; its keys begin with ``desk.``."""
    return words(f"desk.{key}", **args)


def say_first(*keys: str, **args: object) -> str:
    """The first of several desk texts that exists: special words before general ones."""
    return words.first(*(f"desk.{key}" for key in keys), **args)


def say_words(told: Say) -> str:
    """What the desk tells: the words of its code, else of its topic, else in general.

    An argument ``x_en`` is what English has in the place of ``x``.
    """
    topic = told.code.partition(".")[0]
    general = "toast.other_bad" if told.bad else "toast.other"
    args = {name: in_language(value, told.args.get(f"{name}_en", "")) for name, value in told.args.items()}
    return say_first(f"toast.{told.code}", f"toast.{topic}.other", general, **args)


def english() -> bool:
    """Whether the desk speaks English now."""
    return words.language == "en"


def in_language(zh: str, en: str) -> str:
    """A text that data brings in both languages; English falls back to Chinese."""
    return en if english() and en else zh


def clerk_name(clerk: Clerk | None) -> str:
    """The clerk's name as the accounts spell it in the language that is spoken."""
    return in_language(clerk.name, clerk.name_en) if clerk else ""


HOLD_REASONS = ("fetch", "copy", "form", "pay", "ask", "agent", "put_away")


def reason_words(reason: str) -> str:
    """Why a number is on hold: one of the desk's own reasons in the language that is spoken, else as it was typed."""
    return words.again(reason, (f"desk.hold.reason.{code}" for code in HOLD_REASONS))


def clock(moment: datetime | str | None) -> str:
    """``10:36``; empty when there is no moment. Text is ISO 8601."""
    found = _moment(moment)
    return found.strftime("%H:%M") if found else ""


def day(moment: datetime | date | str) -> str:
    """``11月5日`` or ``5 Nov``."""
    found = (
        moment if isinstance(moment, date) else (_moment(moment) if len(moment) > 10 else date.fromisoformat(moment))
    )
    if found is None:
        return ""
    return f"{found.day} {MONTHS_EN[found.month - 1]}" if english() else f"{found.month}月{found.day}日"


def day_and_weekday(moment: datetime | date) -> str:
    """``11月5日 周三`` or ``Wed 5 Nov``."""
    if isinstance(moment, datetime):
        moment = in_hall_time(moment)
    if english():
        return f"{WEEKDAYS_EN[moment.weekday()]} {day(moment)}"
    return f"{day(moment)} 周{WEEKDAYS_ZH[moment.weekday()]}"


def day_weekday_clock(moment: datetime) -> str:
    """``11月5日 周三 17:00``."""
    moment = in_hall_time(moment)
    return f"{day_and_weekday(moment)} {clock(moment)}"


def day_and_clock(text: str) -> str:
    """``11月23日 07:00`` of a moment in ISO 8601; words that are no moment stay as they are."""
    try:
        found = in_hall_time(datetime.fromisoformat(text))
    except ValueError:
        return text
    return f"{day(found)} {clock(found)}"


def moment_words(text: str, today: date) -> str:
    """``今天 08:30``, ``昨天 16:10``, ``11月5日``; words that are no moment stay as they are."""
    try:
        found = in_hall_time(datetime.fromisoformat(text))
    except ValueError:
        return text
    at = clock(found) if "T" in text else ""
    days = (today - found.date()).days
    word = {0: say("day.today"), 1: say("day.yesterday")}.get(days, day(found))
    return f"{word} {at}".strip()


def minutes_seconds(seconds: float) -> str:
    """``06:12``; from an hour on ``1:02:03``."""
    whole = max(0, int(seconds))
    if whole >= 3600:
        return f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02}"
    return f"{whole // 60:02}:{whole % 60:02}"


def short_minutes_seconds(seconds: float) -> str:
    """``8:40``, as averages are written."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02}"


def grouped_case_no(case_no: str) -> tuple[str, str, str]:
    """Area, date with serial, check digit: ``("510700", "20251104 0000236", "7")``.

    The middle is shown large; of a provisional number that is ``本机 12-0031``. Source: DOMAIN.md 7.3.
    """
    if local := local_no(case_no):
        return "", say("case.local", n=local), ""
    if len(case_no) == 22 and case_no.isdigit():
        return case_no[:6], f"{case_no[6:14]} {case_no[14:21]}", case_no[21]
    return "", case_no, ""


def case_no_words(case_no: str) -> str:
    """A case number in one line: ``510700 20251104 0000236 7`` or ``本机 12-0031``."""
    return " ".join(part for part in grouped_case_no(case_no) if part)


def _moment(moment: datetime | str | None) -> datetime | None:
    if not moment:
        return None
    return in_hall_time(moment if isinstance(moment, datetime) else datetime.fromisoformat(moment))


def in_hall_time(moment: datetime) -> datetime:
    """The same moment as the hall's clocks show it; the store keeps UTC."""
    return moment.astimezone(CHINA) if moment.tzinfo else moment
