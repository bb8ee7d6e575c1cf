"""QR modules and Code 128 bars for drawing receipts. The libraries are loaded when the first receipt is shown."""

from functools import lru_cache
from typing import Any, cast


@lru_cache(maxsize=8)
def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of a QR code without quiet zone, True = dark."""
    import zxingcpp  # noqa: PLC0415 - loaded only when a receipt is shown

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    # the image takes part in the buffer protocol, which its stub does not say
    pixels = memoryview(cast("Any", zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)))
    width = pixels.shape[1] if pixels.shape else 0
    flat = [value < 128 for value in pixels.tobytes()]
    return tuple(tuple(flat[at : at + width]) for at in range(0, len(flat), width or 1))


@lru_cache(maxsize=8)
def barcode_bars(text: str) -> tuple[int, ...]:
    """Widths of bars and gaps by turns, in modules, beginning with a bar."""
    import zxingcpp  # noqa: PLC0415

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    # the image takes part in the buffer protocol, which its stub does not say
    pixels = memoryview(cast("Any", zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)))
    width = pixels.shape[1] if pixels.shape else 0
    row = pixels.tobytes()[:width]
    dark = [value < 128 for value in row]
    first, last = dark.index(True), len(dark) - dark[::-1].index(True)
    runs: list[int] = []
    for at in range(first, last):
        if at > first and dark[at] == dark[at - 1]:
            runs[-1] += 1
        else:
            runs.append(1)
    unit = min(runs)
    return tuple(run // unit for run in runs)
