"""eSCL's XML, asked and answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import ScanSettings, ScanSource
from drivers.emulators import scanner_xml
from drivers.scanner.escl_messages import (
    Capabilities,
    MessageError,
    SourceCapabilities,
    Status,
    job_path,
    read_capabilities,
    read_status,
    read_xml,
    scan_settings,
)

NAMES = 'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'


def test_capabilities_of_a_scanner_with_glass_and_feeder() -> None:
    found = read_capabilities(scanner_xml.capabilities("Maker S1", "0017"))

    assert (found.version, found.model, found.serial) == ("2.63", "Maker S1", "0017")
    assert set(found.sources) == {ScanSource.PLATEN, ScanSource.FEEDER}
    assert found.duplex is not None
    feeder = found.sources[ScanSource.FEEDER]
    assert (feeder.width, feeder.height, feeder.resolutions) == (2550, 3508, (100, 150, 200, 300))
    assert feeder.colour_modes == {"BlackAndWhite1", "Grayscale8", "RGB24"}
    assert feeder.formats_ext == {"image/jpeg"}


def test_capabilities_with_a_range_of_resolutions_and_nothing_else() -> None:
    body = (
        f"<scan:ScannerCapabilities {NAMES}><scan:Adf><scan:AdfSimplexInputCaps><scan:XResolutionRange>"
        "<scan:Min>75</scan:Min><scan:Max>600</scan:Max></scan:XResolutionRange></scan:AdfSimplexInputCaps></scan:Adf>"
        "</scan:ScannerCapabilities>"
    )

    found = read_capabilities(body.encode())

    assert found == Capabilities(sources={ScanSource.FEEDER: SourceCapabilities(resolution_range=(75, 600))})


@pytest.mark.parametrize(
    ("source", "asked", "given"),
    [
        (SourceCapabilities(resolutions=(100, 200, 300)), 120, 200),
        (SourceCapabilities(resolutions=(100, 200, 300)), 600, 300),
        (SourceCapabilities(resolution_range=(75, 600)), 240, 240),
        (SourceCapabilities(resolution_range=(75, 600)), 1200, 600),
        (SourceCapabilities(), 240, 240),
    ],
)
def test_the_resolution_that_is_asked_for(source: SourceCapabilities, asked: int, given: int) -> None:
    assert source.nearest(asked) == given


@pytest.mark.parametrize(
    ("said", "feeder"),
    [
        ("ScannerAdfLoaded", "loaded"),
        ("ScannerAdfEmpty", "empty"),
        ("ScannerAdfJam", "jam"),
        ("ScannerAdfMispick", "jam"),
        ("ScannerAdfDoorOpen", "door_open"),
        ("ScannerAdfProcessing", "processing"),
        ("SomethingNew", ""),
    ],
)
def test_status(said: str, feeder: str) -> None:
    body = scanner_xml.status("Idle", said, [("/eSCL/ScanJobs/2", "Processing"), ("/eSCL/ScanJobs/1", "Completed")])

    assert read_status(body) == Status("Idle", feeder, ("/eSCL/ScanJobs/2", "/eSCL/ScanJobs/1"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>busy</html>",
        b"<a><b></a>",
        b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'.encode("utf-16"),
        b"<a>" + b" " * (1 << 20) + b"</a>",
    ],
)
def test_what_is_no_status_is_refused(body: bytes) -> None:
    with pytest.raises(MessageError):
        read_status(body)
    with pytest.raises(MessageError):
        read_capabilities(body)


@given(st.one_of(st.binary(max_size=200), st.text(alphabet="<>/a b&;!\"'=?[]", max_size=60).map(str.encode)))
def test_any_bytes_are_read_or_refused_and_nothing_else(body: bytes) -> None:
    try:
        read_xml(body)
    except MessageError:
        return


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("http://127.0.0.1:80/eSCL/ScanJobs/7", "/eSCL/ScanJobs/7"),
        ("http://wrong.invalid/eSCL/ScanJobs/7/", "/eSCL/ScanJobs/7"),
        ("/eSCL/ScanJobs/7", "/eSCL/ScanJobs/7"),
        ("ScanJobs/7", "/eSCL/ScanJobs/7"),
        ("http://[fe80::1]/eSCL/ScanJobs/7", "/eSCL/ScanJobs/7"),
        ("http://[fe80::x%25eth0]/eSCL/ScanJobs/7", "/eSCL/ScanJobs/7"),
        ("http://[fe80", ""),
        ("http://127.0.0.1/", ""),
        ("", ""),
    ],
)
def test_the_job_is_found_whatever_the_location_says(location: str, path: str) -> None:
    assert job_path(location, "/eSCL") == path


def test_settings_are_understood_by_a_scanner() -> None:
    source = SourceCapabilities(resolutions=(100, 200, 300), colour_modes=frozenset({"RGB24", "Grayscale8"}))

    job = scanner_xml.read_settings(scan_settings(ScanSettings(dpi=200, colour=False, duplex=True), source))

    assert job == scanner_xml.Job("Feeder", "Grayscale8", "image/jpeg", 200, True, (1653, 2338))


def test_settings_stay_within_what_the_source_can_do() -> None:
    source = SourceCapabilities(
        width=2000, height=3000, colour_modes=frozenset({"Grayscale8"}), formats_ext=frozenset({"image/jpeg"})
    )

    body = scan_settings(ScanSettings(source=ScanSource.PLATEN, dpi=300), source)

    assert b"Duplex" not in body
    assert b"<scan:DocumentFormatExt>image/jpeg<" in body
    job = scanner_xml.read_settings(body)
    assert (job.source, job.colour, job.region) == ("Platen", "Grayscale8", (2000, 3000))
