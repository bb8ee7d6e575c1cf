"""HTTP to one scanner: everything that goes over the line goes through ``Wire.request``, and can be watched there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from drivers.errors import DeviceError, Fault
from drivers.recording import RECORDER
from drivers.scanner.certificates import context_for, is_about_a_certificate
from drivers.scanner.pages import LARGEST

if TYPE_CHECKING:
    import httpx

CONNECT_WITHIN = 1.5
"""Seconds for a connection; health must be done in 2."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer; names of headers in small letters."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Wire(Protocol):
    """HTTP, as little of it as eSCL needs."""

    def request(
        self,
        method: str,
        path: str,
        *,
        within: float,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask once and return the whole answer, whatever its status.

        Raises:
            DeviceError: ``ABSENT`` without a connection, ``TIMEOUT``, ``GARBLED`` for an answer that is cut off or no
                HTTP, ``REFUSED`` with ``certificate`` or ``unsupported``.
        """

    def close(self) -> None:
        """Let go of the connections. Never raises."""


class HttpWire:
    """A kept HTTP client.

    Args:
        device: Stands in the errors.
        url: ``http://`` or ``https://``.
        verify: Whether an https scanner's certificate must be one that this machine trusts.
        pin: SHA-256 of the only certificate that is believed.
        old_tls: Speak TLS 1.0 too.
    """

    def __init__(self, device: str, url: str, *, verify: bool = True, pin: str = "", old_tls: bool = False) -> None:
        parts = urlsplit(url)
        self._device = device
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise DeviceError(device, Fault.REFUSED, "unsupported", f"no scanner behind {parts.scheme}://")
        self._root = f"{parts.scheme}://{parts.netloc}"
        self._trust = (verify, pin, old_tls) if parts.scheme == "https" else None
        self._http: httpx.Client | None = None

    def request(
        self,
        method: str,
        path: str,
        *,
        within: float,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask once and return the whole answer."""
        import httpx  # noqa: PLC0415 - 60 ms that the program's start need not pay

        until = monotonic() + within
        timeout = httpx.Timeout(within, connect=min(within, CONNECT_WITHIN))
        try:
            with self._client().stream(
                method, self._root + path, content=body or None, headers=headers, timeout=timeout
            ) as answer:
                got = bytearray()
                for piece in answer.iter_bytes():
                    got += piece
                    if monotonic() > until:  # the time limits of the library count each piece anew
                        raise DeviceError(self._device, Fault.TIMEOUT, detail="an answer that trickles")
                    if len(got) > LARGEST:
                        raise DeviceError(self._device, Fault.GARBLED, detail="an answer without end")
                RECORDER.http(
                    self._device,
                    method,
                    path,
                    status=answer.status_code,
                    headers=answer.headers,
                    sizes=(len(body), len(got)),
                    body=bytes(got) if path.endswith(("/ScannerStatus", "/ScannerCapabilities")) else None,
                )
                return Answer(answer.status_code, dict(answer.headers.items()), bytes(got))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            RECORDER.http(self._device, method, path, status=0, headers={}, sizes=(len(body), 0))
            raise self._trouble(error) from error

    def close(self) -> None:
        """Let go of the connections."""
        client, self._http = self._http, None
        if client is not None:
            client.close()

    def _client(self) -> "httpx.Client":
        if self._http is None:
            import httpx  # noqa: PLC0415

            verify: object = True
            if self._trust is not None:
                trusted, pin, old_tls = self._trust
                verify = context_for(self._device, verify=trusted, pin=pin, old_tls=old_tls)
            # trust_env: a proxy of the house knows no scanners
            self._http = httpx.Client(verify=verify, trust_env=False)  # type: ignore[arg-type]
        return self._http

    def _trouble(self, error: Exception) -> DeviceError:
        import ssl  # noqa: PLC0415

        import httpx  # noqa: PLC0415

        detail = f"{type(error).__name__}: {error}"
        if is_about_a_certificate(error):
            return DeviceError(self._device, Fault.REFUSED, "certificate", detail)
        if isinstance(error, (httpx.UnsupportedProtocol, httpx.InvalidURL)):
            return DeviceError(self._device, Fault.REFUSED, "unsupported", detail)
        if isinstance(error.__cause__, ssl.SSLError) or "SSL" in str(error):
            return DeviceError(self._device, Fault.GARBLED, detail=detail)  # something answers that is no https
        if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.ReadError, httpx.WriteError)):
            return DeviceError(self._device, Fault.ABSENT, detail=detail)
        if isinstance(error, httpx.TimeoutException):
            return DeviceError(self._device, Fault.TIMEOUT, detail=detail)
        return DeviceError(self._device, Fault.GARBLED, detail=detail)  # cut off in the middle of an answer
