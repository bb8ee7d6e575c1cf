"""What the list of exercises shows, in training. No Qt in here."""

from dataclasses import dataclass

from ui.reception.texts import in_language, say
from window_client.reception.state import ExerciseView, ReceptionState


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """One exercise. ``goals`` are (words, reached), only for the one that is done now; ``act`` what its button does."""

    title: str
    story: str
    progress: str
    done: bool
    current: bool
    button: str
    act: str
    goals: tuple[tuple[str, bool], ...] = ()


def exercises(state: ReceptionState) -> tuple[ExerciseRow, ...]:
    """The rows, in the order of the file."""
    return tuple(_row(view) for view in state.training)


def _row(view: ExerciseView) -> ExerciseRow:
    if view.current:
        progress, button, act = (
            say("training.goals", n=view.reached, m=len(view.goals)),
            say("training.stop"),
            "exercise:",
        )
    else:
        progress = say("training.done") if view.done else ""
        button = say("training.again") if view.done else say("training.start")
        act = f"exercise:{view.id}"
    goals = tuple((say(f"training.goal.{goal}"), at < view.reached) for at, goal in enumerate(view.goals))
    return ExerciseRow(
        in_language(*view.title),
        in_language(*view.story),
        progress,
        view.done,
        view.current,
        button,
        act,
        goals if view.current else (),
    )
