"""Who may go on at a window that is locked or whose session has run out.

The centre decides where it answers; otherwise this machine does, with what it remembers of earlier sign-ins
(``offline``), and sending waits until the centre knows the clerk again.
"""

from collections.abc import Callable

from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.central.contract import Session
from window_client.reception.state import Clerk
from window_client.tokens import KeyringAway, Tokens

ROLE = "clerk"

Offline = Callable[[str, str], Clerk]
"""Account and password → the clerk. Raises: Rejected with a code (``wrong_password``, ``locked``, ``too_long_ago``)."""

Remember = Callable[[Session, str], None]
"""Told of a password to which the centre has just said yes; in the lane of questions."""


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
        self.offline: Offline | None = None
        """Checks a password without the network; None: it cannot be done."""
        self.remember: Remember = lambda _session, _password: None
        """Keeps what a sign-in without the network needs."""
        self.expected: Callable[[], bool] = lambda: False
        """Whether somebody is being signed in at the centre by himself."""

    def sign_in(self, account: str, password: str) -> tuple[Clerk, bool]:
        """Check a password, at the centre or, while it is away, here. Runs in the lane of questions.

        Raises:
            Rejected: The centre or this machine says no; the code says why.
            Unavailable: Nobody can say.
            ValueError: ``no_keyring``: the token cannot be kept.
        """
        try:
            session = self._client.sign_in(account, password, self._window_no)
        except Unavailable:
            if self.offline is None:
                raise
            return self.offline(account, password), False
        if ROLE not in session.clerk.roles:
            raise Rejected("no_role")
        try:
            self._tokens.keep(session.clerk.account, session.token)
        except KeyringAway as error:
            raise ValueError("no_keyring") from error
        self.remember(session, password)
        return Clerk(session.clerk.account, session.clerk.name, session.clerk.roles, session.clerk.name_en), True

    def opened(self, _clerk: Clerk, *, online: bool) -> None:
        """Somebody has signed in again."""
        if online:
            self._go_on()

    def signs_in_itself(self) -> bool:
        """Whether the centre will know the clerk without anybody's help: nobody need be asked for a password."""
        return self.expected()
