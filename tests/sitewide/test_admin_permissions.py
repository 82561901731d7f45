"""A table of every admin address × role × method. A new address fails until it is listed."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.changes.changes import Change
from interaxion.content.changes.recording import recording
from interaxion.content.files.models import store_file
from interaxion.content.jobs.job import Job
from interaxion.content.linking.works import Work
from interaxion.content.paths import Path
from interaxion.content.publishing.desk_settings import DeskSettings
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.revisions import Revision
from interaxion.content.publishing.working_copies import keep
from interaxion.content.saving.transitions import transition
from interaxion.content.search.synonyms import Synonyms
from interaxion.content.tags import Tag
from tests.factories import (
    make_category,
    make_chapter,
    make_course,
    make_editor,
    make_episode,
    make_host,
    make_letter,
    make_page,
    make_post,
    make_speaker,
    make_transcript,
    make_user,
)

pytestmark = pytest.mark.django_db

#: Route: the statuses of GET and of an empty POST for staff without permission, host, editor, superuser.
#: Without an account each one redirects to the login, except those in OPEN.
TABLE = """
                                                                | 200 200 200 200 | 200 200 200 200
(?P<url>.*)$                                                    | 404 404 404 404 | 404 404 404 404
app_list                                                        | 404 200 200 200 | 404 200 200 200
auth/group/                                                     | 403 403 403 200 | 403 403 403 200
auth/group/<path:object_id>/                                    | 302 302 302 302 | 302 302 302 302
auth/group/<path:object_id>/change/                             | 403 403 403 200 | 403 403 403 200
auth/group/<path:object_id>/delete/                             | 403 403 403 200 | 403 403 403 200
auth/group/<path:object_id>/history/                            | 403 403 403 200 | 403 403 403 200
auth/group/add/                                                 | 403 403 403 200 | 403 403 403 200
auth/user/                                                      | 403 403 403 200 | 403 403 403 200
auth/user/<id>/password/                                        | 403 403 403 200 | 403 403 403 200
auth/user/<path:object_id>/                                     | 302 302 302 302 | 302 302 302 302
auth/user/<path:object_id>/change/                              | 403 403 403 200 | 403 403 403 200
auth/user/<path:object_id>/delete/                              | 403 403 403 200 | 403 403 403 200
auth/user/<path:object_id>/history/                             | 403 403 403 200 | 403 403 403 200
auth/user/<path:object_id>/invite/                              | 403 403 403 200 | 403 403 403 200
auth/user/add/                                                  | 403 403 403 200 | 403 403 403 200
autocomplete/                                                   | 403 403 403 403 | 405 405 405 405
content/change/                                                 | 403 200 200 200 | 403 200 200 200
content/change/<path:object_id>/                                | 302 302 302 302 | 302 302 302 302
content/change/<path:object_id>/change/                         | 403 200 200 200 | 403 302 302 302
content/change/<path:object_id>/delete/                         | 403 403 403 403 | 403 403 403 403
content/change/<path:object_id>/history/                        | 403 200 200 200 | 403 200 200 200
content/change/add/                                             | 403 403 403 403 | 403 403 403 403
content/desksettings/                                           | 302 302 302 302 | 302 302 302 302
content/desksettings/<path:object_id>/                          | 302 302 302 302 | 302 302 302 302
content/desksettings/<path:object_id>/change/                   | 403 403 200 200 | 403 403 302 302
content/desksettings/<path:object_id>/delete/                   | 403 403 403 403 | 403 403 403 403
content/desksettings/<path:object_id>/history/                  | 403 403 200 200 | 403 403 200 200
content/desksettings/add/                                       | 403 403 403 403 | 403 403 403 403
content/logentry/                                               | 403 200 200 200 | 403 200 200 200
content/logentry/<path:object_id>/                              | 302 302 302 302 | 302 302 302 302
content/logentry/<path:object_id>/change/                       | 403 200 200 200 | 403 403 403 403
content/logentry/<path:object_id>/delete/                       | 403 403 403 403 | 403 403 403 403
content/logentry/<path:object_id>/history/                      | 302 200 200 200 | 302 200 200 200
content/logentry/add/                                           | 403 403 403 403 | 403 403 403 403
content/path/                                                   | 403 403 200 200 | 403 403 200 200
content/path/<path:object_id>/                                  | 302 302 302 302 | 302 302 302 302
content/path/<path:object_id>/change/                           | 403 403 200 200 | 403 403 403 403
content/path/<path:object_id>/delete/                           | 403 403 403 403 | 403 403 403 403
content/path/<path:object_id>/history/                          | 302 403 200 200 | 302 403 200 200
content/path/add/                                               | 403 403 403 403 | 403 403 403 403
content/revision/                                               | 403 200 200 200 | 403 200 200 200
content/revision/<path:object_id>/                              | 302 302 302 302 | 302 302 302 302
content/revision/<path:object_id>/change/                       | 403 200 200 200 | 403 403 403 403
content/revision/<path:object_id>/delete/                       | 403 403 403 403 | 403 403 403 403
content/revision/<path:object_id>/history/                      | 302 200 200 200 | 302 200 200 200
content/revision/add/                                           | 403 403 403 403 | 403 403 403 403
content/storedfile/                                             | 403 200 200 200 | 403 200 200 200
content/storedfile/<path:object_id>/                            | 302 302 302 302 | 302 302 302 302
content/storedfile/<path:object_id>/change/                     | 403 200 200 200 | 403 302 302 302
content/storedfile/<path:object_id>/delete/                     | 403 403 200 200 | 403 403 200 200
content/storedfile/<path:object_id>/history/                    | 403 200 200 200 | 403 200 200 200
content/storedfile/<path:object_id>/replace/                    | 405 405 405 405 | 403 403 302 302
content/storedfile/upload/                                      | 405 405 405 405 | 403 302 302 302
content/storedfile/add/                                         | 403 403 403 403 | 403 403 403 403
content/synonyms/                                               | 403 200 200 200 | 403 200 200 200
content/synonyms/<path:object_id>/                              | 302 302 302 302 | 302 302 302 302
content/synonyms/<path:object_id>/change/                       | 403 200 200 200 | 403 403 302 302
content/synonyms/<path:object_id>/delete/                       | 403 403 200 200 | 403 403 200 200
content/synonyms/<path:object_id>/history/                      | 403 200 200 200 | 403 200 200 200
content/synonyms/add/                                           | 403 403 200 200 | 403 403 200 200
content/tag/                                                    | 403 200 200 200 | 403 200 200 200
content/tag/<path:object_id>/                                   | 302 302 302 302 | 302 302 302 302
content/tag/<path:object_id>/change/                            | 403 200 200 200 | 403 200 200 200
content/tag/<path:object_id>/delete/                            | 403 403 200 200 | 403 403 200 200
content/tag/<path:object_id>/history/                           | 403 200 200 200 | 403 200 200 200
content/tag/add/                                                | 403 200 200 200 | 403 200 200 200
content/work/                                                   | 403 403 200 200 | 403 403 200 200
content/work/<path:object_id>/                                  | 302 302 302 302 | 302 302 302 302
content/work/<path:object_id>/change/                           | 403 403 200 200 | 403 403 302 302
content/work/<path:object_id>/delete/                           | 403 403 403 403 | 403 403 403 403
content/work/<path:object_id>/history/                          | 403 403 200 200 | 403 403 200 200
content/work/same/                                              | 403 403 200 200 | 403 403 302 302
content/work/add/                                               | 403 403 403 403 | 403 403 403 403
courses/chapter/                                                | 403 200 200 200 | 403 200 200 200
courses/chapter/<path:object_id>/                               | 302 302 302 302 | 302 302 302 302
courses/chapter/<path:object_id>/change/                        | 403 200 200 200 | 403 200 200 200
courses/chapter/<path:object_id>/change/autosave/               | 403 405 405 405 | 403 400 400 400
courses/chapter/<path:object_id>/change/check-links/            | 403 405 405 405 | 403 200 200 200
courses/chapter/<path:object_id>/change/remarks/                | 403 200 200 200 | 403 200 200 200
courses/chapter/<path:object_id>/change/preview/                | 403 405 405 405 | 403 422 422 422
courses/chapter/<path:object_id>/change/recover/                | 403 405 405 405 | 403 404 404 404
courses/chapter/<path:object_id>/change/share/                  | 403 200 200 200 | 403 400 400 400
courses/chapter/<path:object_id>/change/transition/             | 403 400 400 400 | 403 400 400 400
courses/chapter/<path:object_id>/delete/                        | 403 403 403 403 | 403 403 403 403
courses/chapter/<path:object_id>/history/                       | 403 200 200 200 | 403 200 200 200
courses/chapter/<path:object_id>/history/<int:number>/          | 403 200 200 200 | 403 200 200 200
courses/chapter/<path:object_id>/history/<int:number>/restore/  | 403 405 405 405 | 403 200 200 200
courses/chapter/<path:object_id>/history/compare/               | 403 302 302 302 | 403 302 302 302
courses/chapter/<path:object_id>/suggestions/<int:pk>/          | 403 403 404 404 | 403 403 404 404
courses/chapter/add/                                            | 403 200 200 200 | 403 200 200 200
courses/chapter/add/autosave/                                   | 403 405 405 405 | 403 400 400 400
courses/chapter/add/preview/                                    | 403 405 405 405 | 403 422 422 422
courses/chapter/add/recover/                                    | 403 405 405 405 | 403 404 404 404
courses/chapter/undo/                                           | 403 405 405 405 | 403 400 400 400
courses/course/                                                 | 403 200 200 200 | 403 200 200 200
courses/course/<path:object_id>/                                | 302 302 302 302 | 302 302 302 302
courses/course/<path:object_id>/change/                         | 403 200 200 200 | 403 200 200 200
courses/course/<path:object_id>/change/autosave/                | 403 405 405 405 | 403 400 400 400
courses/course/<path:object_id>/change/chapters/                | 403 405 405 405 | 403 302 302 302
courses/course/<path:object_id>/change/check-links/             | 403 405 405 405 | 403 200 200 200
courses/course/<path:object_id>/change/preview/                 | 403 405 405 405 | 403 422 422 422
courses/course/<path:object_id>/change/publish-chapters/        | 403 403 405 405 | 403 403 302 302
courses/course/<path:object_id>/change/remarks/                 | 403 200 200 200 | 403 200 200 200
courses/course/<path:object_id>/change/recover/                 | 403 405 405 405 | 403 404 404 404
courses/course/<path:object_id>/change/share/                   | 403 200 200 200 | 403 400 400 400
courses/course/<path:object_id>/change/transition/              | 403 400 400 400 | 403 400 400 400
courses/course/<path:object_id>/delete/                         | 403 403 403 403 | 403 403 403 403
courses/course/<path:object_id>/history/                        | 403 200 200 200 | 403 200 200 200
courses/course/<path:object_id>/history/<int:number>/           | 403 200 200 200 | 403 200 200 200
courses/course/<path:object_id>/history/<int:number>/restore/   | 403 405 405 405 | 403 200 200 200
courses/course/<path:object_id>/history/compare/                | 403 302 302 302 | 403 302 302 302
courses/course/<path:object_id>/suggestions/<int:pk>/           | 403 403 404 404 | 403 403 404 404
courses/course/add/                                             | 403 200 200 200 | 403 200 200 200
courses/course/add/autosave/                                    | 403 405 405 405 | 403 400 400 400
courses/course/add/preview/                                     | 403 405 405 405 | 403 422 422 422
courses/course/add/recover/                                     | 403 405 405 405 | 403 404 404 404
courses/course/undo/                                            | 403 405 405 405 | 403 400 400 400
episodes/episode/                                               | 403 200 200 200 | 403 200 200 200
episodes/episode/<path:object_id>/                              | 302 302 302 302 | 302 302 302 302
episodes/episode/<path:object_id>/change/                       | 403 200 200 200 | 403 200 200 200
episodes/episode/<path:object_id>/change/after-publishing/      | 403 200 200 200 | 403 400 400 400
episodes/episode/<path:object_id>/change/autosave/              | 403 405 405 405 | 403 400 400 400
episodes/episode/<path:object_id>/change/check-links/           | 403 405 405 405 | 403 200 200 200
episodes/episode/<path:object_id>/change/remarks/               | 403 200 200 200 | 403 200 200 200
episodes/episode/<path:object_id>/change/duplicate/             | 403 405 405 405 | 403 302 302 302
episodes/episode/<path:object_id>/change/preview/               | 403 405 405 405 | 403 422 422 422
episodes/episode/<path:object_id>/change/recover/               | 403 405 405 405 | 403 404 404 404
episodes/episode/<path:object_id>/change/share/                 | 403 200 200 200 | 403 400 400 400
episodes/episode/<path:object_id>/change/transition/            | 403 400 400 400 | 403 400 400 400
episodes/episode/<path:object_id>/change/short-notes/           | 403 200 200 200 | 403 200 200 200
episodes/episode/<path:object_id>/delete/                       | 403 403 403 403 | 403 403 403 403
episodes/episode/<int:pk>/chapters/<str:name>                   | 403 404 404 404 | 403 404 404 404
episodes/episode/<int:pk>/transcript/take/                      | 405 405 405 405 | 403 302 302 302
episodes/episode/<int:pk>/chapters/import/                      | 405 405 405 405 | 403 302 302 302
episodes/episode/<int:pk>/tag-audio/                            | 405 405 405 405 | 403 302 302 302
episodes/episode/<int:pk>/transcript/                           | 403 200 200 200 | 403 200 200 200
episodes/episode/<int:pk>/transcript/autosave/                  | 405 405 405 405 | 403 400 400 400
episodes/episode/<int:pk>/transcript/recover/                   | 405 405 405 405 | 403 404 404 404
episodes/episode/<int:pk>/transcript/save/                      | 405 405 405 405 | 403 400 400 400
episodes/episode/<int:pk>/transcript/transcribe/                | 405 405 405 405 | 403 302 302 302
episodes/episode/<int:pk>/transcript/words/                     | 405 405 405 405 | 403 422 422 422
episodes/episode/<path:object_id>/history/                      | 403 200 200 200 | 403 200 200 200
episodes/episode/<path:object_id>/history/<int:number>/         | 403 200 200 200 | 403 200 200 200
episodes/episode/<path:object_id>/history/<int:number>/restore/ | 403 405 405 405 | 403 200 200 200
episodes/episode/<path:object_id>/history/compare/              | 403 302 302 302 | 403 302 302 302
episodes/episode/<path:object_id>/suggestions/<int:pk>/         | 403 403 200 200 | 403 403 200 200
episodes/episode/add/                                           | 403 200 200 200 | 403 200 200 200
episodes/episode/add/autosave/                                  | 403 405 405 405 | 403 400 400 400
episodes/episode/add/preview/                                   | 403 405 405 405 | 403 422 422 422
episodes/episode/add/recover/                                   | 403 405 405 405 | 403 404 404 404
episodes/episode/undo/                                          | 403 405 405 405 | 403 400 400 400
episodes/letter/                                                | 403 200 200 200 | 403 200 200 200
episodes/letter/<path:object_id>/                               | 302 302 302 302 | 302 302 302 302
episodes/letter/<path:object_id>/change/                        | 403 200 200 200 | 403 200 200 200
episodes/letter/<path:object_id>/delete/                        | 403 403 200 200 | 403 403 200 200
episodes/letter/<path:object_id>/history/                       | 403 200 200 200 | 403 200 200 200
episodes/letter/add/                                            | 403 403 403 403 | 403 403 403 403
episodes/podcast/                                               | 302 302 302 302 | 302 302 302 302
episodes/podcast/<path:object_id>/                              | 302 302 302 302 | 302 302 302 302
episodes/podcast/<path:object_id>/change/                       | 403 200 200 200 | 403 403 200 200
episodes/podcast/<path:object_id>/delete/                       | 403 403 403 403 | 403 403 403 403
episodes/podcast/<path:object_id>/history/                      | 403 200 200 200 | 403 200 200 200
episodes/podcast/follow/                                        | 405 405 405 405 | 403 403 302 302
episodes/podcast/add/                                           | 403 403 403 403 | 403 403 403 403
episodes/speaker/                                               | 403 200 200 200 | 403 200 200 200
episodes/speaker/<path:object_id>/                              | 302 302 302 302 | 302 302 302 302
episodes/speaker/<path:object_id>/change/                       | 403 200 200 200 | 403 200 200 200
episodes/speaker/<path:object_id>/delete/                       | 403 403 200 200 | 403 403 200 200
episodes/speaker/<path:object_id>/history/                      | 403 200 200 200 | 403 200 200 200
episodes/speaker/add/                                           | 403 200 200 200 | 403 200 200 200
episodes/speaker/hosts/                                         | 403 403 200 200 | 403 403 200 200
files/                                                          | 403 200 200 200 | 405 405 405 405
import/                                                         | 403 403 200 200 | 403 403 200 200
import/feed/                                                    | 403 403 200 200 | 403 403 200 200
import/<int:pk>/pages/                                          | 403 403 404 404 | 405 405 405 405
import/<int:pk>/pages/<path:path>                               | 403 403 404 404 | 405 405 405 405
jobs/                                                           | 200 200 200 200 | 200 200 200 200
jobs/<int:pk>/                                                  | 403 403 200 200 | 403 403 200 200
jobs/<int:pk>/status/                                           | 403 403 200 200 | 403 403 200 200
jobs/<int:pk>/stop/                                             | 403 403 405 405 | 403 403 302 302
jobs/<int:pk>/try-again/                                        | 403 403 405 405 | 403 403 302 302
jsi18n/                                                         | 200 200 200 200 | 405 405 405 405
links/replace/                                                  | 403 403 200 200 | 403 403 200 200
login/                                                          | 302 302 302 302 | 200 200 200 200
logout/                                                         | 405 405 405 405 | 200 200 200 200
markdownx/markdownify/                                          | 405 405 405 405 | 403 400 400 400
markdownx/upload/                                               | 405 405 405 405 | 403 400 400 400
password_change/                                                | 200 200 200 200 | 200 200 200 200
password_change/done/                                           | 200 200 200 200 | 405 405 405 405
password_reset/                                                 | 200 200 200 200 | 200 200 200 200
password_reset/done/                                            | 200 200 200 200 | 405 405 405 405
posts/category/                                                 | 403 200 200 200 | 403 200 200 200
posts/category/<path:object_id>/                                | 302 302 302 302 | 302 302 302 302
posts/category/<path:object_id>/change/                         | 403 200 200 200 | 403 403 200 200
posts/category/<path:object_id>/delete/                         | 403 403 200 200 | 403 403 200 200
posts/category/<path:object_id>/history/                        | 403 200 200 200 | 403 200 200 200
posts/category/add/                                             | 403 403 200 200 | 403 403 200 200
posts/post/                                                     | 403 200 200 200 | 403 200 200 200
posts/post/<path:object_id>/                                    | 302 302 302 302 | 302 302 302 302
posts/post/<path:object_id>/change/                             | 403 200 200 200 | 403 200 200 200
posts/post/<path:object_id>/change/autosave/                    | 403 405 405 405 | 403 400 400 400
posts/post/<path:object_id>/change/check-links/                 | 403 405 405 405 | 403 200 200 200
posts/post/<path:object_id>/change/remarks/                     | 403 200 200 200 | 403 200 200 200
posts/post/<path:object_id>/change/duplicate/                   | 403 405 405 405 | 403 302 302 302
posts/post/<path:object_id>/change/preview/                     | 403 405 405 405 | 403 422 422 422
posts/post/<path:object_id>/change/recover/                     | 403 405 405 405 | 403 404 404 404
posts/post/<path:object_id>/change/share/                       | 403 200 200 200 | 403 400 400 400
posts/post/<path:object_id>/change/transition/                  | 403 400 400 400 | 403 400 400 400
posts/post/<path:object_id>/delete/                             | 403 403 403 403 | 403 403 403 403
posts/post/<path:object_id>/history/                            | 403 200 200 200 | 403 200 200 200
posts/post/<path:object_id>/history/<int:number>/               | 403 200 200 200 | 403 200 200 200
posts/post/<path:object_id>/history/<int:number>/restore/       | 403 405 405 405 | 403 200 200 200
posts/post/<path:object_id>/history/compare/                    | 403 302 302 302 | 403 302 302 302
posts/post/<path:object_id>/suggestions/<int:pk>/               | 403 403 404 404 | 403 403 404 404
posts/post/add/                                                 | 403 200 200 200 | 403 200 200 200
posts/post/add/autosave/                                        | 403 405 405 405 | 403 400 400 400
posts/post/add/preview/                                         | 403 405 405 405 | 403 422 422 422
posts/post/add/recover/                                         | 403 405 405 405 | 403 404 404 404
posts/post/undo/                                                | 403 405 405 405 | 403 400 400 400
r/<path:content_type_id>/<path:object_id>/                      | 404 404 404 404 | 404 404 404 404
reset/<uidb64>/<token>/                                         | 200 200 200 200 | 200 200 200 200
reset/done/                                                     | 200 200 200 200 | 405 405 405 405
sitewide/page/                                                  | 403 403 200 200 | 403 403 200 200
sitewide/page/<path:object_id>/                                 | 302 302 302 302 | 302 302 302 302
sitewide/page/<path:object_id>/change/                          | 403 403 200 200 | 403 403 200 200
sitewide/page/<path:object_id>/change/autosave/                 | 403 403 405 405 | 403 403 400 400
sitewide/page/<path:object_id>/change/check-links/              | 403 403 405 405 | 403 403 200 200
sitewide/page/<path:object_id>/change/preview/                  | 403 403 405 405 | 403 403 200 200
sitewide/page/<path:object_id>/change/remarks/                  | 403 403 200 200 | 403 403 200 200
sitewide/page/<path:object_id>/change/recover/                  | 403 403 405 405 | 403 403 404 404
sitewide/page/<path:object_id>/change/share/                    | 403 403 200 200 | 403 403 400 400
sitewide/page/<path:object_id>/change/transition/               | 403 403 400 400 | 403 403 400 400
sitewide/page/<path:object_id>/delete/                          | 403 403 403 403 | 403 403 403 403
sitewide/page/<path:object_id>/history/                         | 403 403 200 200 | 403 403 200 200
sitewide/page/<path:object_id>/history/<int:number>/            | 403 403 200 200 | 403 403 200 200
sitewide/page/<path:object_id>/history/<int:number>/restore/    | 403 403 405 405 | 403 403 200 200
sitewide/page/<path:object_id>/history/compare/                 | 403 403 302 302 | 403 403 302 302
sitewide/page/<path:object_id>/suggestions/<int:pk>/            | 403 403 404 404 | 403 403 404 404
sitewide/page/add/                                              | 403 403 200 200 | 403 403 200 200
sitewide/page/add/autosave/                                     | 403 403 405 405 | 403 403 400 400
sitewide/page/add/preview/                                      | 403 403 405 405 | 403 403 200 200
sitewide/page/add/recover/                                      | 403 403 405 405 | 403 403 404 404
sitewide/page/undo/                                             | 403 403 405 405 | 403 403 400 400
search/                                                         | 200 200 200 200 | 200 200 200 200
sessions/end/                                                   | 405 405 405 405 | 302 302 302 302
inbox/                                                          | 403 200 200 200 | 403 400 400 400
inbox/add/                                                      | 403 200 200 200 | 403 200 200 200
inbox/links/                                                    | 403 200 200 200 | 405 405 405 405
manifest.webmanifest                                            | 200 200 200 200 | 405 405 405 405
choose/                                                         | 403 200 200 200 | 405 405 405 405
names/                                                          | 403 200 200 200 | 405 405 405 405
mails/                                                          | 405 405 405 405 | 302 302 302 302
handbook/                                                       | 200 200 200 200 | 405 405 405 405
paste/                                                          | 405 405 405 405 | 403 400 400 400
titles/                                                         | 405 405 405 405 | 403 400 400 400
"""
OPEN = {
    "login/": (200, 200),
    "jsi18n/": (302, 302),
    "password_reset/": (200, 200),
    "password_reset/done/": (200, 405),
    "reset/<uidb64>/<token>/": (200, 200),
    "reset/done/": (200, 405),
}


def routes(patterns: list, prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield "app_list" if route.startswith("^(?P<app_label>") else route


def parse_table() -> dict[str, tuple[list[int], list[int]]]:
    table = {}
    for line in TABLE.strip("\n").splitlines():
        route, get, post = (column.strip() for column in line.rsplit("|", 2))
        table[route] = [int(code) for code in get.split()], [int(code) for code in post.split()]
    return table


@pytest.fixture
def things(settings) -> dict[str, int]:
    settings.DEBUG = False
    settings.SENDS_MAIL = True
    return make_things()


def make_change(episode: Episode) -> Change:
    with recording("a change", user=None) as record, record.step():
        transition(episode, to="published", user=None)
    return record.change


def make_things() -> dict[str, int]:
    """Return one row of each model, by the start of its routes."""
    episode = make_episode(notes="### 0:00 話\n\n本文\n")
    make_transcript(episode=episode, published=False)
    transition(episode, to="review", user=None)
    Podcast(pk=1, title="番組").save()
    made = {
        "episodes/episode/": episode,
        "episodes/speaker/": make_speaker(),
        "episodes/podcast/": Podcast.current(),
        "episodes/letter/": make_letter(),
        "posts/post/": make_post(),
        "posts/category/": make_category(),
        "courses/course/": make_course(),
        "courses/chapter/": make_chapter(),
        "sitewide/page/": make_page(),
        "content/desksettings/": DeskSettings(pk=1),
        "content/change/": make_change(episode),
        "content/synonyms/": Synonyms.objects.create(words=["海", "うみ"]),
        "content/tag/": Tag.objects.create(name="格子"),
        "content/work/": Work.objects.create(kind="url", key="url:example.org", url="https://example.org/"),
        "content/path/": Path.objects.first(),
        "content/storedfile/": store_file("x.vtt", b"WEBVTT\n"),
        "content/revision/": Revision.objects.first(),
        "content/logentry/": LogEntry.objects.first(),
        "auth/user/": make_user(name="someone"),
        "auth/group/": Group.objects.get(name="host"),
    }
    suggestion = keep(make_host(), Episode, episode.pk, "a-key-of-a-form", data="title=x", base_version=1)
    suggestion.submitted_at = timezone.now()
    suggestion.save()
    job = Job.objects.create(kind="import", subject="a file")
    return {start: thing.pk for start, thing in made.items()} | {"suggestion": suggestion.pk, "job": job.pk}


def address(route: str, things: dict[str, int]) -> str:
    start = next((start for start in things if route.startswith(start)), "")
    route = route.replace("<path:object_id>", str(things.get(start))).replace("<id>", str(things.get(start)))
    route = route.replace("r/<path:content_type_id>", "r/1").replace("<int:number>", "1")
    route = route.replace("jobs/<int:pk>", f"jobs/{things['job']}")
    route = route.replace("<int:pk>", str(things["suggestion"]))
    if route == "app_list":
        route = "episodes/"
    elif route == "(?P<url>.*)$":
        route = "nothing/"
    return "/en/admin/" + route


def all_routes() -> list[str]:
    return sorted(set(routes(admin.site.get_urls())))


def test_every_address_is_listed():
    listed = parse_table()

    assert [route for route in all_routes() if route not in listed] == []
    assert [route for route in listed if route not in all_routes()] == []


@pytest.mark.parametrize("role", ["nobody", "host", "editor", "superuser"])
def test_address_answers_by_role(client, things, role):
    make = {
        "nobody": lambda: make_user(group=Group.objects.create(name="nobody").name),
        "host": make_host,
        "editor": make_editor,
        "superuser": lambda: make_user(is_superuser=True),
    }[role]
    user = make()
    column = ["nobody", "host", "editor", "superuser"].index(role)
    wrong = []

    for route, (get, post) in parse_table().items():
        for method, expected in (("get", get[column]), ("post", post[column])):
            if "_auth_user_id" not in client.session:  # one of the addresses logs out
                client.force_login(user)
            answer = getattr(client, method)(address(route, things)).status_code
            if answer != expected:
                wrong.append(f"{method} {route}: {answer}, not {expected}")

    assert wrong == []


def test_address_is_closed_without_an_account(client, things):
    wrong = []

    for route in parse_table():
        for index, method in enumerate(("get", "post")):
            response = getattr(client, method)(address(route, things))
            expected = OPEN.get(route, (302, 302))[index]
            if response.status_code != expected or (
                expected == 302 and not response["Location"].startswith("/en/admin/")
            ):
                wrong.append(f"{method} {route}: {response.status_code}")

    assert wrong == []


def test_groups_may_what_they_are_for(things):
    host, editor = make_host(), make_editor()
    kinds = ("episodes.{}_episode", "posts.{}_post", "courses.{}_course", "courses.{}_chapter")

    assert all(host.has_perm(kind.format("change")) and not host.has_perm(kind.format("publish")) for kind in kinds)
    assert all(editor.has_perm(kind.format("publish")) for kind in kinds)
    assert not [kind for kind in kinds if editor.has_perm(kind.format("delete"))]
    assert not host.has_perm("sitewide.change_page") and not host.has_perm("episodes.change_podcast")


def test_groups_can_be_written_again():
    before = {group.name: set(group.permissions.all()) for group in Group.objects.all()}

    import_module("interaxion.sitewide.migrations.0001_first_release").write_groups(apps, None)

    assert {group.name: set(group.permissions.all()) for group in Group.objects.all()} == before
