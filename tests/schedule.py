"""How test files are dealt out to the processes that run them."""

from xdist.scheduler.loadfile import LoadFileScheduling
from xdist.workermanage import WorkerController


class FileSchedule(LoadFileScheduling):  # type: ignore[misc]  # xdist tells no types
    """Whole files to each process, as ``--dist loadfile``; a process that dies costs one failed test and no more.

    xdist 3.8 puts every file that the dead process ever ran back into the queue. The process that replaces it is then
    handed a file with nothing left to run, never reports and is never asked again: the run waits for ever.
    """

    def remove_node(self, node: WorkerController) -> str | None:
        """Take a process out; the test it died of counts as run, and only files with open tests are dealt again."""
        files = self.assigned_work[node]
        died_of = next((test for tests in files.values() for test, ran in tests.items() if not ran), None)
        if died_of is not None:
            files[self._split_scope(died_of)][died_of] = True
        self.assigned_work[node] = {}
        super().remove_node(node)
        self.workqueue.update({name: tests for name, tests in files.items() if not all(tests.values())})
        for other in self.nodes:
            self._reschedule(other)
        return died_of
