from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers import catalogue
from window_client.settings import SettingsError, read

GOOD = """[window]
number = 12
profile = "{profile}"
[central]
url = "https://central.example"
[devices.reader]
kind = "id_card"
driver = "sam_v_serial"
url = "serial:///dev/ttyUSB0"
emulated = {emulated}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    found = read(write(tmp_path, GOOD.format(profile="demo", emulated="true")))

    assert (found.window_no, found.profile, found.central_url) == (12, "demo", "https://central.example")
    assert [(d.id, d.kind, d.emulated) for d in found.devices] == [("reader", "id_card", True)]


def test_the_example_that_is_to_be_copied_is_a_good_file_and_its_drivers_exist() -> None:
    example = Path(__file__).resolve().parents[3] / "resources" / "settings" / "example.toml"

    settings_read = read(example)

    assert settings_read.profile == "production"
    assert {config.kind for config in settings_read.devices} == {"id_card", "camera", "scanner", "printer", "display"}
    assert all(catalogue.find(config.kind, config.driver) for config in settings_read.devices)


def test_the_data_folder_of_the_command_line_wins(tmp_path: Path) -> None:
    text = GOOD.format(profile="demo", emulated="false") + '[data]\nfolder = "/elsewhere"\n'

    assert read(write(tmp_path, text), data=tmp_path).data == tmp_path
    assert read(write(tmp_path, text)).data == Path("/elsewhere")


def test_production_refuses_an_emulated_device(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read(write(tmp_path, GOOD.format(profile="production", emulated="true")))

    assert any("emulated" in problem for problem in caught.value.problems)


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = '[window]\nnumber = "twelve"\ncolour = "red"\n[central]\n[printer]\nx = 1\n[devices.a]\nkind = "toaster"\n'

    with pytest.raises(SettingsError) as caught:
        read(write(tmp_path, text))

    said = "\n".join(caught.value.problems)
    for expected in (
        "line 2: [window] number",
        "line 3: [window] colour",
        "[central] url is missing",
        "[printer]",
        "line 8: [devices.a] kind",
        "[devices.a] driver is missing",
        "[devices.a] url is missing",
    ):
        assert expected in said


@given(st.lists(st.from_regex(r"[a-z]{3,8}x", fullmatch=True), min_size=1, max_size=6, unique=True))
@settings(deadline=None, max_examples=40)
def test_each_unknown_key_is_named(tmp_path_factory: pytest.TempPathFactory, keys: list[str]) -> None:
    text = "[window]\nnumber = 1\n" + "".join(f"{key} = 1\n" for key in keys) + '[central]\nurl = "https://c"\n'

    with pytest.raises(SettingsError) as caught:
        read(write(tmp_path_factory.mktemp("s"), text))

    assert len(caught.value.problems) == len(keys)
    for number, key in enumerate(keys, start=3):
        assert any(f"line {number}: [window] {key}" in problem for problem in caught.value.problems)


def test_the_idle_lock_is_five_minutes_unless_the_file_says_otherwise(tmp_path: Path) -> None:
    plain = '[window]\nnumber = 1\n{}[central]\nurl = "https://c"\n'
    assert read(write(tmp_path, plain.format(""))).lock_after_minutes == 5
    assert read(write(tmp_path, plain.format("lock_after_minutes = 0\n"))).lock_after_minutes == 0


@pytest.mark.parametrize("minutes", [-1, 121])
def test_an_idle_lock_that_cannot_be_is_refused(tmp_path: Path, minutes: int) -> None:
    text = f'[window]\nnumber = 1\nlock_after_minutes = {minutes}\n[central]\nurl = "https://c"\n'
    with pytest.raises(SettingsError, match="lock_after_minutes must be 0"):
        read(write(tmp_path, text))


@pytest.mark.parametrize("text", ["[window", "\x00"])
def test_what_is_not_toml_is_said_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match="not TOML"):
        read(write(tmp_path, text))


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"copy resources/settings/example\.toml"):
        read(tmp_path / "none.toml")


def test_the_limits_of_pages_and_the_scanners_beginning_can_be_set(tmp_path: Path) -> None:
    usual = read(write(tmp_path, GOOD.format(profile="demo", emulated="true"))).pages
    assert (usual.page_bytes, usual.case_bytes, usual.auto_feed, usual.duplex) == (800_000, 30_000_000, False, False)

    text = GOOD.format(profile="demo", emulated="true")
    text += "[pages]\npage_kb = 500\ncase_mb = 10\nauto_feed = true\nduplex = true\n"
    found = read(write(tmp_path, text)).pages
    assert (found.page_bytes, found.case_bytes, found.auto_feed, found.duplex) == (500_000, 10_000_000, True, True)


def test_a_limit_of_nothing_is_refused(tmp_path: Path) -> None:
    text = GOOD.format(profile="demo", emulated="true") + "[pages]\npage_kb = 0\n"
    with pytest.raises(SettingsError, match="page_kb must be 1 or more"):
        read(write(tmp_path, text))


@pytest.mark.parametrize("url", ["", "ttyUSB0", "socket://[::1", "serial:///dev/tty\\u0000USB0"])
def test_what_is_no_address_of_a_device_is_refused_with_its_line(tmp_path: Path, url: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(
        '[window]\nnumber = 12\n[central]\nurl = "http://x"\n'
        f'[devices.reader]\nkind = "id_card"\ndriver = "sam_v_serial"\nurl = "{url}"\n'
    )
    with pytest.raises(SettingsError) as caught:
        read(path)
    assert caught.value.problems == ["line 8: [devices.reader] url is no address"]


@pytest.mark.parametrize("kind", catalogue.KINDS)
def test_every_kind_of_the_catalogue_may_stand_in_the_settings(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(
        '[window]\nnumber = 12\n[central]\nurl = "http://x"\n'
        f'[devices.one]\nkind = "{kind}"\ndriver = "any"\nurl = "here://"\n[devices.two]\nkind = "{kind}"\n'
        'driver = "any"\nurl = "there://"\n'
    )
    assert [device.id for device in read(path).devices] == ["one", "two"]
