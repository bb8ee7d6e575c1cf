"""The device page's deeds: look again (检测), and try a device where that can do no harm (试一下).

A try never enters the visit: of a card only its kind is kept, of a frame its size, and the strip says that it is a
test. What came of it stands in ``state.tried`` until the next deed or the end of the visit.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from threading import Event as Cancel

from drivers.contracts import Align, CardRecord, Feed, Frame, Line, PrintEnd, PrintResult, Rule, Text
from drivers.errors import DeviceError
from window_client.device_setup_trying import LONGEST, TRIES, Outcome
from window_client.domain.visit import State
from window_client.reception.core import Core
from window_client.reception.state import DeviceView, PrintState, Reading, Tried, TriedState

log = logging.getLogger(__name__)

CARD_WAIT = 15.0
"""Seconds that a try waits for a card, or for a key of the rating pad."""

SHOWN_FOR = 5.0
"""Seconds that the display shows the test number."""

Said = Callable[[TriedState, str, dict[str, str]], None]
"""Tells what came of a try."""

TEST_NUMBER = "88888"

CAN_BE_TRIED = frozenset(
    {"id_card", "camera", "printer", "display", "rating", "voice", "codes", "smart_card", "document_printer"}
)
"""Kinds that can be tried without harm; a scanner would draw paper in."""


class Trying:
    """Checks and tries devices.

    Args:
        core: The desk's core.
        show_number: Puts the window's own number back on the display.
        live: Whether the camera is watched and gives pictures now.
        changed: Puts what the devices say now into the state.
    """

    def __init__(
        self,
        core: Core,
        show_number: Callable[[], None],
        live: Callable[[], bool],
        changed: Callable[[], None],
    ) -> None:
        self._core = core
        self._show_number = show_number
        self._live = live
        self._changed = changed
        self._deed = 0

    def check(self, device_id: str) -> None:
        """检测: look at the device now, whatever its back-off says."""
        device = self._device(device_id)
        if device is None:
            return
        said = self._began(device, "check")

        def looked() -> None:
            self._changed()  # its facts may be other ones though its state is the same
            now = self._device(device_id)
            if now is not None:
                well = now.state in {"ready", "busy"}
                said(TriedState.DONE if well else TriedState.FAILED, now.code, {})

        if device.kind == "applicant_screen":  # a screen is there or not: the system has said so already
            looked()
        else:
            self._core.deps.devices.look(device.id, looked)

    def test(self, device_id: str) -> None:
        """试一下: what the device does can be seen, and the visit knows nothing of it."""
        device = self._device(device_id)
        if device is None or device.kind not in CAN_BE_TRIED or not self.may_test(device):
            return
        said = self._began(device, "test")
        tries = {
            "id_card": self._read_card,
            "camera": self._take_frame,
            "printer": self._print_strip,
            "display": self._show_test,
            "rating": self._ask_rating,
        }
        tries.get(device.kind, self._act)(device, said)

    def may_test(self, device: DeviceView) -> bool:
        """Whether the device is free: a card that is waited for and a receipt under way go before any try."""
        state = self._core.state
        if state.tried is not None and state.tried.state is TriedState.RUNNING:
            return False
        if device.kind == "id_card":
            return state.identity.reading is not Reading.WAITING
        if device.kind == "display":
            return state.pause is None  # it says when somebody is back
        if device.kind == "rating":
            return not state.applicant.on_pad
        if device.kind == "voice":
            return state.visit is not State.CALLING  # the call itself goes first
        return device.kind != "printer" or state.receipt.state is not PrintState.PRINTING

    def forget(self) -> None:
        """The visit is over."""
        if self._core.state.tried is not None:
            self._deed += 1
            self._core.set(tried=None)

    def _device(self, device_id: str) -> DeviceView | None:
        return next((row for row in self._core.state.devices if row.id == device_id), None)

    def _began(self, device: DeviceView, deed: str) -> "Said":
        self._deed += 1
        number = self._deed
        tried = Tried(device.id, device.kind, deed, TriedState.RUNNING, at=self._core.now())
        self._core.set(tried=tried)
        log.info("%s: %s", device.id, deed)

        def said(state: TriedState, code: str, facts: dict[str, str]) -> None:
            if number == self._deed:
                self._core.set(tried=replace(tried, state=state, code=code, facts=facts, at=self._core.now()))

        return said

    def _read_card(self, device: DeviceView, said: "Said") -> None:
        def done(record: CardRecord) -> None:
            said(TriedState.DONE, "", {"card": record.kind.value})  # and nothing else of it is kept

        self._core.deps.devices.read_card(wait=CARD_WAIT, done=done, failed=_told(said), at=device.id)

    def _take_frame(self, device: DeviceView, said: "Said") -> None:
        if self._live():
            said(TriedState.DONE, "", {})
            return

        def done(_frame: Frame) -> None:
            said(TriedState.DONE, "", {})

        self._core.deps.devices.take_frame(done=done, failed=_told(said), at=device.id)

    def _print_strip(self, device: DeviceView, said: "Said") -> None:
        def done(result: PrintResult) -> None:
            state = TriedState.FAILED if result.end is PrintEnd.UNKNOWN else TriedState.DONE
            said(state, result.code, {"end": result.end.value})

        self._core.deps.devices.print_receipt(
            self._strip(), on_block=lambda _: None, done=done, failed=_told(said), at=device.id
        )

    def _strip(self) -> tuple[Line, ...]:
        core = self._core
        return (
            Text("测试条", align=Align.CENTRE, bold=True, big=True),
            Text("TEST", align=Align.CENTRE, bold=True),
            Rule(),
            Text("这不是回执，可以丢弃", align=Align.CENTRE),
            Text(f"{core.state.window_no} 号窗口", right=f"{core.now():%Y-%m-%d %H:%M}"),
            Text("汉字 ABC 0123456789", right="￥ 1.00"),
            Feed(1),
        )

    def _ask_rating(self, device: DeviceView, said: "Said") -> None:
        def done(_grade: int) -> None:
            said(TriedState.DONE, "", {})  # that a key works is all that is wanted

        self._core.deps.devices.ask_rating(wait=CARD_WAIT, done=done, failed=_told(said), at=device.id)

    def _show_test(self, device: DeviceView, said: "Said") -> None:
        def done(_: None) -> None:
            said(TriedState.DONE, "", {"number": TEST_NUMBER})
            self._core.deps.dispatcher.later(SHOWN_FOR, self._show_number)

        self._core.deps.devices.try_display(TEST_NUMBER, "TEST", done=done, failed=_told(said), at=device.id)

    def _act(self, device: DeviceView, said: "Said") -> None:
        """What the set-up does to try a device of this kind."""
        cancel = Cancel()

        def done(_outcome: Outcome) -> None:
            said(TriedState.DONE, "", {})  # of a chip no more is kept than that it answered

        self._core.deps.devices.use(
            device.id,
            lambda driver: TRIES[device.kind](driver, cancel),
            done=done,
            failed=_told(said),
            cancel=cancel,
            deadline=LONGEST,
        )


def _told(said: "Said") -> Callable[[DeviceError], None]:
    def failed(error: DeviceError) -> None:
        said(TriedState.FAILED, error.code, {})

    return failed
