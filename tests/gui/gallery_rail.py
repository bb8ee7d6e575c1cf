"""The rail's states: strips, pause, lock. Run it to render them.

python -m tests.gui.gallery_rail FOLDER [--theme dark] [--size 1366x768] [--language en] [--scale 1.25] [--only lock]
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.gui import gallery_reception as demo
from window_client.domain.visit import State
from window_client.reception.locking import blank
from window_client.reception.state import (
    HeldTicket,
    LockView,
    NetworkView,
    OpenedItem,
    OtherWindow,
    PauseView,
    ReceptionState,
    TransferView,
)

if TYPE_CHECKING:
    from ui.reception.window import ReceptionWindow

WINDOWS = (
    OtherWindow(13, "市场准入", ("C", "E"), 2, "serving", fits=True),
    OtherWindow(8, "综合受理", ("A", "C", "E"), 4, "serving", fits=True),
    OtherWindow(9, "综合受理", ("A", "C", "E"), 6, "paused", fits=True, back_at=demo.at("10:55")),
    OtherWindow(3, "社保医保", ("A",), 1, "idle", fits=False),
    OtherWindow(5, "不动产", ("B",), 9, "serving", fits=False),
)


def transfer_state(status: str = "ready") -> ReceptionState:
    """F5 during a visit."""
    return replace(demo.materials_state(), transfer=TransferView(status, WINDOWS if status == "ready" else ()))


def held_state(count: int = 3) -> ReceptionState:
    """Idle, with several numbers on hold."""
    rows = (
        *demo.HELD,
        HeldTicket("A031", "去缴费", 9, "v-31", about="孙* · 社会保障卡申领"),
        HeldTicket("E007", "等部门答复", 4, "v-07", about="周* · 居住证办理"),
    )
    return replace(demo.idle_state(), held=rows[:count])


def paused_state() -> ReceptionState:
    """Paused until ten to eleven."""
    since, back = demo.at("10:35"), demo.at("10:50")
    return replace(demo.idle_state(), visit=State.PAUSED, pause=PauseView(since, "rest", back, told=True))


def locked_state(why: str = "key", problem: str = "", **args: str) -> ReceptionState:
    """Locked in the middle of a visit, as the screens are told."""
    lock = LockView(why, demo.at("10:40"), problem=problem, problem_args=args, visit_open=True)
    return blank(replace(demo.materials_state(), lock=lock))


def opened_state() -> ReceptionState:
    """A line of my open items was opened."""
    rows = (
        ("510700 20251103 0000187 4", "张* · 食品经营许可", "2025-11-04T17:00:00+08:00"),
        ("510700 20251103 0000201 9", "陈* · 食品经营许可", "2025-11-05T17:00:00+08:00"),
    )
    return replace(demo.idle_state(), opened=OpenedItem("correction", "ready", rows))


@dataclass(frozen=True)
class Scene:
    """A state, the time, and what was pressed in it."""

    state: ReceptionState
    press: Callable[["ReceptionWindow"], object] = lambda _window: None
    clock: str = "10:42:00"


SCENES: dict[str, Scene] = {
    "idle": Scene(demo.idle_state(), clock="10:35:12"),
    "idle-opened": Scene(opened_state(), clock="10:35:12"),
    "called-out": Scene(replace(demo.calling_state(), ticket=replace(demo.calling_state().ticket, calls=3))),  # type: ignore[type-var]
    "sent-here": Scene(
        replace(
            demo.identity_state(),
            ticket=replace(demo.identity_state().ticket, came_from=13, note="材料已看过，请接着办"),  # type: ignore[type-var]
        )
    ),
    "strip-transfer": Scene(transfer_state(), lambda window: window.act("transfer")),
    "strip-transfer-away": Scene(transfer_state("away"), lambda window: window.act("transfer")),
    "strip-hold": Scene(demo.materials_state(), lambda window: window.act("hold")),
    "strip-end": Scene(demo.form_state(), lambda window: window.act("end_unfiled")),
    "strip-resume": Scene(held_state(), lambda window: window.act("hold")),
    "pause-choosing": Scene(demo.idle_state(), lambda window: window.act("pause")),
    "paused": Scene(paused_state()),
    "lock": Scene(locked_state()),
    "lock-problem": Scene(locked_state("idle", "wrong_password", detail="3")),
    "lock-signed-out": Scene(locked_state("signed_out")),
    "signed-out": Scene(replace(demo.form_state(), signed_out=True)),
    "lock-warning": Scene(replace(demo.materials_state(), locks_at=demo.at("10:42:15"))),
    "offline-idle": Scene(
        replace(demo.idle_state(), queue=replace(demo.QUEUE, online=False), network=NetworkView(since=demo.at("10:31")))
    ),
}


def main() -> None:
    """Render what the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--theme", default="light")
    parser.add_argument("--size", default="1440x900")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--language", default="zh")
    parser.add_argument("--only", nargs="*", default=[])
    wanted = parser.parse_args()

    from PySide6.QtWidgets import QApplication

    from ui.reception.window import ReceptionWindow
    from ui.theme import Theme, apply_theme
    from ui.words import words

    words.language = wanted.language
    words.strict = True
    wanted.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    theme = Theme.load(wanted.theme, wanted.scale)
    apply_theme(app, theme)
    width, _, height = wanted.size.partition("x")
    shelf, pictures = demo.DemoShelf(), demo.DrawnPictures()
    offers = {name: lambda: None for name in ("language", "large_text")}
    for name, scene in SCENES.items():
        if wanted.only and not any(name.startswith(part) for part in wanted.only):
            continue
        window = ReceptionWindow(
            demo.NoActions(),  # type: ignore[arg-type]
            shelf,
            pictures,
            theme,
            lambda scene=scene: demo.at(scene.clock),  # type: ignore[misc]
            offers,
        )
        window.resize(int(width), int(height))
        window.show()
        window.activateWindow()
        window.present(scene.state)
        for _ in range(6):
            app.processEvents()
        scene.press(window)
        for _ in range(12):
            app.processEvents()
        window.grab().save(str(wanted.folder / f"{name}.png"))
        window.close()
        window.deleteLater()
        app.processEvents()


if __name__ == "__main__":
    main()
