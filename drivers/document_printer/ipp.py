"""A printer on the network that speaks IPP 1.1 or 2.0 and takes PDF (IPP Everywhere, AirPrint, Mopria printers).

    ipp://host:631/ipp/print        ipps://host/ipp/print (port 631, TLS)

Options: those of ``queue_printer``; ``verify`` (true; false for the self-signed certificates of most printers).
"""

from drivers.contracts import DeviceConfig
from drivers.document_printer.ipp_client import HttpWire, IppClient, Wire
from drivers.document_printer.queue_printer import QueuePrinter


class IppPrinter(QueuePrinter):
    """Prints A4 documents over the network.

    Args:
        config: From the settings.
        wire: Stands in for HTTP.
    """

    def __init__(self, config: DeviceConfig, wire: Wire | None = None) -> None:
        wire = wire or HttpWire(config.id, config.url, verify=bool(config.options.get("verify", True)))
        within = float(config.options.get("answer_within", 10.0))
        super().__init__(config, IppClient(config.id, config.url, wire, wait=within))
