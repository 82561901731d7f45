"""Links that show a draft to somebody without an account: signed, good for 90 days, revoked all at once."""

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
    """When a good token stops being one."""
    _value, stamp, _signature = token.rsplit(":", 2)
    return datetime.fromtimestamp(signing.b62_decode(stamp), UTC) + GOOD_FOR


def find_shared(token: str) -> Publishable | None:
    """The thing that a token shows; None where it is forged, too old, revoked, or its thing in the trash or gone."""
    try:
        label, pk, key = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
        model = apps.get_model(label)
    except (signing.BadSignature, LookupError, ValueError, TypeError):
        return None
    thing = model._base_manager.filter(pk=pk, deleted_at=None).first() if issubclass(model, Publishable) else None
    if thing is None or not key or not secrets.compare_digest(thing.preview_key, key):
        return None
    return thing


def revoke(thing: Publishable, *, renew: bool) -> None:
    """Every link given out so far is dead. Without `renew` there is none until somebody makes one."""
    thing.preview_key = make_preview_key() if renew else ""
    type(thing)._base_manager.filter(pk=thing.pk).update(preview_key=thing.preview_key)
