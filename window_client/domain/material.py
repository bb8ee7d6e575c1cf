"""The checklist rows of a case: which pages they hold and how each was satisfied (DOMAIN.md section 8.3)."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from window_client.domain.calendar import WorkingCalendar
from window_client.domain.catalogue import OPTIONAL, Guidance, Item, Material
from window_client.domain.limits import due_date

UNSORTED = ""
"""Row id of the pages that belong to no row (未归类)."""

SEPARATOR = "separator"
"""Flag of a sheet that only parts a batch: kept among the unsorted pages, never in the case."""

CARD_RATIO = 85.6 / 54.0
"""Long over short side of an identity card (ISO/IEC 7810 ID-1)."""

_CARD_CERTIFICATES = frozenset({"居民身份证", "居住证", "社会保障卡", "残疾人证"})
_CARD_NAME = re.compile(r"身份证(?!明)|居住证(?!明)|社会保障卡|银行卡|残疾人证|往来.*通行证")
_NO_CARD_NAME = re.compile(r"(表|书|申请|复印件装订)$")


class Way(StrEnum):
    """How a row was satisfied; MISSING and the pages' own state are derived by ``row_state``."""

    NONE = "none"  # nothing chosen: pages decide
    ECERT = "ecert"  # 复用电子证照
    DEFERRED = "deferred"  # 容缺后补
    NOT_NEEDED = "not_needed"


class RowState(StrEnum):
    """What the checklist shows."""

    READY = "ready"
    SCANNING = "scanning"  # the row that pages go to now
    ECERT = "ecert"
    DEFERRED = "deferred"
    NOT_NEEDED = "not_needed"
    MISSING = "missing"


class PageRef(msgspec.Struct, frozen=True):
    """A page on disk. ``digest`` is the SHA-256 of the flattened JPEG, ``original`` that of the camera's picture.

    ``corners`` are source pixels, clockwise from top left, eight numbers, or empty; ``flags`` as in ``imaging``;
    ``turn`` in degrees clockwise, ``auto_turn`` what of it the program did by itself. ``id`` stays when the page is
    made again with other corners; ``frame`` is the upright original's size in pixels, ``cropped`` says that a person
    set the corners; ``parts`` are the originals of the sides of a card that were put on this page.
    """

    digest: str
    size: int
    original: str = ""
    thumbnail: str = ""
    source: str = "camera"
    taken_at: str = ""
    flags: tuple[str, ...] = ()
    corners: tuple[float, ...] = ()
    codes: tuple[str, ...] = ()
    turn: int = 0
    id: str = ""
    frame: tuple[int, int] = (0, 0)
    width: int = 0
    height: int = 0
    cropped: bool = False
    auto_turn: int = 0
    parts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What names this page through every change."""
        return self.id or self.digest

    @property
    def files(self) -> tuple[str, ...]:
        """The digests of all files that belong to it."""
        return tuple(name for name in (self.digest, self.original, self.thumbnail, *self.parts) if name)


class ECert(msgspec.Struct, frozen=True):
    """An e-certificate that stands for a paper."""

    type: str
    number: str
    issuer: str = ""
    valid_to: str = ""
    response_id: str = ""


class Row(msgspec.Struct, frozen=True):
    """One checklist row of a visit. ``due`` is the promised date of a deferral, ISO 8601."""

    material_id: str
    pages: tuple[PageRef, ...] = ()
    way: Way = Way.NONE
    ecert: ECert | None = None
    due: str = ""
    done: bool = False  # the clerk has moved on: no more pages expected


class Checklist(msgspec.Struct, frozen=True):
    """All rows of the item that were ever shown in this visit, and the unsorted pages.

    Rows of materials that the present answers do not ask for are kept aside with their ways but without
    pages: those move to ``unsorted``, so that a changed answer never loses a page.
    """

    rows: tuple[Row, ...] = ()
    unsorted: tuple[PageRef, ...] = ()


class Counts(NamedTuple):
    """The numbers above the checklist (齐 2 正扫 1 容缺 1 缺 1). Rows that are not needed are in none of them."""

    ready: int
    scanning: int
    deferred: int
    missing: int


def find_row(checklist: Checklist, material_id: str) -> Row | None:
    """The row of a material, or None."""
    return next((row for row in checklist.rows if row.material_id == material_id), None)


def pages_of(checklist: Checklist, material_id: str) -> tuple[PageRef, ...]:
    """The pages of a row, or the unsorted ones for ``UNSORTED``."""
    if material_id == UNSORTED:
        return checklist.unsorted
    row = find_row(checklist, material_id)
    return row.pages if row else ()


def sync(checklist: Checklist, guidance: Guidance) -> Checklist:
    """Follow a changed answer: a row for each material asked for, in order, then the others without their pages.

    Pages of rows that are no longer asked for become unsorted, in their order; the clerk sorts them again.
    """
    asked = [guided.material.id for guided in guidance.materials]
    known = {row.material_id: row for row in checklist.rows}
    aside = [row for row in checklist.rows if row.material_id not in asked]
    return Checklist(
        rows=(
            *(known.get(material_id, Row(material_id)) for material_id in asked),
            *(replace(row, pages=(), done=False) for row in aside),
        ),
        unsorted=(*checklist.unsorted, *(page for row in aside for page in row.pages)),
    )


def add_page(checklist: Checklist, material_id: str, page: PageRef, at: int | None = None) -> Checklist:
    """Put a page into a row, at the end unless ``at`` says where; into the unsorted ones if there is no such row.

    A page ends a deferral and 不需要: the paper is here. An e-certificate stays, the page stands beside it.
    """
    if find_row(checklist, material_id) is None:
        material_id = UNSORTED
    if material_id != UNSORTED and SEPARATOR in page.flags:  # a person says that it is no separator
        page = replace(page, flags=tuple(flag for flag in page.flags if flag != SEPARATOR))
    pages = list(pages_of(checklist, material_id))
    pages.insert(len(pages) if at is None else at, page)
    changed = _with_pages(checklist, material_id, pages)
    row = find_row(changed, material_id)
    if row is not None and row.way in {Way.DEFERRED, Way.NOT_NEEDED}:
        changed = _with_row(changed, replace(row, way=Way.NONE, due=""))
    return changed


def remove_page(checklist: Checklist, material_id: str, index: int) -> Checklist:
    """Take a page out for good.

    Raises:
        IndexError: there is no such page.
    """
    return _take(checklist, material_id, index)[0]


def move_page(checklist: Checklist, from_id: str, index: int, to_id: str, at: int | None = None) -> Checklist:
    """Move a page to another row (or ``UNSORTED``), at the end unless ``at`` says where.

    Raises:
        IndexError: there is no such page.
    """
    rest, page = _take(checklist, from_id, index)
    return add_page(rest, to_id, page, at)


def reorder(checklist: Checklist, material_id: str, index: int, to: int) -> Checklist:
    """Move a page within its row; a place beyond either end is that end.

    Raises:
        IndexError: there is no such page.
    """
    rest, page = _take(checklist, material_id, index)
    pages = list(pages_of(rest, material_id))
    pages.insert(max(to, 0), page)
    return _with_pages(rest, material_id, pages)


def turn_page(checklist: Checklist, material_id: str, index: int, degrees: int = 90) -> Checklist:
    """Turn a page clockwise; ``turn`` stays within 0, 90, 180, 270.

    Raises:
        IndexError: there is no such page.
        ValueError: not a quarter turn.
    """
    if degrees % 90:
        raise ValueError("pages turn by quarters")
    pages = list(pages_of(checklist, material_id))
    page = pages[_place(pages, index)]
    pages[index] = replace(page, turn=(page.turn + degrees) % 360)
    return _with_pages(checklist, material_id, pages)


def set_way(
    checklist: Checklist, material_id: str, way: Way, *, ecert: ECert | None = None, due: str = ""
) -> Checklist:
    """Say how a row is satisfied: ``ecert`` for ECERT, ``due`` (ISO 8601) for DEFERRED. Its pages stay.

    Raises:
        KeyError: there is no such row.
    """
    row = _row(checklist, material_id)
    return _with_row(checklist, replace(row, way=way, ecert=ecert, due=due))


def set_done(checklist: Checklist, material_id: str, *, done: bool = True) -> Checklist:
    """Say that no more pages are expected for a row.

    Raises:
        KeyError: there is no such row.
    """
    return _with_row(checklist, replace(_row(checklist, material_id), done=done))


def find_page(checklist: Checklist, key: str) -> tuple[str, int] | None:
    """Where the page with this key (or digest) is: its row, or ``UNSORTED``, and its place in it."""
    rows = [(row.material_id, row.pages) for row in checklist.rows] + [(UNSORTED, checklist.unsorted)]
    return next(
        ((id_, place) for id_, pages in rows for place, page in enumerate(pages) if key in {page.key, page.digest}),
        None,
    )


def exchange_page(checklist: Checklist, key: str, page: PageRef) -> Checklist:
    """Put ``page`` in the place of the page ``key``; nothing changes when that has gone."""
    place = find_page(checklist, key)
    if place is None:
        return checklist
    pages = list(pages_of(checklist, place[0]))
    pages[place[1]] = page
    return _with_pages(checklist, place[0], pages)


def is_card(material: Material) -> bool:
    """Whether the material is a card with two sides, which belong on one page.

    The catalogue has no flag for it: its e-certificate's type decides, else its name (a form *for* a card is none).
    """
    if "居住证明" in material.name:  # a residence permit or another paper: mostly the other
        return False
    if material.ecert_type in _CARD_CERTIFICATES:
        return True
    return bool(_CARD_NAME.search(material.name)) and not _NO_CARD_NAME.search(material.name)


def is_card_sized(page: PageRef) -> bool:
    """Whether the page has a card's proportions, and is not yet a sheet that carries one."""
    return not page.parts and card_shaped(page.width, page.height)


def card_shaped(width: int, height: int) -> bool:
    """Whether a page of so many pixels has a card's proportions and is no larger than one."""
    long, short = max(width, height), min(width, height)
    return short > 0 and abs(long / short / CARD_RATIO - 1) < 0.05 and long < 1400


def may_skip(material: Material) -> bool:
    """Whether 不需要 may be chosen: only where the catalogue does not demand the material."""
    return material.necessity == OPTIONAL


def row_state(row: Row, material: Material, current_id: str = "") -> RowState:
    """What the checklist shows for a row; ``current_id`` is the row that pages go to now.

    A row with pages is ready unless it is the current one and the clerk has not moved on.
    """
    if row.way is Way.ECERT:
        return RowState.ECERT
    if row.pages:
        scanning = row.material_id == current_id and not row.done
        return RowState.SCANNING if scanning else RowState.READY
    if row.way is Way.DEFERRED:
        return RowState.DEFERRED
    if may_skip(material):
        return RowState.NOT_NEEDED
    return RowState.MISSING


def may_defer(
    item: Item,
    material: Material,
    *,
    credit: Literal["good", "bad", "unknown"],
    today: date,
    asked_on: date | None = None,
) -> tuple[bool, str]:
    """Whether a material may follow later, and if not why (DOMAIN.md section 8.5).

    Codes: ``not_deferrable`` (not on the published list), ``on_the_spot`` (nothing is promised for later),
    ``credit_unknown`` (the list cannot be reached, or was last asked on another day than ``today``), ``credit_bad``;
    empty when it may.
    """
    if not material.deferrable:
        return False, "not_deferrable"
    if not item.promised_limit.value:
        return False, "on_the_spot"
    if credit == "bad":
        return False, "credit_bad"
    if credit != "good" or (asked_on is not None and asked_on != today):
        return False, "credit_unknown"
    return True, ""


def latest_due(item: Item, accepted: datetime, calendar: WorkingCalendar) -> date:
    """The last date that may be promised for a deferred material: the item's own promised date.

    Raises:
        ValueError: the item promises nothing for later, so nothing can be deferred.
    """
    due = due_date(item.promised_limit, accepted.date(), calendar)
    if due is None or not item.promised_limit.value:
        raise ValueError(f"{item.id} has no time for deferred materials")
    return due.date


def missing(checklist: Checklist, guidance: Guidance) -> tuple[str, ...]:
    """Ids of the materials that still stand in the way, in order."""
    return tuple(
        guided.material.id
        for guided in guidance.materials
        if row_state(_shown(checklist, guided.material), guided.material) is RowState.MISSING
    )


def deferred(checklist: Checklist, guidance: Guidance) -> tuple[Row, ...]:
    """The rows that follow later, in order."""
    rows = ((_shown(checklist, guided.material), guided.material) for guided in guidance.materials)
    return tuple(row for row, material in rows if row_state(row, material) is RowState.DEFERRED)


def counts(checklist: Checklist, guidance: Guidance, current_id: str = "") -> Counts:
    """How many of the materials asked for are ready (also by e-certificate), being scanned, deferred, missing."""
    states = [
        row_state(_shown(checklist, guided.material), guided.material, current_id) for guided in guidance.materials
    ]
    ready = states.count(RowState.READY) + states.count(RowState.ECERT)
    return Counts(
        ready,
        states.count(RowState.SCANNING),
        states.count(RowState.DEFERRED),
        states.count(RowState.MISSING),
    )


def all_pages(checklist: Checklist) -> tuple[PageRef, ...]:
    """Every page of the visit, row by row, then the unsorted ones."""
    return (*(page for row in checklist.rows for page in row.pages), *checklist.unsorted)


def _shown(checklist: Checklist, material: Material) -> Row:
    return find_row(checklist, material.id) or Row(material.id)


def _row(checklist: Checklist, material_id: str) -> Row:
    row = find_row(checklist, material_id)
    if row is None:
        raise KeyError(material_id)
    return row


def _with_row(checklist: Checklist, row: Row) -> Checklist:
    return replace(checklist, rows=tuple(row if old.material_id == row.material_id else old for old in checklist.rows))


def _with_pages(checklist: Checklist, material_id: str, pages: Sequence[PageRef]) -> Checklist:
    if material_id == UNSORTED:
        return replace(checklist, unsorted=tuple(pages))
    return _with_row(checklist, replace(_row(checklist, material_id), pages=tuple(pages)))


def _take(checklist: Checklist, material_id: str, index: int) -> tuple[Checklist, PageRef]:
    pages = list(pages_of(checklist, material_id))
    page = pages.pop(_place(pages, index))
    return _with_pages(checklist, material_id, pages), page


def _place(pages: Sequence[PageRef], index: int) -> int:
    if not 0 <= index < len(pages):
        raise IndexError(index)
    return index
