"""The certificate that an emulated scanner signs for itself, as real ones do. Needs cryptography."""

import datetime as dt
import ssl
import tempfile
from pathlib import Path

NAME = "counter-scanner.local"


def own_certificate() -> bytes:
    """A fresh key and a certificate of its own for it, both as PEM."""
    from cryptography import x509  # noqa: PLC0415 - only an https emulator pays for it
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    began = dt.datetime(2015, 1, 1, tzinfo=dt.UTC)  # scanners' clocks are wrong: it ended long ago
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(began + dt.timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + made.public_bytes(serialization.Encoding.PEM)


def own_context() -> tuple[ssl.SSLContext, str]:
    """A server's TLS with a certificate of its own, and that certificate's SHA-256 in hex."""
    from hashlib import sha256  # noqa: PLC0415

    pem = own_certificate()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:  # ssl reads keys from files only
        path = Path(folder) / "scanner.pem"
        path.touch(0o600)
        path.write_bytes(pem)
        context.load_cert_chain(path)
    shown = pem.decode().partition("-----BEGIN CERTIFICATE-----")
    return context, sha256(ssl.PEM_cert_to_DER_cert(shown[1] + shown[2])).hexdigest()
