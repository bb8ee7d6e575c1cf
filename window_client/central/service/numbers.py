"""Case numbers: blocks of serials leased to windows, and the 43-character number for the exchange (DOMAIN.md 7.3)."""

from datetime import date, timedelta

import msgspec

from window_client.central import contract as c
from window_client.central.service.call import WIDE_ROLES, Call, count_up
from window_client.central.service.refusal import Refused
from window_client.domain.identifiers import (
    TRAINING,
    case_no_parts,
    case_no_valid,
    make_case_no,
    provisional_no_valid,
    training_no,
)

SERIALS = 9_999_999
"""A day has seven digits of serials."""


def lease(call: Call) -> c.NumberBlock:
    """Lease the next serials of a day to a window; they are never given out again."""
    asked: c.LeaseNumbers = call.body
    who = call.signed_in
    if who.window != asked.window and not WIDE_ROLES & set(who.clerk.roles):
        raise Refused(403, "not_your_window", str(asked.window))
    if not 1 <= asked.count <= call.rules.largest_block:
        raise Refused(422, "bad_count", str(asked.count))
    day = _day(asked.day)
    if not call.now.date() <= day <= call.now.date() + timedelta(days=14):
        raise Refused(422, "bad_day", asked.day)
    return _lease(call, asked.window, day, asked.count)


def check(call: Call, case: c.Submission) -> tuple[str, str]:
    """The final number of a case and its provisional one, if it came with such.

    Raises:
        Refused: 422 ``bad_case_no`` (shape, area or check digit), 422 ``not_leased`` (nobody leased it to this window).
    """
    if call.profile == "training":
        given = case.case_no.removeprefix(TRAINING)
        if given == case.case_no:
            raise Refused(422, "bad_case_no", case.case_no)
        final, provisional = _check(call, msgspec.structs.replace(case, case_no=given))
        return training_no(final), training_no(provisional) if provisional else ""
    return _check(call, case)


def _check(call: Call, case: c.Submission) -> tuple[str, str]:
    if case.case_no.startswith("L-"):
        if not provisional_no_valid(case.case_no) or case.case_no.split("-")[1].lstrip("0") != str(case.window):
            raise Refused(422, "bad_case_no", case.case_no)
        block = _lease(call, case.window, call.now.date(), 1)
        return make_case_no(c.AREA, call.now.date(), block.first), case.case_no
    if not case_no_valid(case.case_no):
        raise Refused(422, "bad_case_no", case.case_no)
    area, day, serial, _ = case_no_parts(case.case_no)
    leased = call.db.execute(
        "SELECT 1 FROM number_blocks WHERE area = ? AND day = ? AND window = ? AND ? BETWEEN first AND last",
        (area, f"{day[:4]}-{day[4:6]}-{day[6:]}", case.window, int(serial)),
    ).fetchone()
    if leased is None:
        raise Refused(422, "not_leased", case.case_no)
    return case.case_no, ""


def national(call: Call, task_code: str) -> str:
    """The next 办件编号 of today: task code 31, day 8, sequence 4."""
    day = call.now.strftime("%Y%m%d")
    return f"{task_code}{day}{count_up(call.db, call.hall, f'national:{task_code}:{day}'):04d}"


def _lease(call: Call, window: int, day: date, count: int) -> c.NumberBlock:
    last = count_up(call.db, c.AREA, f"serial:{day.isoformat()}", count)
    if last > SERIALS:
        raise Refused(409, "no_serials_left", day.isoformat())
    block = c.NumberBlock(c.AREA, day.isoformat(), window, last - count + 1, last)
    call.db.execute(
        "INSERT INTO number_blocks VALUES (?, ?, ?, ?, ?, ?)",
        (block.area, block.day, block.first, block.last, window, call.seconds),
    )
    return block


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(422, "bad_day", text) from None
