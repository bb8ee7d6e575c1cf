"""Qt Linguist files of the words, by ``python -m ui.linguist export`` and ``import`` (``resources/i18n/*.ts``).

The words stand in ``resources/words/*.json``; a translator who likes Linguist opens the ``.ts``, and what she changed
goes back into the tables. A context is a table's file, a message's id is its key, its source the Chinese text.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from ui.words import WORDS_FOLDER

I18N_FOLDER = WORDS_FOLDER.parent / "i18n"
LOCALES = {"zh": "zh_CN", "en": "en"}
"""Language of the tables → the locale of its file."""

PLACE = re.compile(r"\{(\w+)\}")


def places(text: str) -> set[str]:
    """The ``{places}`` of a text; data in both languages stands as ``{zh}`` in one text, ``{en}`` in the other."""
    return {"own" if place in LOCALES else place for place in PLACE.findall(text)}


def ts_path(language: str, folder: Path = I18N_FOLDER) -> Path:
    """The Linguist file of a language."""
    return folder / f"window_client_{LOCALES[language]}.ts"


def tables(words: Path = WORDS_FOLDER) -> dict[str, dict[str, dict[str, str]]]:
    """File name without ending → key → language → text."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(words.glob("*.json"))}


def export(words: Path = WORDS_FOLDER, folder: Path = I18N_FOLDER) -> list[Path]:
    """Write one file a language; a text that is empty is marked as unfinished."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for language, locale in LOCALES.items():
        root = ET.Element("TS", version="2.1", language=locale, sourcelanguage="zh_CN")
        for name, texts in tables(words).items():
            context = ET.SubElement(root, "context")
            ET.SubElement(context, "name").text = name
            for key, text in texts.items():
                message = ET.SubElement(context, "message", id=key)
                ET.SubElement(message, "source").text = text["zh"]
                if kept := PLACE.findall(text["zh"]):
                    ET.SubElement(message, "extracomment").text = "keep: " + " ".join(f"{{{p}}}" for p in kept)
                made = ET.SubElement(message, "translation")
                made.text = text[language]
                if not text[language].strip() and text["zh"].strip():
                    made.set("type", "unfinished")
        ET.indent(root, " ")
        body = ET.tostring(root, encoding="unicode")
        path = ts_path(language, folder)
        path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")
        written.append(path)
    return written


def read_ts(path: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Table, key, text and whether it is finished, of every message of a file."""
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - our own translators' files
        name = context.findtext("name", "")
        for message in context.iter("message"):
            made = message.find("translation")
            text = "" if made is None else made.text or ""
            unfinished = made is None or made.get("type") in {"unfinished", "vanished", "obsolete"}
            yield name, message.get("id", ""), text, not unfinished


def problems(words: Path = WORDS_FOLDER, folder: Path = I18N_FOLDER) -> list[str]:
    """Keys that are untranslated, lost or unknown in a file, and texts whose ``{places}`` differ from the Chinese."""
    every = {key: text for texts in tables(words).values() for key, text in texts.items()}
    found = []
    for language, locale in LOCALES.items():
        seen = set()
        for _, key, text, finished in read_ts(ts_path(language, folder)):
            seen.add(key)
            if key not in every:
                found.append(f"{locale}: {key} is not known")
            elif not finished or (not text.strip() and every[key]["zh"].strip()):
                found.append(f"{locale}: {key} is not translated")
            elif places(text) != places(every[key]["zh"]):
                found.append(f"{locale}: {key} has other places than the Chinese")
        found += [f"{locale}: {key} is missing" for key in every if key not in seen]
    return found


def bring_back(words: Path = WORDS_FOLDER, folder: Path = I18N_FOLDER) -> list[str]:
    """Take finished texts of the files into the tables; returns the keys that changed.

    Raises:
        ValueError: A file has a problem; nothing is written.
    """
    if wrong := problems(words, folder):
        raise ValueError("\n".join(wrong))
    changed = []
    given = {language: {key: text for _, key, text, _ in read_ts(ts_path(language, folder))} for language in LOCALES}
    for path in sorted(words.glob("*.json")):
        body = path.read_text("utf-8")
        for key, text in json.loads(body).items():
            for language, found in given.items():
                if found[key] == text[language]:
                    continue
                changed.append(key)
                body = _put(body, key, language, text[language], found[key])
        path.write_text(body, "utf-8")
    return changed


def _put(body: str, key: str, language: str, old: str, new: str) -> str:
    """Change one text where it stands: the tables keep their order and their layout."""
    quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in (("old", old), ("new", new))}
    start = body.index(json.dumps(key, ensure_ascii=False) + ":")
    at = body.index(f'"{language}": {quoted["old"]}', start)
    put = f'"{language}": {quoted["new"]}'
    return body[:at] + put + body[at + len(f'"{language}": {quoted["old"]}') :]


def main(asked: list[str]) -> int:
    """``export``, ``import`` or ``check``; 1 when something is wrong."""
    if asked == ["export"]:
        sys.stdout.write("".join(f"{path}\n" for path in export()))
        return 0
    if asked in (["import"], ["check"]):
        found = problems()
        sys.stderr.write("".join(f"{line}\n" for line in found))
        if not found and asked == ["import"]:
            sys.stdout.write("".join(f"{key}\n" for key in bring_back()))
        return 1 if found else 0
    sys.stderr.write("python -m ui.linguist export | import | check\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
