"""The page to try a printer with, read by a library that we did not write."""

import io

import pikepdf

from drivers.document_printer.trial import trial_page


def test_it_is_one_a4_page_that_says_what_it_is() -> None:
    with pikepdf.open(io.BytesIO(trial_page())) as document:
        (page,) = document.pages
        assert [float(side) for side in page.mediabox] == [0, 0, 595, 842]
        drawn = page.Contents.read_bytes()
    assert b"(TEST)" in drawn
    assert b"may be thrown away" in drawn
