"""The WIA helper on recorded COM calls."""

from base64 import b64decode
from io import BytesIO
from threading import Event
from typing import Any

import pytest

from drivers.errors import DeviceError, Fault
from drivers.scanner.wia_helper import WiaHelper
from drivers.scanner.wia_properties import JPEG_FORMAT
from tests.unit.drivers.scanner.com_recording import ComError, Recording

Line = dict[str, Any]


def jpeg(shade: int) -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (83, 117), (shade, 120, 60)).save(out, "JPEG", dpi=(300, 300))
    return out.getvalue()


DATA = {"one": jpeg(10), "two": jpeg(90), "broken": jpeg(50)[:200]}

LISTED: list[Line] = [
    {"on": "com", "dispatch": "WIA.DeviceManager", "is": {"object": "manager"}},
    {"on": "manager", "get": "DeviceInfos", "is": {"object": "infos"}},
    {"on": "infos", "get": "Count", "is": 2},
    {"on": "infos", "call": "Item", "with": [1], "is": {"object": "camera"}},
    {"on": "camera", "get": "Type", "is": 2},
    {"on": "infos", "call": "Item", "with": [2], "is": {"object": "info"}},
    {"on": "info", "get": "Type", "is": 1},
]


def name(of: str) -> list[Line]:
    return [
        {"on": of, "call": "Properties", "with": ["Name"], "is": {"object": "name"}},
        {"on": "name", "get": "Value", "is": "Maker F7"},
    ]


def device_property(number: int, value: int) -> list[Line]:
    return [
        {"on": "device", "get": "Properties", "is": {"object": "properties"}},
        {"on": "properties", "call": "Exists", "with": [str(number)], "is": True},
        {"on": "properties", "call": "()", "with": [str(number)], "is": {"object": "property"}},
        {"on": "property", "get": "Value", "is": value},
    ]


OPENED = [
    *LISTED,
    *name("info"),
    {"on": "info", "get": "DeviceID", "is": "{6BDD1FC6}\\0001"},
    {"on": "info", "call": "Connect", "with": [], "is": {"object": "device"}},
    *device_property(3086, 7),  # feeder, glass, both sides
]


def set_on_device(number: int, value: int) -> list[Line]:
    return [
        {"on": "device", "get": "Properties", "is": {"object": "properties"}},
        {"on": "properties", "call": "Exists", "with": [str(number)], "is": True},
        {"on": "device", "call": "Properties", "with": [str(number)], "is": {"object": "property"}},
        {"on": "property", "set": "Value", "to": value},
    ]


def set_on_item(number: int, value: int, *, kind: str = "plain") -> list[Line]:
    subtype = {"plain": 0, "range": 1, "list": 2}[kind]
    lines: list[Line] = [
        {"on": "item", "get": "Properties", "is": {"object": "item-properties"}},
        {"on": "item-properties", "call": "Exists", "with": [str(number)], "is": True},
        {"on": "item", "call": "Properties", "with": [str(number)], "is": {"object": "property"}},
        {"on": "property", "get": "SubType", "is": subtype},
    ]
    if kind == "list":
        lines.append({"on": "property", "get": "SubTypeValues", "is": [100, 150, 300, 600]})
    if kind == "range":
        lines += [
            {"on": "property", "get": "SubTypeMin", "is": 1},
            {"on": "property", "get": "SubTypeMax", "is": 2550},
            {"on": "property", "get": "SubTypeStep", "is": 1},
        ]
    return [*lines, {"on": "property", "set": "Value", "to": value}]


def prepared(handling: int, *, loaded: int = 1, colour: int = 1) -> list[Line]:
    return [
        *device_property(3087, loaded),
        *device_property(3086, 7),
        *set_on_device(3088, handling),
        *(set_on_device(3096, 1) if handling & 1 else []),
        {"on": "device", "call": "Items", "with": [1], "is": {"object": "item"}},
        *set_on_item(6146, colour),
        *set_on_item(6147, 300, kind="list"),
        *set_on_item(6148, 300, kind="list"),
        *set_on_item(6149, 0),
        *set_on_item(6151, 2480, kind="range"),
        *set_on_item(6150, 0),
        *set_on_item(6152, 2550, kind="range"),  # 3508 is more than this glass has
    ]


def transfer(data: str) -> list[Line]:
    return [
        {"on": "item", "call": "Transfer", "with": [JPEG_FORMAT], "is": {"object": "file"}},
        {"on": "file", "get": "FileData", "is": {"object": "vector"}},
        {"on": "vector", "get": "BinaryData", "is": {"bytes": data}},
    ]


def ends_with(hresult: str) -> list[Line]:
    return [{"on": "item", "call": "Transfer", "with": [JPEG_FORMAT], "raises": hresult}]


def scan(lines: list[Line], **wanted: Any) -> tuple[list[bytes], DeviceError | None]:
    recording = Recording([*OPENED, *lines], DATA)
    helper = WiaHelper(recording.dispatch, ComError)
    helper.open({"name": "Maker F7"}, Event())
    pages: list[bytes] = []
    error = None
    given = {"source": "feeder", "dpi": 200, "colour": True, "duplex": False, **wanted}
    try:
        for item in helper.scan(given, Event()):
            assert isinstance(item, dict)
            assert item["dpi"] == 300
            pages.append(b64decode(item["jpeg"]))
    except DeviceError as caught:
        error = caught
    assert recording.lines == []
    return pages, error


def test_scanners_are_listed_and_other_devices_are_not() -> None:
    recording = Recording([*LISTED, {"on": "info", "get": "DeviceID", "is": "{6BDD1FC6}\\0001"}, *name("info")], DATA)

    found = WiaHelper(recording.dispatch, ComError).devices({}, Event())

    assert found == [{"name": "{6BDD1FC6}\\0001", "model": "Maker F7", "vendor": ""}]


def test_a_scanner_that_is_not_there_is_absent() -> None:
    lines = [*LISTED, *name("info"), {"on": "info", "get": "DeviceID", "is": "{6BDD1FC6}\\0001"}]

    with pytest.raises(DeviceError) as caught:
        WiaHelper(Recording(lines, DATA).dispatch, ComError).open({"name": "Other"}, Event())

    assert caught.value.fault is Fault.ABSENT


def test_the_feeder_is_emptied_page_by_page() -> None:
    pages, error = scan([*prepared(1), *transfer("one"), *transfer("two"), *ends_with("0x80210003")])

    assert (pages, error) == ([DATA["one"], DATA["two"]], None)


def test_both_sides_in_grey() -> None:
    pages, error = scan(
        [*prepared(5, colour=2), *transfer("one"), *transfer("two"), *ends_with("0x80210003")],
        duplex=True,
        colour=False,
    )

    assert (len(pages), error) == (2, None)


@pytest.mark.parametrize(("loaded", "handling"), [(1, 1), (0, 2)])
def test_the_feeder_goes_before_the_glass_when_paper_lies_in_it(loaded: int, handling: int) -> None:
    ends = ends_with("0x80210003") if handling & 1 else []
    pages, error = scan([*prepared(handling, loaded=loaded), *transfer("one"), *ends], source="auto")

    assert (pages, error) == ([DATA["one"]], None)


@pytest.mark.parametrize(
    ("hresult", "fault", "code"),
    [
        ("0x80210002", Fault.ATTENTION, "jam"),
        ("0x80210003", Fault.ATTENTION, "no_documents"),
        ("0x80210006", Fault.REFUSED, "busy"),
        ("0x80210016", Fault.ATTENTION, "cover_open"),
        ("0x80210005", Fault.ABSENT, "absent"),
        ("0x8021000D", Fault.OCCUPIED, "occupied"),
        ("0x80210020", Fault.ATTENTION, "jam"),
        ("0x80004005", Fault.REFUSED, "refused"),
    ],
)
def test_errors_of_wia_have_our_codes(hresult: str, fault: Fault, code: str) -> None:
    pages, error = scan([*prepared(1), *ends_with(hresult)])

    assert error is not None
    assert (pages, error.fault, error.code) == ([], fault, code)


def test_a_jam_keeps_the_pages_before_it() -> None:
    pages, error = scan([*prepared(1), *transfer("one"), *ends_with("0x80210002")])

    assert error is not None
    assert (pages, error.code) == ([DATA["one"]], "jam")


def test_a_damaged_page_is_garbled() -> None:
    pages, error = scan([*prepared(1), *transfer("broken")])

    assert error is not None
    assert (pages, error.fault) == ([], Fault.GARBLED)


def test_health_tells_whether_paper_lies_in_the_feeder_and_when_it_has_gone() -> None:
    lines = [
        *OPENED,
        {"on": "device", "get": "Properties", "is": {"object": "properties"}},
        {"on": "properties", "call": "Exists", "with": ["3087"], "is": True},
        {"on": "device", "call": "Properties", "with": ["3087"], "is": {"object": "property"}},
        {"on": "property", "get": "Value", "is": 1},
        {"on": "device", "get": "Properties", "raises": "0x8021000A"},
    ]
    helper = WiaHelper(Recording(lines, DATA).dispatch, ComError)
    helper.open({"name": ""}, Event())

    assert helper.health({}, Event()) == {"model": "Maker F7", "duplex": "yes", "feeder": "loaded"}
    with pytest.raises(DeviceError) as caught:
        helper.health({}, Event())
    assert caught.value.fault is Fault.ABSENT
