"""Every text that people read, by key: ``words("viewer.page", n=2)``.

The texts stand in ``resources/words/*.json``, one object a file: key → {"zh": …, "en": …}. A key may stand in one
file only (a test looks). ``strict`` (set by the tests) makes a missing key an error; at the counter the key itself is
shown and logged once, for a missing word must not stop a visit. Where English needs a singular, the key has a twin
that ends in ``.one``, said when ``n`` is 1.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

WORDS_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "words"
LANGUAGES = ("zh", "en")
_log = logging.getLogger(__name__)


def read_table(folder: Path = WORDS_FOLDER) -> dict[str, dict[str, str]]:
    """All texts of a folder: key → language → text. Of a key in two files the first one is read, and it is logged."""
    table: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*.json")):
        texts: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))
        if double := table.keys() & texts.keys():
            _log.error("%s says again: %s", path.name, ", ".join(sorted(double)))
        table = texts | table
    return table


class Words:
    """The table of texts in one language at a time."""

    def __init__(self, table: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.language = "zh"
        self.strict = False
        self._missing: set[str] = set()
        self._table: Mapping[str, Mapping[str, str]] = read_table() if table is None else table

    def beside(self) -> "Words":
        """The same texts in a language of their own: the applicant may read English while the clerk reads Chinese."""
        return Words(self._table)

    def __call__(self, key: str, /, **args: object) -> str:
        """The text of ``key`` with ``{name}`` places filled.

        Raises:
            KeyError: There is no such key, or an argument is missing; only when ``strict``.
        """
        try:
            one = f"{key}.one"
            text = self._table[one if args.get("n") == 1 and one in self._table else key][self.language]
            return text.format(**args) if args or "{" in text else text
        except KeyError:
            if self.strict:
                raise
            if key not in self._missing:
                self._missing.add(key)
                _log.warning("no text, or an argument missing, for %s", key)
            return key

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def keys(self) -> frozenset[str]:
        """All keys."""
        return frozenset(self._table)

    def again(self, text: str, keys: Iterable[str]) -> str:
        """A text that was said in whichever language, in the language that is spoken now.

        A reason, say, that was stored as it was read. A text of none of the ``keys`` stays as it is.
        """
        return next((self(key) for key in keys if key in self and text in self._table[key].values()), text)

    def first(self, *keys: str, **args: object) -> str:
        """The text of the first of ``keys`` that exists: special words before general ones."""
        return self(next((key for key in keys if key in self._table), keys[-1]), **args)


words = Words()
"""What the clerk reads."""

applicant_words = words.beside()
"""What the applicant reads: ``applicant_words.language`` is the applicant's choice and ends with the visit."""
