"""What the top bar and the status bar show."""

from dataclasses import dataclass
from datetime import datetime

from ui.device_faces import WARNING_CODES, icon_of, name_of, place_of
from ui.reception.texts import clock, say, say_first
from window_client.domain.visit import State
from window_client.reception.state import DeviceView, NetworkView, ReceptionState


@dataclass(frozen=True, slots=True)
class Pill:
    """One machine. ``level``: ok, warn, bad, off. ``reason`` and ``key`` only where it needs care."""

    id: str
    icon: str
    name: str
    level: str
    reason: str = ""
    key: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class StatusBar:
    """The status bar. The network pill's minutes count from ``down_since`` and are filled in by the view's clock."""

    pills: tuple[Pill, ...]
    network: Pill
    outbox: Pill
    saved: str


def status_bar(state: ReceptionState, now: datetime) -> StatusBar:
    """The status bar of a state."""
    devices = sorted(state.devices, key=place_of)
    waiting = state.outbox.count
    level = "bad" if state.outbox.set_aside else "warn" if waiting and not state.network.online else "ok"
    return StatusBar(
        pills=tuple(_pill(device) for device in devices if device.state != "disabled"),
        network=_network(state.network, now),
        outbox=Pill(
            "outbox", "outbox", say("outbox", n=waiting), level if waiting else "plain", key="Ctrl+O" if waiting else ""
        ),
        saved=_saved(state),
    )


def _pill(device: DeviceView) -> Pill:
    name = name_of(device, "desk.device")
    icon = icon_of(device.kind)
    mark = say("emulated") if device.emulated else ""
    if device.state in {"ready", "busy"}:
        if device.code in WARNING_CODES:
            return Pill(device.id, icon, name, "warn", say_first(f"code.{device.code}", "state.busy"), "Alt+D", mark)
        return Pill(device.id, icon, name, "ok", mark=mark)
    if device.state == "connecting":
        return Pill(device.id, icon, name, "off", say("state.connecting"), mark=mark)
    level = "bad" if device.state == "fault" and not device.spare else "warn"
    holder = device.facts.get("holder", "")
    by = (f"code.{device.code}.{holder}", f"code.{device.code}.by") if holder else ()
    reason = say_first(*by, f"code.{device.code}", f"state.{device.state}", "state.fault", program=holder)
    return Pill(device.id, icon, name, level, reason, "Alt+D", mark)


def _network(network: NetworkView, now: datetime) -> Pill:
    if network.online:
        text = say("net.ok") if network.latency_ms is None else say("net.ms", n=network.latency_ms)
        return Pill("network", "net", text, "ok")
    minutes = int((now - network.since).total_seconds() // 60) if network.since else 0
    text = say("net.off_minutes", n=minutes) if minutes else say("net.off")
    return Pill("network", "netoff", text, "warn")


def _saved(state: ReceptionState) -> str:
    if state.result and state.visit in {State.SUBMITTED, State.RATING}:
        return say("saved.case", t=clock(state.result.accepted_at))
    if state.visit is State.SERVING and state.saved_at:
        return say("saved.draft", t=clock(state.saved_at))
    return say("saved.none")
