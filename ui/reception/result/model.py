"""Step 6: the case number, what came out, what to say, and a printer in trouble.

The first line of a fault says that the acceptance stands. The grade of the rating is not here at all: the state
does not carry it.
"""

from dataclasses import dataclass
from datetime import datetime

from ui.names import named
from ui.reception.confirm.model import turns
from ui.reception.texts import case_no_words, clock, day, day_weekday_clock, grouped_case_no, say, say_first
from window_client.domain.visit import State
from window_client.reception.state import ApplicantPage, PrintState, ReceptionState, ResultView


@dataclass(frozen=True, slots=True)
class Output:
    """One line of what came out. ``tone``: ok, accent, warn, bad. ``act`` is given where it has a way on."""

    icon: str
    name: str
    tone: str
    state_icon: str
    text: str
    act: str = ""
    act_text: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class FaultBanner:
    """A printer in trouble: headline, sentence, buttons (act, text, key, kind, icon)."""

    head: str
    text: str
    buttons: tuple[tuple[str, str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The body of step 6."""

    accepted_at: str
    case_no: tuple[str, str, str]
    case_note: str
    promised_label: str
    promised: str
    outputs: tuple[Output, ...]
    say: tuple[str, ...]
    rating_until: datetime | None
    rating_shown: bool
    fault: FaultBanner | None
    rating_hint: str = ""


def fault_has_the_fill(state: ReceptionState) -> bool:
    """Whether the printer's trouble holds the one filled button, so that F2 is outlined."""
    return state.result is not None and state.receipt.state in {PrintState.NOT_PRINTED, PrintState.UNKNOWN}


def result(state: ReceptionState) -> Result | None:
    """The body of step 6, or None before acceptance."""
    found = state.result
    if found is None:
        return None
    return Result(
        accepted_at=clock(found.accepted_at),
        case_no=grouped_case_no(found.final_no or found.case_no),
        case_note=_case_note(found),
        promised_label=say("result.promised_provisional" if found.promise_provisional else "result.promised"),
        promised=day_weekday_clock(found.promised_by),
        outputs=_outputs(state, found),
        say=tuple(_spoken(code, text) for code, text in found.say),
        rating_until=state.applicant.countdown_ends,
        rating_shown=state.visit is State.RATING
        and state.applicant.page in {ApplicantPage.RATE, ApplicantPage.REASONS},
        fault=_fault(state),
        rating_hint=say(_rating_hint(state)),
    )


def _rating_hint(state: ReceptionState) -> str:
    if state.applicant.on_pad:
        return "rating.hint_pad"
    return "second.turn_rate" if turns(state) else "rating.hint"


def _case_note(found: ResultView) -> str:
    if found.final_no:
        return say("result.was_local", n=case_no_words(found.case_no))
    return say("result.provisional") if found.provisional else ""


def printer_words(code: str) -> str:
    """``打印机缺纸`` and the like."""
    return say_first(f"printer.{code}", "printer.other")


def _outputs(state: ReceptionState, found: ResultView) -> tuple[Output, ...]:
    rows = [_receipt(state), *_notice(state)]
    rows += [
        Output("doc", say("result.deferred"), "ok", "check", say("deferred.value", d=day(due), x=named(name)))
        for name, due in found.deferred
    ]
    delivery = found.delivery
    if delivery == "waiting" and state.network.online:
        delivery = "sending"
    tone, icon = {"delivered": ("ok", "check"), "set_aside": ("bad", "warn"), "waiting": ("warn", "clock")}.get(
        delivery, ("accent", "clock")
    )
    rows.append(
        Output("net", say("result.delivery"), tone, icon, say_first(f"delivery.{delivery}", "delivery.waiting"))
    )
    return tuple(rows)


def _receipt(state: ReceptionState) -> Output:
    receipt = state.receipt
    icon, name = "printer", say("result.receipt")
    again = ("print_again", say("print.again"), "F12")
    if receipt.state is PrintState.CONFIRMED:
        return Output(icon, name, "ok", "check", say("print.confirmed", n=max(1, receipt.copies)), *again)
    if receipt.state is PrintState.SENT:
        return Output(icon, name, "ok", "check", say("print.sent"), *again)
    if receipt.state is PrintState.NOT_PRINTED:
        return Output(icon, name, "bad", "lamp-bad", say("print.not_printed", x=printer_words(receipt.code)))
    if receipt.state is PrintState.UNKNOWN:
        return Output(icon, name, "warn", "lamp-warn", say("print.unknown"))
    if receipt.state is PrintState.NONE:
        return Output(icon, name, "ink-3", "minus", say("print.none"), "print_again", say("print.now"), "F12")
    return Output(icon, name, "accent", "clock", say(f"print.{receipt.state.value}"))


def _notice(state: ReceptionState) -> list[Output]:
    """The notice on A4, where the window can print one; in doubt the clerk is asked, and a press is the answer."""
    notice = state.notice
    if not notice.offered:
        return []
    name, again = say("result.notice"), ("print_notice", say("print.again"), "Ctrl+P")
    match notice.state:
        case PrintState.NONE:
            row = Output("doc", name, "ink-3", "minus", say("notice.none"), "print_notice", say("print.now"), "Ctrl+P")
        case PrintState.CONFIRMED:
            row = Output("doc", name, "ok", "check", say("print.confirmed", n=notice.copies + 1), *again)
        case PrintState.SENT:
            row = Output("doc", name, "ok", "check", say("print.sent"), *again)
        case PrintState.NOT_PRINTED:
            words = say("print.not_printed", x=printer_words(notice.code))
            row = Output("doc", name, "bad", "lamp-bad", words, "print_notice", say("print.now"), "Ctrl+P")
        case PrintState.UNKNOWN:
            there = Output(
                "doc", name, "warn", "lamp-warn", say("notice.unknown"), "notice_came_out", say("notice.yes")
            )
            gone = Output("", "", "ink-3", "", say("notice.look"), "notice_missing", say("notice.no"))
            return [there, gone]
        case _:
            row = Output("doc", name, "accent", "clock", say("print.printing"))
    return [row]


def _spoken(code: str, text: str) -> str:
    code = code.removeprefix("say.")
    first, _, second = text.partition("|")
    if code in {"promise", "on_the_spot"}:
        return say(f"say.{code}", x=day_weekday_clock(datetime.fromisoformat(text)))
    if code == "deferred":
        return say("say.deferred", x=named(first), d=day(second))
    if code == "collect":
        return say("say.collect" if second else "say.collect_plain", x=named(first), n=second)
    return say_first(f"say.{code}", "say.keep_receipt", x=text)


def _fault(state: ReceptionState) -> FaultBanner | None:
    receipt = state.receipt
    if receipt.state is PrintState.UNKNOWN:
        buttons = (
            ("print_came_out", say("fault.unknown.yes"), "", "primary", "check"),
            ("print_did_not", say("fault.unknown.no"), "", "", "printer"),
            ("put_off_print", say("fault.later"), "Esc", "ghost", ""),
        )
        return FaultBanner(say("fault.unknown.head"), say("fault.unknown.text"), buttons)
    if receipt.state is not PrintState.NOT_PRINTED:
        return None
    do = say_first(f"fault.do.{receipt.code}", "fault.do.other")
    now_text = say_first(f"fault.now.{receipt.code}", "fault.now.other")
    return FaultBanner(
        head=say("fault.print.head", x=printer_words(receipt.code)),
        text=say("fault.print.text", do=do),
        buttons=(
            ("print_again", now_text, "F12", "primary", "printer"),
            *_on_a4(state),
            ("put_off_print", say("fault.later"), "Esc", "ghost", ""),
        ),
    )


def _on_a4(state: ReceptionState) -> tuple[tuple[str, str, str, str, str], ...]:
    """The other way to paper, where the window has it and it was not gone yet."""
    if state.notice.offered and state.notice.state in {PrintState.NONE, PrintState.NOT_PRINTED}:
        return (("print_notice", say("fault.a4"), "Ctrl+P", "", "printer"),)
    return ()
