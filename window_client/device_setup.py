"""The device set-up: find, try by acting, save, check. No screen in here.

A search and a try run in threads of their own; everything that they tell comes through the dispatcher. A try that
outlives its time is called off, and what its driver still says is ignored.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event, Thread
from urllib.parse import unquote, urlsplit

from drivers import catalogue
from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, Fault
from drivers.recognise.addresses import is_address
from drivers.recognise.deeds import DEEDS
from drivers.recognise.found import Certainty, Found, Why
from drivers.recognise.places import Machine, plugged_in
from drivers.recognise.search import Progress, search
from window_client import device_setup_file as settings_file
from window_client.device_check import DeviceLine, check
from window_client.device_setup_file import CannotSaveError
from window_client.device_setup_state import Origin, Row, SetupState, Stage, Tried
from window_client.device_setup_trying import LONGEST, TRIES, Outcome, act, listen
from window_client.dispatch import Dispatcher
from window_client.lane import raise_on_main
from window_client.settings import Settings, read

log = logging.getLogger(__name__)

LETS_GO_WITHIN = 5.0
"""Seconds that a device has to end a try that was called off."""

LOOKS_EVERY = 2.0
"""Seconds between two looks at what is plugged in."""

IDS = {
    "id_card": "reader",
    "codes": "code-scanner",
    "smart_card": "card-reader",
    "rating": "rating-pad",
    "document_printer": "a4-printer",
}
"""What a new device is called in the settings; the others by their kinds."""

LEFT_OUT = {"voice"}
"""What is not taken by itself: in most halls the queue's own loudspeakers call."""

GUESSES = ("display", "codes", "rating")
"""What a silent serial port may be: they cannot answer, or speak only by themselves."""


def base_of(url: str) -> str:
    """A URL without its options; a serial port by the file behind its name."""
    base = unquote(url.partition("?")[0]).rstrip("/")
    if base.startswith("serial:///"):
        return f"serial://{Path(base[9:]).resolve().as_posix()}"
    return base


def place_of(url: str) -> str:
    """A short name of a URL for people."""
    parts = urlsplit(url)
    if parts.scheme in {"http", "https", "socket", "ipp", "ipps"}:
        return parts.netloc.rpartition("@")[2]
    return unquote(parts.path.rstrip("/")).rpartition("/")[2] or parts.netloc or url


class DeviceSetup:
    """The set-up of one window's devices.

    Args:
        path: The settings file. It is read now.
        dispatcher: Where answers of threads go.
        listener: Gets every new state.
        machine: Where devices are looked for.

    Raises:
        SettingsError: The file has mistakes.
        CannotSaveError: The file cannot be read.
    """

    def __init__(
        self,
        path: Path,
        dispatcher: Dispatcher,
        listener: Callable[[SetupState], None],
        *,
        machine: Machine | None = None,
    ) -> None:
        self._path = path
        self._text = settings_file.load(path)
        settings = read(path)
        self._dispatcher = dispatcher
        self._listener = listener
        self._machine = machine or Machine()
        self._cancel_search = Event()
        self._cancel_try = Event()
        self._searches = self._tries = self._checks = self._keys = 0
        self._closed = False
        self._there: frozenset[str] | None = None
        rows = tuple(self._row_of(config) for config in settings.devices)
        self.state = SetupState(str(path), settings.profile, rows=rows, shown=rows[0].key if rows else "")

    def _row_of(self, config: DeviceConfig, origin: Origin = Origin.SETTINGS) -> Row:
        self._keys += 1
        return Row(
            f"row-{self._keys}",
            place_of(config.url),
            config.url,
            config.kind,
            config.driver,
            options=dict(config.options),
            emulated=config.emulated,
            origin=origin,
            device_id=config.id,
            chosen=True,
        )

    def start(self) -> None:
        """Show what the settings have, and begin to look."""
        self._listener(self.state)
        self.search()
        self._dispatcher.later(LOOKS_EVERY, self._look)

    def close(self) -> None:
        """End what runs; nothing is told any more."""
        self._closed = True
        self._cancel_search.set()
        self._cancel_try.set()

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        if not self._closed:
            self._listener(self.state)

    def _change(self, key: str, **changes: object) -> None:
        rows = tuple(replace(row, **changes) if row.key == key else row for row in self.state.rows)  # type: ignore[arg-type]
        self._set(rows=rows)

    def _row(self, key: str) -> Row | None:
        return next((row for row in self.state.rows if row.key == key), None)

    # ---- finding

    def search(self) -> None:
        """Look for devices; what is known already is asked again."""
        if self.state.busy or self.state.checking:
            return
        known = [row.url for row in self.state.rows if urlsplit(row.url).scheme in {"http", "https", "socket", "ipp"}]
        self._begin_search(self._machine, known)

    def ask_address(self, address: str) -> None:
        """Ask a host, ``host:port`` or a URL what it is."""
        if not is_address(address):
            self._set(problem="address", problems=(address.strip(),))
            return
        if self.state.searching or self.state.busy:
            return
        nowhere = Machine(own_ports=False, services=False, network=False)
        self._begin_search(nowhere, [address.strip()], show=True)

    def _begin_search(
        self,
        machine: Machine,
        typed: Iterable[str],
        *,
        show: bool = False,
        leave_out: frozenset[str] = frozenset(),
    ) -> None:
        self._cancel_search.set()
        self._searches += 1
        number, cancel = self._searches, Event()
        self._cancel_search = cancel
        stage = Stage.FINDING if self.state.stage is Stage.FINDING or not show else self.state.stage
        self._set(stage=stage, searching=True, done=0, of=0, asking=(), problem="", problems=())

        def post(call: Callable[[], None]) -> None:
            self._dispatcher.post(lambda: call() if number == self._searches and not self._closed else None)

        def progress(now: Progress) -> None:
            done, of, asking = now.done, now.of, tuple(now.now.items())
            post(lambda: self._set(done=done, of=of, asking=asking))

        def work() -> None:
            try:
                search(
                    machine,
                    typed=typed,
                    cancel=cancel,
                    tell=lambda found: post(partial(self._found, found, show=show)),
                    progress=progress,
                    leave_out=leave_out,
                )
            except BaseException as bug:  # noqa: BLE001 - the thread's top: a bug goes to the main thread
                self._dispatcher.post(partial(raise_on_main, bug))
            else:
                post(self._searched)

        Thread(target=work, name="device-search", daemon=True).start()

    def _searched(self) -> None:
        stage = Stage.TRYING if self.state.stage is Stage.FINDING else self.state.stage
        self._set(searching=False, asking=(), stage=stage)

    def _found(self, found: Found, *, show: bool) -> None:
        same = next((row for row in self.state.rows if base_of(row.url) == base_of(found.url)), None)
        if same is None:
            self._keys += 1
            key = f"row-{self._keys}"
            taken = {row.kind for row in self.state.chosen}
            usable = bool(found.kind and found.driver) and found.why is Why.NONE
            row = Row(
                key,
                found.place,
                found.url,
                found.kind,
                found.driver,
                found.certainty,
                found.why,
                dict(found.facts),
                dict(found.options),
                chosen=usable and found.kind not in taken | LEFT_OUT and found.kind in TRIES,
                guesses=_guesses(found),
            )
            self._set(
                rows=_in_order((*self.state.rows, row)),
                shown=key if show or not self.state.shown else self.state.shown,
                dirty=self.state.dirty or row.chosen,
            )
            return
        if found.why is Why.OCCUPIED and same.tried in {Tried.RUNNING, Tried.ASKED}:
            return  # by our own try
        facts = {"facts": {**same.facts, **found.facts}, "why": found.why}
        if found.kind and not (same.kind and same.origin is Origin.SETTINGS):
            facts |= {"kind": found.kind, "driver": found.driver, "url": found.url, "options": dict(found.options)}
        if found.certainty is Certainty.ANSWERED or not same.kind:
            facts |= {"certainty": found.certainty}
        if same.kind and found.why in {Why.SILENT, Why.OTHER_ANSWER}:
            facts["why"] = Why.NONE  # a display says nothing, and yet it is there
        if not same.kind and not found.kind:
            facts |= {"guesses": _guesses(found)}
        self._change(same.key, **facts)
        if show:
            self.show(same.key)

    # ---- what is plugged in meanwhile

    def _look(self) -> None:
        """See which ports and devices there are, beside the screen; what is new is asked by itself."""
        if self._closed:
            return
        machine = replace(self._machine, services=False, network=False)

        def work() -> None:
            there = frozenset(plugged_in(machine))
            self._dispatcher.post(partial(self._looked, there))

        Thread(target=work, name="device-look", daemon=True).start()

    def _looked(self, there: frozenset[str]) -> None:
        if self._closed:
            return
        before, state = self._there, self.state
        busy = state.searching or state.busy or state.checking or state.saving
        if before is None or not there - before or not busy:
            self._there = there
        if before is not None and not busy:
            for row in state.rows:
                if row.place in before - there and row.why is Why.NONE:
                    self._change(row.key, why=Why.NOT_THERE, tried=Tried.NOT_YET, checked=None)
            if there - before:
                machine = replace(self._machine, services=False, network=False)
                self._begin_search(machine, [], leave_out=before)
        self._dispatcher.later(LOOKS_EVERY, self._look)

    # ---- looking and choosing

    def show(self, key: str) -> None:
        """Look at a row."""
        if self._row(key) is not None and key != self.state.shown:
            self._set(shown=key)

    def use(self, key: str, on: bool) -> None:
        """Take a device into the settings, or leave it out. Of several of a kind the first one that is ready works."""
        row = self._row(key)
        if row is None or not (row.kind and row.driver) or row.chosen is on:
            return
        rows = tuple(replace(each, chosen=on) if each.key == key else each for each in self.state.rows)
        self._set(rows=rows, dirty=True, stage=Stage.TRYING)

    # ---- trying

    def try_row(self, key: str, kind: str = "") -> None:
        """Let a device act; ``kind`` for a silent port that may be it."""
        row = self._row(key)
        if row is None or self.state.busy or self.state.checking or row.place in dict(self.state.asking):
            return
        if kind:
            drivers = silent_drivers(kind)
            if not drivers:
                return
            row = self._guess(row, kind, row.driver if row.kind == kind and row.driver in drivers else drivers[0])
        if row.kind not in TRIES or not row.driver:
            return
        unproven = row.kind in row.guesses and row.origin is Origin.FOUND and row.tried is not Tried.WORKS
        self._begin_try(row, listens=unproven and row.kind in DEEDS)

    def _guess(self, row: Row, kind: str, driver: str) -> Row:
        """The row as a kind that it may be, at the speed that is usual for the driver."""
        entry = catalogue.find(kind, driver)
        speed = entry.url.partition("?")[2] if entry is not None and row.url.startswith("serial:") else ""
        base = row.url.partition("?")[0]
        guessed = replace(row, kind=kind, driver=driver, url=f"{base}?{speed}" if speed else base, tried=Tried.NOT_YET)
        self._set(rows=tuple(guessed if each.key == row.key else each for each in self.state.rows))
        return guessed

    def _begin_try(self, row: Row, *, listens: bool = False) -> None:
        self._tries += 1
        number, cancel = self._tries, Event()
        self._cancel_try = cancel
        self._change(
            row.key, tried=Tried.RUNNING, code="", asks="", said={}, picture=b"", checked=None, listens=listens
        )
        config = row.config(row.device_id or row.kind)

        def told(outcome: Outcome | DeviceError) -> None:
            if number == self._tries and not self._closed:
                self._tries += 1
                call_off()
                self._tried(row.key, outcome)

        def work() -> None:
            try:
                outcome: Outcome | DeviceError = (
                    listen(row.url, row.kind, cancel) if listens else act(catalogue.create(config), row.kind, cancel)
                )
            except DeviceError as error:
                outcome = error
            except BaseException as bug:  # noqa: BLE001 - the thread's top: a bug goes to the main thread
                self._dispatcher.post(partial(raise_on_main, bug))
                outcome = DeviceError(config.id, Fault.REFUSED, "refused")
            self._dispatcher.post(partial(told, outcome))

        def too_long() -> None:
            cancel.set()
            hung = DeviceError(config.id, Fault.TIMEOUT)
            self._dispatcher.later(LETS_GO_WITHIN, partial(told, hung))

        call_off = self._dispatcher.later(LONGEST, too_long)
        Thread(target=work, name=f"device-try-{config.id}", daemon=True).start()

    def _tried(self, key: str, outcome: Outcome | DeviceError) -> None:
        if isinstance(outcome, DeviceError):
            log.info("tried: %s", outcome)
            called_off = outcome.fault is Fault.CANCELLED
            self._change(
                key, tried=Tried.NOT_YET if called_off else Tried.FAILED, code="" if called_off else outcome.code
            )
            return
        if (heard := outcome.heard) is not None:
            self._change(key, kind=heard.kind, driver=heard.driver, url=heard.url, options=dict(heard.options))
        state = Tried.ASKED if outcome.asks else Tried.WORKS
        self._change(key, tried=state, asks=outcome.asks, said=outcome.said, picture=outcome.picture)
        if state is Tried.WORKS:
            self._it_works(key)

    def answer(self, key: str, yes: bool) -> None:
        """What a person saw, heard or holds. A silent port's next driver is tried when it was not this one."""
        row = self._row(key)
        if row is None or row.tried is not Tried.ASKED:
            return
        if yes:
            self._change(key, tried=Tried.WORKS, asks="")
            self._it_works(key)
            return
        following = self._next_driver(row)
        if following:
            self._begin_try(self._guess(row, row.kind, following))
        else:
            self._change(key, tried=Tried.FAILED, asks="", code=f"not_{row.asks}")

    def _next_driver(self, row: Row) -> str:
        """The driver to be tried behind this one at a port that cannot tell; empty when there is none."""
        if row.certainty is not Certainty.UNKNOWN or row.origin is Origin.SETTINGS or not row.guesses:
            return ""
        drivers = silent_drivers(row.kind)
        at = drivers.index(row.driver) if row.driver in drivers else len(drivers)
        return drivers[at + 1] if at + 1 < len(drivers) else ""

    def _it_works(self, key: str) -> None:
        """What has shown that it works is taken, where no other of its kind is."""
        row = self._row(key)
        if row is None:
            return
        self._change(key, why=Why.NONE)
        if not row.chosen and not any(other.chosen and other.kind == row.kind for other in self.state.rows):
            self.use(key, on=True)

    def stop(self) -> None:
        """End the search, or the try that runs."""
        self._cancel_search.set()
        self._cancel_try.set()

    # ---- by hand

    def put(self, key: str, config: DeviceConfig) -> None:
        """Add a device by hand (empty ``key``), or change one."""
        old = self._row(key)
        row = self._row_of(config, Origin.TYPED if old is None else old.origin)
        if old is not None:
            row = replace(row, key=old.key, device_id=old.device_id, place=place_of(config.url), facts=old.facts)
            rows = [row if each.key == key else each for each in self.state.rows]
        else:
            row = replace(row, device_id="")
            rows = [*self.state.rows, row]
        self._set(rows=_in_order(rows), shown=row.key, dirty=True, stage=Stage.TRYING, problem="", problems=())

    # ---- saving

    def configs(self) -> tuple[DeviceConfig, ...]:
        """The chosen devices with the names that they get in the settings."""
        taken = {row.device_id for row in self.state.chosen if row.device_id}
        found = []
        for row in self.state.chosen:
            id_ = row.device_id
            if not id_:
                base = IDS.get(row.kind, row.kind.replace("_", "-"))
                id_ = next(name for name in (base, *(f"{base}-{n}" for n in range(2, 99))) if name not in taken)
                taken.add(id_)
            found.append(row.config(id_))
        return tuple(found)

    def save(self) -> None:
        """Write the chosen devices into the settings, and look at each."""
        if self.state.busy or self.state.searching or self.state.checking or self.state.saving:
            return
        configs, expected, path = self.configs(), self._text, self._path
        self._set(saving=True, problem="", problems=())

        def work() -> None:
            try:
                saved = settings_file.save(path, configs, expected=expected)
                text = settings_file.load(path)
            except CannotSaveError as error:
                self._dispatcher.post(partial(self._not_saved, error))
            except BaseException as bug:  # noqa: BLE001 - the thread's top: a bug goes to the main thread
                self._dispatcher.post(partial(self._not_saved, CannotSaveError("form", [type(bug).__name__])))
                self._dispatcher.post(partial(raise_on_main, bug))
            else:
                self._dispatcher.post(partial(self._saved, saved, text, configs))

        Thread(target=work, name="settings-save", daemon=True).start()

    def _not_saved(self, error: CannotSaveError) -> None:
        log.warning("settings not saved: %s", error)
        self._set(saving=False, problem=error.code, problems=error.problems)

    def _saved(self, saved: Settings, text: str, configs: tuple[DeviceConfig, ...]) -> None:
        self._text = text
        log.info("settings saved with %d devices", len(saved.devices))
        names = iter(configs)
        rows = tuple(
            replace(row, device_id=next(names).id, origin=Origin.SETTINGS, checked=None)
            if row.chosen
            else replace(row, device_id="", checked=None, origin=Origin.FOUND)
            for row in self.state.rows
        )
        self._set(rows=rows, stage=Stage.SAVED, saving=False, dirty=False, checking=bool(configs))
        self._checks += 1
        number = self._checks

        def told(line: DeviceLine, *, last: bool) -> None:
            if number == self._checks and not self._closed:
                key = next((row.key for row in self.state.rows if row.device_id == line.id), "")
                self._change(key, checked=line.well, code=line.code, facts={**line.facts})
                if last:
                    self._set(checking=False)

        def work() -> None:
            for at, config in enumerate(configs):
                line = check(config)
                self._dispatcher.post(partial(told, line, last=at == len(configs) - 1))

        Thread(target=work, name="device-check", daemon=True).start()


def silent_drivers(kind: str) -> tuple[str, ...]:
    """The drivers of a kind at a serial port whose devices cannot say what they are, in the order of the catalogue."""
    answering = {"modbus_led", "onbon_bx", "sam_v_serial"}
    return tuple(
        entry.driver
        for entry in catalogue.ENTRIES
        if entry.kind == kind
        and entry.url.startswith("serial:")
        and entry.driver not in answering
        and (entry.driver != "template" or kind in DEEDS)  # else somebody must say which template
    )


def _guesses(found: Found) -> tuple[str, ...]:
    if (
        found.kind
        or found.why not in {Why.SILENT, Why.OTHER_ANSWER}
        or not found.url.startswith(("serial:", "socket:"))
    ):
        return ()
    return tuple(kind for kind in GUESSES if silent_drivers(kind))


def _in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Devices before places that say nothing, each in the order in which they came."""
    return tuple(sorted(rows, key=lambda row: (not row.kind, not row.guesses, bool(row.why))))
