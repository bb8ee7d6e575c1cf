"""Pages out of JPEG, PNG and TIFF, and out of whatever else comes."""

import struct
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.emulators.scanner_pages import drawn, joined_pdf
from drivers.scanner.pages import KINDS, PageError, is_whole, kind_of, pages_in, whole_jpeg, with_density


def picture(form: str, mode: str = "RGB", **options: object) -> bytes:
    out = BytesIO()
    Image.new(mode, (80, 110), 1 if mode == "1" else None).save(out, form, **options)
    return out.getvalue()


def files() -> dict[str, bytes]:
    """One real file of each kind."""
    pdf = drawn(1, 0, "RGB24", "application/pdf", 100, (200, 300))
    return {
        "jpeg": picture("JPEG", dpi=(300, 300)),
        "png": picture("PNG", dpi=(300, 300)),
        "tiff": picture("TIFF", dpi=(300, 300)),
        "pdf": joined_pdf([pdf, pdf]),
    }


FILES = files()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_known_by_its_first_bytes_and_whole_by_its_last(kind: str) -> None:
    data = FILES[kind]

    assert kind_of(data[:8]) == kind
    assert is_whole(data)
    assert not is_whole(data[: len(data) // 2])
    assert not is_whole(data[:-30])


def test_a_tiff_is_not_whole_before_all_that_it_points_at_is_there() -> None:
    data = picture("TIFF", compression=None)
    directory = struct.unpack_from("<I", data, 4)[0]

    assert is_whole(data)
    assert not any(is_whole(data[:length]) for length in range(8, len(data), 997))
    assert not is_whole(data[: max(directory, len(data) - 5)][:-5])


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_gives_jpeg_pages_of_its_density(kind: str) -> None:
    pages = list(pages_in(FILES[kind], 200))

    assert len(pages) == (2 if kind == "pdf" else 1)
    for page in pages:
        assert page.dpi == (100 if kind == "pdf" else 300)
        with Image.open(BytesIO(page.jpeg)) as opened:
            opened.load()
            assert opened.format == "JPEG"
            assert tuple(round(side) for side in opened.info["dpi"]) == (page.dpi, page.dpi)


def test_a_jpeg_goes_through_untouched() -> None:
    assert next(pages_in(FILES["jpeg"], 200)).jpeg == FILES["jpeg"]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_a_png_becomes_a_page(mode: str) -> None:
    [page] = pages_in(picture("PNG", mode), 150)

    with Image.open(BytesIO(page.jpeg)) as opened:
        assert opened.mode in {"L", "RGB"}
        assert opened.size == (80, 110)
    assert page.dpi == 150


def test_all_pages_of_a_tiff_come_in_their_order() -> None:
    out = BytesIO()
    frames = [Image.new("L", (20, 30), shade) for shade in (0, 120, 250)]
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])

    shades = []
    for page in pages_in(out.getvalue(), 100):
        with Image.open(BytesIO(page.jpeg)) as opened:
            shades.append(opened.getpixel((5, 5)))

    assert shades == pytest.approx([0, 120, 250], abs=3)


def test_a_jpeg_that_says_no_density_gets_one_and_its_picture_stays() -> None:
    plain = picture("JPEG")
    bare = plain[:2] + plain[4 + int.from_bytes(plain[4:6], "big") :]

    for data in (plain, bare):
        sheet = whole_jpeg(data, 240)
        with Image.open(BytesIO(sheet.jpeg)) as one, Image.open(BytesIO(data)) as other:
            assert (sheet.dpi, one.info["dpi"]) == (240, (240, 240))
            assert one.tobytes() == other.tobytes()
    assert with_density(with_density(bare, 240), 300) == with_density(bare, 300)


@pytest.mark.parametrize("behind", [b"\0" * 40, b"\r\n", b"\xff\xff"])
def test_padding_behind_a_jpeg_is_cut_off(behind: bytes) -> None:
    assert whole_jpeg(FILES["jpeg"] + behind, 200).jpeg == FILES["jpeg"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"this is a letter",
        b"\xff\xd8\xff",
        FILES["jpeg"][:-2],
        FILES["jpeg"] + b"and something else",
        FILES["jpeg"][:20] + bytes(100) + FILES["jpeg"][120:],
        b"\x89PNG\r\n\x1a\n" + bytes(20),
        b"II*\0" + bytes(20),
        b"%PDF-1.4\n%%EOF",
    ],
)
def test_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(PageError):
        list(pages_in(data, 200))


def test_a_picture_of_a_senseless_size_is_refused_before_it_is_decoded() -> None:
    huge = bytearray(FILES["png"])
    huge[16:24] = struct.pack(">II", 60_000, 60_000)

    with pytest.raises(PageError):
        list(pages_in(bytes(huge), 200))
    at = FILES["jpeg"].index(b"\xff\xc0") + 5
    wide = FILES["jpeg"][:at] + struct.pack(">HH", 60_000, 60_000) + FILES["jpeg"][at + 4 :]
    with pytest.raises(PageError):
        list(pages_in(wide, 200))


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"%PDF-1.7\n"]),
)
def test_any_bytes_give_pages_or_a_page_error(tail: bytes, head: bytes) -> None:
    is_whole(head + tail)
    try:
        list(pages_in(head + tail, 200))
    except PageError:
        return


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(st.sampled_from(KINDS), st.data())
def test_real_files_with_damage_give_pages_or_a_page_error(kind: str, data: st.DataObject) -> None:
    damaged = bytearray(FILES[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(1, 4))] = data.draw(st.binary(max_size=4))
        if not damaged:
            break
    is_whole(bytes(damaged))
    try:
        list(pages_in(bytes(damaged), 200))
    except PageError:
        return
