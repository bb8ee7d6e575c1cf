"""The store's keys. One random master key per account and machine; everything else is derived from it.

The master key lives in the operating system's keyring of the account, so that a copied data folder opens nowhere.
Where a machine has no keyring the administrator may choose a key file wrapped by a passphrase; never by itself.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from window_client.store.durable import make_folder, write_durably
from window_client.store.errors import StoreError, disk_trouble

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

KEY_SIZE = 32
"""Bytes of the master key and of every derived key."""

# Only backends that keep a secret: an allow list, since a plain-text backend can be installed under any name.
_SAFE_BACKENDS = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
)
_MOST_MEMORY_KIB = 1 << 20  # a forged key file may not ask for more than 1 GiB


def derive(master_key: bytes, purpose: str) -> bytes:
    """A key for one purpose (``database``, ``pages``, ``check``) by HKDF-SHA-256 (RFC 5869); 32 bytes."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415  loaded when the store is opened
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    return HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=None, info=f"window-client {purpose}".encode()).derive(
        master_key
    )


def load_or_make_key(service: str, account: str, *, existing_data: bool) -> bytes:
    """The master key of this account from the system's keyring; made and kept there on the first start.

    May wait for the person to unlock the keyring, so it is called off the main thread.

    Args:
        service: Name under which the keyring keeps it.
        account: Which of the service's keys.
        existing_data: There is a store already, so a missing key may not be replaced by a new one.

    Raises:
        StoreError: no_keyring (none, locked, or one that keeps no secrets), key_missing (data without its key:
            the folder was copied from elsewhere or the keyring was emptied), wrong_key (the entry is no key).
    """
    with _keyring_trouble():
        ring = _safe_keyring()
        kept = ring.get_password(service, account)
        if kept is None:
            if existing_data:
                raise StoreError("key_missing", "the keyring of this account has no key for the data")
            ring.set_password(service, account, base64.b64encode(secrets.token_bytes(KEY_SIZE)).decode())
            kept = ring.get_password(service, account)  # what is not there now will not be there tomorrow
            if kept is None:
                raise StoreError("no_keyring", "the keyring did not keep the key")
    return _decoded(kept)


def _decoded(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_SIZE:
        raise StoreError("wrong_key", "the entry in the keyring is no key")
    return key


def _safe_keyring() -> "KeyringBackend":
    import keyring  # noqa: PLC0415  37 to 139 ms

    try:
        chosen = keyring.get_keyring()
    except (ImportError, AttributeError, ValueError) as error:  # a backend is configured that cannot be loaded
        raise StoreError("no_keyring", "the configured keyring cannot be loaded") from error
    # The chainer asks several in turn, a plain-text one perhaps among them: take its first safe one alone.
    for backend in getattr(chosen, "backends", [chosen]):
        if type(backend).__module__.startswith(_SAFE_BACKENDS):
            return backend  # type: ignore[no-any-return]
    raise StoreError("no_keyring", f"{type(chosen).__module__} keeps no secrets")


@contextmanager
def _keyring_trouble() -> Iterator[None]:
    from keyring.errors import KeyringError  # noqa: PLC0415

    expected: list[type[Exception]] = [KeyringError, RuntimeError, OSError]
    with suppress(ImportError):  # Linux only; keyring lets some of its errors through
        from secretstorage.exceptions import SecretStorageException  # noqa: PLC0415

        expected.append(SecretStorageException)
    with suppress(ImportError):
        from jeepney.wrappers import DBusErrorResponse  # type: ignore[import-untyped]  # noqa: PLC0415

        expected.append(DBusErrorResponse)
    try:
        yield
    except tuple(expected) as error:
        raise StoreError("no_keyring", type(error).__name__) from error


class _Wrapped(msgspec.Struct, frozen=True):
    """A key file as JSON. ``sum`` is the SHA-256 of the other fields: it tells damage from a wrong passphrase."""

    format: int
    time_cost: int
    memory_kib: int
    lanes: int
    salt: bytes
    nonce: bytes
    sealed: bytes
    sum: str = ""

    def summed(self) -> str:
        return hashlib.sha256(self.bound() + self.salt + self.nonce + self.sealed).hexdigest()

    def bound(self) -> bytes:
        return f"window-client key file {self.format} {self.time_cost} {self.memory_kib} {self.lanes}".encode()


class FileKey:
    """The master key in a file, wrapped by a passphrase: argon2id, then AES-256-GCM. The administrator's fallback.

    ``memory_kib`` and ``time_cost`` are argon2id's costs for files written from now on (RFC 9106, second
    recommended choice: 64 MiB, 3 passes).
    """

    def __init__(self, path: Path, passphrase: str, *, memory_kib: int = 65536, time_cost: int = 3) -> None:
        if not passphrase:
            raise ValueError("an empty passphrase protects nothing")
        self._path = path
        self._passphrase = passphrase
        self._memory_kib = memory_kib
        self._time_cost = time_cost

    def load_or_make(self, *, existing_data: bool) -> bytes:
        """The master key; made on the first start.

        Raises:
            StoreError: key_missing (data without the file), wrong_key (another passphrase), damaged, newer_version.
        """
        if not self._path.exists():
            if existing_data:
                raise StoreError("key_missing", "the key file is not there")
            self._write(secrets.token_bytes(KEY_SIZE), self._passphrase)
        return self._read()

    def change_passphrase(self, passphrase: str) -> None:
        """Wrap the same key by another passphrase. Raises as ``load_or_make``."""
        if not passphrase:
            raise ValueError("an empty passphrase protects nothing")
        self._write(self._read(), passphrase)
        self._passphrase = passphrase

    def _read(self) -> bytes:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

        with disk_trouble("key file"):
            text = self._path.read_bytes()
        try:
            wrapped = msgspec.json.decode(text, type=_Wrapped)
        except msgspec.MsgspecError as error:
            raise StoreError("damaged", "key file") from error
        if wrapped.format > 1:
            raise StoreError("newer_version", "key file")
        if wrapped.summed() != wrapped.sum or not 8 <= wrapped.memory_kib <= _MOST_MEMORY_KIB:
            raise StoreError("damaged", "key file")
        key = _stretched(self._passphrase, wrapped)
        try:
            return AESGCM(key).decrypt(wrapped.nonce, wrapped.sealed, wrapped.bound())
        except InvalidTag:
            raise StoreError("wrong_key", "the passphrase does not open the key file") from None

    def _write(self, master_key: bytes, passphrase: str) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

        wrapped = _Wrapped(
            1, self._time_cost, self._memory_kib, 1, secrets.token_bytes(16), secrets.token_bytes(12), sealed=b""
        )
        sealed = AESGCM(_stretched(passphrase, wrapped)).encrypt(wrapped.nonce, master_key, wrapped.bound())
        wrapped = msgspec.structs.replace(wrapped, sealed=sealed)
        wrapped = msgspec.structs.replace(wrapped, sum=wrapped.summed())
        make_folder(self._path.parent)
        write_durably(self._path, msgspec.json.encode(wrapped))


def _stretched(passphrase: str, wrapped: _Wrapped) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415

    return hash_secret_raw(
        passphrase.encode(),
        wrapped.salt,
        time_cost=wrapped.time_cost,
        memory_cost=wrapped.memory_kib,
        parallelism=wrapped.lanes,
        hash_len=KEY_SIZE,
        type=Type.ID,
    )
