from window_client.central.service.refusal import Refused


def test_a_refusal_names_its_code_and_keeps_the_detail_out_of_its_text() -> None:
    refusal = Refused(409, "stale_call", "a detail", offset=3)

    assert str(refusal) == "409 stale_call"
    assert (refusal.status, refusal.code, refusal.detail, refusal.offset) == (409, "stale_call", "a detail", 3)
