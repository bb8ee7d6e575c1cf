"""What a search finds, as plain values."""

from dataclasses import dataclass, field
from enum import StrEnum


class Certainty(StrEnum):
    """How sure we are of what it is."""

    ANSWERED = "answered"  # it answered as only this kind does
    LISTED = "listed"  # the system or the network calls it that; it was not asked
    UNKNOWN = "unknown"  # something is there that cannot tell: a person tries it


class Why(StrEnum):
    """Why a place has nothing to say, or nothing that we can use."""

    NONE = ""
    OCCUPIED = "occupied"  # another program holds it
    NO_PERMISSION = "no_permission"  # the account may not: udev rule or group
    SILENT = "silent"  # open, asked, no answer: write-only, speaks only by itself, or off
    OTHER_ANSWER = "other_answer"  # it answers, with something that we do not know
    NOT_THERE = "not_there"  # nobody at this address
    NO_DRIVER = "no_driver"  # recognised, and there is no driver for it here


@dataclass(frozen=True, slots=True)
class Found:
    """One place with a device, or with something that could be one.

    ``url`` is the stable name for the settings and ``place`` a short one for people (``ttyUSB0``, ``192.0.2.7``).
    ``kind`` and ``driver`` are empty where nobody can tell. ``facts`` are short and impersonal (``model``, ``serial``).
    """

    url: str
    place: str
    kind: str = ""
    driver: str = ""
    certainty: Certainty = Certainty.UNKNOWN
    why: Why = Why.NONE
    facts: dict[str, str] = field(default_factory=dict)
    options: dict[str, str | int | float | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a device may be. ``way`` is how it is asked: ``serial``, ``socket``, ``http``, ``address``."""

    way: str
    url: str
    place: str
    path: str = ""  # the file behind it, where there is one
    facts: dict[str, str] = field(default_factory=dict)
