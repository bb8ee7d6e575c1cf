"""``list``, ``find`` and ``probe``: what drivers there are, what is plugged in, and how one device is."""

import argparse
from dataclasses import asdict
from threading import Event, Lock

from drivers import catalogue
from drivers.commands.asking import say, with_device
from drivers.errors import DeviceError, DeviceHealth, DeviceState

# what may be asked unseen, in this order; never bytes of one kind to what may be a printer, which would print them
GUESSES = {"serial": ("id_card",), "http": ("scanner", "camera"), "https": ("scanner",), "usb": ("camera",)}


def list_drivers(options: argparse.Namespace) -> int:
    """The drivers, and this machine's serial ports, USB devices and cameras, none of them opened."""
    from serial.tools import list_ports

    from drivers.recognise import places, usb

    ports = [
        {"port": port.device, "description": port.description, "hwid": port.hwid} for port in list_ports.comports()
    ]
    drivers = [
        {"kind": entry.kind, "driver": entry.driver, "title": entry.title, "url": entry.url}
        for entry in catalogue.ENTRIES
    ]
    lines = [f"{entry.kind + '/' + entry.driver:24} {entry.title}  ({entry.url})" for entry in catalogue.ENTRIES]
    machine = places.Machine()
    others = [f"usb://{row.vendor:04x}:{row.product:04x}  {row.maker} {row.name}".rstrip() for row in usb.devices()]
    others += [f"{row.url}  {row.facts.get('model', '')}".rstrip() for row in places.cameras(machine)]
    lines += [f"{port['port']:24} {port['description']}" for port in ports] or ["no serial ports"]
    say(options, {"drivers": drivers, "ports": ports, "others": others}, "\n".join([*lines, *others]))
    return 0


def find(options: argparse.Namespace) -> int:
    """Search the machine and the network, ask what is found what it is, and tell each find as it is made."""
    from drivers.recognise.found import Found
    from drivers.recognise.places import Machine
    from drivers.recognise.search import search

    finds: list[Found] = []
    lock = Lock()

    def tell(found: Found) -> None:
        with lock:
            finds.append(found)
            if not options.json:
                said = f"{found.kind}/{found.driver}" if found.kind else "not recognised"
                facts = "  ".join(f"{key}={value}" for key, value in found.facts.items())
                wants = "".join(f"  --option {key}={value}" for key, value in found.options.items())
                say(options, {}, f"{said:26} {found.url}  {found.certainty} {found.why} {facts}{wants}".rstrip())

    machine = Machine(serial=tuple(options.port), network=options.network, own_ports=not options.port)
    search(machine, typed=options.address, cancel=Event(), tell=tell)
    if options.json:
        say(options, {"found": [asdict(found) for found in finds]}, "")
    elif not finds:
        say(options, {}, "nothing found")
    return 0 if any(found.kind for found in finds) else 1


def probe(options: argparse.Namespace) -> int:
    """Open a device and ask how it is; without a kind only what may safely be asked is asked."""
    kinds = (options.kind,) if options.kind else GUESSES.get(options.url.partition(":")[0], ())
    if not kinds:
        raise ValueError("--kind is needed for this URL")
    if (
        options.kind == "display" and not options.driver
    ):  # it may not answer at all: any driver would say that it is well
        names = ", ".join(entry.driver for entry in catalogue.ENTRIES if entry.kind == options.kind)
        raise ValueError(f"--driver is needed, a display does not tell what it is: {names}")
    failure: DeviceError | None = None
    for kind in kinds:
        driver = options.driver or next(entry.driver for entry in catalogue.ENTRIES if entry.kind == kind)
        try:
            health = with_device(options, kind, driver, lambda device: device.health())
        except DeviceError as error:
            failure = error
            continue
        found = {"ok": health.state is DeviceState.READY, "kind": kind, "driver": driver, **asdict(health)}
        say(options, found, _health_line(kind, driver, health))
        return 0 if health.state is DeviceState.READY else 1
    raise failure or ValueError("nothing to probe")


def _health_line(kind: str, driver: str, health: DeviceHealth) -> str:
    facts = "  ".join(f"{key}={value}" for key, value in health.facts.items())
    return f"{kind}/{driver}: {health.state} {health.code} {facts}".rstrip()
