"""A scanner behind SANE (Linux), in a helper process: ``sane://test:0``, ``sane://airscan:e0:Name``.

Options: ``config_dir`` (a private SANE_CONFIG_DIR: only the backends named there are loaded, and no slow search),
``set`` (options of the backend, ``name=value;name=value``), ``page_within`` seconds for one page (90),
``open_within`` seconds for opening (30).
"""

from urllib.parse import unquote

from drivers.contracts import DeviceConfig
from drivers.isolated import Isolated
from drivers.scanner.helped import HelpedScanner

HELPER = "drivers.scanner.sane_helper"
SCHEME = "sane://"


class SaneScanner(HelpedScanner):
    """Feeds pages through libsane."""

    def __init__(self, config: DeviceConfig) -> None:
        env = {"LC_ALL": "C"}  # SANE's errors are texts only
        if config_dir := str(config.options.get("config_dir", "")):
            env["SANE_CONFIG_DIR"] = config_dir
        given = {
            "name": unquote(config.url.removeprefix(SCHEME)),
            "set": str(config.options.get("set", "")),
        }
        super().__init__(config, Isolated(config.id, HELPER, env=env), given)
