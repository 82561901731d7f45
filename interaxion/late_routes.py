"""Routes that are loaded when an address of them is asked for: most commands need the URL map without the admin."""

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern


class LateRoutes(URLResolver):
    """The routes in `module` below an address, in a namespace of their own. `include()` would load them at once."""

    def __init__(self, route: str, module: str, *, namespace: str) -> None:
        super().__init__(RoutePattern(route), module, app_name=namespace, namespace=namespace)

    def _populate(self) -> None:
        """Find no names for the whole map: `reverse()` looks for those of a namespace in its routes itself."""
