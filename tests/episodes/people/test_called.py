"""Names that notes give to the account of a speaker."""

import pytest

from episodes.people.called import keep_names, names_of_accounts
from tests.factories import make_speaker

ACCOUNT = "https://x.com/someone"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"[みなみさん]({ACCOUNT})と話しました。", [("someone", "みなみ")]),
        (
            "[きた](https://www.twitter.com/Some_One/)と[東ちゃん](http://twitter.com/east)",
            [("some_one", "きた"), ("east", "東")],
        ),
        ("[海の話 (@someone) / Twitter](https://x.com/someone)", []),
        ("[ひとこと](https://x.com/someone/status/123)", []),
        ("[さん](https://x.com/someone)", []),
    ],
)
def test_name_is_what_the_text_links_to_the_account(text, names):
    assert list(names_of_accounts(text)) == names


@pytest.mark.django_db
def test_name_beside_the_account_of_a_speaker_becomes_an_alias_and_a_reading():
    speaker = make_speaker(name="南風", links=["https://twitter.com/Someone"])

    keep_names(f"[はえさん]({ACCOUNT})と[南風]({ACCOUNT})、[なんぷう]({ACCOUNT})", [speaker])

    speaker.refresh_from_db()
    assert (speaker.aliases, speaker.reading) == (["はえ", "なんぷう"], "はえ")


@pytest.mark.django_db
def test_name_of_somebody_else_is_no_alias():
    speaker = make_speaker(name="南風", links=[ACCOUNT], reading="はえ")
    make_speaker(name="北風", aliases=["きた"])

    keep_names(f"[きた]({ACCOUNT})と[北風さん]({ACCOUNT})", [speaker])

    speaker.refresh_from_db()
    assert (speaker.aliases, speaker.reading) == ([], "はえ")


@pytest.mark.django_db
def test_kana_are_no_reading_of_a_name_in_letters():
    speaker = make_speaker(name="minami", links=[ACCOUNT])

    keep_names(f"[ミナミ]({ACCOUNT})", [speaker])

    speaker.refresh_from_db()
    assert (speaker.aliases, speaker.reading) == (["ミナミ"], "")
