"""Code scanners that type like a keyboard, told from a person who types: by timing alone. Pure logic, no toolkit.

A scanner's keys come at most ``GAP`` apart, ``LEAST`` or more of them, and Enter follows as fast. So each key that
writes a character is held back until it is clear what it belongs to: when no further key comes within ``GAP`` it was a
person's, and everything that was held goes on in its order; when Enter ends a fast row, the row is a code and goes
nowhere else.

What is never held: keys that repeat because they are held down, keys with Ctrl or Alt, keys that do (arrows, Backspace,
Tab, F keys), and everything while an input method composes. All of these first let go what was held, so that no key
overtakes another.

Source of the figures: DEVICES.md section 6 (below 30 to 50 ms between keys, six characters, Enter).
"""

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

GAP = 0.05
"""Seconds between two keys of a scanner, at most."""

LEAST = 6
"""Characters of a code, at least."""

MOST = 4096
"""Characters after which a fast row is no code any more, but a key that is stuck."""

K = TypeVar("K")


class Sort(StrEnum):
    """What a key does."""

    CHARACTER = "character"
    ENTER = "enter"
    MODIFIER = "modifier"  # Shift and CapsLock: a scanner presses them for capital letters
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[K]):
    """What becomes of the keys: ``release`` goes on first, in this order; then the key itself, unless ``held``.

    ``code`` is what a scanner typed; its keys are gone then.
    """

    release: tuple[K, ...] = ()
    held: bool = False
    code: str = ""


@dataclass(slots=True)
class Wedge(Generic[K]):
    """Holds keys of any kind ``K`` back until it is clear whether a scanner typed them."""

    gap: float = GAP
    least: int = LEAST
    composing: bool = False
    _held: list[K] = field(default_factory=list)
    _text: str = ""
    _last: float = 0.0
    _down: deque[int] = field(default_factory=lambda: deque(maxlen=64))  # keys of a code whose release is still to come
    _stuck: bool = False

    @property
    def holds(self) -> bool:
        """Whether keys are held back."""
        return bool(self._held)

    @property
    def so_far(self) -> int:
        """How many characters the present row has."""
        return len(self._text)

    def press(self, key: K, sort: Sort, text: str, at: float, *, repeats: bool = False, code: int = 0) -> Outcome[K]:
        """A key went down at ``at`` seconds. ``code`` names the key, so that its release is known again."""
        fast = 0 <= at - self._last <= self.gap
        if self._stuck and (not fast or sort is not Sort.CHARACTER):
            self._stuck = False
        if sort is Sort.MODIFIER:
            if self._held:
                self._held.append(key)
            return Outcome(held=bool(self._held))
        if sort is Sort.ENTER and self._held and fast and len(self._text) >= self.least and not repeats:
            found = self._text
            self._down.append(code)
            self._forget()
            return Outcome(held=True, code=found)
        if sort is not Sort.CHARACTER or repeats or self.composing or len(text) != 1 or not text.isprintable():
            return Outcome(self.let_go())
        before = () if self._held and fast else self.let_go()
        self._last = at
        if self._stuck:
            return Outcome(before)
        self._held.append(key)
        self._text += text
        self._down.append(code)
        if len(self._text) > MOST:
            self._stuck = True
            return Outcome((*before, *self.let_go()[:-1]))
        return Outcome(before, held=True)

    def release(self, key: K, *, code: int = 0) -> Outcome[K]:
        """A key came up: behind what is held, away with a code, else straight on."""
        known = code in self._down
        if known:
            self._down.remove(code)
        if self._held:
            self._held.append(key)
        return Outcome(held=bool(self._held) or known)

    def silence(self, at: float) -> tuple[K, ...]:
        """No key came until ``at``: what was held goes on, if it has waited long enough."""
        return self.let_go() if self._held and at - self._last > self.gap else ()

    def let_go(self) -> tuple[K, ...]:
        """Everything that is held goes on."""
        held = tuple(self._held)
        if held:
            self._forget()
            self._down.clear()
        return held

    def _forget(self) -> None:
        self._held.clear()
        self._text = ""
