#!/usr/bin/env python
"""Django's command line for this project. What an operator can cure is told in one line."""

import gc
import os
import sys
from importlib import import_module

from django import setup
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from interaxion.server.memory import collect_seldom

if __name__ == "__main__":
    gc.disable()  # while the site is loaded there is no garbage
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interaxion.settings")
    try:
        import_module("interaxion.settings")
    except (ImproperlyConfigured, ValueError) as problem:
        sys.exit(f"Settings: {problem}")
    setup()
    gc.freeze()
    gc.enable()
    collect_seldom()
    from django.db import Error

    from interaxion.serving.errors.pages import is_database_away

    try:
        execute_from_command_line(sys.argv)
    except Error as problem:
        if not is_database_away(problem):
            raise
        sys.exit(f"The database does not answer (DATABASE_URL): {' '.join(str(problem).split())}")
