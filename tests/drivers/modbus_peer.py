"""A Modbus RTU server that we did not write (pymodbus) behind a pty pair of its own, as a program.

``python modbus_peer.py LINK UNIT[,UNIT...]``: LINK is the bus as a driver opens it.
It prints ``ready`` and ends with its stdin.
"""

import asyncio
import os
import select
import sys
import threading
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartAsyncSerialServer
from pymodbus.transaction import ModbusRtuFramer


def pair(link: Path) -> str:
    """Two ptys whose masters are joined; the path of one is the link, the other's name is returned."""
    masters = []
    names = []
    for _ in range(2):
        master, slave = os.openpty()
        tty.setraw(slave)
        masters.append(master)
        names.append(os.ttyname(slave))
    link.symlink_to(names[0])

    def pump() -> None:
        while True:
            for ready in select.select(masters, [], [])[0]:
                os.write(masters[1 - masters.index(ready)], os.read(ready, 256))

    threading.Thread(target=pump, daemon=True).start()
    return names[1]


async def serve(port: str, units: list[int]) -> None:
    """Serve until the program ends."""
    memory: Callable[..., Any] = ModbusSequentialDataBlock  # pymodbus has no types here
    slave: Callable[..., Any] = ModbusSlaveContext
    context: Callable[..., Any] = ModbusServerContext
    start: Callable[..., Any] = StartAsyncSerialServer
    slaves = {unit: slave(hr=memory(0, [0] * 0x300), zero_mode=True) for unit in units}
    server = asyncio.create_task(
        start(
            context=context(slaves=slaves, single=False),
            port=port,
            baudrate=9600,
            framer=ModbusRtuFramer,
            ignore_missing_slaves=True,
        )
    )
    await asyncio.sleep(0.2)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await server


def _end_with_stdin() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    asyncio.run(serve(pair(Path(sys.argv[1])), [int(unit) for unit in sys.argv[2].split(",")]))
