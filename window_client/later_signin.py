"""After a sign-in without the centre: the clerk is signed in there by itself once the line is back.

The password is kept in this process's memory for that alone, and wiped as soon as the centre has answered yes or no,
when somebody else signs in, and at the end. Nobody has to come back for the outbox: a window that was opened without
the network in the morning delivers at noon, when the line is back and the clerk is at lunch. The price is that for as
long as the line is away a copy of this machine's memory holds the password; it is never written anywhere.
"""

import logging
from collections.abc import Callable

from window_client.central import contract
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.dispatch import Dispatcher
from window_client.lane import Lane
from window_client.tokens import KeyringAway, Tokens

log = logging.getLogger(__name__)

AGAIN = (2.0, 5.0, 10.0, 20.0, 30.0)
"""Seconds to the next attempt after one that got no answer; the last one stays."""


class LaterSignIn:
    """Signs in at the centre with what was held, as often as it takes. Everything but the question runs on main.

    Args:
        client: For the lane of questions.
        ask: The lane of questions.
        dispatcher: For the time between two attempts.
        tokens: Where the session's token is kept.
        remember: Called in the lane with session and password once the centre has said yes.
        done: Called with the session once the centre knows the clerk.
        refused: Called with the centre's code: the password no longer holds there, somebody must sign in by hand.
    """

    def __init__(
        self,
        client: CentralClient,
        ask: Lane,
        dispatcher: Dispatcher,
        tokens: Tokens,
        *,
        remember: Callable[[contract.Session, str], None],
        done: Callable[[contract.Session], None],
        refused: Callable[[str], None],
    ) -> None:
        self._client = client
        self._ask = ask
        self._dispatcher = dispatcher
        self._tokens = tokens
        self._remember = remember
        self._done = done
        self._refused = refused
        self._account = ""
        self._window = 0
        self._secret = bytearray()
        self._asking = False
        self._attempts = 0
        self._call_off: Callable[[], None] = lambda: None

    @property
    def waits(self) -> bool:
        """Whether a clerk waits to be signed in."""
        return bool(self._secret)

    def hold(self, account: str, password: str, window_no: int) -> None:
        """Keep account and password until the centre can be asked; whoever was held before is forgotten."""
        self.wipe()
        self._account, self._window = account, window_no
        self._secret = bytearray(password.encode())

    def wipe(self) -> None:
        """Hold nobody any more."""
        self._call_off()
        for at in range(len(self._secret)):
            self._secret[at] = 0
        self._secret = bytearray()
        self._account, self._attempts = "", 0

    def try_now(self) -> None:
        """The line may be back: ask the centre now."""
        if not self.waits or self._asking:
            return
        self._call_off()
        self._asking = True
        account, password, window = self._account, self._secret.decode(), self._window

        def work() -> contract.Session:
            session = self._client.sign_in(account, password, window)
            if "clerk" not in session.clerk.roles:
                raise Rejected("no_role")
            self._tokens.keep(session.clerk.account, session.token)
            self._remember(session, password)
            return session

        def done(session: contract.Session) -> None:
            self._asking = False
            if self._account == account:
                self.wipe()
            log.info("signed in at the centre after a sign-in without it")
            self._done(session)

        self._ask.run(work, done=done, failed=lambda error: self._failed(account, error))

    def _failed(self, account: str, error: Exception) -> None:
        self._asking = False
        if self._account != account:
            return
        if isinstance(error, Unavailable):
            wait = AGAIN[min(self._attempts, len(AGAIN) - 1)]
            self._attempts += 1
            self._call_off = self._dispatcher.later(wait, self.try_now)
            return
        code = error.code if isinstance(error, Rejected) else "no_keyring" if isinstance(error, KeyringAway) else ""
        self.wipe()
        log.warning("the centre does not take the sign-in: %s", code)
        self._refused(code)
