"""Finding an item by words, pinyin (initials, full, or mixed) or code.

All names stand one after another in one long text. For each sound and each letter a whole number keeps a bit for
every place where it may be spoken (all readings of a character count), so that a key costs a few shifts of those
numbers instead of a walk over all items. Items are kept in the order that breaks ties: short names first, then as
listed.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from window_client.domain.catalogue import Item

Spans = tuple[tuple[int, int], ...]

# Worth of a match of one word, best first.
NAME = 900
NAME_PREFIX = 800
CODE = 750
PINYIN_PREFIX = 700
NAME_INSIDE = 600
PINYIN_INSIDE = 500
CODE_PREFIX = 400
ENGLISH = 300
DEPARTMENT = 200
CATEGORY = 100

_LONGEST_SYLLABLE = 6
_MAX_WORD = 40


class Hit(NamedTuple):
    """A found item. ``spans`` are [start, end) in its name, to be lit; ``score`` is higher the better it fits."""

    item_id: str
    spans: Spans
    score: int


class Index:
    """Answers searches over one catalogue version. Make it with ``build_index``."""

    def __init__(self, items: Sequence[Item], readings: Callable[[str], frozenset[str]]) -> None:
        """``readings`` gives the plain pinyin of a character, every reading of it; empty for other signs."""
        self._items = sorted(items, key=lambda item: len(item.name))
        self._names = _Column([item.name for item in self._items])
        self._english = _Column([f" {item.name_en} " for item in self._items])
        self._departments = _Column([f" {item.department_name} {item.department_name_en} " for item in self._items])
        self._codes = _Column([f"\n{item.id}\n{item.task_code}\n{item.catalog_code}\n" for item in self._items])
        self._categories = [_fold(item.queue_category) for item in self._items]
        self._sounds = _Sounds([item.name for item in self._items], readings)

    def search(self, text: str, limit: int = 50) -> tuple[Hit, ...]:
        """Items that match every word of ``text``, in any order of the words, best first."""
        words = [word[:_MAX_WORD] for word in _fold(text).replace("\0", " ").split()]
        if not words or limit < 1:
            return ()
        if len(words) == 1:
            found: dict[int, tuple[Spans, int]] = {}
            for place, spans, score in self._matches(words[0]):
                found.setdefault(place, (spans, score))
                if len(found) >= limit:
                    break  # matches come best first, and in the order that breaks ties
            return self._hits(found, limit)
        columns = [self._all_matches(word) for word in words]
        common = set(columns[0]).intersection(*columns[1:])
        worth = {place: sum([column[place][1] for column in columns]) // len(columns) for place in common}
        best = sorted(common, key=lambda place: (-worth[place], place))[:limit]
        return self._hits(
            {place: (_joined(s for column in columns for s in column[place][0]), worth[place]) for place in best},
            limit,
        )

    def _hits(self, found: dict[int, tuple[Spans, int]], limit: int) -> tuple[Hit, ...]:
        best = sorted(found.items(), key=lambda pair: (-pair[1][1], pair[0]))[:limit]
        return tuple(Hit(self._items[place].id, spans, score) for place, (spans, score) in best)

    def _all_matches(self, word: str) -> dict[int, tuple[Spans, int]]:
        found: dict[int, tuple[Spans, int]] = {}
        for place, spans, score in self._matches(word):
            found.setdefault(place, (spans, score))
        return found

    def _matches(self, word: str) -> Iterator[tuple[int, Spans, int]]:
        """Places of matching items with spans and worth, best first; an item may come more than once."""
        names = list(self._names.find(word))
        prefixes = [(place, at) for place, at in names if at == 0]
        width = self._names.width
        for whole in (True, False):
            for place, at in prefixes:
                span = self._names.span(place, at, len(word))
                if (span[1] == width(place)) is whole:
                    yield place, (span,), NAME if whole else NAME_PREFIX
        yield from ((place, (), CODE) for place, _ in self._codes.find(f"\n{word}\n"))
        spoken, spoken_inside = self._sounds.find(word)
        yield from ((place, (span,), PINYIN_PREFIX) for place, span in spoken)
        yield from ((place, (self._names.span(place, at, len(word)),), NAME_INSIDE) for place, at in names if at > 0)
        yield from ((place, (span,), PINYIN_INSIDE) for place, span in spoken_inside())
        yield from ((place, (), CODE_PREFIX) for place, _ in self._codes.find(f"\n{word}"))
        if len(word) == 1 and word.isascii():
            word = f" {word} "  # a Latin letter stands in nearly every English name; as a word it means something
        yield from ((place, (), ENGLISH) for place, _ in self._english.find(word))
        yield from ((place, (), DEPARTMENT) for place, _ in self._departments.find(word))
        yield from ((place, (), CATEGORY) for place, code in enumerate(self._categories) if code == word.strip())


def build_index(items: Iterable[Item], spoken: Callable[[str], frozenset[str]] | None = None) -> Index:
    """Read all names once.

    ``spoken`` gives the plain readings of a character; without it pypinyin is loaded and asked, which is slow.
    """
    if spoken is not None:
        return Index(list(items), spoken)
    from pypinyin import Style, pinyin  # noqa: PLC0415

    def readings(character: str) -> frozenset[str]:
        found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
        return frozenset(reading.replace("ü", "v").lower() for row in found for reading in row if reading)

    return Index(list(items), readings)


class _Column:
    """The texts of one column, folded and joined by a sign that no search holds."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._folded = []
        self._origins: list[Sequence[int] | None] = []
        for text in texts:
            folded, origin = _fold_with_origin(text)
            self._folded.append(folded)
            self._origins.append(None if len(folded) == len(text) else origin)
        self._widths = [len(text) for text in texts]
        self._joined = "\0".join(self._folded)
        self._starts = [0]
        for text in self._folded[:-1]:
            self._starts.append(self._starts[-1] + len(text) + 1)

    def find(self, word: str) -> Iterator[tuple[int, int]]:
        """Place and offset of the first match in each text."""
        at = self._joined.find(word)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            yield place, at - self._starts[place]
            if place + 1 == len(self._starts):
                return
            at = self._joined.find(word, self._starts[place + 1])

    def width(self, place: int) -> int:
        return self._widths[place]

    def span(self, place: int, at: int, length: int) -> tuple[int, int]:
        """Where a match lies in the text as written."""
        origin = self._origins[place]
        return (at, at + length) if origin is None else (origin[at], origin[at + length - 1] + 1)


class _Sounds:
    """Where each syllable may be spoken. Signs that are not spoken are left out, so brackets do not stop a search."""

    def __init__(self, names: Sequence[str], readings: Callable[[str], frozenset[str]]) -> None:
        places: dict[str, list[int]] = {}
        self._place_of: list[int] = []  # position of a sound -> item
        self._char_of: list[int] = []  # ... -> character of its name; -1 on the gap between two names
        self._last: list[int] = []  # item -> position after its last sound
        starts: list[int] = []
        spoken: dict[str, frozenset[str]] = {}
        for place, name in enumerate(names):
            starts.append(len(self._place_of))
            for at, character in enumerate(name):
                if character not in spoken:
                    folded = _fold(character)
                    spoken[character] = readings(character) or frozenset({folded} if folded.isalnum() else ())
                if sounds := spoken[character]:
                    for sound in sounds:
                        places.setdefault(sound, []).append(len(self._place_of))
                    self._place_of.append(place)
                    self._char_of.append(at)
            self._last.append(len(self._place_of))
            self._place_of.append(place)
            self._char_of.append(-1)
        self._bits = {sound: _bits(where) for sound, where in places.items()}
        self._begun: dict[str, int] = {}  # every beginning of a sound -> bits; one letter is an initial
        for sound, bits in self._bits.items():
            for length in range(1, len(sound) + 1):
                self._begun[sound[:length]] = self._begun.get(sound[:length], 0) | bits
        self._name_starts = _bits(starts)
        self._everywhere = (1 << len(self._place_of)) - 1

    def find(
        self, word: str
    ) -> tuple[list[tuple[int, tuple[int, int]]], Callable[[], Iterator[tuple[int, tuple[int, int]]]]]:
        """Items whose name begins with ``word`` as spoken, and a way to ask for those that hold it further inside."""
        if not (word.isascii() and word.isalnum()):
            return [], lambda: iter(())
        ends = self._ends(word)
        first = [hit for count, bits in ends for hit in self._read(bits & (self._name_starts << (count - 1)), count)]

        def inside() -> Iterator[tuple[int, tuple[int, int]]]:
            return iter(sorted((hit for count, bits in ends for hit in self._read(bits, count)), key=_place))

        return sorted(first, key=_place), inside

    def _ends(self, word: str) -> list[tuple[int, int]]:
        """Number of sounds and bits of the last one, for every way to cut ``word`` into sounds and initials.

        The last cut may be an unfinished syllable.
        """
        states: list[dict[int, int]] = [{} for _ in range(len(word))]
        states[0][0] = self._everywhere
        done: dict[int, int] = {}
        for at in range(len(word)):
            for count, bits in states[at].items():
                if rest := bits & self._begun.get(word[at:], 0):
                    done[count + 1] = done.get(count + 1, 0) | rest
                for length in range(1, min(_LONGEST_SYLLABLE, len(word) - at - 1) + 1):
                    part = word[at : at + length]
                    spoken = self._begun.get(part, 0) if length == 1 else self._bits.get(part, 0)
                    if here := bits & spoken:
                        later = states[at + length]
                        later[count + 1] = later.get(count + 1, 0) | (here << 1)
        return sorted(done.items(), reverse=True)  # initials before unfinished syllables: ``sh`` is 商户 first

    def _read(self, bits: int, count: int) -> Iterator[tuple[int, tuple[int, int]]]:
        """The first match in each item, as place and span in its name."""
        text = bin(bits)[:1:-1]
        at = text.find("1")
        while at >= 0:
            place = self._place_of[at]
            yield place, (self._char_of[at - count + 1], self._char_of[at] + 1)
            at = text.find("1", self._last[place])


def _place(hit: tuple[int, tuple[int, int]]) -> int:
    return hit[0]


def _bits(where: Sequence[int]) -> int:
    """A whole number with these bits set; made of bytes, because setting one bit after another copies it each time."""
    if not where:
        return 0
    raw = bytearray(where[-1] // 8 + 1)
    for at in where:
        raw[at // 8] |= 1 << at % 8
    return int.from_bytes(raw, "little")


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _fold_with_origin(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its signs the sign of ``text`` it came from."""
    folded, origin = [], []
    for at, character in enumerate(text):
        for sign in _fold(character):
            folded.append(sign)
            origin.append(at)
    return "".join(folded), origin


def _joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """Spans in order, overlapping and touching ones made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
