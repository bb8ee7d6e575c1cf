"""Visits like those in the design's pictures, for the gallery and the view tests. All people are invented."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from drivers.contracts import Align, Feed, Line, Qr, Rule, Text
from window_client.clock import CHINA
from window_client.domain.material import PageRef, RowState
from window_client.domain.people import Contact, IdentitySource, Person
from window_client.domain.visit import Draft, State, Step, TicketRef
from window_client.reception.state import (
    CategoryQueue,
    Clerk,
    DeviceView,
    HeldTicket,
    MaterialsView,
    Missing,
    NetworkView,
    NextTicket,
    OutboxRow,
    OutboxView,
    PrintState,
    QueueView,
    ReceiptView,
    ReceptionState,
    ResultView,
    RowView,
    TicketView,
    WaitingPrint,
)
from window_client.signin import CheckLine, SignInState


def at(hour: int, minute: int) -> datetime:
    """A time of the pictures' day."""
    return datetime(2025, 11, 4, hour, minute, tzinfo=CHINA)


def page_jpeg(lines: int = 18, title: bool = True, seed: int = 0) -> bytes:
    """A page with grey lines, as JPEG."""
    image = QImage(620, 877, QImage.Format.Format_RGB32)
    image.fill(QColor("#FDFDFB"))
    painter = QPainter(image)
    _lines(painter, QRectF(0, 0, 620, 877), lines, title, seed)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 85)  # type: ignore[call-overload]
    buffer.close()
    return bytes(data.data())


def _lines(painter: QPainter, page: QRectF, count: int, title: bool, seed: int) -> None:
    unit = page.width() / 62
    top = page.y() + 8 * unit
    if title:
        painter.fillRect(QRectF(page.x() + 20 * unit, top - 3 * unit, 22 * unit, 2 * unit), QColor("#3F4D57"))
        top += 3 * unit
    for line in range(count):
        short = (line + seed) % 7 == 6
        width = (30 if short else 50) * unit
        painter.fillRect(QRectF(page.x() + 6 * unit, top, width, unit), QColor("#B3BCC2"))
        top += (5.5 if short else 3.6) * unit


class ShelfOfPages:
    """Pictures by digest: ``p1``, ``p2`` …, drawn once."""

    def __init__(self) -> None:
        self._made: dict[str, bytes] = {}

    def page(self, digest: str) -> bytes | None:
        """A page as JPEG."""
        number = int(digest[1:])
        if digest not in self._made:
            self._made[digest] = page_jpeg(12 + number % 6, title=number % 2 == 1, seed=number)
        return self._made[digest]

    def thumbnail(self, digest: str) -> bytes | None:
        """The same; scaling happens when drawn."""
        return self.page(digest)

    def original(self, digest: str) -> bytes | None:
        """The same: it fills its picture."""
        return self.page(digest)


@dataclass(frozen=True)
class StillFrame:
    """A camera frame with a page that lies a little askew."""

    corners: Sequence[tuple[float, float]] | None
    sharp: bool
    dark: bool
    still: bool
    preview: bytes
    preview_width: int
    preview_height: int


def camera_frame(*, found: bool = True, sharp: bool = True, dark: bool = False, still: bool = True) -> StillFrame:
    """A frame of 480 × 640 with a page turned by two degrees."""
    image = QImage(480, 640, QImage.Format.Format_RGB888)
    image.fill(QColor("#2B343A"))
    corners = [(0.17, 0.13), (0.86, 0.15), (0.82, 0.87), (0.13, 0.85)]
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(82, 83)
    painter.rotate(2.4)
    page = QRectF(0, 0, 331, 461)
    painter.fillRect(page, QColor("#FDFDFB"))
    _lines(painter, page, 19, title=False, seed=0)
    painter.end()
    stride = image.bytesPerLine()
    raw = bytes(image.constBits())
    rows = b"".join(raw[y * stride : y * stride + 480 * 3] for y in range(640))
    return StillFrame(tuple(corners) if found else None, sharp, dark, still, rows, 480, 640)


def pages(*numbers: int) -> tuple[PageRef, ...]:
    """Pages ``p<n>``."""
    return tuple(PageRef(f"p{n}", 300_000) for n in numbers)


LI_MING = Person(
    "李明", "510799199003070017", IdentitySource.CARD, "男", "汉", "1990-03-07", "四川省绵阳市涪城区示例路 18 号"
)

DEVICES = tuple(
    DeviceView(kind, kind, "ready", "", emulated=False)
    for kind in ("id_card", "scanner", "camera", "printer", "display")
)

QUEUE = QueueView(
    online=True,
    waiting=14,
    categories=(
        CategoryQueue("A", "社保医保", 6, 11),
        CategoryQueue("C", "市场准入", 3, 7),
        CategoryQueue("E", "综合事务", 5, 4),
    ),
    next=(
        NextTicket("C019", "C", 7, "10:45"),
        NextTicket("A037", "A", 11, "", "senior"),
        NextTicket("E021", "E", 4),
        NextTicket("A038", "A", 9),
    ),
)

DRAFT = Draft(
    visit_id="v",
    case_id="c",
    ticket=TicketRef("C018", "C"),
    started_at="2025-11-04T10:36:00+08:00",
    applicant=LI_MING,
    contact=Contact("13800005521", "earlier"),
)


def idle() -> ReceptionState:
    """01a: nobody is served."""
    return ReceptionState(
        hall_name="绵阳市政务服务中心",
        window_no=12,
        window_title="12 号窗口",
        profile="demo",
        clerk=Clerk("1203", "王芳"),
        queue=QUEUE,
        devices=DEVICES,
        network=NetworkView(online=True, latency_ms=28),
        idle_since=at(10, 33),
        held=(HeldTicket("C012", "回家取租赁合同", 14),),
    )


def _rows() -> tuple[RowView, ...]:
    def row(number: int, name: str, held: tuple[PageRef, ...], state: RowState, **more: object) -> RowView:
        shown = RowView(f"m{number}", number, name, name[-4:], "original:1", (), held, state, current=number == 3,
                        ecert_offered=number in (2, 3))  # fmt: skip
        return replace(shown, **more)  # type: ignore[arg-type]

    return (
        row(1, "个体工商户登记（备案）申请书", pages(1, 2, 3), RowState.READY),
        row(2, "经营者居民身份证", pages(4), RowState.ECERT, ecert_valid_to="2039-06-18"),
        row(3, "经营场所使用证明", pages(5, 6), RowState.SCANNING),
        row(4, "经营场所平面图", (), RowState.DEFERRED, due="2025-11-05"),
        row(5, "名称自主申报告知书", (), RowState.MISSING),
    )


def serving(step: Step = Step.MATERIALS) -> ReceptionState:
    """01b: documents of 李明."""
    rows = _rows()
    return replace(
        idle(),
        visit=State.SERVING,
        step=step,
        open_step=step,
        ticket=TicketView("C018", "市场准入", 9, 14, 1, at(10, 36)),
        draft=DRAFT,
        materials=MaterialsView(rows, (), 2, 1, 1, 1, "m3", selected_page=1),
        missing=(Missing(Step.MATERIALS, "m5", "名称自主申报告知书"),) if step is Step.MATERIALS else (),
    )


RECEIPT: tuple[Line, ...] = (
    Text("绵阳市政务服务中心", align=Align.CENTRE, bold=True, big=True),
    Text("受理回执", align=Align.CENTRE, big=True),
    Rule(),
    Text("受理号", right="MY 20251104 0236", bold=True),
    Text("事项", right="个体工商户设立登记"),
    Text("申请人", right="李*"),
    Text("受理时间", right="2025-11-04 10:51"),
    Text("承诺办结", right="2025-11-05 17:00", bold=True),
    Text("取件", right="3 号出件窗口"),
    Text("容缺补交", right="平面图 11-05 前", bold=True),
    Rule(),
    Qr("https://counter.example/q?MY202511040236-7K392M"),
    Text("扫码查进度 · 查询码 7K3 92M", align=Align.CENTRE),
    Text("窗口 12 · 经办 王芳", align=Align.CENTRE),
    Feed(1),
)


def accepted(printed: PrintState = PrintState.CONFIRMED, code: str = "") -> ReceptionState:
    """01c: accepted; with another print state 01e."""
    return replace(
        serving(Step.SUBMIT),
        visit=State.SUBMITTED,
        result=ResultView("MY 20251104 0236", False, at(10, 51), at(17, 0), False, 892),
        receipt=ReceiptView(printed, code, 1, 5, 5, RECEIPT),
    )


def printer_out_of_paper() -> ReceptionState:
    """01e: the receipt waits for paper."""
    devices = tuple(replace(d, state="fault", code="paper_out") if d.kind == "printer" else d for d in DEVICES)
    waiting = (WaitingPrint("MY 20251104 0236", 0, "failed_before", "李*"),)
    return replace(accepted(PrintState.NOT_PRINTED, "paper_out"), devices=devices, waiting_prints=waiting)


def offline() -> ReceptionState:
    """01d: three cases wait for the network."""
    rows = (
        OutboxRow("1", "case", "本机 12-0031", 2_100_000, at(10, 33), 3, False),
        OutboxRow("2", "case", "本机 12-0032", 3_400_000, at(10, 38), 2, False),
        OutboxRow("3", "case", "本机 12-0033", 1_800_000, at(10, 41), 1, False),
    )
    return replace(
        serving(Step.FORM),
        network=NetworkView(online=False, since=at(10, 31)),
        outbox=OutboxView(3, 0, rows),
    )


def set_aside() -> ReceptionState:
    """One message that the centre would not take."""
    state = offline()
    refused = OutboxRow("4", "case", "MY 20251104 0231", 900_000, at(10, 20), 1, True, "case_no_taken")
    rating = OutboxRow("5", "rating", "", 0, at(10, 42), 0, False)
    box = OutboxView(4, 1, (*state.outbox.rows, refused, rating))
    return replace(state, network=NetworkView(online=True, latency_ms=31), outbox=box)


def sign_in() -> SignInState:
    """08: a window before work, one device away, one emulated."""

    def line(kind: str, code: str = "ok", level: str = "ok", **args: str) -> CheckLine:
        return CheckLine(kind, kind, level, code, args, emulated=kind == "scanner")

    return SignInState(
        hall_name="绵阳市政务服务中心",
        windows=((12, "综合受理（A、C、E 类）"),),
        window_no=12,
        version="1.0.0",
        profile="demo",
        lines=(
            line("id_card", answer_ms="6"),
            line("scanner", answer_ms="12"),
            line("camera"),
            line("printer", answer_ms="9"),
            line("display"),
            line("codes", "absent", "warn"),
            line("network", "network_ok", ms="28", offset="0.1"),
            line("outbox", "outbox_empty", n="0", aside="0"),
            line("catalogue", "catalogue_ok", version="7", at="2025-11-04T07:00:00+08:00"),
        ),
        checked_at=at(8, 24),
        check_seconds=6.0,
        clerk_name="王芳",
        demo_account="1203",
        demo_password="password",
        hall_name_en="Mianyang Government Service Centre",
        windows_en=((12, "General service (A, C, E)"),),
        today=(("booked_first", "18|08:45"), ("corrections", "2"), ("deferred_due", "1"), ("item_updates", "3")),
    )
