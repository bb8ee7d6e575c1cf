"""Chip cards in step 1: while F9 waits for an identity card, a social security card may be put in instead.

What its script gives, name and number, fills like typed ones and says where it came from: the chip is not checked by
the identity card's security module, so the clerk compares with the original. A card that keeps its person's data behind
keys is told, and the identity card is waited for on. Nothing of a card is logged.
"""

from collections.abc import Callable, Mapping
from threading import Event

from drivers.contracts import SmartCardRecord
from drivers.errors import DeviceError, Fault
from window_client.domain.people import SOCIAL_CARD
from window_client.reception.core import Core

QUIET_CODES = frozenset({"no_card", "cancelled", "absent"})
"""Nobody put a card in; and of a reader that is away its pill tells."""

_SAID = frozenset({"card_locked", "card_unknown"})
"""What the clerk is told in words of its own; everything else is a card that was not read."""

_TAKEN = ("name", "id_no", "sex", "birth")


class SmartCards:
    """Asks the chip card reader beside the identity card's.

    Args:
        core: The desk's core.
        take: Takes what a card said, as ``Identity.type_document`` does.
    """

    def __init__(self, core: Core, take: Callable[[Mapping[str, str], str], None]) -> None:
        self._core = core
        self._take = take
        self._cancel: Event | None = None

    def ask(self, side: str, seconds: float) -> None:
        """Wait for a card for ``seconds``; nothing where the window has no reader that works."""
        self.rest()
        devices = self._core.deps.devices
        if devices.state_of("smart_card") not in {"ready", "busy"}:
            return
        asked: Event | None = None

        def done(record: SmartCardRecord) -> None:
            if self._cancel is asked:
                self._cancel = None
                self._came(record, side)

        def failed(error: DeviceError) -> None:
            if self._cancel is asked:
                self._cancel = None
                if error.fault is not Fault.CANCELLED and error.code not in QUIET_CODES:
                    code = error.code if error.code in _SAID else "not_read"
                    self._core.say(f"smart_card.{code}", bad=True)

        asked = self._cancel = devices.read_smart_card(wait=seconds, done=done, failed=failed)

    def rest(self) -> None:
        """A card that is put in now is not taken."""
        cancel, self._cancel = self._cancel, None
        if cancel is not None:
            self._core.deps.devices.call_off("smart_card", cancel)

    def _came(self, record: SmartCardRecord, side: str) -> None:
        facts = {name: record.fields.get(name, "") for name in _TAKEN}
        if facts["name"] and facts["id_no"]:
            self._take({**facts, "medium": SOCIAL_CARD}, side)
        else:
            self._core.say("smart_card.no_name", bad=True)
