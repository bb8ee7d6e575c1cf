"""eSCL's XML, asked and answered."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import ScanSettings, ScanSource
from drivers.emulators import scanner_xml
from drivers.scanner.escl_messages import (
    Capabilities,
    MessageError,
    Profile,
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
    [profile] = feeder.profiles
    assert (feeder.width, feeder.height, profile.resolutions) == (2550, 3508, (100, 150, 200, 300))
    assert profile.colour_modes == {"BlackAndWhite1", "Grayscale8", "RGB24"}
    assert profile.formats_ext == {"image/jpeg"}
    assert found.uuid == scanner_xml.uuid("0017")


def test_capabilities_with_a_range_of_resolutions_and_nothing_else() -> None:
    body = (
        f"<scan:ScannerCapabilities {NAMES}><scan:Adf><scan:AdfSimplexInputCaps><scan:XResolutionRange>"
        "<scan:Min>75</scan:Min><scan:Max>600</scan:Max></scan:XResolutionRange></scan:AdfSimplexInputCaps></scan:Adf>"
        "</scan:ScannerCapabilities>"
    )

    found = read_capabilities(body.encode())

    source = SourceCapabilities(profiles=(Profile(resolution_range=(75, 600, 1)),))
    assert found == Capabilities(sources={ScanSource.FEEDER: source})


def test_profiles_that_are_written_down_once_are_found_by_their_name() -> None:
    profile = (
        "<scan:ColorModes><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes><scan:DiscreteResolution>"
        "<scan:XResolution>300</scan:XResolution><scan:YResolution>300</scan:YResolution></scan:DiscreteResolution>"
    )
    body = (
        f"<scan:ScannerCapabilities {NAMES}><scan:SettingProfiles><scan:SettingProfile name='p1'>{profile}"
        "</scan:SettingProfile></scan:SettingProfiles><scan:Platen><scan:PlatenInputCaps><scan:SettingProfiles>"
        "<scan:SettingProfile ref='p1'/></scan:SettingProfiles></scan:PlatenInputCaps></scan:Platen>"
        "</scan:ScannerCapabilities>"
    )

    [found] = read_capabilities(body.encode()).sources[ScanSource.PLATEN].profiles

    assert found.resolutions == (300,)
    assert found.colour_modes == {"RGB24"}


def test_colour_and_resolution_come_from_one_profile() -> None:
    colour = Profile(colour_modes=frozenset({"RGB24"}), resolutions=(150,))
    grey = Profile(colour_modes=frozenset({"Grayscale8"}), resolutions=(300, 600))
    source = SourceCapabilities(profiles=(grey, colour))

    assert source.nearest(300, colour=True) == 150
    assert source.nearest(400, colour=False) == 600
    assert b"<scan:ColorMode>RGB24" in scan_settings(ScanSettings(dpi=300), source)


@pytest.mark.parametrize(
    ("formats", "asked"),
    [
        ({"application/pdf", "image/jpeg"}, "image/jpeg"),
        ({"application/pdf", "image/png"}, "application/pdf"),
        ({"image/tiff"}, "image/tiff"),
        ({"application/octet-stream"}, "image/jpeg"),
        (set(), "image/jpeg"),
    ],
)
def test_the_best_format_that_there_is_is_asked_for(formats: set[str], asked: str) -> None:
    source = SourceCapabilities(profiles=(Profile(formats=frozenset(formats)),))

    assert f"<pwg:DocumentFormat>{asked}<".encode() in scan_settings(ScanSettings(), source)


def test_the_region_is_never_below_what_the_source_takes_at_least() -> None:
    assert SourceCapabilities(width=5100, height=8400, min_width=2500, min_height=100).region() == (2500, 3508)


@pytest.mark.parametrize(
    ("profile", "asked", "given"),
    [
        (Profile(resolutions=(100, 200, 300)), 120, 200),
        (Profile(resolutions=(100, 200, 300)), 600, 300),
        (Profile(resolution_range=(75, 600, 1)), 240, 240),
        (Profile(resolution_range=(75, 600, 75)), 240, 300),
        (Profile(resolution_range=(75, 600, 75)), 30, 75),
        (Profile(resolution_range=(75, 610, 75)), 1200, 600),
        (Profile(), 240, 240),
    ],
)
def test_the_resolution_that_is_asked_for(profile: Profile, asked: int, given: int) -> None:
    assert profile.nearest(asked) == given


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


REAL = (
    scanner_xml.capabilities("Maker S1", "0017"),
    scanner_xml.status("Processing", "ScannerAdfLoaded", [("/eSCL/ScanJobs/2", "Processing")]),
)


@given(st.sampled_from(REAL), st.data())
def test_real_messages_with_damage_are_read_or_refused(real: bytes, data: st.DataObject) -> None:
    damaged = bytearray(real)
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(damaged)))
        piece = data.draw(st.one_of(st.binary(max_size=6), st.sampled_from([b"<", b"9" * 30, b"-1", b"/>", b"&x;"])))
        damaged[at : at + data.draw(st.integers(0, 8))] = piece
    with suppress(MessageError):
        for source in read_capabilities(bytes(damaged)).sources.values():
            scan_settings(ScanSettings(), source)
    with suppress(MessageError):
        read_status(bytes(damaged))


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_location_is_a_path_or_none(location: str, base: str) -> None:
    assert isinstance(job_path(location, base), str)
    job_path(f"http://[{location}/eSCL/ScanJobs/1", base)


def test_an_entity_bomb_is_refused_before_it_grows() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    body = f"<scan:ScannerStatus {NAMES}>&a11;</scan:ScannerStatus>"
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{levels}]>{body}'

    with pytest.raises(MessageError, match="declaration refused"):
        read_status(bomb.encode())


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
    profile = Profile(resolutions=(100, 200, 300), colour_modes=frozenset({"RGB24", "Grayscale8"}))
    source = SourceCapabilities(profiles=(profile,))

    job = scanner_xml.read_settings(scan_settings(ScanSettings(dpi=200, colour=False, duplex=True), source))

    assert job == scanner_xml.Job("Feeder", "Grayscale8", "image/jpeg", 200, True, (1653, 2338))


def test_settings_stay_within_what_the_source_can_do() -> None:
    profile = Profile(colour_modes=frozenset({"Grayscale8"}), formats_ext=frozenset({"image/jpeg"}))
    source = SourceCapabilities(width=2000, height=3000, profiles=(profile,))

    body = scan_settings(ScanSettings(source=ScanSource.PLATEN, dpi=300), source)

    assert b"Duplex" not in body
    assert b"<scan:DocumentFormatExt>image/jpeg<" in body
    job = scanner_xml.read_settings(body)
    assert (job.source, job.colour, job.region) == ("Platen", "Grayscale8", (2000, 3000))
