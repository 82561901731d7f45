"""Protection of the letter form against spam and CSRF, without a cookie and without third parties."""

import secrets
import time
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from interaxion.serving.rate_limit import Throttle

#: The rate limit by IP address, for an hour: a family or a laboratory may share one address.
LETTERS = Throttle("letters", most=20, window=60 * 60)
SALT = "letter"
GOOD_FOR = timedelta(hours=24)
#: Seconds: nobody writes a letter faster.
FASTEST = 2


def make_token() -> str:
    """Return a token for one form: random, signed, and with the time in it."""
    return signing.TimestampSigner(salt=SALT).sign(secrets.token_urlsafe(16))


def read_token(token: str) -> str:
    """Return the id of the form of this token. Raises ValidationError if the token is invalid, expired or too new."""
    try:
        form_id = signing.TimestampSigner(salt=SALT).unsign(token, max_age=GOOD_FOR)
    except signing.BadSignature as problem:
        message = _("The form was open for too long. Your text is still here: please send it again.")
        raise ValidationError(message, code="expired") from problem
    made_at = signing.b62_decode(token.rsplit(":", 2)[1])
    if time.time() - made_at < FASTEST:
        message = _("That was faster than anybody writes. Your text is still here: please send it again.")
        raise ValidationError(message, code="too_fast")
    return form_id


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the request comes from our own page (CSRF), as far as the browser says; old browsers say nothing.

    https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    # Behind a proxy the request may have another host name than in the browser.
    hosts = {request.get_host(), urlsplit(settings.SITE_URL).netloc}
    return origin is None or origin.partition("://")[2] in hosts  # not parsed further: it is untrusted input
