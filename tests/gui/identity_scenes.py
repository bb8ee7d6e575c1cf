"""Step 1 of organisations, agents and other documents, as in picture 01l, from demo data; run it to render them.

python -m tests.gui.identity_scenes FOLDER [--theme dark] [--size 1366x768] [--language en] [--only 01l ...]
"""

from dataclasses import replace
from typing import Any

import msgspec

from tests.gui import gallery_reception as gallery
from tests.gui.gallery_reception import BASE, LI, at
from window_client.domain.organisations import Organisation
from window_client.domain.people import Contact, IdentitySource, Person, Remark
from window_client.domain.representing import Authority
from window_client.domain.visit import Draft, State, Step, TicketRef
from window_client.reception.state import (
    ApplicantPage,
    ApplicantView,
    IdentityView,
    Missing,
    NetworkView,
    Reading,
    ReceptionState,
    Related,
    TicketView,
)

CATERING = Organisation(
    name="绵阳示例餐饮有限公司",
    uscc="91510799MA9T00026D",
    type="有限责任公司",
    legal_rep="陈静",
    legal_rep_id_no="510799198309170048",
    address="涪城区示例路 20 号",
    established="2021-03-09",
    valid_to="长期",
    status="active",
    checked_at="2025-11-04T10:36:00+08:00",
)
LONG_NAME = msgspec.structs.replace(
    CATERING,
    name="绵阳示例建设工程集团股份有限公司川西北山区道路养护与应急保障示例分公司",
    uscc="91510799MA9T00050X",
    address="绵阳市测试区示例大道 188 号示例大厦 B 座 21 层",
)
ZHOU_YANG = Person(
    name="周洋",
    id_no="510799199103160025",
    source=IdentitySource.CARD,
    sex="女",
    nation="汉",
    birth="1991-03-16",
    address="四川省绵阳市涪城区示范街 9 号",
    issuer="绵阳市公安局测试分局",
    valid_from="2022-05-11",
    valid_to="2042-05-11",
    has_photo=True,
    taken_at="2025-11-04T10:37:00+08:00",
)
CHILD = Person(
    name="测试小丁",
    id_no="510799201909020021",
    source=IdentitySource.CARD,
    sex="女",
    nation="汉",
    birth="2019-09-02",
    address="四川省绵阳市测试区一号",
    valid_from="2023-03-01",
    valid_to="2028-03-01",
    has_photo=True,
    taken_at="2025-11-04T10:36:00+08:00",
)
FOREIGNER = Person(
    name="ALEXANDRA CHRISTINA MONTGOMERY-FITZGERALD",
    id_no="911124198108030024",
    source=IdentitySource.CARD,
    sex="女",
    birth="1981-08-03",
    kind="permanent_2023",
    valid_from="2023-12-01",
    valid_to="2033-12-01",
    has_photo=True,
    taken_at="2025-11-04T10:36:00+08:00",
    english_name="ALEXANDRA CHRISTINA MONTGOMERY-FITZGERALD",
    nationality="CAN",
    times_issued="01",
)
HONGKONG = Person(
    name="测试港生",
    id_no="810000199408230021",
    source=IdentitySource.CARD,
    sex="女",
    birth="1994-08-23",
    kind="hkmt_residence",
    address="四川省绵阳市测试区新路 9 号",
    printed_address="四川省绵阳市测试区旧街 1 号",
    issuer="绵阳市公安局测试分局",
    valid_from="2022-09-01",
    valid_to="2027-09-01",
    has_photo=True,
    taken_at="2025-11-04T10:36:00+08:00",
    permit_no="H12345678",
    times_issued="02",
)
PASSPORT = Person(
    name="ALEX EXAMPLE",
    id_no="X1234567",
    source=IdentitySource.TYPED,
    kind="passport_foreign",
    birth="1985-02-03",
    sex="男",
    nationality="USA",
    valid_to="2031-05-06",
    taken_at="2025-11-04T10:36:00+08:00",
)
CHECK_DIGIT = Remark("bad_check_digit", blocks=True)
RUNNING = Related("running", "c-1", "食品经营许可变更", "2025-11-03|2025-11-07")
LATER = (Missing(Step.ITEM, "item", "item.item"),)


def draft(**more: Any) -> Draft:
    """A draft at step 1 of number C016."""
    made = Draft(
        visit_id="v-2",
        case_id="0199c0de-0000-7000-8000-000000000002",
        ticket=TicketRef(number="C016", category="C"),
        started_at="2025-11-04T10:35:52+08:00",
        contact=Contact("13600007719", "earlier"),
    )
    return msgspec.structs.replace(made, **more)


def state(of: Draft, *, missing: tuple[Missing, ...] = LATER, **view: Any) -> ReceptionState:
    """Step 1 of a draft."""
    return replace(
        BASE,
        visit=State.SERVING,
        ticket=TicketView("C016", "市场准入", 5, 14, 1, at("10:35:52")),
        draft=of,
        identity=IdentityView(**{"reading": Reading.READ, "lookup": "done", **view}),
        applicant=ApplicantView(ApplicantPage.IDENTITY),
        missing=missing,
        saved_at=at("10:37"),
    )


def organisation_state() -> ReceptionState:
    """01l: an organisation, its agent, and no power of attorney yet."""
    of = draft(
        party="organisation",
        organisation=CATERING,
        by_agent=True,
        agent=ZHOU_YANG,
        authority=Authority("staff", until="2025-12-31"),
    )
    return state(of, related=(RUNNING,))


def lacking(*targets: tuple[str, str]) -> tuple[Missing, ...]:
    """What step 1 still needs."""
    return (*(Missing(Step.IDENTITY, target, label) for target, label in targets), *LATER)


def principal_state() -> ReceptionState:
    """A person, with an agent whose card is being waited for."""
    of = draft(applicant=LI, by_agent=True)
    missing = lacking(("agent", "identity.agent"))
    return state(of, missing=missing, reading=Reading.WAITING, side="agent")


def offline_organisation() -> ReceptionState:
    """An organisation typed from its licence while the line is down; the representative came."""
    chen = msgspec.structs.replace(ZHOU_YANG, name="陈静", id_no="510799198309170048")
    typed = msgspec.structs.replace(CATERING, status="", checked_at="", legal_rep_id_no="")
    of = draft(party="organisation", organisation=typed, applicant=chen)
    down = NetworkView(online=False, since=at("10:31"))
    return replace(state(of, lookup="offline"), network=down)


IDENTITY_GALLERY: dict[str, tuple[str, ReceptionState]] = {
    "01l-reception-organisation": ("10:37:00", organisation_state()),
    "01l-organisation-empty": (
        "10:37:00",
        state(
            draft(party="organisation", by_agent=True),
            missing=lacking(("organisation", "identity.organisation"), ("agent", "identity.agent")),
            reading=Reading.NONE,
            lookup="none",
        ),
    ),
    "01l-organisation-long": (
        "10:37:00",
        state(draft(party="organisation", organisation=LONG_NAME, by_agent=True, agent=ZHOU_YANG)),
    ),
    "01l-organisation-offline": ("10:37:00", offline_organisation()),
    "01l-not-legal-rep": (
        "10:37:00",
        state(
            draft(party="organisation", organisation=CATERING, applicant=LI),
            missing=lacking(("card", "remark.not_legal_rep")),
        ),
    ),
    "01l-revoked": (
        "10:37:00",
        state(
            draft(
                party="organisation",
                organisation=msgspec.structs.replace(CATERING, status="revoked"),
                by_agent=True,
                agent=ZHOU_YANG,
            ),
            missing=lacking(("organisation", "remark.revoked")),
        ),
    ),
    "01l-principal-and-agent": ("10:37:00", principal_state()),
    "01l-both-people": (
        "10:37:00",
        state(draft(applicant=LI, by_agent=True, agent=ZHOU_YANG, authority=Authority("family"))),
    ),
    "01f-minor": (
        "10:36:00",
        state(draft(applicant=CHILD), missing=lacking(("card", "remark.guardian_needed"))),
    ),
    "01f-guardian": (
        "10:36:00",
        state(draft(applicant=CHILD, by_agent=True, agent=ZHOU_YANG, authority=Authority("guardian"))),
    ),
    "01f-foreigner": ("10:36:00", state(draft(applicant=FOREIGNER))),
    "01f-hongkong": ("10:36:00", state(draft(applicant=HONGKONG))),
    "01f-passport": ("10:36:00", state(draft(applicant=PASSPORT), reading=Reading.TYPED)),
    "01f-card-expired": (
        "10:36:00",
        state(
            draft(applicant=msgspec.structs.replace(LI, valid_to="2025-10-23")),
            missing=lacking(("card", "remark.expired")),
        ),
    ),
}

if __name__ == "__main__":
    gallery.GALLERY.update(IDENTITY_GALLERY)
    gallery.main()
