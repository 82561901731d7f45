"""The ASGI entry point for servers."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interaxion.settings")

application = get_asgi_application()
