"""Page pictures: made, made safe, and kept in memory for the screens while their visit is open."""

from collections.abc import Callable
from threading import Lock

from window_client.dispatch import Dispatcher
from window_client.domain.material import PageRef
from window_client.lane import Lane
from window_client.store.errors import StoreError
from window_client.store.pages import Pages

KEEP = 60
"""Pictures kept in memory: the thumbnails of a large case, and the pages looked at last."""


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

    def make(self, jpeg: bytes, source: str, taken_at: str, turn: int = 0, corners: tuple[float, ...] = ()) -> PageRef:
        """Crop, flatten, judge, and write original, page and thumbnail; returns when all are on disk.

        Raises:
            StoreError: The disk refused; nothing is shown.
            ValueError: The picture cannot be read.
        """
        from window_client.imaging.page import process_page  # noqa: PLC0415 - brings cv2

        asked = None if not corners else [(corners[i], corners[i + 1]) for i in range(0, 8, 2)]
        made = process_page(jpeg, source="camera" if source == "camera" else "scanner", corners=asked, turn=turn)
        original = self._pages.write(jpeg)
        digest = self._pages.write(made.jpeg)
        thumbnail = self._pages.write(made.thumbnail_jpeg)
        self._keep(thumbnail, made.thumbnail_jpeg)
        self._keep(digest, made.jpeg)
        flat = () if made.corners is None else tuple(float(value) for point in made.corners for value in point)
        with self._lock:
            self._thumbnails[digest] = thumbnail
        return PageRef(
            digest=digest,
            size=len(made.jpeg),
            original=original,
            thumbnail=thumbnail,
            source=source,
            taken_at=taken_at,
            flags=tuple(made.flags),
            corners=flat,
            turn=turn,
        )

    def turn(self, page: PageRef, turn: int) -> PageRef:
        """Make a page again from its sealed original, turned by ``turn`` degrees in all."""
        return self.make(self._pages.read(page.original), page.source, page.taken_at, turn, page.corners)

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

        self._imaging.run(lambda: self._pages.read(digest), done=done, failed=lambda _: None)
        return None

    def _keep(self, digest: str, data: bytes) -> None:
        with self._lock:
            self._kept.pop(digest, None)
            self._kept[digest] = data
            while len(self._kept) > KEEP:
                self._kept.pop(next(iter(self._kept)))


Trouble = (StoreError, ValueError)
"""What the imaging lane may be told by the world outside."""
