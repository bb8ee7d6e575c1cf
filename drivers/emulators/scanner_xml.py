"""The scanner's side of eSCL's XML, written apart from the driver's: an error in one shows in the other. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from drivers.scanner.escl_messages import PWG, SCAN, read_xml

_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<scan:%s xmlns:scan="{SCAN}" xmlns:pwg="{PWG}">'
FORMATS = ("image/jpeg", "image/png", "image/tiff", "application/pdf")
COLOURS = ("BlackAndWhite1", "Grayscale8", "RGB24")
SOURCES = ("platen", "feeder", "duplex")


@dataclass(frozen=True, slots=True)
class Can:
    """What the capabilities say; the largest page in 1/300 inch.

    PNG and TIFF are given when asked for and not offered: libsane's escl takes the offer and then cannot read it
    (measured).
    """

    formats: tuple[str, ...] = ("image/jpeg", "application/pdf")
    formats_ext: tuple[str, ...] = ("image/jpeg",)
    resolutions: tuple[int, ...] = (100, 150, 200, 300)
    colours: tuple[str, ...] = COLOURS
    sources: tuple[str, ...] = SOURCES
    largest: tuple[int, int] = (2550, 3508)


A4_SCANNER = Can()


@dataclass(frozen=True, slots=True)
class Job:
    """What a client asked for; ``region`` in dots."""

    source: str
    colour: str
    kind: str
    dpi: int
    duplex: bool
    region: tuple[int, int]

    def words(self) -> str:
        """What was asked for, in one line."""
        sides = " both sides" if self.duplex else ""
        return f"{self.source}{sides} {self.colour} {self.kind} {self.dpi} dpi {self.region[0]}x{self.region[1]}"


def uuid(serial: str) -> str:
    """The scanner's identity, the same in its capabilities and in its announcement."""
    return f"4509a320-00a0-008f-00b6-00{serial:0>10}"


def capabilities(model: str, serial: str, can: Can = A4_SCANNER) -> bytes:
    """A scanner with what ``can`` says: an A4 glass and a feeder for both sides."""
    modes = "".join(f"<scan:ColorMode>{mode}</scan:ColorMode>" for mode in can.colours)
    formats = "".join(f"<pwg:DocumentFormat>{kind}</pwg:DocumentFormat>" for kind in can.formats)
    formats += "".join(f"<scan:DocumentFormatExt>{kind}</scan:DocumentFormatExt>" for kind in can.formats_ext)
    resolutions = "".join(
        f"<scan:DiscreteResolution><scan:XResolution>{dpi}</scan:XResolution>"
        f"<scan:YResolution>{dpi}</scan:YResolution></scan:DiscreteResolution>"
        for dpi in can.resolutions
    )
    sharpest = max(can.resolutions)
    caps = (
        f"<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>{can.largest[0]}</scan:MaxWidth>"
        f"<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>{can.largest[1]}</scan:MaxHeight>"
        "<scan:MaxScanRegions>1</scan:MaxScanRegions>"
        f"<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes>{modes}</scan:ColorModes>"
        f"<scan:DocumentFormats>{formats}</scan:DocumentFormats><scan:SupportedResolutions><scan:DiscreteResolutions>"
        f"{resolutions}</scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile>"
        "</scan:SettingProfiles><scan:SupportedIntents><scan:Intent>Document</scan:Intent></scan:SupportedIntents>"
        f"<scan:MaxOpticalXResolution>{sharpest}</scan:MaxOpticalXResolution>"
        f"<scan:MaxOpticalYResolution>{sharpest}</scan:MaxOpticalYResolution>"
    )
    platen = f"<scan:Platen><scan:PlatenInputCaps>{caps}</scan:PlatenInputCaps></scan:Platen>"
    both = f"<scan:AdfDuplexInputCaps>{caps}</scan:AdfDuplexInputCaps>"
    feeder = (
        f"<scan:Adf><scan:AdfSimplexInputCaps>{caps}</scan:AdfSimplexInputCaps>"
        f"{both if 'duplex' in can.sources else ''}<scan:FeederCapacity>50</scan:FeederCapacity>"
        "<scan:AdfOptions><scan:AdfOption>DetectPaperLoaded</scan:AdfOption>"
        f"{'<scan:AdfOption>Duplex</scan:AdfOption>' if 'duplex' in can.sources else ''}</scan:AdfOptions></scan:Adf>"
    )
    return (
        _HEAD % "ScannerCapabilities" + f"<pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>{model}</pwg:MakeAndModel>"
        f"<pwg:SerialNumber>{serial}</pwg:SerialNumber><scan:UUID>{uuid(serial)}</scan:UUID>"
        f"{platen if 'platen' in can.sources else ''}{feeder if 'feeder' in can.sources else ''}"
        "</scan:ScannerCapabilities>"
    ).encode()


def status(state: str, feeder: str, jobs: Iterable[tuple[str, str]]) -> bytes:
    """How the scanner is; ``jobs`` are paths and states, newest first."""
    infos = "".join(
        f"<scan:JobInfo><pwg:JobUri>{uri}</pwg:JobUri><pwg:JobState>{of_job}</pwg:JobState></scan:JobInfo>"
        for uri, of_job in jobs
    )
    paper = f"<scan:AdfState>{feeder}</scan:AdfState>" if feeder else ""
    return (
        _HEAD % "ScannerStatus" + f"<pwg:Version>2.63</pwg:Version><pwg:State>{state}</pwg:State>"
        f"{paper}<scan:Jobs>{infos}</scan:Jobs></scan:ScannerStatus>"
    ).encode()


def read_settings(data: bytes, can: Can = A4_SCANNER) -> Job:
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
    named = {"Platen": "platen", "Feeder": "feeder"}
    duplex = _value(root, SCAN, "Duplex", "false") == "true"
    if dpi not in can.resolutions or kind not in FORMATS or colour not in can.colours:
        raise ValueError(f"{colour} {kind} at {dpi}")
    if named.get(source) not in can.sources or (duplex and "duplex" not in can.sources):
        raise ValueError(f"{source}, both sides: {duplex}")
    if not (16 <= width <= can.largest[0] and 16 <= height <= can.largest[1]):
        raise ValueError(f"region {width}x{height}")
    region = (width * dpi // 300, height * dpi // 300)
    return Job(source, colour, kind, dpi, duplex, region)


def _value(root: Element, namespace: str, name: str, default: str) -> str:
    found = root.find(f".//{{{namespace}}}{name}")
    return default if found is None else (found.text or "").strip()
