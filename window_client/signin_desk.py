"""Checks devices and line before work, and signs a clerk in."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from time import monotonic
from typing import Any

from window_client import __version__
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.central.contract import Session
from window_client.devices import Devices
from window_client.domain.catalogue import Catalogue
from window_client.lane import Lane
from window_client.offline_signin import OfflineSignIn, Verdict
from window_client.reception.state import Clerk, DeviceView
from window_client.settings import Settings
from window_client.signin import CheckLine, SignInState
from window_client.store.errors import StoreError
from window_client.tokens import Tokens

log = logging.getLogger(__name__)

DEMO_ACCOUNT, DEMO_PASSWORD = "1203", "demo"
CLOCK_TOLERANCE = 60.0
"""Seconds that the window's clock may differ from the central service's before it is said."""


class SignInDesk:
    """Checks devices and line before work, and signs a clerk in.

    Args:
        settings: The window's settings.
        devices: All devices, started already.
        client: For the ``ask`` lane; its token comes from ``tokens``.
        ask: The lane for questions.
        tokens: Where the session's token is kept.
        outbox: Counts of what is still to be sent (waiting, set aside).
        catalogue: Version and time of the catalogue on the shelf, empty texts when there is none.
        clock: The window's time.
        show: Called with every new state.
        signed_in: Called once somebody has signed in at the centre.
        offline: Checks a password while the centre is away; None: nobody can sign in then.
        signed_in_offline: Called with clerk, password and days left once somebody has signed in without the centre.
        ask_today: Asks for the figures of the day; they come by ``today_known``.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        devices: Devices,
        client: CentralClient,
        ask: Lane,
        tokens: Tokens,
        outbox: Callable[[], tuple[int, int]],
        catalogue: Callable[[], tuple[str, str]],
        clock: Callable[[], datetime],
        show: Callable[[SignInState], None],
        signed_in: Callable[[Clerk], None],
        offline: OfflineSignIn | None = None,
        signed_in_offline: Callable[[Clerk, str, int], None] = lambda _clerk, _password, _days: None,
        ask_today: Callable[[], None] = lambda: None,
    ) -> None:
        self._settings = settings
        self._devices = devices
        self._client = client
        self._ask = ask
        self._tokens = tokens
        self._outbox = outbox
        self._catalogue = catalogue
        self._clock = clock
        self._show = show
        self._signed_in = signed_in
        self._offline = offline
        self._signed_in_offline = signed_in_offline
        self._ask_today = ask_today
        self._network = CheckLine("network", "network", "warn", "checking", {})
        self._second_screen: CheckLine | None = None
        self._started_at = 0.0
        demo = settings.profile == "demo"
        self.state = SignInState(
            hall_name="",
            windows=((settings.window_no, ""),),
            window_no=settings.window_no,
            version=__version__,
            profile=settings.profile,
            demo_account=DEMO_ACCOUNT if demo else "",
            demo_password=DEMO_PASSWORD if demo else "",
        )

    def check_again(self) -> None:
        """Ask every device and the network once more."""
        self._started_at = monotonic()
        self._network = CheckLine("network", "network", "warn", "checking", {})
        self._set(checking=True)

        def work() -> tuple[float, float]:
            self._client.health()
            return self._client.latency_ms or 0.0, self._client.offset_seconds

        self._ask.run(work, done=self._answered, failed=self._unanswered)
        self._ask_today()

    def today_known(self, figures: tuple[tuple[str, str], ...]) -> None:
        """What awaits the window today."""
        if figures != self.state.today:
            self._set(today=figures)

    def devices_changed(self) -> None:
        """A device's state changed, or the outbox or the catalogue did."""
        self._set()

    def second_screen_known(self, *, there: bool, wanted: bool = True) -> None:
        """Whether the applicant has a screen of her own. ``wanted``: the window is meant to have one."""
        if there:
            line = CheckLine("applicant", "applicant", "ok", "ok", {})
        else:
            line = CheckLine("applicant", "applicant", "warn" if wanted else "ok", "absent" if wanted else "turns", {})
        if line != self._second_screen:
            self._second_screen = line
            self._set()

    def hall_known(self, catalogue: Catalogue) -> None:
        """The catalogue came: the hall's name and the window's title."""
        titles = tuple(
            (row.no, f"{row.title}（{'、'.join(row.categories)} 类）")
            for row in catalogue.windows
            if row.no == self._settings.window_no
        )
        titles_en = tuple(
            (row.no, f"{row.title_en} ({', '.join(row.categories)})")
            for row in catalogue.windows
            if row.no == self._settings.window_no and row.title_en
        )
        self._set(
            hall_name=catalogue.hall.name,
            hall_name_en=catalogue.hall.name_en,
            windows=titles or self.state.windows,
            windows_en=titles_en,
        )

    def sign_in(self, account: str, password: str, window_no: int) -> None:
        """Ask the central service for a token and keep it in the keyring; while it is away this machine decides."""
        if self.state.signing_in:
            return
        self._set(signing_in=True, problem="", problem_args=None)
        account = account.strip()
        offline = self._offline

        def work() -> Session | Verdict:
            try:
                session = self._client.sign_in(account, password, window_no)
            except Unavailable:
                if offline is None:
                    raise
                return offline.check(account, password, self._clock())
            self._tokens.keep(session.clerk.account, session.token)
            if offline is not None:
                remember(offline, session, password, self._clock())
            return session

        self._ask.run(work, done=lambda answer: self._answered_sign_in(answer, account, password), failed=self._failed)

    def _answered_sign_in(self, answer: Session | Verdict, account: str, password: str) -> None:
        if isinstance(answer, Verdict):
            self._decided(answer, account, password)
            return
        clerk = Clerk(answer.clerk.account, answer.clerk.name, answer.clerk.roles, answer.clerk.name_en)
        if "clerk" not in clerk.roles:
            self._tokens.forget()
            self._set(signing_in=False, problem="no_role")
            return
        self._set(signing_in=False, clerk=clerk, clerk_name=clerk.name)
        self._signed_in(clerk)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Rejected):
            self._set(signing_in=False, problem=error.code, problem_args={"detail": error.detail})
        elif isinstance(error, Unavailable):
            self._set(signing_in=False, problem="unavailable")
        elif isinstance(error, StoreError):
            self._set(signing_in=False, problem="store", problem_args={"code": error.code})
        else:
            self._set(signing_in=False, problem="no_keyring")

    def _decided(self, verdict: Verdict, account: str, password: str) -> None:
        """This machine said yes or no, because the centre could not be asked."""
        self._network = CheckLine("network", "network", "warn", "network_away", {})
        if verdict.code:
            self._set(signing_in=False, problem=verdict.code, problem_args={**verdict.args, "away": "1"})
            return
        clerk = Clerk(account, verdict.name, verdict.roles)
        self._set(signing_in=False, clerk=clerk, clerk_name=clerk.name)
        self._signed_in_offline(clerk, password, verdict.days_left)

    def _answered(self, answer: tuple[float, float]) -> None:
        latency, offset = answer
        level = "warn" if abs(offset) > CLOCK_TOLERANCE else "ok"
        self._network = CheckLine(
            "network",
            "network",
            level,
            "network_ok" if level == "ok" else "clock_off",
            {"ms": f"{latency:.0f}", "offset": f"{abs(offset):.1f}"},
        )
        self._checked()

    def _unanswered(self, error: Exception) -> None:
        log.info("the central service does not answer: %s", error)
        self._network = CheckLine("network", "network", "warn", "network_away", {})
        self._checked()

    def _checked(self) -> None:
        self._set(checking=False, checked_at=self._clock(), check_seconds=monotonic() - self._started_at)

    def _set(self, **changes: Any) -> None:
        devices = self._devices.views()
        self.state = replace(self.state, devices=devices, lines=self._lines(devices), **changes)
        self._show(self.state)

    def _lines(self, devices: tuple[DeviceView, ...]) -> tuple[CheckLine, ...]:
        waiting, aside = self._outbox()
        version, at = self._catalogue()
        rows = [_device_line(device) for device in devices]
        if self._second_screen is not None:  # before the number display, as in the list at the desk
            rows.insert(
                next((n for n, row in enumerate(rows) if row.kind == "display"), len(rows)), self._second_screen
            )
        return (
            *rows,
            self._network,
            CheckLine(
                "outbox",
                "outbox",
                "warn" if aside else "ok",
                "outbox_set_aside" if aside else "outbox_waiting" if waiting else "outbox_empty",
                {"n": str(waiting), "aside": str(aside)},
            ),
            CheckLine(
                "catalogue",
                "catalogue",
                "ok" if version else "warn",
                "catalogue_ok" if version else "catalogue_none",
                {"version": version, "at": at},
            ),
        )


def remember(offline: OfflineSignIn, session: Session, password: str, now: datetime) -> None:
    """Keep what an offline sign-in needs of a sign-in at the centre; a disk that refuses keeps nobody out."""
    try:
        offline.remember(session.clerk.account, session.clerk.name, session.clerk.roles, password, now)
    except StoreError as error:
        log.warning("a sign-in without the network will not work: %s", error.code)


def _device_line(device: DeviceView) -> CheckLine:
    """Nothing that a device does keeps the window from working, so the worst is ``warn`` (DESIGN.md picture 08)."""
    fine = device.state in {"ready", "busy"} and device.code in {"", "no_documents"}
    code = "ok" if fine else device.code or device.state
    level = "ok" if fine else "warn"
    args = dict(device.facts)
    return CheckLine(device.id, device.kind, level, code, args, device.emulated, device.role, device.place)
