"""Preview links that show a draft without an account: signed tokens, valid for 90 days, revoked all at once."""

import secrets
from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.core import signing

from interaxion.content.publishing.publishable import Publishable, make_preview_key

GOOD_FOR = timedelta(days=90)
SALT = "shared preview"


def make_token(thing: Publishable) -> str:
    return signing.dumps([thing._meta.label_lower, thing.pk, thing.preview_key], salt=SALT)


def end_of(token: str) -> datetime:
    """Return the time at which a valid token expires."""
    _value, stamp, _signature = token.rsplit(":", 2)
    return datetime.fromtimestamp(signing.b62_decode(stamp), UTC) + GOOD_FOR


def find_shared(token: str) -> Publishable | None:
    """Return the thing that a token shows; None if it is forged, expired or revoked, or its thing trashed or gone."""
    try:
        label, pk, key = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
        model = apps.get_model(label)
    except (signing.BadSignature, LookupError, ValueError, TypeError):
        return None
    thing = model.objects.filter(pk=pk, deleted_at=None).first() if issubclass(model, Publishable) else None
    if thing is None or not key or not secrets.compare_digest(thing.preview_key, key):
        return None
    return thing


def revoke(thing: Publishable, *, renew: bool) -> None:
    """Invalidate every link given out so far. Without `renew` there is no valid link until somebody makes one."""
    thing.preview_key = make_preview_key() if renew else ""
    type(thing).objects.filter(pk=thing.pk).update(preview_key=thing.preview_key)
