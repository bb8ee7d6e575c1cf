"""Rating (好差评, DOMAIN.md section 11): names inside, codes only at the border.

Two systems count in opposite directions, so no number stands for a grade in here. A grade is shown on the
applicant's device and nowhere else at the window.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from window_client.domain.form import Words

WAIT_SECONDS = 60
"""How long the page waits before the visit counts as not rated."""

FEWEST_SHOWN = 10
"""No figure is shown that rests on fewer ratings."""


class Grade(StrEnum):
    """The five grades. There is no default: no answer is no ``Rating`` at all, or one without a grade."""

    VERY_SATISFIED = "VERY_SATISFIED"
    SATISFIED = "SATISFIED"
    FAIRLY_SATISFIED = "FAIRLY_SATISFIED"
    DISSATISFIED = "DISSATISFIED"
    VERY_DISSATISFIED = "VERY_DISSATISFIED"


BAD = frozenset({Grade.DISSATISFIED, Grade.VERY_DISSATISFIED})

WORDS: Mapping[Grade, Words] = {
    Grade.VERY_SATISFIED: Words("非常满意", "Very good"),
    Grade.SATISFIED: Words("满意", "Good"),
    Grade.FAIRLY_SATISFIED: Words("基本满意", "Fair"),
    Grade.DISSATISFIED: Words("不满意", "Poor"),
    Grade.VERY_DISSATISFIED: Words("非常不满意", "Very poor"),
}

REASONS_VERSION = 1
REASONS: Mapping[str, Words] = {
    "waited_long": Words("等候时间长", "Waited too long"),
    "slow": Words("办理太慢", "Took too long"),
    "unfriendly": Words("态度不好", "Not friendly"),
    "not_told_at_once": Words("没有一次说清", "Not told everything at once"),
    "extra_papers": Words("多要材料", "Asked for unneeded papers"),
    "sent_around": Words("来回跑、推诿", "Sent from place to place"),
    "unfair_charge": Words("收费不合理", "Charged unfairly"),
    "hard_to_use": Words("设备不好用", "Equipment hard to use"),
    "other": Words("其他", "Something else"),
}
"""What may be ticked under the two lowest grades. The list belongs to a version and is not changed locally."""

_GB: Mapping[Grade, str] = {grade: str(n) for n, grade in enumerate(Grade, start=1)}
_PUSH: Mapping[Grade, int] = {grade: 5 - n for n, grade in enumerate(Grade)}


class Rating(msgspec.Struct, frozen=True):
    """What the applicant gave. ``grade`` None = 未评价. ``given_at`` is ISO 8601 with offset.

    ``text`` is the applicant's own words; ``service_number`` is the case number or, without a case, the visit's.
    """

    service_number: str
    given_at: str
    grade: Grade | None = None
    reasons: tuple[str, ...] = ()
    text: str = ""
    reasons_version: int = REASONS_VERSION


def is_bad(grade: Grade) -> bool:
    """Whether the grade counts as 差评, which asks for a reason and is followed up."""
    return grade in BAD


def lacking(rating: Rating) -> tuple[str, ...]:
    """Why a rating cannot be sent: ``reason`` (a bad one needs a ticked reason or text), ``unknown_reason``."""
    found = []
    if rating.grade in BAD and not rating.reasons and not rating.text.strip():
        found.append("reason")
    if not set(rating.reasons) <= set(REASONS):
        found.append("unknown_reason")
    return tuple(found)


def to_gb39046(grade: Grade) -> str:
    """Code of GB/T 39046-2020 A.8: 1 is the best."""
    return _GB[grade]


def from_gb39046(code: str) -> Grade:
    """Grade of a code of GB/T 39046-2020 A.8.

    Raises:
        ValueError: no such code.
    """
    for grade, known in _GB.items():
        if known == code:
            return grade
    raise ValueError(f"no grade has the code {code}")


def to_push(grade: Grade) -> int:
    """Code of the rating push interface: 5 is the best, below 3 is bad."""
    return _PUSH[grade]


def from_push(code: int) -> Grade:
    """Grade of a code of the rating push interface.

    Raises:
        ValueError: no such code.
    """
    for grade, known in _PUSH.items():
        if known == code:
            return grade
    raise ValueError(f"no grade has the code {code}")
