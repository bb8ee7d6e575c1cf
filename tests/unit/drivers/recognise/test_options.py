"""A form can tell the options of every driver, and loads none of them for it."""

import subprocess
import sys

from drivers import catalogue
from drivers.recognise.options import options_of


def test_the_options_of_a_driver_are_told_in_one_line() -> None:
    told = options_of("printer", "escpos")
    assert told.startswith("Options")
    assert "width" in told
    assert "\n" not in told
    assert "``" not in told


def test_most_drivers_tell_theirs_and_an_unknown_one_has_none() -> None:
    told = [entry for entry in catalogue.ENTRIES if options_of(entry.kind, entry.driver)]
    assert len(told) > len(catalogue.ENTRIES) / 2
    assert options_of("printer", "no-such") == ""


def test_no_driver_is_imported_for_it() -> None:
    code = (
        "import sys; from drivers.recognise.options import options_of; options_of('printer', 'escpos');"
        "sys.exit('drivers.printer.driver' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
