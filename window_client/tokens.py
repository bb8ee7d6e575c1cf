"""The session's token: in memory for the clients, in the operating system's keyring for the rest of the day."""

import contextlib


class KeyringAway(Exception):  # noqa: N818 - a statement, as the sign-in page reads it
    """The operating system's keyring does not take the token; nobody is signed in then."""


class Tokens:
    """One token at a time. ``keep`` and ``forget`` talk to the keyring, so they run in a lane.

    Args:
        service: The name under which the keyring keeps it, one for each central service and window.
        keyring_on: False where the administrator chose a key file: the token is then kept in memory only.
    """

    def __init__(self, service: str, *, keyring_on: bool = True) -> None:
        self._service = service
        self._on = keyring_on
        self._account = ""
        self._token: str | None = None

    def now(self) -> str | None:
        """The token, or None while nobody is signed in."""
        return self._token

    @property
    def account(self) -> str:
        """Whose token it is, empty while nobody is signed in."""
        return self._account

    def keep(self, account: str, token: str) -> None:
        """Keep a token.

        Raises:
            KeyringAway: The keyring refused; nobody is signed in then.
        """
        if self._on:
            import keyring  # noqa: PLC0415 - 37 to 139 ms that only the sign-in needs
            import keyring.errors  # noqa: PLC0415

            try:
                keyring.set_password(self._service, account, token)
            except keyring.errors.KeyringError as error:
                raise KeyringAway(type(error).__name__) from error
        self._account, self._token = account, token

    def forget(self) -> None:
        """Nobody is signed in any more."""
        account, self._account, self._token = self._account, "", None
        if self._on and account:
            import keyring  # noqa: PLC0415
            import keyring.errors  # noqa: PLC0415

            with contextlib.suppress(keyring.errors.KeyringError):  # gone already, or the keyring is locked
                keyring.delete_password(self._service, account)
