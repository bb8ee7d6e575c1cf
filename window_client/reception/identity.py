"""Step 1: who came.

A card is read only after the desk asked for it, so that a card laid down early cannot fill the next person's
form. What is known about the person is asked right after, in the background; the clerk may go on meanwhile.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Event as Cancel

import msgspec

from drivers.contracts import CardRecord
from drivers.errors import DeviceError, Fault
from window_client.central import contract
from window_client.domain.identifiers import id_no_birth, id_no_sex
from window_client.domain.material import Checklist, Way
from window_client.domain.people import Contact, IdentitySource, Person, remarks
from window_client.domain.privacy import mask_id_no
from window_client.domain.visit import State, Step
from window_client.reception.calling import Calling
from window_client.reception.core import Core
from window_client.reception.state import ApplicantPage, ApplicantView, IdentityView, Reading, Related, ShownLine
from window_client.store.errors import StoreError

log = logging.getLogger(__name__)

READ_WAIT = 60.0
"""Seconds that F9 waits for a card."""

REVEAL_FOR = timedelta(seconds=10)


class Identity:
    """Who came, how to reach them, and what else concerns them."""

    def __init__(self, core: Core, calling: Calling) -> None:
        self._core = core
        self._calling = calling
        self._cancel: Cancel | None = None
        self._hide: Callable[[], None] = lambda: None

    def read_card(self) -> None:
        """Ask the reader for the next card; pressing again asks anew."""
        core = self._core
        if core.state.visit not in {State.CALLING, State.SERVING} or core.state.draft is None:
            return
        self.stop_reading()
        visit_id = core.draft.visit_id
        core.set(identity=IdentityView(reading=Reading.WAITING), open_step=Step.IDENTITY)

        def done(record: CardRecord) -> None:
            if self._still(visit_id):
                self._card_read(record)

        def failed(error: DeviceError) -> None:
            if self._still(visit_id) and error.fault is not Fault.CANCELLED:
                core.set(identity=IdentityView(reading=Reading.FAILED, code=error.code))

        self._cancel = core.deps.devices.read_card(wait=READ_WAIT, done=done, failed=failed)

    def stop_reading(self) -> None:
        """Nobody waits for a card any more: one laid down now is not taken."""
        if self._cancel is not None:
            self._cancel.set()
            self._cancel = None

    def _still(self, visit_id: str) -> bool:
        draft = self._core.state.draft
        return (
            draft is not None
            and draft.visit_id == visit_id
            and self._core.state.visit
            in {
                State.CALLING,
                State.SERVING,
            }
        )

    def _card_read(self, record: CardRecord) -> None:
        core = self._core
        person = Person(
            name=record.name,
            id_no=record.id_no,
            source=IdentitySource.CARD,
            sex=record.sex,
            nation=record.nation,
            birth=record.birth,
            address=record.appended_address or record.address,
            issuer=record.issuer,
            valid_from=record.valid_from,
            valid_to=record.valid_to,
            kind=record.kind.value,
            has_photo=bool(record.photo),
            taken_at=core.now().isoformat(),
        )
        self._take(person, Reading.READ)

    def type_identity(self, name: str, id_no: str) -> None:
        """Take a typed identity; what the number says about birth and sex is filled in."""
        core = self._core
        if core.state.visit not in {State.CALLING, State.SERVING} or core.state.draft is None:
            return
        name, id_no = " ".join(name.split()), id_no.strip().upper()
        if not name or not id_no:
            core.say("identity.name_and_number", bad=True)
            return
        self.stop_reading()
        birth = id_no_birth(id_no)
        person = Person(
            name=name,
            id_no=id_no,
            source=IdentitySource.TYPED,
            sex=id_no_sex(id_no),
            birth=birth.isoformat() if birth else "",
            taken_at=core.now().isoformat(),
        )
        noted = remarks(person, core.now().date())
        if any(remark.blocks for remark in noted):
            core.set(identity=IdentityView(reading=Reading.FAILED, code=noted[0].code, remarks=noted))
            return
        self._take(person, Reading.TYPED)

    def _take(self, person: Person, reading: Reading) -> None:
        core = self._core
        draft = core.draft
        other = draft.applicant is not None and draft.applicant.id_no != person.id_no
        noted = remarks(person, core.now().date())
        draft = msgspec.structs.replace(
            draft,
            applicant=person,
            state=State.SERVING,
            contact=Contact() if other else draft.contact,
            took_in="" if other else draft.took_in,
            values={} if other else draft.values,
            checklist=_papers_only(draft.checklist) if other else draft.checklist,
            checked_at="",
            agreed_at="",
            signature=None,
        )
        with core.together():
            self._calling.arrived()
            core.record = None
            core.keep(
                draft,
                identity=IdentityView(reading=reading, remarks=noted, lookup="asking"),
                applicant=ApplicantView(ApplicantPage.IDENTITY, lines=_identity_lines(person)),
            )
        self.look_up()

    def look_up(self) -> None:
        """Ask what the shared data, the certificate library and earlier cases know about the person."""
        core = self._core
        draft = core.draft
        if draft.applicant is None:
            return
        visit_id, id_no = draft.visit_id, draft.applicant.id_no

        def done(record: contract.PersonRecord) -> None:
            if self._still(visit_id) and core.draft.applicant and core.draft.applicant.id_no == id_no:
                self._known(record)

        def failed(error: Exception) -> None:
            log.info("nothing is known about the person for now: %s", error)
            if self._still(visit_id) and core.draft.applicant and core.draft.applicant.id_no == id_no:
                core.set(identity=replace(core.state.identity, lookup="offline"))
                if not core.draft.values:  # another person: what the card alone says is brought in all the same
                    core.on_record()

        core.ask(lambda client: client.person(id_no), done=done, failed=failed)

    def _known(self, record: contract.PersonRecord) -> None:
        core = self._core
        core.record = record
        draft = core.draft
        if not draft.contact.phone and (phone := _earlier_phone(record)):
            draft = msgspec.structs.replace(
                draft, contact=msgspec.structs.replace(draft.contact, phone=phone, phone_source="earlier")
            )
        related = tuple(_related(row, draft.took_in) for row in record.related)
        core.keep(draft, identity=replace(core.state.identity, lookup="done", related=related))
        core.on_record()

    def reveal(self) -> None:
        """Show the full number for ten seconds; journaled before it is shown."""
        core = self._core
        if core.state.draft is None or core.draft.applicant is None:
            return
        try:
            core.deps.store.journal.add(core.draft.clerk, "id.revealed", core.draft.visit_id, at=core.now().isoformat())
        except StoreError as error:
            core.say(f"store.{error.code}", bad=True)
            return
        until = core.now() + REVEAL_FOR
        core.set(identity=replace(core.state.identity, revealed_until=until))
        self._hide()
        self._hide = core.deps.dispatcher.later(REVEAL_FOR.total_seconds(), self._mask_again)

    def _mask_again(self) -> None:
        core = self._core
        if core.state.identity.revealed_until is not None:
            core.set(identity=replace(core.state.identity, revealed_until=None))

    def set_contact(self, field: str, value: str) -> None:
        """Change how to reach the applicant."""
        core = self._core
        if core.state.draft is None or core.state.visit is not State.SERVING:
            return
        contact = core.draft.contact
        if field not in {"phone", "notify_by", "collect_by"} or getattr(contact, field) == value.strip():
            return
        changes: dict[str, str] = {field: value.strip()}
        if field == "phone":
            changes["phone_source"] = "typed"
        core.keep(msgspec.structs.replace(core.draft, contact=msgspec.structs.replace(contact, **changes)))
        if field == "phone":
            core.on_record()  # the form brings its number in from here


def _papers_only(checklist: Checklist) -> Checklist:
    """Another person came: pages stay, but certificates and deferrals were granted to the one before."""
    rows = (
        msgspec.structs.replace(row, way=Way.NONE, ecert=None, due="") if row.way in {Way.ECERT, Way.DEFERRED} else row
        for row in checklist.rows
    )
    return msgspec.structs.replace(checklist, rows=tuple(rows))


def _identity_lines(person: Person) -> tuple[ShownLine, ...]:
    return (
        ShownLine("card.name", "applicant.name", person.name, person.name),
        ShownLine("card.id_no", "applicant.id_no", mask_id_no(person.id_no), person.id_no),
    )


def _earlier_phone(record: contract.PersonRecord) -> str:
    return next((str(row.fields["phone"]) for row in record.earlier if row.fields.get("phone")), "")


def _related(row: contract.Related, took_in: str) -> Related:
    kind = "online" if row.kind == "booking" else row.kind
    when = row.appointment or row.promised_by or row.accepted_on
    text = f"{row.window}|{row.shelf}" if kind == "ready" else f"{row.accepted_on}|{when}"
    return Related(kind, row.id, row.item_name, text, row.prefilled, taken=bool(took_in) and row.id == took_in)
