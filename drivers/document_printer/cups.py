"""A queue of the system's print service (CUPS), by IPP through its socket, as ``lp`` does.

    cups://A4_printer               the queue of this name (``lpstat -e`` lists them)
    cups://A4_printer?host=print.example   a print service on another machine

Options: those of ``queue_printer``.
"""

from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from drivers.contracts import DeviceConfig
from drivers.document_printer.ipp_client import HttpWire, IppClient, os_user
from drivers.document_printer.queue_printer import QueuePrinter
from drivers.errors import DeviceError, Fault

SOCKETS = (Path("/run/cups/cups.sock"), Path("/var/run/cups/cups.sock"))


def client(config: DeviceConfig) -> IppClient:
    """The way to the queue that ``config.url`` names.

    Raises:
        DeviceError: ``REFUSED``/``unsupported`` for a URL without a queue.
    """
    parts = urlsplit(config.url)
    # netloc, not hostname: names of queues have capital letters
    queue, asked = unquote(parts.netloc), parse_qs(parts.query)
    if parts.scheme != "cups" or not queue:
        raise DeviceError(config.id, Fault.REFUSED, "unsupported", "cups://QUEUE is wanted")
    host, socket = asked.get("host", [""])[0], asked.get("socket", [""])[0]
    if not host and not socket:
        socket = next((str(path) for path in SOCKETS if path.exists()), "")
    uri = f"ipp://{host or 'localhost'}/printers/{quote(queue)}"
    within = float(config.options.get("answer_within", 10.0))
    return IppClient(config.id, uri, HttpWire(config.id, uri, through=socket), wait=within, user=os_user())


class CupsPrinter(QueuePrinter):
    """Prints A4 documents through the system's print service."""

    def __init__(self, config: DeviceConfig) -> None:
        super().__init__(config, client(config))
