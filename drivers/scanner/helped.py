"""A scanner whose native code runs in a helper process: SANE and WIA. The helper is killed when it hangs.

The helper's deeds: ``open`` (returns the facts), ``health`` (``code`` and facts), ``scan`` (yields ``{"jpeg": base64,
"dpi": n}``), ``devices``. Pages go over the helper's stdout and never over the disk.
"""

from base64 import b64decode
from collections.abc import Iterator, Mapping
from threading import Event

from drivers.contracts import DeviceConfig, ScannedPage, ScanSettings
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.isolated import Isolated

_HEALTH_WITHIN = 1.8  # seconds; health must be done in 2


class HelpedScanner:
    """Feeds pages that a helper process scans.

    Args:
        config: From the settings.
        helper: The helper process, not started yet.
        given: What ``open`` and ``scan`` of the helper are told beside the settings of the scan.
    """

    def __init__(self, config: DeviceConfig, helper: Isolated, given: Mapping[str, object]) -> None:
        self._config = config
        self._helper = helper
        self._given = dict(given)
        self._open_within = float(config.options.get("open_within", 30.0))
        self._page_within = float(config.options.get("page_within", 90.0))
        self._facts: dict[str, str] = {}
        self._opened = 0  # the helper that has the device open

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    @property
    def helper_pid(self) -> int:
        """The helper's process number, 0 when none runs."""
        return self._helper.pid

    def open(self) -> None:
        """Start the helper and open the device in it.

        Raises:
            DeviceError: ``ABSENT``; ``OCCUPIED`` or ``REFUSED`` with ``busy``, ``no_access`` or ``unsupported``;
                ``TIMEOUT`` when the device's own driver hangs: the helper was killed.
        """
        found = self._helper.ask("open", self._given, wait=self._open_within)
        self._facts = _texts(found)
        self._opened = self._helper.pid

    def close(self) -> None:
        """Let go of the device and end the helper."""
        self._opened = 0
        self._helper.stop()

    def health(self) -> DeviceHealth:
        """Ask the helper; one that died or hangs is told as absent, and is replaced at the next ``open``."""
        if not self._is_open():
            return DeviceHealth(DeviceState.OFFLINE, "absent")
        try:
            said = self._helper.ask("health", wait=_HEALTH_WITHIN)
        except DeviceError as error:
            if error.fault is Fault.REFUSED:
                return DeviceHealth(DeviceState.FAULT, error.code)
            self.close()
            return DeviceHealth(DeviceState.OFFLINE, "absent")
        facts = {**self._facts, **_texts(said)}
        code = facts.pop("code", "")
        if code == "busy":
            return DeviceHealth(DeviceState.BUSY, "", facts)
        return DeviceHealth(DeviceState.FAULT if code else DeviceState.READY, code, facts)

    def scan(self, settings: ScanSettings, *, cancel: Event) -> Iterator[ScannedPage]:
        """Scan and give out each page as it arrives, while the helper scans the next.

        Raises:
            DeviceError: As the contract says; ``TIMEOUT`` and ``ABSENT`` also when the helper hung or died: the next
                scan starts a new one.
        """
        if cancel.is_set():
            raise DeviceError(self.name, Fault.CANCELLED)
        if not self._is_open():
            self.open()
        wanted = {
            **self._given,
            "source": settings.source.value,
            "dpi": settings.dpi,
            "colour": settings.colour,
            "duplex": settings.duplex,
        }
        pages = self._helper.stream("scan", wanted, wait=self._page_within, cancel=cancel)
        for number, item in enumerate(pages, start=1):
            yield ScannedPage(number, *self._page(item))

    def devices(self) -> list[dict[str, str]]:
        """The scanners that the helper knows: ``name`` for the URL, ``vendor``, ``model``.

        Raises:
            DeviceError: As ``open``.
        """
        found = self._helper.ask("devices", self._given, wait=self._open_within)
        return [_texts(device) for device in found] if isinstance(found, list) else []

    def _is_open(self) -> bool:
        return self._opened != 0 and self._opened == self._helper.pid

    def _page(self, item: object) -> tuple[bytes, int]:
        try:
            assert isinstance(item, dict)  # noqa: S101 - caught below
            return b64decode(item["jpeg"], validate=True), int(item["dpi"])
        except (AssertionError, KeyError, TypeError, ValueError) as error:
            raise DeviceError(self.name, Fault.GARBLED, detail="no page from the helper") from error


def _texts(found: object) -> dict[str, str]:
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
