"""What 朗读 says of each page; no Qt in here.

It says what is seen and no more: what is masked on the screen is left out in the voice too, for others hear it.
"""

import re

from ui.applicant.model import Shown, grades, reasons, say
from window_client.reception.state import ApplicantPage

LONG_NUMBER = 5
"""From so many digits on a number is said digit by digit."""

_DIGITS = re.compile(rf"(?<![\d.])\d{{{LONG_NUMBER},}}(?![\d.])")
_COVERED = re.compile(r"\*+")


def aloud(text: str) -> str:
    """A value as it is said: long numbers digit by digit, what is covered as covered."""
    if "*" in text:
        text = re.sub(r"\d", lambda digit: f"{digit[0]} ", text)
        return _COVERED.sub(say("spoken.covered"), text).strip()
    return _DIGITS.sub(lambda number: " ".join(number[0]), text)


def spoken(page: Shown) -> tuple[str, ...]:
    """The lines of a page, in the order of reading; those without words are left out."""
    lines = {
        ApplicantPage.BLANK: (page.hall, page.paused or say("blank.serving_here"), page.paused_until),
        ApplicantPage.WELCOME: _welcome(page),
        ApplicantPage.IDENTITY: (say("identity.title"), *_rows(page), say("identity.note")),
        ApplicantPage.WAIT: (say("wait.title"), page.item, say("wait.note")),
        ApplicantPage.CHECK: (say("check.title"), *_rows(page), page.told, say("spoken.check")),
        ApplicantPage.DECLARE: _declare(page),
        ApplicantPage.SIGN: (say("sign.again" if page.asked_again else "sign.title"), page.signature_for),
        ApplicantPage.SIGNED: (say("signed.title"), say("signed.note")),
        ApplicantPage.RATE: (
            say("rate.title"),
            say("rate.note"),
            *(grade.word for grade in grades()),
            say("rate.skip"),
            f"{say('rate.case_no')} {aloud(page.case_no.replace(' ', ''))}" if page.case_no else "",
            page.promised,
        ),
        ApplicantPage.REASONS: (say("reasons.title"), say("reasons.note"), *(words for _, words in reasons())),
        ApplicantPage.THANKS: (say("thanks.title"), say("thanks.note")),
    }[page.page]
    return tuple(line for line in lines if line)


def _welcome(page: Shown) -> tuple[str, ...]:
    called = say("spoken.called", ticket=" ".join(page.ticket), n=page.window_no) if page.ticket else ""
    return called, say("welcome.hello"), say("welcome.lay_card")


def _rows(page: Shown) -> tuple[str, ...]:
    return tuple(say("spoken.row", label=row.label, text=aloud(row.text)) for row in page.rows)


def _declare(page: Shown) -> tuple[str, ...]:
    papers = tuple(say("spoken.row", label=paper.name, text=paper.note) for paper in page.materials)
    title = say("declare.title"), say("declare.materials")
    return *title, *papers, say("declare.declaration"), page.declaration, say("spoken.declare")
