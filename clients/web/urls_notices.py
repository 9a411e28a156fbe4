"""Notices, under /clienten/: their list and page, the print runs of deliveries, the decisions of the directie."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clients.web import views_notice_runs as runs
from clients.web import views_notices as views

urlpatterns: list[URLPattern | URLResolver] = [
    path("kennisgevingen/", views.notice_list, name="notice.list"),
    path("kennisgevingen/uitzonderingen/", runs.exceptions, name="notice.exceptions"),
    path("kennisgevingen/uitzonderingen/<uuid:notice>/", runs.decide, name="notice.except"),
    path("kennisgevingen/aanlevering/<uuid:delivery>/", runs.run, name="notice.run"),
    path("kennisgevingen/aanlevering/<uuid:delivery>/maken/", runs.run_make, name="notice.run_make"),
    path("kennisgevingen/aanlevering/<uuid:delivery>/afdruk/<int:part>/", runs.run_pdf, name="notice.run_pdf"),
    path("kennisgevingen/aanlevering/<uuid:delivery>/verstuurd/", runs.run_sent, name="notice.run_sent"),
    path("<uuid:involvement>/kennisgeving/", views.notice_page, name="notice.send"),
    path("<uuid:involvement>/kennisgeving/brief/", views.letter_pdf, name="notice.letter"),
    path("<uuid:involvement>/kennisgeving/brief/maken/", views.letter_make, name="notice.letter_make"),
    path("<uuid:involvement>/kennisgeving/verstuurd/", views.letter_sent, name="notice.letter_sent"),
    path("<uuid:involvement>/kennisgeving/andere-vorm/", views.told_otherwise, name="notice.otherwise"),
    path("<uuid:involvement>/kennisgeving/al-bekend/", views.known, name="notice.known"),
    path("<uuid:involvement>/kennisgeving/uitzondering/", views.ask_exception, name="notice.ask_exception"),
]
