"""Scanners that announce themselves on the network by DNS-SD: ``_uscan._tcp`` (http) and ``_uscans._tcp`` (https).

What is announced is a hint and nothing more: texts are cut and cleaned, and every scanner is asked before it is used.
Source: Mopria eSCL technical specification 2.97, 4.1; RFC 6763.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Event

SERVICES = ("_uscan._tcp.local.", "_uscans._tcp.local.")
WITHIN = 3.0
"""Seconds that the network is listened to (a scanner was heard in 1 s)."""

_LONGEST = 80
_MOST = 32  # announcements that are asked for their address, which takes up to a second each
_ASKED_WITHIN_MS = 1000


@dataclass(frozen=True, slots=True)
class Service:
    """One announcement as it came: addresses, port and texts by key."""

    secure: bool
    addresses: Sequence[str]
    port: int
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Announced:
    """One scanner: ``url`` for the settings (http where it has both), ``note`` is where it stands."""

    url: str
    model: str = ""
    note: str = ""
    uuid: str = ""
    secure_url: str = ""
    formats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    duplex: bool = False


def scanners(services: Iterable[Service]) -> list[Announced]:
    """The scanners behind some announcements, each once: by its ``uuid``, else by its address."""
    found: dict[str, Announced] = {}
    for service in sorted(services, key=lambda service: service.secure):
        host = next((row for row in service.addresses if ":" not in row), "")
        host = host or next((f"[{row}]" for row in service.addresses if not row.lower().startswith("fe80")), "")
        if not host or not 0 < service.port < 65536:
            continue
        texts = {name.lower(): _clean(value) for name, value in service.texts.items()}
        path = "/".join(part for part in re.findall(r"[\w.~-]+", texts.get("rs", ""), re.ASCII) if part != "..")
        url = f"http{'s' if service.secure else ''}://{host}:{service.port}/{path or 'eSCL'}"
        uuid = texts.get("uuid", "").lower().removeprefix("urn:uuid:")
        key = uuid or host
        if key in found:
            known = found[key]
            if service.secure and not known.secure_url:
                found[key] = replace(known, secure_url=url)
            continue
        found[key] = Announced(
            url,
            texts.get("ty", ""),
            texts.get("note", ""),
            uuid,
            url if service.secure else "",
            tuple(filter(None, texts.get("pdl", "").split(","))),
            tuple(filter(None, texts.get("is", "").split(","))),
            texts.get("duplex", "").upper() == "T",
        )
    return list(found.values())


def _clean(text: str) -> str:
    return "".join(c for c in text if c.isprintable())[:_LONGEST].strip()


def find(
    *, within: float = WITHIN, cancel: Event | None = None, interfaces: Sequence[str] | None = None
) -> list[Announced]:
    """Listen for ``within`` seconds; an empty list also where there is no network.

    Args:
        within: Seconds.
        cancel: Ends the listening; what was heard is returned.
        interfaces: Addresses of our own interfaces to listen on; all by default.
    """
    from zeroconf import InterfaceChoice, ServiceBrowser, ServiceListener, Zeroconf  # noqa: PLC0415 - only a search

    names: list[tuple[str, str]] = []

    class Listener(ServiceListener):
        def add_service(self, _zc: Zeroconf, type_: str, name: str) -> None:
            names.append((type_, name))

        def update_service(self, _zc: Zeroconf, type_: str, name: str) -> None:
            """An address that changes is asked when it is used."""

        def remove_service(self, _zc: Zeroconf, type_: str, name: str) -> None:
            if (type_, name) in names:
                names.remove((type_, name))

    try:
        zeroconf = Zeroconf(interfaces=list(interfaces) if interfaces else InterfaceChoice.All)
    except OSError:
        return []
    try:
        browser = ServiceBrowser(zeroconf, list(SERVICES), Listener())
        (cancel or Event()).wait(within)
        browser.cancel()
        heard = []
        for type_, name in names[:_MOST]:
            if cancel is not None and cancel.is_set():
                break
            info = zeroconf.get_service_info(type_, name, timeout=_ASKED_WITHIN_MS)
            if info is not None and info.port:
                texts = {
                    key.decode("utf-8", "replace"): (value or b"").decode("utf-8", "replace")
                    for key, value in info.properties.items()
                }
                heard.append(Service(type_ == SERVICES[1], info.parsed_addresses(), info.port, texts))
        return scanners(heard)
    finally:
        zeroconf.close()
