"""``make bench``: every measurement beside its yardstick in the same run; ``python -m tests.bench start`` for one.

One JSON object a bench as it ends, then a short table. It fails on errors, never on slow figures: the machine may be
busy, and then the relation of two figures of one run says more than either.
"""

import importlib
import json
import sys
import traceback
from collections.abc import Callable
from typing import Any

Row = tuple[str, str, str]


def _rows(name: str, found: dict[str, Any]) -> list[Row]:
    """What was measured, the figure with its yardstick, what it should be."""
    tables: dict[str, Callable[[], list[Row]]] = {
        "start": lambda: [
            (
                "start to first key",
                f"{found['client_ms']} ms, empty window {found['empty_window_ms']} ms: {found['ratio']} x",
                f"{found['aim']} x, at most {found['limit']} x",
            )
        ],
        "stall": lambda: [
            (
                "longest stall of a tour",
                f"{found['longest_stall_ms']} ms at {found['at']}, idle loop {found['idle_stall_ms']} ms",
                f"{found['aim']} ms beyond idle",
            ),
            (
                "the same on one core",
                f"{found['one_core_longest_stall_ms']} ms, idle loop {found['one_core_idle_stall_ms']} ms",
                f"{found['aim']} ms beyond idle",
            ),
        ],
        "accept": lambda: [
            (
                "key to accepted on screen",
                f"p95 {found['key_to_painted_p95_ms']} ms, median {found['key_to_painted_median_ms']} ms",
                f"p95 {found['limit_p95_ms']} ms",
            )
        ],
        "store": lambda: [
            (
                "acceptance in the store",
                f"{found['accept_to_bare']} x ({found['accept_median_ms']} ms) a bare synced commit",
                "3 x",
            )
        ],
        "offline": lambda: [
            (
                "10,000 undelivered cases",
                f"start {found['start_ratio']} x, acceptance {found['accept_ratio']} x of an empty outbox",
                "1.2 x",
            )
        ],
        "day": lambda: [
            (
                f"{found['visits']} offline visits",
                f"acceptance of the last {found['ratio']} x the first, {found['arrived_once']} arrived once",
                "1.2 x",
            )
        ],
        "kill": lambda: [
            (
                "kills at random moments",
                f"{found['kills']} kills, {found['accepted']} cases, lost {found['lost']}, doubled {found['doubled']}",
                "0, 0, 0",
            )
        ],
        "search": lambda: [
            (
                "search, each key",
                f"median {found['key_median_ms']} ms, worst {found['key_worst_ms']} ms in {found['items']} items",
                "",
            )
        ],
        "receipt": lambda: [
            (
                f"receipt of 40 lines, {words}",
                "p95 {p95_ms} ms, median {median_ms} ms, the first {first_ms} ms".format(**found[text]),
                f"{found['limit_ms']} ms",
            )
            for text, words in (("text", "text"), ("image", "drawn"))
        ],
        "memory": lambda: [
            (
                "memory of a day of visits",
                f"{found['ratio_20_to_2']} x after 20 ({found['after_20_mb']} MB), {found['ratio_day_to_20']} x a day",
                f"{found['limit']} x",
            )
        ],
        "page": lambda: [
            (
                "a page",
                f"{found['ratio']} x ({found['page_and_thumbnail_ms']} ms) decoding and encoding it",
                "",
            )
        ],
        "scan": lambda: [
            (
                "20 pages, a fast feeder",
                (
                    f"{found['ours_pages_a_minute']} stored a minute, scanimage {found['scanimage_pages_a_minute']}: "
                    f"{found['ratio']} x, first {found['first_page_ms']} ms"
                ),
                f"{found['aim']} x, first {found['first_page_limit_ms']} ms",
            ),
            (
                "the same, no pace at all",
                (
                    f"{found['unpaced_ours_pages_a_minute']} a minute, scanimage "
                    f"{found['unpaced_scanimage_pages_a_minute']}: {found['unpaced_ratio']} x, "
                    f"first {found['unpaced_first_page_ms']} ms"
                ),
                "",
            ),
        ],
        "faults": lambda: [
            ("fault matrix", f"{found['cells']} cells of {found['switches']} switches hold", "all of them")
        ],
        "monkey": lambda: [
            (
                "a monkey at both windows",
                f"{found['steps']} steps of {found['seeds']} seeds in {found['visits']} visits, nothing found",
                "nothing found",
            )
        ],
        "display": lambda: [
            (
                "display decoders",
                "{megabytes} MB through {decoders} decoders, most grown {most} KB".format(
                    most=max(found["grown_kb"].values()), **found
                ),
                "no exception, no growth",
            ),
            (
                "a number on a Modbus display",
                f"{found['show_ms']} ms of ours, {found['wire_at_9600_ms']} ms of the wire: {found['share_percent']} %",
                "10 %",
            ),
        ],
        "camera": lambda: [
            (
                "8 megapixels from a process",
                (
                    f"{found['frames_per_second']} frames/s of {found['frame_mb']} MB, "
                    f"{found['our_cpu_ms_per_frame']} ms of our CPU each; "
                    f"without it {found['frames_per_second_in_this_process']}"
                ),
                f"{found['aim_frames_per_second']} frames/s",
            )
        ],
        "card": lambda: [
            (
                "card read at 115200",
                f"{found['driver_ms']} ms, {found['overhead_percent']} % over wire, pyserial {found['bare_percent']} %",
                f"{found['limit_percent']} %",
            ),
            (
                "bytes through card decoders",
                f"{found['fuzz_megabytes']} MB in {found['fuzz_seconds']} s, grown {found['fuzz_grown_kb']} kB",
                "no error, no growth",
            ),
        ],
        "fuzz": lambda: [
            (
                "bytes through all decoders",
                (
                    f"{found['megabytes']} MB through {found['decoders']} in {found['seconds']} s, "
                    f"grown {found['grown_kb']} kB of {found['before_kb']}; atheris: {found['atheris']}"
                ),
                "no error, no growth",
            ),
        ],
        "plug": lambda: [
            (
                "a device comes, goes",
                f"seen within {found['comes_s']} s and {found['goes_s']} s, worst of {found['rounds']}",
                f"{found['plug_limit_s']} s",
            ),
            (
                "ready again after a hang",
                f"helper {found['helper_hung_s']} s, driver {found['driver_hung_s']} s after the deadline",
                f"{found['replace_limit_s']} s",
            ),
        ],
        "keys": lambda: [
            (
                f"keys, {row['kind']}",
                f"{row['keys']} keys, {row['fields_typed']} of {row['fields_total']} fields typed",
                "",
            )
            for row in found["kinds"]
        ],
    }
    return tables[name]()


NAMES = (
    "start",
    "stall",
    "accept",
    "store",
    "offline",
    "day",
    "page",
    "scan",
    "search",
    "receipt",
    "memory",
    "keys",
    "display",
    "card",
    "camera",
    "plug",
    "fuzz",
)


def main() -> int:
    """Run the named ones, or all; 1 when one could not be measured."""
    rows: list[Row] = []
    failed = False
    for name in sys.argv[1:] or NAMES:
        try:
            found = importlib.import_module(f"tests.bench.bench_{name}").run()
            rows += _rows(name, found)
        except Exception:  # noqa: BLE001 - the others are still worth measuring
            traceback.print_exc()
            failed = True
            continue
        sys.stdout.write(json.dumps({"bench": name, **found}, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    sys.stdout.write("\n" + "".join(f"{what:28}{figure:76}{aim}\n" for what, figure, aim in rows))
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
