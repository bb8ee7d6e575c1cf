"""What the camera emulator sees: a document on a desk, drawn, then photographed.

The page is drawn straight (title, lines, table, seal, signature, codes), seen in perspective under uneven light with a
soft shadow, and given a lens's slight blur. ``variants`` are the same view with fresh noise and a hair's jitter.
"""

from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import numpy.typing as npt
import simplejpeg

from drivers.printer.raster import font_files

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

WIDTH, HEIGHT = 3264, 2448
SCENES = ("application", "contract", "idcard", "notice", "floorplan", "empty")
Picture = npt.NDArray[np.uint8]

_INK = (32, 34, 40)
_TITLES = {
    "application": "政务服务事项申请表",
    "contract": "房屋租赁合同",
    "notice": "一次性补正告知书",
    "floorplan": "经营场所平面图",
}
_LINES = (
    "兹就下列事项提出申请，并对所提交材料的真实性、合法性负责。",
    "申请人已阅知办理条件、办理时限及所需材料清单。",
    "本人同意受理机关依法核验与本事项有关的电子证照信息。",
    "甲乙双方在平等、自愿、协商一致的基础上订立如下条款。",
    "租赁期限自签订之日起计算，期满前三十日书面通知对方。",
    "以上内容一式两份，双方各执一份，自签字之日起生效。",
    "如有变更，应当在十个工作日内向原受理窗口提出。",
)


@dataclass(frozen=True, slots=True)
class View:
    """A picture to show, and where the page's corners lie in it (clockwise from its top left), for those who ask."""

    picture: Picture
    corners: list[list[float]] | None


def view(scene: str, *, code: str = "", barcode: str = "", seed: int = 0) -> View:
    """Draw and photograph one of ``SCENES``; ``code`` goes into a QR code, ``barcode`` into a Code 128.

    Raises:
        ValueError: No such scene.
    """
    if scene not in SCENES:
        raise ValueError(f"no scene {scene!r}; known: {', '.join(SCENES)}")
    rng = np.random.default_rng(seed)
    desk = _desk(rng)
    if scene == "empty":
        return View(_photographed(desk, rng), None)
    return _laid(desk, _drawn(scene, code, barcode, rng), rng, small=scene == "idcard")


def view_of(picture: Picture, *, seed: int = 0) -> View:
    """Photograph a given picture (BGR) as the page."""
    rng = np.random.default_rng(seed)
    limit = 2400 / max(picture.shape[:2])
    if limit < 1:
        picture = np.asarray(cv2.resize(picture, None, fx=limit, fy=limit, interpolation=cv2.INTER_AREA), np.uint8)
    return _laid(_desk(rng), picture, rng, small=False)


def variants(picture: Picture, *, count: int = 5, fault: str | None = None, seed: int = 0) -> list[bytes]:
    """JPEG frames of one view; ``fault`` is ``dark``, ``blurred`` or ``glare``."""
    rng = np.random.default_rng(seed)
    seen = picture
    if fault == "dark":
        seen = np.asarray(cv2.convertScaleAbs(seen, alpha=0.18), np.uint8)
    elif fault == "blurred":
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), 8), np.uint8)
    elif fault == "glare":
        seen = _glare(seen)
    frames = []
    for _ in range(count):
        noise = rng.integers(-5, 6, (HEIGHT + 64, WIDTH, 1), dtype=np.int16)[:HEIGHT]
        noisy = np.clip(seen.astype(np.int16) + noise, 0, 255).astype(np.uint8)
        frames.append(bytes(simplejpeg.encode_jpeg(np.ascontiguousarray(noisy), 84, "BGR", "420")))
    return frames


def _desk(rng: np.random.Generator) -> Picture:
    """A laminated table top: a warm grey-brown with a faint grain."""
    small = rng.normal(0, 1, (HEIGHT // 6, WIDTH // 96)).astype(np.float32)
    grain = cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC) * 5
    broad = cv2.resize(rng.normal(0, 1, (9, 12)).astype(np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC) * 6
    colour = np.array([[78, 98, 118], [92, 96, 100], [70, 92, 84], [60, 82, 112]][int(rng.integers(0, 4))], np.float32)
    return np.clip(colour + (grain + broad)[..., None], 0, 255).astype(np.uint8)


def _laid(desk: Picture, page: Picture, rng: np.random.Generator, *, small: bool) -> View:
    height, width = page.shape[:2]
    share = (0.36 if small else 0.86) * float(rng.uniform(0.94, 1.0))
    scale = min(HEIGHT * share / height, WIDTH * share / width)
    turn = float(rng.uniform(-7, 7)) * pi / 180
    box = np.array([[-width, -height], [width, -height], [width, height], [-width, height]], np.float64) / 2 * scale
    spun = box @ np.array([[cos(turn), sin(turn)], [-sin(turn), cos(turn)]])
    # The camera's arm leans a little: what is farther is smaller
    lean = rng.uniform(-0.055, 0.055, 2)
    depth = 1 + spun[:, :1] / WIDTH * lean[0] * 2 + spun[:, 1:] / HEIGHT * lean[1] * 2
    corners = (spun / depth + (WIDTH / 2, HEIGHT / 2) + rng.uniform(-40, 40, 2)).astype(np.float32)
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - 0.5
    move = cv2.getPerspectiveTransform(source, corners)
    seen = cv2.warpPerspective(page, move, (WIDTH, HEIGHT), flags=cv2.INTER_AREA if scale < 0.7 else cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), move, (WIDTH, HEIGHT))
    coarse = cv2.resize(mask, (WIDTH // 8, HEIGHT // 8), interpolation=cv2.INTER_AREA)
    shade = cv2.GaussianBlur(
        cv2.warpAffine(coarse, np.array([[1, 0, 2], [0, 1, 3.0]]), (WIDTH // 8, HEIGHT // 8)), (0, 0), 3
    )
    dark = cv2.resize(shade, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR).astype(np.float32)[..., None] / 255 * 0.4
    alpha = mask.astype(np.float32)[..., None] / 255
    together = desk * (1 - dark) * (1 - alpha) + seen * alpha
    return View(_photographed(together, rng), [[round(float(x), 1), round(float(y), 1)] for x, y in corners])


def _photographed(scene: npt.NDArray[Any], rng: np.random.Generator) -> Picture:
    """Light from one side, darker corners, and a lens."""
    ys, xs = np.mgrid[0:31, 0:41].astype(np.float32)
    xs, ys = xs / 40 - 0.5, ys / 30 - 0.5
    angle, slope = float(rng.uniform(0, 2 * pi)), float(rng.uniform(0.12, 0.28))
    light = (0.97 + slope * (xs * cos(angle) + ys * sin(angle))) * (1 - 0.16 * (xs * xs + ys * ys))
    # Someone leans over the tray: a soft, broad shadow
    light *= 1 - 0.12 / (1 + np.exp(-(xs * sin(angle) - ys * cos(angle) - 0.18) * 14))
    wide = cv2.resize(light.astype(np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)[..., None]
    lit = np.clip(scene.astype(np.float32) * wide, 0, 255).astype(np.uint8)
    return np.asarray(cv2.GaussianBlur(lit, (0, 0), 0.7), np.uint8)


def _glare(picture: Picture) -> Picture:
    """A lamp's reflection near the middle."""
    ys, xs = np.mgrid[0 : HEIGHT // 8, 0 : WIDTH // 8].astype(np.float32)
    spot = np.exp(-((((xs * 8 - WIDTH * 0.47) / 330) ** 2 + ((ys * 8 - HEIGHT * 0.45) / 230) ** 2) ** 1.5))
    wide = cv2.resize(spot, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)[..., None] * 330
    return np.asarray(np.clip(picture * np.float32(0.85) + wide, 0, 255), np.uint8)


# ---- documents


def _drawn(scene: str, code: str, barcode: str, rng: np.random.Generator) -> Picture:
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy

    size = (1280, 807) if scene == "idcard" else (1654, 2339)
    page = Image.new("RGB", size, (226, 234, 238) if scene == "idcard" else (248, 247, 243))
    pen = ImageDraw.Draw(page)
    if scene == "idcard":
        _card(pen, size)
    else:
        _letterhead(pen, _TITLES[scene])
        if scene == "application":
            _table(pen)
        elif scene == "floorplan":
            _floorplan(pen)
        else:
            _paragraphs(pen, rng, 14 if scene == "contract" else 9)
        _seal(pen, (1180, 2010))
        _signature(pen, rng, (330, 2050))
    if code:
        page.paste(_qr(code), (size[0] - 330, 60))
    if barcode:
        strip = _code128(barcode)
        page.paste(strip, (120, 70 if scene != "idcard" else size[1] - strip.size[1] - 20))
    return np.ascontiguousarray(np.asarray(page, np.uint8)[..., ::-1])


def _font(size: int) -> Any:
    from PIL import ImageFont  # noqa: PLC0415 - heavy

    files = font_files()
    if not files:
        raise ValueError("no font with Chinese characters")
    return ImageFont.truetype(str(files[-1 if len(files) == 1 else 0]), size)


def _letterhead(pen: "ImageDraw", title: str) -> None:
    pen.text((827, 330), title, fill=_INK, font=_font(64), anchor="mm")
    pen.line((180, 400, 1474, 400), fill=(190, 40, 40), width=5)
    pen.text((1470, 440), "编号：示例 0001", fill=_INK, font=_font(28), anchor="rm")


def _table(pen: "ImageDraw") -> None:
    labels = ("姓名", "证件号码", "联系电话", "住址", "经营范围", "从业人数", "场所面积", "备注")
    values = ("张三丰", "510799199001010019", "13800000000", "示范区人民路一号", "食品经营", "3", "86 平方米", "")
    for n, (label, value) in enumerate(zip(labels, values, strict=True)):
        top = 500 + n * 150
        pen.rectangle((180, top, 480, top + 150), outline=_INK, width=3)
        pen.rectangle((480, top, 1474, top + 150), outline=_INK, width=3)
        pen.text((330, top + 75), label, fill=_INK, font=_font(36), anchor="mm")
        pen.text((520, top + 75), value, fill=(24, 40, 96), font=_font(38), anchor="lm")
    pen.text((180, 1760), _LINES[0], fill=_INK, font=_font(32))


def _paragraphs(pen: "ImageDraw", rng: np.random.Generator, count: int) -> None:
    font = _font(36)
    for n in range(count):
        line = _LINES[int(rng.integers(0, len(_LINES)))]
        pen.text((180, 500 + n * 100), f"第{'一二三四五六七八九十'[n % 10]}条　{line}"[:34], fill=_INK, font=font)


def _floorplan(pen: "ImageDraw") -> None:
    walls = ((200, 520, 1450, 1700), (200, 520, 800, 1100), (800, 520, 1450, 1000), (200, 1100, 620, 1700))
    for wall in walls:
        pen.rectangle(wall, outline=_INK, width=9)
    pen.arc((720, 940, 880, 1100), 90, 180, fill=_INK, width=4)
    for text, at in (("大厅", (1050, 1350)), ("操作间", (480, 800)), ("库房", (400, 1400)), ("办公室", (1120, 760))):
        pen.text(at, text, fill=_INK, font=_font(44), anchor="mm")


def _card(pen: "ImageDraw", size: tuple[int, int]) -> None:
    for n in range(24):
        points = [(x, 60 + n * 32 + 14 * sin(x / 90 + n)) for x in range(0, size[0], 16)]
        pen.line(points, fill=(204, 220, 226), width=2)
    rows = (("姓名", "王小明"), ("性别", "男　　民族　汉"), ("出生", "1990 年 1 月 1 日"), ("住址", "示范区人民路一号"))
    for n, (label, value) in enumerate(rows):
        pen.text((80, 90 + n * 125), label, fill=(60, 110, 160), font=_font(36))
        pen.text((220, 86 + n * 125), value, fill=_INK, font=_font(42))
    pen.text((80, 690), "公民身份号码　510799199001010019", fill=_INK, font=_font(44))
    pen.rounded_rectangle((890, 90, 1200, 520), 20, fill=(206, 212, 216))
    pen.ellipse((970, 150, 1120, 330), fill=(196, 168, 148))
    pen.pieslice((920, 340, 1170, 640), 180, 360, fill=(72, 84, 104))


def _seal(pen: "ImageDraw", centre: tuple[int, int]) -> None:
    x, y = centre
    red = (206, 44, 40)
    pen.ellipse((x - 190, y - 190, x + 190, y + 190), outline=red, width=11)
    star = [
        (x + r * sin(k * pi / 5), y - r * cos(k * pi / 5)) for k in range(10) for r in ((62,) if k % 2 == 0 else (24,))
    ]
    pen.polygon(star, fill=red)
    for n, character in enumerate("示例区政务服务中心"):
        angle = (n - 4) * 0.42
        pen.text((x + 145 * sin(angle), y - 145 * cos(angle)), character, fill=red, font=_font(44), anchor="mm")


def _signature(pen: "ImageDraw", rng: np.random.Generator, at: tuple[int, int]) -> None:
    pen.text((at[0] - 140, at[1]), "签名：", fill=_INK, font=_font(36), anchor="lm")
    phase = rng.uniform(0, 6, 3)
    t = np.linspace(0, 1, 90)
    x = at[0] + 330 * t + 24 * np.sin(31 * t + phase[0])
    y = at[1] + 46 * np.sin(23 * t + phase[1]) * np.sin(pi * t) + 12 * np.sin(60 * t + phase[2])
    pen.line(list(zip(x.tolist(), y.tolist(), strict=True)), fill=(28, 38, 110), width=6, joint="curve")


def _qr(text: str) -> "Image":
    import qrcode  # noqa: PLC0415 - heavy

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=7, border=3)
    code.add_data(text.encode())
    code.make(fit=True)
    made: Image = code.make_image().get_image().convert("RGB")
    return made.resize((270, 270), 0) if made.size[0] > 300 else made


def _code128(text: str) -> "Image":
    import zxingcpp  # noqa: PLC0415 - heavy
    from PIL import Image  # noqa: PLC0415 - heavy

    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_image(scale=3)
    strip = np.asarray(drawn)
    row = strip[strip.shape[0] // 3]
    return Image.fromarray(np.ascontiguousarray(np.repeat(row[None, :], 110, 0))).convert("RGB")
