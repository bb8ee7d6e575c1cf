"""How far a scanner's certificate is believed: by this machine's authorities, by its fingerprint, or not at all.

Nearly all scanners sign their own. ``pin`` (the certificate's SHA-256, as ``python -m drivers probe`` and every
browser show it) believes exactly one of them, whatever name and dates stand in it; ``verify = false`` believes any,
which protects against listening and not against a liar.
"""

import hashlib
import hmac
import socket
import ssl
from typing import Any

from drivers.errors import DeviceError, Fault


class WrongCertificate(ssl.SSLCertVerificationError):
    """Not the certificate whose fingerprint stands in the settings."""


class PinnedContext(ssl.SSLContext):
    """Believes one certificate by its SHA-256."""

    pin = b""

    def wrap_socket(self, *args: Any, **options: Any) -> ssl.SSLSocket:
        """Shake hands, then look who it was, before anything is said."""
        wrapped = super().wrap_socket(*args, **options)
        shown = wrapped.getpeercert(binary_form=True) or b""
        if not hmac.compare_digest(hashlib.sha256(shown).digest(), self.pin):
            wrapped.close()
            raise WrongCertificate("not the pinned certificate")
        return wrapped


def context_for(device: str, *, verify: bool, pin: str = "", old_tls: bool = False) -> ssl.SSLContext:
    """The rules for one scanner.

    Args:
        device: Stands in the error.
        verify: By this machine's authorities; without effect where there is a ``pin``.
        pin: SHA-256 in hex, colons and spaces do not matter.
        old_tls: Also TLS 1.0 and short keys, which scanners of before 2015 speak.

    Raises:
        DeviceError: ``REFUSED``/``unsupported`` for a pin that is no SHA-256.
    """
    if pin:
        try:
            digest = bytes.fromhex(pin.replace(":", "").replace(" ", ""))
        except ValueError:
            digest = b""
        if len(digest) != 32:
            raise DeviceError(device, Fault.REFUSED, "unsupported", "pin is no SHA-256 in hex")
        pinned = PinnedContext(ssl.PROTOCOL_TLS_CLIENT)
        pinned.pin = digest
        context: ssl.SSLContext = pinned
    else:
        context = ssl.create_default_context()
    if pin or not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if old_tls:
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
    return context


def is_about_a_certificate(error: BaseException | None) -> bool:
    """Whether the reason behind an error of an HTTP client is a certificate that was not believed."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def fingerprint(host: str, port: int, *, within: float = 2.0) -> str:
    """SHA-256 of the certificate that ``host`` shows, for the settings; empty when it shows none."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((host, port), timeout=within) as line,
            context.wrap_socket(line, server_hostname=host) as wrapped,
        ):
            shown = wrapped.getpeercert(binary_form=True) or b""
    except OSError:
        return ""
    return hashlib.sha256(shown).hexdigest() if shown else ""
