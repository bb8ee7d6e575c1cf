"""One search: what may be a device is listed, then asked, several at once; each find is told when it is made.

The search runs in threads of its own and comes to its end by itself: every question has a deadline, and ``cancel`` ends
all of them. Nothing is asked twice, and nothing that another program holds is taken from it.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from urllib.parse import urlsplit

from drivers.errors import DeviceError, Fault
from drivers.recognise import addresses, places, questions
from drivers.recognise.choose import driver_of
from drivers.recognise.found import Candidate, Certainty, Found, Why
from drivers.recognise.places import Machine

log = logging.getLogger(__name__)

AT_ONCE = 6
"""Ports that are asked at the same time."""


@dataclass(slots=True)
class Progress:
    """How far a search is: questions done, of how many so far known, and what is being asked at which place."""

    done: int = 0
    of: int = 0
    now: dict[str, str] = field(default_factory=dict)


LONGEST = 60.0
"""Seconds after which a search is over, whatever a system's library still does in its thread."""

LETS_GO_WITHIN = 2.0
"""Seconds that the questions have to end after the search was called off."""

Tell = Callable[[Found], None]
TellProgress = Callable[[Progress], None]


def search(
    machine: Machine,
    *,
    typed: Iterable[str] = (),
    cancel: Event,
    tell: Tell,
    progress: TellProgress = lambda _progress: None,
    leave_out: frozenset[str] = frozenset(),
) -> None:
    """Search until everything was asked; ``tell`` and ``progress`` are called from several threads, one at a time.

    Args:
        machine: Where is looked.
        typed: Addresses and URLs that somebody typed.
        cancel: Ends the search; what was told stays true.
        tell: Gets each find as it is made.
        progress: Gets the same object again and again.
        leave_out: Places that are not to be asked: they are known already.
    """
    _Search(machine, cancel, tell, progress, leave_out).run(tuple(typed))


class _Search:
    def __init__(
        self, machine: Machine, cancel: Event, tell: Tell, progress: TellProgress, leave_out: frozenset[str]
    ) -> None:
        self._machine, self._cancel = machine, cancel
        self._tell, self._tell_progress, self._leave_out = tell, progress, leave_out
        self._progress = Progress()
        self._lock = Lock()
        self._told: set[tuple[str, str]] = set()
        self._over = False

    def run(self, typed: tuple[str, ...]) -> None:
        machine, cancel = self._machine, self._cancel
        jobs: list[tuple[str, Callable[[], Iterator[Found]]]] = [
            (place.place, lambda place=place: iter((self._ask_port(place),)))  # type: ignore[misc]
            for place in places.serial_ports(machine)
            if place.place not in self._leave_out
        ]
        jobs += [
            (address, lambda address=address: self._ask_address(address))  # type: ignore[misc]
            for address in typed
        ]
        jobs += [
            ("USB", lambda: places.usb_devices(machine)),
            ("V4L", lambda: places.cameras(machine)),
            ("sound", lambda: places.loudspeakers(machine)),
            ("PC/SC", lambda: places.smart_card_readers(machine)),
            ("CUPS", lambda: places.queues(machine)),
            ("mDNS", lambda: announced(machine, cancel)),
            ("SANE", lambda: places.sane_scanners(machine, cancel)),
        ]
        self._progress.of = len(jobs)
        self._say()
        threads = [
            Thread(target=self._work, args=(jobs,), name=f"search-{at}", daemon=True)
            for at in range(min(AT_ONCE, len(jobs)))
        ]
        for thread in threads:
            thread.start()
        until = time.monotonic() + LONGEST
        while any(thread.is_alive() for thread in threads) and time.monotonic() < until:
            next((thread for thread in threads if thread.is_alive()), threads[0]).join(0.05)
            if self._cancel.is_set():
                until = min(until, time.monotonic() + LETS_GO_WITHIN)
        self._over = True

    def _work(self, jobs: "list[tuple[str, Callable[[], Iterator[Found]]]]") -> None:
        while not self._cancel.is_set():
            with self._lock:
                if not jobs:
                    return
                place, job = jobs.pop(0)
                self._progress.now[place] = ""
            self._say()
            try:
                for found in job():
                    self._found(found)
            except DeviceError as error:
                if error.fault is not Fault.CANCELLED:
                    log.warning("%s: %s", place, error.code)
            except Exception:  # one way of looking must not end the others; what it was stands in the log
                log.exception("looking at %s failed", place)
            with self._lock:
                self._progress.now.pop(place, None)
                self._progress.done += 1
            self._say()

    def _found(self, found: Found) -> None:
        key = found.url if found.kind else found.place, found.kind
        if found.place in self._leave_out:
            return
        with self._lock:
            if key in self._told or self._over:
                return
            self._told.add(key)
            self._tell(found)

    def _say(self) -> None:
        with self._lock:
            if not self._over:
                self._tell_progress(self._progress)

    def _asking(self, place: str) -> Callable[[str], None]:
        def tell(what: str) -> None:
            with self._lock:
                self._progress.now[place] = what
                self._tell_progress(self._progress)

        return tell

    def _ask_port(self, candidate: Candidate) -> Found:
        if not places.may_use(candidate.path):
            return Found(candidate.url, candidate.place, why=Why.NO_PERMISSION, facts=candidate.facts)
        return questions.ask(candidate, self._cancel, tell=self._asking(candidate.place))

    def _ask_address(self, address: str) -> Iterator[Found]:
        yield from addresses.ask(address, self._cancel, self._asking(address))


def announced(machine: Machine, cancel: Event) -> Iterator[Found]:
    """Scanners that announce themselves by mDNS (``_uscan._tcp``, ``_uscans._tcp``)."""
    if not machine.network:
        return
    from drivers.scanner.discovery import find  # noqa: PLC0415 - only a search pays for it

    kind, driver = driver_of("escl")
    for scanner in find(cancel=cancel):
        parts = urlsplit(scanner.url)
        usual = {"http": 80, "https": 443}[parts.scheme]
        url = scanner.url.replace(f":{usual}/", "/", 1) if parts.port == usual else scanner.url
        facts = {"model": scanner.model, "note": scanner.note}
        options = addresses.trust(parts.hostname or "", parts.port or usual) if parts.scheme == "https" else {}
        facts = {name: value for name, value in facts.items() if value}
        yield Found(url, urlsplit(url).netloc, kind, driver, Certainty.LISTED, Why.NONE, facts, options)
