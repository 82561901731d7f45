"""Mails to the team about work that waits: sent by the worker, after the commit, and never with the text of a draft."""

import logging
from collections.abc import Collection
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from interaxion.content.mail.mail_choice import MailChoice, who_want

logger = logging.getLogger(__name__)


def mail_later(event: str, people: Collection[Any], **context: str | int) -> None:
    """Send a mail to each person, once this transaction is committed. Without `EMAIL_URL` nobody gets one.

    `event` names the template: `admin/mail/<event>.txt`, whose first line is the subject.
    """
    if settings.SENDS_MAIL and people:
        keys = [person.pk for person in people]
        transaction.on_commit(partial(send_to.enqueue, event, keys, context), robust=True)


@task()
def send_to(event: str, keys: list[int], context: dict[str, str | int]) -> None:
    for person in get_user_model().objects.filter(pk__in=keys, is_active=True).select_related("mail_choice"):
        send(event, person, **context)


def send(event: str, person: Any, **context: Any) -> bool:
    """Send a mail now, in the language that the person chose. Return False if the mail server did not take it."""
    choice = getattr(person, "mail_choice", None) or MailChoice()
    with translation.override(choice.language):
        text = render_to_string(f"admin/mail/{event}.txt", {**context, "site_url": settings.SITE_URL})
    subject, _newline, body = text.strip().partition("\n")
    try:
        send_mail(f"[{settings.SITE_HOST}] {' '.join(subject.split())}", body.strip() + "\n", None, [person.email])
    except (OSError, SMTPException):
        logger.warning("The mail server did not take a mail about %s", event, exc_info=True)
        return False
    return True


def editors_who_want(name: str, permission: str, *, but: Any) -> list[Any]:
    """Return those with this permission who want this kind of mail, without `but`, who did it."""
    return [person for person in who_want(name) if person != but and person.has_perm(permission)]
