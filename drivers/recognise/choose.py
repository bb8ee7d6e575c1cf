"""Which driver of the catalogue goes with what was recognised. A driver that is not there is no error here."""

from drivers import catalogue

PREFERRED: dict[str, tuple[str, tuple[str, ...]]] = {
    "sam_serial": ("id_card", ("sam_v_serial",)),
    "sam_usb": ("id_card", ("sam_v_usb", "sam_v_bulk")),
    "sam_hid": ("id_card", ("sam_v_hid", "miaxis_hid")),
    "escpos": ("printer", ("escpos",)),
    "cups_receipts": ("printer", ("escpos_queue",)),
    "onbon": ("display", ("onbon", "onbon_bx")),
    "modbus": ("display", ("modbus_led", "led_modbus", "modbus")),
    "escl": ("scanner", ("escl",)),
    "sane": ("scanner", ("sane",)),
    "mjpeg": ("camera", ("mjpeg_http",)),
    "uvc": ("camera", ("uvc",)),
    "ipp": ("document_printer", ("ipp",)),
    "cups": ("document_printer", ("cups", "system")),
    "sound": ("voice", ("spoken",)),
    "gun": ("codes", ("serial",)),
    "pad": ("rating", ("template",)),
    "pcsc": ("smart_card", ("pcsc",)),
}
"""What was recognised → its kind, and the drivers that can do it, the best first."""


def driver_of(recognised: str) -> tuple[str, str]:
    """Kind and driver; the driver is empty where the catalogue has none."""
    kind, names = PREFERRED[recognised]
    return kind, next((name for name in names if catalogue.find(kind, name) is not None), "")
