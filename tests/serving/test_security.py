import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

from interaxion.settings import BASE_DIR

PRODUCTION = {"SITE_URL": "https://show.example", "SECRET_KEY": "x" * 50}


@pytest.fixture
def settings_of(monkeypatch, tmp_path):
    """Return the settings that these variables of the environment make."""

    def read(**variables: str) -> dict:
        for name, value in {"VAR_DIR": str(tmp_path), **variables}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(BASE_DIR / "interaxion" / "settings.py"))

    return read


def test_other_hosts_of_the_domain_are_bound_to_https_only_by_a_setting(settings_of):
    made = settings_of(**PRODUCTION)
    assert made["SECURE_HSTS_SECONDS"] > 0
    assert (made["SECURE_HSTS_INCLUDE_SUBDOMAINS"], made["SECURE_HSTS_PRELOAD"]) == (False, False)

    asked = settings_of(**PRODUCTION, HSTS_SUBDOMAINS="1", HSTS_PRELOAD="1")
    assert (asked["SECURE_HSTS_INCLUDE_SUBDOMAINS"], asked["SECURE_HSTS_PRELOAD"]) == (True, True)


def test_preloading_one_host_alone_is_refused(settings_of):
    with pytest.raises(ImproperlyConfigured, match="HSTS_PRELOAD needs HSTS_SUBDOMAINS"):
        settings_of(**PRODUCTION, HSTS_PRELOAD="1")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/nothing", "/healthz", "/admin/login/"])
def test_every_page_forbids_features_that_nothing_uses(client, address):
    policy = client.get(address)["Permissions-Policy"]

    assert {"camera=()", "geolocation=()", "microphone=()", "payment=()"} <= {*policy.split(", ")}
