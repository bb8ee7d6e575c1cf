"""What a driver's options are, from its own docstrings: read, not imported, so that nothing heavy is loaded."""

import ast
import re
from functools import cache
from pathlib import Path

from drivers import catalogue

_FOLDER = Path(__file__).resolve().parents[2]


@cache
def options_of(kind: str, driver: str) -> str:
    """The sentences about options of a driver's class and module, in English; empty where it has none."""
    entry = catalogue.find(kind, driver)
    if entry is None:
        return ""
    try:
        tree = ast.parse((_FOLDER / Path(*entry.module.split("."))).with_suffix(".py").read_text("utf-8"))
    except (OSError, SyntaxError):
        return ""
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == entry.class_name]
    docstrings = [*(ast.get_docstring(each) for each in classes), ast.get_docstring(tree)]
    return next(filter(None, (_about_options(text or "") for text in docstrings)), "")


def _about_options(docstring: str) -> str:
    """From the word to the end of its paragraph, and the list behind it, on one line and without marks."""
    paragraphs = re.split(r"\n\s*\n", docstring)
    for number, paragraph in enumerate(paragraphs):
        if (at := paragraph.find("Options")) >= 0:
            told = paragraph[at:].rstrip()
            if told.endswith(":"):
                told += " " + " ".join(paragraphs[number + 1 : number + 2])
            return " ".join(told.replace("``", "").split())
    return ""
