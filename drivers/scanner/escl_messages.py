"""eSCL's XML: what is asked and what is answered. Pure, with the standard library only.

A scanner on the network is not trusted: a document type declaration (entities that grow without end, files that are
read) is refused, and so is anything above a megabyte.

Source: Mopria eSCL technical specification 2.97; order of ScanSettings as in sane-airscan, which most devices take.
"""

import re
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from drivers.contracts import ScanSettings, ScanSource

SCAN = "http://schemas.hp.com/imaging/escl/2011/05/03"
PWG = "http://www.pwg.org/schemas/2010/12/sm"
A4 = (2480, 3508)  # 1/300 inch
_LARGEST = 1 << 20  # bytes
_SOURCE_NAMES = {ScanSource.PLATEN: "Platen", ScanSource.FEEDER: "Feeder"}


class MessageError(ValueError):
    """Not the XML that was expected."""


FORMATS = ("image/jpeg", "application/pdf", "image/png", "image/tiff")
"""What we can take, the best first: a JPEG goes through untouched."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What goes together: these colours in these formats at these resolutions (dots an inch).

    ``resolution_range`` is lowest, highest, step.
    """

    colour_modes: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    formats_ext: frozenset[str] = frozenset()
    resolutions: tuple[int, ...] = ()
    resolution_range: tuple[int, int, int] | None = None

    def nearest(self, dpi: int) -> int:
        """The resolution to ask for: the lowest not below ``dpi``, else the highest there is."""
        if self.resolution_range is not None:
            low, high, step = self.resolution_range
            return min(low + -(-max(0, dpi - low) // step) * step, low + (high - low) // step * step)
        if not self.resolutions:
            return dpi
        return min((value for value in self.resolutions if value >= dpi), default=max(self.resolutions))

    def colour_mode(self, *, colour: bool) -> str:
        """The colour mode to ask for: the wanted one, else the nearest that there is."""
        wanted = ("RGB24", "RGB48", "Grayscale8") if colour else ("Grayscale8", "Grayscale16", "RGB24")
        found = next((mode for mode in wanted if mode in self.colour_modes), "")
        return found or (min(self.colour_modes) if self.colour_modes else wanted[0])

    def format(self) -> str:
        """The document format to ask for; JPEG where the scanner names none that we know."""
        return next((kind for kind in FORMATS if kind in self.formats | self.formats_ext), FORMATS[0])


@dataclass(frozen=True, slots=True)
class SourceCapabilities:
    """What one paper source can do; sizes in 1/300 inch."""

    width: int = A4[0]
    height: int = A4[1]
    min_width: int = 1
    min_height: int = 1
    profiles: tuple[Profile, ...] = (Profile(),)

    def profile(self, *, colour: bool, dpi: int = 0) -> Profile:
        """The profile that fits best: of the wanted colour, in a format that we take, sharp enough."""
        wanted = "RGB24" if colour else "Grayscale8"

        def fit(profile: Profile) -> tuple[bool, bool, bool]:
            takes = not profile.formats or bool(set(FORMATS) & (profile.formats | profile.formats_ext))
            return (
                not profile.colour_modes or wanted in profile.colour_modes,
                takes,
                profile.nearest(dpi) >= dpi,
            )

        return max(self.profiles, key=fit)

    def nearest(self, dpi: int, *, colour: bool = True) -> int:
        """The resolution that will be asked for."""
        return self.profile(colour=colour, dpi=dpi).nearest(dpi)

    def region(self) -> tuple[int, int]:
        """What is asked for: an A4 page, or as much of one as the source takes."""
        return max(min(A4[0], self.width), self.min_width), max(min(A4[1], self.height), self.min_height)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the scanner can do."""

    version: str = ""
    model: str = ""
    serial: str = ""
    uuid: str = ""
    sources: dict[ScanSource, SourceCapabilities] = field(default_factory=dict)
    duplex: SourceCapabilities | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """How the scanner is: ``state`` as pwg:State says; ``feeder`` is ``loaded``, ``empty``, ``jam``, ``door_open``,
    ``processing`` or empty when there is none or it says something else. ``jobs`` are paths, newest first."""

    state: str = ""
    feeder: str = ""
    jobs: tuple[str, ...] = ()


_FEEDER = {
    "ScannerAdfLoaded": "loaded",
    "ScannerAdfEmpty": "empty",
    "ScannerAdfJam": "jam",
    "ScannerAdfMispick": "jam",
    "ScannerAdfMultipickDetected": "jam",
    "ScannerAdfDoorOpen": "door_open",
    "ScannerAdfHatchOpen": "door_open",
    "ScannerAdfProcessing": "processing",
}


def read_xml(data: bytes) -> Element:
    """Parse ``data``.

    Raises:
        MessageError: Not well formed, too long, or with a document type declaration.
    """
    if len(data) > _LARGEST:
        raise MessageError("too long")
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")

    def refuse(*_: object) -> NoReturn:
        raise MessageError("document type declaration refused")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: builder.start(_braced(name), attributes)
    parser.EndElementHandler = lambda name: builder.end(_braced(name))
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise MessageError(str(error)) from error
    return builder.close()


def _braced(name: str) -> str:
    """Expat's ``namespace}name`` as ElementTree writes it."""
    return "{" + name if "}" in name else name


def _find(element: Element, name: str) -> Element | None:
    """The first descendant called ``name``: devices disagree on the depth and now and then on the namespace."""
    return next((found for found in element.iter() if _local(found) == name), None)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: Element | None, name: str) -> str:
    found = None if element is None else _find(element, name)
    return "" if found is None else (found.text or "").strip()


def _number(element: Element, name: str, default: int) -> int:
    text = _text(element, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def _all(element: Element, name: str) -> frozenset[str]:
    return frozenset((found.text or "").strip() for found in element.iter() if _local(found) == name)


def read_capabilities(data: bytes) -> Capabilities:
    """Read an answer to ``GET ScannerCapabilities``.

    Raises:
        MessageError: It is something else.
    """
    root = read_xml(data)
    if _local(root) != "ScannerCapabilities":
        raise MessageError(f"{_local(root)} instead of ScannerCapabilities")
    sources: dict[ScanSource, SourceCapabilities] = {}
    if (platen := _find(root, "PlatenInputCaps")) is not None:
        sources[ScanSource.PLATEN] = _source(platen, root)
    if (feeder := _find(root, "AdfSimplexInputCaps")) is not None:
        sources[ScanSource.FEEDER] = _source(feeder, root)
    both = _find(root, "AdfDuplexInputCaps")
    return Capabilities(
        version=_text(root, "Version"),
        model=_text(root, "MakeAndModel"),
        serial=_text(root, "SerialNumber"),
        uuid=_text(root, "UUID").lower().removeprefix("urn:uuid:"),
        sources=sources,
        duplex=None if both is None else _source(both, root),
    )


def _source(caps: Element, root: Element) -> SourceCapabilities:
    profiles = tuple(_profile(found) for found in _profiles_of(caps, root))
    return SourceCapabilities(
        width=_number(caps, "MaxWidth", A4[0]),
        height=_number(caps, "MaxHeight", A4[1]),
        min_width=_number(caps, "MinWidth", 1),
        min_height=_number(caps, "MinHeight", 1),
        profiles=profiles or (Profile(),),
    )


def _profiles_of(caps: Element, root: Element) -> list[Element]:
    """A source's own profiles; some scanners write them down once and point at them by ``ref`` (eSCL 2.6)."""
    found = [element for element in caps.iter() if _local(element) == "SettingProfile"]
    named = {
        element.get("name", ""): element
        for element in root.iter()
        if _local(element) == "SettingProfile" and element.get("name")
    }
    return [named.get(element.get("ref", ""), element) for element in found] or [caps]


def _profile(element: Element) -> Profile:
    pairs = [
        (_number(found, "XResolution", 0), _number(found, "YResolution", 0))
        for found in element.iter()
        if _local(found) == "DiscreteResolution"
    ]
    resolutions = tuple(sorted({across for across, down in pairs if across and down in {0, across}}))
    reach = _find(element, "XResolutionRange")
    span = None
    if reach is not None and not resolutions:
        low = max(1, _number(reach, "Min", 75))
        span = (low, max(low, _number(reach, "Max", 600)), max(1, _number(reach, "Step", 1)))
    return Profile(
        colour_modes=_all(element, "ColorMode"),
        formats=_all(element, "DocumentFormat"),
        formats_ext=_all(element, "DocumentFormatExt"),
        resolutions=resolutions,
        resolution_range=span,
    )


def read_status(data: bytes) -> Status:
    """Read an answer to ``GET ScannerStatus``.

    Raises:
        MessageError: It is something else.
    """
    root = read_xml(data)
    if _local(root) != "ScannerStatus":
        raise MessageError(f"{_local(root)} instead of ScannerStatus")
    # the first State is the scanner's own, those of jobs are called JobState
    jobs = tuple(job_path(uri, "") for uri in (_text(job, "JobUri") for job in root.iter() if _local(job) == "JobInfo"))
    return Status(_text(root, "State"), _FEEDER.get(_text(root, "AdfState"), ""), tuple(path for path in jobs if path))


def job_path(location: str, base: str) -> str:
    """Return the path of a job, whatever host ``Location`` names; empty when it names no job at all.

    It may be relative to ``base``, name the wrong host, or be cut off in the middle (``http://[fe80...``).
    """
    try:
        path = urlsplit(location).path
    except ValueError:
        found = re.search(r"/[^\s]*/ScanJobs/[^\s?#]+", location.partition("]")[2])
        path = found.group() if found else ""
    if not re.search(r"ScanJobs/[^/]+", path):
        return ""
    return path.rstrip("/") if path.startswith("/") else f"{base.rstrip('/')}/{path.rstrip('/')}"


def scan_settings(settings: ScanSettings, source: SourceCapabilities, *, version: str = "2.0") -> bytes:
    """Return the body of ``POST ScanJobs``: only what the source says that it can do is ever asked for."""
    profile = source.profile(colour=settings.colour, dpi=settings.dpi)
    colour = profile.colour_mode(colour=settings.colour)
    dpi = profile.nearest(settings.dpi)
    kind = profile.format()
    width, height = source.region()
    duplex = (
        f"<scan:Duplex>{str(settings.duplex).lower()}</scan:Duplex>" if settings.source == ScanSource.FEEDER else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<scan:ScanSettings xmlns:pwg="{PWG}" xmlns:scan="{SCAN}">'
        f"<pwg:Version>{version}</pwg:Version>"
        "<pwg:ScanRegions><pwg:ScanRegion>"
        "<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>"
        "<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>"
        f"<pwg:Width>{width}</pwg:Width><pwg:Height>{height}</pwg:Height>"
        "</pwg:ScanRegion></pwg:ScanRegions>"
        f"<pwg:InputSource>{_SOURCE_NAMES[settings.source]}</pwg:InputSource>"
        f"<scan:ColorMode>{colour}</scan:ColorMode>"
        f"<pwg:DocumentFormat>{kind}</pwg:DocumentFormat>"
        + (f"<scan:DocumentFormatExt>{kind}</scan:DocumentFormatExt>" if kind in profile.formats_ext else "")
        + f"<scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution>"
        f"{duplex}</scan:ScanSettings>"
    ).encode()
