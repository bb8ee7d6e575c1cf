"""Announcements, without a network; over one in tests/drivers/test_scanner.py."""

from hypothesis import given
from hypothesis import strategies as st

from drivers.scanner.discovery import Announced, Service, scanners

TEXTS = {"rs": "eSCL", "ty": "Maker F7", "note": "窗口 12", "uuid": "urn:uuid:ABCD", "duplex": "T", "is": "platen,adf"}


def test_one_scanner_is_told_once_http_first() -> None:
    found = scanners(
        [
            Service(True, ["192.0.2.7"], 443, TEXTS),
            Service(False, ["fe80::1", "192.0.2.7"], 80, TEXTS),
            Service(False, ["192.0.2.7"], 80, {**TEXTS, "UUID": "abcd"}),
        ]
    )

    assert found == [
        Announced(
            "http://192.0.2.7:80/eSCL",
            "Maker F7",
            "窗口 12",
            "abcd",
            "https://192.0.2.7:443/eSCL",
            (),
            ("platen", "adf"),
            True,
        )
    ]


def test_two_scanners_without_an_identity_are_told_apart_by_their_address() -> None:
    found = scanners([Service(False, ["192.0.2.7"], 80), Service(False, ["2001:db8::7"], 8080, {"rs": "/a/eSCL/"})])

    assert [row.url for row in found] == ["http://192.0.2.7:80/eSCL", "http://[2001:db8::7]:8080/a/eSCL"]


def test_an_announcement_without_a_usable_address_is_left_out() -> None:
    assert scanners([Service(False, ["fe80::1"], 80), Service(False, [], 80), Service(False, ["192.0.2.7"], 0)]) == []


def test_what_is_announced_is_cleaned() -> None:
    [found] = scanners([Service(False, ["192.0.2.7"], 80, {"rs": "../../x?y=1", "ty": "A\x1b[2J" + "B" * 500})])

    assert found.url == "http://192.0.2.7:80/x/y/1"
    assert found.model.isprintable()
    assert len(found.model) <= 80


@given(
    st.lists(
        st.builds(
            Service,
            st.booleans(),
            st.lists(st.text(max_size=20), max_size=3),
            st.integers(-1, 70_000),
            st.dictionaries(st.sampled_from(["rs", "ty", "note", "uuid", "pdl", "is", "duplex"]), st.text(max_size=30)),
        ),
        max_size=4,
    )
)
def test_any_announcement_is_told_or_left_out(services: list[Service]) -> None:
    assert len(scanners(services)) <= len(services)
