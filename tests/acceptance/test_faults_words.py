"""Every code that a fault can have is said in words: what happened, what it means, what to do.

The codes are collected from the sources, so that a new one without words fails here.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from drivers import catalogue
from drivers.errors import CODES as DEVICE_CODES
from ui.reception.viewer.drawn import drawn
from ui.words import Words
from window_client.store.errors import CODES as STORE_CODES

ROOT = Path(__file__).resolve().parents[2]
SERVICE = ROOT / "window_client" / "central" / "service"

KINDS = (*catalogue.KINDS, "applicant_screen")
CLAUSES = re.compile(r"[，。；：,.;:?？]\s*")

CARD = {"no_card", "card_moved", "card_unknown", "no_access"}
READER = CARD | {"card_not_genuine", "sam_self_test", "sam_not_authorised"}
SMART_CARD = CARD | {"card_locked", "template_wrong"}
SCANNER = {"no_documents", "jam", "cover_open", "busy", "certificate", "no_access", "put_aside", "maybe_twice"}
PRINTER = {"paper_out", "paper_near_end", "cutter", "printer_offline", "printer_error", "cover_open"}
CAMERA = {"no_frames"}
DISPLAY = {"busy", "cannot_show", "no_font", "template_wrong"}
RATING = {"no_rating", "template_wrong"}
CODE_SCANNER = {"no_code"}
VOICE = {"no_voice", "no_sound"}
DOCUMENTS = {
    "paper_out",
    "paper_near_end",
    "cover_open",
    "jam",
    "toner_out",
    "printer_offline",
    "printer_error",
    "job_lost",
    "certificate",
}
ANY = {"absent", "timeout", "garbled", "occupied", "unsupported", "refused"}


@pytest.fixture(params=["zh", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    """The table of texts, in each language in turn; an unknown key is an error."""
    made = Words()
    made.language = str(request.param)
    made.strict = True
    return made


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    """Every call of a function or method of this name in a source file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            function = node.func
            if name == (function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")):
                yield node


def said() -> dict[str, tuple[bool, set[str]]]:
    """What the desk tells: each code (``{}`` in the place of a variable part), whether it is bad, and its arguments."""
    found: dict[str, tuple[bool, set[str]]] = {}

    def note(node: ast.expr, call: ast.Call) -> None:
        if isinstance(node, ast.IfExp):
            note(node.body, call)
            note(node.orelse, call)
            return
        if isinstance(node, ast.JoinedStr):
            code = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        else:
            assert isinstance(node, ast.Constant), f"a code that cannot be read: line {node.lineno}"
            code = str(node.value)
        given = {keyword.arg for keyword in call.keywords if keyword.arg and keyword.arg != "bad"}
        bad = any(keyword.arg == "bad" for keyword in call.keywords)
        was_bad, was = found.get(code, (False, given))
        found[code] = (bad or was_bad, was & given)

    for path in sorted((ROOT / "window_client" / "reception").glob("*.py")):
        for call in calls(path, "say"):
            if call.args and isinstance(call.args[0], (ast.Constant, ast.JoinedStr, ast.IfExp)):
                note(call.args[0], call)
    return found


def refused(*files: str) -> set[str]:
    """The codes with which the service refuses, by the files of its operations."""
    found = set()
    for file in files:
        for call in calls(SERVICE / file, "Refused"):
            if len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
                found.add(str(call.args[1].value))
    return found


def refusals_to_defer() -> set[str]:
    """The reasons that ``may_defer`` returns."""
    tree = ast.parse((ROOT / "window_client" / "domain" / "material.py").read_text("utf-8"))
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "may_defer")
    returned = [node.value for node in ast.walk(function) if isinstance(node, ast.Return)]
    pairs = [pair.elts for pair in returned if isinstance(pair, ast.Tuple)]
    return {str(code.value) for _, code in pairs if isinstance(code, ast.Constant)} - {""}


def changes() -> set[str]:
    """The codes of what can be taken back in the materials step."""
    found = set()
    for path in sorted((ROOT / "window_client" / "reception").glob("*.py")):
        for name in ("change", "_set_way"):
            found |= {
                str(call.args[0].value)
                for call in calls(path, name)
                if call.args and isinstance(call.args[0], ast.Constant)
            }
    return found


@cache
def told() -> dict[str, tuple[bool, set[str]]]:
    """Every single code of ``said``, its variable part filled with all that may stand there."""
    central = refused("tickets.py", "people.py", "call.py", "app.py") - NOT_ASKED_BY_THE_DESK
    parts = {
        "store.{}": STORE_CODES,
        "central.{}": central | {"unavailable"},
        "scanner.{}": DEVICE_CODES & (SCANNER | ANY),
        "smart_card.{}": {"card_locked", "card_unknown", "not_read"},
        "page.{}": STORE_CODES | {"unreadable"},
        "defer.{}": refusals_to_defer(),
        "signin.refused.{}": {"wrong_password", "locked", "no_role"},
        "mode.{}": {"organisation", "agent"},
        "mode.{}_values": {"organisation", "agent"},
    }
    undone = {f"materials.{way}_{change}" for way in ("undone", "redone") for change in changes()}
    found: dict[str, tuple[bool, set[str]]] = {}
    for code, facts in said().items():
        if code == "materials.{}_{}":
            found |= dict.fromkeys(undone, facts)
            continue
        if "{}" not in code:
            found[code] = facts
            continue
        assert code in parts, f"a new kind of message: {code}"
        found |= {code.format(part): facts for part in parts[code]}
    return found


GENERAL_WORDS_DO = {
    *(f"page.{code}" for code in STORE_CODES),
    *("scanner.garbled", "scanner.refused"),
    *(f"store.{code}" for code in ("key_missing", "newer_version", "no_keyring", "wrong_key")),  # before the sign-in
}
NOT_ASKED_BY_THE_DESK = {
    "no_such_category",  # kiosk and transfers
    "not_missed",
    "nobody_serves",
    "no_such_booking",
    "no_operation",  # mistakes of a program, not of a day; the general words do
    "bad_query",
    "bad_message",
    "idempotency_key_missing",
    "idempotency_mismatch",
}


def test_the_collection_finds_what_is_there() -> None:
    found = told()

    assert {"central.window_busy", "scanner.jam", "store.disk_full", "defer.credit_bad", "bug"} <= found.keys()
    assert found["scanner.jam"] == (True, {"n"})
    assert not found["draft.saved"][0]
    assert len(found) > 40


@pytest.mark.parametrize("code", sorted(told()))
def test_what_the_desk_tells_has_words_of_its_own(words: Words, code: str) -> None:
    bad, arguments = told()[code]
    topic = code.partition(".")[0]
    keys = (f"desk.toast.{code}", *((f"desk.toast.{topic}.other",) if code in GENERAL_WORDS_DO else ()))

    assert any(key in words for key in keys), f"no words for {code}"

    text = words.first(*keys, **dict.fromkeys(arguments, "7"))
    assert "{" not in text
    if bad:
        assert len([part for part in CLAUSES.split(text) if part]) >= 2, f"{code} says only half: {text}"


def codes_of(kind: str) -> list[str]:
    """The codes that a kind of device can have."""
    own = {
        "id_card": READER,
        "scanner": SCANNER,
        "camera": CAMERA,
        "printer": PRINTER,
        "display": DISPLAY,
        "rating": RATING,
        "smart_card": SMART_CARD,
        "codes": CODE_SCANNER,
        "voice": VOICE,
        "document_printer": DOCUMENTS,
    }.get(kind, set())
    return ["absent"] if kind == "applicant_screen" else sorted(own | ANY)


PAIRS = [(kind, code) for kind in KINDS for code in codes_of(kind)]


@pytest.mark.parametrize(("kind", "code"), PAIRS)
def test_each_device_says_what_it_has_what_it_means_and_what_to_do(words: Words, kind: str, code: str) -> None:
    assert code in DEVICE_CODES
    happened = words("device.headline", name=words(f"device.kind.{kind}"), word=words(f"device.code.{code}"))
    means = words.first(f"device.note.{kind}.{code}", f"device.note.{kind}")
    do = words.first(f"device.steps.{kind}.{code}", f"device.steps.{code}").split("|")

    assert happened
    assert means
    assert all(do)
    assert len(drawn(kind, code, len(do))) == len(do)
    if words.language == "en":
        assert not re.search("[\u4e00-\u9fff]", happened + means + "".join(do))
    assert "！" not in happened + means
    assert words(f"desk.device.{kind}")
    assert kind == "applicant_screen" or words(f"check.so.{kind}"), "the sign-in page says how work goes on"


def test_all_device_codes_are_somebodys() -> None:
    kinds = READER | SMART_CARD | SCANNER | PRINTER | CAMERA | DISPLAY | RATING | CODE_SCANNER | VOICE | DOCUMENTS

    assert kinds | ANY | {"cancelled"} == DEVICE_CODES


@pytest.mark.parametrize("code", [*sorted((READER | ANY) - {"unsupported", "refused"}), "bad_check_digit"])
def test_a_card_that_is_not_read_says_what_and_what_to_do(words: Words, code: str) -> None:
    assert words(f"desk.fail.{code}")
    assert words(f"desk.fail.{code}.do")


@pytest.mark.parametrize("code", sorted((PRINTER | ANY) - {"garbled", "refused", "unsupported"}))
def test_a_receipt_that_is_not_printed_says_why_and_that_the_case_stands(words: Words, code: str) -> None:
    why = words(f"desk.printer.{code}")
    assert why in words("desk.fault.print.head", x=why)
    do = words.first(f"desk.fault.do.{code}", "desk.fault.do.other")
    first = words("desk.fault.print.text", do=do)
    assert first.startswith({"zh": "受理已成功", "en": "The case is accepted"}[words.language])
    assert "F12" in do


def test_pills_say_why_in_a_word(words: Words) -> None:
    passing = {"cancelled", "no_documents", "no_card", "card_moved", "card_not_genuine", "card_unknown", "busy"}
    for code in sorted(DEVICE_CODES - passing):  # those are over before a pill could say them
        assert words(f"desk.code.{code}")


def test_messages_set_aside_say_why(words: Words) -> None:
    codes = refused("cases.py", "pages.py", "visits.py", "numbers.py", "app.py", "call.py") - {
        "no_operation",
        "bad_query",
        "idempotency_key_missing",
        *("bad_count", "bad_day", "not_your_number", "no_serials_left"),  # leases, which no message asks for
        *("wrong_offset", "no_such_page"),  # answered by the courier itself
    }
    for call in calls(ROOT / "window_client" / "central" / "courier.py", "Rejected"):
        if isinstance(call.args[0], ast.Constant):
            codes.add(str(call.args[0].value))
        else:
            codes |= {f"page_{code}" for code in STORE_CODES if code in {"damaged", "wrong_key"}}
    missing = sorted(code for code in codes if f"outbox.reason.{code}" not in words)

    assert missing == []
    assert words("outbox.reason.other")


def test_signing_in_says_why_not(words: Words) -> None:
    codes = refused("accounts.py") | {"unavailable", "no_role", "no_keyring", "missing"}
    missing = sorted(code for code in codes if f"signin.problem.{code}" not in words)

    assert missing == []
    assert words("signin.problem.other")


@pytest.mark.parametrize("code", sorted(STORE_CODES | {"other"}))
def test_a_store_that_does_not_open_says_all_three(words: Words, code: str) -> None:
    happened, means, do = words(f"failure.{code}").split("|")

    assert happened
    assert means
    assert do
