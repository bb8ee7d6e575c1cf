"""The composition root: builds store, central, devices and desks, starts them and stops them in order.

The user interface (or a test, or a tool) gives a dispatcher and three listeners; nothing here knows Qt.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from window_client.central import contract
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.central.courier import Courier, Delivery, Outcome
from window_client.central.feed import Feed, FeedState
from window_client.clock import Clock
from window_client.device_recordings import FOLDER, DeviceRecordings
from window_client.devices import Devices
from window_client.dispatch import Dispatcher
from window_client.domain.calendar import WorkingCalendar
from window_client.domain.confirm import decode_words
from window_client.domain.visit import State
from window_client.door import WindowDoor
from window_client.keeping import Keeping
from window_client.lane import Lane
from window_client.later_signin import LaterSignIn
from window_client.leasing import Leasing
from window_client.morning import MorningFigures
from window_client.offline_signin import OfflineSignIn
from window_client.reception.actions import Stroke
from window_client.reception.core import Deps
from window_client.reception.desk import ReceptionDesk
from window_client.reception.shelf import Copy, Shelf, decode
from window_client.reception.state import Clerk, ExerciseView, ReceptionState
from window_client.settings import Settings
from window_client.signin import SignInState
from window_client.signin_desk import SignInDesk, remember
from window_client.store.database import has_data
from window_client.store.errors import StoreError
from window_client.store.keys import FileKey, load_or_make_key
from window_client.store.store import Store
from window_client.tokens import KeyringAway, Tokens

if TYPE_CHECKING:
    from window_client.imaging.live import LiveView
    from window_client.training import Training

log = logging.getLogger(__name__)

RESOURCES = Path(__file__).resolve().parent.parent / "resources"

UNLOCKED_BY = "WINDOW_CLIENT_PASSPHRASE"
"""Environment variable with the passphrase of the key file, where the settings say ``keys = "file"``."""

KEEP_DELIVERED = timedelta(days=3)
"""How long a delivered case stays at the window (for reprints and questions) before it is purged."""

OUTBOX_SECONDS = 0.2
"""Deliveries within this time are shown together."""

TICK = 60.0
"""Seconds between two looks at leases and retention."""

PURGE_EVERY = 1800.0
"""Seconds between two purges; they happen while nobody is served."""


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told, always on the main thread."""

    sign_in: Callable[[SignInState], None]
    reception: Callable[[ReceptionState], None]
    live: "Callable[[LiveView | None], None]"
    strokes: Callable[[Sequence[Stroke]], None]
    began: Callable[[], None]


def store_folder(settings: Settings) -> Path:
    """Where the window's store lies."""
    return settings.data / "store"


def master_key(settings: Settings, *, passphrase: str = "") -> bytes:
    """The key from the operating system's keyring, or from the administrator's key file; may take 100 ms and more.

    Args:
        settings: They say where the key lies.
        passphrase: Opens the key file; when empty, that of the environment (``WINDOW_CLIENT_PASSPHRASE``) does.

    Raises:
        StoreError: ``no_keyring``, ``key_missing``, ``wrong_key`` (also for a key file without any passphrase).
    """
    folder = store_folder(settings)
    existing = has_data(folder)
    if settings.keys == "file":
        passphrase = passphrase or os.environ.get(UNLOCKED_BY, "")
        if not passphrase:
            raise StoreError("wrong_key", f"no passphrase was given; {UNLOCKED_BY} is empty")
        return FileKey(settings.data / "window.key", passphrase).load_or_make(existing_data=existing)
    return load_or_make_key("window-client", _key_account(folder), existing_data=existing)


def open_store(settings: Settings, *, passphrase: str = "") -> Store:
    """Open the window's store with its key.

    Raises:
        StoreError: Each trouble with its own code; nothing was touched then.
    """
    return open_with(settings, master_key(settings, passphrase=passphrase))


def open_with(settings: Settings, key: bytes) -> Store:
    """Open the window's store with its key, fetched already. Raises: StoreError."""
    return Store.open(
        store_folder(settings), key, profile=settings.profile, backups=settings.backups, keep=settings.keep_backups
    )


def _key_account(folder: Path) -> str:
    """One key a data folder: the folder's own place names it, so that a copied folder finds no key."""
    import hashlib  # noqa: PLC0415 - once a start

    return f"store-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"


def load_calendar(folder: Path = RESOURCES / "calendars") -> WorkingCalendar:
    """The published years."""
    return WorkingCalendar.decode(path.read_bytes() for path in sorted(folder.glob("*.json")))


def store_journal(store: Store, actor: str, action: str, subject: str) -> None:
    """Note a deed; a disk that refuses it is logged, and holds up nobody."""
    try:
        store.journal.add(actor, action, subject)
    except StoreError as error:
        log.error("a deed could not be journaled: %s", error.code)  # noqa: TRY400 - the environment's error


class App:
    """Everything of one window.

    Args:
        settings: What the administrator decided.
        store: Opened already; the app closes it.
        dispatcher: The gate back to the main thread.
        listeners: Who is told.
    """

    def __init__(self, settings: Settings, store: Store, dispatcher: Dispatcher, listeners: Listeners) -> None:
        self.settings = settings
        self.store = store
        self._dispatcher = dispatcher
        self._listeners = listeners
        self._stopped = False
        self._outbox_news = threading.Event()
        self.training: Training | None = None
        self._purge_at = self._quiet_from = time.monotonic() + TICK
        self.tokens = Tokens(
            f"window-client-token-{settings.central_url}-{settings.window_no}", keyring_on=settings.keys == "keyring"
        )
        self.client = self._new_client()
        self.clock = Clock(lambda: self.client.offset_seconds)
        self.ask = Lane("ask", dispatcher, expected=(Unavailable, Rejected, ValueError, KeyringAway, StoreError))
        self.imaging = Lane("imaging", dispatcher, expected=(StoreError, ValueError))
        # half a second a page: no page, no thumbnail and no signature must wait behind it
        self.reading = Lane("codes", dispatcher, expected=(StoreError, ValueError), gives_way=True)
        self.shelf = Shelf(store.cache)
        self.calendar = load_calendar()
        recordings = DeviceRecordings(settings.data / FOLDER)
        self.devices = Devices(settings.devices, dispatcher, self._devices_changed, failed=recordings.keep)
        self.courier = Courier(
            store.second_connection, self._new_client, on_change=self._delivered, clock=lambda: datetime.now(UTC)
        )
        self.feed: Feed | None = None
        self.offline = OfflineSignIn(store.second_connection)
        self.later = LaterSignIn(
            self.client,
            self.ask,
            dispatcher,
            self.tokens,
            remember=self._remember,
            done=self._known_at_centre,
            refused=self._not_known_at_centre,
        )
        door = WindowDoor(self.client, self.tokens, settings.window_no, self._go_on_sending)
        door.offline, door.remember = self._open_offline, self._remember
        door.expected = lambda: self.later.waits
        deps = Deps(
            settings=settings,
            store=store,
            devices=self.devices,
            dispatcher=dispatcher,
            shelf=self.shelf,
            calendar=self.calendar,
            client=self.client,
            ask=self.ask,
            imaging=self.imaging,
            clock=self.clock,
            wake_courier=self.courier.wake,
            words=decode_words((RESOURCES / "words" / "applicant.json").read_bytes()),
            door=door,
            hurry=self._hurry,
            reading=self.reading,
        )
        self.desk = ReceptionDesk(deps, show=self._show, show_live=listeners.live, show_strokes=listeners.strokes)
        self.signin = SignInDesk(
            settings,
            devices=self.devices,
            client=self.client,
            ask=self.ask,
            tokens=self.tokens,
            outbox=self._outbox_counts,
            catalogue=self._catalogue_facts,
            clock=self.clock,
            show=listeners.sign_in,
            signed_in=self._signed_in,
            offline=self.offline,
            signed_in_offline=self._signed_in_offline,
            ask_today=self._ask_today,
        )
        if settings.profile == "training":
            self._begin_training()
        self.keeping = Keeping(
            store, dispatcher, every=settings.backup_every, floor_mb=settings.floor_mb, tell=self.desk.tell_store
        )
        self.morning = MorningFigures(
            store.cache,
            client=self.client,
            ask=self.ask,
            window_no=settings.window_no,
            clock=self.clock,
            show=self.signin.today_known,
        )
        self.leasing = Leasing(
            store.blocks,
            client=self.client,
            ask=self.ask,
            window_no=settings.window_no,
            calendar=self.calendar,
            clock=self.clock,
        )

    def _begin_training(self) -> None:
        """In training the idle page lists exercises, and what the clerk does is looked at for their goals."""
        from window_client.training import Training, load  # noqa: PLC0415 - only in training

        desk = self.desk

        def changed(views: tuple[ExerciseView, ...], code: str, title: tuple[str, str], goal: str) -> None:
            args = {"zh": title[0], "en": title[1], "goal": goal}
            self._dispatcher.post(lambda: desk.training_changed(views, code, args))

        self.training = Training(load(), self.store.cache, changed)
        desk.on_exercise = self.training.begin
        desk.training_changed(self.training.views(), "", {})

    def _show(self, state: ReceptionState) -> None:
        self._listeners.reception(state)
        if self.training is not None:
            self.training.follow(state)

    def _new_client(self) -> CentralClient:
        settings = self.settings
        ca = settings.central_ca or None
        return CentralClient(
            settings.central_url,
            token=self.tokens.now,
            ca=ca,
            profile=settings.profile,
            journal=lambda: self.store.journal_head,
        )

    # ---- start and stop

    def start(self) -> None:
        """Open the devices, look at the line, and take the last catalogue off the shelf."""
        self.devices.start()
        self.signin.check_again()
        cached = self.shelf.cached()
        if cached is not None:
            self.ask.run(lambda: decode(*cached), done=self._catalogue_read, failed=lambda _: None)
        self._fetch_catalogue()

    def stop(self) -> None:
        """Refuse new work, cancel, wait with a limit, checkpoint, close."""
        if self._stopped:
            return
        self._stopped = True
        self.devices.stop()
        if self.feed is not None:
            self.feed.stop(1.0)
        self.courier.stop(2.0)
        self.later.wipe()
        self.ask.close(0.5)
        self.imaging.close(2.0)
        self.reading.close(2.0, drop=True)
        self.client.close()
        self.tokens.forget()
        self.keeping.stop()
        if self.desk.state.clerk is not None:
            store_journal(self.store, self.desk.state.clerk.account, "clerk.left", f"{self.settings.window_no:02d}")
        self.store.close()

    # ---- signing in without the centre

    def _ask_today(self) -> None:
        self.morning.ask()

    def _remember(self, session: contract.Session, password: str) -> None:
        """In the lane of questions: the centre has just said yes."""
        remember(self.offline, session, password, self.clock())

    def _signed_in_offline(self, clerk: Clerk, password: str, days: int) -> None:
        self.later.hold(clerk.account, password, self.settings.window_no)
        self._signed_in(clerk)
        self.desk.network_changed(online=False, latency_ms=None, offset_s=self.client.offset_seconds)
        self.desk.tell_offline_sign_in(days)

    def _open_offline(self, account: str, password: str) -> Clerk:
        """The lock page while the centre is away; in the lane of questions."""
        verdict = self.offline.check(account, password, self.clock())
        if verdict.code:
            until = self.clock() + timedelta(minutes=verdict.minutes)
            detail = {"wrong_password": str(verdict.left), "locked": until.isoformat(timespec="minutes")}
            code = "unknown" if verdict.code == "offline_unknown" else verdict.code
            raise Rejected(code, detail.get(verdict.code, ""))
        self._dispatcher.post(lambda: self._hold(account, password))
        return Clerk(account, verdict.name, verdict.roles)

    def _hold(self, account: str, password: str) -> None:
        """Whoever unlocks without the centre is signed in there later, unless the session is her own and holds."""
        if self.tokens.account != account or self.desk.state.signed_out or self.later.waits:
            self.later.hold(account, password, self.settings.window_no)

    def _known_at_centre(self, _session: contract.Session) -> None:
        if self._stopped:
            return
        self.desk.known_at_centre()
        self._go_on_sending()

    def _not_known_at_centre(self, code: str) -> None:
        if not self._stopped:
            self.desk.tell_signed_out()
            self.desk.tell_refused_at_centre(code)

    def _go_on_sending(self) -> None:
        """Somebody signed in again: what waited for that goes on."""
        if not self._stopped:
            self.later.wipe()
        self.courier.signed_in()
        if self.feed is not None:
            self.feed.hurry()
        self._fetch_catalogue()
        self.leasing.check()
        self.desk.refresh_today()

    def _signed_in(self, clerk: Clerk) -> None:
        store_journal(self.store, clerk.account, "clerk.signed_in", f"{self.settings.window_no:02d}")
        self.courier.start()
        self.feed = Feed(self._new_client, 0, self._event, self._line)
        self.feed.start()
        self.desk.sign_in(clerk)
        self.desk.devices_changed()
        self.leasing.check()
        self._fetch_catalogue()
        self._tick()
        self._listeners.began()

    # ---- catalogue

    def _fetch_catalogue(self) -> None:
        self.ask.run(lambda: self.shelf.fetch(self.client), done=self._fetched, failed=self._not_fetched)

    def _fetched(self, fetched: tuple[bytes, bytes, Copy] | None) -> None:
        if fetched is not None:
            before = self.shelf.catalogue
            self.shelf.keep(*fetched)
            self._on_shelf()
            self.morning.catalogue_came(before, fetched[2].catalogue)

    def _not_fetched(self, error: Exception) -> None:
        log.info("the catalogue could not be fetched: %s", error)

    def _catalogue_read(self, copy: Copy) -> None:
        if self.shelf.catalogue is None:
            self.shelf.take(copy)
            self._on_shelf()

    def _on_shelf(self) -> None:
        if self.shelf.catalogue is not None:
            self.signin.hall_known(self.shelf.catalogue)
        self.desk.catalogue_changed()

    def _catalogue_facts(self) -> tuple[str, str]:
        catalogue = self.shelf.catalogue
        return (catalogue.meta.catalog_version, catalogue.meta.published_at) if catalogue else ("", "")

    # ---- news

    def _devices_changed(self) -> None:
        if not self._stopped:
            self.signin.devices_changed()
            self.desk.devices_changed()

    def _outbox_counts(self) -> tuple[int, int]:
        counts = self.store.outbox.counts()
        return counts.waiting, counts.set_aside

    def _hurry(self) -> None:
        """The clerk wants the line tried now."""
        if self.feed is not None:
            self.feed.hurry()
        self.later.try_now()
        self.courier.wake(hurry=True)

    def _delivered(self, delivery: Delivery) -> None:
        """In the courier's thread. A screen needs no more pictures of the outbox than it can show."""
        if not self._outbox_news.is_set():
            self._outbox_news.set()
            self._dispatcher.post(self._show_outbox_soon)
        if delivery.outcome is Outcome.SIGNED_OUT:
            self._dispatcher.post(self._signed_out)

    def _show_outbox_soon(self) -> None:
        self._dispatcher.later(OUTBOX_SECONDS, self._outbox_changed)

    def _signed_out(self) -> None:
        """The centre answers, and does not know us."""
        if self._stopped:
            return
        if self.later.waits:
            self.later.try_now()
        else:
            self.desk.tell_signed_out()

    def _outbox_changed(self) -> None:
        self._outbox_news.clear()
        if not self._stopped:
            self.desk.outbox_changed(self.courier.next_try)

    def _event(self, event: contract.Event) -> None:
        """In the feed's thread."""
        self._dispatcher.post(lambda: self._take_event(event))

    def _take_event(self, event: contract.Event) -> None:
        if self._stopped:
            return
        if event.kind in {"queue", "called", "window", "reset"}:
            self.desk.queue_changed()
        elif event.kind == "case":
            self.desk.case_changed(str(event.data.get("case_id", "")), str(event.data.get("state", "")), event.at)
        elif event.kind == "conflict" and event.window == self.settings.window_no:
            self.desk.conflict_found(str(event.data.get("case_no", "")), int(event.data.get("count", 0)))
        elif event.kind == "notice":
            self.desk.refresh_today()
        elif event.kind == "catalogue":
            self._fetch_catalogue()

    def _line(self, state: FeedState) -> None:
        """In the feed's thread."""
        self._dispatcher.post(lambda: self._line_changed(state))

    def _line_changed(self, state: FeedState) -> None:
        if self._stopped:
            return
        latency = None if state.latency_ms is None else round(state.latency_ms)
        self.desk.network_changed(online=state.online, latency_ms=latency, offset_s=self.client.offset_seconds)
        if self.later.waits and (state.online or state.code == "not_signed_in"):
            self.later.try_now()
        if state.online:
            self.courier.wake(hurry=True)
            self.leasing.check()

    def _tick(self) -> None:
        if self._stopped:
            return
        self.leasing.check()
        late = time.monotonic() >= self._quiet_from  # at the start there is enough to do
        self.keeping.look(idle=late and self.desk.state.visit is State.IDLE)
        if self.desk.state.visit is State.IDLE and time.monotonic() >= self._purge_at:
            self._purge_at = time.monotonic() + PURGE_EVERY
            before = datetime.now(UTC) - KEEP_DELIVERED
            self.imaging.run(
                lambda: self.store.purge(delivered_before=before),
                done=lambda purged: log.info("purged %d cases, %d pages", purged.cases, purged.pages),
                failed=lambda error: log.warning("nothing could be purged: %s", error),
            )
        self._dispatcher.later(TICK, self._tick)
