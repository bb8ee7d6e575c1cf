"""The emulated scanner announces itself by DNS-SD, on this machine only. Needs zeroconf."""

from collections.abc import Iterator
from contextlib import contextmanager

from drivers.emulators.scanner_machine import BASE
from drivers.emulators.scanner_xml import Can
from drivers.emulators.serving import LOCALHOST


@contextmanager
def announced(number: int, *, model: str, uuid: str, note: str, can: Can, tls_port: int = 0) -> Iterator[None]:
    """Announce ``_uscan._tcp`` on port ``number`` (0: not) and ``_uscans._tcp`` on ``tls_port`` (0: not)."""
    from socket import inet_aton  # noqa: PLC0415

    from zeroconf import ServiceInfo, Zeroconf  # noqa: PLC0415

    text = {
        "txtvers": "1",
        "rs": BASE.strip("/"),
        "ty": model,
        "note": note,
        "uuid": uuid,
        "vers": "2.63",
        "pdl": ",".join(can.formats),
        "cs": "color,grayscale,binary",
        "is": ",".join(name for name in ("platen", "feeder") if name in can.sources).replace("feeder", "adf"),
        "duplex": "T" if "duplex" in can.sources else "F",
    }
    zeroconf = Zeroconf(interfaces=[LOCALHOST])
    try:
        for kind, port in (("_uscan._tcp.local.", number), ("_uscans._tcp.local.", tls_port)):
            if port:
                name = f"{model} {uuid[-4:]} {port}"
                zeroconf.register_service(
                    ServiceInfo(
                        kind,
                        f"{name}.{kind}",
                        addresses=[inet_aton(LOCALHOST)],
                        port=port,
                        properties=text,
                        server=f"scanner-{uuid[-8:]}-{port}.local.",
                    )
                )
        yield
    finally:
        zeroconf.close()  # takes the announcements back
