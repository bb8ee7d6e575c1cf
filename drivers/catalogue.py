"""Which driver goes by which name. A driver's module is imported only when it is made."""

from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from drivers.contracts import Device, DeviceConfig
from drivers.errors import DeviceError, Fault


@dataclass(frozen=True, slots=True)
class Entry:
    """One driver: its kind, its name in the settings, what it drives, an example URL, and where its class is."""

    kind: str
    driver: str
    title: str
    url: str
    module: str
    class_name: str


class _Factory(Protocol):
    def __call__(self, config: DeviceConfig) -> Device: ...


ENTRIES = (
    Entry(
        "id_card",
        "sam_v_serial",
        "identity card reader with a SAM_V module, serial",
        "serial:///dev/ttyUSB0?baud=115200",
        "drivers.id_card.driver",
        "SerialIdCardReader",
    ),
    Entry(
        "id_card",
        "sam_v_usb",
        "identity card reader with a SAM_V module, USB",
        "usb://0400:c35a",
        "drivers.id_card.usb",
        "UsbIdCardReader",
    ),
    Entry(
        "id_card",
        "sam_v_hid",
        "identity card reader with a SAM_V module, USB HID (MIAXIS)",
        "hid://10c4:0007",
        "drivers.id_card.hid",
        "HidIdCardReader",
    ),
    Entry(
        "id_card",
        "vendor_sdk",
        "identity card reader by its maker's library (sdtapi, termb)",
        "sdk:///opt/maker/libsdtapi.so",
        "drivers.id_card.vendor",
        "VendorSdkReader",
    ),
    Entry(
        "smart_card",
        "pcsc",
        "chip card reader by PC/SC, with a script of what to read",
        "pcsc://",
        "drivers.smart_card.pcsc",
        "PcscReader",
    ),
    Entry(
        "display",
        "cd5220",
        "CD5220 customer display, 2 x 20 characters",
        "serial:///dev/ttyUSB1?baud=9600",
        "drivers.display.driver",
        "Cd5220Display",
    ),
    Entry(
        "display",
        "epson",
        "Epson line display (DM-D), ASCII or GB18030",
        "serial:///dev/ttyUSB1?baud=9600",
        "drivers.display.epson_line",
        "EpsonLineDisplay",
    ),
    Entry(
        "display",
        "modbus_led",
        "numeric LED display, Modbus RTU, several on one bus",
        "serial:///dev/ttyUSB2?baud=9600&unit=1",
        "drivers.display.modbus_led",
        "ModbusLedDisplay",
    ),
    Entry(
        "display",
        "onbon_bx",
        "Onbon BX Chinese LED text controller",
        "socket://192.0.2.13:5005",
        "drivers.display.onbon_bx",
        "OnbonDisplay",
    ),
    Entry(
        "display",
        "template",
        "display that a template describes",
        "serial:///dev/ttyUSB1",
        "drivers.display.template",
        "TemplateDisplay",
    ),
    Entry(
        "rating",
        "template",
        "rating pad that a template describes",
        "serial:///dev/ttyUSB3",
        "drivers.rating.template",
        "TemplateRatingPad",
    ),
    Entry(
        "printer",
        "escpos",
        "ESC/POS receipt printer",
        "socket://192.0.2.10:9100",
        "drivers.printer.driver",
        "EscPosPrinter",
    ),
    Entry(
        "printer",
        "escpos_queue",
        "ESC/POS receipt printer behind a print queue (CUPS, Windows)",
        "cups://RECEIPT",
        "drivers.printer.spooled",
        "QueuedPrinter",
    ),
    Entry(
        "document_printer",
        "ipp",
        "A4 printer on the network, IPP Everywhere",
        "ipp://192.0.2.14/ipp/print",
        "drivers.document_printer.ipp",
        "IppPrinter",
    ),
    Entry(
        "document_printer",
        "cups",
        "A4 printer of the system's print service",
        "cups://A4_printer",
        "drivers.document_printer.cups",
        "CupsPrinter",
    ),
    Entry(
        "document_printer",
        "windows",
        "A4 printer of Windows",
        "windows://HP%20LaserJet",
        "drivers.document_printer.windows",
        "WindowsDocumentPrinter",
    ),
    Entry("scanner", "escl", "eSCL network scanner", "http://192.0.2.11/eSCL", "drivers.scanner.escl", "EsclScanner"),
    Entry("scanner", "sane", "scanner behind SANE (Linux)", "sane://test:0", "drivers.scanner.sane", "SaneScanner"),
    Entry(
        "scanner",
        "wia",
        "scanner behind WIA (Windows; unverified until run on Windows)",
        "wia://",
        "drivers.scanner.wia",
        "WiaScanner",
    ),
    Entry(
        "scanner",
        "folder",
        "folder that the scanner's own program fills",
        "file:///srv/scans",
        "drivers.scanner.folder",
        "FolderScanner",
    ),
    Entry(
        "camera",
        "mjpeg_http",
        "camera that sends MJPEG over HTTP",
        "http://192.0.2.12/stream",
        "drivers.camera.mjpeg",
        "MjpegCamera",
    ),
    Entry("camera", "uvc", "USB camera", "usb://0", "drivers.camera.uvc", "UvcCamera"),
    Entry("camera", "video", "video file", "file:///var/lib/clip.avi", "drivers.camera.video", "VideoCamera"),
    Entry("camera", "folder", "folder of pictures", "file:///var/lib/pages", "drivers.camera.folder", "FolderCamera"),
    Entry(
        "codes",
        "serial",
        "code scanner, USB-COM (virtual serial port)",
        "serial:///dev/ttyACM0?baud=9600",
        "drivers.codes.driver",
        "SerialCodeReader",
    ),
    Entry("codes", "hid_pos", "code scanner, HID-POS", "hid://0c2e:0b61", "drivers.codes.hid_pos", "HidPosCodeReader"),
    Entry(
        "voice",
        "spoken",
        "calls from recorded clips or a speech engine",
        "sound://",
        "drivers.voice.driver",
        "SpokenCalls",
    ),
)
KINDS = (
    *("id_card", "scanner", "camera", "printer", "display", "codes", "smart_card", "rating", "voice"),
    "document_printer",
)
"""All kinds of devices, as settings and screens know them."""


def find(kind: str, driver: str) -> Entry | None:
    """The entry of a driver, or ``None``; ``driver`` may also be written ``kind/driver``."""
    name = driver.removeprefix(f"{kind}/")
    return next((entry for entry in ENTRIES if (entry.kind, entry.driver) == (kind, name)), None)


def create(config: DeviceConfig) -> Device:
    """Make the driver that ``config`` names, closed.

    Raises:
        DeviceError: ``REFUSED``/``unsupported`` when no driver has that kind and name, or cannot run here.
    """
    entry = find(config.kind, config.driver)
    if entry is None:
        raise DeviceError(config.id, Fault.REFUSED, "unsupported", f"no driver {config.kind}/{config.driver}")
    from drivers.recording import RECORDER  # noqa: PLC0415 - kinds are read long before a driver is made

    RECORDER.meet(config)
    try:
        module = import_module(entry.module)
    except ImportError as error:
        raise DeviceError(config.id, Fault.REFUSED, "unsupported", f"{entry.module}: {error}") from error
    return cast("_Factory", getattr(module, entry.class_name))(config)
