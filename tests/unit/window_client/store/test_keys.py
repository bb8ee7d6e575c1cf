import base64
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from window_client.store.errors import StoreError
from window_client.store.keys import FileKey, derive

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SECRET_SERVICE = all(shutil.which(name) for name in ("dbus-run-session", "gnome-keyring-daemon", "secret-tool"))
needs_secret_service = pytest.mark.skipif(not SECRET_SERVICE, reason="no gnome-keyring here: make setup installs it")

ASK = """
import sys
from pathlib import Path
from window_client.store.database import has_data
from window_client.store.errors import StoreError
from window_client.store.keys import load_or_make_key
from window_client.store.store import Store
folder = Path(sys.argv[1])
try:
    key = load_or_make_key("window-client", sys.argv[2], existing_data=has_data(folder))
    Store.open(folder, key).close()
    print(key.hex())
except StoreError as error:
    print(error.code)
"""

# The daemon is a child of this shell and ends with it; --unlock reads the password of the login keyring.
SESSION = """
printf fictional | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
daemon=$!
trap 'kill $daemon; wait $daemon' EXIT
for _ in $(seq 100); do
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetNameOwner \
        string:org.freedesktop.secrets >/dev/null 2>&1 && break
    sleep 0.1
done
"$@"
"""


class Account:
    """A person's account: a session bus and a keyring of its own."""

    def __init__(self, home: Path, run: Run) -> None:
        self._run = run
        runtime = home / "runtime"
        runtime.mkdir(parents=True, mode=0o700)
        self.environment = {
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_RUNTIME_DIR": str(runtime),
            "PYTHON_KEYRING_BACKEND": "",
        }

    def ask(self, folder: Path, name: str = "window A01") -> str:
        """Open the store in ``folder`` with this account's key; returns the key, or the code of the refusal."""
        within = ("dbus-run-session", "--", "bash", "-c", SESSION, "bash")
        done = self._run(ASK, folder, name, within=within, **self.environment)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def secret_tool(self, *words: str, secret: str | None = None) -> str:
        done = subprocess.run(
            ["dbus-run-session", "--", "bash", "-c", SESSION, "bash", "secret-tool", *words],
            env={**os.environ, **self.environment},
            input=secret,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.stdout


@pytest.fixture
def account(tmp_path: Path, run_python: Run) -> Account:
    return Account(tmp_path / "home", run_python)


@needs_secret_service
def test_key_is_made_once_kept_by_the_keyring_and_read_by_another_program(account: Account, folder: Path) -> None:
    first = account.ask(folder)
    assert len(bytes.fromhex(first)) == 32

    assert account.ask(folder) == first
    kept = account.secret_tool("lookup", "service", "window-client", "username", "window A01")
    assert base64.b64decode(kept).hex() == first
    assert first.encode() not in b"".join(f.read_bytes() for f in folder.rglob("*") if f.is_file())


@needs_secret_service
def test_copied_data_folder_opens_nowhere(account: Account, folder: Path, tmp_path: Path, run_python: Run) -> None:
    account.ask(folder)
    shutil.copytree(folder, tmp_path / "copy")
    stranger = Account(tmp_path / "stranger", run_python)

    assert stranger.ask(tmp_path / "copy") == "key_missing"
    assert stranger.secret_tool("lookup", "service", "window-client", "username", "window A01") == ""

    assert len(stranger.ask(tmp_path / "own")) == 64  # with a key of its own it does not open it either
    assert stranger.ask(tmp_path / "copy") == "wrong_key"


@needs_secret_service
def test_entry_that_is_no_key_is_not_used(account: Account, folder: Path) -> None:
    account.secret_tool("store", "--label=x", "service", "window-client", "username", "window A01", secret="bm8ga2V5")

    assert account.ask(folder) == "wrong_key"
    assert not folder.exists()


def test_without_a_keyring_no_key_is_made(run_python: Run, folder: Path, tmp_path: Path) -> None:
    done = run_python(
        ASK,
        folder,
        "a",
        DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent",
        HOME=str(tmp_path),
        PYTHON_KEYRING_BACKEND="",
    )

    assert (done.stdout, done.returncode) == ("no_keyring\n", 0), done.stderr
    assert not folder.exists()


@pytest.mark.parametrize("backend", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", "plain.Keyring"])
def test_keyring_that_keeps_no_secrets_is_refused(run_python: Run, folder: Path, tmp_path: Path, backend: str) -> None:
    (tmp_path / "plain.py").write_text(
        "from keyring.backend import KeyringBackend\n"
        "class Keyring(KeyringBackend):\n"
        "    priority = 9\n"
        "    def get_password(self, service, username): return None\n"
        "    def set_password(self, service, username, password): raise AssertionError('asked to keep a key')\n"
        "    def delete_password(self, service, username): pass\n"
    )
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{ASK}"

    done = run_python(code, folder, "a", PYTHON_KEYRING_BACKEND=backend, HOME=str(tmp_path))

    assert (done.stdout, done.returncode) == ("no_keyring\n", 0), done.stderr


def test_derived_keys_differ_by_purpose_and_by_master_key() -> None:
    keys = {derive(bytes([n]) * 32, purpose) for n in (0, 1) for purpose in ("database", "pages", "check")}

    assert len(keys) == 6
    assert {len(key) for key in keys} == {32}


def test_derivation_never_changes() -> None:
    """RFC 5869 done by hand: with other keys every store in the field would be lost."""
    import hashlib
    import hmac

    pseudorandom = hmac.digest(bytes(32), bytes(range(32)), hashlib.sha256)

    assert derive(bytes(range(32)), "pages") == hmac.digest(pseudorandom, b"window-client pages\x01", hashlib.sha256)


FICTIONAL = "fictional"


def file_key(path: Path, passphrase: str = FICTIONAL) -> FileKey:
    return FileKey(path, passphrase, memory_kib=64, time_cost=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "master.json"


def code_of(path: Path, passphrase: str = FICTIONAL) -> str:
    with pytest.raises(StoreError) as caught:
        file_key(path, passphrase).load_or_make(existing_data=True)
    return caught.value.code


def test_key_file_gives_the_same_key_again_and_hides_it(path: Path) -> None:
    key = file_key(path).load_or_make(existing_data=False)

    assert len(key) == 32
    assert file_key(path).load_or_make(existing_data=True) == key
    assert base64.b64encode(key) not in path.read_bytes()
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_costs_of_the_file_count_and_not_those_of_the_program(path: Path) -> None:
    key = file_key(path).load_or_make(existing_data=False)

    assert FileKey(path, "fictional").load_or_make(existing_data=True) == key


def test_wrong_passphrase_and_damage_are_told_apart(path: Path) -> None:
    file_key(path).load_or_make(existing_data=False)
    assert code_of(path, "wrong") == "wrong_key"

    content = json.loads(path.read_text())
    content["sealed"] = base64.b64encode(bytes(48)).decode()
    path.write_text(json.dumps(content))
    assert code_of(path) == "damaged"

    path.write_text("{")
    assert code_of(path) == "damaged"


def test_key_file_of_a_newer_program_is_refused(path: Path) -> None:
    file_key(path).load_or_make(existing_data=False)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 2}))

    assert code_of(path) == "newer_version"


def test_data_without_its_key_file_makes_no_new_key(path: Path) -> None:
    assert code_of(path) == "key_missing"
    assert not path.exists()


def test_changed_passphrase_opens_the_same_key(path: Path) -> None:
    holder = file_key(path)
    key = holder.load_or_make(existing_data=False)

    holder.change_passphrase("another")

    assert holder.load_or_make(existing_data=True) == key
    assert file_key(path, "another").load_or_make(existing_data=True) == key
    assert code_of(path) == "wrong_key"


def test_empty_passphrase_is_refused(path: Path) -> None:
    with pytest.raises(ValueError, match="empty"):
        FileKey(path, "")
    with pytest.raises(ValueError, match="empty"):
        file_key(path).change_passphrase("")
