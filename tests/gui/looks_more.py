"""The sign-in page and the applicant's pages in any looks: what stands beside the reception desk in the walks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from tests.gui import scenes
from tests.gui.applicant_scenes import NOW
from tests.gui.gallery_applicant import SCREENS as APPLICANT
from tests.gui.gallery_applicant import dress
from tests.gui.gallery_reception import EVERY_DEVICE
from tests.gui.looks_scenes import settle, wear
from tests.gui.recorder import Recorder
from ui.applicant.window import ApplicantWindow, Wishes
from ui.looks import SWITCHES, Looks
from ui.signin.view import SignInView
from ui.words import applicant_words
from window_client.reception.actions import ApplicantActions
from window_client.signin import CheckLine, SignInActions, SignInState
from window_client.speech import Engine, Speech


def _morning() -> datetime:
    return scenes.at(8, 25)


def _state() -> SignInState:
    """Picture 08, with the applicant's screen that was not found."""
    usual = scenes.sign_in()
    lines = list(usual.lines)
    lines.insert(4, CheckLine("applicant", "applicant", "warn", "absent", {}))
    return replace(usual, lines=tuple(lines))


SIGN_IN: dict[str, SignInState] = {
    "08-signin-devices": _state(),
    "08-signin-every-device": replace(
        _state(),
        lines=tuple(
            CheckLine(
                device.id,
                device.kind,
                "ok" if device.state == "ready" else "warn",
                device.code or "ok",
                {"answer_ms": "31"},
                place=device.place,
                role=device.role,
            )
            for device in EVERY_DEVICE
        )
        + _state().lines[-3:],
    ),
    "08-signin-training": replace(_state(), profile="training", problem="wrong_password"),
    "08-signin-away": replace(
        _state(),
        lines=(*_state().lines[:7], CheckLine("network", "network", "warn", "network_away", {})),
        problem="offline_stale",
        problem_args={"away": "1", "days": "7"},
    ),
}


def sign_in_pages(
    looks: Looks, size: tuple[int, int], names: "list[str] | None" = None
) -> Iterator[tuple[str, QWidget]]:
    """Each state of the sign-in page in these looks and this size."""
    wear(looks)
    try:
        for name in names or list(SIGN_IN):
            switches = {switch: lambda: None for switch in SWITCHES}
            view = SignInView(
                cast("SignInActions", Recorder()), looks.themed(), _morning, switches, on_devices=lambda: None
            )
            view.resize(*size)
            view.present(SIGN_IN[name])
            view.show()
            view.activateWindow()
            settle()
            yield name, view
            throw_away(view)
    finally:
        wear(Looks())


def applicant_pages(
    language: str, wishes: Wishes, size: tuple[int, int], names: "list[str] | None" = None
) -> Iterator[tuple[str, QWidget]]:
    """Each of the applicant's pages in a language and with what the applicant wished to see."""
    try:
        for name in names or list(APPLICANT):
            speech = Speech(Engine(("true",)))
            window = ApplicantWindow(cast("ApplicantActions", Recorder()), Looks().themed(), lambda: NOW, speech)
            window.resize(*size)
            window.show()
            window.present(replace(APPLICANT[name](), applicant_language=language))
            window.wish(wishes)
            settle()
            dress(window, name)
            settle()
            yield name, window
            throw_away(window)
            speech.close()
    finally:
        applicant_words.language = "zh"


def throw_away(window: QWidget) -> None:
    """Close a window and delete it now."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
