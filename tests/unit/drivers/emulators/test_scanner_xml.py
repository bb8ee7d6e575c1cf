"""The scanner's side of the XML."""

import pytest

from drivers.emulators.scanner_xml import Job, capabilities, read_settings, status
from drivers.scanner.escl_messages import PWG, SCAN, read_xml


def asked(**values: str) -> bytes:
    inner = "".join(f"<{name.replace('_', ':')}>{value}</{name.replace('_', ':')}>" for name, value in values.items())
    return f'<scan:ScanSettings xmlns:scan="{SCAN}" xmlns:pwg="{PWG}">{inner}</scan:ScanSettings>'.encode()


def test_what_is_left_out_has_a_usual_value() -> None:
    assert read_settings(asked()) == Job("Platen", "RGB24", "image/jpeg", 200, False, (1653, 2338))


def test_the_newer_way_to_name_a_format_wins() -> None:
    job = read_settings(asked(pwg_DocumentFormat="application/pdf", scan_DocumentFormatExt="image/jpeg"))

    assert job.kind == "image/jpeg"


@pytest.mark.parametrize(
    "settings",
    [
        {"scan_XResolution": "1200"},
        {"scan_XResolution": "many"},
        {"pwg_DocumentFormat": "image/gif"},
        {"pwg_InputSource": "Camera"},
        {"pwg_Width": "9999"},
    ],
)
def test_what_the_scanner_cannot_do_is_refused(settings: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_settings(asked(**settings))


def test_what_it_says_is_well_formed() -> None:
    assert read_xml(capabilities("Maker", "1")).tag == f"{{{SCAN}}}ScannerCapabilities"
    assert read_xml(status("Idle", "ScannerAdfEmpty", [])).tag == f"{{{SCAN}}}ScannerStatus"
