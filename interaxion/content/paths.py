"""Paths: every address of the site is one row. The current one shows its thing, an old one redirects to it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.urls import Resolver404, get_script_prefix, resolve, reverse
from django.utils.http import RFC3986_SUBDELIMS, escape_leading_slashes
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from interaxion.content.owned_rows import OwnedRow, owned_by, owner_of
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.site_state import SiteState
from interaxion.text.characters import FORBIDDEN
from interaxion.text.web_addresses import absolute_url

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: Letters and digits of any script, and the marks that RFC 3986 allows inside a segment.
SEGMENT = re.compile(r"[\w.~!$&'()*+,;=:@-]+")
#: An imported address may hold characters that our own never have.
OLD_SEGMENT = re.compile(r"[^\x00-\x20\x7f/\\?#]+(?: [^\x00-\x20\x7f/\\?#]+)*")
LONGEST = 300
#: The code of the ValidationError for an old address, which an editor may free.
OLD_ADDRESS = "path_old"
#: The characters that `reverse()` leaves as they are.
UNQUOTED = RFC3986_SUBDELIMS + "/~:@"
#: The name of the one view that shows whatever the rows below say.
CONTENT_VIEW = "content"
#: Views of fixed addresses, by the names of their routes, that show a thing of this model if it holds their address.
#: Filled by the URL map.
INTRODUCED_BY: dict[str, type[models.Model]] = {}


class Path(OwnedRow):
    #: Without a slash at the end, so that `/courses/mlp` and `/courses/mlp/` cannot be two things.
    path = models.CharField(gettext_lazy("path"), max_length=LONGEST, unique=True)
    #: Whether visitors see it with a slash at the end.
    has_slash = models.BooleanField(default=False)
    is_current = models.BooleanField(gettext_lazy("current"), default=True)
    #: Whether visitors may know it (it was live, imported, or the shared address of a draft): then it always redirects.
    is_kept = models.BooleanField(gettext_lazy("stays"), default=False)

    class Meta:
        verbose_name = gettext_lazy("path")
        verbose_name_plural = gettext_lazy("paths")
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """The path as visitors see it."""
        return self.path + "/" if self.has_slash and self.path != "/" else self.path


def normalise(path: str) -> str:
    """`57/` → `/57`: NFC, one slash in front, none behind."""
    return "/" + unicodedata.normalize("NFC", path).strip().strip("/")


def url_of(path: str) -> str:
    """Return the address for a link, in the active language of the interface; a front page has its own language."""
    home = _home(get_script_prefix(), get_language())
    if path == "/":
        return home
    return path if is_front_page(path) else escape_leading_slashes(home + quote(path.removeprefix("/"), safe=UNQUOTED))


@cache
def _home(script: str, language: str | None) -> str:
    """Return the beginning of all addresses with the interface in this language, the one that is active."""
    return reverse("home")


def is_front_page(path: str) -> bool:
    """Whether it is the address of the front page, `/`, or of that in another language, `/en/`."""
    return path.strip("/") in {"", *dict(settings.LANGUAGES)}


def public_url(address: str) -> str:
    """The absolute URL of an address of this site, in ASCII; a URL of another site keeps its host."""
    return absolute_url(address, settings.SITE_URL)


def slug_of(text: str, fallback: str) -> str:
    """Return a readable last segment of an address, or `fallback`. Japanese stays as it is."""
    return slugify(unicodedata.normalize("NFKC", text), allow_unicode=True)[:80].strip("-_") or fallback


def numbered(name: str) -> Iterator[str]:
    """Yield `name`, `name-2`, `name-3` …, to be tried when two titles make the same slug."""
    yield name
    yield from (f"{name}-{n}" for n in count(2))


def is_free(path: str, holder: models.Model) -> bool:
    """Whether `holder` can have the address: no other view or thing has it, or had it."""
    try:
        validate_path(path, holder)
    except ValidationError as problem:
        if problem.code not in {"path_taken", "path_reserved", OLD_ADDRESS}:
            raise
        return False
    return True


def first_free(path: str, holder: models.Model) -> str:
    """Return `path`, or the first of `path-2`, `path-3` … that `holder` can have. A slash at the end stays there."""
    stem = path.rstrip("/")
    return next(free for each in numbered(stem) if is_free(free := each + path[len(stem) :], holder))


def as_ours(path: str) -> str:
    """Return an address of another site without spaces, which ours never have: `/my post/` → `/my-post/`."""
    return re.sub("[ \u3000]+", "-", path.strip())


def validate_path(path: str, holder: models.Model | None = None, *, is_old: bool = False) -> None:
    """Raise ValidationError if `path` cannot be an address of `holder`: badly spelled, of another view, or taken."""
    path = normalise(path)
    _validate_spelling(path, holder, is_old=is_old)
    if row := find_path(path):
        _demand_holder(row, holder)


def _validate_spelling(path: str, holder: models.Model | None, *, is_old: bool = False) -> None:
    """Raise ValidationError if the normalised `path` is badly spelled or belongs to another view."""
    if is_front_page(path) and holder is not None and not _is_answered_elsewhere(path, holder):
        return  # it introduces the front page
    segments = path.removeprefix("/").split("/")
    spelling = OLD_SEGMENT if is_old else SEGMENT
    is_spelled = all(spelling.fullmatch(segment) and segment not in {".", ".."} for segment in segments)
    if not is_spelled or len(path) > LONGEST or FORBIDDEN.search(path):
        raise ValidationError(
            _("“%(path)s” cannot be an address: use letters, digits, - _ . and /, at most %(most)d characters."),
            code="path_invalid",
            params={"path": path[:80], "most": LONGEST},
        )
    if segments[0] in dict(settings.LANGUAGES) or _is_answered_elsewhere(path, holder):
        raise ValidationError(
            _("“%(path)s” belongs to another page of the site. Choose another address."),
            code="path_reserved",
            params={"path": path},
        )


def can_be_spelled(path: str) -> bool:
    """Whether `path` can be the address of some content: well spelled, and of no other view."""
    try:
        _validate_spelling(normalise(path), None)
    except ValidationError:
        return False
    return True


def claim(holder: models.Model, path: str, *, keep: bool = False, is_new: bool = False) -> None:
    """Make `path` the current address of `holder`. The address before redirects if visitors may know it.

    A holder that `is_new` has had no address. Raises ValidationError if `holder` cannot have the address.
    """
    has_slash, path = path.endswith("/"), normalise(path)
    _validate_spelling(path, holder)
    if is_new:
        _take(holder, path, is_kept=keep, has_slash=has_slash)
        return
    claimed_or_current = (
        "SELECT * FROM content_path WHERE path = %s OR (content_type_id = %s AND object_id = %s AND is_current)"
    )
    rows = {row.path: row for row in Path.objects.raw(claimed_or_current, [path, *owner_of(holder)])}
    row = rows.pop(path, None)
    if row:
        _demand_holder(row, holder)
    else:
        row = _take(holder, path, is_kept=keep, has_slash=has_slash)
    for before in rows.values():
        if before.is_kept:
            before.is_current = False
            before.save(update_fields=["is_current"])
        else:
            before.delete()
    if not row.is_current or row.has_slash != has_slash or (keep and not row.is_kept):
        row.is_current, row.has_slash, row.is_kept = True, has_slash, row.is_kept or keep
        row.save(update_fields=["is_current", "has_slash", "is_kept"])


def claim_for_all(holders: Sequence[models.Model]) -> None:
    """Give new holders their addresses, which must be free, for good."""
    rows = (
        Path(**owned_by(each), path=normalise(each.path), has_slash=each.path.endswith("/"), is_kept=True)
        for each in holders
    )
    Path.objects.bulk_create(rows)


def find_free(paths: Iterable[str]) -> set[str]:
    """Return those of these addresses that any holder can have. One query."""
    spelled = {path: normalise(path) for path in paths if can_be_spelled(path)}
    taken = set(Path.objects.filter(path__in=spelled.values()).values_list("path", flat=True))
    return {path for path, spelling in spelled.items() if spelling not in taken}


def claim_old(holder: models.Model, path: str) -> None:
    """Let `path` redirect to `holder`. Raises ValidationError if `holder` cannot have the address."""
    path = normalise(path)
    _validate_spelling(path, holder, is_old=True)
    if row := find_path(path):
        _demand_holder(row, holder)
    else:
        _take(holder, path, is_current=False, is_kept=True)


def free(row: Path, *, user: "AbstractBaseUser | None") -> None:
    """Delete an old address, so that something else can have it, and log that for its thing.

    Raises ValidationError if it is the current address of its thing.
    """
    with transaction.atomic():
        SiteState.lock()
        if not Path.objects.filter(pk=row.pk, is_current=False).delete()[0]:
            text = _("“%(path)s” is the address of “%(other)s” now, and stays.")
            raise ValidationError(text, code="path_current", params={"path": row.path, "other": row.target})
        if hasattr(row.target, "log"):
            state = row.target.state()
            LogEntry.objects.create(
                target=row.target,
                user=user,
                title=str(row.target)[:300],
                from_state=state,
                to_state=state,
                note=_("The old address %(path)s was freed.") % {"path": row.path},
            )
        SiteState.rise()


def free_for(holder: models.Model, path: str, *, user: "AbstractBaseUser | None") -> None:
    """Free `path` if it is an old address of another thing than `holder`."""
    row = find_path(path)
    if row and not row.is_current and not _is_held(row, holder):
        free(row, user=user)


def keep_paths(holder: models.Model) -> None:
    """Keep the addresses of `holder` for good: from now on visitors know them."""
    paths_of(holder).update(is_kept=True)


def hand_over(old: models.Model, new: models.Model) -> None:
    """Let every address of `old` redirect to `new`, as when two tags are merged."""
    paths_of(old).update(**owned_by(new), is_current=False, is_kept=True)


def exchange(first: models.Model, second: models.Model, addresses: Iterable[str]) -> None:
    """Exchange the holders of those of these addresses that one of the two has."""
    rows = [(row, holder) for holder in (first, second) for row in paths_of(holder).filter(path__in=addresses)]
    for row, holder in rows:
        row.target = second if holder is first else first
        row.save(update_fields=["content_type", "object_id"])


def release(holder: models.Model) -> None:
    """Delete the addresses of something that is deleted for good."""
    paths_of(holder).delete()


def paths_of(holder: models.Model) -> models.QuerySet[Path]:
    return Path.objects.of(holder)


def find_path(path: str) -> Path | None:
    if FORBIDDEN.search(path):  # PostgreSQL would refuse the query itself
        return None
    return _find_row.first(normalise(path))


@Prepared
def _find_row(path: str) -> models.QuerySet[Path]:
    return Path.objects.filter(path=path)


def nobodys_path(kind: type[models.Model]) -> Path:
    """Return the unsaved row of an address that nothing has, to look for a `kind` in vain.

    So a 404 takes as long whether something hidden has the address or nothing: its time gives no draft away (timing
    attack).
    """
    return Path(content_type=ContentType.objects.get_for_model(kind), object_id=0)


def _take(holder: models.Model, path: str, **facts: bool) -> Path:
    """Return the row of an address that was free a moment ago. Raises ValidationError if another won the race."""
    row = Path(path=path, **owned_by(holder), **facts)
    names = [field.attname for field in Path._meta.concrete_fields if not field.primary_key]
    with connection.cursor() as cursor:
        # By hand, since Django does not return the key of a row that may be refused.
        cursor.execute(
            f"INSERT INTO content_path ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608  # nosec B608
            " ON CONFLICT (path) DO NOTHING RETURNING id",
            [getattr(row, name) for name in names],
        )
        taken = cursor.fetchone()
    if taken:
        (row.pk,), row._state.adding, row._state.db = taken, False, connection.alias
        return row
    row = Path.objects.get(path=path)
    _demand_holder(row, holder)
    return row


def _is_held(row: Path, holder: models.Model | None) -> bool:
    return holder is not None and row.owner == owner_of(holder)


def _demand_holder(row: Path, holder: models.Model | None) -> None:
    if _is_held(row, holder):
        return
    params = {"path": row.path, "other": row.target}
    if row.is_current:
        text = _("“%(path)s” is already the address of “%(other)s”. Choose another address.")
        raise ValidationError(text, code="path_taken", params=params)
    text = _("“%(path)s” is an old address of “%(other)s” and leads there. An editor can free it in the list of paths.")
    raise ValidationError(text, code=OLD_ADDRESS, params=params)


def _is_answered_elsewhere(path: str, holder: models.Model | None) -> bool:
    """Whether a fixed route answers this address and, by `INTRODUCED_BY`, shows no `holder` there."""
    return any(not isinstance(holder, INTRODUCED_BY.get(name, ())) for name in _fixed_routes(path))


@lru_cache(maxsize=1024)  # the address of one thing is asked for several times while it is written
def _fixed_routes(path: str) -> list[str]:
    """Return the names of the routes, other than that of content, that answer the address."""
    names = []
    with override(settings.LANGUAGE_CODE):
        for spelling in (path, path + "/"):
            try:
                match = resolve(spelling)
            except Resolver404:
                continue
            if match.url_name != CONTENT_VIEW:
                names.append(match.url_name)
    return names
