from django.db import migrations


def forget_dates(apps, schema_editor):
    """What links and search rows say of the entries of a glossary."""
    kind = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="posts", model="post").first()
    entries = apps.get_model("posts", "Post")._base_manager.filter(category__slug="keywords").values("pk")
    for name in ("Link", "SearchRow") if kind else ():
        rows = apps.get_model("content", name)._base_manager.filter(content_type_id=kind.pk, object_id__in=entries)
        rows.update(dated_at=None)


class Migration(migrations.Migration):
    dependencies = [("posts", "0001_initial"), ("content", "0008_dated_at")]

    operations = [migrations.RunPython(forget_dates, migrations.RunPython.noop, elidable=True)]
