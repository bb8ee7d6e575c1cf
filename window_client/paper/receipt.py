"""The receipt of an accepted case (受理回执), as lines for a receipt printer.

Fields: DOMAIN.md section 4 (common head) without what is made at the centre (national number, e-seal). The QR holds
the case number and the query code, which together are asked for by the progress query; neither names a person.
The document is kept as data, so that a reprint is the same paper with its mark.
"""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from drivers.contracts import Align, Barcode, Feed, Line, Qr, Rule, Text
from window_client.domain.identifiers import case_no_valid, grouped, local_no

WEEKDAYS = "一二三四五六日"

_TAGS: dict[str, type] = {"text": Text, "rule": Rule, "qr": Qr, "barcode": Barcode, "feed": Feed}
_NAMES = {type_: name for name, type_ in _TAGS.items()}


class DeferredMaterial(msgspec.Struct, frozen=True):
    """A material to bring later; ``due`` is the promised day."""

    name: str
    due: date


class TakenMaterial(msgspec.Struct, frozen=True):
    """A received material: ``how`` is 扫描 n 页, 电子证照, 容缺后补 ..."""

    name: str
    how: str


class ReceiptFacts(msgspec.Struct, frozen=True):
    """Everything on the paper. Names and numbers of people are masked already."""

    hall: str
    case_no: str
    provisional: bool
    item: str
    task_code: str
    applicant: str
    id_no: str
    accepted_at: datetime
    promised_by: datetime
    promise_provisional: bool
    on_the_spot: bool
    result: str
    collect_at: str
    materials: tuple[TakenMaterial, ...]
    deferred: tuple[DeferredMaterial, ...]
    check_code: str
    window_no: int
    clerk: str
    service_phone: str
    supervision_phone: str
    profile: str = "production"
    organisation: bool = False
    agent: str = ""
    agent_id_no: str = ""
    agent_is: str = "代办人"
    powers: str = ""


def qr_text(case_no: str, check_code: str) -> str:
    """What the QR says: a kind mark, the case number, the query code."""
    return f"MYZW1:{case_no}:{check_code}"


def receipt(facts: ReceiptFacts) -> tuple[Line, ...]:
    """The lines of the original."""
    mark = _mark(facts.profile)
    lines: list[Line] = [
        *mark,
        Text(facts.hall, align=Align.CENTRE, bold=True, big=True),
        Text("受理回执", align=Align.CENTRE, big=True),
        Rule(),
        Text("临时号" if facts.provisional else "受理号", right=_number(facts.case_no), bold=True),
        Text("事项", right=facts.item),
        Text("实施编码", right=_spaced(facts.task_code)),
        Text("申请人", right=facts.applicant),
        Text("信用代码" if facts.organisation else "证件号", right=facts.id_no),
        *_agent(facts),
        Text("受理时间", right=f"{facts.accepted_at:%Y-%m-%d %H:%M}"),
        Text("承诺办结", right=_promise(facts), bold=True),
        Text("办理结果", right=facts.result),
        Text("取件", right=facts.collect_at),
        Rule(),
        Text(f"收到材料 {len(facts.materials)} 份"),
        *(Text(f"{number}. {row.name}", right=row.how) for number, row in enumerate(facts.materials, start=1)),
    ]
    if facts.deferred:
        lines += [Rule(), Text("容缺补交", bold=True)]
        lines += [Text(row.name, right=f"{row.due:%Y-%m-%d} 前", bold=True) for row in facts.deferred]
        lines.append(Text("到期未补交或者补交不符合要求的，本次办理终止，后果由申请人承担。"))
    lines += [
        Rule(),
        *mark,
        Qr(qr_text(facts.case_no, facts.check_code)),
        Text(f"扫码查进度　查询码 {facts.check_code[:3]} {facts.check_code[3:]}", align=Align.CENTRE),
    ]
    if facts.case_no.isdigit():
        lines += [Barcode(facts.case_no)]
    if facts.provisional:
        lines.append(Text(f"网络恢复后换发正式受理号，本回执和临时号一直有效。全号 {facts.case_no}"))
    if facts.promise_provisional:
        lines.append(Text("承诺办结日期：日历未公布，暂按周末推算。"))
    lines += [
        Text(f"{facts.window_no} 号窗口　经办 {facts.clerk}", align=Align.CENTRE),
        Text(f"咨询 {facts.service_phone}　监督 {facts.supervision_phone}", align=Align.CENTRE),
        Text("未加盖电子印章，加盖受理专用章后有效", align=Align.CENTRE),
        *mark,
        Text("—— 回执结束 ——", align=Align.CENTRE),
    ]
    return tuple(lines)


def _mark(profile: str) -> tuple[Line, ...]:
    """What stands at the head, in the middle and at the foot of a paper that is worth nothing: no part looks valid."""
    if profile == "production":
        return ()
    return (Text("演示 样张 无效" if profile == "demo" else "培训 样张 无效", align=Align.CENTRE, bold=True),)


def copy_of(lines: Sequence[Line], number: int) -> tuple[Line, ...]:
    """The same paper marked as the ``number``-th copy."""
    return (Text(f"补打 第 {number} 次", align=Align.CENTRE, bold=True, big=True), *lines)


def with_final_no(lines: Sequence[Line], final_no: str) -> tuple[Line, ...]:
    """The paper of a provisional number with the final one that the centre gave it, above everything else of it."""
    at = next((place for place, line in enumerate(lines) if isinstance(line, Text) and line.text == "临时号"), -1)
    if at < 0:
        return tuple(lines)
    return (*lines[:at], Text("受理号", right=_number(final_no), bold=True), *lines[at:])


def for_paper(document: bytes, copy: int, final_no: str = "") -> tuple[Line, ...]:
    """What goes to paper: a copy is marked, and carries the final number beside a provisional one once it is known."""
    lines = decode(document)
    if not copy:
        return lines
    return with_final_no(copy_of(lines, copy), final_no) if final_no else copy_of(lines, copy)


def encode(lines: Sequence[Line]) -> bytes:
    """Lines as JSON, to be kept with the print job."""
    return msgspec.json.encode([[_NAMES[type(line)], msgspec.to_builtins(line)] for line in lines])


def decode(document: bytes) -> tuple[Line, ...]:
    """Lines as they were kept.

    Raises:
        ValueError: The document is not one of ours.
    """
    try:
        rows = msgspec.json.decode(document, type=list[tuple[str, dict[str, object]]])
        return tuple(msgspec.convert(fields, _TAGS[tag]) for tag, fields in rows)
    except (msgspec.MsgspecError, KeyError) as error:
        raise ValueError(f"not a receipt document: {type(error).__name__}") from error


def plain_text(lines: Sequence[Line]) -> str:
    """The words of the paper, one line a row, as a person reads them."""
    rows = []
    for line in lines:
        if isinstance(line, Text):
            rows.append(f"{line.text}  {line.right}".rstrip())
        elif isinstance(line, Rule):
            rows.append("-" * 16)
    return "\n".join(rows)


def _number(case_no: str) -> str:
    local = local_no(case_no)
    return f"本机 {local}" if local else grouped(case_no) if case_no_valid(case_no) else case_no


def _spaced(task_code: str) -> str:
    """The parts of a regular 31-character code apart (department, level, item), so that it can be read and wrapped."""
    return f"{task_code[:18]} {task_code[18:19]} {task_code[19:]}" if len(task_code) == 31 else task_code


def _agent(facts: ReceiptFacts) -> tuple[Line, ...]:
    """Who came for the applicant, and what he or she may do."""
    if not facts.agent:
        return ()
    lines = (Text(facts.agent_is, right=facts.agent), Text(f"{facts.agent_is}证件", right=facts.agent_id_no))
    return (*lines, Text("代办权限", right=facts.powers)) if facts.agent_is == "代办人" else lines


def _promise(facts: ReceiptFacts) -> str:
    if facts.on_the_spot:
        return "当场办结"
    by = facts.promised_by
    return f"{by:%Y-%m-%d} 周{WEEKDAYS[by.weekday()]} {by:%H:%M}"
