"""The names that SANE backends use, as their sources have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import ScanSource
from drivers.errors import DeviceError, Fault
from drivers.scanner.sane_options import (
    Sources,
    mode_for,
    nearest,
    settings_of,
    source_for,
    sources_of,
    trouble,
    without_doubles,
)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Flatbed", "Automatic Document Feeder"], Sources("Automatic Document Feeder", "", "Flatbed")),  # test
        (["Flatbed", "ADF", "ADF Duplex"], Sources("ADF", "ADF Duplex", "Flatbed")),  # airscan, escl
        (["ADF Front", "ADF Back", "ADF Duplex"], Sources("ADF Front", "ADF Duplex", "")),  # fujitsu, canon_dr
        (
            ["FlatBed", "Automatic Document Feeder(left aligned)"],
            Sources("Automatic Document Feeder(left aligned)", "", "FlatBed"),
        ),  # brother4
        (["Normal", "ADF"], Sources("ADF", "", "Normal")),  # avision
        (["Document Table", "Automatic Document Feeder"], Sources("Automatic Document Feeder", "", "")),
        (["FB", "ADF-SF", "ADF-DF"], Sources("ADF-SF", "", "")),
        ([], Sources()),
    ],
)
def test_sources_are_sorted_by_substring(names: list[str], found: Sources) -> None:
    assert sources_of(names) == found


def test_the_source_that_is_set() -> None:
    all_of_them = Sources("ADF", "ADF Duplex", "Flatbed")

    assert source_for(all_of_them, ScanSource.PLATEN, duplex=False) == "Flatbed"
    assert source_for(all_of_them, ScanSource.FEEDER, duplex=False) == "ADF"
    assert source_for(all_of_them, ScanSource.FEEDER, duplex=True) == "ADF Duplex"
    assert source_for(Sources("ADF"), ScanSource.FEEDER, duplex=True) == ""
    assert source_for(Sources(both="Duplex"), ScanSource.FEEDER, duplex=False) == "Duplex"


@pytest.mark.parametrize(
    ("names", "colour", "mode"),
    [
        (["Lineart", "Gray", "Color"], True, "Color"),
        (["Lineart", "Gray", "Color"], False, "Gray"),
        (["Lineart", "Halftone", "True Gray", "24bit Color"], True, "24bit Color"),
        (["Color Lineart", "Color Halftone", "Grayscale"], True, "Grayscale"),
        (["Lineart"], True, "Lineart"),
        ([], True, ""),
    ],
)
def test_modes_are_whole_tones(names: list[str], colour: bool, mode: str) -> None:
    assert mode_for(names, colour=colour) == mode


@pytest.mark.parametrize(
    ("constraint", "wanted", "given"),
    [
        ([75, 150, 300], 200, 300),
        ([75, 150], 200, 150),
        ((50, 1200, 0), 200, 200),
        ((50, 1200, 100), 200, 250),
        ((50, 160, 100), 200, 150),
        (None, 200, 200),
    ],
)
def test_the_nearest_value(constraint: object, wanted: int, given: float) -> None:
    assert nearest(constraint, wanted) == given


def test_a_scanner_that_two_backends_list_is_told_once() -> None:
    devices = [
        ("airscan:e0:Maker F7", "eSCL", "Maker F7", "ip=192.0.2.7"),
        ("escl:http://192.0.2.7:80", "Maker", "F7", "flatbed scanner"),
        ("escl:http://192.0.2.9:80", "Maker", "F8", "flatbed scanner"),
        ("fujitsu:ScanSnap iX500:1", "FUJITSU", "ScanSnap iX500", "scanner"),
    ]

    assert [name for name, *_ in without_doubles(devices)] == [devices[at][0] for at in (0, 2, 3)]


def test_options_of_the_settings() -> None:
    assert settings_of("swcrop=yes; ald = no;") == [("swcrop", "yes"), ("ald", "no")]
    assert settings_of("read-delay=1") == [("read_delay", "1")]
    assert settings_of("") == []


@pytest.mark.parametrize(
    ("text", "fault", "code"),
    [
        ("Document feeder jammed", Fault.ATTENTION, "jam"),
        ("Document feeder out of documents", Fault.ATTENTION, "no_documents"),
        ("Scanner cover is open", Fault.ATTENTION, "cover_open"),
        ("Error during device I/O", Fault.ABSENT, "absent"),
        ("Device busy", Fault.REFUSED, "busy"),
        ("Operation was cancelled", Fault.CANCELLED, "cancelled"),
        ("Operation was canceled", Fault.CANCELLED, "cancelled"),
        ("something new", Fault.REFUSED, "refused"),
    ],
)
def test_texts_of_sane_have_our_codes(text: str, fault: Fault, code: str) -> None:
    error = trouble("scanner", text)

    assert (error.fault, error.code) == (fault, code)


@given(st.text(), st.lists(st.text(max_size=12), max_size=5))
def test_any_names_and_texts_are_taken(text: str, names: list[str]) -> None:
    assert isinstance(trouble("scanner", text), DeviceError)
    sources_of(names)
    mode_for(names, colour=True)
    settings_of(text)
