"""Icon, place in a row and name of a device, the same on every screen. No Qt in here."""

from typing import TYPE_CHECKING

from ui.words import words

if TYPE_CHECKING:  # the sign-in page is painted before anything of the desk is loaded
    from window_client.reception.state import DeviceView
    from window_client.signin import CheckLine

ICONS = {
    "id_card": "card",
    "scanner": "scanner",
    "camera": "camera",
    "printer": "printer",
    "document_printer": "printer",
    "applicant_screen": "pad",
    "display": "monitor",
    "voice": "volume",
    "codes": "qr",
    "smart_card": "card",
    "rating": "star",
}
"""Kind of device → icon, in the order in which devices stand beside each other."""

ORDER = tuple(ICONS)

WARNING_CODES = frozenset({"paper_near_end", "no_voice"})
"""Said by a device that works all the same: a person should know."""


def icon_of(kind: str) -> str:
    """The icon of a kind."""
    return ICONS.get(kind, "info")


def place_of(device: "DeviceView") -> int:
    """Where it stands in a row of devices."""
    return ORDER.index(device.kind) if device.kind in ORDER else len(ORDER)


def name_of(device: "DeviceView | CheckLine", family: str) -> str:
    """What a device is called, in a family of words (``device.kind`` whole, ``desk.device`` short).

    A camera may have a lens with a name of its own; of several alike the second and later ones carry their number.
    """
    named = (f"{family}.{device.kind}.{device.role}",) if device.role else ()
    name = words.first(*named, f"{family}.{device.kind}", "device.kind.other")
    return f"{name} {device.place}" if device.place > 1 else name
