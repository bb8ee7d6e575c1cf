# ruff: noqa: N802 - the module's own names
"""Recorded calls of pywin32's win32print in place of the module."""

from typing import Any


class Error(Exception):
    """As pywintypes.error: number, function, text."""


class RecordedSpooler:
    """Answers each call by what was recorded for it, in order; the last answer of a call holds for the rest.

    Args:
        answers: For each function what it gave; an int below zero stands for an error of that number.
    """

    def __init__(self, **answers: list[Any]) -> None:
        self._answers = answers
        self.calls: list[str] = []
        self.written = b""
        self.titles: list[str] = []

    def _answer(self, call: str) -> Any:
        self.calls.append(call)
        recorded = self._answers.get(call, [None])
        answer = recorded.pop(0) if len(recorded) > 1 else recorded[0]
        if isinstance(answer, int) and answer < 0:
            raise Error(-answer, call, "recorded")
        return answer

    def OpenPrinter(self, name: str) -> Any:
        self._answer("OpenPrinter")
        return f"handle of {name}"

    def ClosePrinter(self, handle: Any) -> None:
        self._answer("ClosePrinter")

    def GetPrinter(self, handle: Any, level: int) -> dict[str, int]:
        return {"Status": self._answer("GetPrinter") or 0}

    def StartDocPrinter(self, handle: Any, level: int, document: tuple[str, str | None, str]) -> int:
        assert document[2] == "RAW"
        self.titles.append(document[0])
        return int(self._answer("StartDocPrinter") or 7)

    def StartPagePrinter(self, handle: Any) -> None:
        self._answer("StartPagePrinter")

    def WritePrinter(self, handle: Any, data: bytes) -> int:
        answer = self._answer("WritePrinter")
        count = len(data) if answer is None else int(answer)
        self.written += data[:count]
        return count

    def EndPagePrinter(self, handle: Any) -> None:
        self._answer("EndPagePrinter")

    def EndDocPrinter(self, handle: Any) -> None:
        self._answer("EndDocPrinter")

    def GetJob(self, handle: Any, job: int, level: int) -> dict[str, int]:
        return {"Status": self._answer("GetJob") or 0, "PagesPrinted": 0}

    def EnumJobs(self, handle: Any, first: int, count: int, level: int) -> list[dict[str, Any]]:
        return list(self._answer("EnumJobs") or [])

    def SetJob(self, handle: Any, job: int, level: int, info: None, command: int) -> None:
        assert level == 0
        self._answer({1: "PauseJob", 5: "DeleteJob"}[command])
