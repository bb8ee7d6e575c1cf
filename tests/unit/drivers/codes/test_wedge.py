"""A scanner that types is told from a person by timing: no key is lost, doubled or overtaken, whatever the timing."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codes.wedge import GAP, LEAST, MOST, Outcome, Sort, Wedge
from tests.wedge_sessions import NAMES, KeyEvent, session


@dataclass(frozen=True)
class Key:
    """A key with its place in the sequence."""

    number: int
    sort: Sort
    text: str
    down: bool = True


class Desk:
    """What a field and the desk get of a sequence."""

    def __init__(self) -> None:
        self.wedge: Wedge[Key] = Wedge()
        self.came: list[Key] = []
        self.codes: list[str] = []

    def press(self, key: Key, at: float, *, repeats: bool = False, code: int = 0) -> Outcome[Key]:
        outcome = self.wedge.press(key, key.sort, key.text, at, repeats=repeats, code=code or ord(key.text or "\0"))
        self._take(key, outcome)
        return outcome

    def release(self, key: Key, *, code: int = 0) -> None:
        self._take(key, self.wedge.release(key, code=code or ord(key.text or "\0")))

    def silence(self, at: float) -> None:
        self.came += self.wedge.silence(at)

    def _take(self, key: Key, outcome: Outcome[Key]) -> None:
        self.came += outcome.release
        if not outcome.held:
            self.came.append(key)
        if outcome.code:
            self.codes.append(outcome.code)

    @property
    def text(self) -> str:
        return "".join(key.text for key in self.came if key.down and key.sort is Sort.CHARACTER)


def sort_of(event: KeyEvent) -> Sort:
    if event.key == "Return":
        return Sort.ENTER
    if event.key in ("Shift", "CapsLock"):
        return Sort.MODIFIER
    return Sort.CHARACTER if event.text else Sort.OTHER


@pytest.mark.parametrize("name", NAMES)
def test_a_session_gives_its_codes_and_leaves_the_typed_text(name: str) -> None:
    played, desk, committed = session(name), Desk(), ""
    for number, event in enumerate(played.events):
        key = Key(number, sort_of(event), event.text, down=event.do in ("press", "repeat"))
        code = sum(map(ord, event.key))
        if event.do in ("press", "repeat"):
            desk.press(key, event.at, repeats=event.do == "repeat", code=code)
        elif event.do == "release":
            desk.release(key, code=code)
        else:  # an input method speaks: what was held is there before it
            desk.came += desk.wedge.let_go()
            desk.wedge.composing = event.do == "compose"
            committed += event.text if event.do == "commit" else ""
    desk.silence(1e9)
    typed = "".join(c for c in played.ends if c not in played.field and c not in committed)
    assert desk.codes == played.codes
    assert desk.text == ("" if played.field else typed)
    assert sum(key.sort is Sort.ENTER and key.down for key in desk.came) == played.enters


keys = st.lists(
    st.tuples(
        st.sampled_from([*Sort, Sort.CHARACTER, Sort.CHARACTER, Sort.CHARACTER, Sort.CHARACTER, Sort.CHARACTER]),
        st.sampled_from([0.001, 0.01, GAP - 0.001, GAP + 0.001, 0.3, -0.01]),
        st.sampled_from(["press", "press", "press", "press", "release", "repeat", "silence", "compose", "commit"]),
    ),
    max_size=60,
)


@given(keys)
def test_no_key_is_lost_doubled_or_overtaken_whatever_the_timing(
    sequence: list[tuple[Sort, float, str]],
) -> None:
    desk, now, sent, dropped, stood = Desk(), 1.0, [], [], 0
    pending_up: dict[str, int] = {}
    for number, (sort, later, deed) in enumerate(sequence):
        now += later
        text = chr(ord("a") + number % 26) if sort is Sort.CHARACTER else ""
        key = Key(number, sort, text, down=deed != "release")
        if deed == "silence":
            desk.silence(now)
            continue
        if deed in ("compose", "commit"):
            desk.came += desk.wedge.let_go()
            desk.wedge.composing = deed == "compose"
            continue
        sent.append(key)
        if deed == "release":
            desk.release(key, code=1000 + number)  # the release of a key that was down before all this
        else:
            outcome = desk.press(key, now, repeats=deed == "repeat", code=2000 + number)
            if outcome.code:
                came = {k.number for k in desk.came}
                row = [k for k in sent if k.number not in came and k.number not in dropped]
                assert "".join(k.text for k in row) == outcome.code
                assert len(outcome.code) >= LEAST
                dropped += [k.number for k in row]
                stood += 1
    desk.silence(now + 1000)
    assert [key.number for key in desk.came] == [k.number for k in sent if k.number not in dropped]
    assert len(desk.codes) == stood
    assert not pending_up
    assert not desk.wedge.holds


@given(st.lists(st.tuples(st.text(min_size=1, max_size=1), st.floats(GAP + 0.001, 2)), max_size=40))
def test_what_a_person_types_is_never_a_code_and_comes_with_the_next_key_at_the_latest(
    typed: list[tuple[str, float]],
) -> None:
    desk, now = Desk(), 1.0
    for number, (text, later) in enumerate(typed):
        now += later
        desk.press(Key(number, Sort.CHARACTER, text), now)
        assert len(desk.came) >= number
    desk.press(Key(len(typed), Sort.ENTER, ""), now + 0.2)
    assert [key.number for key in desk.came] == list(range(len(typed) + 1))
    assert desk.codes == []


def test_a_code_needs_six_characters_and_a_fast_enter() -> None:
    for text, wait, codes in (("12345", 0.01, []), ("123456", 0.01, ["123456"]), ("123456", 0.2, [])):
        desk = Desk()
        for number, character in enumerate(text):
            desk.press(Key(number, Sort.CHARACTER, character), 1 + number * 0.02)
        desk.press(Key(9, Sort.ENTER, ""), 1 + (len(text) - 1) * 0.02 + wait)
        assert desk.codes == codes
        assert (desk.text == "") == bool(codes)


def test_the_releases_of_a_code_go_away_with_it_and_later_ones_do_not() -> None:
    desk = Desk()
    for number, character in enumerate("123456"):
        desk.press(Key(number, Sort.CHARACTER, character), 1 + number * 0.001, code=number + 10)
    desk.press(Key(6, Sort.ENTER, ""), 1.007, code=99)
    desk.release(Key(7, Sort.ENTER, "", down=False), code=99)
    desk.release(Key(8, Sort.CHARACTER, "6", down=False), code=15)
    assert desk.came == []
    desk.release(Key(9, Sort.ENTER, "", down=False), code=99)
    assert [key.number for key in desk.came] == [9]


def test_a_key_that_is_stuck_fills_no_memory_and_nothing_of_it_is_lost() -> None:
    desk = Desk()
    for number in range(MOST * 2):
        desk.press(Key(number, Sort.CHARACTER, "x"), 1 + number * 0.001)
        assert desk.wedge.so_far <= MOST
    desk.press(Key(MOST * 2, Sort.ENTER, ""), 1 + MOST * 2 * 0.001)
    assert desk.codes == []
    assert [key.number for key in desk.came] == list(range(MOST * 2 + 1))
