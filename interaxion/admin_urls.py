"""The routes of the admin. The admin modules of the apps are imported with them."""

from django.contrib import admin

admin.autodiscover()
urlpatterns = admin.site.urls[0]
