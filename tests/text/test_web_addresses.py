"""Web addresses: what is one, and how a path becomes one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.addresses import identify
from interaxion.text.web_addresses import is_web_address


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
