"""A screen reader's client on the system's AT-SPI bus; run by the system's Python, which has its binding.

``/usr/bin/python3 access_client.py COMMAND…`` starts the program, shows its scenes one after another and prints what a
screen reader is told, as JSON: for each scene the tree of the program, and what was announced meanwhile.
"""

import json
import subprocess
import sys
import time
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 40.0
SCENES = [
    "idle",
    "identity",
    "item",
    "form",
    "materials",
    "printer",
    "printer",
    "offline",
    "sign",
    "accepted",
    "receipt",
]
STATES = (
    Atspi.StateType.FOCUSABLE,
    Atspi.StateType.FOCUSED,
    Atspi.StateType.SHOWING,
    Atspi.StateType.VISIBLE,
    Atspi.StateType.ENABLED,
    Atspi.StateType.SENSITIVE,
    Atspi.StateType.CHECKED,
    Atspi.StateType.CHECKABLE,
    Atspi.StateType.EDITABLE,
    Atspi.StateType.READ_ONLY,
    Atspi.StateType.SELECTABLE,
)

heard: list[list[str]] = []


def hear(event: Any) -> None:
    """Keep what a screen reader would say or follow."""
    try:
        name = event.source.get_name() if event.source else ""
        role = event.source.get_role_name() if event.source else ""
        heard.append([event.type, role, name, str(event.any_data or "")[:200]])
    except GLib.Error:
        heard.append([event.type, "", "", ""])


def turn(seconds: float) -> None:
    """Let events come in."""
    context, until = GLib.MainContext.default(), time.monotonic() + seconds
    while time.monotonic() < until:
        while context.iteration(False):
            pass
        time.sleep(0.02)


def tree(thing: Any, depth: int = 0) -> dict[str, Any]:
    """A thing and everything under it."""
    states = thing.get_state_set()
    extents = thing.get_component_iface().get_extents(Atspi.CoordType.SCREEN) if thing.get_component_iface() else None
    return {
        "role": thing.get_role_name(),
        "name": thing.get_name() or "",
        "description": thing.get_description() or "",
        "states": [state.value_nick for state in STATES if states.contains(state)],
        "place": [extents.x, extents.y, extents.width, extents.height] if extents else [],
        "children": [
            tree(child, depth + 1)
            for child in (thing.get_child_at_index(at) for at in range(thing.get_child_count()))
            if child is not None
        ]
        if depth < 60
        else [],
    }


def program(pid: int) -> Any:
    """The program on the accessibility bus."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        desktop = Atspi.get_desktop(0)
        for at in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(at)
            if child is not None and child.get_process_id() == pid:
                return child
        turn(0.1)
    raise SystemExit("the program is not on the accessibility bus")


def main() -> None:
    """Start the program and listen."""
    Atspi.init()
    listener = Atspi.EventListener.new(hear)
    for kind in ("object:announcement", "object:state-changed:focused"):
        listener.register(kind)
    child = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    scenes: list[dict[str, Any]] = []
    if child.stdin is None or child.stdout is None:
        raise SystemExit("no pipes")
    try:
        found = program(child.pid)
        for scene in SCENES:
            heard.clear()
            child.stdin.write(scene + "\n")
            child.stdin.flush()
            answer = child.stdout.readline().split()
            if len(answer) < 2:
                raise SystemExit(f"the program ended at {scene}")
            turn(0.5)
            scenes.append({"scene": scene, "focus": answer[1], "heard": list(heard), "tree": tree(found)})
    finally:
        child.stdin.close()
        child.wait(10)
    json.dump(scenes, sys.stdout, ensure_ascii=False)


main()
