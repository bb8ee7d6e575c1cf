"""What the camera page shows, from the desk's state. No Qt in here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ui.names import named
from ui.reception.viewer.device_model import TROUBLED
from ui.words import words
from window_client.domain.material import SEPARATOR, PageRef, RowState
from window_client.domain.visit import State, Step
from window_client.reception.state import DeviceView, MaterialsView, ReceptionState


class Live(Protocol):
    """What the camera's watcher says about the newest frame; ``preview`` is RGB, 3 bytes a pixel, rows unpadded."""

    @property
    def corners(self) -> Sequence[tuple[float, float]] | None:
        """The page's corners in unit coordinates, clockwise from the top left."""

    @property
    def sharp(self) -> bool:
        """Not blurred."""

    @property
    def dark(self) -> bool:
        """Too little light."""

    @property
    def still(self) -> bool:
        """The page lies still."""

    @property
    def preview(self) -> bytes:
        """RGB bytes."""

    @property
    def preview_width(self) -> int:
        """Pixels a row of the preview."""

    @property
    def preview_height(self) -> int:
        """Rows of the preview."""


@dataclass(frozen=True, slots=True)
class Target:
    """A material that pages may go to."""

    material_id: str
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class CameraFace:
    """The camera page. ``stage_title`` stands on the mat while there is no live picture.

    ``asks`` is a chip that says what the next picture is for; ``auto_feed`` and ``duplex`` are None where the scanner
    has no such thing; ``size`` tells the case's bytes, ``over``: more than they may be. ``lens`` are the words of the
    button that turns to the other lens, empty where there is only one.
    """

    targets: tuple[Target, ...]
    current: str
    pages: tuple[PageRef, ...]
    selected: int
    may_capture: bool
    capturing: bool
    primary: bool
    auto: bool
    note: str
    unsorted: int
    stage_title: str
    stage_note: str
    away: bool
    asks: tuple[tuple[str, str], ...] = ()
    auto_feed: bool | None = None
    duplex: bool | None = None
    size: str = ""
    over: bool = False
    lens: str = ""


@dataclass(frozen=True, slots=True)
class StageWords:
    """What stands on the mat over a live picture: chips at the left (icon, text), whether the first one warns."""

    title: str
    note: str
    left: tuple[tuple[str, str], ...]
    warn: bool


def camera(state: ReceptionState) -> CameraFace:
    """The camera page; pages go somewhere only once the checklist is known."""
    cameras = [d for d in state.devices if d.kind == "camera"]
    used = state.materials.camera_id if state.materials is not None else ""
    device = next((d for d in cameras if d.id == used), next(iter(cameras), None))
    title, note, away = _ready_words(device)
    materials = state.materials if state.visit is State.SERVING else None
    if materials is not None and state.open_step is not Step.MATERIALS:
        taken = materials.unsorted or any(row.pages for row in materials.rows)
        materials = materials if taken else None
    if materials is None:
        cleared = state.visit in {State.IDLE, State.CALLING}
        quiet = words("viewer.cleared") if cleared else words("viewer.no_pages")
        return CameraFace((), "", (), -1, False, False, False, False, quiet, 0, title, note, away)
    row = next((r for r in materials.rows if r.material_id == materials.current), None)
    here = state.open_step is Step.MATERIALS
    return CameraFace(
        targets=tuple(
            Target(r.material_id, r.number, named(r.name)) for r in materials.rows if r.state is not RowState.NOT_NEEDED
        ),
        current=materials.current,
        pages=row.pages if row else (),
        selected=materials.selected_page,
        may_capture=here and row is not None and not away,
        capturing=materials.capturing,
        primary=here and bool(state.missing),
        auto=materials.auto_capture,
        note="",
        unsorted=sum(SEPARATOR not in page.flags for page in materials.unsorted),
        stage_title=title,
        stage_note=note,
        away=away,
        asks=_asks(materials, row.pages if row else ()) if here else (),
        auto_feed=materials.auto_feed if here else None,
        duplex=materials.duplex if here else None,
        size=words("viewer.size", mb=megabytes(materials.size), limit=megabytes(materials.size_limit))
        if here and materials.size_limit
        else "",
        over=materials.size > materials.size_limit > 0,
        lens=words.first(f"viewer.lens.{materials.lens}", "viewer.lens.other") if here and materials.lens else "",
    )


def megabytes(count: int) -> str:
    """``3.2`` or ``30``."""
    return f"{count / 1_000_000:.1f}".removesuffix(".0")


def _asks(materials: MaterialsView, pages: tuple[PageRef, ...]) -> tuple[tuple[str, str], ...]:
    """What the next picture is for, when it is not just the next page."""
    replaced = next((at + 1 for at, page in enumerate(pages) if page.key == materials.retakes), 0)
    if materials.lens not in {"", "document"}:
        return (("user", words.first(f"viewer.lens_now.{materials.lens}", "viewer.lens_now.other")),)
    if materials.card_side:
        return (("card", words("viewer.card.side", n=materials.card_side)),)
    return (("recall", words("viewer.retaking", n=replaced)),) if replaced else ()


def _ready_words(device: DeviceView | None) -> tuple[str, str, bool]:
    if device is None or device.state in {"disabled"} | TROUBLED:
        return words("viewer.no_camera"), words("viewer.no_camera.hint"), True
    if device.state == "connecting":
        return words("viewer.connecting"), words("viewer.connecting.hint"), True
    return words("viewer.ready"), words("viewer.ready.hint"), False


def stage_words(live: Live) -> StageWords:
    """What to say over a live picture: first what hinders, else what is good."""
    if not live.corners:
        if live.dark:
            return StageWords("", "", (("sun", words("viewer.dark")),), True)
        return StageWords(words("viewer.searching"), words("viewer.searching.hint"), (), False)
    found = ("check", words("viewer.edge_found"))
    if live.dark:
        return StageWords("", "", (("sun", words("viewer.dark")), found), True)
    if not live.still:
        return StageWords("", "", (found, ("", words("viewer.moving"))), False)
    if not live.sharp:
        return StageWords("", "", (("warn", words("viewer.blurred")), found), True)
    return StageWords("", "", (found, ("", words("viewer.sharp"))), False)
