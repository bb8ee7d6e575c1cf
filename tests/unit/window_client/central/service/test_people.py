import pytest

from tests.unit.window_client.central.service.samples import Hall
from window_client.central import contract as c
from window_client.central.service import people
from window_client.central.service.refusal import Refused

LI_MING = "510799198806120017"
TEST_BING = "510799198511120036"


def look_up(hall: Hall, number: str, item_id: str = "") -> c.PersonRecord:
    return hall.run(people.look_up, c.PersonLookup(number, item_id))


def test_the_identity_page_of_the_picture(morning: Hall) -> None:
    related = look_up(morning, LI_MING).related

    assert [(one.kind, one.item_id) for one in related] == [
        ("booking", "SC-MKT-001"),
        ("running", "SC-HRSS-002"),
        ("ready", "SC-POL-001"),
    ]
    assert (related[0].appointment, related[0].prefilled) == ("10:30", 12)
    assert (related[2].window, related[2].shelf) == (3, "B-12")


def test_earlier_applications_come_online_first_then_newest_first(morning: Hall) -> None:
    earlier = look_up(morning, LI_MING).earlier

    assert [one.kind for one in earlier] == ["online", "case", "case"]
    assert [one.on for one in earlier[1:]] == sorted((one.on for one in earlier[1:]), reverse=True)
    assert earlier[0].fields["business_name"] == "绵阳市涪城区李明小吃店"
    assert earlier[0].answers["trade"] == ("catering",)


def test_an_online_application_is_offered_for_its_item_alone(morning: Hall) -> None:
    assert all(one.kind == "case" for one in look_up(morning, LI_MING, "SC-HRSS-001").earlier)


def test_shared_data_holds_the_credit_list(morning: Hall) -> None:
    assert look_up(morning, TEST_BING).shared["credit"]["status"] == "listed"
    assert look_up(morning, LI_MING).shared["credit"]["status"] == "good"


def test_an_enterprise_is_looked_up_by_its_code(morning: Hall) -> None:
    assert look_up(morning, "91510799MA9T00018J").shared["business_licence"]["legal_rep"] == "测试丙"


def test_somebody_unknown_is_no_error(morning: Hall) -> None:
    assert look_up(morning, "510799200001010015") == c.PersonRecord(found=False)


def test_a_certificate_is_used_and_the_use_recorded(morning: Hall) -> None:
    used = morning.run(people.use_certificate, c.UseECert(LI_MING, "居民户口簿", "case-1"))

    row = morning.db.execute("SELECT * FROM ecert_uses").fetchone()
    assert (row["response_id"], row["case_id"], row["account"]) == (used.response_id, "case-1", "1203")
    assert used.number == "510799000123"


def test_no_certificate_and_an_expired_one_are_refused(morning: Hall) -> None:
    for number, kind, code in (
        (LI_MING, "营业执照", "no_certificate"),
        ("510799200001010015", "居民户口簿", "no_certificate"),
    ):
        with pytest.raises(Refused) as caught:
            morning.run(people.use_certificate, c.UseECert(number, kind, "case-1"))
        assert caught.value.code == code
    morning.later(days=5000)
    with pytest.raises(Refused) as caught:
        morning.run(people.use_certificate, c.UseECert(LI_MING, "居民身份证", "case-1"))
    assert caught.value.code == "certificate_expired"


# ---- organisations


def register(hall: Hall, code: str) -> c.OrganisationRecord:
    return hall.run(people.look_up_organisation, c.OrganisationLookup(code))


def test_the_register_says_what_the_licence_says_and_when(morning: Hall) -> None:
    record = register(morning, "91510799MA9T00026D")

    assert record.organisation is not None
    assert (record.organisation.name, record.organisation.legal_rep) == ("绵阳示例餐饮有限公司", "陈静")
    assert record.organisation.status == "active"
    assert record.organisation.checked_at


def test_a_self_employed_business_is_found_by_its_own_code(morning: Hall) -> None:
    record = register(morning, "92510799MA9T000345")

    assert record.organisation is not None
    assert (record.organisation.name, record.organisation.type) == ("绵阳市涪城区刘洋花店", "个体工商户")


def test_a_revoked_licence_is_told_as_such(morning: Hall) -> None:
    record = register(morning, "91510799MA9T00069T")

    assert record.organisation is not None
    assert record.organisation.status == "revoked"


@pytest.mark.parametrize("code", ["", "91510799MA9T99999X", LI_MING])
def test_what_the_register_does_not_know_is_not_found(morning: Hall, code: str) -> None:
    assert register(morning, code) == c.OrganisationRecord(found=False)
