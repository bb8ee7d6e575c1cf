from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.desk import sheet
from window_client.dispatch import ManualDispatcher
from window_client.lane import Lane
from window_client.reception.pictures import KEEP, PageShelf, Trouble
from window_client.store.errors import StoreError
from window_client.store.pages import Pages

AT = "2026-11-24T10:00:00+08:00"


@dataclass
class Place:
    pages: Pages
    gate: ManualDispatcher
    lane: Lane
    shelf: PageShelf
    came: list[int]

    def settle(self) -> None:
        """Wait for the lane and take its answers."""
        marks: list[None] = []
        self.lane.run(lambda: None, done=marks.append, failed=lambda _: None)
        while not marks:
            self.gate.run()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    pages, gate = Pages(tmp_path / "pages", bytes(32)), ManualDispatcher()
    lane = Lane("imaging", gate, expected=Trouble)
    came: list[int] = []
    yield Place(pages, gate, lane, PageShelf(pages, lane, gate, lambda: came.append(1)), came)
    lane.close(5)


def test_a_page_is_made_with_its_original_and_a_small_picture_all_on_disk(place: Place) -> None:
    made = place.shelf.make(sheet(), "scanner", AT)

    assert place.pages.read(made.original) == sheet()
    assert place.pages.size(made.digest) == made.size
    assert place.pages.size(made.thumbnail) < made.size
    assert (made.source, made.taken_at, made.turn) == ("scanner", AT, 0)


def test_pictures_that_were_just_made_are_there_at_once(place: Place) -> None:
    made = place.shelf.make(sheet(), "scanner", AT)

    assert place.shelf.page(made.digest) == place.pages.read(made.digest)
    assert place.shelf.thumbnail(made.digest) == place.pages.read(made.thumbnail)
    assert place.shelf.thumbnail(made.thumbnail) == place.pages.read(made.thumbnail)


def test_a_picture_that_is_not_in_memory_is_fetched_once_and_told_of(place: Place) -> None:
    made = place.shelf.make(sheet(), "scanner", AT)
    place.shelf.forget()

    assert place.shelf.page(made.digest) is None
    assert place.shelf.page(made.digest) is None
    place.settle()

    assert place.shelf.page(made.digest) == place.pages.read(made.digest)
    assert place.came == [1]


def test_after_a_restart_a_page_knows_its_small_picture_again(place: Place) -> None:
    made = place.shelf.make(sheet(), "scanner", AT)
    place.shelf.forget()
    place.shelf.know(made)

    assert place.shelf.thumbnail(made.digest) is None
    place.settle()

    assert place.shelf.thumbnail(made.digest) == place.pages.read(made.thumbnail)


def test_a_picture_that_is_not_there_leaves_its_place_empty(place: Place) -> None:
    assert place.shelf.page("0" * 64) is None
    place.settle()

    assert place.shelf.page("0" * 64) is None
    assert place.came == []


def test_no_more_pictures_are_kept_than_the_limit(place: Place) -> None:
    for number in range(KEEP + 5):
        digest = place.pages.write(f"picture {number}".encode())
        place.shelf.page(digest)
        place.settle()

    first = place.pages.write(b"picture 0")
    assert place.shelf.page(first) is None, "the oldest one made room"
    last = place.pages.write(f"picture {KEEP + 4}".encode())
    assert place.shelf.page(last) == f"picture {KEEP + 4}".encode()


def test_what_is_no_picture_writes_nothing(place: Place) -> None:
    with pytest.raises(ValueError, match="picture"):
        place.shelf.make(b"no picture", "scanner", AT)

    assert place.pages.digests() == set()


def test_a_turned_page_is_made_from_the_original(place: Place) -> None:
    made = place.shelf.make(sheet(), "scanner", AT)

    turned = place.shelf.make_again(made, 90, None)

    assert (turned.turn, turned.original, turned.taken_at) == (90, made.original, AT)
    assert turned.digest != made.digest
    assert place.shelf.make_again(turned, 0, None).digest == made.digest


def test_an_original_that_was_changed_on_disk_is_not_turned(place: Place, tmp_path: Path) -> None:
    made = place.shelf.make(sheet(), "scanner", AT)
    file = tmp_path / "pages" / made.original[:2] / made.original
    file.write_bytes(file.read_bytes()[:-1] + b"x")

    with pytest.raises(StoreError) as caught:
        place.shelf.make_again(made, 90, None)
    assert caught.value.code == "damaged"


def test_corners_that_a_person_set_make_another_page_of_the_same_original(place: Place) -> None:
    made = place.shelf.make(sheet(), "scanner", AT, page_id="one")

    cropped = place.shelf.make_again(made, 0, (20.0, 20.0, 300.0, 20.0, 300.0, 460.0, 20.0, 460.0))

    assert (cropped.id, cropped.original, cropped.cropped) == ("one", made.original, True)
    assert cropped.corners == (20.0, 20.0, 300.0, 20.0, 300.0, 460.0, 20.0, 460.0)
    again = place.shelf.make_again(cropped, 0, None)
    assert (again.digest, again.cropped) == (made.digest, False)


def test_the_original_comes_reduced_for_the_screen(place: Place) -> None:
    made = place.shelf.make(sheet(), "scanner", AT)
    assert (made.frame, made.width, made.height) == ((340, 480), 340, 480)

    assert place.shelf.original(made.original) is None
    place.settle()

    shown = place.shelf.original(made.original)
    assert shown is not None
    assert shown[:2] == b"\xff\xd8"
    assert place.came == [1]


def test_the_two_sides_of_a_card_come_on_one_sheet_and_keep_their_originals(place: Place) -> None:
    one, two = (place.shelf.make(sheet(number), "scanner", AT, page_id=str(number)) for number in (1, 2))

    card = place.shelf.combine(one, two, ("仅供办理测试事项使用", "2026-11-24"), AT, page_id="card")

    assert (card.width, card.height) == (2480, 3508)
    assert {one.original, two.original} <= set(card.parts)
    assert set(card.files) <= place.pages.digests()
    turned = place.shelf.make_again(card, 90, None)
    assert (turned.width, turned.height, turned.parts) == (3508, 2480, card.parts)


def test_codes_are_read_from_memory_or_disk_each_once(place: Place) -> None:
    made = place.shelf.make(sheet(1, "SC-MKT-001-M07"), "scanner", AT)
    assert place.shelf.codes(made.digest) == ("SC-MKT-001-M07",)

    place.shelf.forget()

    assert place.shelf.codes(made.digest) == ("SC-MKT-001-M07",)
    assert place.shelf.codes(place.shelf.make(sheet(2), "scanner", AT).digest) == ()
