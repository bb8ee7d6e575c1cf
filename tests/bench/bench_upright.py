"""How often a page is set upright, and how often it is turned wrongly. Prints one JSON object.

    python tests/bench/bench_upright.py

Pages: running text, forms in tables and lists, in every face found here (two ship with the product), with a slant of
up to a degree, blur and noise, each laid in all four ways; the camera's drawn scenes the same; and pages of Latin
words, which must stay as they lie.
"""

import json
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from drivers.emulators.camera_scene import variants, view
from drivers.printer.raster import font_files
from window_client.imaging.arrays import Picture
from window_client.imaging.orientation import upright_turn
from window_client.imaging.page import process_page

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1654, 2339)
EACH = 4
LAID = {0: None, 90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}
SERIFS = (Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"),)
LATIN = sorted(Path("/usr/share/fonts").rglob("*Serif*.ttf"))[:2] + sorted(
    Path("/usr/share/fonts").rglob("P052-I*.otf")
)


def run() -> dict[str, Any]:
    """Measure."""
    chance = random.Random(7)
    texts = _texts()
    faces = [(file, 0) for file in font_files() if "Counter" in file.name] + [(f, 2) for f in SERIFS if f.is_file()]
    result: dict[str, Any] = {}
    for kind, draw in (("text", _text), ("form", _form), ("list", _list)):
        right = wrong = count = 0
        for face in faces:
            for _ in range(EACH):
                page = _scanned(draw(chance, texts, face), chance)
                for turn in LAID:
                    said = upright_turn(_laid(page, turn))
                    right, wrong, count = right + (said == turn), wrong + (said not in {turn, 0}), count + 1
        result[kind] = {"pages": count, "right": right, "wrong": wrong}
    result["latin"] = _latin(chance)
    result["camera"] = _camera()
    return result


def _laid(page: Picture, turn: int) -> Picture:
    code = LAID[turn]
    return page if code is None else np.asarray(cv2.rotate(page, code), np.uint8)


def _texts() -> list[str]:
    """Sentences of the demo catalogue, which changes little."""
    told = (ROOT / "resources" / "demo" / "catalogue.json").read_text("utf-8")
    found = re.findall(r"[\u4e00-\u9fff，。、；：（）0-9A-Za-z]{6,40}", told)
    return [one for one in found if len(re.findall("[\u4e00-\u9fff]", one)) > 5]


def _sheet(chance: random.Random, face: tuple[Path, int]) -> tuple[Image.Image, ImageDraw.ImageDraw, Any, int]:
    page = Image.new("RGB", SIZE, (250, 249, 245))
    size = chance.choice([25, 29, 33, 39])
    return page, ImageDraw.Draw(page), ImageFont.truetype(face[0], size, index=face[1]), size


def _text(chance: random.Random, texts: list[str], face: tuple[Path, int]) -> Image.Image:
    page, pen, font, size = _sheet(chance, face)
    y, step, end = 300, int(size * chance.choice([1.35, 1.5, 1.8])), chance.choice([800, 1500, 2100])
    while y < end:
        line = "　　"
        for character in "，".join(chance.choice(texts) for _ in range(chance.randint(1, 6))) + "。":
            if font.getlength(line + character) > SIZE[0] - 400:
                pen.text((200, y), line, font=font, fill=(30, 30, 30))
                y, line = y + step, ""
            line += character
        pen.text((200, y), line, font=font, fill=(30, 30, 30))
        y += step
    return page


def _form(chance: random.Random, texts: list[str], face: tuple[Path, int]) -> Image.Image:
    page, pen, font, size = _sheet(chance, face)
    for row in range(chance.randint(8, 16)):
        top, high = 300 + row * int(size * 2.6), int(size * 2.6)
        pen.rectangle((160, top, SIZE[0] - 160, top + high), outline=(20, 20, 20), width=2)
        pen.line((520, top, 520, top + high), fill=(20, 20, 20), width=2)
        pen.text((180, top + size * 0.7), chance.choice(texts)[:8], font=font, fill=(30, 30, 30))
        value = chance.choice(texts)[: chance.randint(4, 24)]
        pen.text((540, top + size * 0.7), value, font=font, fill=(30, 30, 30))
    return page


def _list(chance: random.Random, texts: list[str], face: tuple[Path, int]) -> Image.Image:
    page, pen, font, size = _sheet(chance, face)
    for row in range(chance.randint(8, 25)):
        text = f"{row + 1}. {chance.choice(texts)[: chance.randint(6, 26)]}"
        pen.text((200, 300 + row * int(size * 1.8)), text, font=font, fill=(30, 30, 30))
    return page


def _scanned(page: Image.Image, chance: random.Random) -> Picture:
    seen = np.asarray(page)[:, :, ::-1]
    move = cv2.getRotationMatrix2D((SIZE[0] / 2, SIZE[1] / 2), chance.uniform(-1, 1), 1)
    seen = cv2.warpAffine(np.ascontiguousarray(seen), move, SIZE, borderValue=(245, 249, 250))
    seen = cv2.GaussianBlur(seen, (0, 0), chance.uniform(0.5, 1.6))
    noise = np.random.default_rng(chance.randint(0, 9999)).integers(-8, 9, seen.shape)
    return np.clip(seen.astype(int) + noise, 0, 255).astype(np.uint8)


def _latin(chance: random.Random) -> dict[str, int]:
    words = re.findall(r"[A-Za-z]{2,12}", (ROOT / "README.md").read_text("utf-8"))
    turned = count = 0
    for face in LATIN:
        for size in (28, 36):
            page = Image.new("RGB", SIZE, (250, 249, 245))
            pen, font = ImageDraw.Draw(page), ImageFont.truetype(face, size)
            for row in range(30):
                text = " ".join(chance.choice(words) for _ in range(12))[:60]
                pen.text((200, 300 + row * int(size * 1.5)), text, font=font, fill=(30, 30, 30))
            for turn in (0, 180):
                turned, count = turned + (upright_turn(_laid(_scanned(page, chance), turn)) != 0), count + 1
    return {"pages": count, "turned": turned}


def _camera() -> dict[str, int]:
    """The emulated camera's scenes, laid on the desk upright and upside down."""
    right = wrong = count = 0
    for scene in ("application", "contract", "notice", "idcard", "floorplan"):
        for seed in (1, 2):
            picture = view(scene, seed=seed).picture
            for turn in (0, 180):
                jpeg = variants(_laid(picture, turn), count=1)[0]
                said = process_page(jpeg, source="camera").turn
                right, wrong, count = right + (said == turn), wrong + (said not in {turn, 0}), count + 1
    return {"pages": count, "right": right, "wrong": wrong}


def _main(run: Callable[[], dict[str, Any]]) -> None:
    sys.stdout.write(json.dumps(run(), indent=2) + "\n")


if __name__ == "__main__":
    _main(run)
