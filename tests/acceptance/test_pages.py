"""The papers of one visit on the whole system: a batch with printed separators, a card, corners, undo, paper that
starts the scanner; then the case arrives with just the pages that belong to it."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.emulators.scanner_pages import drawn_page
from tests.counter import Counter
from window_client.__main__ import main
from window_client.domain.material import SEPARATOR, UNSORTED, PageRef, pages_of
from window_client.domain.visit import Step

M01, M02, M03, M06, M07 = (f"SC-MKT-001-M{number:02}" for number in (1, 2, 3, 6, 7))
CATALOGUE = Path(__file__).resolve().parents[2] / "resources" / "demo" / "catalogue.json"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path, kinds=("id_card", "scanner", "camera", "printer")) as made:
        made.sign_in()
        made.devices_ready("id_card", "scanner", "camera", "printer")
        made.call()
        for do in (made.identify, made.choose, made.fill):
            do()
        yield made


def held(counter: Counter, row: str) -> tuple[PageRef, ...]:
    assert counter.state.draft is not None
    return pages_of(counter.state.draft.checklist, row)


def quiet(counter: Counter) -> None:
    counter.until(lambda s: s.materials and not s.materials.feeding and not s.materials.capturing, "all pages made")


def printed_separators(folder: Path) -> list[bytes]:
    """The sheets as the hall's printer would print them and its scanner would see them."""
    from PIL import Image

    out = folder / "separators.pdf"
    assert main(["separators", "SC-MKT-001", "--catalogue", str(CATALOGUE), "--out", str(out), "--next", "1"]) == 0
    sheets = []
    for found in re.findall(rb"stream\n(\xff\xd8.*?)\nendstream", out.read_bytes(), re.DOTALL):
        with Image.open(io.BytesIO(found)) as opened:
            seen = opened.convert("RGB").rotate(1.5, fillcolor=(255, 255, 255))
        buffer = io.BytesIO()
        seen.save(buffer, "JPEG", quality=80, dpi=(150, 150))
        sheets.append(buffer.getvalue())
    return sheets


def test_the_papers_of_a_visit(counter: Counter, tmp_path: Path) -> None:
    counter.desk.set_auto_capture(False)
    third = a_batch_with_separators(counter, tmp_path)
    card = a_card_with_two_sides(counter)
    corners_after_the_capture(counter, third)
    paper_that_starts_the_scanner(counter)
    the_case_arrives_with_its_pages(counter, card)


def a_batch_with_separators(counter: Counter, folder: Path) -> bytes:
    """Returns the original of the first page of the third row."""
    scanner, separators = counter.world.emulators["scanner"], printed_separators(folder)
    # two pages of the first row, a separator for the third, two pages, the generic one, one page
    scanner.delete("/feeder")
    pages = [drawn_page(number, 50, 200) for number in range(1, 6)]
    upside_down = _turned(pages[4])
    for sheet in (pages[0], pages[1], separators[2], pages[2], pages[3], separators[-1], upside_down):
        scanner.request("PUT", "/page", sheet)
    counter.desk.choose_row(M01)
    counter.desk.feed()
    counter.until(lambda s: s.materials and s.materials.fed_pages == 7 and not s.materials.feeding, "the batch")
    quiet(counter)
    counter.until(lambda _: sum(SEPARATOR in page.flags for page in held(counter, UNSORTED)) == 2, "sorted")
    counter.settle(0.5)
    assert counter.state.materials is not None
    after = next(row.material_id for row in counter.state.materials.rows if row.number == 4)
    assert [len(held(counter, row)) for row in (M01, M03, after)] == [2, 2, 1]
    assert held(counter, after)[0].auto_turn == 180, "the page that lay upside down stands upright"
    return pages[2]


def a_card_with_two_sides(counter: Counter) -> PageRef:
    camera, store = counter.world.emulators["camera"], counter.app.store
    counter.desk.choose_row(M02)
    counter.desk.two_sides()
    for number in (1, 2):
        camera.put("/page", {"scene": "idcard", "seed": number})
        counter.until(lambda _: counter.live is not None and counter.live.corners and counter.live.still, "card seen")  # type: ignore[attr-defined]
        before = number
        counter.desk.capture()
        counter.until(lambda s, b=before: s.materials and s.materials.card_side != b, f"side {number}")  # type: ignore[misc]
        camera.delete("/page")
        counter.until(lambda _: counter.live is not None and not counter.live.corners, "the tray is empty")  # type: ignore[attr-defined]
    counter.until(lambda _: len(held(counter, M02)) == 1, "both on one page")
    (card,) = held(counter, M02)
    assert (card.width, card.height) == (2480, 3508)
    assert len(card.parts) == 4
    assert all(store.pages.is_sound(name) for name in card.files)
    return card


def corners_after_the_capture(counter: Counter, original: bytes) -> None:
    store = counter.app.store
    counter.desk.choose_row(M03)
    counter.desk.select_page(0)
    first = held(counter, M03)[0]
    counter.desk.crop_page(((0.05, 0.05), (0.95, 0.05), (0.95, 0.9), (0.05, 0.9)))
    counter.until(lambda _: held(counter, M03)[0].cropped, "cropped")
    assert store.pages.read(held(counter, M03)[0].original) == original
    counter.desk.undo()
    assert held(counter, M03)[0].digest == first.digest
    counter.desk.redo()
    assert held(counter, M03)[0].cropped
    counter.desk.delete_page()
    assert len(held(counter, M03)) == 1
    counter.desk.undo()
    assert held(counter, M03)[0].key == first.key


def paper_that_starts_the_scanner(counter: Counter) -> None:
    scanner = counter.world.emulators["scanner"]
    counter.desk.choose_row(M07)
    counter.desk.set_auto_feed(True)
    counter.settle(1.5)
    scanner.put("/feeder", {"pages": 1})
    counter.until(lambda _: len(held(counter, M07)) == 1, "scanned by itself")
    quiet(counter)


def the_case_arrives_with_its_pages(counter: Counter, card: PageRef) -> None:
    scanner, store = counter.world.emulators["scanner"], counter.app.store
    assert counter.state.materials is not None
    for row in counter.state.materials.rows:
        if row.state.value == "missing":
            counter.desk.choose_row(row.material_id)
            scanner.put("/feeder", {"pages": 1})
            counter.pages_come(row.material_id, 1)
    counter.until(lambda s: s.materials and s.materials.missing == 0, "complete")
    own = sum(len(row.pages) for row in counter.state.materials.rows)
    counter.desk.next_step()
    counter.until(lambda s: s.open_step is Step.CONFIRM, "confirm")
    counter.sign()
    counter.submit()
    counter.until(lambda s: s.result and s.result.delivery == "delivered", "delivered")
    case_no = counter.state.result.case_no if counter.state.result else ""
    (case,) = counter.at_centre(case_no)
    assert case.pages == case.pages_received == own
    digests = store.pages.digests()
    assert {card.original, *card.parts} <= digests, "originals stay until the purge finds them acknowledged"


def _turned(jpeg: bytes) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(jpeg)) as opened:
        turned = opened.rotate(180)
    buffer = io.BytesIO()
    turned.save(buffer, "JPEG", quality=88, dpi=(200, 200))
    return buffer.getvalue()
