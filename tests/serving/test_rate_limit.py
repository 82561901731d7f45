import pytest

from interaxion.serving.rate_limit import Throttle, address_of


@pytest.mark.parametrize(
    ("is_production", "forwarded", "address"),
    [
        (True, "6.6.6.6, 203.0.113.9", "203.0.113.9"),  # a visitor may have written the first
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "", "10.0.0.1"),
        (False, "6.6.6.6", "10.0.0.1"),  # nothing stands before us that could be believed
    ],
)
def test_address_is_that_of_the_visitor_before_the_proxy(rf, settings, is_production, forwarded, address):
    settings.IS_PRODUCTION = is_production
    headers = {"x-forwarded-for": forwarded} if forwarded else {}

    assert address_of(rf.get("/", headers=headers, REMOTE_ADDR="10.0.0.1")) == address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::1%eth0", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("unix:", "unix:"),
    ],
)
def test_address_of_ipv6_is_its_network(rf, written, address):
    assert address_of(rf.get("/", REMOTE_ADDR=written)) == address


def test_each_is_counted_by_itself_until_it_is_forgotten():
    throttle = Throttle("test", most=2, window=60)
    for _try in range(2):
        assert not throttle.is_over("one")
        throttle.count("one")

    assert throttle.is_over("one")
    assert not throttle.is_over("another")
    throttle.forget("one")
    assert not throttle.is_over("one")
