"""Step 6: the acceptance. The order of these steps is the promise we make.

1. One transaction: number, case, outbox, print job, journal, draft.  2. The screen says 已受理.
3. The printer starts.  4. The courier is woken.  5. The applicant is asked to rate.
Nothing that fails in 3 to 5 undoes 1.
"""

import hashlib
import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from window_client.central import contract
from window_client.domain import confirm
from window_client.domain.form import Origin
from window_client.domain.form_rules import visible_values
from window_client.domain.identifiers import make_case_no, make_provisional_no, training_no
from window_client.domain.limits import promised_by
from window_client.domain.material import PageRef, Row, Way
from window_client.domain.organisations import FACTS
from window_client.domain.privacy import mask_id_no, mask_name
from window_client.domain.representing import GUARDIAN, ORGANISATION, applies, needs_applicant_card, power_words
from window_client.domain.visit import Draft, Event, State, Step
from window_client.paper import receipt as paper
from window_client.reception.core import Core
from window_client.reception.printing import Printing
from window_client.reception.state import ResultView
from window_client.reception.views import definition
from window_client.store.cases import AcceptedCase, receipt_job
from window_client.store.errors import StoreError

if TYPE_CHECKING:
    from window_client.domain.catalogue import Catalogue, Guidance, Item

log = logging.getLogger(__name__)

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 O 1 I: the code is read over the phone


class Submitting:
    """Accepts the case."""

    def __init__(self, core: Core, printing: Printing, follow_notice: Callable[[], None] = lambda: None) -> None:
        self._core = core
        self._printing = printing
        self.follow_notice = follow_notice

    def submit(self) -> None:
        """Make the case safe, then tell the world."""
        core = self._core
        item, guidance, catalogue = core.state.item, core.state.guidance, core.deps.shelf.catalogue
        if not core.allowed(Event.SUBMIT) or item is None or guidance is None or catalogue is None:
            return
        if core.state.busy:
            return  # the number is on its way to another window: its answer decides first
        now = core.now()
        day = now.date()
        due, uncertain = promised_by(item, now, core.deps.calendar, closes=catalogue.hall.closes)
        store = core.deps.store
        try:
            with store.transaction("accept"):
                serial = store.blocks.take(day.isoformat())
                if serial is None:
                    seq = store.blocks.take_provisional(f"{core.state.window_no:02d}", day.isoformat())
                    case_no, provisional = make_provisional_no(core.state.window_no, day, seq), True
                else:
                    case_no, provisional = make_case_no(catalogue.hall.area, day, serial), False
                if core.state.profile == "training":
                    case_no = training_no(case_no)
                draft = msgspec.structs.replace(
                    core.draft,
                    state=State.SUBMITTED,
                    step=Step.SUBMIT,
                    case_no=case_no,
                    accepted_at=now.isoformat(),
                    promised_by=due.isoformat(),
                    saved_at=now.isoformat(),
                )
                check_code = "".join(secrets.choice(_ALPHABET) for _ in range(6))
                case = self._case(draft, item, guidance, catalogue, check_code, provisional, uncertain)
                store.cases.accept(case)
        except StoreError as error:
            log.error("the case could not be accepted: %s", error.code)  # noqa: TRY400 - the environment's error
            core.say(f"store.{error.code}", bad=True)
            return
        with core.together():
            core.set(draft=draft, step=Step.SUBMIT, open_step=Step.SUBMIT, missing=(), saved_at=now)
            core.go(Event.SUBMIT, result=self.result(draft, provisional=provisional, uncertain=uncertain))
            if core.state.ticket is not None:
                core.set(ticket=replace(core.state.ticket, ended_at=now))
        job = store.prints.get(receipt_job(draft.case_id))
        if job is not None:
            self._printing.present(job)
            self._printing.print_job(job)
        self.follow_notice()
        core.deps.wake_courier()

    def result(self, draft: Draft, *, provisional: bool, uncertain: bool) -> ResultView:
        """What is shown after the acceptance."""
        core = self._core
        item, guidance = core.state.item, core.state.guidance
        accepted, due = datetime.fromisoformat(draft.accepted_at), datetime.fromisoformat(draft.promised_by)
        names = {row.material.id: row.material for row in guidance.materials} if guidance else {}
        deferred = tuple(
            (names[row.material_id].short_name or names[row.material_id].name, row.due)
            for row in draft.checklist.rows
            if row.way is Way.DEFERRED and row.material_id in names
        )
        say: list[tuple[str, str]] = [("say.on_the_spot" if _spot(item) else "say.promise", due.isoformat())]
        say += [("say.deferred", f"{name}|{day}") for name, day in deferred]
        if item is not None and draft.contact.collect_by == "window":
            hall = core.deps.shelf.catalogue.hall if core.deps.shelf.catalogue else None
            say.append(("say.collect", f"{item.result}|{hall.pickup_window if hall else ''}"))
        return ResultView(
            case_no=draft.case_no,
            provisional=provisional,
            accepted_at=accepted,
            promised_by=due,
            promise_provisional=uncertain,
            used_seconds=int((accepted - datetime.fromisoformat(draft.started_at)).total_seconds()),
            deferred=deferred,
            say=tuple(say),
        )

    def _case(
        self,
        draft: Draft,
        item: "Item",
        guidance: "Guidance",
        catalogue: "Catalogue",
        check_code: str,
        provisional: bool,
        uncertain: bool,
    ) -> AcceptedCase:
        asked = {row.material.id for row in guidance.materials}
        rows = tuple(row for row in draft.checklist.rows if row.material_id in asked)
        submission = self._submission(draft, rows, guidance, check_code)
        lines = paper.receipt(self._facts(draft, item, guidance, catalogue, rows, check_code, provisional, uncertain))
        pages = (*(page for row in rows for page in row.pages), *_signature_files(draft))
        applicant = applies(draft)[0]
        return AcceptedCase(
            case_id=draft.case_id,
            case_no=draft.case_no,
            visit_id=draft.visit_id,
            item_id=item.id,
            item_name=item.name,
            accepted_at=draft.accepted_at,
            promised_by=draft.promised_by,
            body=msgspec.json.encode(submission),
            receipt=paper.encode(lines),
            clerk=draft.clerk,
            window=f"{self._core.state.window_no:02d}",
            pages=pages,
            applicant=mask_name(applicant),
            provisional=provisional,
            detail={"item": item.id, "pages": len(pages)},
            draft=draft,
        )

    def _submission(
        self, draft: Draft, rows: tuple[Row, ...], guidance: "Guidance", check_code: str
    ) -> contract.Submission:
        form = definition(self._core, draft)
        values = visible_values(form, guidance.answers, draft.values) if form else {}
        signature = draft.signature
        return contract.Submission(
            case_id=draft.case_id,
            case_no=draft.case_no,
            visit_id=draft.visit_id,
            window=self._core.state.window_no,
            clerk=draft.clerk,
            item_id=draft.item_id,
            item_version=draft.item_version,
            catalogue_version=draft.catalogue_version,
            accepted_at=draft.accepted_at,
            applicant_kind=draft.applicant_kind,
            applicant=draft.applicant if needs_applicant_card(draft) else None,
            agent=draft.agent if draft.by_agent else None,
            agent_facts=_authority(draft),
            enterprise=_enterprise(draft),
            contact=draft.contact,
            answers=dict(guidance.answers),
            form_id=draft.form_id,
            form_version=draft.form_version,
            values=dict(values),
            rows=tuple(_sent_row(row) for row in rows),
            signature=None
            if signature is None
            else contract.SentSignature(
                signature.digest,
                signature.picture,
                _strokes_digest(signature.strokes),
                signature.signed_at,
                signature.signer,
                signature.language,
                self._document(draft, guidance),
            ),
            checked_at=draft.checked_at,
            agreed_at=draft.agreed_at,
            ticket=draft.ticket.number,
            ticket_id=draft.ticket.id,
            looked_up=self._core.record is not None,
            to_verify=tuple(id_ for id_, value in draft.values.items() if value.origin is Origin.ONLINE_LATER),
            took_in=draft.took_in,
            promised_by=draft.promised_by,
            check_code=check_code,
        )

    def _document(self, draft: Draft, guidance: "Guidance") -> str:
        """What the applicant read and signed, for the centre to work the digest out again."""
        core = self._core
        form, item = definition(core, draft), core.state.item
        if form is None or item is None or draft.signature is None:
            return ""
        shown = confirm.shown(draft, form, item, guidance, core.deps.words)
        return confirm.document(shown, draft.signature.language).decode()

    def _facts(
        self,
        draft: Draft,
        item: "Item",
        guidance: "Guidance",
        catalogue: "Catalogue",
        rows: tuple[Row, ...],
        check_code: str,
        provisional: bool,
        uncertain: bool,
    ) -> paper.ReceiptFacts:
        names = {row.material.id: row.material.short_name or row.material.name for row in guidance.materials}
        hall, clerk = catalogue.hall, self._core.state.clerk
        name, number = applies(draft)
        organisation = draft.party == ORGANISATION
        agent = draft.agent if draft.by_agent else None
        return paper.ReceiptFacts(
            hall=hall.name,
            case_no=draft.case_no,
            provisional=provisional,
            item=item.name,
            task_code=item.task_code,
            applicant=name if organisation else mask_name(name),  # an organisation's name and code are public
            id_no=number if organisation else mask_id_no(number),
            accepted_at=datetime.fromisoformat(draft.accepted_at),
            promised_by=datetime.fromisoformat(draft.promised_by),
            promise_provisional=uncertain,
            on_the_spot=_spot(item),
            result=item.result,
            collect_at="邮寄" if draft.contact.collect_by == "post" else f"{hall.pickup_window} 号出件窗口",
            materials=tuple(paper.TakenMaterial(names[row.material_id], how) for row in rows if (how := _how(row))),
            deferred=tuple(
                paper.DeferredMaterial(names[row.material_id], date.fromisoformat(row.due))
                for row in rows
                if row.way is Way.DEFERRED
            ),
            check_code=check_code,
            window_no=self._core.state.window_no,
            clerk=f"{clerk.name}（{clerk.account}）" if clerk else draft.clerk,
            service_phone=hall.service_phone,
            supervision_phone=hall.supervision_phone,
            profile=self._core.state.profile,
            organisation=organisation,
            agent=mask_name(agent.name) if agent else "",
            agent_id_no=mask_id_no(agent.id_no) if agent else "",
            agent_is="监护人" if draft.authority.relation == GUARDIAN else "代办人",
            powers=power_words(draft.authority).zh if agent else "",
        )


def _authority(draft: Draft) -> dict[str, str]:
    """On what authority the agent came."""
    if not draft.by_agent:
        return {}
    authority = draft.authority
    return {
        "relation": authority.relation,
        "powers": "|".join(authority.powers),
        "until": authority.until,
        "phone": draft.contact.phone,
    }


def _enterprise(draft: Draft) -> dict[str, str]:
    """The facts of the organisation that applies; an empty ``checked_at``: the centre compares them."""
    organisation = draft.organisation
    if draft.party != ORGANISATION or organisation is None:
        return {}
    return {name: getattr(organisation, name) for name in (*FACTS, "checked_at")}


def _sent_row(row: Row) -> contract.SentRow:
    return contract.SentRow(
        row.material_id,
        row.way.value,
        tuple(contract.SentPage(page.digest, page.size, page.source, page.taken_at, page.flags) for page in row.pages),
        row.due,
        *((row.ecert.type, row.ecert.number, row.ecert.response_id) if row.ecert else ("", "", "")),
    )


def _how(row: Row) -> str:
    if row.way is Way.ECERT:
        return "电子证照"
    return f"扫描 {len(row.pages)} 页" if row.pages else ""


def _strokes_digest(strokes: object) -> str:
    return hashlib.sha256(msgspec.json.encode(strokes)).hexdigest()


def _signature_files(draft: Draft) -> tuple[PageRef, ...]:
    """Picture and strokes of the signature, sealed beside the pages and sent with them."""
    signature = draft.signature
    if signature is None:
        return ()
    strokes = msgspec.json.encode(signature.strokes)
    return (
        PageRef(
            digest=signature.picture, size=signature.picture_size, source="signature", taken_at=signature.signed_at
        ),
        PageRef(digest=_strokes_digest(signature.strokes), size=len(strokes), source="signature"),
    )


def _spot(item: "Item | None") -> bool:
    return item is not None and item.promised_limit.unit == "on_the_spot"
