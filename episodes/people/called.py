"""Names by which people are called: those that notes give to an account which a speaker has, kept as aliases."""

import re
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError

from episodes.people.speakers import Speaker, find_speakers, fold_name
from interaxion.text.search.folding import KATAKANA

_ACCOUNT = r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/@?(?P<account>\w{1,15})/?"
#: `[ぶひん](https://x.com/someone)`. A name is short and has none of the signs of a title.
_NAMED = re.compile(rf"\[(?P<name>[^\[\]()/@|\n]{{1,20}})\]\({_ACCOUNT}\)")
_LINK = re.compile(_ACCOUNT)
_HONORIFIC = re.compile("(?:さん|さま|様|ちゃん|くん|君|氏|先生|せんせい|博士)\\Z")
_KANA = re.compile("[ぁ-ゖァ-ヶー・ ]+")
_KANJI = re.compile("[\u3400-\u9fff々]")


def names_of_accounts(text: str) -> Iterator[tuple[str, str]]:
    """Yield each name that a text gives to an account, with the account in lower case; without an honorific."""
    for found in _NAMED.finditer(text):
        name = _HONORIFIC.sub("", " ".join(found["name"].split()))
        if name:
            yield found["account"].lower(), name


def keep_names(text: str, speakers: Iterable[Speaker]) -> None:
    """Give these speakers the names by which the text links their accounts, unless somebody else is called so.

    Where such a name is in kana and the speaker's own has kanji, it is also how that is read.
    """
    by_account = {account: speaker for speaker in speakers for account in _accounts_of(speaker)}
    found = [(by_account[account], name) for account, name in names_of_accounts(text) if account in by_account]
    new = [(speaker, name) for speaker, name in found if fold_name(name) not in map(fold_name, speaker.names)]
    if not new:
        return
    taken = find_speakers(name for _speaker, name in new)
    for speaker, name in dict.fromkeys(new):
        if taken.setdefault(fold_name(name), speaker) != speaker:
            continue
        speaker.aliases = [*speaker.aliases, name]
        if not speaker.reading and _KANJI.search(speaker.name) and _KANA.fullmatch(name):
            speaker.reading = name.translate(KATAKANA)
        try:
            speaker.full_clean()
        except ValidationError:
            speaker.refresh_from_db()  # no name that could be typed, either
        else:
            speaker.save()


def _accounts_of(speaker: Speaker) -> Iterator[str]:
    matches = (_LINK.fullmatch(link) for link in speaker.links)
    return (match["account"].lower() for match in matches if match)
