"""The record of an imported file: enough to know that nothing changed, and whether a person has edited since."""

from django.db import models
from django.utils import timezone

from interaxion.content.owned_rows import OwnedRow


class ImportedFile(OwnedRow):
    #: The name inside the folder that was imported, such as `_posts/2026/2026-04-01-ep1.md`.
    name = models.CharField(max_length=500)
    #: SHA-256 of the file, the inputs of the run and the version of the importer.
    digest = models.CharField(max_length=64)
    #: What is known of the file without reading it again while it is unchanged: `files` that it names (the address as
    #: written → SHA-256, "" if missing), the `keys` of the things that it became, the address that it has `stated`; of
    #: an export also the files that its thing was `restored` from (name → SHA-256).
    facts = models.JSONField(default=dict, blank=True)
    #: The thing's version right after the import: a higher one means that a person saved it since.
    version = models.PositiveIntegerField()
    #: The front matter as it was in the file, and those of its keys that no field holds.
    front_matter = models.TextField(blank=True)
    extra = models.JSONField(default=dict, blank=True)
    is_demo = models.BooleanField(default=False)
    imported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "name"], name="content_importedfile_thing_name_unique"
            )
        ]
        indexes = [models.Index(fields=["content_type", "object_id"]), models.Index(fields=["name"])]

    def __str__(self) -> str:
        return self.name
