"""The manual's pictures, from the galleries of screens with made-up people: ``python -m tests.manual_pictures``.

Each is drawn in both languages (``NAME.png`` and ``NAME.en.png``), and written with a small palette, so that a page
with pictures stays light. Run it again when a screen has changed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "resources" / "manual" / "pictures"
LARGEST = 120_000
"""Bytes of one picture, at most."""

SCENES: dict[str, tuple[str, str]] = {
    "01a-reception-idle": ("gallery_reception", "01a-reception-idle"),
    "01b-reception-materials": ("gallery_reception", "01b-reception-materials"),
    "01c-reception-accepted": ("gallery_reception", "01c-reception-accepted"),
    "01d-reception-offline": ("gallery_reception", "01d-reception-offline"),
    "01e-reception-printer-fault": ("gallery_reception", "01e-reception-printer-fault"),
    "01f-reception-identity": ("gallery_reception", "01f-reception-identity"),
    "01g-reception-sign": ("gallery_reception", "01g-reception-sign"),
    "02-item-picker": ("gallery_reception", "02-item-picker"),
    "05b-applicant-check": ("gallery_applicant", "05b-check"),
    "05c-applicant-sign": ("gallery_applicant", "05c-sign"),
    "08-signin-devices": ("gallery", "signin-08"),
    "setup-page": ("setup_scenes", "setup-page"),
    "hold": ("gallery_rail", "strip-hold"),
    "lock": ("gallery_rail", "lock"),
}
"""Picture to its gallery and scene."""


def _command(gallery: str, scene: str, out: Path, language: str) -> list[str]:
    start = [sys.executable, "-m", f"tests.gui.{gallery}", str(out)]
    if gallery == "gallery":
        return [*start, scene]
    return [*start, *(["--only", scene] if gallery != "gallery_applicant" else [scene]), "--language", language]


def _reduced(source: Path, target: Path) -> int:
    """Write a PNG with as many colours as fit; returns its size in bytes."""
    from PIL import Image

    with Image.open(source) as opened:
        picture = opened.convert("RGB")
    for colours in (96, 48, 24):
        picture.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size <= LARGEST:
            break
    return target.stat().st_size


def main() -> int:
    """Draw them all, or those that are named."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*")
    asked.add_argument("--out", type=Path, default=PICTURES)
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for name in given.names or SCENES:
        gallery, scene = SCENES[name]
        for language in ("zh", "en"):
            with tempfile.TemporaryDirectory() as folder:
                environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "WORDS_LANGUAGE": language}
                command = _command(gallery, scene, Path(folder), language)
                subprocess.run(command, check=True, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
                target = given.out / (f"{name}.png" if language == "zh" else f"{name}.en.png")
                size = _reduced(Path(folder) / f"{scene}.png", target)
                sys.stdout.write(f"{target.name} {size}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
