"""The watched folder against a program that drops files into it, well and badly."""

import threading
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from drivers.contracts import DeviceConfig, ScannedPage, ScanSettings
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.scanner.folder import FolderScanner


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "扫描 件"


@pytest.fixture
def dropper(emulate: Callable[..., EmulatorProcess], folder: Path) -> EmulatorProcess:
    return emulate("scanner_folder", "--folder", str(folder))


def scanner_of(dropper: EmulatorProcess, **options: Any) -> FolderScanner:
    given = {"settle": 0.05, "next_within": 0.15, "broken_after": 1.0, **options}
    return FolderScanner(DeviceConfig("scanner", "scanner", "folder", dropper.url, options=given))


def scan(scanner: FolderScanner) -> list[ScannedPage]:
    return list(scanner.scan(ScanSettings(), cancel=threading.Event()))


def partly(scanner: FolderScanner) -> tuple[list[ScannedPage], DeviceError]:
    pages: list[ScannedPage] = []
    with pytest.raises(DeviceError) as caught:
        pages.extend(scanner.scan(ScanSettings(), cancel=threading.Event()))
    return pages, caught.value


@pytest.mark.parametrize(
    ("kind", "whole", "files"),
    [("jpeg", False, 3), ("png", False, 3), ("tiff", False, 3), ("tiff", True, 1), ("pdf", False, 3), ("pdf", True, 1)],
)
def test_all_kinds_of_files_become_pages_in_their_order(
    dropper: EmulatorProcess, folder: Path, kind: str, whole: bool, files: int
) -> None:
    from PIL import Image

    dropper.put("/drop", {"pages": 3, "kind": kind, "whole": whole})
    scanner = scanner_of(dropper)
    scanner.open()
    assert scanner.health().facts["feeder"] == "loaded"

    pages = scan(scanner)

    assert [(page.number, page.dpi) for page in pages] == [(1, 100), (2, 100), (3, 100)]
    assert len({page.jpeg for page in pages}) == 3
    with Image.open(BytesIO(pages[0].jpeg)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (826, 1169))
    assert dropper.state()["there"] == 0
    assert len(list((folder / "taken").iterdir())) == files
    assert scanner.health().facts["feeder"] == "empty"


def test_an_empty_folder_says_no_documents(dropper: EmulatorProcess) -> None:
    _, error = partly(scanner_of(dropper, first_within=0.2))

    assert (error.fault, error.code) == (Fault.ATTENTION, "no_documents")


@pytest.mark.parametrize("fault", ["slow", "renamed"])
def test_a_file_that_is_still_written_is_waited_for(dropper: EmulatorProcess, fault: str) -> None:
    dropper.set_fault(fault)
    writer = threading.Thread(target=dropper.put, args=("/drop", {"pages": 2}))
    writer.start()
    try:
        pages = scan(scanner_of(dropper, first_within=20, next_within=1.5, broken_after=20.0))
    finally:
        writer.join()

    assert [page.number for page in pages] == [1, 2]


def test_the_first_page_is_given_out_while_the_second_is_written(dropper: EmulatorProcess) -> None:
    dropper.put("/drop", {"pages": 1})
    dropper.set_fault("held")
    writer = threading.Thread(target=dropper.put, args=("/drop", {"pages": 1}))
    writer.start()
    try:
        feed = scanner_of(dropper, next_within=20, broken_after=60.0).scan(ScanSettings(), cancel=threading.Event())

        assert next(feed).number == 1
        assert dropper.state()["there"] == 2  # the first is not put away before the next is asked for
    finally:
        dropper.set_fault(None)
        writer.join()
    assert next(feed).number == 2
    feed.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        *((fault, kind) for fault in ("half", "garbled") for kind in ("jpeg", "png", "tiff", "pdf")),
        *(("empty", "jpeg"), ("not_a_picture", "pdf")),
    ],
)
def test_a_broken_file_is_said_without_its_name_and_the_others_are_taken(
    dropper: EmulatorProcess, folder: Path, fault: str, kind: str
) -> None:
    dropper.put("/drop", {"pages": 1, "name": "李示例A"})
    dropper.set_fault(fault)
    dropper.put("/drop", {"pages": 1, "name": "李示例B", "kind": kind})
    dropper.set_fault(None)
    dropper.put("/drop", {"pages": 1, "name": "李示例C"})
    scanner = scanner_of(dropper, broken_after=0.3)

    pages, error = partly(scanner)

    assert (error.fault, error.code) == (Fault.GARBLED, "garbled")
    assert "李" not in str(error)
    assert "1 of 3 files; file 2:" in error.detail
    assert len(pages) == 2
    assert [path.name for path in (folder / "broken").iterdir()] == [
        f"李示例B2.{'jpg' if kind == 'jpeg' else kind[:3]}"
    ]
    dropper.put("/drop", {"pages": 1})
    assert len(scan(scanner)) == 1


def test_no_file_is_taken_twice_when_it_stays(dropper: EmulatorProcess, folder: Path) -> None:
    dropper.put("/drop", {"pages": 2, "name": "王示例"})

    assert len(scan(scanner_of(dropper, after="remember"))) == 2

    again = scanner_of(dropper, after="remember")  # the program was started again
    assert partly(again)[1].code == "no_documents"
    assert dropper.state()["there"] == 2
    assert "王" not in (folder / ".taken").read_text()
    dropper.put("/drop", {"pages": 1})
    assert len(scan(again)) == 1


def test_a_file_goes_only_after_its_page_was_handed_over(dropper: EmulatorProcess) -> None:
    dropper.put("/drop", {"pages": 2})
    scanner = scanner_of(dropper, after="delete")
    feed = scanner.scan(ScanSettings(), cancel=threading.Event())

    next(feed)
    assert dropper.state()["there"] == 2
    next(feed)
    assert dropper.state()["there"] == 1
    assert list(feed) == []
    assert dropper.state()["there"] == 0


def test_a_scan_that_is_cancelled_in_a_file_goes_on_with_its_next_page(dropper: EmulatorProcess) -> None:
    dropper.put("/drop", {"pages": 3, "kind": "pdf", "whole": True})
    scanner, cancel = scanner_of(dropper), threading.Event()
    feed = scanner.scan(ScanSettings(), cancel=cancel)
    first = next(feed)
    cancel.set()
    with pytest.raises(DeviceError) as caught:
        next(feed)
    assert caught.value.fault is Fault.CANCELLED

    rest = scan(scanner)

    assert len({first.jpeg, *(page.jpeg for page in rest)}) == 3
    assert len(rest) == 2


def asked(scanner: FolderScanner, visit: str) -> list[ScannedPage]:
    """Scan for a visit, saying nothing of the pages yet."""
    scanner.scan_for(visit)
    return scan(scanner)


def test_a_file_goes_when_its_last_page_is_stored_and_what_was_not_comes_again(
    dropper: EmulatorProcess, folder: Path
) -> None:
    dropper.put("/drop", {"pages": 3, "kind": "pdf", "whole": True})
    scanner = scanner_of(dropper, after="delete")
    first, second, third = asked(scanner, "visit-1")
    assert partly(scanner)[1].code == "no_documents", "they are on their way"
    first.taken(True)
    second.taken(False)
    third.taken(True)
    assert dropper.state()["there"] == 1

    [again] = asked(scanner, "visit-1")

    assert (again.origin, again.jpeg) == (second.origin, second.jpeg)
    again.taken(True)
    assert dropper.state()["there"] == 0
    assert (folder / ".taken").read_text() == ""


def test_what_another_visit_left_is_put_aside_and_never_deleted(dropper: EmulatorProcess, folder: Path) -> None:
    dropper.put("/drop", {"pages": 3, "kind": "pdf", "whole": True, "name": "One"})
    scanner, cancel = scanner_of(dropper, after="delete"), threading.Event()
    scanner.scan_for("visit-1")
    next(scanner.scan(ScanSettings(), cancel=cancel)).taken(True)
    dropper.put("/drop", {"pages": 1, "name": "Two"})

    assert len(asked(scanner, "visit-2")) == 1
    assert [path.name for path in (folder / "aside").iterdir()] == ["One1.pdf"]


def test_a_page_on_its_way_keeps_its_file_from_another_visit(dropper: EmulatorProcess) -> None:
    dropper.put("/drop", {"pages": 3, "kind": "pdf", "whole": True})
    scanner = scanner_of(dropper)
    scanner.scan_for("visit-1")
    page = next(scanner.scan(ScanSettings(), cancel=threading.Event()))

    scanner.scan_for("visit-2")
    assert partly(scanner)[1].code == "no_documents"
    page.taken(False)
    assert partly(scanner)[1].code == "no_documents"
    assert dropper.state()["there"] == 0


def test_a_file_that_took_the_name_of_a_taken_one_is_not_moved_with_it(dropper: EmulatorProcess, folder: Path) -> None:
    dropper.put("/drop", {"pages": 1, "name": "Scan"})
    scanner = scanner_of(dropper, after="delete")
    [page] = asked(scanner, "visit-1")
    [path] = folder.glob("*.jpg")
    path.write_bytes(path.read_bytes() + b"\n")

    page.taken(True)

    assert path.exists()
    assert len(asked(scanner, "visit-1")) == 1


def test_where_nothing_can_be_remembered_the_clerk_is_told_what_may_come_twice(
    dropper: EmulatorProcess, folder: Path
) -> None:
    (folder / ".taken").mkdir()
    dropper.put("/drop", {"pages": 1})
    scanner = scanner_of(dropper, after="remember")

    pages, error = partly(scanner)

    assert len(pages) == 1
    assert (error.fault, error.code) == (Fault.REFUSED, "maybe_twice")
    dropper.put("/drop", {"pages": 1})
    assert len(scan(scanner)) == 1


def test_a_cancel_ends_the_wait_for_a_file(dropper: EmulatorProcess) -> None:
    cancel = threading.Event()
    threading.Timer(0.2, cancel.set).start()

    with pytest.raises(DeviceError) as caught:
        list(scanner_of(dropper, first_within=60).scan(ScanSettings(), cancel=cancel))

    assert caught.value.fault is Fault.CANCELLED


def test_a_folder_that_is_not_there_is_absent_and_comes_back(dropper: EmulatorProcess, folder: Path) -> None:
    scanner = scanner_of(dropper)
    folder.rename(folder.with_name("elsewhere"))

    with pytest.raises(DeviceError) as caught:
        scanner.open()

    assert caught.value.fault is Fault.ABSENT
    assert (scanner.health().state, scanner.health().code) == (DeviceState.OFFLINE, "absent")
    folder.with_name("elsewhere").rename(folder)
    scanner.open()
    assert scanner.health().state is DeviceState.READY


@pytest.mark.parametrize("options", [{"after": "burn"}, {"order": "size"}, {"settle": "soon"}])
def test_an_option_that_makes_no_sense_is_refused(tmp_path: Path, options: dict[str, str]) -> None:
    with pytest.raises(DeviceError) as caught:
        FolderScanner(DeviceConfig("scanner", "scanner", "folder", tmp_path.as_uri(), options=dict(options)))

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")
