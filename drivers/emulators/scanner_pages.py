"""Pages for the emulated scanner: drawn documents, and the formats that a client may ask for. Needs Pillow."""

import random
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from drivers.printer.raster import font_files

if TYPE_CHECKING:
    from PIL.Image import Image

A4 = (2480, 3508)  # 1/300 inch, as scanners count
_WORDS = (
    *("申请材料", "经营场所", "证明", "登记", "负责人", "地址", "日期", "编号", "产权", "租赁合同", "签字"),
    *("与原件一致", "以下内容", "双方约定", "使用面积", "有效期限", "本页", "共计", "人民币", "特此说明"),
)
_TITLES = ("房屋租赁合同", "经营场所证明", "登记申请书", "授权委托书", "情况说明")


@lru_cache(maxsize=32)
def drawn_page(number: int, seed: int, dpi: int) -> bytes:
    """Return page ``number`` of the drawn documents as A4 in colour, JPEG; the same every time for one ``seed``."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415

    chance = random.Random(seed * 1000 + number)  # noqa: S311 - pictures
    width, height = (side * dpi // 300 for side in A4)
    page = Image.new("RGB", (width, height), (250, 249, 245))
    pen = ImageDraw.Draw(page)
    files = font_files()
    if not files:
        raise ValueError("no font with Chinese characters")
    title, body = (ImageFont.truetype(files[0], round(points * dpi / 72)) for points in (22, 12))
    pen.text((width / 2, dpi * 0.9), _TITLES[number % len(_TITLES)], fill=(20, 20, 20), font=title, anchor="mm")
    pen.text((width * 0.9, dpi * 0.4), f"第 {number} 页", fill=(90, 90, 90), font=body, anchor="rm")
    y = dpi * 1.5
    while y < height - dpi * 1.2:
        line = ""
        while body.getlength(line) < width * 0.7:
            line += chance.choice(_WORDS) + ("，" if chance.random() < 0.2 else "")
        pen.text((width * 0.12, y), line, fill=(30, 30, 30), font=body)
        y += dpi * 0.3 * (1.6 if chance.random() < 0.1 else 1)
    stamp = dpi * 0.8
    centre = (width * 0.75, height - dpi * 1.6)
    box = (centre[0] - stamp, centre[1] - stamp, centre[0] + stamp, centre[1] + stamp)
    pen.ellipse(box, outline=(200, 30, 30), width=max(2, dpi // 40))
    pen.text(centre, "示例印章", fill=(200, 30, 30), font=body, anchor="mm")
    return _saved(page, "JPEG", dpi)


@lru_cache(maxsize=96)
def drawn(number: int, seed: int, colour: str, kind: str, dpi: int, region: tuple[int, int]) -> bytes:
    """A drawn page as it was asked for; kept, because a feeder is filled with the same pages again and again."""
    return converted(drawn_page(number, seed, dpi), colour=colour, kind=kind, dpi=dpi, region=region)


def converted(jpeg: bytes, *, colour: str, kind: str, dpi: int, region: tuple[int, int] | None = None) -> bytes:
    """Return the page as asked: ``colour`` RGB24, Grayscale8 or BlackAndWhite1; ``kind`` a MIME type.

    ``region`` in dots cuts or fills the page to what the client asked for.
    """
    from PIL import Image  # noqa: PLC0415

    with Image.open(BytesIO(jpeg)) as opened:
        whole = region is None or opened.size == region
        if whole and kind in {"image/jpeg", "application/pdf"} and colour == "RGB24" and opened.mode == "RGB":
            return jpeg if kind == "image/jpeg" else one_page_pdf(jpeg, opened.size, dpi, grey=False)
        page = opened.convert("RGB")
    if region is not None and not whole:
        sheet = Image.new("RGB", region, (250, 249, 245))
        sheet.paste(page, (0, 0))
        page = sheet
    if colour != "RGB24":
        page = page.convert("L")
    if colour == "BlackAndWhite1":
        page = page.point([0] * 128 + [255] * 128)
    if kind in {"image/png", "image/tiff"}:
        form = kind.removeprefix("image/").upper()
        return _saved(page.convert("1") if colour == "BlackAndWhite1" else page, form, dpi)
    picture = _saved(page, "JPEG", dpi)
    return one_page_pdf(picture, page.size, dpi, grey=page.mode == "L") if kind == "application/pdf" else picture


def _saved(page: "Image", kind: str, dpi: int) -> bytes:
    out = BytesIO()
    page.save(out, kind, quality=85, dpi=(dpi, dpi))
    return out.getvalue()


def one_page_pdf(jpeg: bytes, size: tuple[int, int], dpi: int, *, grey: bool) -> bytes:
    """Return a PDF of one page that holds the JPEG as it is."""
    width, height = (f"{dots * 72 / dpi:.2f}" for dots in size)
    space = "DeviceGray" if grey else "DeviceRGB"
    draw = f"q {width} 0 0 {height} 0 0 cm /Page Do Q".encode()
    image = (
        f"<< /Type /XObject /Subtype /Image /Width {size[0]} /Height {size[1]} /ColorSpace /{space} "
        f"/BitsPerComponent 8 /Filter /DCTDecode /Length {len(jpeg)} >>"
    )
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R "
        "/Resources << /XObject << /Page 5 0 R >> >> >>".encode(),
        f"<< /Length {len(draw)} >>\nstream\n".encode() + draw + b"\nendstream",
        f"{image}\nstream\n".encode() + jpeg + b"\nendstream",
    )
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return bytes(out) + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def joined_pdf(documents: "list[bytes]") -> bytes:
    """Several PDFs of one page as one of several: what scanners give that put a whole job into one document."""
    import pikepdf  # noqa: PLC0415

    out = BytesIO()
    with pikepdf.new() as whole:
        for document in documents:
            with pikepdf.open(BytesIO(document)) as one:
                whole.pages.extend(one.pages)
        whole.save(out)
    return out.getvalue()
