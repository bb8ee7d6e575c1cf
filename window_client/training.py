"""Training: exercises with made-up applicants, whose goals are checked while the clerk works as always.

One exercise is done at a time; its goals are reached one after the other. What was reached is kept in the store, which
in training is one of its own.
"""

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from window_client.domain.material import RowState
from window_client.domain.visit import State
from window_client.reception.state import ExerciseView, PrintState, Reading, ReceptionState
from window_client.store.cache import Cache

EXERCISES = Path(__file__).resolve().parent.parent / "resources" / "training" / "exercises.toml"

KEPT = "training"
"""Key of the progress in the store's cache."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the emulated world does: a fault of a ``device``, or the ``line`` down, from ``at`` goals to ``until``."""

    device: str = ""
    fault: str = ""
    line: str = ""
    at: int = 0
    until: int = 0


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise. ``goals`` are keys of ``GOALS``; texts by language."""

    id: str
    title: Mapping[str, str]
    story: Mapping[str, str]
    goals: tuple[str, ...]
    applicant: str = ""
    card: Mapping[str, str] | None = None
    trouble: Trouble | None = None


def _rows(state: ReceptionState, wanted: RowState) -> bool:
    return state.materials is not None and any(row.state is wanted for row in state.materials.rows)


GOALS: dict[str, Callable[[ReceptionState], bool]] = {
    "called": lambda s: s.ticket is not None and s.visit in {State.CALLING, State.SERVING},
    "card_read": lambda s: s.identity.reading is Reading.READ,
    "organisation": lambda s: s.draft is not None and s.draft.applicant_kind == "enterprise",
    "expired_seen": lambda s: any(remark.code == "expired" for remark in s.identity.remarks),
    "ecert_used": lambda s: _rows(s, RowState.ECERT),
    "deferred": lambda s: _rows(s, RowState.DEFERRED),
    "signed": lambda s: s.draft is not None and s.draft.signature is not None,
    "accepted": lambda s: s.result is not None,
    "accepted_offline": lambda s: s.result is not None and not s.network.online,
    "delivered": lambda s: s.network.online and s.outbox.waiting == 0,
    "paper_seen": lambda s: s.receipt.state in {PrintState.NOT_PRINTED, PrintState.UNKNOWN},
    "printed": lambda s: s.receipt.state is PrintState.CONFIRMED,
    "held": lambda s: bool(s.held),
    "resumed": lambda s: not s.held and s.visit is State.SERVING,
    "unfiled": lambda s: s.visit is State.IDLE and s.result is None,
    "idle": lambda s: s.visit is State.IDLE,
}
"""How a goal is seen in the state of the desk."""


def load(path: Path = EXERCISES) -> tuple[Exercise, ...]:
    """The exercises of a file. Raises: ValueError with what is wrong in it."""
    rows = tomllib.loads(path.read_text("utf-8"))["exercise"]
    found = tuple(_exercise(row) for row in rows)
    if len({one.id for one in found}) != len(found):
        raise ValueError("two exercises have the same id")
    return found


def _exercise(row: dict[str, Any]) -> Exercise:
    trouble = Trouble(**row.pop("trouble")) if "trouble" in row else None
    one = Exercise(**{**row, "goals": tuple(row["goals"])}, trouble=trouble)
    if unknown := set(one.goals) - GOALS.keys():
        raise ValueError(f"exercise {one.id}: no such goal: {', '.join(sorted(unknown))}")
    if bool(one.applicant) == (one.card is not None):
        raise ValueError(f"exercise {one.id}: either an applicant or a card")
    if trouble is not None and not trouble.at < trouble.until <= len(one.goals):
        raise ValueError(f"exercise {one.id}: its trouble never comes, or never ends")
    return one


class Training:
    """The exercises of one window and how far they are.

    Args:
        exercises: What is there to do.
        cache: Where progress is kept.
        changed: Told when it changes: the views, a code of what to say (or empty), the title (zh, en), and the goal.
    """

    def __init__(
        self,
        exercises: tuple[Exercise, ...],
        cache: Cache,
        changed: Callable[[tuple[ExerciseView, ...], str, tuple[str, str], str], None],
    ) -> None:
        self._exercises = {one.id: one for one in exercises}
        self._cache = cache
        self._changed = changed
        self._reached: dict[str, int] = {}
        self._done: set[str] = set()
        self._current = ""
        self._read()

    def views(self) -> tuple[ExerciseView, ...]:
        """What the screen shows."""
        return tuple(
            ExerciseView(
                id=one.id,
                title=(one.title["zh"], one.title["en"]),
                story=(one.story["zh"], one.story["en"]),
                goals=one.goals,
                reached=self._reached.get(one.id, 0),
                done=one.id in self._done,
                current=one.id == self._current,
            )
            for one in self._exercises.values()
        )

    def begin(self, exercise_id: str) -> None:
        """Begin an exercise from its first goal; an empty id puts the present one away."""
        one = self._exercises.get(exercise_id)
        self._current = exercise_id if one else ""
        if one is not None:
            self._reached[exercise_id] = 0
        self._keep()
        self._changed(self.views(), "training.begun" if one else "", _title(one), "")

    def follow(self, state: ReceptionState) -> None:
        """Look whether the desk's new state reaches the next goals."""
        one = self._exercises.get(self._current)
        if one is None:
            return
        before = at = self._reached.get(one.id, 0)
        while at < len(one.goals) and GOALS[one.goals[at]](state):
            at += 1
        if at == before:
            return
        self._reached[one.id] = at
        if at == len(one.goals):
            self._done.add(one.id)
            self._current = ""
        self._keep()
        done = at == len(one.goals)
        self._changed(self.views(), "training.done" if done else "training.step", _title(one), one.goals[at - 1])

    def _keep(self) -> None:
        kept = {"reached": self._reached, "done": sorted(self._done), "current": self._current}
        self._cache.put(KEPT, json.dumps(kept).encode())

    def _read(self) -> None:
        cached = self._cache.get(KEPT)
        if cached is None:
            return
        kept = json.loads(cached.body)
        self._reached = {key: int(value) for key, value in kept["reached"].items() if key in self._exercises}
        self._done = set(kept["done"]) & self._exercises.keys()
        self._current = kept["current"] if kept["current"] in self._exercises else ""


def _title(one: Exercise | None) -> tuple[str, str]:
    return (one.title["zh"], one.title["en"]) if one else ("", "")


class World:
    """Drives the emulated world for the exercise that is being done: whose card, which trouble, and its end.

    Args:
        exercises: The same ones.
        fault: Switch a fault of a kind of device on (its name) or off (empty).
        line: Take the line away (False) or give it back (True).
    """

    def __init__(
        self,
        exercises: tuple[Exercise, ...],
        *,
        fault: Callable[[str, str], None],
        line: Callable[[bool], None],
    ) -> None:
        self._exercises = {one.id: one for one in exercises}
        self._fault = fault
        self._line = line
        self._on: Trouble | None = None
        self.current: Exercise | None = None

    def follow(self, state: ReceptionState) -> None:
        """Called with every state of the desk."""
        view = next((one for one in state.training if one.current), None)
        self.current = self._exercises.get(view.id) if view else None
        trouble = self.current.trouble if self.current else None
        reached = view.reached if view else 0
        wanted = trouble if trouble is not None and trouble.at <= reached < trouble.until else None
        if wanted == self._on:
            return
        if self._on is not None:
            self._switch(self._on, on=False)
        if wanted is not None:
            self._switch(wanted, on=True)
        self._on = wanted

    def _switch(self, trouble: Trouble, *, on: bool) -> None:
        if trouble.line:
            self._line(not on)
        else:
            self._fault(trouble.device, trouble.fault if on else "")

    def card(self) -> dict[str, object]:
        """The card of whoever comes in this exercise, as the emulated reader takes it; empty for anybody."""
        if self.current is None:
            return {}
        return {"person": dict(self.current.card)} if self.current.card else {"id_no": self.current.applicant}
