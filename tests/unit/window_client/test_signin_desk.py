import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest

from drivers.contracts import DeviceConfig
from tests.desk import NOW, Stub, documents
from window_client.central import contract
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.devices import Devices
from window_client.dispatch import ManualDispatcher
from window_client.lane import Lane
from window_client.offline_signin import OfflineSignIn
from window_client.reception.state import Clerk
from window_client.settings import Settings
from window_client.signin import CheckLine, SignInState
from window_client.signin_desk import SignInDesk
from window_client.store.store import Store
from window_client.tokens import KeyringAway, Tokens


class Place:
    """A sign-in desk with one device, and a centre that answers as the test says."""

    def __init__(self, profile: str = "training", offline: OfflineSignIn | None = None) -> None:
        self.began_offline: list[tuple[Clerk, str, int]] = []
        self.refuse: tuple[int, str] | None = None
        self.down = False
        self.roles: tuple[str, ...] = ("clerk",)
        self.offset = 0.0
        self.asked: list[dict[str, object]] = []
        self.counts, self.version = (0, 0), ("2", "2026-11-23T07:00:00+08:00")
        self.states: list[SignInState] = []
        self.began: list[Clerk] = []
        self.gate = ManualDispatcher()
        self.client = CentralClient("http://centre", transport=lambda: httpx.MockTransport(self._answer))
        self.lane = Lane("ask", self.gate, expected=(Unavailable, Rejected, KeyringAway))
        self.tokens = Tokens("test", keyring_on=False)
        self.devices = Devices(
            [DeviceConfig("reader", "id_card", "stub", "here")],
            self.gate,
            self._devices_changed,
            create=lambda config: Stub(config.id),
        )
        self.desk = SignInDesk(
            Settings(12, "5107-01", profile, "http://centre"),
            devices=self.devices,
            client=self.client,
            ask=self.lane,
            tokens=self.tokens,
            outbox=lambda: self.counts,
            catalogue=lambda: self.version,
            clock=lambda: NOW,
            show=self.states.append,
            signed_in=self.began.append,
            offline=offline,
            signed_in_offline=lambda clerk, password, days: self.began_offline.append((clerk, password, days)),
        )

    def _devices_changed(self) -> None:
        self.desk.devices_changed()

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("no line")
        at = (datetime.now(UTC) + timedelta(seconds=self.offset)).isoformat()
        headers = {"Content-Type": "application/json", "Central-Time": at}
        if request.url.path == "/v1/health":
            return httpx.Response(200, content=msgspec.json.encode(contract.Health(at, "1", "2")), headers=headers)
        self.asked.append(msgspec.json.decode(request.content))
        if self.refuse is not None:
            status, code = self.refuse
            return httpx.Response(status, json={"code": code, "status": status, "detail": "5"})
        session = contract.Session(at, contract.Clerk("1203", "王芳", roles=self.roles), 12, "secret token")
        return httpx.Response(200, content=msgspec.json.encode(session), headers=headers)

    def until(self, condition: Callable[[], object]) -> None:
        give_up = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < give_up, f"never happened; {self.desk.state}"
            self.gate.run()
            time.sleep(0.002)

    def check(self) -> None:
        self.desk.check_again()
        assert self.desk.state.checking
        self.until(lambda: not self.desk.state.checking)

    def sign_in(self) -> None:
        self.desk.sign_in(" 1203 ", "a password", 12)
        assert self.desk.state.signing_in
        self.until(lambda: not self.desk.state.signing_in)

    def line(self, id_: str) -> CheckLine:
        return next(row for row in self.desk.state.lines if row.id == id_)

    def close(self) -> None:
        self.devices.stop()
        self.lane.close(5)
        self.client.close()


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place()
    yield made
    made.close()


# ---- the check


def test_everything_is_checked_and_fine(place: Place) -> None:
    place.devices.start()
    place.until(lambda: place.devices.views()[0].state == "ready")

    place.check()

    assert [(row.id, row.level, row.code) for row in place.desk.state.lines] == [
        ("reader", "ok", "ok"),
        ("network", "ok", "network_ok"),
        ("outbox", "ok", "outbox_empty"),
        ("catalogue", "ok", "catalogue_ok"),
    ]
    assert place.line("catalogue").args == {"version": "2", "at": "2026-11-23T07:00:00+08:00"}
    assert place.desk.state.checked_at == NOW


def test_nothing_that_a_device_does_keeps_the_window_from_working(place: Place) -> None:
    place.check()

    assert (place.line("reader").level, place.line("reader").code) == ("warn", "connecting")


def test_a_line_that_is_away_is_a_warning_and_can_be_asked_again(place: Place) -> None:
    place.down = True
    place.check()
    assert (place.line("network").level, place.line("network").code) == ("warn", "network_away")

    place.down = False
    place.check()
    assert place.line("network").code == "network_ok"


@pytest.mark.parametrize(
    ("offset", "code"), [(0, "network_ok"), (50, "network_ok"), (90, "clock_off"), (-90, "clock_off")]
)
def test_a_clock_that_is_off_is_said(place: Place, offset: float, code: str) -> None:
    place.offset = offset

    place.check()

    assert place.line("network").code == code


@pytest.mark.parametrize(
    ("counts", "level", "code"),
    [((0, 0), "ok", "outbox_empty"), ((3, 0), "ok", "outbox_waiting"), ((3, 1), "warn", "outbox_set_aside")],
)
def test_what_is_still_to_be_sent_is_said(place: Place, counts: tuple[int, int], level: str, code: str) -> None:
    place.counts = counts

    place.desk.devices_changed()

    assert (place.line("outbox").level, place.line("outbox").code) == (level, code)


def test_an_empty_shelf_is_said(place: Place) -> None:
    place.version = ("", "")

    place.desk.devices_changed()

    assert (place.line("catalogue").level, place.line("catalogue").code) == ("warn", "catalogue_none")
    assert place.line("catalogue").args["at"] == ""


def test_the_hall_and_the_window_have_their_names_when_the_catalogue_is_known(place: Place) -> None:
    place.desk.hall_known(documents().catalogue)

    assert place.desk.state.hall_name == "绵阳市政务服务中心"
    ((number, title),) = place.desk.state.windows
    assert number == 12
    assert "类" in title


# ---- signing in


def test_who_signs_in_gets_to_work_and_the_token_is_kept(place: Place) -> None:
    place.sign_in()

    assert place.asked == [{"account": "1203", "password": "a password", "window": 12}]
    assert place.began == [Clerk("1203", "王芳", ("clerk",))]
    assert place.desk.state.clerk == place.began[0]
    assert place.tokens.now() == "secret token"
    assert "secret token" not in repr(place.states)
    assert "a password" not in repr(place.states)


@pytest.mark.parametrize(("status", "code"), [(401, "bad_password"), (429, "locked"), (403, "no_such_window")])
def test_a_refusal_is_told_and_nobody_gets_to_work(place: Place, status: int, code: str) -> None:
    place.refuse = (status, code)

    place.sign_in()

    expected = "unavailable" if status == 429 else code
    assert place.desk.state.problem == expected
    assert place.began == []


def test_without_a_line_nobody_can_sign_in_and_it_is_said(place: Place) -> None:
    place.down = True

    place.sign_in()

    assert place.desk.state.problem == "unavailable"


def test_who_is_no_clerk_does_not_get_to_work_and_leaves_no_token(place: Place) -> None:
    place.roles = ("reviewer",)

    place.sign_in()

    assert place.desk.state.problem == "no_role"
    assert place.began == []
    assert place.tokens.now() is None


def test_the_second_press_is_not_a_second_question(place: Place) -> None:
    place.desk.sign_in("1203", "a password", 12)
    place.desk.sign_in("1203", "a password", 12)

    place.until(lambda: place.began)

    assert len(place.asked) == 1


def test_a_new_attempt_takes_the_old_words_away(place: Place) -> None:
    place.refuse = (401, "bad_password")
    place.sign_in()
    place.refuse = None

    place.desk.sign_in("1203", "a password", 12)

    assert place.desk.state.problem == ""
    place.until(lambda: place.began)


@pytest.mark.parametrize(("profile", "account"), [("demo", "1203"), ("training", ""), ("production", "")])
def test_an_account_is_filled_in_for_the_demo_only(profile: str, account: str) -> None:
    place = Place(profile)

    assert place.desk.state.demo_account == account
    assert bool(place.desk.state.demo_password) == bool(account)
    place.close()


@pytest.fixture
def remembering(tmp_path: Path) -> Iterator[Place]:
    """A sign-in desk whose machine remembers who signed in."""
    store = Store.open(tmp_path / "store", bytes(range(32)))
    made = Place(offline=OfflineSignIn(store.second_connection, cost=16))
    yield made
    made.close()
    store.close()


def test_who_signed_in_at_the_centre_may_sign_in_without_it(remembering: Place) -> None:
    remembering.sign_in()
    remembering.down = True
    remembering.sign_in()

    (clerk, password, days) = remembering.began_offline[0]
    assert (clerk.account, clerk.name, password, days) == ("1203", "王芳", "a password", 7)
    assert remembering.desk.state.problem == ""
    assert any(line.code == "network_away" for line in remembering.desk.state.lines)


def test_who_was_never_here_may_not_and_is_told_that_the_line_is_away(remembering: Place) -> None:
    remembering.down = True
    remembering.sign_in()

    assert remembering.began_offline == []
    assert remembering.desk.state.problem == "offline_unknown"
    assert (remembering.desk.state.problem_args or {})["away"] == "1"


def test_a_role_that_was_lost_ends_the_sign_in_without_the_centre_too(remembering: Place) -> None:
    remembering.sign_in()
    remembering.roles = ("reviewer",)
    remembering.sign_in()
    assert remembering.desk.state.problem == "no_role"
    remembering.down = True
    remembering.sign_in()

    assert remembering.began_offline == []
    assert remembering.desk.state.problem == "offline_unknown"


def test_a_refusal_of_the_centre_is_not_asked_again_here(remembering: Place) -> None:
    remembering.sign_in()
    remembering.refuse = (401, "wrong_password")
    remembering.sign_in()

    assert remembering.began_offline == []
    assert remembering.desk.state.problem == "wrong_password"


def test_figures_of_the_day_are_shown(remembering: Place) -> None:
    remembering.desk.today_known((("booked", "3"),))

    assert remembering.desk.state.today == (("booked", "3"),)


def test_the_check_has_a_line_for_the_applicants_screen_once_it_is_known(place: Place) -> None:
    place.check()
    assert all(line.kind != "applicant" for line in place.desk.state.lines)
    said = []
    for there, wanted in ((False, True), (False, False), (True, True)):
        place.desk.second_screen_known(there=there, wanted=wanted)
        said.append((place.line("applicant").level, place.line("applicant").code))
    assert said == [("warn", "absent"), ("ok", "turns"), ("ok", "ok")]
