"""The language of a text that does not state it."""

import pytest

from interaxion.text.languages import language_of_text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("波の話をします。", "ja"),
        ("We talk about the waves of the sea, and that is it.", "en"),
        ("We talk about 「波」 and the sea: it is the same word for this.", "en"),
        ("Python の使い方です。\n\n```python\n" + "print('this is the code for you')\n" * 20 + "```\n", "ja"),
        ("Wir reden über die Wellen und das Meer.", ""),
        ("https://a.example/", ""),
        ("波 海", ""),
        ("", ""),
    ],
)
def test_language_is_that_of_the_words(text, language):
    assert language_of_text(text) == language
