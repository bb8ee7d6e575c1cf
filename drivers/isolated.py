"""A driver's native code in a helper process of its own, which can be killed.

Vendor libraries, SANE backends and photo decoders hang and crash; they must take neither the program nor its lane with
them. The driver stays in our process and talks to the helper in JSON lines over its stdin and stdout::

    to the helper    {"id": 1, "do": "open", "with": {...}}      {"cancel": 1}
    from the helper  {"id": 1, "item": ...} *   then   {"id": 1, "done": ...}
                     or {"id": 1, "fault": "attention", "code": "jam", "detail": "..."}

The helper's side is ``serve``: a table of functions by name; a function that yields gives out items. What native code
writes to stdout by itself cannot get between the lines: ``serve`` moves the real stdout away before anything is loaded.
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from types import GeneratorType
from typing import IO

from drivers.errors import DeviceError, Fault

ROOT = Path(__file__).resolve().parents[1]

LETS_GO_WITHIN = 1.0
"""Seconds that a helper has to end a question that was called off, before it is killed."""

Deed = Callable[[dict[str, object], threading.Event], object]


class Isolated:
    """A helper process, started at the first question and again after it died.

    Args:
        device: The device's id, for errors.
        module: The helper's module, run by ``python -m``; it calls ``serve``.
        arguments: What follows on its command line.
        env: Added to the environment.
        python: The interpreter, for example a 32-bit one for 32-bit libraries; this one by default.
    """

    def __init__(
        self,
        device: str,
        module: str,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        python: Sequence[str] = (),
    ) -> None:
        self._device = device
        self._command = [*(python or (sys.executable,)), "-m", module, *arguments]
        self._env = dict(env or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._number = 0

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The process's number, 0 when none runs."""
        return self._process.pid if self._process is not None and self.is_alive else 0

    def ask(
        self, do: str, given: Mapping[str, object] | None = None, *, wait: float, cancel: threading.Event | None = None
    ) -> object:
        """Ask once and wait up to ``wait`` seconds for the answer.

        Raises:
            DeviceError: What the helper said; ``TIMEOUT`` when it did not answer and ``ABSENT`` when it died: in both
                cases it is gone and the next question starts a new one. ``CANCELLED``.
        """
        stream = self._talk(do, given or {}, wait, cancel)
        while True:
            try:
                next(stream)
            except StopIteration as end:
                return end.value

    def stream(
        self, do: str, given: Mapping[str, object] | None = None, *, wait: float, cancel: threading.Event | None = None
    ) -> Iterator[object]:
        """Ask for items; each may take ``wait`` seconds. Leaving early cancels the question in the helper.

        Raises:
            DeviceError: As ``ask``.
        """
        yield from self._talk(do, given or {}, wait, cancel)

    def stop(self) -> None:
        """End the process, hard when it does not go by itself at once. Never raises."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        try:
            process.wait(timeout=0.3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def kill(self) -> None:
        """End the process at once. Never raises."""
        if self._process is not None:
            self._process.kill()
        self.stop()

    def _talk(
        self, do: str, given: Mapping[str, object], wait: float, cancel: threading.Event | None
    ) -> Generator[object, None, object]:
        self._start()
        self._number += 1
        number = self._number
        over = False
        try:
            self._write({"id": number, "do": do, "with": dict(given)})
            until = time.monotonic() + wait
            while True:
                said = self._next(number, until, cancel)
                if "item" in said:
                    yield said["item"]
                    until = time.monotonic() + wait
                    continue
                over = True
                if "fault" in said:
                    raise DeviceError(
                        self._device, Fault(str(said["fault"])), str(said.get("code", "")), str(said.get("detail", ""))
                    )
                return said.get("done")
        finally:
            if not over:
                self._call_off(number)

    def _start(self) -> None:
        if self.is_alive:
            return
        self.stop()
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a vendor's library may print what is on a card
                env={**os.environ, "PYTHONPATH": path, **self._env},
            )
        except OSError as error:
            raise DeviceError(self._device, Fault.REFUSED, "unsupported", f"helper: {error.strerror}") from error
        lines = self._lines = queue.SimpleQueue()
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        threading.Thread(target=_pump, args=(self._process.stdout, lines), name="helper", daemon=True).start()

    def _write(self, value: dict[str, object]) -> None:
        process = self._process
        if process is None or process.stdin is None:
            raise DeviceError(self._device, Fault.ABSENT, detail="helper is gone")
        try:
            process.stdin.write(json.dumps(value).encode() + b"\n")
            process.stdin.flush()
        except (OSError, ValueError) as error:
            raise self._died() from error

    def _next(self, number: int, until: float, cancel: threading.Event | None) -> dict[str, object]:
        while True:
            if cancel is not None and cancel.is_set():
                raise DeviceError(self._device, Fault.CANCELLED)
            left = until - time.monotonic()
            if left <= 0:
                self.kill()
                raise DeviceError(self._device, Fault.TIMEOUT, detail="the helper did not answer and was replaced")
            try:
                line = self._lines.get(timeout=min(left, 0.05 if cancel is not None else left))
            except queue.Empty:
                continue
            if line is None:
                raise self._died()
            try:
                said = json.loads(line)
            except ValueError as error:
                self.kill()
                raise DeviceError(self._device, Fault.GARBLED, detail="the helper's line is no JSON") from error
            if isinstance(said, dict) and said.get("id") == number:
                return said

    def _died(self) -> DeviceError:
        code = self._process.wait() if self._process is not None else None
        self.stop()
        return DeviceError(self._device, Fault.ABSENT, detail=f"helper ended with {code}")

    def _call_off(self, number: int) -> None:
        """Tell the helper to stop; one that does not say that it has stopped is killed."""
        if not self.is_alive:
            self.stop()
            return
        try:
            self._write({"cancel": number})
            until = time.monotonic() + LETS_GO_WITHIN
            while (said := self._next(number, until, None)).keys() & {"item"}:
                continue
            assert said  # noqa: S101 - an answer, whatever it says
        except DeviceError:
            self.kill()


def _pump(stdout: "IO[bytes]", lines: "queue.SimpleQueue[bytes | None]") -> None:
    with stdout:
        for line in stdout:
            lines.put(line)
    lines.put(None)


def serve(deeds: Mapping[str, Deed], *, last: Callable[[], object] = lambda: None) -> int:
    """The helper's main loop: answer questions one by one until stdin closes; for the ``main`` of a helper module.

    A deed gets what was given and an event that is set when the question is called off. It returns something that
    JSON can carry, or yields such things. ``DeviceError`` goes back as it is; any other exception as ``GARBLED`` with
    the exception's type only, because texts of native code may hold personal data. ``last`` is done when whoever asked
    is gone, though native code may hang at that moment.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    questions: queue.SimpleQueue[dict[str, object] | None] = queue.SimpleQueue()
    called_off: dict[int, threading.Event] = {}
    lock = threading.Lock()

    def event_of(number: int) -> threading.Event:
        with lock:
            return called_off.setdefault(number, threading.Event())

    def listen() -> None:
        for line in sys.stdin.buffer:
            said = json.loads(line)
            if "cancel" in said:
                event_of(int(said["cancel"])).set()
            else:
                questions.put(said)
        with contextlib.suppress(Exception):
            last()
        os._exit(0)  # whoever asked is gone: native code must not hold us

    def say(value: dict[str, object]) -> None:
        answers.write(json.dumps(value).encode() + b"\n")
        answers.flush()

    threading.Thread(target=listen, name="questions", daemon=True).start()
    while (question := questions.get()) is not None:
        number = int(str(question["id"]))
        _answer(number, question, deeds, event_of(number), say)
        with lock:
            called_off.pop(number, None)
    return 0


def _answer(
    number: int,
    question: dict[str, object],
    deeds: Mapping[str, Deed],
    cancel: threading.Event,
    say: Callable[[dict[str, object]], None],
) -> None:
    given = question.get("with")
    try:
        found = deeds[str(question["do"])](given if isinstance(given, dict) else {}, cancel)
        if isinstance(found, GeneratorType):
            for item in found:
                say({"id": number, "item": item})
            found = None
        say({"id": number, "done": found})
    except DeviceError as error:
        say({"id": number, "fault": error.fault.value, "code": error.code, "detail": error.detail})
    except Exception as error:  # noqa: BLE001 - the helper's top: whatever native code did is told, and it lives on
        say({"id": number, "fault": Fault.GARBLED.value, "detail": type(error).__name__})
