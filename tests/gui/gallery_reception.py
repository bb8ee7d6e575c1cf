"""The reception desk in the states of the design's pictures, from demo data; run it to render them side by side.

python -m tests.gui.gallery_reception FOLDER [--theme dark] [--size 1366x768] [--language en] [--only 01b ...]
"""

import argparse
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import msgspec

from tests.gui.scenes import RECEIPT
from window_client.domain.catalogue import Answers, Catalogue, Guidance, Item, english_names, guide
from window_client.domain.form import FormDefinition, Origin, Problem, Value
from window_client.domain.form_rules import counts, visible_fields
from window_client.domain.material import PageRef, RowState
from window_client.domain.people import Contact, IdentitySource, Person, Remark
from window_client.domain.search import Hit, build_index
from window_client.domain.visit import Draft, State, Step, TicketRef
from window_client.reception.actions import Stroke
from window_client.reception.state import (
    ApplicantPage,
    ApplicantView,
    Booking,
    CategoryQueue,
    Clerk,
    DeviceView,
    FieldView,
    FormView,
    HeldTicket,
    IdentityView,
    MaterialsView,
    Missing,
    NetworkView,
    NextTicket,
    OutboxCase,
    OutboxView,
    PrintState,
    QueueView,
    Reading,
    ReceiptView,
    ReceptionState,
    Related,
    ResultView,
    RowView,
    ShownLine,
    ShownMaterial,
    TicketView,
    Today,
    WaitingPrint,
)

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
ZONE = timezone(timedelta(hours=8))
LI_MING = "510799198806120017"
WANG = "510799196805132033"
MAIN_ITEM, CARD_ITEM = "SC-MKT-001", "SC-HRSS-001"


def at(clock: str) -> datetime:
    """A moment of the pictures' day."""
    hours, minutes, seconds = (int(part) for part in f"{clock}:00".split(":")[:3])
    return datetime(2025, 11, 4, hours, minutes, seconds, tzinfo=ZONE)


CATALOGUE: Catalogue = msgspec.json.decode((RESOURCES / "demo" / "catalogue.json").read_bytes(), type=Catalogue)
ITEMS = {item.id: item for item in CATALOGUE.items}


def form_of(item_id: str) -> FormDefinition:
    """The form of an item, as shipped."""
    return msgspec.convert(tomllib.loads((RESOURCES / "forms" / f"{item_id}.toml").read_text("utf-8")), FormDefinition)


class DemoShelf:
    """Finds the demo catalogue's items."""

    def __init__(self) -> None:
        self._index = build_index(CATALOGUE.items)

    def search(self, text: str, limit: int = 50) -> Sequence[Hit]:
        """Hits; the window's usual items for an empty text."""
        if not text:
            usual = ("SC-HRSS-001", "SC-POL-001", "SC-MKT-003", "SC-MKT-001", "SC-MED-002")
            return tuple(Hit(item_id, (), 0) for item_id in usual if item_id in ITEMS)[:limit]
        return self._index.search(text, limit)

    def item(self, item_id: str) -> Item | None:
        """An item by id."""
        return ITEMS.get(item_id)


class DrawnPictures:
    """Pages drawn on the spot, as JPEG."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, int], bytes] = {}

    def thumbnail(self, digest: str) -> bytes | None:
        """A small page."""
        return self._draw(digest, 2)

    def page(self, digest: str) -> bytes | None:
        """A large page."""
        return self._draw(digest, 12)

    def original(self, digest: str) -> bytes | None:
        """The same: it fills its picture."""
        return self._draw(digest, 12)

    def _draw(self, digest: str, scale: int) -> bytes | None:
        from PySide6.QtCore import QBuffer, QByteArray
        from PySide6.QtGui import QColor, QImage, QPainter

        if digest.startswith("late"):
            return None
        key = (digest, scale)
        if key not in self._made:
            image = QImage(42 * scale, 60 * scale, QImage.Format.Format_RGB32)
            image.fill(QColor("#FDFDFB"))
            painter = QPainter(image)
            seed = sum(digest.encode())
            for line in range(14):
                width = 30 if line % 5 else 14 + seed % 10
                painter.fillRect(6 * scale, (8 + line * 3) * scale, width * scale, scale, QColor("#B9C2C8"))
            painter.fillRect(12 * scale, 4 * scale, 18 * scale, 2 * scale, QColor("#46535C"))
            painter.end()
            data = QByteArray()
            buffer = QBuffer(data)
            buffer.open(QBuffer.OpenModeFlag.WriteOnly)
            image.save(buffer, "JPG", 90)  # type: ignore[call-overload]
            self._made[key] = bytes(data.data())
        return self._made[key]


DEVICES = tuple(
    DeviceView(id=kind, kind=kind, state="ready", code="", emulated=False)
    for kind in ("id_card", "scanner", "camera", "printer", "applicant_screen", "display")
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
        NextTicket("C019", "C", 7, booked_at="10:45"),
        NextTicket("A037", "A", 11, priority="senior"),
        NextTicket("E021", "E", 4),
        NextTicket("A038", "A", 9),
    ),
)
HELD = (HeldTicket("C012", "回家取租赁合同", 14, "v-12", about="赵* · 个体工商户设立登记"),)

LI = Person(
    name="李明",
    id_no=LI_MING,
    source=IdentitySource.CARD,
    sex="男",
    nation="汉",
    birth="1988-06-12",
    address="四川省绵阳市涪城区示例路 18 号",
    issuer="绵阳市公安局测试分局",
    valid_from="2019-06-18",
    valid_to="2039-06-18",
    has_photo=True,
    taken_at="2025-11-04T10:36:00+08:00",
)
WANG_JIANGUO = msgspec.structs.replace(
    LI,
    name="王建国",
    id_no=WANG,
    birth="1968-05-13",
    address="绵阳市涪城区示例路 18 号 3 栋 2 单元",
    valid_from="2018-05-21",
    valid_to="长期",
    taken_at="2025-11-04T10:37:00+08:00",
)

BASE = ReceptionState(
    hall_name="绵阳市政务服务中心",
    window_no=12,
    window_title="综合受理",
    profile="demo",
    clerk=Clerk("1203", "王芳", ("reception",), "Wang Fang"),
    queue=QUEUE,
    devices=DEVICES,
    network=NetworkView(online=True, latency_ms=28),
    today=Today(done=23, average_seconds=520, deferred=3),
    catalogue_at="2025-11-04T07:00:00+08:00",
    names_en=english_names(CATALOGUE),
    held=HELD,
)


def idle_state() -> ReceptionState:
    """01a."""
    queue = replace(
        QUEUE,
        waiting=15,
        categories=(
            CategoryQueue("A", "社保医保", 6, 9),
            CategoryQueue("C", "市场准入", 4, 9),
            CategoryQueue("E", "综合事务", 5, 3),
        ),
        next=(
            NextTicket("C018", "C", 9, booked_at="10:30"),
            NextTicket("C019", "C", 6, booked_at="10:45"),
            NextTicket("A037", "A", 8, priority="senior"),
            NextTicket("E021", "E", 3),
        ),
        booking=Booking("个体工商户设立登记", "李*", "10:30", 12, 1, 5, 14),
    )
    today = Today(
        done=23,
        average_seconds=520,
        deferred=3,
        drafts=(("v-7", "孙* · 社会保障卡申领", "10:05"),),
        open_items=(("deferred", 3, "最早 11月6日 · 周* 场所平面图", ""),),
        notices=(
            ("个体工商户设立登记：不再要求提交名称预先核准通知书，材料清单已更新。", "2025-11-04T08:30:00+08:00"),
            ("不动产取证改在 3 号出件窗口，请告知申请人。", "2025-11-03T16:10:00+08:00"),
        ),
    )
    return replace(BASE, visit=State.IDLE, idle_since=at("10:33:48"), queue=queue, today=today)


def recovered_state() -> ReceptionState:
    """The offer to go on after a crash."""
    state = idle_state()
    drafts = (("v-9", "李* · 个体工商户设立登记", "10:31"), *state.today.drafts)
    return replace(state, recovered="v-9", today=replace(state.today, drafts=drafts))


def nobody_state() -> ReceptionState:
    """Nobody waits, nothing is open."""
    return replace(BASE, idle_since=at("10:30"), queue=QueueView(online=True), today=Today())


def _ticket(started: datetime, ended: datetime | None = None) -> TicketView:
    return TicketView("C018", "市场准入", 9, 14, 1, started, ended)


def _draft(step: Step, person: Person | None = LI, item: str = MAIN_ITEM, **more: object) -> Draft:
    draft = Draft(
        visit_id="v-1",
        case_id="0199c0de-0000-7000-8000-000000000001",
        ticket=TicketRef(number="C018", category="C"),
        started_at="2025-11-04T10:35:26+08:00",
        step=step,
        applicant=person,
        contact=Contact("13800005521", "earlier"),
        item_id=item,
    )
    return msgspec.structs.replace(draft, **more)


def calling_state() -> ReceptionState:
    """Called, no card yet."""
    return replace(
        BASE,
        visit=State.CALLING,
        ticket=_ticket(at("10:35:26")),
        draft=_draft(Step.IDENTITY, None, ""),
        missing=(Missing(Step.IDENTITY, "card", "identity.card"),),
    )


def reading_state() -> ReceptionState:
    """F9 was pressed: waiting for the card."""
    return replace(calling_state(), identity=IdentityView(Reading.WAITING))


def failed_state() -> ReceptionState:
    """The card was not read."""
    return replace(calling_state(), identity=IdentityView(Reading.FAILED, "no_card"))


RELATED = (
    Related("online", "b-1", "个体工商户设立登记", "2025-11-02|10:30", 12),
    Related("running", "c-1", "社会保障卡补领", "2025-11-03|2025-11-04"),
    Related("ready", "c-2", "居住证", "3|B-12"),
)


def identity_state() -> ReceptionState:
    """01f."""
    return replace(
        BASE,
        visit=State.SERVING,
        ticket=_ticket(at("10:35:26")),
        draft=_draft(Step.IDENTITY, LI, ""),
        identity=IdentityView(Reading.READ, related=RELATED, lookup="done"),
        applicant=ApplicantView(ApplicantPage.IDENTITY),
        missing=(Missing(Step.ITEM, "item", "item.item"),),
        saved_at=at("10:36"),
    )


def expired_state() -> ReceptionState:
    """A card that has expired, typed phone missing, the number shown."""
    state = identity_state()
    assert state.draft is not None
    draft = msgspec.structs.replace(state.draft, contact=Contact())
    view = IdentityView(Reading.READ, remarks=(Remark("expired", 12),), revealed_until=at("10:36:09"), lookup="done")
    missing = (Missing(Step.IDENTITY, "phone", "identity.phone"), *state.missing)
    return replace(state, draft=draft, identity=view, missing=missing)


ANSWERS = {
    "trade": ("catering",),
    "place": ("rent",),
    "seal": ("no",),
    "who": ("self",),
    "form": ("individual",),
    "pre": ("no",),
}


def item_state() -> ReceptionState:
    """02: an item is chosen and all questions are answered."""
    item = ITEMS[MAIN_ITEM]
    return replace(
        identity_state(),
        step=Step.ITEM,
        open_step=Step.ITEM,
        ticket=_ticket(at("10:35:34")),
        draft=_draft(Step.ITEM, answers=ANSWERS),
        item=item,
        guidance=guide(item, ANSWERS),
        brought_in_estimate=15,
        missing=(),
        saved_at=at("10:37"),
    )


def no_item_state() -> ReceptionState:
    """Step 2 before a choice."""
    missing = (Missing(Step.ITEM, "item", "item.item"),)
    return replace(item_state(), item=None, guidance=None, brought_in_estimate=0, missing=missing)


def form_view(
    item_id: str,
    answers: Answers,
    values: dict[str, tuple[str, Origin]],
    problems: dict[str, Problem] | None = None,
) -> FormView:
    """The form with these values."""
    definition = form_of(item_id)
    stored = {name: Value(text, origin) for name, (text, origin) in values.items()}
    sections = {field.id: section.id for section in definition.sections for field in section.fields}
    fields = []
    for field in visible_fields(definition, answers, stored):
        text, origin = values.get(field.id, ("", None))
        locked = not field.editable_when_prefilled and origin not in (None, Origin.TYPED, Origin.DEFAULT)
        problem = (problems or {}).get(field.id)
        fields.append(FieldView(field, sections[field.id], text, origin.value if origin else "", locked, problem))
    filled, brought_in, typed = counts(definition, answers, stored)
    later = sum(origin is Origin.ONLINE_LATER for _, origin in values.values())
    return FormView(definition, tuple(fields), filled, brought_in, typed, later)


CARD_VALUES = {
    "holder_name": ("王建国", Origin.CARD),
    "holder_id_no": (WANG, Origin.CARD),
    "nation": ("汉族", Origin.CARD),
    "sex": ("男", Origin.CARD),
    "household_address": ("绵阳市涪城区示例路 18 号 3 栋 2 单元", Origin.CARD),
    "phone": ("13900006208", Origin.EARLIER),
    "current_address": ("绵阳市涪城区示范街 6 号附 2 号", Origin.EARLIER),
    "insurance_status": ("", Origin.ONLINE_LATER),
    "person_kind": ("resident", Origin.TYPED),
    "card_bank": ("mycb", Origin.TYPED),
    "delivery": ("window", Origin.DEFAULT),
    "photo": ("card", Origin.CARD),
}


def form_state() -> ReceptionState:
    """01d with the line up."""
    item = ITEMS[CARD_ITEM]
    answers = {"who": ("self",), "minor": ("no",)}
    known = {field.id for field in form_of(CARD_ITEM).fields()}
    values = {name: value for name, value in CARD_VALUES.items() if name in known}
    return replace(
        BASE,
        visit=State.SERVING,
        step=Step.FORM,
        open_step=Step.FORM,
        ticket=TicketView("A036", "社保医保", 6, 9, 1, at("10:37:12")),
        draft=_draft(Step.FORM, WANG_JIANGUO, CARD_ITEM),
        identity=IdentityView(Reading.READ, lookup="done"),
        item=item,
        guidance=guide(item, answers),
        form=form_view(CARD_ITEM, answers, values),
        saved_at=at("10:42"),
    )


def form_problem_state() -> ReceptionState:
    """Something required is missing and something is wrong."""
    state = form_state()
    assert state.form is not None
    fields = tuple(
        replace(view, text="1390000", origin="typed", problem=Problem("phone", "pattern"))
        if view.field.id == "phone"
        else replace(view, text="", origin="", problem=Problem("card_bank", "missing"))
        if view.field.id == "card_bank"
        else view
        for view in state.form.fields
    )
    missing = (Missing(Step.FORM, "phone", "手机号"), Missing(Step.FORM, "card_bank", "卡内银行"))
    return replace(state, form=replace(state.form, fields=fields), missing=missing)


def offline_state() -> ReceptionState:
    """01d."""
    cases = tuple(
        OutboxCase(f"c-{number}", f"L-12-20251104-00{number}-{check}", about, size, at(clock), 11, 2, 0)
        for number, check, about, size, clock in (
            (31, 5, "陈* · 社会保障卡申领", 2_100_000, "10:33"),
            (32, 3, "周* · 居住证签注", 3_400_000, "10:38"),
            (33, 1, "孙* · 社会保障卡申领", 1_800_000, "10:41"),
        )
    )
    next_try = datetime.now(timezone(timedelta(hours=8))) + timedelta(seconds=18)
    return replace(
        form_state(),
        network=NetworkView(online=False, since=at("10:31")),
        outbox=OutboxView(33, 0, (), cases=3, size=7_300_000, listed=cases, room=2043, next_try=next_try),
    )


def set_aside_state() -> ReceptionState:
    """01d once the line is back and the centre would not take one case."""
    state = offline_state()
    first, *rest = state.outbox.listed
    aside = replace(first, set_aside=1, kind="case", reason="no_such_item")
    return replace(
        state,
        network=NetworkView(online=True, latency_ms=28, since=at("10:41")),
        outbox=replace(state.outbox, set_aside=1, listed=(aside, *rest)),
    )


def _page(name: str) -> PageRef:
    return PageRef(digest=name, size=120_000, thumbnail=name)


def _row(number: int, state: RowState, guidance: Guidance, pages: int = 0, **more: object) -> RowView:
    guided = guidance.materials[number - 1]
    material = guided.material
    codes = {"ORIGINAL": "original:1", "VERIFY_ONLY": "verify:1", "COPY": "copy:1"}
    row = RowView(
        material_id=material.id,
        number=number,
        name=material.name,
        short_name=material.short_name,
        copies=codes.get(material.receive_mode, "original:1"),
        because=guided.because,
        pages=tuple(_page(f"{material.id}-{page}") for page in range(pages)),
        state=state,
        current=False,
        ecert_offered=material.ecert_replaceable,
        defer_refusal="" if material.deferrable else "not_deferrable",
    )
    return replace(row, **more)  # type: ignore[arg-type]


def materials_state() -> ReceptionState:
    """01b."""
    item = ITEMS[MAIN_ITEM]
    guidance = guide(item, ANSWERS)
    rows = (
        _row(1, RowState.READY, guidance, 3),
        _row(2, RowState.ECERT, guidance, 1, ecert_valid_to="2039-06-18"),
        _row(3, RowState.SCANNING, guidance, 2, current=True),
        _row(4, RowState.DEFERRED, guidance, due="2025-11-05"),
        _row(5, RowState.MISSING, guidance),
    )
    view = MaterialsView(
        rows, (), ready=2, scanning=1, deferred=1, missing=1, current=rows[2].material_id, selected_page=1
    )
    values = {
        "operator_name": ("李明", Origin.CARD),
        "operator_id_no": (LI_MING, Origin.CARD),
        "capital": ("50000.00", Origin.TYPED),
        "premises_address": ("涪城区示例路 18 号附 3 号", Origin.TYPED),
        "scope": ("小吃服务；食品销售", Origin.TYPED),
    }
    form = replace(form_view(MAIN_ITEM, ANSWERS, values), filled=18, brought_in=15, typed=3)
    return replace(
        item_state(),
        step=Step.MATERIALS,
        open_step=Step.MATERIALS,
        ticket=_ticket(at("10:35:48")),
        draft=_draft(Step.MATERIALS, answers=ANSWERS),
        form=form,
        materials=view,
        missing=(Missing(Step.MATERIALS, rows[4].material_id, rows[4].name),),
        saved_at=at("10:42"),
    )


def unsorted_state() -> ReceptionState:
    """Everything is there; two pages belong nowhere."""
    state = materials_state()
    assert state.materials is not None
    rows = state.materials.rows
    last = replace(rows[4], state=RowState.READY, pages=(_page("x"), _page("late-1")))
    view = replace(
        state.materials,
        rows=(*rows[:4], last),
        unsorted=(_page("u1"), _page("u2")),
        missing=0,
        ready=3,
        selected_page=-1,
    )
    return replace(state, materials=view, missing=())


def _line(target: str, label: str, label_en: str, text: str) -> ShownLine:
    return ShownLine(target, label, text, en=ShownLine(target, label_en, text))


LINES = (
    ShownLine("card.name", "applicant.name", "李明"),
    ShownLine("card.id_no", "applicant.id_no", "5107**********0017"),
    _line("business_name", "名称", "Name", "绵阳市涪城区李明小吃店"),
    _line("premises_address", "经营场所", "Premises", "涪城区示例路 18 号附 3 号"),
    _line("scope", "经营范围", "Business scope", "小吃服务；食品销售"),
)
PAPERS = (
    ShownMaterial("m1", "申请书", RowState.READY, 3),
    ShownMaterial("m2", "身份证", RowState.ECERT, 1),
    ShownMaterial("m3", "场所使用证明", RowState.READY, 2),
    ShownMaterial("m4", "平面图", RowState.DEFERRED, 0, "2025-11-05"),
    ShownMaterial("m5", "名称告知书", RowState.READY, 1),
)


def sign_state() -> ReceptionState:
    """01g."""
    state = unsorted_state()
    assert state.materials is not None
    return replace(
        state,
        step=Step.CONFIRM,
        open_step=Step.CONFIRM,
        ticket=_ticket(at("10:35:40")),
        draft=_draft(Step.CONFIRM, answers=ANSWERS),
        materials=replace(state.materials, unsorted=()),
        applicant=ApplicantView(
            ApplicantPage.SIGN,
            lines=LINES,
            materials=PAPERS,
            documents=2,
            signer="李明",
            checked_at=at("10:49"),
            agreed_at=at("10:49"),
        ),
        saved_at=at("10:49"),
    )


def accepted_state() -> ReceptionState:
    """01c."""
    state = sign_state()
    result = ResultView(
        case_no="5107002025110400002367",
        provisional=False,
        accepted_at=at("10:51"),
        promised_by=at("17:00") + timedelta(days=1),
        promise_provisional=False,
        used_seconds=892,
        deferred=(("平面图", "2025-11-05"),),
        say=(
            ("say.promise", "2025-11-05T17:00:00+08:00"),
            ("say.deferred", "平面图|2025-11-05"),
            ("say.collect", "营业执照|3"),
        ),
        delivery="delivered",
    )
    return replace(
        state,
        visit=State.RATING,
        step=Step.SUBMIT,
        open_step=Step.SUBMIT,
        ticket=_ticket(at("10:36:08"), at("10:51")),
        applicant=replace(
            state.applicant, page=ApplicantPage.RATE, signed_at=at("10:50"), countdown_ends=at("10:51:24")
        ),
        result=result,
        receipt=ReceiptView(PrintState.CONFIRMED, "", 1, 5, 5, RECEIPT),
        today=replace(state.today, done=24),
    )


def fault_state() -> ReceptionState:
    """01e."""
    state = accepted_state()
    devices = tuple(
        replace(device, state="fault", code="paper_out") if device.kind == "printer" else device for device in DEVICES
    )
    waiting = (WaitingPrint(state.result.case_no if state.result else "", 0, "failed_before", "李*"),)
    return replace(
        state, receipt=ReceiptView(PrintState.NOT_PRINTED, "paper_out"), devices=devices, waiting_prints=waiting
    )


def _device(device_id: str, kind: str, state: str = "ready", code: str = "", **more: object) -> DeviceView:
    return DeviceView(device_id, kind, state, code, emulated=False, **more)  # type: ignore[arg-type]


EVERY_DEVICE = (
    *DEVICES[:3],
    _device("portrait", "camera", role="portrait"),
    _device("printer", "printer", place=1),
    _device("printer-2", "printer", place=2, spare=True),
    _device("notices", "document_printer", "fault", "toner_out", facts={"model": "A4-1"}),
    *DEVICES[4:],
    _device("voice", "voice", "fault", "no_sound", facts={"zh": "clips", "en": "engine"}),
    _device("codes", "codes", "fault", "occupied", facts={"holder": "brltty"}),
    _device("chip", "smart_card", "offline", "absent"),
    _device("pad", "rating", "offline", "timeout"),
)
"""One of each kind, two lenses, two printers; five of them in trouble at once, more than a bar has room for."""


def every_device_state() -> ReceptionState:
    """A window that has all that a counter may have."""
    return replace(materials_state(), devices=EVERY_DEVICE)


def unknown_state() -> ReceptionState:
    """The receipt's fate is not known."""
    return replace(accepted_state(), receipt=ReceiptView(PrintState.UNKNOWN, "timeout", blocks=4, confirmed=2))


STROKES: tuple[Stroke, ...] = (
    ((0.2, 0.27, 0, 0.5), (0.46, 0.24, 80, 0.5)),
    ((0.33, 0.12, 160, 0.5), (0.33, 0.55, 240, 0.5)),
    ((0.32, 0.32, 300, 0.5), (0.2, 0.55, 360, 0.5)),
    ((0.34, 0.32, 420, 0.5), (0.47, 0.52, 470, 0.5)),
    (
        (0.24, 0.62, 520, 0.5),
        (0.41, 0.6, 560, 0.5),
        (0.32, 0.7, 600, 0.5),
        (0.33, 0.82, 640, 0.5),
        (0.28, 0.84, 680, 0.5),
    ),
    ((0.2, 0.7, 720, 0.5), (0.44, 0.68, 780, 0.5)),
)

GALLERY: dict[str, tuple[str, ReceptionState]] = {
    "01a-reception-idle": ("10:35:00", idle_state()),
    "01a-recovered": ("10:35:00", recovered_state()),
    "01a-nobody": ("10:35:00", nobody_state()),
    "01b-reception-materials": ("10:42:00", materials_state()),
    "01b-unsorted": ("10:42:00", unsorted_state()),
    "01c-reception-accepted": ("10:51:00", accepted_state()),
    "01d-reception-offline": ("10:42:00", offline_state()),
    "01d2-reception-set-aside": ("10:42:00", set_aside_state()),
    "01d-form": ("10:42:00", form_state()),
    "01d-form-problems": ("10:42:00", form_problem_state()),
    "01e-reception-printer-fault": ("10:51:00", fault_state()),
    "01e-print-unknown": ("10:51:00", unknown_state()),
    "01e-every-device": ("10:42:00", every_device_state()),
    "01f-reception-identity": ("10:36:00", identity_state()),
    "01f-calling": ("10:36:00", calling_state()),
    "01f-reading": ("10:36:00", reading_state()),
    "01f-failed": ("10:36:00", failed_state()),
    "01f-expired": ("10:36:00", expired_state()),
    "01g-reception-sign": ("10:49:00", sign_state()),
    "02-item-picker": ("10:37:00", item_state()),
    "02-no-item": ("10:37:00", no_item_state()),
}


class NoActions:
    """A desk that only shows: whatever is asked is let go."""

    def __getattr__(self, name: str) -> object:
        return lambda *_args, **_named: ""


def render(folder: Path, names: Sequence[str], theme_name: str, size: tuple[int, int], scale: float) -> None:
    """Render the states to PNG files."""
    from PySide6.QtWidgets import QApplication

    from ui.reception.item.view import ItemView
    from ui.reception.window import ReceptionWindow
    from ui.theme import Theme, apply_theme

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme = Theme.load(theme_name, scale)
    apply_theme(app, theme)
    shelf, pictures = DemoShelf(), DrawnPictures()
    offers = {name: lambda: None for name in ("language", "large_text")}
    for name in names:
        clock, state = GALLERY[name]
        window = ReceptionWindow(NoActions(), shelf, pictures, theme, lambda clock=clock: at(clock), offers)  # type: ignore[arg-type, misc]
        window.resize(*size)
        window.show()
        window.activateWindow()
        window.present(state)
        app.processEvents()
        body = window.centre.body(Step.ITEM)
        if isinstance(body, ItemView) and state.item is not None:
            body.type("gtgsh")
            body.field.setFocus()
        window.present_strokes(STROKES)
        for _ in range(12):
            app.processEvents()
        window.grab().save(str(folder / f"{name}.png"))
        window.close()
        window.deleteLater()
        app.processEvents()


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
    from ui.words import words

    words.language = wanted.language
    wanted.folder.mkdir(parents=True, exist_ok=True)
    names = [name for name in GALLERY if not wanted.only or any(name.startswith(part) for part in wanted.only)]
    width, _, height = wanted.size.partition("x")
    render(wanted.folder, names, wanted.theme, (int(width), int(height)), wanted.scale)


if __name__ == "__main__":
    main()
