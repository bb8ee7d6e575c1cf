"""One visit after another until killed: ``python -m tests.bench.visits SETTINGS ADMIN_URLS LAST`` (see ``bench_kill``).

Goes on with the visit that it finds. With LAST 1 it ends when that visit is over and everything is delivered.
"""

import json
import sys
from pathlib import Path

from tests.counter import Counter
from tests.visitor import _receipt, _serve, _World, say
from window_client.domain.visit import State, Step
from window_client.reception.state import ApplicantPage


class Patient(Counter):
    """A counter whose clerk feeds again where the scanner is still at the job of the program that was killed."""

    def submit(self) -> None:
        """Say when the deed begins that must be whole or not at all."""
        say("submit")
        super().submit()

    def collect(self) -> None:
        """One page a paper: what is measured is the kills, not the pictures."""
        for number in ("M01", "M03", "M07"):
            material = f"SC-MKT-001-{number}"
            if not self.pages_of(material):
                self.desk.choose_row(material)
                self.world.emulators["scanner"].put("/feeder", {"pages": 1})
                self.desk.feed()
                self.pages_come(material, 1)
        self.desk.use_ecert("SC-MKT-001-M02")
        rows = self.state.materials.rows if self.state.materials else ()
        if not any(row.due for row in rows if row.material_id == "SC-MKT-001-M06"):
            self.desk.defer("SC-MKT-001-M06")
        self.until(lambda s: s.materials and s.materials.missing == 0, "complete")
        self.desk.next_step()
        self.until(lambda s: s.open_step is Step.CONFIRM, "confirm")

    def pages_come(self, material_id: str, count: int) -> None:
        for _ in range(30):
            self.until(lambda s: s.materials and not s.materials.feeding and not s.materials.capturing, "fed")
            here = self.pages_of(material_id)
            if here >= count:
                return
            self.settle(1.0)
            self.world.emulators["scanner"].put("/feeder", {"pages": count - here})
            self.desk.feed()
        raise AssertionError(f"never fed: {self.about()}")


def one(counter: Counter, *, fresh: bool) -> None:
    """Go on with what is there, or begin a visit, and end it."""
    state = counter.state
    if state.recovered:
        say("recovered")
        counter.desk.go_on(True)
        draft = counter.state.draft
        if draft is not None and draft.applicant is not None and not draft.case_no:
            counter.until(lambda s: s.identity.lookup in {"done", "offline"}, "looked up again")
    elif fresh:
        say("calling")
        counter.call()
    else:
        return
    _serve(counter)
    result = counter.state.result
    if result is not None:
        say(f"accepted {result.case_no}")
        _receipt(counter)
        if counter.state.visit is State.RATING:
            say("rating")
            counter.desk.applicant_rates("SATISFIED")
            counter.until(lambda s: s.applicant.page is ApplicantPage.THANKS, "rated")
            counter.dispatcher.fire(5)
        else:
            counter.desk.finish()
    counter.until(lambda s: s.visit is State.IDLE, "idle")
    say("idle")


def main() -> int:
    """Sign in and work."""
    settings, admins, last = Path(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3] == "1"
    counter = Patient(settings.parent, world=_World(settings, admins))  # type: ignore[arg-type]
    with counter:
        counter.world.emulators["id_card"].delete("/card")
        counter.sign_in()
        counter.devices_ready("id_card", "scanner", "printer")
        say("ready")
        if not last:
            while True:
                one(counter, fresh=True)
        one(counter, fresh=False)
        counter.desk.retry_outbox()
        counter.wait(lambda: counter.app.store.outbox.counts().waiting == 0, "delivered")
    say("done")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
