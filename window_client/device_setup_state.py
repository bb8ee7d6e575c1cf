"""What the device set-up shows, and what may be asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from drivers.contracts import DeviceConfig
from drivers.recognise.found import Certainty, Why

Value = str | int | float | bool


class Stage(StrEnum):
    """Where the work stands. Nothing is closed behind anybody: one may search and try again at any time."""

    FINDING = "finding"
    TRYING = "trying"
    SAVED = "saved"


class Tried(StrEnum):
    """What is known from acting."""

    NOT_YET = "not_yet"
    RUNNING = "running"
    ASKED = "asked"  # it acted; only a person knows whether it did what it should
    WORKS = "works"
    FAILED = "failed"


class Origin(StrEnum):
    """Where a row comes from."""

    SETTINGS = "settings"
    FOUND = "found"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Row:
    """One device, or one place where something may be.

    ``key`` names it while the set-up is open; ``device_id`` is its name in the settings, empty until it is saved.
    ``guesses`` are the kinds that a silent port may be tried as. ``code`` is a device code or a ``Why``.
    ``checked`` is None, or whether the device was well at the check after saving. ``listens``: the try that runs waits
    for a key or a code to find out what it is.
    """

    key: str
    place: str
    url: str
    kind: str = ""
    driver: str = ""
    certainty: Certainty = Certainty.UNKNOWN
    why: Why = Why.NONE
    facts: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Value] = field(default_factory=dict)
    emulated: bool = False
    origin: Origin = Origin.FOUND
    device_id: str = ""
    chosen: bool = False
    guesses: tuple[str, ...] = ()
    tried: Tried = Tried.NOT_YET
    code: str = ""
    asks: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    picture: bytes = b""
    checked: bool | None = None
    listens: bool = False

    def config(self, id_: str) -> DeviceConfig:
        """The device as the settings have it."""
        return DeviceConfig(id_, self.kind, self.driver, self.url, self.emulated, dict(self.options))


@dataclass(frozen=True, slots=True)
class SetupState:
    """All of it. ``problem`` is a code with ``problems`` as what exactly; ``dirty``: the file does not say this yet.

    ``asking`` are places with what they are being asked (names of ``drivers.recognise.choose.PREFERRED``, or empty).
    """

    file: str
    profile: str
    stage: Stage = Stage.FINDING
    searching: bool = False
    done: int = 0
    of: int = 0
    asking: tuple[tuple[str, str], ...] = ()
    rows: tuple[Row, ...] = ()
    shown: str = ""
    checking: bool = False
    saving: bool = False
    problem: str = ""
    problems: tuple[str, ...] = ()
    dirty: bool = False

    @property
    def row(self) -> Row | None:
        """The row that is shown."""
        return next((row for row in self.rows if row.key == self.shown), None)

    @property
    def chosen(self) -> tuple[Row, ...]:
        """What would be saved."""
        return tuple(row for row in self.rows if row.chosen)

    @property
    def untried(self) -> tuple[Row, ...]:
        """What would be saved and has not shown yet that it works."""
        return tuple(row for row in self.chosen if row.tried is not Tried.WORKS)

    @property
    def busy(self) -> bool:
        """Whether a device is being tried now."""
        return any(row.tried is Tried.RUNNING for row in self.rows)


class SetupActions(Protocol):
    """What a technician can do."""

    def search(self) -> None:
        """Look for devices; what is known already is asked again."""

    def stop(self) -> None:
        """End the search, or the try that runs."""

    def ask_address(self, address: str) -> None:
        """Ask a host, ``host:port`` or a URL what it is."""

    def show(self, key: str) -> None:
        """Look at a row."""

    def use(self, key: str, on: bool) -> None:
        """Take a device into the settings, or leave it out. Of several of a kind the first one that is ready works."""

    def try_row(self, key: str, kind: str = "") -> None:
        """Let a device act; ``kind`` for a silent port that may be it."""

    def answer(self, key: str, yes: bool) -> None:
        """What a person saw, heard or holds."""

    def put(self, key: str, config: DeviceConfig) -> None:
        """Add a device by hand (empty ``key``), or change one."""

    def save(self) -> None:
        """Write the chosen devices into the settings, and look at each."""
