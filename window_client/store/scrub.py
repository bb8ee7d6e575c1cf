"""The last net under what is written beside a case: numbers that name a person are taken out of free text."""

import re

# 18-character identity numbers (a 22-digit case number is longer and stays) and mobile numbers, standing alone.
_PERSONAL = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|1[3-9]\d{9})(?![0-9A-Za-z])")


def scrubbed(text: str) -> str:
    """``text`` with identity and mobile numbers replaced by ``***``.

    The caller already leaves them out; to refuse the text here would lose an acceptance over a remark.
    """
    return _PERSONAL.sub("***", text)
