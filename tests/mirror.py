"""Each source module with logic has its test file, and each unit test file has its source module.

``window_client/store/pages.py`` is tested by ``tests/unit/window_client/store/test_pages.py``. Modules of views, type
declarations and entry points, and what only an emulator, a window or the whole system can show, are tested elsewhere;
they are listed in ``ELSEWHERE`` with the place.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

ELSEWHERE: dict[str, str] = {
    "window_client/__main__.py": "tests/acceptance/test_command_line.py",
    "window_client/imaging/arrays.py": "tests/unit/window_client/imaging/test_outline.py",
    "window_client/reception/actions.py": "tests/unit/window_client/reception/test_desk.py",
    "window_client/reception/beginning.py": "tests/unit/window_client/reception/test_desk.py",
    "window_client/reception/walking.py": "tests/unit/window_client/reception/test_desk.py",
    "window_client/reception/state.py": "tests/unit/window_client/reception/test_views.py",
    "window_client/device_setup_state.py": "tests/unit/window_client/test_device_setup.py",
    "window_client/signin.py": "tests/gui/test_signin.py",
    "drivers/__main__.py": "tests/drivers/test_command_line.py",
    "drivers/display/set_unit.py": "tests/drivers/test_display_bus.py",
    "drivers/display/modbus_led.py": "tests/drivers/test_display_bus.py",
    "drivers/display/epson_line.py": "tests/drivers/test_display_models.py",
    "drivers/display/onbon_bx.py": "tests/drivers/test_display_models.py",
    "drivers/display/template.py": "tests/drivers/test_display_models.py",
    "drivers/templates_port.py": "tests/drivers/test_display_models.py",
    "drivers/rating/template.py": "tests/drivers/test_rating.py",
    "drivers/emulators/display_models.py": "tests/drivers/test_display_models.py",
    "drivers/emulators/display_picture.py": "tests/drivers/test_display_models.py",
    "drivers/emulators/rating.py": "tests/drivers/test_rating.py",
    "drivers/emulators/codes.py": "tests/drivers/test_codes.py",
    "drivers/scanner/certificates.py": "tests/drivers/test_scanner.py",
    "drivers/scanner/escl_wire.py": "tests/drivers/test_scanner.py",
    "drivers/scanner/folder.py": "tests/drivers/test_scanner_folder.py",
    "drivers/scanner/helped.py": "tests/drivers/test_scanner_sane.py",
    "drivers/scanner/sane.py": "tests/drivers/test_scanner_sane.py",
    "drivers/camera/uvc_helper.py": "tests/unit/drivers/camera/test_uvc.py",
    "drivers/scanner/sane_helper.py": "tests/drivers/test_scanner_sane.py",
    "drivers/emulators/scanner.py": "tests/drivers/test_scanner.py",
    "drivers/emulators/scanner_announcing.py": "tests/drivers/test_scanner.py",
    "drivers/emulators/scanner_certificate.py": "tests/drivers/test_scanner.py",
    "drivers/emulators/scanner_folder.py": "tests/drivers/test_scanner_folder.py",
    "drivers/commands/": "tests/drivers/test_command_line.py",
    "drivers/conformance/": "tests/drivers/test_conformance.py",
    "drivers/contracts.py": "tests/drivers/test_printer.py",
    "drivers/id_card/photo_helper.py": "tests/drivers/test_id_card_vendor.py",
    "drivers/id_card/vendor_helper.py": "tests/drivers/test_id_card_vendor.py",
    "drivers/smart_card/pcsc.py": "tests/drivers/test_smart_card_peers.py",
    "drivers/smart_card/pcsc_helper.py": "tests/drivers/test_smart_card_peers.py",
    "drivers/emulators/smart_card.py": "tests/drivers/test_smart_card_peers.py",
    "drivers/recognise/found.py": "tests/drivers/test_recognise.py",
    "drivers/recognise/search.py": "tests/drivers/test_recognise.py",
    "drivers/document_printer/queue_printer.py": "tests/drivers/test_document_printer.py",
    "drivers/document_printer/ipp.py": "tests/drivers/test_document_printer.py",
    "drivers/document_printer/cups.py": "tests/drivers/test_printer_queues.py",
    "drivers/emulators/document_printer.py": "tests/drivers/test_document_printer.py",
    "drivers/emulators/replay.py": "tests/drivers/test_recording.py",
    "ui/applicant/": "tests/gui/test_applicant_window.py",
    "ui/reception/viewer/": "tests/gui/test_viewer.py",
    "ui/reception/rail/": "tests/gui/test_rail.py",
    "ui/reception/strip/": "tests/gui/test_rail.py",
    "ui/reception/pause/": "tests/gui/test_rail.py",
    "ui/reception/": "tests/gui/test_reception.py",
    "ui/lock/": "tests/gui/test_lock.py",
    "ui/device_setup/": "tests/gui/test_device_setup.py",
    "ui/signin/failure.py": "tests/gui/test_failure.py",
    "ui/signin/": "tests/gui/test_signin.py",
    "ui/widgets/": "tests/gui/test_widgets.py",
    "ui/manual/": "tests/gui/test_manual.py",
    "ui/wedge.py": "tests/gui/test_wedge.py",
    "ui/second_screen.py": "tests/gui/test_second_screen.py",
    "ui/main.py": "tests/acceptance/test_start.py",
    "ui/windows.py": "tests/acceptance/test_tour.py",
    "ui/tour": "tests/acceptance/test_tour.py",
}
"""Source module (or folder with a slash at its end) to where it is tested."""


def main() -> int:
    """Print what does not mirror; 1 when there is anything."""
    wrong = []
    for package in ("window_client", "drivers", "ui"):
        for source in sorted((ROOT / package).rglob("*.py")):
            path = source.relative_to(ROOT)
            if source.name == "__init__.py":
                continue
            test = ROOT / "tests" / "unit" / path.parent / f"test_{source.name}"
            place = next(
                (where for key, where in ELSEWHERE.items() if str(path) == key or str(path).startswith(key)), ""
            )
            if not test.exists() and not (place and (ROOT / place).exists()):
                wrong.append(f"{path}: no {test.relative_to(ROOT)}")
    for test in sorted((ROOT / "tests" / "unit").rglob("test_*.py")):
        inner = test.relative_to(ROOT / "tests" / "unit")
        if not (ROOT / inner.parent / inner.name.removeprefix("test_")).exists():
            wrong.append(f"tests/unit/{inner}: tests nothing that is there")
    for line in wrong:
        sys.stdout.write(line + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
