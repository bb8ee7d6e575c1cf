"""Step 1: whether a person or an organisation applies, who came for them, and on what authority.

Switching keeps what was taken in: an organisation or an agent that is put aside comes back with the next switch. What
has no place any more (values of another form, a signature) goes, and the clerk is told.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace

import msgspec

from window_client.central import contract
from window_client.domain.form import Origin
from window_client.domain.identifiers import organisation_code
from window_client.domain.material import Checklist, Row, Way, find_row
from window_client.domain.organisations import FACTS, Organisation
from window_client.domain.people import Contact
from window_client.domain.representing import (
    AUTHORITY_ID,
    GUARDIAN,
    ORGANISATION,
    PERSON,
    POWERS,
    Authority,
    applies,
    attorney_row,
    needs_applicant_card,
    of_age,
    who_came,
)
from window_client.domain.visit import Draft, State, Step
from window_client.reception.calling import Calling
from window_client.reception.core import Core

log = logging.getLogger(__name__)

APPLICANT, CAME = "applicant", "agent"
"""The two sides of step 1."""

Rekeyed = Callable[[Draft], tuple[Draft, int]]


def side_to_read(draft: Draft, side: str) -> str:
    """Whose card is read next: the side that is empty first, the left one before; both full: ``side``, or who came."""
    if not draft.by_agent:
        return APPLICANT
    if not needs_applicant_card(draft):
        return CAME
    if side:
        return side
    if draft.applicant is None:
        return APPLICANT
    return CAME


def nothing_of_another(draft: Draft) -> Draft:
    """Somebody else applies: pages stay, everything that was known about or granted to the one before goes."""
    return msgspec.structs.replace(draft, took_in="", values={}, checklist=_papers_only(draft.checklist))


def _typed_only(draft: Draft) -> Draft:
    """Another one applies, the same people are here: what was typed stays, what was known about the one before goes."""
    values = {name: value for name, value in draft.values.items() if value.origin is Origin.TYPED}
    return msgspec.structs.replace(draft, took_in="", values=values, checklist=_papers_only(draft.checklist))


def _papers_only(checklist: Checklist) -> Checklist:
    """Certificates and deferrals were granted to the one before; pages are never lost."""
    rows = (
        msgspec.structs.replace(row, way=Way.NONE, ecert=None, due="") if row.way in {Way.ECERT, Way.DEFERRED} else row
        for row in checklist.rows
    )
    return msgspec.structs.replace(checklist, rows=tuple(rows))


class Representing:
    """The applicant's kind and the person who came instead.

    Args:
        core: The desk's core.
        calling: Told that somebody is here.
        follow: Makes item, form and checklist follow a draft of another kind; also how many typed values went.
        moved: Told when another one applies, or another one came: what is known about them is asked.
        lines: Shows the second screen who is here.
    """

    def __init__(
        self,
        core: Core,
        calling: Calling,
        *,
        follow: Rekeyed,
        moved: Callable[[], None],
        lines: Callable[[Draft], None],
    ) -> None:
        self._core = core
        self._calling = calling
        self._follow = follow
        self._moved = moved
        self._lines = lines

    # ---- modes

    def choose_party(self, party: str = "") -> None:
        """Alt+Q: a person or an organisation; without ``party`` the other one."""
        core = self._core
        if not self._open():
            return
        draft = core.draft
        party = party or (PERSON if draft.party == ORGANISATION else ORGANISATION)
        if party not in {PERSON, ORGANISATION} or party == draft.party:
            return
        aside = "organisation" if draft.party == ORGANISATION and draft.organisation is not None else ""
        self._change(msgspec.structs.replace(draft, party=party), aside)

    def choose_agent(self, on: bool | None = None) -> None:
        """Alt+B: somebody came for the applicant; without ``on`` the other way round."""
        core = self._core
        if not self._open():
            return
        draft = core.draft
        on = not draft.by_agent if on is None else on
        if on == draft.by_agent:
            return
        aside = ""
        if on:
            draft = self._to_agent(draft)
        else:
            aside = "agent" if draft.agent is not None and draft.applicant is not None else ""
            draft = self._to_applicant(draft)
        self._change(draft, aside)

    def _to_agent(self, draft: Draft) -> Draft:
        """Whose card was read came: an adult is the agent, a child the principal with a guardian."""
        draft = msgspec.structs.replace(draft, by_agent=True)
        person = draft.applicant
        if person is None:
            return draft
        if draft.party == PERSON and not of_age(person, self._core.now().date()):
            authority = msgspec.structs.replace(draft.authority, relation=draft.authority.relation or GUARDIAN)
            return msgspec.structs.replace(draft, authority=authority, contact=Contact())
        if draft.agent is None:
            return msgspec.structs.replace(draft, applicant=None, agent=person)
        return draft

    @staticmethod
    def _to_applicant(draft: Draft) -> Draft:
        draft = msgspec.structs.replace(draft, by_agent=False)
        if draft.applicant is None and draft.agent is not None:
            return msgspec.structs.replace(draft, applicant=draft.agent, agent=None)
        return draft

    def swap(self) -> None:
        """The two cards were read the other way round."""
        core = self._core
        if not self._open() or not core.draft.by_agent or core.draft.party == ORGANISATION:
            return
        draft = core.draft
        self._change(
            msgspec.structs.replace(draft, applicant=draft.agent, agent=draft.applicant, contact=Contact()), ""
        )

    def _open(self) -> bool:
        state = self._core.state
        return state.draft is not None and state.visit in {State.CALLING, State.SERVING}

    def _change(self, draft: Draft, aside: str) -> None:
        core = self._core
        before = core.draft
        draft = msgspec.structs.replace(draft, checked_at="", agreed_at="", signature=None)
        another = applies(before)[1] != applies(draft)[1]
        came, came_before = who_came(draft), who_came(before)
        if another:
            draft = _typed_only(draft)
            core.record = None
        if came is None or came_before is None or came.id_no != came_before.id_no:
            core.came_record = None
            if came is not None and came_before is not None:
                draft = msgspec.structs.replace(draft, contact=Contact())
        draft, went = self._follow(draft)
        identity = replace(core.state.identity, code="", remarks=(), lift=False, other_card=False)
        if another:
            identity = replace(identity, related=(), lookup="none")
        with core.together():
            if not core.keep(draft, identity=identity, open_step=Step.IDENTITY):
                return
            self._lines(draft)
            if went:
                core.say(f"mode.{aside}_values" if aside else "mode.values", n=str(went))
            elif aside:
                core.say(f"mode.{aside}")
        if came is not None or applies(draft)[1]:
            self._moved()

    # ---- the organisation

    def look_up_organisation(self, code: str) -> None:
        """Ask the business register; what it says is taken, what it does not know is typed."""
        core = self._core
        code = "".join(code.split()).upper()
        if not self._open() or core.draft.party != ORGANISATION:
            return
        if not organisation_code(code):
            core.set(identity=replace(core.state.identity, organisation="bad_uscc"))
            return
        visit_id = core.draft.visit_id
        core.set(identity=replace(core.state.identity, organisation="asking"))

        def still() -> bool:
            return core.state.draft is not None and core.draft.visit_id == visit_id and core.draft.party == ORGANISATION

        def done(record: contract.OrganisationRecord) -> None:
            if not still():
                return
            if record.organisation is None:
                core.set(identity=replace(core.state.identity, organisation="not_found"))
            else:
                self._take(record.organisation)

        def failed(error: Exception) -> None:
            core.ignore(error)
            if still():
                core.set(identity=replace(core.state.identity, organisation="offline"))

        core.ask(lambda client: client.organisation(code), done=done, failed=failed)

    def type_organisation(self, facts: Mapping[str, str]) -> None:
        """Take a typed organisation: it is checked when the line is back, and until then marked so."""
        core = self._core
        if not self._open() or core.draft.party != ORGANISATION:
            return
        known = {name: " ".join(facts.get(name, "").split()) for name in FACTS if name != "status"}
        known["uscc"] = known["uscc"].replace(" ", "").upper()
        if not organisation_code(known["uscc"]):
            core.set(identity=replace(core.state.identity, organisation="bad_uscc"))
        elif not known["name"]:
            core.say("identity.organisation_name", bad=True)
        else:
            self._take(Organisation(**known))

    def _take(self, organisation: Organisation) -> None:
        core = self._core
        before = core.draft
        draft = msgspec.structs.replace(
            before, organisation=organisation, state=State.SERVING, checked_at="", agreed_at="", signature=None
        )
        another = before.organisation is not None and before.organisation.uscc != organisation.uscc
        if before.organisation is None or another:
            core.record = None
        if another:
            draft = nothing_of_another(draft)
        draft, _ = self._follow(draft)
        with core.together():
            self._calling.arrived()
            if not core.keep(draft, identity=replace(core.state.identity, organisation="done", lookup="asking")):
                return
            self._lines(draft)
        self._moved()

    def verify_again(self) -> None:
        """The line is back: what was typed about an organisation is compared with the register."""
        core = self._core
        draft = core.state.draft
        if draft is None or draft.party != ORGANISATION or draft.organisation is None or draft.organisation.checked_at:
            return
        if core.state.visit is State.SERVING and not draft.case_no:
            self.look_up_organisation(draft.organisation.uscc)

    # ---- the authority

    def set_authority(self, field: str, value: str) -> None:
        """``relation``, ``powers`` (joined by ``|``) or ``until`` (ISO 8601; empty: no end was agreed)."""
        core = self._core
        if not self._open() or not core.draft.by_agent:
            return
        value = value.strip()
        authority: Authority = core.draft.authority
        if field == "powers":
            authority = msgspec.structs.replace(
                authority, powers=tuple(one for one in POWERS if one in value.split("|"))
            )
        elif field in {"relation", "until"}:
            authority = msgspec.structs.replace(authority, **{field: value})
        if authority == core.draft.authority:
            return
        draft = msgspec.structs.replace(core.draft, authority=authority, checked_at="", agreed_at="", signature=None)
        core.keep(self._follow(draft)[0])

    def open_authority(self) -> bool:
        """F10 in step 1: open the materials at the power of attorney. False where nobody came for the applicant."""
        core = self._core
        if core.state.visit is not State.SERVING or not core.draft.by_agent:
            return False
        row = attorney_row(core.state.guidance)
        draft = core.draft
        if row == AUTHORITY_ID and find_row(draft.checklist, row) is None:
            rows = (*draft.checklist.rows, Row(AUTHORITY_ID))
            draft = msgspec.structs.replace(draft, checklist=msgspec.structs.replace(draft.checklist, rows=rows))
        return core.keep(msgspec.structs.replace(draft, current_material=row), open_step=Step.MATERIALS)
