"""A scanner behind WIA (Windows), in a helper process: ``wia://`` (the first one), ``wia://Name%20of%20the%20scanner``.

Not verified: no part of it was run on Windows. Options: ``page_within`` seconds for one page (90), ``open_within``
seconds for opening (30), ``python`` (another interpreter with pywin32, for drivers that exist in 32 bits only).
"""

from urllib.parse import unquote

from drivers.contracts import DeviceConfig
from drivers.isolated import Isolated
from drivers.scanner.helped import HelpedScanner

HELPER = "drivers.scanner.wia_helper"
SCHEME = "wia://"


class WiaScanner(HelpedScanner):
    """Feeds pages through WIA."""

    def __init__(self, config: DeviceConfig, *, helper: str = HELPER) -> None:
        python = str(config.options.get("python", ""))
        isolated = Isolated(config.id, helper, python=(python,) if python else ())
        super().__init__(config, isolated, {"name": unquote(config.url.removeprefix(SCHEME)).strip("/")})
