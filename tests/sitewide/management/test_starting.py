import os
import subprocess
import sys

from django.core.management import get_commands, load_command_class

from interaxion.settings import BASE_DIR

#: Imported when somebody needs them.
LATER = (
    "interaxion.urls",
    "interaxion.admin_urls",
    "interaxion.sitewide.admin",
    "interaxion.sitewide.desk.import_jobs",
    "interaxion.sitewide.freezing.site",
    "interaxion.text.kramdown",
    "html_to_markdown",
    "latex2mathml",
)


def test_start_of_a_command_leaves_out_what_few_commands_need():
    assert set(LATER) & _modules_after("import sys, django; django.setup()") == set()


def test_the_address_of_a_page_needs_no_admin():
    script = "import sys, django; django.setup(); from django.urls import resolve, reverse; resolve(reverse('works'))"
    names = _modules_after(script)
    assert "interaxion.urls" in names
    assert {"interaxion.admin_urls", "interaxion.sitewide.admin"} & names == set()


def test_commands_leave_the_system_checks_to_prepare():
    ours = {name: app for name, app in get_commands().items() if app in {"interaxion.sitewide", "episodes"}}
    checked = {name for name, app in ours.items() if load_command_class(app, name).requires_system_checks}
    assert checked == {"prepare"}


def _modules_after(script: str) -> set[str]:
    """Return the names of the modules that a process has loaded after this."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "interaxion.settings"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"{script}; print(*sys.modules)"],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())
