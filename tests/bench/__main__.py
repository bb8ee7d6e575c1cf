"""``make bench``: every measurement beside its yardstick in the same run; ``python -m tests.bench start`` for one."""

import importlib
import json
import sys

NAMES = ("start", "stall", "store", "page", "search")


def main() -> int:
    """Run the named ones, or all; one JSON line each."""
    for name in sys.argv[1:] or NAMES:
        module = importlib.import_module(f"tests.bench.bench_{name}")
        sys.stdout.write(json.dumps({"bench": name, **module.run()}, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
