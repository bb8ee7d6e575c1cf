"""How an operation says no."""


class Refused(Exception):  # noqa: N818  it is an answer, not a failure
    """Becomes ``application/problem+json`` with this status and code. ``offset`` where an upload stands."""

    def __init__(self, status: int, code: str, detail: str = "", *, offset: int | None = None) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.detail = detail
        self.offset = offset
