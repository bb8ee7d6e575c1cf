import hashlib
from pathlib import Path

import pytest

from window_client.central import contract as c
from window_client.central.service.pages import PageFolder
from window_client.central.service.refusal import Refused

DATA = bytes(range(256)) * 3000  # three chunks
DIGEST = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> PageFolder:
    return PageFolder(tmp_path / "pages", 10_000_000)


def send(folder: PageFolder, offset: int, *, data: bytes = DATA, digest: str = DIGEST) -> c.PageStored:
    chunk = data[offset : offset + c.CHUNK]
    return folder.append(digest, chunk, str(offset), f"bytes {offset}-{offset + len(chunk) - 1}/{len(data)}")


def code(folder: PageFolder, *arguments: object) -> Refused:
    with pytest.raises(Refused) as caught:
        folder.append(*arguments)  # type: ignore[arg-type]
    return caught.value


def test_a_page_arrives_in_chunks(folder: PageFolder) -> None:
    offset = 0
    while not (stored := send(folder, offset)).complete:
        offset = stored.offset
        assert folder.stored(DIGEST).offset == offset

    assert folder.stored(DIGEST) == c.PageStored(DIGEST, len(DATA), complete=True)


def test_a_finished_page_may_be_sent_again(folder: PageFolder) -> None:
    data = b"small"
    digest = hashlib.sha256(data).hexdigest()
    first = send(folder, 0, data=data, digest=digest)

    assert send(folder, 0, data=data, digest=digest) == first


def test_a_chunk_from_the_wrong_place_is_told_the_right_one(folder: PageFolder) -> None:
    send(folder, 0)
    with pytest.raises(Refused) as caught:
        send(folder, 0)

    assert (caught.value.status, caught.value.code, caught.value.offset) == (409, "wrong_offset", c.CHUNK)


def test_a_page_that_is_not_what_its_name_says_is_refused_and_forgotten(folder: PageFolder) -> None:
    assert code(folder, DIGEST, b"abc", "0", "bytes 0-2/3").code == "wrong_digest"
    with pytest.raises(Refused) as caught:
        folder.stored(DIGEST)
    assert caught.value.status == 404


@pytest.mark.parametrize(
    ("offset", "span"),
    [("0", "bytes 0-1/3"), ("1", "bytes 0-2/3"), ("0", "bytes 0-2/2"), ("0", "0-2/3"), ("x", "bytes 0-2/3")],
)
def test_a_range_that_does_not_fit_is_refused(folder: PageFolder, offset: str, span: str) -> None:
    assert code(folder, DIGEST, b"abc", offset, span).code == "bad_range"


def test_names_are_digests_and_nothing_else(folder: PageFolder) -> None:
    assert code(folder, "../../etc/passwd", b"abc", "0", "bytes 0-2/3").code == "bad_digest"


def test_a_page_may_be_too_large(tmp_path: Path) -> None:
    assert code(PageFolder(tmp_path, 2), DIGEST, b"abc", "0", "bytes 0-2/3").code == "page_too_large"


def test_a_power_cut_before_the_new_name_is_mended(folder: PageFolder, tmp_path: Path) -> None:
    part = tmp_path / "pages" / DIGEST[:2] / f"{DIGEST}.part"
    part.parent.mkdir()
    part.write_bytes(DATA)

    assert folder.stored(DIGEST).complete
    assert not part.exists()
