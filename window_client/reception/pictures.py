"""Page pictures: made, made safe, and kept in memory for the screens while their visit is open."""

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from window_client.dispatch import Dispatcher
from window_client.domain.material import PageRef, card_shaped
from window_client.lane import Lane
from window_client.store.errors import StoreError
from window_client.store.pages import Pages

if TYPE_CHECKING:
    from window_client.imaging.page import Page

KEEP = 60
"""Pictures kept in memory: the thumbnails of a large case, and the pages looked at last."""

ORIGINAL_SIDE = 1400
"""Pixels of the longer side of an original that is shown: the screen shows no more, and must not wait for more."""

_SMALL = "small:"


class PageShelf:
    """Page pictures of the open visit; ``thumbnail`` and ``page`` never touch the disk on the calling thread.

    Args:
        pages: The sealed page files.
        imaging: The lane in which pictures are read from disk.
        dispatcher: Where "a picture came" goes.
        on_picture: Called on the main thread when a picture that was missing is there.
    """

    def __init__(self, pages: Pages, imaging: Lane, dispatcher: Dispatcher, on_picture: Callable[[], None]) -> None:
        self._pages = pages
        self._imaging = imaging
        self._dispatcher = dispatcher
        self._on_picture = on_picture
        self._kept: dict[str, bytes] = {}
        self._thumbnails: dict[str, str] = {}
        self._asked: set[str] = set()
        self._lock = Lock()

    # ---- in the imaging lane

    def make(
        self, jpeg: bytes, source: str, taken_at: str, *, page_id: str = "", limit: int = 0, card: bool = False
    ) -> PageRef:
        """Crop, flatten, set upright, judge, and write original, page and thumbnail; returns when all are on disk.

        ``limit`` in bytes (0: none) is what the page may take. ``card``: a card is looked for on the scanner's glass.

        Raises:
            StoreError: The disk refused; nothing is shown.
            ValueError: The picture cannot be read.
        """
        from window_client.imaging.page import process_page  # noqa: PLC0415 - brings cv2

        made = process_page(jpeg, source="camera" if source == "camera" else "scanner", limit=limit)
        page = PageRef("", 0, original=self._pages.write(jpeg), source=source, taken_at=taken_at, id=page_id)
        if card and source != "camera":
            found = process_page(jpeg, source="camera", limit=limit)
            if found.corners is not None and card_shaped(found.width, found.height):
                made, page = found, replace(page, cropped=True)  # made again from these corners, not from the sheet
        return self._kept_page(made, replace(page, turn=made.turn, auto_turn=made.turn))

    def make_again(self, page: PageRef, turn: int, corners: tuple[float, ...] | None, *, limit: int = 0) -> PageRef:
        """Make a page again from its sealed original, turned by ``turn`` degrees in all.

        ``corners`` are eight source pixels set by a person, None: as the program finds them.

        Raises:
            StoreError, ValueError: As ``make``.
        """
        from window_client.imaging.page import process_page  # noqa: PLC0415 - brings cv2

        asked = None if corners is None else [(corners[i], corners[i + 1]) for i in range(0, 8, 2)]
        source: Literal["camera", "scanner", "card"] = "camera" if page.source == "camera" else "scanner"
        if page.parts:
            source = "card"
        made = process_page(self._pages.read(page.original), source=source, corners=asked, turn=turn, limit=limit)
        return self._kept_page(made, replace(page, turn=turn, auto_turn=0, cropped=corners is not None))

    def combine(
        self, one: PageRef, two: PageRef, words: tuple[str, str], taken_at: str, *, page_id: str = "", limit: int = 0
    ) -> PageRef:
        """Put the two sides of a card on one sheet, at true size, with what it is for; both originals stay sealed.

        Raises:
            StoreError, ValueError: As ``make``.
        """
        from window_client.imaging.card import card_sheet  # noqa: PLC0415 - brings cv2
        from window_client.imaging.page import process_page  # noqa: PLC0415

        sheet = card_sheet(self._pages.read(one.digest), self._pages.read(two.digest), words)
        made = process_page(sheet, source="card", turn=0, limit=limit)
        parts = tuple(name for side in (one, two) for name in (side.original, side.digest) if name)
        flags = tuple(dict.fromkeys((*one.flags, *two.flags)))
        page = PageRef("", 0, original=self._pages.write(sheet), source="camera", taken_at=taken_at, id=page_id)
        return replace(self._kept_page(made, replace(page, parts=parts)), flags=flags)

    def _kept_page(self, made: "Page", page: PageRef) -> PageRef:
        """The page with what was made of it, its picture and its small picture on disk and in memory."""
        digest = self._pages.write(made.jpeg)
        thumbnail = self._pages.write(made.thumbnail_jpeg)
        self._keep(thumbnail, made.thumbnail_jpeg)
        self._keep(digest, made.jpeg)
        with self._lock:
            self._thumbnails[digest] = thumbnail
        return replace(
            page,
            digest=digest,
            size=len(made.jpeg),
            thumbnail=thumbnail,
            flags=tuple(made.flags),
            corners=() if made.corners is None else tuple(float(v) for point in made.corners for v in point),
            frame=made.frame,
            width=made.width,
            height=made.height,
        )

    def codes(self, digest: str) -> tuple[str, ...]:
        """The codes on a page, as text."""
        from window_client.imaging.codes import read_codes  # noqa: PLC0415 - brings cv2

        kept = self._kept.get(digest) or self._pages.read(digest)
        return tuple(dict.fromkeys(code.text for code in read_codes(kept)))

    # ---- on the main thread

    def thumbnail(self, digest: str) -> bytes | None:
        """A small JPEG of a page (named by the page or by the thumbnail itself), or None while it is being fetched."""
        with self._lock:
            name = self._thumbnails.get(digest, digest)
        return self._get(name)

    def know(self, page: PageRef) -> None:
        """Learn which thumbnail belongs to a page (after a restart)."""
        if page.thumbnail:
            with self._lock:
                self._thumbnails[page.digest] = page.thumbnail

    def page(self, digest: str) -> bytes | None:
        """The page as JPEG, or None while it is being fetched."""
        return self._get(digest)

    def original(self, digest: str) -> bytes | None:
        """What the camera or the scanner saw, upright and reduced to ``ORIGINAL_SIDE``, or None while it is fetched."""
        return self._get(f"{_SMALL}{digest}")

    def forget(self) -> None:
        """A visit ended: its pictures leave the memory."""
        with self._lock:
            self._kept.clear()
            self._thumbnails.clear()
            self._asked.clear()

    def _get(self, digest: str) -> bytes | None:
        with self._lock:
            kept = self._kept.get(digest)
            if kept is not None or digest in self._asked:
                return kept
            self._asked.add(digest)

        def done(data: bytes) -> None:
            self._keep(digest, data)
            self._asked.discard(digest)
            self._on_picture()

        self._imaging.run(lambda: self._read(digest), done=done, failed=lambda _: None)
        return None

    def _read(self, name: str) -> bytes:
        """In the imaging lane."""
        if not name.startswith(_SMALL):
            return self._pages.read(name)
        from window_client.imaging.decoding import reduced_jpeg  # noqa: PLC0415 - brings cv2

        return reduced_jpeg(self._pages.read(name.removeprefix(_SMALL)), ORIGINAL_SIDE)

    def _keep(self, digest: str, data: bytes) -> None:
        with self._lock:
            self._kept.pop(digest, None)
            self._kept[digest] = data
            while len(self._kept) > KEEP:
                self._kept.pop(next(iter(self._kept)))


Trouble = (StoreError, ValueError)
"""What the imaging lane may be told by the world outside."""
