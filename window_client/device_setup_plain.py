"""The device set-up in a terminal, for a machine without a screen: the same steps, questions and file.

Words are English, as those of every command.
"""

import sys
from argparse import Namespace
from collections.abc import Callable
from queue import SimpleQueue
from threading import Timer
from typing import TextIO

from drivers.recognise.found import Why
from drivers.recognise.places import Machine
from window_client import logs
from window_client.device_setup import DeviceSetup
from window_client.device_setup_file import CannotSaveError
from window_client.device_setup_state import Row, SetupState, Stage, Tried
from window_client.settings import SettingsError
from window_client.store_commands import CannotStart

_ASKS = {"came_out": "Did it come out?", "seen": "Does the display show 88888?", "heard": "Did you hear A017?"}
_DO = {
    "id_card": "lay an ID card down within 20 s",
    "scanner": "put a sheet in",
    "codes": "scan a code within 20 s",
    "smart_card": "insert a card within 20 s",
    "rating": "press a key of the pad within 20 s",
}
_BY_DEED = {
    "codes": "scan a code; again every 2 s until it is known, up to 40 s",
    "rating": "press a key of the pad; again every 2 s until it is known, up to 40 s",
}


class QueueDispatcher:
    """Runs what threads post in the thread that waits for it."""

    def __init__(self) -> None:
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def post(self, call: Callable[[], None]) -> None:
        """Queue a call."""
        self._calls.put(call)

    def later(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        """Queue a call after ``seconds``."""
        timer = Timer(seconds, self.post, (call,))
        timer.daemon = True
        timer.start()
        return timer.cancel

    def run_one(self) -> None:
        """Wait for the next call and do it."""
        self._calls.get()()


class PlainSetup:
    """Asks and tells line by line; ``says`` gives the person's answers."""

    def __init__(self, options: Namespace, says: TextIO, tells: TextIO, machine: Machine | None = None) -> None:
        self._says, self._tells = says, tells
        self._dispatcher = QueueDispatcher()
        machine = machine or Machine(serial=tuple(options.port))
        self.setup = DeviceSetup(options.settings, self._dispatcher, lambda _state: None, machine=machine)

    def _tell(self, text: str) -> None:
        self._tells.write(text + "\n")
        self._tells.flush()

    def _asked(self, question: str) -> bool:
        self._tells.write(f"{question} [y/N] ")
        self._tells.flush()
        return self._says.readline().strip().lower() in {"y", "yes"}

    def _until(self, condition: Callable[[SetupState], bool]) -> None:
        while not condition(self.setup.state):
            self._dispatcher.run_one()

    def run(self) -> int:
        """Find, try, save, check; 0 when everything that was saved is well."""
        try:
            return self._run()
        finally:
            self.setup.close()

    def _run(self) -> int:
        self._tell("Looking for devices ...")
        self.setup.start()
        self._until(lambda state: not state.searching)
        for key in [row.key for row in self.setup.state.rows]:
            self._one(key)
        self._addresses()
        if not self.setup.state.chosen:
            self._tell("Nothing to save.")
            return 1
        self._tell("To be saved: " + ", ".join(f"{row.kind} ({row.url})" for row in self.setup.state.chosen))
        if not self._asked("Save?"):
            return 1
        self.setup.save()
        self._until(lambda state: bool(state.problem) or (state.stage is Stage.SAVED and not state.checking))
        if self.setup.state.problem:
            self._tell(f"Not saved: {self.setup.state.problem}: {'; '.join(self.setup.state.problems)}")
            return 1
        for row in self.setup.state.chosen:
            self._tell(f"{'ok ' if row.checked else 'BAD'} {row.device_id}: {row.code or 'ready'}")
        return 0 if all(row.checked for row in self.setup.state.chosen) else 1

    def _addresses(self) -> None:
        """What the search cannot see: most network printers and displays do not announce themselves."""
        while True:
            self._tells.write("Another address (host, host:port, URL or serial port; Enter: no more)? ")
            self._tells.flush()
            address = self._says.readline().strip()
            if not address:
                return
            before = {row.key for row in self.setup.state.rows}
            self.setup.ask_address(address)
            if self.setup.state.problem:
                self._tell(f"  this is no address: {address}")
                continue
            self._until(lambda state: not state.searching)
            shown = self.setup.state.shown
            new = [row.key for row in self.setup.state.rows if row.key not in before]
            for key in new or [shown]:
                self._one(key)

    def _row(self, key: str) -> Row:
        return next(row for row in self.setup.state.rows if row.key == key)

    def _one(self, key: str) -> None:
        row = self._row(key)
        model = row.facts.get("model", "")
        self._tell(f"{row.kind or '?'}/{row.driver or '?'}  {model}  {row.url}  {row.why.value}".rstrip())
        if row.kind and row.driver and row.why is Why.NONE:
            kinds: tuple[str, ...] = ("",)
        else:
            kinds = row.guesses
        for kind in kinds:
            what = _BY_DEED.get(kind) or _DO.get(kind or row.kind, "")
            if self._asked(f"  Try it{f' as {kind}' if kind else ''}{f' ({what})' if what else ''}?"):
                self.setup.try_row(key, kind)
                self._outcome(key)
            if self._row(key).tried is Tried.WORKS:
                break
        row = self._row(key)
        if (
            row.chosen
            and row.tried is not Tried.WORKS
            and not self._asked("  It has not shown that it works. Keep it?")
        ):
            self.setup.use(key, on=False)

    def _outcome(self, key: str) -> None:
        while True:
            self._until(lambda state: not state.busy)
            row = self._row(key)
            if row.tried is not Tried.ASKED:
                break
            self.setup.answer(key, yes=self._asked(f"  {_ASKS[row.asks]}"))
        said = ", ".join(f"{name} {value}" for name, value in row.said.items())
        self._tell(f"  works {said}".rstrip() if row.tried is Tried.WORKS else f"  did not work: {row.code}")


def devices(options: Namespace) -> int:
    """``window-client devices --plain``."""
    logs.start(None, verbose=options.verbose)
    try:
        plain = PlainSetup(options, sys.stdin, sys.stdout)
    except SettingsError as error:
        raise CannotStart("\n".join((f"{options.settings}:", *error.problems))) from error
    except CannotSaveError as error:
        raise CannotStart(str(error)) from error
    return plain.run()
