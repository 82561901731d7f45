import os
import subprocess
import sys

from django.core.management import get_commands, load_command_class

from interaxion.settings import BASE_DIR

#: Imported when somebody needs them.
LATER = (
    "interaxion.urls",
    "interaxion.sitewide.admin",
    "interaxion.sitewide.desk.import_jobs",
    "interaxion.sitewide.freezing.site",
    "interaxion.text.kramdown",
    "html_to_markdown",
    "latex2mathml",
)


def test_start_of_a_command_leaves_out_what_few_commands_need():
    script = "import sys, django; django.setup(); print(*sys.modules)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "interaxion.settings"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    assert set(LATER) & set(done.stdout.split()) == set()


def test_commands_leave_the_system_checks_to_prepare():
    ours = {name: app for name, app in get_commands().items() if app in {"interaxion.sitewide", "episodes"}}
    checked = {name for name, app in ours.items() if load_command_class(app, name).requires_system_checks}
    assert checked == {"prepare"}
