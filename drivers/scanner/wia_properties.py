"""What WIA's numbers mean: properties, document handling, errors. Pure.

Source: Microsoft, Windows Image Acquisition, WIA property and error constants (wiadef.h); ``drivers/README.md`` says
that none of it was run on Windows yet.
"""

from drivers.contracts import ScanSource
from drivers.errors import DeviceError, Fault

INTENT, DPI_X, DPI_Y = 6146, 6147, 6148
START_X, START_Y, EXTENT_X, EXTENT_Y = 6149, 6150, 6151, 6152
HANDLING_CAN, HANDLING_STATUS, HANDLING, PAGES = 3086, 3087, 3088, 3096

COLOUR, GREY = 1, 2  # of INTENT
FEEDER, GLASS, DUPLEX = 1, 2, 4  # of HANDLING and HANDLING_CAN
FEED_READY = 1  # of HANDLING_STATUS
JPEG_FORMAT = "{B96B3CAE-0728-11D3-9D7B-0000F81EF32E}"
SCANNER_TYPE = 1

A4_INCHES = (8.267, 11.693)

PAPER_EMPTY = 0x80210003
_ERRORS: dict[int, tuple[Fault, str]] = {
    0x80210001: (Fault.REFUSED, "refused"),  # general error
    0x80210002: (Fault.ATTENTION, "jam"),
    PAPER_EMPTY: (Fault.ATTENTION, "no_documents"),
    0x80210004: (Fault.ATTENTION, "jam"),  # paper problem
    0x80210005: (Fault.ABSENT, ""),  # offline
    0x80210006: (Fault.REFUSED, "busy"),
    0x80210007: (Fault.REFUSED, "busy"),  # warming up
    0x80210008: (Fault.REFUSED, "refused"),  # user intervention
    0x80210009: (Fault.ABSENT, ""),  # item deleted
    0x8021000A: (Fault.ABSENT, ""),  # device communication
    0x8021000B: (Fault.REFUSED, "unsupported"),  # invalid command
    0x8021000C: (Fault.REFUSED, "unsupported"),  # incorrect hardware setting
    0x8021000D: (Fault.OCCUPIED, ""),  # device locked
    0x8021000E: (Fault.GARBLED, ""),  # exception in driver
    0x8021000F: (Fault.GARBLED, ""),  # invalid driver response
    0x80210015: (Fault.ABSENT, ""),  # no device available
    0x80210016: (Fault.ATTENTION, "cover_open"),
    0x80210017: (Fault.REFUSED, "busy"),  # lamp off
    0x80210020: (Fault.ATTENTION, "jam"),  # two sheets at once
    0x80210064: (Fault.CANCELLED, ""),
    0x80070005: (Fault.REFUSED, "no_access"),
    0x80040154: (Fault.REFUSED, "unsupported"),  # class not registered: no WIA on this machine
    0x80070057: (Fault.REFUSED, "unsupported"),  # invalid argument: a property's value
    0x800706BA: (Fault.ABSENT, ""),  # the WIA service is down
}


def trouble(device: str, hresult: int) -> DeviceError:
    """The error that an HRESULT means."""
    fault, code = _ERRORS.get(hresult & 0xFFFFFFFF, (Fault.REFUSED, "refused"))
    return DeviceError(device, fault, code, f"HRESULT 0x{hresult & 0xFFFFFFFF:08X}")


def handling(can: int, source: ScanSource, *, duplex: bool, loaded: bool) -> int | None:
    """What to set ``HANDLING`` to; None when the scanner has nothing like it.

    Args:
        can: ``HANDLING_CAN``; 0 for a scanner with a glass only.
        source: Where the paper lies.
        duplex: Both sides.
        loaded: Whether paper lies in the feeder.
    """
    feeder, glass = bool(can & FEEDER), bool(can & GLASS) or not can
    if source is ScanSource.WHERE_IT_LIES:
        source = ScanSource.FEEDER if feeder and (loaded or not glass) else ScanSource.PLATEN
        duplex = duplex and source is ScanSource.FEEDER and bool(can & DUPLEX)
    if source is ScanSource.PLATEN:
        return GLASS if glass else None
    if not feeder or (duplex and not can & DUPLEX):
        return None
    return FEEDER | DUPLEX if duplex else FEEDER


def allowed(subtype: int, values: list[int], span: tuple[int, int, int], wanted: int) -> int:
    """The value to set: the lowest allowed one not below ``wanted``, else the highest.

    ``subtype`` is WIA's: 1 a range (lowest, highest, step in ``span``), 2 a list (``values``).
    """
    if subtype == 2 and values:
        return min((value for value in values if value >= wanted), default=max(values))
    if subtype == 1:
        low, high, step = span[0], span[1], max(1, span[2])
        return min(low + -(-max(0, wanted - low) // step) * step, low + (high - low) // step * step)
    return wanted
