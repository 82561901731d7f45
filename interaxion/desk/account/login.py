"""The login of the admin: slow to be guessed at, and closed to demo accounts where the site is public."""

from typing import Any

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.utils.translation import gettext_lazy as _

from interaxion.serving.rate_limit import Throttle, address_of

FAILURES = Throttle("login", most=10, window=15 * 60)
DEMO_GROUP = "demo"


class LoginForm(AdminAuthenticationForm):
    # One sentence for every refusal: it tells nobody which accounts exist, or that one is locked.
    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "Account and password do not fit. Both may be case-sensitive. After ten failures, wait fifteen minutes."
        ),
    }

    def clean(self) -> dict[str, Any]:
        if FAILURES.is_over(*self._tried()):
            raise self.get_invalid_login_error()
        cleaned = super().clean()
        FAILURES.forget(*self._tried())
        return cleaned

    def get_invalid_login_error(self) -> Exception:
        FAILURES.count(*self._tried())
        return super().get_invalid_login_error()

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if settings.IS_PRODUCTION and user.groups.filter(name=DEMO_GROUP).exists():
            raise self.get_invalid_login_error()

    def _tried(self) -> tuple[str, str]:
        """One count for each account and address: nobody can lock out others from elsewhere."""
        return self.cleaned_data.get("username", "").casefold(), address_of(self.request)
