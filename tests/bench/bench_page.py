"""How long a page takes, against decoding and encoding the same JPEG in the same run.

    python tests/bench/bench_page.py

Prints one JSON object; all times are medians in milliseconds. Where they are there, ``unpaper`` with ``img2pdf``
is measured beside it: a page cleaned and straightened by it (it does not crop photographs) and put into a PDF.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

import cv2
import numpy as np
import simplejpeg

from drivers.emulators.camera_scene import variants, view
from window_client.imaging.codes import read_codes
from window_client.imaging.live import LiveEdge
from window_client.imaging.page import process_page

RUNS = 11


def run() -> dict[str, Any]:
    """Measure; keys end in ``_ms`` where they are times."""
    frames = variants(view("application", code="MAT-01", seed=1).picture, count=2)
    jpeg = frames[0]
    picture = simplejpeg.decode_jpeg(jpeg, "BGR")
    page = process_page(jpeg, source="camera")
    yardstick, whole = _side_by_side(
        lambda: simplejpeg.encode_jpeg(simplejpeg.decode_jpeg(jpeg, "BGR"), 84, "BGR", "420"),
        lambda: process_page(jpeg, source="camera"),
    )
    stages = [process_page(jpeg, source="camera").ms for _ in range(RUNS)]
    edge, turns = LiveEdge(), cycle(frames)
    result: dict[str, Any] = {
        "frame": f"{picture.shape[1]} x {picture.shape[0]}",
        "frame_bytes": len(jpeg),
        "decode_and_encode_ms": round(yardstick, 1),
        "page_and_thumbnail_ms": round(whole, 1),
        "ratio": round(whole / yardstick, 2),
        "stages_ms": {name: round(median(stage[name] for stage in stages), 1) for name in stages[0]},
        "codes_ms": round(_median(lambda: read_codes(page.jpeg)), 1),
        "live_frame_ms": round(_median(lambda: edge.feed(next(turns))), 1),
        "page_bytes": len(page.jpeg),
        "runs": RUNS,
    }
    result["unpaper_img2pdf_ms"] = _unpaper(picture)
    return result


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _median(work: Callable[[], object]) -> float:
    work()
    return median(_timed(work) for _ in range(RUNS))


def _side_by_side(one: Callable[[], object], two: Callable[[], object]) -> tuple[float, float]:
    """Both in turn, so that a busy machine hurts both alike."""
    one()
    two()
    times = [(_timed(one), _timed(two)) for _ in range(RUNS)]
    return median(a for a, _ in times), median(b for _, b in times)


def _unpaper(picture: Any) -> float | None:
    """Median of three runs over the page already cropped (unpaper cannot crop), ``None`` when it is not installed."""
    if shutil.which("unpaper") is None or find_spec("img2pdf") is None:
        return None
    import img2pdf

    with tempfile.TemporaryDirectory() as folder:
        source, target, jpeg = (Path(folder) / name for name in ("in.ppm", "out.ppm", "out.jpg"))
        cv2.imwrite(str(source), np.asarray(picture))

        def work() -> None:
            subprocess.run(["unpaper", "-q", "--overwrite", source, target], check=True, capture_output=True)
            cv2.imwrite(str(jpeg), np.asarray(cv2.imread(str(target))), [cv2.IMWRITE_JPEG_QUALITY, 78])
            img2pdf.convert(str(jpeg))

        return round(median(_timed(work) for _ in range(3)), 1)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=2) + "\n")
