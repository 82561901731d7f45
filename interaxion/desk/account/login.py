"""The login of the admin: with a rate limit against guessing, and closed to demo accounts in production."""

from typing import Any

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.utils.translation import gettext_lazy as _

from interaxion.serving.rate_limit import Throttle, address_of

#: Failures for an account from one IP address, and from all of them: many may guess together (botnet).
FAILURES = Throttle("login", most=10, window=15 * 60)
FAILURES_ANYWHERE = Throttle("login-anywhere", most=100, window=15 * 60)
#: Where an account has logged in: there the failures elsewhere lock nobody out.
KNOWN = Throttle("login-known", most=1, window=30 * 24 * 60 * 60)
DEMO_GROUP = "demo"


class LoginForm(AdminAuthenticationForm):
    # The same sentence for every refusal, so that it does not reveal which accounts exist or are locked.
    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "Account and password do not fit. Both may be case-sensitive. After ten failures, wait fifteen minutes."
        ),
    }

    def clean(self) -> dict[str, Any]:
        account, address = self._attempt()
        is_attacked = FAILURES_ANYWHERE.is_over(account) and not KNOWN.is_over(account, address)
        if FAILURES.is_over(account, address) or is_attacked:
            raise self.get_invalid_login_error()
        cleaned = super().clean()
        FAILURES.forget(account, address)
        KNOWN.count(account, address)
        return cleaned

    def get_invalid_login_error(self) -> Exception:
        account, address = self._attempt()
        FAILURES.count(account, address)
        FAILURES_ANYWHERE.count(account)
        return super().get_invalid_login_error()

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if settings.IS_PRODUCTION and user.groups.filter(name=DEMO_GROUP).exists():
            raise self.get_invalid_login_error()

    def _attempt(self) -> tuple[str, str]:
        """Return the rate limit key, account and IP address, so that nobody can lock out others from elsewhere."""
        return self.cleaned_data.get("username", "").casefold(), address_of(self.request)
