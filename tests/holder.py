"""A window that is left in the middle, to be killed: ``python -m tests.holder SETTINGS ADMIN_URLS``.

It serves a number up to its form, holds it, pauses the window, says so, and waits to be killed.
"""

import json
import sys
import time
from pathlib import Path

from tests.counter import Counter
from tests.visitor import _World
from window_client.domain.visit import State, Step

REASON = "回去取材料"


def main() -> int:
    settings, admins = Path(sys.argv[1]), json.loads(sys.argv[2])
    counter = Counter(settings.parent, world=_World(settings, admins))  # type: ignore[arg-type]
    with counter:
        counter.up_to(Step.FORM)
        counter.desk.set_field("scope", "小吃服务；食品销售")
        counter.desk.hold(REASON)
        counter.until(lambda s: s.visit is State.IDLE, "held")
        counter.desk.pause("meeting", 30)
        counter.until(lambda s: s.pause is not None and s.pause.told, "paused, and the hall knows")
        sys.stdout.write("paused\n")
        sys.stdout.flush()
        while True:
            time.sleep(1)


if __name__ == "__main__":
    raise SystemExit(main())
