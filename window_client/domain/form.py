"""Forms: definitions, values with the place they came from, and what is wrong with them.

Format and rules: ``resources/forms/README.md``. A form is data; nothing in the program knows a field by name.
"""

from enum import StrEnum
from typing import Any

import msgspec

from window_client.domain.catalogue import When


class Words(msgspec.Struct, frozen=True):
    """A text in both languages."""

    zh: str
    en: str = ""


class Choice(msgspec.Struct, frozen=True):
    """One allowed value."""

    value: str
    zh: str
    en: str = ""


class Condition(msgspec.Struct, frozen=True):
    """``q`` (an answer of the guidance) or ``field`` (an earlier field of this form) is among ``values``."""

    q: str = ""
    field: str = ""
    values: tuple[str, ...] = msgspec.field(name="in", default=())


class Rule(msgspec.Struct, frozen=True):
    """What a value must keep to; see the README of the forms."""

    pattern: str = ""
    min: float | None = None
    max: float | None = None
    not_after_today: bool = False
    not_before_today: bool = False
    same_as: str = ""
    differs_from: str = ""


class Field(msgspec.Struct, frozen=True):
    """One field. ``span`` counts columns of the six of the grid."""

    id: str
    label: Words
    type: str
    required: bool = False
    max_length: int = 0
    choices: tuple[Choice, ...] = ()
    default: Any = None
    sources: tuple[str, ...] = ()
    editable_when_prefilled: bool = True
    rule: Rule | None = None
    message: Words | None = None
    visible_when: tuple[Condition, ...] = ()
    help: Words | None = None
    privacy: str = "none"
    span: int = 2


class Section(msgspec.Struct, frozen=True):
    """Fields under one heading."""

    id: str
    title: Words
    fields: tuple[Field, ...]


class FormDefinition(msgspec.Struct, frozen=True):
    """A whole form."""

    id: str
    version: int
    items: tuple[str, ...]
    applicant_kinds: tuple[str, ...]
    title: Words
    declaration: Words
    sections: tuple[Section, ...]

    def fields(self) -> tuple[Field, ...]:
        """All fields in the order of the screen."""
        return tuple(field for section in self.sections for field in section.fields)


class Origin(StrEnum):
    """Where a value came from; the screen shows it as a stamp."""

    CARD = "card"  # 证
    SHARED = "shared"  # 库
    EARLIER = "earlier"  # 旧
    TYPED = "typed"  # 填, on the form
    ANSWER = "answer"  # 填, by the guidance
    DEFAULT = "default"  # 填, by the form
    IDENTITY = "identity"  # 填, typed in step 1 instead of read from a card: brought in, not typed on the form
    ONLINE_LATER = "online_later"  # 联网后核验: its only source cannot be asked now


class Value(msgspec.Struct, frozen=True):
    """A value as text (``multi_choice``: values joined by ``|``) and where it came from."""

    text: str
    origin: Origin


Values = dict[str, Value]


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with a field. ``code`` for the program's own sentence, ``words`` when the form brings its own.

    Codes: ``missing``, ``too_long``, ``id_no``, ``uscc``, ``phone``, ``date``, ``choice``, ``integer``, ``money``,
    ``bank_account``, ``email``, ``postcode``, ``pattern``, ``min``, ``max``, ``after_today``, ``before_today``,
    ``same_as``, ``differs_from``, ``differs_from_card`` (a remark, not a block).
    """

    field: str
    code: str
    words: Words | None = None
    blocks: bool = True


def decode(document: bytes | str) -> FormDefinition:
    """Read one form file (TOML).

    Raises:
        ValueError: with the place in the document, in words for an administrator.
    """
    try:
        return msgspec.toml.decode(document, type=FormDefinition)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"form cannot be read: {error}") from error


__all__ = [
    "Choice",
    "Condition",
    "Field",
    "FormDefinition",
    "Origin",
    "Problem",
    "Rule",
    "Section",
    "Value",
    "Values",
    "When",
    "Words",
    "decode",
]
