"""What a clerk chose to see: language, theme and size of text; remembered per clerk in the data folder."""

import json
import logging
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from ui.theme import Theme

SCALES = {"normal": 1.0, "large": 1.25, "huge": 1.5}
_SIZES = tuple(SCALES)
_CHOICES = {"language": ("zh", "en"), "theme": ("light", "dark"), "text": _SIZES}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Looks:
    """One choice of each."""

    language: str = "zh"
    theme: str = "light"
    text: str = "normal"

    def switched(self, switch: str) -> "Looks":
        """What a key or a button makes of it; itself for a switch that changes nothing more.

        Raises:
            KeyError: There is no such switch.
        """
        place = _SIZES.index(self.text)
        return {
            "language": replace(self, language="en" if self.language == "zh" else "zh"),
            "contrast": replace(self, theme="dark" if self.theme == "light" else "light"),
            "large_text": replace(self, text=_SIZES[(place + 1) % len(_SIZES)]),
            "text_larger": replace(self, text=_SIZES[min(place + 1, len(_SIZES) - 1)]),
            "text_smaller": replace(self, text=_SIZES[max(place - 1, 0)]),
            "text_normal": replace(self, text="normal"),
        }[switch]

    def differing(self, usual: "Looks") -> dict[str, str]:
        """What of this choice is not the usual, by name."""
        mine, theirs = asdict(self), asdict(usual)
        return {name: mine[name] for name in mine if mine[name] != theirs[name]}

    def themed(self) -> Theme:
        """The theme of this choice."""
        return Theme.load(self.theme, SCALES[self.text])


SWITCHES = ("language", "contrast", "large_text", "text_larger", "text_smaller", "text_normal")
"""All switches, by the names of keys and buttons."""


class LooksFile:
    """The choices of the clerks of this counter, by account; a file that cannot be used costs nobody a visit."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, account: str, usual: Looks) -> Looks:
        """What a clerk chose; ``usual`` for who chose nothing yet."""
        found = self._all().get(account)
        if not isinstance(found, dict):
            return usual
        good = {name: found[name] for name, allowed in _CHOICES.items() if found.get(name) in allowed}
        return replace(usual, **good)

    def keep(self, account: str, chosen: Looks) -> None:
        """Remember a clerk's choice."""
        every = self._all()
        every[account] = asdict(chosen)
        beside = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(every, indent=1) + "\n", encoding="utf-8")
            beside.replace(self._path)
        except OSError as error:
            _log.warning("the choice of looks is not kept: %s", error.strerror)

    def _all(self) -> dict[str, object]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
