"""100 MB of random bytes and mutated real frames through every decoder of the drivers: nothing but refusals, no growth.

Where atheris is installed each decoder gets some seconds of it too, in a process of its own (``atheris_seconds``).
"""

import contextlib
import gc
import importlib.util
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.fuzz_targets import Target, refused, targets

MEGABYTES = 100
PIECE = 2048
SEED = 20261125
ATHERIS_SECONDS = int(os.environ.get("ATHERIS_SECONDS", "5"))


def run(megabytes: float = MEGABYTES) -> dict[str, object]:
    """Megabytes and refusals a decoder, seconds, and the memory before and after in kB."""
    every = targets()
    shares = sum(target.share for target in every)
    chance = random.Random(SEED)
    for target in every:  # what is loaded and kept at the first use is no growth
        _feed(target, 64 * PIECE, chance)
    fed: dict[str, float] = {}
    gc.collect()
    before, begun = _resident_kb(), time.perf_counter()
    for target in every:
        size = int(megabytes * 1_000_000 * target.share / shares)
        _feed(target, size, chance)
        fed[target.name] = round(size / 1_000_000, 1)
    seconds = time.perf_counter() - begun
    gc.collect()
    after = _resident_kb()
    return {
        "megabytes": round(sum(fed.values())),
        "seconds": round(seconds, 1),
        "decoders": len(every),
        "before_kb": before,
        "after_kb": after,
        "grown_kb": after - before,
        "fed_mb": fed,
        **_atheris([target.name for target in every]),
    }


def _feed(target: Target, size: int, chance: random.Random) -> None:
    while size > 0:
        data = _random(chance) if chance.random() < 0.4 else _mutated(target.real, chance)
        size -= max(64, len(data))
        try:
            refused(target.take, data)
        except Exception:
            sys.stderr.write(f"{target.name}: {data[:400].hex()}\n")
            raise


def _random(chance: random.Random) -> bytes:
    return chance.randbytes(chance.randint(0, PIECE))


def _mutated(real: tuple[bytes, ...], chance: random.Random) -> bytes:
    data = bytearray(chance.choice(real))
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0 if place < len(data):
                data[place] ^= 1 << chance.randrange(8)
            case 1:
                del data[place : place + chance.randint(1, 40)]
            case 2:
                data[place:place] = chance.randbytes(chance.randint(1, 40))
            case 3:
                data += chance.choice(real)
            case _:
                del data[place:]
    return bytes(data[: 32 * PIECE])


def _resident_kb() -> int:
    with contextlib.suppress(OSError):
        for row in Path("/proc/self/status").read_text("ascii").splitlines():
            if row.startswith("VmRSS"):
                return int(row.split()[1])
    return 0


def _atheris(names: list[str]) -> dict[str, object]:
    if importlib.util.find_spec("atheris") is None:
        return {"atheris": "not installed"}
    found = []
    for name in names:
        command = [sys.executable, "-m", "tests.bench.fuzz_atheris", name, str(ATHERIS_SECONDS)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=ATHERIS_SECONDS + 120, check=False)
        if done.returncode:
            found.append(f"{name}: {done.stderr[-1500:]}")
    if found:
        raise RuntimeError("\n".join(found))
    return {"atheris": f"{ATHERIS_SECONDS} s a decoder, nothing found"}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), ensure_ascii=False) + "\n")
