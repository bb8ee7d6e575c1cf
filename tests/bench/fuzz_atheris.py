"""``python -m tests.bench.fuzz_atheris "SAM_V frames" 30``: one decoder under atheris, for some seconds."""

import sys
import tempfile
from importlib import import_module
from pathlib import Path

from tests.bench.fuzz_targets import by_name, refused


def main() -> int:
    """Never returns: atheris ends the program, with 0 when nothing was found."""
    atheris = import_module("atheris")
    name, seconds = sys.argv[1], int(sys.argv[2])
    target = dict(by_name())[name]
    with tempfile.TemporaryDirectory() as folder:
        for number, real in enumerate(target.real):
            (Path(folder) / str(number)).write_bytes(real)
        take = atheris.instrument_func(target.take)
        options = [
            sys.argv[0],
            f"-max_total_time={seconds}",
            "-verbosity=0",
            "-max_len=4096",
            f"-artifact_prefix={folder}/",
        ]
        atheris.Setup([*options, folder], lambda data: refused(take, data))
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
