"""A visit on a disk that fills up at a page and at the acceptance: ``python -m tests.full_disk DISK MODE``.

MODE ``disk``: DISK is a small file system of its own, which is filled. MODE ``limit``: no file may grow any more, as
far as an ordinary user can bring that about. What happened is printed as one JSON object.
"""

import json
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

from tests.desk import ITEM, Bench, sheet
from window_client.domain.visit import State, Step


class Disk:
    """Fills up, and is freed again."""

    def __init__(self, folder: Path, mode: str) -> None:
        self._filler = folder / "filler"
        self._limited = mode == "limit"

    def fill(self) -> None:
        """Not a byte more."""
        if self._limited:
            resource.setrlimit(resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
            return
        for size in (65536, 4096, 1):
            with suppress(OSError), self._filler.open("ab", buffering=0) as file:
                while file.write(bytes(size)):
                    pass

    def free(self) -> None:
        """As before."""
        if self._limited:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        else:
            self._filler.unlink()


def visit(folder: Path, mode: str) -> dict[str, object]:
    """One visit with two full disks in it."""
    disk = Disk(folder, mode)
    found: dict[str, object] = {}
    with Bench(folder / "store") as bench:
        bench.up_to(Step.MATERIALS)
        bench.desk.choose_row(f"{ITEM}-M01")
        pages = bench.store.pages.digests()
        disk.fill()
        bench.feed(sheet(1))
        found["page_said"] = bench.state.say.code if bench.state.say else ""
        found["page_left"] = len(bench.store.pages.digests() - pages)
        found["page_step"] = bench.state.open_step.value
        disk.free()
        bench.collect()
        bench.desk.next_step()
        bench.settle()
        bench.sign()
        disk.fill()
        bench.desk.next_step()
        bench.settle()
        found["submit_said"] = bench.state.say.code if bench.state.say else ""
        found["still_serving"] = bench.state.visit is State.SERVING and bench.state.result is None
        found["signed"] = bench.state.draft is not None and bench.state.draft.signature is not None
        found["cases_while_full"] = len(bench.store.cases.recent())
        found["printed_while_full"] = len(bench.printer.printed)
        disk.free()
        bench.submit()
        found["accepted"] = len(bench.store.cases.recent())
        found["pages"] = len(bench.store.cases.pages(bench.store.cases.recent()[0].case_id))
        found["printed"] = len(bench.printer.printed)
        found["problems"] = bench.store.check()
        bench.store.backup()
    return found


def main() -> int:
    """Print what was found."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    print(json.dumps(visit(Path(sys.argv[1]), sys.argv[2])))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
