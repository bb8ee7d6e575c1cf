"""Photographs of pages, drawn for judging: not by the emulator, and with the true corners known.

A scene is a desk, things lying on it, one page seen in perspective, light, and a camera. Nothing in here is
shared with ``drivers.emulators``: what reads these pictures must not have been tuned on its own drawings.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
WIDTH, HEIGHT = 1632, 1224

DESKS = ("wood", "marble", "cloth", "mat", "pale", "checks", "grey", "glass", "planks", "red")
PAPERS = ("letter", "form", "dense", "signature", "certificate", "photo", "receipt", "card", "pink", "table")


@dataclass
class Scene:
    """A picture, and what is true about it. ``corners`` are clockwise from the top left, in pixels."""

    image: Picture
    corners: Floats
    marks: dict[str, str] = field(default_factory=dict)


def empty(seed: int, desk_kind: str, things: int = 0, *, width: int = WIDTH) -> Picture:
    """A desk with no page on it."""
    rng = np.random.default_rng(seed)
    image = desk(desk_kind, rng, width, width * 3 // 4)
    clutter(image, rng, things)
    image = _light(image, rng, {"shadow": ""} if seed % 3 == 0 else {})
    noise = rng.normal(0, 3, image.shape)
    return np.asarray(np.clip(cv2.GaussianBlur(image, (0, 0), 0.6) + noise, 0, 255), np.uint8)


def jpeg(image: Picture, quality: int = 88) -> bytes:
    """The picture as JPEG bytes, by OpenCV's encoder."""
    return bytes(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])


def clouds(rng: np.random.Generator, width: int, height: int, scale: float, stretch: float = 1.0) -> Floats:
    """Smooth noise of mean 0 and deviation 1; ``scale`` pixels a bump, ``stretch`` times longer sideways."""
    small = rng.normal(0, 1, (max(4, int(height / scale) + 3), max(4, int(width / (scale * stretch)) + 3)))
    big = cv2.resize(small.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray((big - big.mean()) / (big.std() + 1e-6), np.float32)


def _plain(colour: tuple[int, int, int], width: int, height: int) -> Floats:
    return np.full((height, width, 3), colour, np.float32)


def desk(kind: str, rng: np.random.Generator, width: int, height: int) -> Floats:
    """A table top, BGR floats."""
    k = width / WIDTH
    if kind in {"wood", "planks"}:
        base = _plain(
            (int(rng.integers(60, 110)), int(rng.integers(100, 150)), int(rng.integers(140, 200))), width, height
        )
        grain = 9 * clouds(rng, width, height, 5 * k, 40) + 12 * clouds(rng, width, height, 60 * k, 8)
        base += grain[..., None]
        if kind == "planks":
            for y in range(int(rng.integers(40, 120) * k), height, int(rng.integers(170, 260) * k)):
                cv2.line(base, (0, y), (width, y + int(rng.integers(-12, 12))), (35.0, 45.0, 60.0), max(1, int(4 * k)))
        return base
    if kind == "marble":
        veins = np.abs(clouds(rng, width, height, 90 * k)) ** 0.5
        return np.asarray(_plain((196, 200, 203), width, height) + 22 * (veins[..., None] - 0.8), np.float32)
    if kind == "cloth":
        weave = 7 * np.sin(np.arange(width) * 1.9)[None, :] * np.sin(np.arange(height) * 1.7)[:, None]
        return np.asarray(
            _plain((58, 40, 36), width, height) + (weave + 5 * clouds(rng, width, height, 40 * k))[..., None],
            np.float32,
        )
    if kind == "mat":
        base = _plain((88, 118, 40), width, height) + 3 * clouds(rng, width, height, 100 * k)[..., None]
        step = int(52 * k)
        for x in range(0, width, step):
            cv2.line(base, (x, 0), (x, height), (150.0, 175.0, 110.0), max(1, int(2 * k)))
        for y in range(0, height, step):
            cv2.line(base, (0, y), (width, y), (150.0, 175.0, 110.0), max(1, int(2 * k)))
        return np.asarray(base, np.float32)
    if kind == "checks":
        pitch = 70 * k
        across = (np.arange(width) // pitch % 2)[None, :] + (np.arange(height) // pitch % 2)[:, None]
        shades = np.array([(235, 235, 235), (150, 130, 190), (95, 60, 150)], np.float32)
        return np.asarray(cv2.GaussianBlur(shades[across.astype(int)], (0, 0), 1.5 * k), np.float32)
    flat = {"pale": (222, 226, 227), "grey": (120, 122, 121), "glass": (28, 26, 25), "red": (45, 40, 140)}[kind]
    return np.asarray(_plain(flat, width, height) + 2.5 * clouds(rng, width, height, 150 * k)[..., None], np.float32)


def clutter(image: Floats, rng: np.random.Generator, things: int) -> None:
    """Pens, cards, a cup and strips of paper, drawn in place."""
    height, width = image.shape[:2]
    for _ in range(things):
        x, y = float(rng.uniform(0, width)), float(rng.uniform(0, height))
        colour = tuple(float(c) for c in rng.integers(20, 240, 3))
        what = rng.integers(0, 4)
        if what == 0:
            angle, long = rng.uniform(0, np.pi), width * rng.uniform(0.1, 0.22)
            end = (int(x + long * np.cos(angle)), int(y + long * np.sin(angle)))
            cv2.line(image, (int(x), int(y)), end, colour, max(3, width // 110), cv2.LINE_AA)
        elif what == 1:
            box = cv2.boxPoints(((x, y), (width * 0.13, width * 0.08), float(rng.uniform(0, 180))))
            cv2.fillConvexPoly(image, box.astype(np.int32), colour, cv2.LINE_AA)
        elif what == 2:
            cv2.circle(image, (int(x), int(y)), width // 16, colour, -1, cv2.LINE_AA)
        else:
            box = cv2.boxPoints(((x, y), (width * 0.04, width * 0.3), float(rng.uniform(0, 180))))
            cv2.fillConvexPoly(image, box.astype(np.int32), (232.0, 236.0, 238.0), cv2.LINE_AA)


def _glyph(image: Picture, x: int, y: int, size: int, rng: np.random.Generator, ink: tuple[int, int, int]) -> None:
    thick = max(1, size // 11)
    for _ in range(int(rng.integers(4, 9))):
        a, b = rng.integers(0, size, 2), rng.integers(0, size, 2)
        if rng.random() < 0.75:
            b[int(rng.integers(0, 2))] = a[int(rng.integers(0, 2))]
        cv2.line(image, (x + int(a[0]), y + int(a[1])), (x + int(b[0]), y + int(b[1])), ink, thick, cv2.LINE_AA)


def _words(image: Picture, rng: np.random.Generator, top: int, bottom: int, size: int, *, fill: float = 0.95) -> None:
    width = image.shape[1]
    left = width // 9
    for y in range(top, bottom - size, int(size * 1.75)):
        length = rng.uniform(0.35, 1.0) if rng.random() < 0.3 else fill
        for x in range(left, int(left + (width - 2 * left) * length) - size, int(size * 1.12)):
            if rng.random() > 0.07:
                _glyph(image, x, y, size, rng, (38, 36, 36))


def _squiggle(image: Picture, rng: np.random.Generator, x: int, y: int, long: int) -> None:
    t = np.linspace(0, 1, 60)
    wave = np.sin(t * rng.uniform(14, 24) + rng.uniform(0, 6)) * long * 0.12 * np.sin(t * np.pi)
    points = np.stack([x + t * long, y + wave + 8 * np.sin(t * 5)], 1).astype(np.int32)
    cv2.polylines(image, [points], False, (120, 50, 30), max(2, long // 90), cv2.LINE_AA)


def _grid(image: Picture, top: int, bottom: int, rows: int, columns: int) -> None:
    height, width = image.shape[:2]
    left, right, thick = width // 10, width - width // 10, max(1, height // 700)
    for r in range(rows + 1):
        y = top + (bottom - top) * r // rows
        cv2.line(image, (left, y), (right, y), (40, 40, 40), thick)
    for c in range(columns + 1):
        x = left + (right - left) * c // columns
        cv2.line(image, (x, top), (x, bottom), (40, 40, 40), thick)


def paper(  # noqa: C901 - a table of kinds, one branch each
    kind: str, rng: np.random.Generator, *, landscape: bool = False
) -> Picture:
    """A sheet seen straight from above, about 1,200 pixels long."""
    long, short = 1240, 877
    if kind == "card":
        long, short, landscape = 856, 540, True
    if kind == "receipt":
        long, short, landscape = 1240, 440, False
    height, width = (short, long) if landscape else (long, short)
    white = (int(rng.integers(238, 250)), int(rng.integers(242, 252)), int(rng.integers(240, 252)))
    tint = {"pink": (205, 200, 240), "card": (232, 226, 205)}.get(kind, white)
    sheet = np.full((height, width, 3), tint, np.uint8)
    size = max(9, height // 55)
    if kind in {"letter", "dense", "receipt", "pink"}:
        _words(sheet, rng, height // 12, height - height // (20 if kind == "dense" else 4), size)
    elif kind in {"form", "table"}:
        _words(sheet, rng, height // 20, height // 9, size + 4, fill=0.6)
        _grid(sheet, height // 7, height - height // 8, 14 if kind == "table" else 9, 4)
        for y in range(height // 7 + 12, height - height // 8 - size - 8, (height - height // 3) // 9):
            for x in range(width // 10 + 10, width // 10 + 10 + size * 5, size + 2):
                _glyph(sheet, x, y, size, rng, (60, 50, 50))
    elif kind == "signature":
        _squiggle(sheet, rng, width // 2, height * 3 // 4, width // 4)
    elif kind == "certificate":
        cv2.rectangle(
            sheet,
            (width // 14, height // 18),
            (width - width // 14, height - height // 18),
            (40, 60, 170),
            max(3, width // 120),
        )
        _words(sheet, rng, height // 5, height * 3 // 4, int(size * 1.6), fill=0.85)
        cv2.circle(
            sheet, (width * 2 // 3, height * 3 // 4), width // 9, (50, 40, 205), max(3, width // 150), cv2.LINE_AA
        )
    elif kind == "photo":
        shot = clouds(rng, width * 5 // 6, height * 3 // 5, 90)[..., None] * np.array([18, 22, 26]) + np.array(
            [70, 80, 75]
        )
        y, x = height // 6, width // 12
        sheet[y : y + shot.shape[0], x : x + shot.shape[1]] = np.clip(shot, 0, 255).astype(np.uint8)
        _words(sheet, rng, height * 4 // 5, height - height // 14, size)
    elif kind == "card":
        for n in range(5):
            for x in range(40, 400 - 30 * n, 32):
                _glyph(sheet, x, 60 + 75 * n, 28, rng, (60, 50, 50))
        cv2.rectangle(sheet, (560, 70), (800, 390), (150, 140, 130), -1)
        cv2.circle(sheet, (680, 190), 70, (120, 150, 190), -1, cv2.LINE_AA)
    return sheet


def _tilt(
    rng: np.random.Generator, shape: tuple[int, ...], share: float, angle: float, tilt: float, size: tuple[int, int]
) -> Floats:
    """Corners of a sheet that covers about ``share`` of the frame's height, turned by ``angle`` degrees."""
    height, width = shape[:2]
    frame_w, frame_h = size
    box = np.array([[-width, -height], [width, -height], [width, height], [-width, height]], np.float32) / 2
    turn = np.deg2rad(angle)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]], np.float32)
    box = box @ spin.T
    span = box.max(0) - box.min(0)
    box *= min(frame_h * share / span[1], frame_w * share / span[0])
    far = rng.uniform(-tilt, tilt, 2) / frame_h
    depth = 1 + box @ far.astype(np.float32)
    box = box / depth[:, None]
    span = box.max(0) - box.min(0)
    box *= min(1.0, 0.95 * float((np.array(size) / span).min()))
    span = box.max(0) - box.min(0)
    room = np.maximum(np.array(size, np.float32) * 0.97 - span, 0)
    return np.asarray(box - box.min(0) + rng.uniform(0.1, 0.9, 2) * room + np.array(size) * 0.015, np.float32)


def _lay(image: Floats, sheet: Picture, corners: Floats, rng: np.random.Generator, marks: dict[str, str]) -> Floats:
    height, width = sheet.shape[:2]
    pad = height // 12
    canvas = np.zeros((height + 2 * pad, width + 2 * pad, 4), np.float32)
    canvas[pad:-pad, pad:-pad, :3] = sheet
    canvas[pad:-pad, pad:-pad, 3] = 1
    if "dog_ear" in marks:
        cut = height // 9
        fold = np.array([[pad + width - cut, pad], [pad + width, pad], [pad + width, pad + cut]])
        cv2.fillConvexPoly(canvas, fold, (0.0, 0.0, 0.0, 0.0))
        back = np.array([[pad + width - cut, pad], [pad + width - cut, pad + cut], [pad + width, pad + cut]])
        cv2.fillConvexPoly(canvas, back, (205.0, 208.0, 210.0, 1.0))
    ys, xs = np.mgrid[0 : canvas.shape[0], 0 : canvas.shape[1]].astype(np.float32)
    if "curved" in marks:
        bend = 0.022 * height * np.sin(np.pi * np.clip((xs - pad) / width, 0, 1))
        canvas = cv2.remap(canvas, xs, (ys + bend).astype(np.float32), cv2.INTER_LINEAR)
        canvas[..., :3] *= (1 - 0.12 * np.sin(2 * np.pi * np.clip((xs - pad) / width, 0, 1)))[..., None]
    if "crumpled" in marks:
        rough = 2.0 * clouds(rng, canvas.shape[1], canvas.shape[0], 22)
        canvas = cv2.remap(
            canvas, (xs + rough).astype(np.float32), (ys + rough[::-1]).astype(np.float32), cv2.INTER_LINEAR
        )
        creases = 1 + 0.045 * clouds(rng, canvas.shape[1], canvas.shape[0], 55)
        canvas[..., :3] = canvas[..., :3] * creases[..., None]
    source = np.array([[pad, pad], [pad + width, pad], [pad + width, pad + height], [pad, pad + height]], np.float32)
    move = cv2.getPerspectiveTransform(source, corners)
    # Half-size first where the sheet is seen small: a camera averages, it does not pick single points
    while abs(cv2.contourArea(corners)) < 0.3 * width * height:
        canvas = cv2.resize(canvas, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        move = move @ np.diag([2.0, 2.0, 1.0])
        width, height = width // 2, height // 2
    seen = cv2.warpPerspective(canvas, move, (image.shape[1], image.shape[0]), flags=cv2.INTER_LINEAR)
    alpha = seen[..., 3:]
    shade = cv2.GaussianBlur(seen[..., 3], (0, 0), image.shape[1] / 230)
    offset = np.array([[1, 0, image.shape[1] / 300], [0, 1, image.shape[1] / 260]], np.float32)
    dark = cv2.warpAffine(shade, offset, (image.shape[1], image.shape[0]))
    image = np.asarray(image * (1 - 0.35 * dark)[..., None], np.float32)
    return np.asarray(image * (1 - alpha) + seen[..., :3] * alpha, np.float32)


def _light(image: Floats, rng: np.random.Generator, marks: dict[str, str]) -> Floats:
    height, width = image.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    slope = rng.uniform(0.05, 0.35)
    field_ = 1 + slope * ((xs / width - 0.5) * np.cos(angle) + (ys / height - 0.5) * np.sin(angle))
    if "shadow" in marks:
        where = (xs / width - rng.uniform(0.3, 0.7)) * np.cos(angle + 1) + (ys / height - 0.5) * np.sin(angle + 1)
        field_ *= 1 - 0.38 / (1 + np.exp(-where * rng.uniform(25, 90)))
    image = image * field_[..., None] * rng.uniform(0.86, 1.0)
    image *= np.array([rng.uniform(0.93, 1.0), 1.0, rng.uniform(0.95, 1.03)], np.float32)
    return np.asarray(image, np.float32)


def _motion(image: Floats, pixels: int, angle: float) -> Floats:
    kernel = np.zeros((pixels, pixels), np.float32)
    middle, reach = pixels / 2, pixels / 2
    start = (int(middle - reach * np.cos(angle)), int(middle - reach * np.sin(angle)))
    end = (int(middle + reach * np.cos(angle)), int(middle + reach * np.sin(angle)))
    cv2.line(kernel, start, end, 1.0, 1)
    return np.asarray(cv2.filter2D(image, -1, kernel / kernel.sum()), np.float32)


def scene(
    seed: int,
    *,
    desk_kind: str = "wood",
    paper_kind: str = "letter",
    angle: float | None = None,
    share: float | None = None,
    tilt: float = 0.35,
    things: int = 0,
    landscape: bool = False,
    marks: tuple[str, ...] = (),
    width: int = WIDTH,
    height: int = HEIGHT,
    change: Callable[[Floats], Floats] | None = None,
) -> Scene:
    """Draw one scene. Marks: dog_ear, curved, crumpled, shadow, cut, dark, glare, blur, motion, overexposed, second."""
    rng = np.random.default_rng(seed)
    told = dict.fromkeys(marks, "")
    image = desk(desk_kind, rng, width, height)
    clutter(image, rng, things)
    sheet = paper(paper_kind, rng, landscape=landscape)
    turn = float(rng.uniform(-20, 20)) if angle is None else angle
    part = (
        share
        if share is not None
        else float(rng.uniform(0.3, 0.45) if paper_kind == "card" else rng.uniform(0.72, 0.95))
    )
    if "second" in told:
        other = paper("letter", rng)
        aside = _tilt(rng, other.shape, part, turn + float(rng.uniform(-8, 8)), tilt, (width, height))
        aside += np.array([width * 0.62 - aside[:, 0].min(), 0], np.float32)
        image = _lay(image, other, aside, rng, {})
    corners = _tilt(rng, sheet.shape, part, turn, tilt, (width, height))
    if "second" in told:
        corners -= np.array([corners[:, 0].min() - width * 0.03, 0], np.float32)
    if "cut" in told:
        side = int(rng.integers(0, 4))
        amount = float(rng.uniform(0.08, 0.2))
        push = {
            0: (-corners[:, 0].min() - amount * width, 0),
            1: (width - corners[:, 0].max() + amount * width, 0),
            2: (0, -corners[:, 1].min() - amount * height),
            3: (0, height - corners[:, 1].max() + amount * height),
        }[side]
        corners = np.asarray(corners + np.array(push, np.float32), np.float32)
    image = _lay(image, sheet, corners, rng, told)
    image = _light(image, rng, told)
    if "glare" in told:
        ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
        spot = corners.mean(0) + rng.uniform(-0.12, 0.12, 2) * height
        wide, tall = width * rng.uniform(0.04, 0.08), width * rng.uniform(0.03, 0.06)
        blob = np.exp(-((((xs - spot[0]) / wide) ** 2 + ((ys - spot[1]) / tall) ** 2) ** 1.5))
        image = image * 0.8 + 420 * blob[..., None]
    if "blur" in told:
        image = np.asarray(cv2.GaussianBlur(np.minimum(image, 255), (0, 0), 3.6 * width / WIDTH), np.float32)
    elif "motion" in told:
        image = _motion(np.minimum(image, 255), int(15 * width / WIDTH), float(rng.uniform(0, np.pi)))
    else:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), float(rng.uniform(0.4, 0.8))), np.float32)
    if "dark" in told:
        image *= 0.22
    if "overexposed" in told:
        image *= 1.12
    if change is not None:
        image = change(image)
    noise = rng.normal(0, rng.uniform(1.5, 4.0), image.shape).astype(np.float32)
    return Scene(
        np.clip(image + noise, 0, 255).astype(np.uint8), corners, {"desk": desk_kind, "paper": paper_kind, **told}
    )


def many(count: int, seed: int = 0, *, width: int = WIDTH) -> list[Callable[[], Scene]]:
    """Scenes of all kinds in turn, drawn only when called; deterministic in ``seed``."""
    rng = np.random.default_rng(seed)
    extras: list[tuple[str, ...]] = [
        (),
        (),
        ("shadow",),
        ("curved",),
        ("crumpled",),
        ("dog_ear",),
        ("shadow", "curved"),
        ("second",),
    ]
    made: list[Callable[[], Scene]] = []
    for n in range(count):
        desk_kind, paper_kind = DESKS[n % len(DESKS)], PAPERS[(n // len(DESKS) + n) % len(PAPERS)]
        marks = extras[int(rng.integers(0, len(extras)))]
        if paper_kind == "card":
            marks = ()
        things = int(rng.integers(0, 7)) if rng.random() < 0.5 else 0
        landscape = bool(rng.random() < 0.3) and "second" not in marks
        angle = float(rng.uniform(-40, 40)) if rng.random() < 0.15 and "second" not in marks else None

        def draw(
            n: int = n,
            desk_kind: str = desk_kind,
            paper_kind: str = paper_kind,
            marks: tuple[str, ...] = marks,
            things: int = things,
            landscape: bool = landscape,
            angle: float | None = angle,
        ) -> Scene:
            return scene(
                seed * 10007 + n,
                desk_kind=desk_kind,
                paper_kind=paper_kind,
                marks=marks,
                things=things,
                landscape=landscape,
                angle=angle,
                width=width,
                height=width * 3 // 4,
            )

        made.append(draw)
    return made
