"""How Chinese characters are spoken, from pypinyin's own table of single characters.

Importing pypinyin itself also reads its table of phrases, which a search by initials never needs: 137 ms beside
11 ms, most of it with the interpreter held, so that the screen would wait for it.
"""

import importlib.util
import unicodedata
from collections.abc import Callable
from pathlib import Path

import msgspec

TABLE = "pinyin_dict.json"


def readings() -> Callable[[str], frozenset[str]]:
    """A function from a character to its plain readings (``nǚ`` is ``nv``); empty for other signs.

    Raises:
        ValueError: pypinyin is not installed as expected; ``domain.search.build_index`` can do without this table.
    """
    spec = importlib.util.find_spec("pypinyin")
    if spec is None or not spec.submodule_search_locations:
        raise ValueError("pypinyin is not installed")
    try:
        raw = (Path(spec.submodule_search_locations[0]) / TABLE).read_bytes()
        table = msgspec.json.decode(raw, type=dict[str, str])
    except (OSError, msgspec.DecodeError) as error:
        raise ValueError(f"pypinyin's table of characters cannot be read: {error}") from error

    def of(character: str) -> frozenset[str]:
        spoken = table.get(str(ord(character)), "") if len(character) == 1 else ""
        return frozenset(plain(reading) for reading in spoken.split(",") if reading)

    return of


def plain(reading: str) -> str:
    """A reading without its tone; ü becomes v, as it is typed."""
    folded = unicodedata.normalize("NFD", reading.lower()).replace("u\u0308", "v")
    kept = "".join(sign for sign in folded if sign == "\u0302" or not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", kept)
