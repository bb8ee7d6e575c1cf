"""A made-up machine: a folder that looks like the root of one, with USB devices, cameras and serial ports."""

from pathlib import Path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", "utf-8")


def plug_in(
    root: Path,
    port: str,
    ids: str,
    *,
    name: str = "",
    serial: str = "",
    interfaces: tuple[tuple[str, str], ...] = (("ff", ""),),
    power: str = "on",
    number: int = 5,
) -> Path:
    """A USB device; ``interfaces`` are (class, kernel driver). Returns its folder."""
    folder = root / "sys/bus/usb/devices" / port
    vendor, product = ids.split(":")
    for key, value in {
        "idVendor": vendor,
        "idProduct": product,
        "bDeviceClass": "00",
        "product": name,
        "serial": serial,
        "busnum": "1",
        "devnum": str(number),
        "power/control": power,
    }.items():
        write(folder / key, value)
    write(root / f"dev/bus/usb/001/{number:03d}", "")
    for at, (of_class, driver) in enumerate(interfaces):
        part = folder.parent / f"{port}:1.{at}"
        write(part / "bInterfaceClass", of_class)
        write(part / "bInterfaceSubClass", "01")
        write(part / "bInterfaceProtocol", "02")
        if driver:
            home = root / "sys/bus/usb/drivers" / driver
            home.mkdir(parents=True, exist_ok=True)
            (part / "driver").symlink_to(home)
    return folder


def camera(root: Path, number: int, name: str, *, index: int = 0, by_id: str = "") -> None:
    """A V4L node, with its stable name if wanted."""
    node = root / f"dev/video{number}"
    write(node, "")
    write(root / f"sys/class/video4linux/video{number}/name", name)
    write(root / f"sys/class/video4linux/video{number}/index", str(index))
    if by_id:
        link = root / "dev/v4l/by-id" / by_id
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(node)


def serial_port(root: Path, name: str, by_path: str = "") -> None:
    """A file that stands for a serial port."""
    write(root / "dev" / name, "")
    if by_path:
        link = root / "dev/serial/by-path" / by_path
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(root / "dev" / name)
