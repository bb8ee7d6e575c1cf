"""Catalogue and forms from their files, and the hall's windows from the catalogue."""

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from window_client.central.service.call import Call, Documents
from window_client.domain.catalogue import Catalogue


def load(catalogue: Path, forms: Path) -> Documents:
    """Read the catalogue and every form of a folder. ETag = SHA-256, so that it follows the content alone."""
    body = catalogue.read_bytes()
    documents = [tomllib.loads(path.read_text("utf-8")) for path in sorted(forms.glob("*.toml"))]
    together = json.dumps({"forms": documents}, ensure_ascii=False, sort_keys=True).encode()
    return Documents(
        catalogue=msgspec.json.decode(body, type=Catalogue),
        catalogue_body=body,
        catalogue_etag=_etag(body),
        forms_body=together,
        forms_etag=_etag(together),
    )


def staff(documents: Documents) -> list[dict[str, Any]]:
    """The people of the hall, as the catalogue lists them (no passwords there)."""
    found: list[dict[str, Any]] = json.loads(documents.catalogue_body).get("staff", [])
    return found


def set_up_windows(call: Call) -> None:
    """Bring the tables of windows and what they serve in line with the catalogue; fences and clerks stay."""
    catalogue = call.documents.catalogue
    call.db.execute("DELETE FROM serves WHERE hall = ?", (call.hall,))
    for window in catalogue.windows:
        call.db.execute(
            "INSERT INTO windows (hall, no, name, title, open, since) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE "
            "SET name = excluded.name, title = excluded.title, open = excluded.open",
            (call.hall, window.no, window.name, window.title, window.open, call.seconds),
        )
        call.db.executemany(
            "INSERT INTO serves VALUES (?, ?, ?)", [(call.hall, window.no, category) for category in window.categories]
        )


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()}"'
