"""A rating pad, as a program, by the same template that its driver uses: ``--template`` names it.

``PUT /key {"grade": 5}`` presses a key (``{"byte": "7e"}`` any byte in the key's place); a pad that was not asked is
dark and says nothing. ``GET /state`` tells whether it asks now and how often it was asked. ``--show`` draws it on
stderr.

Faults: ``silent``: it takes the question and neither answers nor gives keys. ``garbled``, ``partial`` (half of each
answer and key), ``wrong`` (an answer to something else, and a key that has no grade), ``slow`` (answers come late),
``busy``, ``refuses`` where the template has such answers. Unplugged is the end of the program.
"""

import json
import sys
import threading
import time
from collections.abc import Sequence

from drivers import templates
from drivers.emulators import serving
from drivers.emulators.display_models import first_of

FAULTS = frozenset({"silent", "garbled", "partial", "wrong", "slow", "busy", "refuses"})
SLOW = 2.0
"""Seconds that a slow pad takes for its answer."""

_FACES = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}


class Pad:
    """Understands the template's messages and gives its answers and keys."""

    def __init__(self, template: templates.Template, *, show: bool = False) -> None:
        self._template = template
        self._keys = {grade: key for key, grade in template.grades.items()}
        self.admin = serving.Admin(faults=FAULTS, state=self.state)
        self.admin.route("PUT", "/key", self._put_key)
        self._lock = threading.Lock()
        self._pending = b""
        self._send: serving.Send = _nowhere
        self._asks = False
        self._asked = self._pressed = 0
        self._show = show

    def state(self) -> dict[str, object]:
        """What ``GET /state`` shows."""
        return {"asks": self._asks, "asked": self._asked, "pressed": self._pressed}

    def take(self, data: bytes, send: serving.Send) -> None:
        """Take in bytes from the host."""
        with self._lock:
            self._send = send
            self._pending = (self._pending + data)[-1024:]
            while found := first_of(self._template, self._pending):
                name, _, end = found
                self._pending = self._pending[end:]
                self._carry_out(name)

    def _carry_out(self, name: str) -> None:
        if self.admin.strikes("silent"):
            return
        said = next((known for known in ("busy", "refuses") if self.admin.strikes(known)), "")
        answers = self._template.steps[name].answers
        if name in ("ask", "rest") and not said:
            self._asks = name == "ask"
            self._asked += name == "ask"
            self._draw()
        answer = answers.get({"busy": "busy", "refuses": "refused"}.get(said, "answer"))
        if answer is None:
            return
        if self.admin.strikes("slow"):
            time.sleep(SLOW)
        self._say(b"\x7e\x7e" if self.admin.strikes("wrong") else answer.render({"key": 0}))

    def _say(self, data: bytes) -> None:
        if self.admin.strikes("garbled"):
            data = bytes(byte ^ 0x11 for byte in data)
        elif self.admin.strikes("partial"):
            data = data[: len(data) // 2]
        if data:
            self._send(data)

    def _put_key(self, body: bytes) -> serving.Reply:
        asked = json.loads(body)
        key = int(asked["byte"], 16) if "byte" in asked else self._keys[asked["grade"]]
        with self._lock:
            if not self._asks or self.admin.strikes("silent"):
                return serving.json_reply({"asks": self._asks}, 409)
            self._pressed += 1
            key = 0xEE if self.admin.strikes("wrong") else key
            self._say(self._template.steps["key"].answers["answer"].render({"key": key}))
        return serving.Reply()

    def _draw(self) -> None:
        if self._show:
            keys = "  ".join(f"[{_FACES[grade]}]" for grade in sorted(self._keys, reverse=True))
            sys.stderr.write(f"{'请评价' if self._asks else '      '}  {keys}\n")
            sys.stderr.flush()


def _nowhere(_data: bytes) -> None:
    """Nobody has spoken to the pad yet."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator until stdin closes."""
    parser = serving.arguments("rating", baud=9600)
    parser.add_argument("--template", default="five_keys", help="name of a shipped template, or a file (five_keys)")
    parser.add_argument("--show", action="store_true", help="draw the pad on stderr when it changes")
    options = parser.parse_args(argv)
    pad = Pad(templates.load(templates.find("rating", options.template)), show=options.show)
    with serving.serve_bytes(options, pad.take) as port:
        return serving.run("rating", port.url, pad.admin, admin_port=options.admin, fault=options.fault)
