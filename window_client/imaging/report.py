"""What is to be said about one picture file: the answer of ``window-client page``."""

from pathlib import Path
from time import perf_counter

from window_client.imaging.codes import read_codes
from window_client.imaging.page import process_page


def page_report(path: Path, out: Path | None = None) -> dict[str, object]:
    """Find, straighten and judge the page in a picture, and read its codes.

    Args:
        path: A picture file: JPEG, PNG, or what else OpenCV reads.
        out: Folder for the finished page, ``<name>-page.jpg``; made if it is not there.

    Returns:
        ``file``, ``corners`` (upright source pixels, clockwise from the top left, or ``None``), ``angle_deg``,
        ``flags``, ``figures``, ``codes`` [{format, text}], ``ms`` {stage: ms}.

    Raises:
        ValueError: The file cannot be read as a picture, or the page not be written; the text says why.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror or error}") from error
    try:
        page = process_page(data, source="camera")
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    start = perf_counter()
    codes = read_codes(page.jpeg) or read_codes(data)
    ms = {**page.ms, "codes": round((perf_counter() - start) * 1000, 2)}
    if out is not None:
        try:
            out.mkdir(parents=True, exist_ok=True)
            (out / f"{path.stem}-page.jpg").write_bytes(page.jpeg)
        except OSError as error:
            raise ValueError(f"{out}: {error.strerror or error}") from error
    return {
        "file": str(path),
        "corners": None if page.corners is None else [list(corner) for corner in page.corners],
        "angle_deg": page.angle_deg,
        "flags": list(page.flags),
        "figures": page.figures,
        "codes": [{"format": code.format, "text": code.text} for code in codes],
        "ms": ms,
    }
