"""Every named point of the store is a place where the power may fail. Nothing told is lost, nothing is there twice."""

import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.window_client.store import workday
from tests.unit.window_client.store.samples import DAY, KEY, case_id, case_no, page
from window_client.store.cases import receipt_job
from window_client.store.crash import POINTS, point
from window_client.store.prints import PrintState
from window_client.store.store import Store

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SOURCES = Path(__file__).parents[4] / "window_client"
# passed by other parts of the program, and tested with them
ELSEWHERE = ("courier.", "receipt.", "rating.", "take_over.", "another_item.", "backup.")
OURS = [name for name in POINTS if not name.startswith(ELSEWHERE)]
WORK = "from tests.unit.window_client.store.workday import main; main()"


def told(output: str, word: str) -> list[str]:
    return [line.partition(" ")[2] for line in output.splitlines() if line.split(" ")[0] == word]


def check_promises(store: Store, output: str) -> None:
    """What was told before the end is so, and the acceptance is there whole or not at all."""
    for digest in told(output, "page"):
        assert store.pages.is_sound(digest)
    cases = store.cases.recent()
    assert [c.case_no for c in cases] in ([], [case_no(1)])
    if not cases:
        assert not told(output, "accepted")
        assert store.prints.of_case(case_no(1)) == []
        assert store.outbox.list() == []
        assert store.journal.entries() == []
        assert store.blocks.left(DAY) == (9 if told(output, "leased") else store.blocks.left(DAY))
        assert len(store.drafts.open_drafts()) >= len(told(output, "draft"))
    else:
        assert store.blocks.left(DAY) == 8
        assert [e.action for e in store.journal.entries()].count("case.accepted") == 1
        assert store.prints.get(receipt_job(case_id(1))) is not None
        assert len(store.cases.pages(case_id(1))) == 2
    queued = {row.id for row in store.outbox.list()}
    assert not queued & set(told(output, "delivered"))
    if cases and not told(output, "sent"):
        assert len(queued) == 3
    for job_id in told(output, "begun"):
        job = store.prints.get(job_id)
        assert job is not None
        assert job.state in {PrintState.UNKNOWN, PrintState.CONFIRMED}
    for job_id in told(output, "printed"):
        job = store.prints.get(job_id)
        assert job is not None
        assert job.state is PrintState.CONFIRMED
    if told(output, "known"):
        assert cases[0].national_no == "N43"
    if told(output, "cached"):
        assert store.cache.get("clock") is not None
    if told(output, "closed"):
        assert store.drafts.open_drafts() == []
    assert store.journal.verify().ok
    assert not list(store._folder.rglob(".part-*"))


def outcome(store: Store) -> object:
    """What is left of the day, without the times."""
    case = store.cases.recent()
    return (
        [(c.case_no, c.national_no, c.state, c.unsent, c.set_aside) for c in case],
        [(j.copy, j.document, j.state) for j in store.prints.of_case(case_no(1))],
        [(row.id, row.state, row.error) for row in store.outbox.list()],
        store.drafts.open_drafts(),
        store.pages.digests(),
        store.blocks.left(DAY),
        store.check(),
    )


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> object:
    store = Store.open(tmp_path_factory.mktemp("undisturbed"), KEY)
    workday.work(store)
    found = outcome(store)
    store.close()
    return found


@pytest.mark.kill
@pytest.mark.parametrize("name", OURS)
def test_killed_at_any_point_nothing_told_is_lost_and_the_day_ends_the_same(
    name: str, folder: Path, run_python: Run, undisturbed: object, capsys: pytest.CaptureFixture[str]
) -> None:
    killed = run_python(WORK, folder, WINDOW_CLIENT_CRASH_AT=name)
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    store = Store.open(folder, KEY)
    try:
        check_promises(store, killed.stdout)
        workday.work(store)
        again = capsys.readouterr().out

        assert outcome(store) == undisturbed
        for word in ("document", "provisional"):
            numbers = told(killed.stdout, word) + told(again, word)
            assert len(numbers) == len(set(numbers))
    finally:
        store.close()


@pytest.mark.kill
@pytest.mark.parametrize("name", ["page.half_written", "delivered.after_commit", "print_begin.before_commit"])
def test_killed_at_the_second_pass(name: str, folder: Path, run_python: Run, undisturbed: object) -> None:
    killed = run_python(WORK, folder, WINDOW_CLIENT_CRASH_AT=f"{name}:2")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert told(killed.stdout, "page")

    store = Store.open(folder, KEY)
    try:
        check_promises(store, killed.stdout)
        workday.work(store)
        assert outcome(store) == undisturbed
    finally:
        store.close()


def test_without_the_variable_no_point_does_anything(run_python: Run, folder: Path) -> None:
    for name in POINTS:
        point(name)

    done = run_python(WORK, folder)

    assert (done.returncode, done.stderr) == (0, "")
    assert len(told(done.stdout, "delivered")) == 3


def test_misspelt_point_is_refused(run_python: Run) -> None:
    done = run_python("import window_client.store.crash", WINDOW_CLIENT_CRASH_AT="accept.befor_commit")

    assert done.returncode == 1
    assert "names no point" in done.stderr


def test_every_point_that_the_program_passes_is_listed() -> None:
    texts = [file.read_text("utf-8") for file in SOURCES.rglob("*.py")]
    named = {name for text in texts for name in re.findall(r"\bpoint\(\"([a-z_.]+)\"", text)}
    commits = {name for text in texts for name in re.findall(r"\btransaction\((?:[\w.]+, )?\"(\w+)\"\)", text)}

    assert named <= set(POINTS)
    assert commits
    assert {f"{name}.before_commit" for name in commits} <= set(POINTS)
    assert len(POINTS) == len(set(POINTS))


def test_page_killed_before_its_name_is_scanned_again(folder: Path, run_python: Run) -> None:
    run_python(WORK, folder, WINDOW_CLIENT_CRASH_AT="page.before_rename")
    store = Store.open(folder, KEY)
    try:
        assert store.pages.digests() == set()
        store.pages.write(page(1))
        assert len(store.pages.digests()) == 1
    finally:
        store.close()
