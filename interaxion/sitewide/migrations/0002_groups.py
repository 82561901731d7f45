"""The groups "host" and "editor" with their permissions. May run again: it adds what is missing and takes nothing."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

APPS = ("content", "episodes", "posts", "courses", "sitewide")
WRITE = ("add", "change", "view")
WHOLE = (*WRITE, "delete")

#: (app, model): what may be done with it.
HOST = {
    ("episodes", "episode"): WRITE,
    ("episodes", "appearance"): WHOLE,
    ("episodes", "linksection"): WHOLE,
    ("episodes", "speaker"): WRITE,
    ("episodes", "podcast"): ("view",),
    ("posts", "post"): WRITE,
    ("posts", "postauthorship"): WHOLE,
    ("posts", "category"): ("view",),
    ("courses", "course"): WRITE,
    ("courses", "chapter"): WRITE,
    ("courses", "chapterauthorship"): WHOLE,
    ("content", "tag"): WRITE,
    ("content", "storedfile"): WRITE,
    ("content", "revision"): ("view",),
    ("content", "logentry"): ("view",),
}
EDITOR = {
    ("episodes", "episode"): ("publish",),
    ("episodes", "speaker"): ("delete",),
    ("episodes", "podcast"): ("change",),
    ("posts", "post"): ("publish",),
    ("posts", "category"): WHOLE,
    ("courses", "course"): ("publish",),
    ("courses", "chapter"): ("publish",),
    ("content", "tag"): ("delete",),
    ("content", "work"): ("change", "delete", "view"),
    ("content", "desksettings"): ("view", "change"),
    ("sitewide", "page"): (*WRITE, "publish"),
}


def write_groups(apps, schema_editor):
    for label in APPS:  # permissions come after all migrations otherwise
        create_permissions(installed.get_app_config(label), apps=apps, verbosity=0)
    host = apps.get_model("auth", "Group").objects.get_or_create(name="host")[0]
    editor = apps.get_model("auth", "Group").objects.get_or_create(name="editor")[0]
    for group, rights in ((host, HOST), (editor, HOST), (editor, EDITOR)):
        for (label, model), verbs in rights.items():
            for verb in verbs:
                permission = apps.get_model("auth", "Permission").objects.get(
                    content_type__app_label=label, content_type__model=model, codename=f"{verb}_{model}"
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("content", "0002_search_index"),
        ("episodes", "0001_initial"),
        ("posts", "0001_initial"),
        ("courses", "0001_initial"),
        ("sitewide", "0001_initial"),
    ]

    operations = [migrations.RunPython(write_groups, migrations.RunPython.noop, elidable=False)]
