"""Whatever is edited, every page is as if it were made from the sources now, and so are the derived rows.

`make drills` runs many more edits.
"""

from random import Random

import pytest
from django.utils import timezone
from freezegun import freeze_time

from tests.oracle.pages import look_after_edits
from tests.oracle.site import make_site
from tests.sitewide.test_derived_rows import assert_nothing_is_left_to_rebuild

#: Another seed is another history. `make drills` takes a new one each time.
SEED = 20


@pytest.mark.django_db
@pytest.mark.postgres
def test_every_kept_page_is_the_page_made_anew_after_each_of_fifty_edits():
    dice = Random(SEED)  # noqa: S311  the same edits each time
    with freeze_time(timezone.now()) as clock:
        make_site(dice)
        edits = list(look_after_edits(dice, clock, edits=50, most=60, watched=3))
        assert_nothing_is_left_to_rebuild()

    assert len(edits) == 50
