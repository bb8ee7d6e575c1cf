"""Step 1: who came, by card or typed.

A card is read only after the desk asked for it, so that a card laid down early cannot fill the next person's
form. Of two cards (the principal's and the agent's) the side that is read is said before, and the other one is asked
for straight after. What is known about the people is asked in the background; the clerk may go on meanwhile.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from threading import Event as Cancel

import msgspec

from drivers.contracts import CardRecord
from drivers.errors import DeviceError, Fault
from window_client.central import contract
from window_client.domain import people
from window_client.domain.form import Words
from window_client.domain.people import Contact, IdentitySource, Person, remarks
from window_client.domain.privacy import mask_id_no
from window_client.domain.representing import ORGANISATION, applies, needs_applicant_card, said, who_came
from window_client.domain.visit import Draft, State, Step
from window_client.reception.calling import Calling
from window_client.reception.core import Core
from window_client.reception.representing import CAME, nothing_of_another, side_to_read
from window_client.reception.smart_cards import SmartCards
from window_client.reception.state import ApplicantPage, ApplicantView, Reading, Related, ShownLine
from window_client.store.errors import StoreError

log = logging.getLogger(__name__)

READ_WAIT = 60.0
"""Seconds that F9 waits for a card."""

LIFT_AFTER = 2.0
"""Seconds after which the clerk is told to lift a card: many modules do not find one again that they have read."""

LOOK_AGAIN = 0.6
"""Seconds until the reader is asked again when the card of the other person still lies on it."""

REVEAL_FOR = timedelta(seconds=10)

_READINGS = {IdentitySource.CARD: Reading.READ, IdentitySource.TYPED: Reading.TYPED}
_TYPED = Person("", "", IdentitySource.TYPED)
_TYPED_FACTS = ("name", "id_no", "kind", "sex", "birth", "valid_to", "nationality", "address", "medium")


class Identity:
    """Who came, how to reach them, and what else concerns them."""

    def __init__(self, core: Core, calling: Calling) -> None:
        self._core = core
        self._calling = calling
        self._cancel: Cancel | None = None
        self._hide: Callable[[], None] = lambda: None
        self._tell_to_lift: Callable[[], None] = lambda: None
        self._look_again: Callable[[], None] = lambda: None
        self._read_in = ""  # the visit in which a card has been read
        self._chips = SmartCards(core, self.type_document)

    def read_card(self, side: str = "") -> None:
        """Ask the reader for the next card; pressing again asks anew.

        ``side`` is ``applicant`` or ``agent``: whose card; by itself the side that is empty first.
        """
        core = self._core
        if core.state.visit not in {State.CALLING, State.SERVING} or core.state.draft is None:
            return
        self.stop_reading()
        side = side_to_read(core.draft, side)
        core.set(
            identity=replace(
                core.state.identity,
                reading=Reading.WAITING,
                code="",
                remarks=(),
                side=side,
                lift=False,
                other_card=False,
            ),
            open_step=Step.IDENTITY,
        )
        self._ask_reader(side)

    def _ask_reader(self, side: str) -> None:
        core = self._core
        visit_id = core.draft.visit_id

        def done(record: CardRecord) -> None:
            if self._still(visit_id):
                self._tell_to_lift()
                self._card_read(record, side)

        def failed(error: DeviceError) -> None:
            if self._still(visit_id) and error.fault is not Fault.CANCELLED:
                self._tell_to_lift()
                view = core.state.identity
                core.set(identity=replace(view, reading=Reading.FAILED, code=error.code, lift=False, other_card=False))

        self._cancel = core.deps.devices.read_card(wait=READ_WAIT, done=done, failed=failed)
        self._chips.ask(side, READ_WAIT)
        if self._read_in == visit_id:
            self._tell_to_lift = core.deps.dispatcher.later(LIFT_AFTER, lambda: self._lift(visit_id))

    def _lift(self, visit_id: str) -> None:
        """No card came: where the module latches, the one that lies there is not found until it is lifted."""
        core = self._core
        if self._still(visit_id) and core.state.identity.reading is Reading.WAITING:
            core.set(identity=replace(core.state.identity, lift=True))

    def stop_reading(self) -> None:
        """Nobody waits for a card any more: one laid down now is not taken, and no screen asks for one."""
        self._tell_to_lift()
        self._look_again()
        self._chips.rest()
        if self._cancel is not None:
            self._core.deps.devices.call_off("id_card", self._cancel)
            self._cancel = None
        core = self._core
        view = core.state.identity
        if view.reading is Reading.WAITING and core.state.draft is not None:
            came = who_came(core.draft)
            reading = Reading.NONE if came is None else _READINGS[came.source]
            core.set(identity=replace(view, reading=reading, lift=False, other_card=False))

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

    def _card_read(self, record: CardRecord, side: str) -> None:
        core = self._core
        draft = core.draft
        other = draft.applicant if side == CAME else draft.agent
        if draft.by_agent and other is not None and other.id_no == record.id_no:
            self._await_other_card(side)
            return
        newer = record.appended_address and record.appended_address != record.address
        person = Person(
            name=record.name or record.english_name,
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
            english_name=record.english_name,
            nationality=record.nationality,
            permit_no=record.permit_no,
            times_issued=record.times_issued,
            printed_address=record.address if newer else "",
        )
        self._read_in = draft.visit_id
        self._keep_portrait(person.id_no, record.portrait)
        self._chips.rest()
        self._take(person, Reading.READ, side)
        self._read_the_other(side)

    def _keep_portrait(self, id_no: str, portrait: bytes) -> None:
        """The picture that a maker's decoder made of the card's photo, for the screen only: no draft has it."""
        view = self._core.state.identity
        if portrait:
            others = tuple(pair for pair in view.portraits if pair[0] != id_no)
            self._core.set(identity=replace(view, portraits=(*others, (id_no, portrait))))

    def _await_other_card(self, side: str) -> None:
        """The card that lies there is that of the other person, who is known already: wait for it to be changed."""
        core = self._core
        visit_id = core.draft.visit_id
        core.set(identity=replace(core.state.identity, reading=Reading.WAITING, side=side, other_card=True, lift=False))

        def again() -> None:
            if self._still(visit_id) and core.state.identity.reading is Reading.WAITING:
                self._ask_reader(side)

        self._look_again = core.deps.dispatcher.later(LOOK_AGAIN, again)

    def _read_the_other(self, side: str) -> None:
        """With two cards the second is asked for straight after the first."""
        core = self._core
        draft = core.draft
        if draft.by_agent and (draft.applicant is None or draft.agent is None):
            following = side_to_read(draft, "")
            if following != side:
                core.set(identity=replace(core.state.identity, reading=Reading.WAITING, side=following))
                self._ask_reader(following)

    def type_identity(self, name: str, id_no: str) -> None:
        """Take a typed resident's identity; what the number says about birth and sex is filled in."""
        self.type_document({"name": name, "id_no": id_no})

    def type_document(self, facts: Mapping[str, str], side: str = "") -> None:
        """Take a typed identity from any document that may prove one.

        ``facts``: ``name``, ``id_no``, ``kind`` of ``people.TYPED_KINDS``, ``sex``, ``birth``, ``valid_to``,
        ``nationality``, ``address``, ``medium`` (what gave it instead of keys). What its number says is filled in; a
        number that is not one is refused.
        """
        core = self._core
        if core.state.visit not in {State.CALLING, State.SERVING} or core.state.draft is None:
            return
        known = {name: " ".join(facts.get(name, "").split()) for name in _TYPED_FACTS}
        known["kind"] = known["kind"] or people.RESIDENT
        known["id_no"] = known["id_no"].replace(" ", "").upper()
        known["nationality"] = known["nationality"].upper() or people.usual_nationality(known["kind"])
        if not known["name"] or not known["id_no"]:
            core.say("identity.name_and_number", bad=True)
            return
        self.stop_reading()
        side = side_to_read(core.draft, side)
        birth, sex = people.number_says(known["kind"], known["id_no"])
        known["birth"], known["sex"] = birth or known["birth"], sex or known["sex"]
        person = msgspec.structs.replace(_TYPED, taken_at=core.now().isoformat(), **known)
        noted = remarks(person, core.now().date())
        if any(remark.blocks for remark in noted):
            view = replace(core.state.identity, reading=Reading.FAILED, code=noted[0].code, remarks=noted, side=side)
            core.set(identity=view)
            return
        self._take(person, Reading.TYPED, side)

    def _take(self, person: Person, reading: Reading, side: str) -> None:
        core = self._core
        before = core.draft
        taken = with_person(before, person, side)
        other = applies(before)[1] != applies(taken)[1]
        with core.together():
            self._calling.arrived()
            if other:
                core.record = None
            if side == CAME or not taken.by_agent:
                core.came_record = None
            taken = msgspec.structs.replace(taken, state=State.SERVING)
            about = said(taken, core.now().date())
            view = core.state.identity
            core.keep(
                taken,
                identity=replace(
                    view,
                    reading=reading,
                    code="",
                    remarks=about.agent if side == CAME else about.applicant,
                    related=() if other else view.related,
                    lookup="asking",
                    side=side,
                    lift=False,
                    other_card=False,
                    revealed_until=None,
                ),
                applicant=ApplicantView(ApplicantPage.IDENTITY, lines=identity_lines(taken)),
            )
        self.look_up()

    def show_lines(self, draft: Draft) -> None:
        """Show the applicant's screen who is here now."""
        view = self._core.state.applicant
        if view.page in {ApplicantPage.IDENTITY, ApplicantPage.WELCOME}:
            lines = identity_lines(draft)
            page = ApplicantPage.IDENTITY if lines else ApplicantPage.WELCOME
            self._core.set(applicant=ApplicantView(page, lines=lines))

    def look_up(self) -> None:
        """Ask what the shared data, the certificate library and earlier cases know about who applies and who came."""
        core = self._core
        draft = core.draft
        visit_id, number, came = draft.visit_id, applies(draft)[1], who_came(draft)
        if came is not None and came.id_no != number:
            self._look_up_who_came(visit_id, came.id_no)
        if not number:
            core.set(identity=replace(core.state.identity, lookup="none"))
            core.on_record()
            return

        def asked_about() -> bool:
            return self._still(visit_id) and applies(core.draft)[1] == number

        def done(record: contract.PersonRecord) -> None:
            if asked_about():
                self._known(record)

        def failed(error: Exception) -> None:
            log.info("nothing is known about the person for now: %s", error)
            if asked_about():
                core.set(identity=replace(core.state.identity, lookup="offline"))
                if not core.draft.values:  # another person: what the card alone says is brought in all the same
                    core.on_record()

        core.ask(lambda client: client.person(number), done=done, failed=failed)

    def _look_up_who_came(self, visit_id: str, id_no: str) -> None:
        core = self._core

        def done(record: contract.PersonRecord) -> None:
            came = who_came(core.draft) if self._still(visit_id) else None
            if came is not None and came.id_no == id_no:
                core.came_record = record
                self._phone_from(record)
                core.on_record()

        core.ask(lambda client: client.person(id_no), done=done, failed=core.ignore)

    def _known(self, record: contract.PersonRecord) -> None:
        core = self._core
        core.record = record
        draft = core.draft
        came = who_came(draft)
        related = tuple(_related(row, draft.took_in) for row in record.related)
        with core.together():
            core.set(identity=replace(core.state.identity, lookup="done", related=related))
            if came is not None and came.id_no == applies(draft)[1]:
                self._phone_from(record)
            core.keep(core.draft)
            core.on_record()

    def _phone_from(self, record: contract.PersonRecord) -> None:
        """The phone that the person who came gave earlier, unless one was typed meanwhile."""
        core = self._core
        contact = core.draft.contact
        if not contact.phone and (phone := _earlier_phone(record)):
            contact = msgspec.structs.replace(contact, phone=phone, phone_source="earlier")
            core.keep(msgspec.structs.replace(core.draft, contact=contact))

    def reveal(self) -> None:
        """Show the full numbers for ten seconds; journaled before they are shown."""
        core = self._core
        if core.state.draft is None or (who_came(core.draft) is None and not applies(core.draft)[1]):
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


def with_person(draft: Draft, person: Person, side: str) -> Draft:
    """The draft with a person on one side. Somebody else than before takes nothing over from the one before."""
    unsigned = msgspec.structs.replace(draft, checked_at="", agreed_at="", signature=None)
    before = draft.agent if side == CAME else draft.applicant
    other = before is not None and before.id_no != person.id_no
    came = side == CAME or not draft.by_agent
    contact = draft.contact
    if other and came:
        contact = Contact(notify_by=contact.notify_by, collect_by=contact.collect_by) if draft.by_agent else Contact()
    if side == CAME:
        return msgspec.structs.replace(unsigned, agent=person, contact=contact)
    taken = msgspec.structs.replace(unsigned, applicant=person, contact=contact)
    return nothing_of_another(taken) if other and applies(draft)[1] != applies(taken)[1] else taken


def identity_lines(draft: Draft) -> tuple[ShownLine, ...]:
    """What the second screen shows while step 1 is open: who applies, and who came for them."""
    lines: list[ShownLine] = []
    organisation = draft.organisation if draft.party == ORGANISATION else None
    if organisation is not None:
        lines.append(_line("organisation.name", "organisation", organisation.name))
        lines.append(_line("organisation.uscc", "uscc", organisation.uscc))
    if draft.applicant is not None and needs_applicant_card(draft):
        if organisation is None:
            lines += _person_lines("card", draft.applicant, "applicant")
        else:
            lines += _person_lines("card", draft.applicant, "legal_rep")
    if draft.by_agent and draft.agent is not None:
        lines += _person_lines("agent", draft.agent, "agent")
    return tuple(lines)


_LABELS = {
    "applicant.document_no": Words("证件号", "Document number"),
    "organisation": Words("申请单位", "Organisation"),
    "uscc": Words("统一社会信用代码", "Unified social credit code"),
    "legal_rep.name": Words("法定代表人", "Legal representative"),
    "legal_rep.id_no": Words("法定代表人证件号", "Representative's document number"),
    "agent.name": Words("代办人", "Agent"),
    "agent.id_no": Words("代办人证件号", "Agent's document number"),
}


def _person_lines(target: str, person: Person, who: str) -> tuple[ShownLine, ShownLine]:
    number = "applicant.document_no" if who == "applicant" and person.kind != people.RESIDENT else f"{who}.id_no"
    return (
        _line(f"{target}.name", f"{who}.name", person.name),
        _line(f"{target}.id_no", number, mask_id_no(person.id_no), person.id_no),
    )


def _line(target: str, key: str, text: str, full: str = "") -> ShownLine:
    """One line in both languages; the screen has its own words for the plain ones."""
    label = _LABELS.get(key, Words(key, key))
    return ShownLine(target, label.zh, text, full or text, ShownLine(target, label.en, text, full or text))


def _earlier_phone(record: contract.PersonRecord) -> str:
    return next((str(row.fields["phone"]) for row in record.earlier if row.fields.get("phone")), "")


def _related(row: contract.Related, took_in: str) -> Related:
    kind = "online" if row.kind == "booking" else row.kind
    when = row.appointment or row.promised_by or row.accepted_on
    text = f"{row.window}|{row.shelf}" if kind == "ready" else f"{row.accepted_on}|{when}"
    return Related(kind, row.id, row.item_name, text, row.prefilled, taken=bool(took_in) and row.id == took_in)
