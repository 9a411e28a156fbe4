"""Every URL of the house; each names its act (a system check holds it to that)."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from werkcontact.desk.health import health
from werkcontact.desk.home import home
from werkcontact.desk.pages import keys, rulebook
from werkcontact.desk.purpose import state

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("gezondheid", health, name="health"),
    path("reglement/", rulebook, name="rulebook.view"),
    path("toetsen/", keys, name="keys"),
    path("waarvoor/", state, name="purpose.state"),
    path("", include("werkcontact.office.web.urls")),
    path("clienten/", include("clients.web.urls")),
    path("aanleveringen/", include("clients.web.urls_deliveries")),
    path("dossiers/", include("dossiers.web.urls")),
    path("verzoeken/", include("requests_app.web.urls")),
    path("beheer/", admin.site.urls),
]
