"""What one value must keep to: the check of its field's type, then the rule of the field.

Types and rules: ``resources/forms/README.md``. Whether a value is there at all is asked by ``form_rules.problems``.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from window_client.domain.form import Field, Origin, Problem, Rule, Value
from window_client.domain.identifiers import id_no_valid, uscc_valid

_PHONE = re.compile(r"1\d{10}|0\d{2,3}-\d{7,8}", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_MONEY = re.compile(r"\d{1,13}(\.\d{1,2})?", re.ASCII)
_INTEGER = re.compile(r"-?\d{1,9}", re.ASCII)
_BANK_ACCOUNT = re.compile(r"\d{12,25}", re.ASCII)
_POSTCODE = re.compile(r"\d{6}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

TYPES = (
    "text",
    "long_text",
    "address",
    "name",
    "id_no",
    "uscc",
    "phone",
    "date",
    "choice",
    "multi_choice",
    "yes_no",
    "integer",
    "money",
    "bank_account",
    "email",
    "postcode",
)
CHOICE_TYPES = ("choice", "multi_choice", "yes_no")
_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: " "}
"""What a Chinese input method types for ASCII. Wider normalisation would touch signs that are simply wrong here."""
_STEP_1 = {Origin.CARD, Origin.IDENTITY}
_IDENTITY_TYPES = {"name", "id_no", "uscc", "text", "address"}
_NUMERIC = ("id_no", "uscc", "phone", "date", "integer", "money", "bank_account", "postcode", "email")


def chosen(field: Field, text: str) -> tuple[str, ...]:
    """The values that a text stands for: several in a ``multi_choice``, otherwise one, none if empty."""
    if not text:
        return ()
    return tuple(text.split("|")) if field.type == "multi_choice" else (text,)


def allowed_values(field: Field) -> tuple[str, ...]:
    """What a choice field may hold; empty for a field that is typed."""
    if field.type == "yes_no":
        return ("yes", "no")
    return tuple(choice.value for choice in field.choices)


def tidy(field: Field, text: str) -> str:
    """A typed text as it is kept: no blanks at the ends, half-width digits, capital X, money with two decimals."""
    text = text.strip()
    if field.type in _NUMERIC:
        text = text.translate(_HALF_WIDTH).replace(" ", "")
    if field.type in {"id_no", "uscc"}:
        text = text.upper()
    if field.type == "money":
        plain = text.replace(",", "")
        if _MONEY.fullmatch(plain):
            text = f"{Decimal(plain):.2f}"
    return text


def check_field(
    field: Field, value: Value | str, *, today: date, values: Mapping[str, Value] | None = None
) -> tuple[Problem, ...]:
    """What is wrong with one value; nothing for an empty one.

    ``values`` are the visible others, for ``same_as`` and ``differs_from``. A value that breaks its type is not
    checked against the rule as well. Nobody at the window can change a shared or earlier value of a field that is
    not editable, so what is wrong there is said and does not block.
    """
    text = value if isinstance(value, str) else value.text
    if not text:
        return ()
    blocks = isinstance(value, str) or field.editable_when_prefilled or value.origin not in {"shared", "earlier"}
    broken_rules = _rule_codes(field, text, today, values or {})
    words = field.message if broken_rules else None  # the form's own sentence is about its rule
    codes = _type_codes(field, text, from_step_1=not isinstance(value, str) and value.origin in _STEP_1) or broken_rules
    return tuple(Problem(field.id, code, words, blocks) for code in codes)


def _type_codes(field: Field, text: str, *, from_step_1: bool) -> list[str]:
    codes: list[str] = []
    if from_step_1 and field.type in _IDENTITY_TYPES:
        return codes  # names have the length they have, and a number was checked as that of its own document
    if field.max_length and len(text) > field.max_length:
        codes.append("too_long")
    check = _CHECKS.get(field.type)
    if check is not None and not check(text):
        codes.append(field.type)
    if field.type in CHOICE_TYPES:
        picked = chosen(field, text)
        if len(set(picked)) != len(picked) or not set(picked) <= set(allowed_values(field)):
            codes.append("choice")
    return codes


def _rule_codes(field: Field, text: str, today: date, values: Mapping[str, Value]) -> list[str]:
    rule = field.rule
    if rule is None:
        return []
    codes = []
    if rule.pattern and not re.fullmatch(rule.pattern, text):
        codes.append("pattern")
    codes += _amount_codes(rule, text) + _day_codes(rule, text, today)
    if rule.same_as and (other := _text(values, rule.same_as)) and other != text:
        codes.append("same_as")
    if rule.differs_from and _text(values, rule.differs_from) == text:
        codes.append("differs_from")
    return codes


def _amount_codes(rule: Rule, text: str) -> list[str]:
    if rule.min is None and rule.max is None:
        return []
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return []  # bounds on a field that is not a number: the load-time check of forms reports it
    if not amount.is_finite():  # "NaN" reads as a Decimal, but compares with nothing
        return []
    codes = []
    if rule.min is not None and amount < Decimal(str(rule.min)):
        codes.append("min")
    if rule.max is not None and amount > Decimal(str(rule.max)):
        codes.append("max")
    return codes


def _day_codes(rule: Rule, text: str, today: date) -> list[str]:
    day = _day(text)
    if day is None:
        return []
    codes = []
    if rule.not_after_today and day > today:
        codes.append("after_today")
    if rule.not_before_today and day < today:
        codes.append("before_today")
    return codes


def _text(values: Mapping[str, Value], field_id: str) -> str:
    value = values.get(field_id)
    return value.text if value else ""


def _day(text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _shaped(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: bool(pattern.fullmatch(text))


_CHECKS: dict[str, Callable[[str], bool]] = {
    "id_no": id_no_valid,
    "uscc": uscc_valid,
    "phone": _shaped(_PHONE),
    "date": lambda text: _day(text) is not None,
    "integer": _shaped(_INTEGER),
    "money": _shaped(_MONEY),
    "bank_account": _shaped(_BANK_ACCOUNT),
    "email": _shaped(_EMAIL),
    "postcode": _shaped(_POSTCODE),
}
