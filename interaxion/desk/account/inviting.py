"""The link by which somebody chooses the password of a new account, or a new one: sent, or shown to be passed on."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

logger = logging.getLogger(__name__)

#: What a link is good for in addition to the day of PASSWORD_RESET_TIMEOUT: an invitation may wait for a holiday.
LONGER = timedelta(days=6)


class _InvitationTokens(PasswordResetTokenGenerator):
    """Tokens that begin their day later; the page of a password reset takes them."""

    def _now(self) -> datetime:
        return super()._now() + LONGER


def make_link(user: User) -> str:
    """Return an address that is good once: for seven days, or for one if the account has a password to lose."""
    tokens = PasswordResetTokenGenerator() if user.has_usable_password() else _InvitationTokens()
    arguments = {"uidb64": urlsafe_base64_encode(force_bytes(user.pk)), "token": tokens.make_token(user)}
    return settings.SITE_URL + reverse("admin:password_reset_confirm", kwargs=arguments)


def days_of(user: User) -> int:
    """Return how long a new link for this account is good."""
    return 1 if user.has_usable_password() else 1 + LONGER.days


def send_link(user: User) -> bool:
    """Send a link to the address of the account. Return False if the mail server did not take it."""
    context = {"user": user, "link": make_link(user), "days": days_of(user), "site_host": settings.SITE_HOST}
    subject = render_to_string("admin/invitation_subject.txt", context).strip()
    try:
        send_mail(subject, render_to_string("admin/invitation_email.txt", context), None, [user.email])
    except (OSError, SMTPException):
        logger.warning("The mail server took no invitation", exc_info=True)
        return False
    return True
