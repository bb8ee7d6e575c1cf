"""Gives a Modbus LED display its unit id: ``python -m drivers.display.set_unit serial:///dev/ttyUSB2?unit=1 3``.

A new display has unit id 1. While it hangs on the bus alone it is told its own; afterwards it is looked for there.
"""

import sys
from collections.abc import Sequence
from functools import partial

from drivers.asking import Manner, ask
from drivers.contracts import DeviceConfig
from drivers.display import modbus
from drivers.errors import DeviceError, Fault
from drivers.shared_port import PORTS, Ports, number_option, silence_at

BAUD = 9600


def set_unit(url: str, new: int, *, ports: Ports = PORTS) -> None:
    """Tell the display of ``url`` that it is ``new`` from now on, and blank it there.

    Raises:
        DeviceError: ``ABSENT``, ``OCCUPIED``; ``TIMEOUT``, ``GARBLED``; ``REFUSED`` when it says no.
    """
    old = number_option(DeviceConfig("display", "display", "modbus_led", url), "unit", 1, 1, 247)
    port = ports.join("display", url, baud=BAUD)
    manner = Manner(within=0.5, retries=2, silence=silence_at(port.baud))
    try:
        for question in (
            modbus.write_register(old, modbus.UNIT, new),
            modbus.write_registers(new, modbus.SHOW_TEXT, b"    "),
        ):
            answer = ask(port, "display", question, partial(modbus.answer_to, question), manner)
            if answer[0] & modbus.EXCEPTION:
                raise DeviceError("display", Fault.REFUSED, detail=f"exception {answer[1]}")
    finally:
        port.close()


def main(argv: Sequence[str] | None = None) -> int:
    """Set a unit id; 0: done, 1: the display did not answer or said no, 2: wrong use."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if len(arguments) != 2 or not arguments[1].isdecimal() or not 1 <= int(arguments[1]) <= 247:
        sys.stdout.write("python -m drivers.display.set_unit URL?unit=OLD NEW      NEW is 1 to 247\n")
        return 2
    try:
        set_unit(arguments[0], int(arguments[1]))
    except DeviceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"the display is unit {arguments[1]} now\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
