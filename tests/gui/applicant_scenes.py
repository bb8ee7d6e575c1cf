"""Visits as the applicant's pages of the design show them, for the gallery and the view tests; invented people."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import msgspec

from window_client.domain.catalogue import Item
from window_client.domain.material import RowState
from window_client.reception.state import (
    ApplicantPage,
    ApplicantView,
    Clerk,
    ReceptionState,
    ResultView,
    ShownLine,
    ShownMaterial,
    TicketView,
)

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2025, 11, 4, 10, 42, tzinfo=CHINA)
TICKET = TicketView("C018", "市场准入", 9, 20, 1, NOW)
_EN = {
    "姓名": "Name",
    "身份证号": "ID number",
    "手机号": "Mobile number",
    "要办的事": "Service",
    "店名": "Shop name",
    "店址": "Shop address",
    "店面怎么来的": "Premises are",
    "投入资金（元）": "Money put in (yuan)",
    "租的": "rented",
    "多少人干活": "People working",
    "经营什么": "What is sold or done",
    "家庭住址": "Home address",
    "收款账号": "Account number",
    "个体工商户设立登记": "Registration of a sole trader",
    "登记（备案）申请书": "Application form",
    "经营者身份证": "Owner's ID card",
    "经营场所使用证明": "Proof of premises",
    "名称自主申报告知书": "Notice of the chosen name",
}


def _line(target: str, label: str, text: str, full: str = "") -> ShownLine:
    """A line in both languages; what is data reads the same."""
    return ShownLine(target, label, text, full, ShownLine(target, _EN[label], _EN.get(text, text), full))


LINES = (
    _line("operator_name", "姓名", "李明", "李明"),
    _line("operator_id_no", "身份证号", "5107**********0017", "510799199001010017"),
    _line("phone", "手机号", "138****5521", "13800005521"),
    _line("item", "要办的事", "个体工商户设立登记", "个体工商户设立登记"),
    _line("business_name", "店名", "绵阳市涪城区李明小吃店", "绵阳市涪城区李明小吃店"),
    _line("premises_address", "店址", "涪城区示例路 18 号附 3 号", "涪城区示例路 18 号附 3 号"),
)
MORE_LINES = (
    *LINES,
    _line("premises_kind", "店面怎么来的", "租的", "租的"),
    _line("capital", "投入资金（元）", "50,000", "50,000"),
    _line("staff_count", "多少人干活", "3", "3"),
    _line("scope", "经营什么", "小吃服务；饮品制售；预包装食品销售（凭许可证开展经营活动）；餐饮配送服务", ""),
    _line("operator_address", "家庭住址", "涪城区****", "涪城区示例路 2 号 3 幢 1 单元 502"),
    _line("bank_account", "收款账号", "6222********0018", "6222000000000018"),
)
PAPERS = (
    ShownMaterial("form", "登记（备案）申请书", RowState.READY, 2, name_en=_EN["登记（备案）申请书"]),
    ShownMaterial("id", "经营者身份证", RowState.ECERT, 0, name_en=_EN["经营者身份证"]),
    ShownMaterial("premises", "经营场所使用证明", RowState.READY, 3, name_en=_EN["经营场所使用证明"]),
    ShownMaterial(
        "notice", "名称自主申报告知书", RowState.DEFERRED, 0, "2025-11-05", name_en=_EN["名称自主申报告知书"]
    ),
)
DECLARATION = "本人承诺：所填内容和所交材料真实、有效；容缺的材料按承诺日期补交，逾期不补的，由本人承担后果。"
DECLARATION_EN = (
    "I declare that what is filled in and handed in is true, and will bring what is deferred by the promised date."
)
BASE = ReceptionState("涪城区政务服务中心", 12, "12 号窗口", "demo", clerk=Clerk("1203", "王芳"), ticket=TICKET)

NAME = (
    ((377, 250), (377, 310), (376, 373)),
    ((309, 297), (385, 288), (458, 282)),
    ((378, 298), (340, 345), (285, 383)),
    ((381, 301), (415, 337), (469, 363)),
    ((335, 391), (390, 379), (439, 373), (415, 398), (392, 420), (399, 445), (395, 468), (380, 486), (355, 474)),
    ((292, 441), (380, 428), (484, 423)),
    ((583, 307), (588, 360), (592, 435)),
    ((585, 311), (625, 303), (659, 302), (654, 350), (646, 414)),
    ((590, 369), (620, 365), (644, 365)),
    ((594, 428), (620, 424), (645, 423)),
    ((715, 289), (714, 330), (706, 400), (681, 461)),
    ((717, 291), (755, 284), (794, 284), (793, 360), (788, 440), (776, 446), (759, 434)),
    ((711, 339), (750, 335), (790, 333)),
    ((709, 385), (750, 381), (790, 380)),
)


def item() -> Item:
    """The item of the pictures, out of the demo catalogue."""
    root = Path(__file__).resolve().parents[2]
    rows = msgspec.json.decode((root / "resources" / "demo" / "catalogue.json").read_bytes())["items"]
    return msgspec.convert(next(row for row in rows if row["name"] == "个体工商户设立登记"), Item, strict=False)


def state(page: ApplicantPage, **more: object) -> ReceptionState:
    """The desk's state with the applicant on a page."""
    view = ApplicantView(page, lines=LINES, materials=PAPERS, declaration=DECLARATION, signer="李明", digest="d",
                         document_title="个体工商户登记（备案）申请书", documents=2,
                         document_title_en="Application of a sole trader", declaration_en=DECLARATION_EN)  # fmt: skip
    return replace(BASE, applicant=replace(view, **more))  # type: ignore[arg-type]


def result() -> ResultView:
    """An accepted case."""
    promised = datetime(2025, 11, 5, 17, 0, tzinfo=CHINA)
    return ResultView("5107992025110400002364", False, NOW, promised, False, 512)


def rating(page: ApplicantPage) -> ReceptionState:
    """A rating page with 48 seconds left."""
    return replace(state(page, countdown_ends=NOW + timedelta(seconds=48)), result=result())


def identity() -> ReceptionState:
    """Only name and number."""
    lines = (
        ShownLine("card.name", "applicant.name", "李明", "李明"),
        ShownLine("card.id_no", "applicant.id_no", "5107**********0017", "510799199001010017"),
    )
    return state(ApplicantPage.IDENTITY, lines=lines)
