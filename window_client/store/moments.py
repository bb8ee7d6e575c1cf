"""Points in time as the store keeps them."""

from datetime import UTC, datetime


def sortable(moment: datetime) -> str:
    """UTC with microseconds and fixed width, so that text order is time order. ``moment`` must know its offset."""
    if moment.tzinfo is None:
        raise ValueError("a moment without an offset names no point in time")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def now() -> str:
    """This moment, ``sortable``."""
    return sortable(datetime.now(UTC))
