"""Web addresses: what is one, and how a path becomes one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.addresses import identify
from interaxion.text.web_addresses import is_web_address, readable_address


@pytest.mark.parametrize(
    "text", ["https://example.org/a", "http://例え.jp", "//example.org", "/57", "HTTPS://EXAMPLE.ORG"]
)
def test_web_address_is_recognised(text):
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text", ["", "57", "example.org", "mailto:a@example.org", "https://", "https://a b/", "http://[", "x"]
)
def test_other_text_is_no_web_address(text):
    assert not is_web_address(text)


@given(st.text(alphabet="ahtps:/.[]@57 ", max_size=30))
def test_every_web_address_identifies_something(text):
    assert not is_web_address(text) or identify(text) is not None


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://ja.example.org/wiki/%E6%B0%B7", "https://ja.example.org/wiki/氷"),
        ("https://example.org/%e6%b0%b7?q=%E9%9B%AA#%E6%B0%B4", "https://example.org/氷?q=雪#水"),
        ("https://example.org/a%2Fb%20c%25", "https://example.org/a%2Fb%20c%25"),
        ("https://example.org/%95%58", "https://example.org/%95%58"),  # Shift_JIS
        ("https://example.org/%E2%80%AEgpj", "https://example.org/%E2%80%AEgpj"),  # turns the direction of what follows
        ("https://example.org/a%E3%80%80b", "https://example.org/a%E3%80%80b"),
    ],
)
def test_address_is_shown_in_letters_that_can_be_seen(address, shown):
    assert readable_address(address) == shown
