"""The checklist rows of a case: which pages they hold and how each was satisfied (DOMAIN.md section 8.3)."""

from enum import StrEnum

import msgspec

UNSORTED = ""
"""Row id of the pages that belong to no row (未归类)."""


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

    ``corners`` are source pixels, clockwise from top left, eight numbers, or empty; ``flags`` as in ``imaging``.
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
