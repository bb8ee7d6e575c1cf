"""One visit as a program of its own, to be killed: ``python -m tests.visitor SETTINGS ADMIN_URLS``.

It begins a visit, or goes on with the one that it finds, does it to its end and waits until everything is
delivered. Each stage is printed; exit 0 means that the window is idle and the outbox empty.
"""

import json
import sys
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.counter import Counter
from window_client.domain.visit import State, Step
from window_client.reception.state import ApplicantPage, PrintState


class _Far:
    """An emulator of the parent's world, by its admin port."""

    def __init__(self, admin: str) -> None:
        self._admin = urlsplit(admin)

    def _ask(self, method: str, path: str, body: bytes = b"") -> None:
        connection = HTTPConnection(self._admin.hostname or "", self._admin.port, timeout=10)
        try:
            connection.request(method, path, body)
            connection.getresponse().read()
        finally:
            connection.close()

    def put(self, path: str, value: object) -> None:
        self._ask("PUT", path, json.dumps(value).encode())

    def delete(self, path: str) -> None:
        self._ask("DELETE", path)


class _World:
    """The parent's world as the child sees it."""

    def __init__(self, settings: Path, admins: dict[str, str]) -> None:
        self._settings = settings
        self.emulators = {kind: _Far(admin) for kind, admin in admins.items()}

    def settings(self) -> Path:
        return self._settings


def say(what: str) -> None:
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


def go(counter: Counter) -> None:
    _begin(counter)
    _serve(counter)
    if counter.state.result is not None:
        say(f"accepted {counter.state.result.case_no}")
        _receipt(counter)
        if counter.state.visit is State.RATING:
            counter.desk.applicant_rates("SATISFIED")
            counter.until(lambda s: s.applicant.page is ApplicantPage.THANKS, "rated")
            counter.dispatcher.fire(5)
        else:
            counter.desk.finish()
    counter.until(lambda s: s.visit is State.IDLE, "idle")
    counter.desk.retry_outbox()
    counter.wait(lambda: counter.app.store.outbox.counts().waiting == 0, "delivered")


def _begin(counter: Counter) -> None:
    """Go on with the visit that is found, or begin one."""
    counter.sign_in()
    counter.devices_ready("id_card", "scanner", "printer")
    if counter.state.recovered:
        say("recovered")
        counter.desk.go_on(True)
        draft = counter.state.draft
        say(f"at {counter.state.open_step.value}" + (f" {draft.case_no}" if draft and draft.case_no else ""))
        if draft is not None and draft.applicant is not None and not draft.case_no:
            counter.until(lambda s: s.identity.lookup == "done", "looked up again")
    elif not counter.app.store.cases.recent(1):
        counter.call()
    else:
        say("nothing to go on with")


def _serve(counter: Counter) -> None:
    """From wherever the visit stands to its acceptance."""
    ways = {
        Step.IDENTITY: counter.identify,
        Step.ITEM: counter.choose,
        Step.FORM: counter.fill,
        Step.MATERIALS: counter.collect,
    }
    while counter.state.visit in {State.CALLING, State.SERVING} and counter.state.open_step is not Step.CONFIRM:
        step = counter.state.open_step
        say(step.value)
        if step is Step.IDENTITY and counter.state.draft and counter.state.draft.applicant:
            counter.choose()
        elif step is Step.ITEM:  # the kill came between choosing and answering
            counter.answer()
        else:
            ways[step]()
    if counter.state.visit is State.SERVING:
        say("confirm")
        if counter.state.applicant.page is not ApplicantPage.SIGNED:
            counter.sign()
        counter.submit()


def _receipt(counter: Counter) -> None:
    """Wait for the receipt; where its fate is unknown, look at the paper as a clerk does."""
    counter.until(lambda s: s.receipt.state not in {PrintState.WAITING, PrintState.PRINTING}, "receipt ended")
    if counter.state.receipt.state is PrintState.UNKNOWN:
        say("receipt unknown")
        counter.desk.answer_print_unknown(True)
    elif counter.state.receipt.state is PrintState.NOT_PRINTED:
        counter.desk.print_again()
        counter.printed()
    say(f"receipt {counter.state.receipt.state.value}")


def main() -> int:
    settings, admins = Path(sys.argv[1]), json.loads(sys.argv[2])
    counter = Counter(settings.parent, world=_World(settings, admins))  # type: ignore[arg-type]
    with counter:
        go(counter)
    say("done")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
