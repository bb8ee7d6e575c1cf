"""The catalogue, its forms and the search index that this window works with.

Kept in the store's cache, so that a start without a line has the last version; a newer one is fetched by its
ETag and taken over between two visits (a case keeps the version that it was begun with until it ends).
"""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from window_client.central.client import CentralClient
from window_client.domain import catalogue
from window_client.domain.catalogue import Catalogue, Item, QueueCategory
from window_client.domain.form import FormDefinition
from window_client.domain.form_rules import form_for
from window_client.store.cache import Cache

if TYPE_CHECKING:
    from window_client.domain.search import Hit, Index

log = logging.getLogger(__name__)


class _Forms(msgspec.Struct, frozen=True):
    forms: tuple[FormDefinition, ...]


class Copy(msgspec.Struct, frozen=True):
    """One version of everything, as decoded; made in a background thread."""

    catalogue: Catalogue
    forms: tuple[FormDefinition, ...]
    index: "Index"
    etags: tuple[str, str]


def decode(catalogue_body: bytes, forms_body: bytes, etags: tuple[str, str]) -> Copy:
    """Decode and index one version.

    Raises:
        ValueError: The documents are not what they should be.
    """
    from window_client.domain.search import build_index  # noqa: PLC0415 - only where a catalogue is read
    from window_client.readings import readings  # noqa: PLC0415

    decoded = catalogue.decode(catalogue_body)
    try:
        forms = msgspec.json.decode(forms_body, type=_Forms).forms
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error
    return Copy(decoded, forms, build_index(decoded.items, readings()), etags)


class Shelf:
    """What is on the shelf now. ``take`` runs on the main thread, ``fetch`` in the ``ask`` lane."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._copy: Copy | None = None
        self._by_id: dict[str, Item] = {}

    def cached(self) -> tuple[bytes, bytes, tuple[str, str]] | None:
        """The documents of the last version that was fetched; read on the main thread."""
        kept, forms = self._cache.get("catalogue"), self._cache.get("forms")
        if kept is None or forms is None:
            return None
        return kept.body, forms.body, (kept.etag, forms.etag)

    def fetch(self, client: CentralClient) -> tuple[bytes, bytes, Copy] | None:
        """Fetch a newer version, or None when ours is the newest.

        Raises:
            Unavailable, Rejected: As the client says.
        """
        etags = self._copy.etags if self._copy else ("", "")
        new_catalogue, new_forms = client.catalogue(etags[0]), client.forms(etags[1])
        if new_catalogue is None and new_forms is None:
            return None
        if new_catalogue is None:
            new_catalogue = client.catalogue()
        if new_forms is None:
            new_forms = client.forms()
        if new_catalogue is None or new_forms is None:
            return None
        copy = decode(new_catalogue.body, new_forms.body, (new_catalogue.etag, new_forms.etag))
        return new_catalogue.body, new_forms.body, copy

    def keep(self, catalogue_body: bytes, forms_body: bytes, copy: Copy) -> None:
        """Write a fetched version to the cache and use it from now on."""
        self._cache.put("catalogue", catalogue_body, etag=copy.etags[0], version=copy.catalogue.meta.catalog_version)
        self._cache.put("forms", forms_body, etag=copy.etags[1], version=copy.catalogue.meta.catalog_version)
        self.take(copy)

    def take(self, copy: Copy) -> None:
        """Use a version from now on."""
        self._copy = copy
        self._by_id = {item.id: item for item in copy.catalogue.items}

    @property
    def catalogue(self) -> Catalogue | None:
        """The catalogue, or None before the first one came."""
        return self._copy.catalogue if self._copy else None

    def item(self, item_id: str) -> Item | None:
        """An item by its id."""
        return self._by_id.get(item_id)

    def form(self, form_id: str) -> FormDefinition | None:
        """A form by its id."""
        if self._copy is None:
            return None
        return next((form for form in self._copy.forms if form.id == form_id), None)

    def form_for(self, item_id: str, applicant_kind: str) -> FormDefinition | None:
        """The one form for an item and a kind of applicant."""
        return form_for(self._copy.forms, item_id, applicant_kind) if self._copy else None

    def category(self, code: str) -> QueueCategory | None:
        """A queue category by its letter."""
        if self._copy is None:
            return None
        return next((row for row in self._copy.catalogue.queue_categories if row.code == code), None)

    def search(self, text: str, limit: int = 50) -> "Sequence[Hit]":
        """Find items; empty before the first catalogue came."""
        return self._copy.index.search(text, limit) if self._copy else ()


Listener = Callable[[], None]
