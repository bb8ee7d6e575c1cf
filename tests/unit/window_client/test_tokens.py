from window_client.tokens import Tokens


def test_without_a_keyring_the_token_is_kept_in_memory_only() -> None:
    tokens = Tokens("window-client-test", keyring_on=False)
    assert tokens.now() is None

    tokens.keep("1203", "secret")
    assert tokens.now() == "secret"

    tokens.forget()
    tokens.forget()
    assert tokens.now() is None
