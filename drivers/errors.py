"""What can go wrong with a device, as the clerk would describe it.

``Fault`` decides what the program does next. ``code`` says which words, and which drawn steps, the
person gets; texts are looked up by ``(kind, code)`` in the user interface, so that a driver never
needs a translation. Codes in use are listed in ``CODES``; a driver uses no other.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What the program does about it."""

    ABSENT = "absent"  # cable out, port gone, power off: reconnect by itself
    TIMEOUT = "timeout"  # present, but did not answer in time: ask again
    GARBLED = "garbled"  # answered, but the frame is damaged: ask again
    REFUSED = "refused"  # understood us and said no: tell the person
    ATTENTION = "attention"  # paper out, cover open, jam: a person must act
    OCCUPIED = "occupied"  # another program holds the port: a person must act
    CANCELLED = "cancelled"  # we gave up ourselves


CODES = frozenset(
    {
        "absent",
        "timeout",
        "garbled",
        "cancelled",
        "occupied",
        "unsupported",
        "refused",
        # card readers
        "no_card",
        "card_moved",
        "card_not_genuine",
        "card_unknown",
        "sam_self_test",
        "sam_not_authorised",
        # scanners
        "no_documents",
        "jam",
        "cover_open",
        "busy",
        "certificate",
        "put_aside",
        "maybe_twice",
        # printers
        "paper_out",
        "paper_near_end",
        "cutter",
        "printer_offline",
        "printer_error",
        "toner_out",
        "job_lost",
        "no_access",
        # cameras
        "no_frames",
        # code scanners, smart cards, rating pads, voices
        "no_code",
        "card_locked",
        "no_rating",
        # number displays, and what a template describes
        "cannot_show",
        "no_font",
        "template_wrong",
        "no_voice",
        "no_sound",
    }
)


class DeviceError(Exception):
    """A device could not do what was asked.

    Args:
        device: The device's id from the settings, or its URL when used alone.
        fault: What the program does next.
        code: One of ``CODES``; decides the words for the person.
        detail: For the log. Never personal data.
    """

    def __init__(self, device: str, fault: Fault, code: str = "", detail: str = "") -> None:
        code = code or fault.value
        super().__init__(f"{device}: {code}" + (f" ({detail})" if detail else ""))
        self.device = device
        self.fault = fault
        self.code = code
        self.detail = detail

    @property
    def retryable(self) -> bool:
        """Whether asking again, without a person, may help."""
        return self.fault in {Fault.TIMEOUT, Fault.GARBLED}


class DeviceState(StrEnum):
    """Where a device stands; DEVICES in the manual explains each to administrators."""

    DISABLED = "disabled"
    CONNECTING = "connecting"
    READY = "ready"
    BUSY = "busy"
    OFFLINE = "offline"  # retries by itself
    FAULT = "fault"  # needs a person


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    """One answer to "how are you": a state, a code for the words, and facts to show or log.

    ``facts`` are short, impersonal texts by key, for example ``model``, ``serial``, ``answer_ms``,
    ``paper`` (``ok``, ``near_end``, ``out``, ``unknown``).
    """

    state: DeviceState
    code: str = ""
    facts: dict[str, str] = field(default_factory=dict)
