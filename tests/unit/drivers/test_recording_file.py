"""Recordings are read back, and anything else is refused with its line."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drivers.recording_file import Line, load

HEAD = {"recording": 1, "device": "reader", "kind": "id_card", "driver": "sam_v_serial", "scheme": "serial"}


def test_bytes_lengths_and_notes_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    rows = [HEAD, {"at": 0, "way": "out", "hex": "aa"}, {"at": 1, "way": "in", "size": 2}]
    rows.append({"at": 2, "way": "note", "note": "close"})
    file.write_text("\n".join(map(json.dumps, rows)))
    recording = load(file)

    assert (recording.kind, recording.driver, recording.scheme) == ("id_card", "sam_v_serial", "serial")
    assert recording.lines == (
        Line(0.0, "out", b"\xaa"),
        Line(1.0, "in", b"\0\0"),
        Line(2.0, "note", b"", "close"),
    )


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("", 1),
        ("[]", 1),
        ("{}", 1),
        ('{"recording": 99}', 1),
        (json.dumps(HEAD) + '\n{"way": "in"}', 2),
        (json.dumps(HEAD) + '\n{"at": 0, "way": "in", "hex": "zz"}', 2),
    ],
)
def test_what_is_no_recording_is_refused(rows: str, line: int, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(rows)
    with pytest.raises(ValueError, match=f"line {line}: "):
        load(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(HEAD) + "\n" + text, "utf-8", errors="replace")
    try:
        load(file)
    except ValueError:
        return
