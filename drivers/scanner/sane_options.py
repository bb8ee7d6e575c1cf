"""Which of a backend's options means what: every SANE backend names sources, modes and sizes in its own way. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from drivers.contracts import ScanSource
from drivers.errors import DeviceError, Fault

A4_MM = (210.0, 297.0)

_FEEDER = ("adf", "feeder")
_BOTH = ("duplex", "both")
_BACK = ("back", "rear")
_GLASS = ("flat", "platen", "glass", "normal")

# texts of sane_strstatus in the C locale, and what they mean to us
_TROUBLES: tuple[tuple[str, Fault, str], ...] = (
    ("out of documents", Fault.ATTENTION, "no_documents"),
    ("jammed", Fault.ATTENTION, "jam"),
    ("cover is open", Fault.ATTENTION, "cover_open"),
    ("device busy", Fault.REFUSED, "busy"),
    ("lamp not ready", Fault.REFUSED, "busy"),
    ("access to resource", Fault.REFUSED, "no_access"),
    ("not supported", Fault.REFUSED, "unsupported"),
    ("invalid argument", Fault.REFUSED, "unsupported"),
    ("locked for transport", Fault.REFUSED, "refused"),
    ("out of memory", Fault.REFUSED, "refused"),
    ("was cancel", Fault.CANCELLED, ""),
    ("device i/o", Fault.ABSENT, ""),
    ("end of file", Fault.GARBLED, ""),
    ("no data", Fault.GARBLED, ""),
)


class Option(Protocol):
    """As much of ``sane.Option`` as is needed."""

    @property
    def constraint(self) -> object:
        """A list of values, a tuple (lowest, highest, step), or None."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a scanner's option ``source`` calls them; empty where it has none of that kind."""

    feeder: str = ""
    both: str = ""
    glass: str = ""


def trouble(device: str, text: str) -> DeviceError:
    """The error that SANE's text means."""
    for words, fault, code in _TROUBLES:
        if words in text.lower():
            return DeviceError(device, fault, code, text[:80])
    return DeviceError(device, Fault.REFUSED, "refused", text[:80])


def sources_of(names: Sequence[str]) -> Sources:
    """Sort a backend's names of sources: by substring, without case."""
    feeder = [name for name in names if _has(name, _FEEDER) or (_has(name, _BOTH) and not _has(name, _GLASS))]
    both = [name for name in feeder if _has(name, _BOTH)]
    front = [name for name in feeder if not _has(name, (*_BOTH, *_BACK))]
    glass = [name for name in names if _has(name, _GLASS) and name not in feeder]
    return Sources(next(iter(front), ""), next(iter(both), ""), next(iter(glass), ""))


def _has(name: str, parts: Sequence[str]) -> bool:
    return any(part in name.lower() for part in parts)


def source_for(sources: Sources, wanted: ScanSource, *, duplex: bool) -> str:
    """The name to set, empty when the scanner has nothing like it. ``WHERE_IT_LIES`` must be decided before."""
    if wanted is ScanSource.PLATEN:
        return sources.glass
    return (sources.both if duplex else sources.feeder) or ("" if duplex else sources.both)


def mode_for(names: Sequence[str], *, colour: bool) -> str:
    """The name of the scan mode: colour or grey in whole tones; the next best where there is none."""
    plain = [name for name in names if not _has(name, ("lineart", "halftone", "binary", "1-bit", "error diffusion"))]
    colours = [name for name in plain if _has(name, ("color", "colour"))]
    greys = [name for name in plain if _has(name, ("gray", "grey"))]
    found = (*colours, *greys, *plain, *names) if colour else (*greys, *colours, *plain, *names)
    return next(iter(found), "")


def nearest(constraint: object, wanted: float) -> float:
    """The value to set: the lowest allowed one not below ``wanted``, else the highest there is."""
    if isinstance(constraint, (list, set)):
        numbers = sorted(float(value) for value in constraint)
        return min((value for value in numbers if value >= wanted), default=numbers[-1]) if numbers else wanted
    if isinstance(constraint, tuple) and len(constraint) == 3:
        low, high, step = (float(value) for value in constraint)
        if not step:
            return min(max(wanted, low), high)
        steps = -(-max(0.0, wanted - low) // step)
        return min(low + steps * step, low + (high - low) // step * step)
    return wanted


def without_doubles(devices: Sequence[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
    """Each scanner once: what airscan lists (its type says ``ip=…``) libsane's own ``escl`` lists again by address."""
    addresses = [kind.partition("ip=")[2] for name, _, _, kind in devices if name.startswith("airscan:")]
    return [
        device
        for device in devices
        if not (device[0].startswith("escl:") and any(address and address in device[0] for address in addresses))
    ]


def settings_of(text: str) -> list[tuple[str, str]]:
    """``name=value;name=value`` of the option ``set``; names as SANE writes them or as Python does."""
    pairs = (part.partition("=") for part in text.split(";") if part.strip())
    return [(name.strip().replace("-", "_"), value.strip()) for name, _, value in pairs]
