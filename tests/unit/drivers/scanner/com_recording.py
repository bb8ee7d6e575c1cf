"""COM calls as they were written down, played back one by one: any other call, or another order, is an error.

A line of a recording says on which object, what was done, and what came of it::

    {"on": "manager", "get": "DeviceInfos", "is": {"object": "infos"}}
    {"on": "infos", "call": "Item", "with": [1], "is": {"object": "info"}}
    {"on": "dpi", "set": "Value", "to": 300}
    {"on": "item", "call": "Transfer", "with": ["{...}"], "raises": "0x80210003"}

``{"bytes": "page"}`` stands for bytes that are given apart. These recordings were written by hand from the
documentation of WIA: none was taken on Windows yet.
"""

from collections.abc import Callable, Mapping
from typing import Any


class ComError(Exception):
    """As pywintypes.com_error: the HRESULT of the server stands in ``excepinfo[5]``."""

    def __init__(self, hresult: int) -> None:
        super().__init__(hresult)
        self.hresult = -2147352567  # DISP_E_EXCEPTION
        self.excepinfo = (0, "WIA", "what COM says", None, 0, hresult - (1 << 32))


class Recording:
    """Plays a recording back."""

    def __init__(self, lines: list[dict[str, Any]], data: Mapping[str, bytes]) -> None:
        self.lines = list(lines)
        self._data = data

    def dispatch(self, name: str) -> Any:
        return self.next("com", "dispatch", name)

    def next(self, on: str, done: str, name: str, *, given: list[Any] | None = None, to: Any = None) -> Any:
        assert self.lines, f"{on}.{name}: the recording is at its end"
        line = self.lines.pop(0)
        wanted = {"on": on, done: name, **({"with": given} if given is not None else {})}
        if done == "set":
            wanted["to"] = to
        known = {key: line[key] for key in line if key not in {"is", "raises"}}
        assert known == wanted, f"recorded {known}, done {wanted}"
        if "raises" in line:
            raise ComError(int(line["raises"], 16))
        return self._made(line.get("is"))

    def _made(self, value: Any) -> Any:
        if isinstance(value, dict) and "object" in value:
            return ComObject(self, value["object"])
        if isinstance(value, dict) and "bytes" in value:
            return memoryview(self._data[value["bytes"]])
        return value


class ComObject:
    """One object of the recording."""

    def __init__(self, recording: Recording, name: str) -> None:
        self.__dict__.update(_recording=recording, _name=name)

    def __getattr__(self, name: str) -> Any:
        recording = self.__dict__["_recording"]
        if recording.lines and recording.lines[0].get("call") == name:
            return self._calls(name)
        return recording.next(self.__dict__["_name"], "get", name)

    def _calls(self, name: str) -> Callable[..., Any]:
        return lambda *given: self.__dict__["_recording"].next(self.__dict__["_name"], "call", name, given=list(given))

    def __setattr__(self, name: str, value: Any) -> None:
        self.__dict__["_recording"].next(self.__dict__["_name"], "set", name, to=value)

    def __call__(self, *given: Any) -> Any:
        """COM's default property: ``Properties("6147")``."""
        return self.__dict__["_recording"].next(self.__dict__["_name"], "call", "()", given=list(given))
