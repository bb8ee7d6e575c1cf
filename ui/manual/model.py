"""The pages of the manual as people find them; no Qt in here.

``resources/manual/<language>/*.md`` are the pages: ``index.md``, then the others in the order in which it links to
them, then any others by name; a page's title is its first heading. Pictures stand beside the languages and are named
by their relative paths.
"""

import re
from dataclasses import dataclass
from pathlib import Path

MANUAL = Path(__file__).resolve().parent.parent.parent / "resources" / "manual"
EXCERPT = 40
"""Letters on each side of what was found."""

_HEADING = re.compile(r"^(#{1,3})\s+(.*?)\s*#*\s*$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`>|]+")


@dataclass(frozen=True, slots=True)
class ManualPage:
    """One page: its file's name without the ending, its title, its Markdown and its second headings."""

    name: str
    title: str
    text: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents, or of what a search found. ``heading`` is empty for a whole page."""

    page: str
    text: str
    heading: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class Book:
    """The manual in one language."""

    folder: Path
    pages: tuple[ManualPage, ...]

    def page(self, name: str) -> ManualPage | None:
        """The page of a file name, with or without its ending."""
        wanted = name.removesuffix(".md")
        return next((page for page in self.pages if page.name == wanted), None)

    def contents(self) -> tuple[Entry, ...]:
        """Pages with their headings under them."""
        lines = []
        for page in self.pages:
            lines.append(Entry(page.name, page.title))
            lines += [Entry(page.name, heading, heading, 2) for heading in page.headings]
        return tuple(lines)

    def search(self, text: str) -> tuple[Entry, ...]:
        """Where all words of ``text`` stand in one line, in the order of the pages: the place and a piece of the line.

        An empty text finds nothing.
        """
        parts = text.lower().split()
        if not parts:
            return ()
        found = []
        for page in self.pages:
            heading = ""
            for line in page.text.splitlines():
                if match := _HEADING.match(line):
                    heading = match[2] if len(match[1]) > 1 else ""
                said = plain(line)
                if all(part in said.lower() for part in parts):
                    found.append(Entry(page.name, f"{page.title} · {_piece(said, parts[0])}", heading, 2))
        return tuple(found)


def read_book(language: str, folder: Path = MANUAL) -> Book:
    """The manual of a language; without one in that language it is the other one's, without any it is empty."""
    for name in (language, "zh", "en"):
        files = sorted(path for path in (folder / name).glob("*.md") if path.stem.lower() != "readme")
        if files:
            return Book(folder / name, _in_order(tuple(_read(path) for path in files)))
    return Book(folder, ())


def _in_order(pages: tuple[ManualPage, ...]) -> tuple[ManualPage, ...]:
    index = next((page.text for page in pages if page.name == "index"), "")
    named = ["index", *re.findall(r"\]\(([\w-]+)\.md\)", index)]
    return tuple(sorted(pages, key=lambda page: named.index(page.name) if page.name in named else len(named)))


def _read(path: Path) -> ManualPage:
    text = path.read_text("utf-8")
    headings = [match for line in _outside_code(text) if (match := _HEADING.match(line))]
    title = next((match[2] for match in headings if len(match[1]) == 1), path.stem)
    return ManualPage(path.stem, title, text, tuple(match[2] for match in headings if len(match[1]) == 2))


def _outside_code(text: str) -> list[str]:
    lines, code = [], False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            code = not code
        elif not code:
            lines.append(line)
    return lines


def plain(line: str) -> str:
    """A line of Markdown without its marks."""
    match = _HEADING.match(line)
    said = match[2] if match else line
    return " ".join(_MARKS.sub(" ", _LINK.sub(r"\1", said)).split())


def _piece(line: str, part: str) -> str:
    at = max(0, line.lower().find(part))
    start, end = max(0, at - EXCERPT), min(len(line), at + len(part) + EXCERPT)
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
