"""Everything under /clienten/; the name of a URL is the name of its act where it is that act's one page."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
