"""Exercises: the file is sound, goals are reached in their order, progress stays, the world makes its trouble."""

from dataclasses import replace
from pathlib import Path

import pytest

from drivers.emulators.people import asked_card, load_people
from drivers.emulators.printer import FAULTS
from tests.desk import Bench
from tests.unit.window_client.store.samples import KEY
from ui.words import words
from window_client.domain.identifiers import id_no_valid
from window_client.domain.visit import Step
from window_client.reception.state import ExerciseView, NetworkView, ReceptionState
from window_client.store.store import Store
from window_client.training import GOALS, Exercise, Training, Trouble, World, load

Told = list[tuple[str, str]]


def state(*views: ExerciseView, online: bool = True) -> ReceptionState:
    return ReceptionState("", 12, "", "training", network=NetworkView(online=online), training=views)


def training(store: Store, told: Told, exercises: tuple[Exercise, ...] | None = None) -> Training:
    return Training(exercises or load(), store.cache, lambda _views, code, _title, goal: told.append((code, goal)))


def test_there_are_at_least_six_exercises_whose_people_are_made_up_and_whose_goals_have_words() -> None:
    exercises = load()

    assert len(exercises) >= 6
    for one in exercises:
        assert one.goals
        for goal in one.goals:
            assert f"desk.training.goal.{goal}" in words
        number = one.applicant or (one.card or {})["id_no"]
        assert number.startswith("510799")
        assert id_no_valid(number)
        assert all(one.title[language] and one.story[language] for language in ("zh", "en"))
        if one.trouble and one.trouble.device == "printer":
            assert one.trouble.fault in FAULTS
    assert {"straight", "deferral", "expired", "paper", "offline", "organisation"} <= {one.id for one in exercises}


def test_every_card_of_an_exercise_can_be_laid_on_the_emulated_reader() -> None:
    import json

    people = load_people(None)
    for one in load():
        world = World((one,), fault=lambda _k, _n: None, line=lambda _up: None)
        world.follow(state(ExerciseView(one.id, ("", ""), ("", ""), one.goals, current=True)))
        assert asked_card(json.dumps(world.card()).encode(), people).name


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('goals = ["flown"]\napplicant = "x"', "no such goal"),
        ('goals = ["called"]', "either an applicant or a card"),
        ('goals = ["called"]\napplicant = "x"\ntrouble = { line = "down", at = 1, until = 1 }', "never comes"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, line: str, wrong: str) -> None:
    file = tmp_path / "exercises.toml"
    head = '[[exercise]]\nid = "a"\ntitle = { zh = "a", en = "a" }\nstory = { zh = "a", en = "a" }\n'
    file.write_text(head + line, encoding="utf-8")

    with pytest.raises(ValueError, match=wrong):
        load(file)


def test_a_straight_visit_reaches_its_goals_in_their_order_and_is_done(tmp_path: Path) -> None:
    told: Told = []
    with Bench(tmp_path / "store", profile="training") as bench:
        doing = training(bench.store, told)
        doing.begin("straight")
        show = bench.desk._core.show

        def both(new: ReceptionState) -> None:
            show(new)
            doing.follow(new)

        bench.desk._core.show = both
        bench.up_to(Step.CONFIRM)
        assert [view.reached for view in doing.views() if view.current] == [2]
        bench.sign()
        bench.submit()
        assert bench.state.result is not None
        assert bench.state.result.case_no.startswith("PX"), "its number counts nowhere"
        bench.desk.finish()
        bench.settle()
        bench.pass_time(60)
        views = {view.id: view for view in doing.views()}

    assert [goal for code, goal in told if code == "training.step"] == [
        "called",
        "card_read",
        "signed",
        "accepted",
        "printed",
    ]
    assert told[-1] == ("training.done", "idle")
    assert views["straight"].done
    assert not any(view.current for view in views.values())


def test_progress_stays_over_a_restart_and_an_exercise_may_be_done_again(tmp_path: Path) -> None:
    told: Told = []
    store = Store.open(tmp_path / "store", KEY, profile="training")
    first = training(store, told)
    first.begin("expired")
    first._reached["expired"] = 2
    first.follow(state())
    assert told[-1] == ("training.done", "unfiled")
    store.close()

    store = Store.open(tmp_path / "store", KEY, profile="training")
    again = training(store, told)
    assert [view.id for view in again.views() if view.done] == ["expired"]
    again.begin("expired")
    (view,) = [view for view in again.views() if view.current]
    assert (view.id, view.reached, view.done) == ("expired", 0, True)
    again.begin("")
    assert not any(view.current for view in again.views())
    store.close()


def test_goals_are_not_reached_out_of_turn_and_nothing_is_without_an_exercise(tmp_path: Path) -> None:
    told: Told = []
    store = Store.open(tmp_path / "store", KEY)
    doing = training(store, told)
    doing.follow(state())
    assert told == []
    doing.begin("straight")
    doing.follow(state())  # idle is its last goal, and it is idle
    assert told == [("training.begun", "")]
    store.close()


def test_the_world_makes_trouble_from_one_goal_to_another() -> None:
    done: list[object] = []
    paper = Exercise("p", {}, {}, ("called", "accepted", "idle"), "x", trouble=Trouble("printer", "paper_out", until=2))
    line = Exercise("l", {}, {}, ("called", "accepted", "idle"), "x", trouble=Trouble(line="down", at=1, until=2))
    world = World((paper, line), fault=lambda kind, name: done.append((kind, name)), line=done.append)

    def at(exercise: Exercise, reached: int, *, current: bool = True) -> None:
        world.follow(state(ExerciseView(exercise.id, ("", ""), ("", ""), exercise.goals, reached, current=current)))

    at(paper, 0)
    at(paper, 1)
    assert done == [("printer", "paper_out")]
    at(paper, 2)
    assert done.pop() == ("printer", "")
    at(line, 0)
    assert len(done) == 1
    at(line, 1)
    assert done.pop() is False
    at(line, 1, current=False)
    assert done.pop() is True, "an exercise that was put away leaves no trouble behind"
    assert world.card() == {}


def test_each_goal_is_told_from_a_state(tmp_path: Path) -> None:
    assert tmp_path
    for goal, reached in GOALS.items():
        assert reached(state()) in {True, False}, goal
    assert GOALS["delivered"](state())
    assert not GOALS["delivered"](replace(state(), network=NetworkView(online=False)))
