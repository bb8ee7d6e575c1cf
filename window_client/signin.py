"""Signing in and the device check before work: the state and actions behind picture 08.

Types only, and nothing heavy behind them: the sign-in page is the first thing that a start has to paint.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from window_client.reception.state import Clerk, DeviceView


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the device check. ``id`` is a device id, ``network``, ``outbox`` or ``catalogue``.

    ``level``: ``ok``, ``warn`` (work can start) or ``bad``; ``code`` and ``args`` for the words; ``role`` and ``place``
    as in ``DeviceView``.
    """

    id: str
    kind: str
    level: str
    code: str
    args: dict[str, str]
    emulated: bool = False
    role: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class SignInState:
    """The sign-in page.

    ``problem`` is a code: bad_password, locked (args: minutes), unavailable, no_role, not_this_window.
    """

    hall_name: str
    windows: tuple[tuple[int, str], ...]
    window_no: int
    version: str
    profile: str
    lines: tuple[CheckLine, ...] = ()
    devices: "tuple[DeviceView, ...]" = ()
    checked_at: "datetime | None" = None
    check_seconds: float = 0.0
    checking: bool = False
    signing_in: bool = False
    problem: str = ""
    problem_args: dict[str, str] | None = None
    clerk_name: str = ""  # found for the typed account
    demo_account: str = ""  # filled in for the demo profile only
    demo_password: str = ""
    today: tuple[tuple[str, str], ...] = ()  # (code, value): booked, booked_first ("18|08:45"), corrections ...
    clerk: "Clerk | None" = None  # set once signed in
    hall_name_en: str = ""
    windows_en: tuple[tuple[int, str], ...] = ()  # as ``windows``, where the catalogue has English titles


class SignInActions(Protocol):
    """What the sign-in page may ask."""

    def sign_in(self, account: str, password: str, window_no: int) -> None:
        """Ask the central service for a token; kept in the keyring."""

    def check_again(self) -> None:
        """Ctrl+R: ask every device and the network once more."""
