from django.apps import AppConfig


class ServingConfig(AppConfig):
    """An app without tables: Django looks for template tags in installed apps only."""

    name = "interaxion.serving"
    label = "serving"
