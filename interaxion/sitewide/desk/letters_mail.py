"""One line a day about new letters, for those who want it. `tick` calls it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from episodes.models import Letter
from interaxion.content.mail.mail_choice import MailChoice, who_want
from interaxion.desk.mail.sending import send

#: A little less than a day: a timer that runs daily is never exactly on time.
APART = timedelta(hours=23)


def tell_of_letters(now: datetime) -> int:
    """Send a mail to everybody who wants it and has heard of no letter for a day. Return how many were sent."""
    newest = Letter.objects.new().newest_first().first() if settings.SENDS_MAIL else None
    if newest is None:
        return 0
    sent = 0
    for person in who_want("letters"):
        choice = MailChoice.objects.of(person)
        told = choice.letters_told_at or now - timedelta(days=1)
        if newest.received_at <= told or now - told < APART or not person.has_perm("episodes.view_letter"):
            continue
        count = Letter.objects.new().filter(received_at__gt=told).count()
        path = reverse("admin:episodes_letter_changelist") + "?state__exact=new"
        if send("letters", person, count=count, path=path):
            choice.letters_told_at = now
            choice.save()
            sent += 1
    return sent
