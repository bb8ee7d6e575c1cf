"""Numbers with check digits: residents, credit codes, our case numbers (DOMAIN.md sections 7.3 and 7.4); and the shapes
of the numbers on passports and travel permits.

An unknown area is never an error: areas may be historic, and test people live in one that does not exist.
"""

import re
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"

_USCC_REGISTRARS = "123456789ANY"
"""The departments that register organisations, first character of a credit code. Source: GB 32100-2015, table 1."""

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

_ORG_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

_ID_SHAPE = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_DOCUMENT_SHAPES = {
    # E and G: ordinary passports, since 2017 also E with a second letter; D, S, P: diplomatic, service, public affairs
    "passport_cn": r"[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|[DSP]E?[0-9]{7,8}",
    "passport_foreign": r"[0-9A-Z]{5,20}",
    "hk_macao_permit": r"[HM]([0-9]{8}|[0-9]{10})",
    "taiwan_permit": r"[0-9]{8}|[0-9]{10}",
    "permanent_2017": r"[A-Z]{3}[0-9]{12}",
    "other": r"[0-9A-Z一-鿿（）()〔〕\[\]/.-]{3,30}",
}
_CASE_SHAPE = re.compile(r"[0-9]{22}", re.ASCII)
_PROVISIONAL_SHAPE = re.compile(r"L-([0-9]{1,4})-([0-9]{8})-([0-9]{4,6})-([0-9])", re.ASCII)

SERIAL_DIGITS = 7


def id_no_check(body: str) -> str:
    """The check character of the first 17 digits of a resident ID number. Source: GB 11643-1999."""
    return _ID_CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True)) % 11]


def id_no_valid(text: str) -> bool:
    """Whether a resident ID number has the right shape, a birth date of the calendar and the right check character."""
    return bool(_ID_SHAPE.fullmatch(text)) and _birth(text) is not None and id_no_check(text[:17]) == text[17]


def id_no_birth(text: str) -> date | None:
    """The birth date that an ID number says, or None if it says none."""
    return _birth(text) if _ID_SHAPE.fullmatch(text) else None


def id_no_sex(text: str) -> str:
    """``男`` or ``女`` as the ID number says (odd sequence numbers are men), empty if the shape is wrong."""
    if not _ID_SHAPE.fullmatch(text):
        return ""
    return "男" if int(text[16]) % 2 else "女"


def permanent_no_valid(text: str) -> bool:
    """Whether the number of a permanent resident's card of 2023 begins with 9 and passes the residents' check.

    Source: DEVICES.md section 3.5; its birth date stands where a resident's stands.
    """
    return text[:1] == "9" and id_no_valid(text)


def document_no_valid(kind: str, text: str) -> bool:
    """Whether a number has the shape that documents of a kind carry. Kinds: ``people.TYPED_KINDS`` and those of cards.

    Raises:
        KeyError: There is no such kind.
    """
    return bool(re.fullmatch(_DOCUMENT_SHAPES[kind], text))


def org_code_check(body: str) -> str:
    """The check character of the first 8 characters of an organisation code. Source: GB 11714."""
    remainder = 11 - sum(_ORG_ALPHABET.index(c) * w for c, w in zip(body, _ORG_WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))


def org_code_valid(text: str) -> bool:
    """Whether a 9-character organisation code (without a dash) carries the right check character."""
    return bool(re.fullmatch(r"[0-9A-Z]{8}[0-9X]", text, re.ASCII)) and org_code_check(text[:8]) == text[8]


def uscc_check(body: str) -> str:
    """The check character of the first 17 characters of a credit code. Source: GB 32100-2015."""
    total = sum(_USCC_ALPHABET.index(c) * w for c, w in zip(body, _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[(31 - total % 31) % 31]


def uscc_valid(text: str) -> bool:
    """Whether a unified social credit code passes both its own check and that of the organisation code inside."""
    return (
        len(text) == 18
        and all(c in _USCC_ALPHABET for c in text)
        and text[0] in _USCC_REGISTRARS
        and text[2:8].isdecimal()
        and uscc_check(text[:17]) == text[17]
        and org_code_valid(text[8:17])
    )


def registration_no_valid(text: str) -> bool:
    """Whether an old 15-digit registration number (工商注册号) ends in the right check digit. Source: GS 15-2006."""
    return bool(re.fullmatch(r"[0-9]{15}", text, re.ASCII)) and mod_11_10(text[:14]) == text[14]


def organisation_code(text: str) -> str:
    """Which code of an organisation a text is: ``uscc``, the older ``org_code`` or ``registration``; empty for none.

    The older ones are tolerated (DOMAIN.md section 7.4): such organisations have not exchanged their papers yet.
    """
    if uscc_valid(text):
        return "uscc"
    if org_code_valid(text):
        return "org_code"
    return "registration" if registration_no_valid(text) else ""


def mod_11_10(digits: str) -> str:
    """The check digit after ``digits``. Source: ISO 7064, MOD 11,10."""
    product = 10
    for digit in digits:
        product = (product + int(digit)) % 10 or 10
        product = product * 2 % 11
    return str((11 - product) % 10)


def make_case_no(area: str, day: date, serial: int) -> str:
    """A case number (受理号): area 6, date 8, serial 7, check digit 1.

    Raises:
        ValueError: the area has not six digits or the serial does not fit.
    """
    if not re.fullmatch(r"[0-9]{6}", area, re.ASCII):
        raise ValueError("an area code has six digits")
    if not 0 <= serial < 10**SERIAL_DIGITS:
        raise ValueError("a serial has at most seven digits")
    body = f"{area}{day:%Y%m%d}{serial:0{SERIAL_DIGITS}}"
    return body + mod_11_10(body)


def case_no_valid(text: str) -> bool:
    """Whether a case number has 22 digits, a date of the calendar and the right check digit."""
    return bool(_CASE_SHAPE.fullmatch(text)) and _day(text[6:14]) is not None and mod_11_10(text[:21]) == text[21]


def grouped(case_no: str) -> str:
    """A case number for reading aloud: ``510700 20251104 0000236 7``; anything else comes back as it is."""
    return " ".join(case_no_parts(case_no)) if _CASE_SHAPE.fullmatch(case_no) else case_no


def case_no_parts(case_no: str) -> tuple[str, str, str, str]:
    """Area, date, serial and check digit; screens show the middle two large.

    Raises:
        ValueError: not 22 digits.
    """
    if not _CASE_SHAPE.fullmatch(case_no):
        raise ValueError("a case number has 22 digits")
    return case_no[:6], case_no[6:14], case_no[14:21], case_no[21]


TRAINING = "PX"
"""What the numbers of training (培训) begin with. No service of another profile takes a number that begins so."""


def training_no(case_no: str) -> str:
    """A case number, final or provisional, as training gives it out."""
    return f"{TRAINING}{case_no}"


def make_provisional_no(window: int, day: date, seq: int) -> str:
    """A number for when no leased serial is left: ``L-<window>-<yyyymmdd>-<seq>-<check>``."""
    body = f"{window}{day:%Y%m%d}{seq:04}"
    return f"L-{window}-{day:%Y%m%d}-{seq:04}-{mod_11_10(body)}"


def provisional_no_valid(text: str) -> bool:
    """Whether a provisional number has the right shape, date and check digit."""
    match = _PROVISIONAL_SHAPE.fullmatch(text)
    if match is None:
        return False
    window, day, seq, check = match.groups()
    return _day(day) is not None and mod_11_10(window + day + seq) == check


def local_no(text: str) -> str:
    """The short form of a provisional number that people see and say, ``12-0031``; empty for anything else."""
    match = _PROVISIONAL_SHAPE.fullmatch(text)
    return f"{match.group(1)}-{match.group(3)}" if match else ""


def _birth(text: str) -> date | None:
    return _day(text[6:14])


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
