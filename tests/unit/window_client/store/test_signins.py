from pathlib import Path

from window_client.store.signins import KnownClerk
from window_client.store.store import Store

KEY = bytes(range(32))
CLERK = KnownClerk("1203", "王芳", ("clerk",), b"salt", b"verifier", 16, 100.0)


def test_a_clerk_is_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    store = Store.open(tmp_path, KEY)
    connection = store.second_connection()
    signins = connection.signins

    assert signins.get("1203") is None
    assert signins.latest() == 0
    signins.put(CLERK, seen=100.0)
    assert signins.get("1203") == CLERK
    signins.see(50.0)
    assert signins.latest() == 100.0
    signins.trust(60.0)
    assert signins.latest() == 60.0
    known = signins.get("1203")
    assert known is not None
    assert known.online_at == 60.0
    signins.forget("1203")
    assert signins.get("1203") is None

    connection.close()
    store.close()
