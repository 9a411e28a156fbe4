"""Everything under /dossiers/; the name of a URL is the name of its act where it is that act's one page."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from dossiers.web import views_documents, views_notes, views_reports

urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:involvement>/", views_documents.timeline_page, name="document.list"),
    path("<uuid:involvement>/gespreksverslag/", views_reports.contact_report, name="contact_report.write"),
    path("<uuid:involvement>/rapportage/", views_reports.report, name="report.write"),
    path("<uuid:involvement>/stuk/", views_documents.add, name="document.add"),
    path("<uuid:involvement>/werkaantekeningen/", views_notes.own, name="work_note.list"),
    path("stukken/<uuid:document>/", views_documents.read, name="document.read"),
    path("stukken/<uuid:document>/versies/<int:number>/", views_documents.download, name="document.download"),
    path("stukken/<uuid:document>/verbeteren/", views_documents.revise, name="document.revise"),
    path("stukken/<uuid:document>/gegevens/", views_documents.classify, name="document.classify"),
    path("stukken/<uuid:document>/concept/", views_reports.edit, name="report.edit"),
    path("stukken/<uuid:document>/concept/weg/", views_reports.drop, name="report.drop"),
    path("werkaantekeningen/<uuid:note>/weg/", views_notes.drop, name="work_note.drop"),
    path("werkaantekeningen/<uuid:note>/gespreksverslag/", views_notes.convert, name="work_note.convert"),
]
