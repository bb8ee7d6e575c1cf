"""``window-client separators``: sheets for the feeder that part a batch into its materials."""

import sys
from argparse import Namespace

import msgspec

from window_client.domain.catalogue import Catalogue, Item
from window_client.reception.separators import NEXT, separator_text
from window_client.settings import Settings


def separators(options: Namespace, settings: Settings | None) -> int:
    """Write the separator sheets of an item (one a material, and generic ones), or only generic ones, as PDF.

    The catalogue comes from ``--catalogue``, else from the central service of the settings.
    """
    from window_client.paper.separators import separator_sheets  # noqa: PLC0415 - brings Pillow

    sheets = [(separator_text(NEXT), "下一份材料", "通用分隔页 · 后面的页归到清单的下一份")] * options.next
    if options.item:
        try:
            item = _item(options, settings)
        except (OSError, ValueError) as error:
            sys.stderr.write(f"the catalogue cannot be read: {error}\n")
            return 2
        if item is None:
            sys.stderr.write(f"no item {options.item} in the catalogue\n")
            return 1
        sheets = [
            *(
                (separator_text(row.id), row.short_name or row.name, f"{item.name} · {row.id}")
                for row in item.materials
            ),
            *sheets,
        ]
    if not sheets:
        sys.stderr.write("name an item, or ask for generic sheets with --next N\n")
        return 2
    pdf = separator_sheets(sheets)
    try:
        options.out.write_bytes(pdf)
    except OSError as error:
        sys.stderr.write(f"{options.out}: {error.strerror}\n")
        return 2
    facts = {"file": str(options.out), "sheets": len(sheets), "item": options.item}
    said = msgspec.json.encode(facts).decode() if options.json else f"{options.out}: {len(sheets)} sheets"
    sys.stdout.write(said + "\n")
    return 0


def _item(options: Namespace, settings: Settings | None) -> Item | None:
    """The item that was asked for.

    Raises:
        OSError, ValueError: The catalogue cannot be read or fetched.
    """
    if options.catalogue is not None:
        body = options.catalogue.read_bytes()
    else:
        from window_client.central.client import CentralClient, Rejected, Unavailable  # noqa: PLC0415

        if settings is None:
            return None
        client = CentralClient(settings.central_url, ca=settings.central_ca or None)
        try:
            fetched = client.catalogue()
        except (Unavailable, Rejected) as error:
            raise ValueError(str(error)) from error
        finally:
            client.close()
        body = fetched.body if fetched is not None else b""
    catalogue = msgspec.json.decode(body, type=Catalogue)
    return next((row for row in catalogue.items if row.id == options.item), None)
