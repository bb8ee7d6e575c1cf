"""The settings file is changed in its devices only, in one step, and never into something that does not start."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import DeviceConfig
from window_client.device_setup_file import CannotSaveError, edited, load, save, toml_key, toml_value
from window_client.settings import read

FILE = """# One window.

[window]
number = 12          # as on the sign
profile = "demo"

# Where the cases go.
[central]
url = "http://127.0.0.1:9"

# The reader at the left.
[devices.reader]
kind = "id_card"     # do not change
driver = "sam_v_serial"
url = "serial:///dev/ttyUSB0?baud=115200"  # "port 1"
options = { appended_address = true }

[devices.old]
kind = "display"
driver = "cd5220"
url = "serial:///dev/ttyUSB1"

# How it looks.
[ui]
language = "zh"
"""

READER = DeviceConfig(
    "reader", "id_card", "sam_v_serial", "serial:///dev/ttyUSB0?baud=115200", options={"appended_address": True}
)
PRINTER = DeviceConfig("printer", "printer", "escpos", "socket://192.0.2.7:9100", options={"width": 48})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "settings.toml"
    made.write_text(FILE, "utf-8")
    return made


def test_a_device_is_added_another_goes_and_every_comment_stays(file: Path) -> None:
    settings = save(file, [READER, PRINTER], expected=FILE)
    text = file.read_text("utf-8")
    assert {row.id: row for row in settings.devices} == {"reader": READER, "printer": PRINTER}
    assert text.index("[devices.reader]") < text.index("[devices.printer]") < text.index("[ui]")
    for line in FILE.splitlines():
        assert line in text or line.startswith(
            ("[devices.old", 'kind = "display', 'driver = "cd', 'url = "serial:///dev/ttyUSB1')
        )
    assert "old" not in text


def test_a_changed_address_keeps_the_words_beside_it(file: Path) -> None:
    moved = DeviceConfig("reader", "id_card", "sam_v_serial", "serial:///dev/ttyUSB7", options={})
    save(file, [moved], expected=FILE)
    text = file.read_text("utf-8")
    assert 'url = "serial:///dev/ttyUSB7"  # "port 1"' in text
    assert 'kind = "id_card"     # do not change' in text
    assert "options" not in text
    assert "# The reader at the left.\n[devices.reader]" in text


def test_the_old_file_is_kept_and_an_unchanged_one_is_not_written(file: Path) -> None:
    save(file, [READER, PRINTER], expected=FILE)
    assert (file.parent / "settings.toml.bak").read_text("utf-8") == FILE
    before = file.stat().st_mtime_ns
    save(file, [READER, PRINTER], expected=load(file))
    assert file.stat().st_mtime_ns == before
    assert sorted(path.name for path in file.parent.iterdir()) == ["settings.toml", "settings.toml.bak"]


def test_the_rights_of_the_file_stay(file: Path) -> None:
    file.chmod(0o640)
    save(file, [PRINTER], expected=FILE)
    assert file.stat().st_mode & 0o777 == 0o640
    assert (file.parent / "settings.toml.bak").stat().st_mode & 0o777 == 0o640


def test_a_file_that_changed_meanwhile_is_left_alone(file: Path) -> None:
    with pytest.raises(CannotSaveError) as caught:
        save(file, [PRINTER], expected="something else")
    assert caught.value.code == "changed"
    assert file.read_text("utf-8") == FILE


def test_emulated_devices_are_refused_in_production_with_the_line(file: Path) -> None:
    text = FILE.replace('profile = "demo"', 'profile = "production"')
    file.write_text(text, "utf-8")
    with pytest.raises(CannotSaveError) as caught:
        save(file, [DeviceConfig("x", "display", "cd5220", "serial:///x", emulated=True)], expected=text)
    assert caught.value.code == "refused"
    assert "line" in caught.value.problems[0]
    assert "production" in caught.value.problems[0]
    assert file.read_text("utf-8") == text
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_a_driver_that_is_not_there_is_refused(file: Path) -> None:
    with pytest.raises(CannotSaveError) as caught:
        save(file, [DeviceConfig("x", "display", "no-such", "serial:///x")], expected=FILE)
    assert caught.value.problems == ("[devices.x] no driver display/no-such",)


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(CannotSaveError) as caught:
        load(tmp_path / "nowhere.toml")
    assert caught.value.code == "not_allowed"
    assert "copy resources/settings/example.toml" in caught.value.problems[0]


@pytest.mark.parametrize(
    "text",
    [
        '[devices]\nx = { kind = "display", driver = "cd5220", url = "serial:///x" }\n',
        'devices.x.kind = "display"\n',
        "[devices\n",
    ],
)
def test_devices_that_are_written_otherwise_are_not_touched(text: str) -> None:
    with pytest.raises(CannotSaveError) as caught:
        edited(text, [PRINTER])
    assert caught.value.code == "form"


def test_options_in_a_table_of_their_own_and_values_over_lines_are_written_anew() -> None:
    text = (
        '[devices.a]\n# why\nkind = "printer"\ndriver = "escpos"\nurl = """\nsocket://x:1"""\n'
        '[devices.a.options]\nwidth = 32\n[ui]\nlanguage = "zh"\n'
    )
    wanted = DeviceConfig("a", "printer", "escpos", "socket://x:2", options={"width": 48, "text": "image"})
    after = edited(text, [wanted])
    found = tomllib.loads(after)
    assert found["devices"]["a"]["options"] == {"width": 48, "text": "image"}
    assert found["ui"] == {"language": "zh"}
    assert "# why" in after


def test_a_file_that_ends_without_a_line_end_and_one_of_windows_are_kept_so() -> None:
    after = edited("[window]\r\nnumber = 1\r\n", [PRINTER])
    assert after.startswith("[window]\r\nnumber = 1\r\n\r\n[devices.printer]\r\n")
    assert "\n" not in after.replace("\r\n", "")
    assert tomllib.loads(edited("[window]\nnumber = 1", [PRINTER]))["devices"]["printer"]["url"] == PRINTER.url


def test_the_example_of_the_project_can_be_edited(tmp_path: Path) -> None:
    example = (Path(__file__).resolve().parents[3] / "resources/settings/example.toml").read_text("utf-8")
    file = tmp_path / "settings.toml"
    file.write_text(example, "utf-8")
    before = read(file)
    after = save(file, [row for row in before.devices if row.id != "reader"], expected=example)
    assert after.central_url == before.central_url
    assert [row.id for row in after.devices] == [row.id for row in before.devices if row.id != "reader"]
    assert "# Devices: [devices.<id>], the id is yours." in file.read_text("utf-8")


VALUES = st.one_of(
    st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), st.text()
)


@given(st.dictionaries(st.text(max_size=8), VALUES, max_size=4))
def test_every_value_comes_back_as_it_was_written(options: dict[str, Any]) -> None:
    assert tomllib.loads(f"x = {toml_value(options)}")["x"] == options


@given(st.text(max_size=12))
def test_every_key_comes_back(key: str) -> None:
    assert tomllib.loads(f"{toml_key(key)} = 1") == {key: 1}


DEVICES = st.lists(
    st.builds(
        DeviceConfig,
        id=st.sampled_from(["reader", "old", "printer", "b-2", "a.b", "读卡器"]),
        kind=st.just("printer"),
        driver=st.just("escpos"),
        url=st.text(min_size=1, max_size=20),
        emulated=st.booleans(),
        options=st.dictionaries(st.sampled_from(["width", "text", "a b"]), VALUES, max_size=2),
    ),
    max_size=4,
    unique_by=lambda row: row.id,
)


@given(DEVICES, DEVICES)
def test_whatever_devices_are_wanted_the_rest_of_the_file_stays(
    one: list[DeviceConfig], two: list[DeviceConfig]
) -> None:
    twice = edited(edited(FILE, one), two)
    found = tomllib.loads(twice)
    assert set(found.get("devices", {})) == {row.id for row in two}
    assert {name: found[name] for name in ("window", "central", "ui")} == {
        name: tomllib.loads(FILE)[name] for name in ("window", "central", "ui")
    }
    for comment in ("# One window.", "# as on the sign", "# Where the cases go.", "# How it looks."):
        assert comment in twice


@given(st.text(max_size=120))
def test_no_file_breaks_the_editing(text: str) -> None:
    try:
        after = edited(text, [PRINTER])
    except CannotSaveError:
        return
    assert tomllib.loads(after)["devices"]["printer"]["url"] == PRINTER.url


def test_what_lies_in_the_place_of_the_copy_is_not_written_through(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("somebody's")
    (tmp_path / "settings.toml.bak").symlink_to(other)

    save(file, [READER, PRINTER], expected=FILE)

    assert other.read_text() == "somebody's"
    assert (tmp_path / "settings.toml.bak").read_text("utf-8") == FILE


def test_the_name_of_a_port_that_is_no_text_is_not_saved(file: Path) -> None:
    odd = DeviceConfig("printer", "printer", "escpos", "serial:///dev/\udcff")

    with pytest.raises(CannotSaveError) as caught:
        save(file, [READER, odd], expected=FILE)

    assert caught.value.code == "form"
    assert file.read_text("utf-8") == FILE
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".")] == []
