"""Who may go on at a window that is locked or whose session has run out.

The centre decides where it answers; otherwise this machine does, with what it remembers of earlier sign-ins
(``offline``), and sending waits until the centre knows the clerk again.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.reception.state import Clerk
from window_client.tokens import KeyringAway, Tokens

if TYPE_CHECKING:
    from window_client.offline_signin import Verdict

ROLE = "clerk"

Offline = Callable[[str, str], Clerk]
"""Account and password → the clerk. Raises: Rejected with a code of ``offline_signin.Verdict``."""


class WindowDoor:
    """The door of one window; implements ``reception.core.Door``.

    Args:
        client: For the lane of questions.
        tokens: Where the session's token is kept.
        window_no: The window that is signed in to.
        go_on: Called on the main thread once the centre knows the clerk: sending goes on.
    """

    def __init__(self, client: CentralClient, tokens: Tokens, window_no: int, go_on: Callable[[], None]) -> None:
        self._client = client
        self._tokens = tokens
        self._window_no = window_no
        self._go_on = go_on
        self._said: tuple[str, str] | None = None
        self.offline: Offline | None = None
        """Checks a password without the network; None: it cannot be done."""
        self.later: Callable[[str, str], None] = lambda _account, _password: None
        """Told account and password after a sign-in without the centre, which is asked once the line is back."""

    def sign_in(self, account: str, password: str) -> tuple[Clerk, bool]:
        """Check a password, at the centre or, while it is away, here. Runs in the lane of questions.

        Raises:
            Rejected: The centre or this machine says no; the code says why.
            Unavailable: Nobody can say.
            ValueError: ``no_keyring``: the token cannot be kept.
        """
        self._said = None
        try:
            session = self._client.sign_in(account, password, self._window_no)
        except Unavailable:
            if self.offline is None:
                raise
            clerk = self.offline(account, password)
            self._said = (account, password)
            return clerk, False
        if ROLE not in session.clerk.roles:
            raise Rejected("no_role")
        try:
            self._tokens.keep(session.clerk.account, session.token)
        except KeyringAway as error:
            raise ValueError("no_keyring") from error
        return Clerk(session.clerk.account, session.clerk.name, session.clerk.roles), True

    def opened(self, _clerk: Clerk, *, online: bool) -> None:
        """Somebody has signed in again; on the main thread."""
        said, self._said = self._said, None
        if online:
            self._go_on()
        elif said is not None:
            self.later(*said)


def by_verdict(check: "Callable[[str, str], Verdict]") -> Offline:
    """The offline check of a door, from a verdict on account and password."""

    def offline(account: str, password: str) -> Clerk:
        verdict = check(account, password)
        if not verdict.code:
            return Clerk(account, verdict.name, verdict.roles)
        figures = {"wrong_password": verdict.left, "locked": verdict.minutes}
        raise Rejected(verdict.code, str(figures[verdict.code]) if verdict.code in figures else "", 401)

    return offline
