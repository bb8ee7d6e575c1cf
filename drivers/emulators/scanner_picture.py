"""What lies in the emulated feeder, for a terminal: a sheet a line, the next one on top, and what it is doing. Pure."""

from collections.abc import Mapping

_WIDTH = 44
_STATES = {
    "ScannerAdfLoaded": "paper in the feeder",
    "ScannerAdfEmpty": "feeder empty",
    "ScannerAdfJam": "PAPER JAM",
    "ScannerAdfDoorOpen": "COVER OPEN",
}


def picture(state: Mapping[str, object], loaded: list[int | bytes], fault: str | None) -> str:
    """The scanner as text; at most ten sheets are drawn."""
    jobs = state.get("jobs")
    names = dict(jobs) if isinstance(jobs, Mapping) else {}
    running = [name for name, of_job in names.items() if of_job == "Processing"]
    lid = "/" + "-" * (_WIDTH - 2) + ("  /" if state.get("feeder") == "ScannerAdfDoorOpen" else "\\")
    sheets = [f"|{_sheet(page):^{_WIDTH - 2}}|" for page in loaded[:10]]
    if len(loaded) > 10:
        sheets.append(f"|{f'... and {len(loaded) - 10} more':^{_WIDTH - 2}}|")
    lines = [
        *(sheets or [f"|{'':{_WIDTH - 2}}|"]),
        lid,
        f"|{_STATES.get(str(state.get('feeder')), ''):^{_WIDTH - 2}}|",
        f"|{f'job {running[-1]}' if running else 'idle':^{_WIDTH - 2}}|",
        f"|{str(state.get('asked', ''))[: _WIDTH - 2]:^{_WIDTH - 2}}|",
        "\\" + "_" * (_WIDTH - 2) + "/",
        f"pages given: {state.get('given', 0)}" + (f"   fault: {fault}" if fault else ""),
    ]
    return "\n".join(lines)


def _sheet(page: int | bytes) -> str:
    return f"page {page}" if isinstance(page, int) else f"a JPEG of {len(page)} bytes"
