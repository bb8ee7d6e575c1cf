"""The scanner's side of eSCL's XML, written apart from the driver's: an error in one shows in the other. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from drivers.scanner.escl_messages import PWG, SCAN, read_xml

_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<scan:%s xmlns:scan="{SCAN}" xmlns:pwg="{PWG}">'
_RESOLUTIONS = (100, 150, 200, 300)
FORMATS = ("image/jpeg", "image/png", "application/pdf")
# PNG is given when asked for and not offered: libsane's escl takes the offer and then cannot read it (measured)
_OFFERED = ("image/jpeg", "application/pdf")


@dataclass(frozen=True, slots=True)
class Job:
    """What a client asked for; ``region`` in dots."""

    source: str
    colour: str
    kind: str
    dpi: int
    duplex: bool
    region: tuple[int, int]


def capabilities(model: str, serial: str) -> bytes:
    """An A4 scanner with a glass and a feeder for both sides."""
    modes = "".join(f"<scan:ColorMode>{mode}</scan:ColorMode>" for mode in ("BlackAndWhite1", "Grayscale8", "RGB24"))
    formats = "".join(f"<pwg:DocumentFormat>{kind}</pwg:DocumentFormat>" for kind in _OFFERED)
    formats += "<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt>"
    resolutions = "".join(
        f"<scan:DiscreteResolution><scan:XResolution>{dpi}</scan:XResolution>"
        f"<scan:YResolution>{dpi}</scan:YResolution></scan:DiscreteResolution>"
        for dpi in _RESOLUTIONS
    )
    caps = (
        "<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MinHeight>16</scan:MinHeight>"
        "<scan:MaxHeight>3508</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>"
        f"<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes>{modes}</scan:ColorModes>"
        f"<scan:DocumentFormats>{formats}</scan:DocumentFormats><scan:SupportedResolutions><scan:DiscreteResolutions>"
        f"{resolutions}</scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile>"
        "</scan:SettingProfiles><scan:SupportedIntents><scan:Intent>Document</scan:Intent></scan:SupportedIntents>"
        "<scan:MaxOpticalXResolution>300</scan:MaxOpticalXResolution>"
        "<scan:MaxOpticalYResolution>300</scan:MaxOpticalYResolution>"
    )
    return (
        _HEAD % "ScannerCapabilities" + f"<pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>{model}</pwg:MakeAndModel>"
        f"<pwg:SerialNumber>{serial}</pwg:SerialNumber><scan:UUID>4509a320-00a0-008f-00b6-00{serial:0>10}</scan:UUID>"
        f"<scan:Platen><scan:PlatenInputCaps>{caps}</scan:PlatenInputCaps></scan:Platen>"
        f"<scan:Adf><scan:AdfSimplexInputCaps>{caps}</scan:AdfSimplexInputCaps>"
        f"<scan:AdfDuplexInputCaps>{caps}</scan:AdfDuplexInputCaps><scan:FeederCapacity>50</scan:FeederCapacity>"
        "<scan:AdfOptions><scan:AdfOption>DetectPaperLoaded</scan:AdfOption><scan:AdfOption>Duplex</scan:AdfOption>"
        "</scan:AdfOptions></scan:Adf></scan:ScannerCapabilities>"
    ).encode()


def status(state: str, feeder: str, jobs: Iterable[tuple[str, str]]) -> bytes:
    """How the scanner is; ``jobs`` are paths and states, newest first."""
    infos = "".join(
        f"<scan:JobInfo><pwg:JobUri>{uri}</pwg:JobUri><pwg:JobState>{of_job}</pwg:JobState></scan:JobInfo>"
        for uri, of_job in jobs
    )
    return (
        _HEAD % "ScannerStatus" + f"<pwg:Version>2.63</pwg:Version><pwg:State>{state}</pwg:State>"
        f"<scan:AdfState>{feeder}</scan:AdfState><scan:Jobs>{infos}</scan:Jobs></scan:ScannerStatus>"
    ).encode()


def read_settings(data: bytes) -> Job:
    """Read the body of ``POST ScanJobs``.

    Raises:
        ValueError: Something in it that this scanner cannot do.
    """
    root = read_xml(data)
    dpi = int(_value(root, SCAN, "XResolution", "200"))
    kind = _value(root, SCAN, "DocumentFormatExt", "") or _value(root, PWG, "DocumentFormat", "image/jpeg")
    colour = _value(root, SCAN, "ColorMode", "RGB24")
    source = _value(root, PWG, "InputSource", "Platen")
    width, height = int(_value(root, PWG, "Width", "2480")), int(_value(root, PWG, "Height", "3508"))
    if dpi not in _RESOLUTIONS or kind not in FORMATS or source not in {"Platen", "Feeder"}:
        raise ValueError(f"{source} {kind} at {dpi}")
    if not (16 <= width <= 2550 and 16 <= height <= 3508):
        raise ValueError(f"region {width}x{height}")
    region = (width * dpi // 300, height * dpi // 300)
    return Job(source, colour, kind, dpi, _value(root, SCAN, "Duplex", "false") == "true", region)


def _value(root: Element, namespace: str, name: str, default: str) -> str:
    found = root.find(f".//{{{namespace}}}{name}")
    return default if found is None else (found.text or "").strip()
