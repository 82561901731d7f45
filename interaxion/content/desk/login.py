"""The login of the admin: slow to be guessed at, and closed to demo accounts where the site is public."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

MOST_FAILURES = 10
WINDOW = 15 * 60  # seconds
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
        key = self._failures_key()
        if cache.get(key, 0) >= MOST_FAILURES:
            raise self.get_invalid_login_error()
        cleaned = super().clean()
        cache.delete(key)
        return cleaned

    def get_invalid_login_error(self) -> Exception:
        key = self._failures_key()
        cache.add(key, 0, WINDOW)
        cache.incr(key)
        return super().get_invalid_login_error()

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if settings.IS_PRODUCTION and user.groups.filter(name=DEMO_GROUP).exists():
            raise self.get_invalid_login_error()

    def _failures_key(self) -> str:
        """One count for each account and address: nobody can lock out others from elsewhere.

        The address is that of the connection. Headers that name another are the visitor's to write.
        """
        account = self.cleaned_data.get("username", "").casefold()
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        return "login:" + hashlib.sha256(f"{account}\n{address}".encode()).hexdigest()
