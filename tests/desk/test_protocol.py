"""The contract of the desk: mypy compares the signatures, the test finds what is missing."""

from typing import TYPE_CHECKING

import pytest

from courses.admin import ChapterAdmin, CourseAdmin
from episodes.admin import EpisodeAdmin
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.publishable_admin import PublishableAdmin
from interaxion.sitewide.admin import PageAdmin
from posts.admin import PostAdmin

if TYPE_CHECKING:
    # Django has no types, so mypy takes every ModelAdmin for everything. Of two bases it compares each method.
    class CheckedPublishableAdmin(PublishableAdmin, DeskAdmin): ...

    class CheckedEpisodeAdmin(EpisodeAdmin, DeskAdmin): ...


@pytest.mark.parametrize("model_admin", [EpisodeAdmin, PostAdmin, CourseAdmin, ChapterAdmin, PageAdmin])
def test_admin_of_content_implements_the_protocol(model_admin):
    methods = [name for name, value in vars(DeskAdmin).items() if callable(value) and not name.startswith("_")]

    assert len(methods) >= 12
    assert [name for name in methods if not callable(getattr(model_admin, name, None))] == []
    assert isinstance(model_admin.whole_form, dict)
