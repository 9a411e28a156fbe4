"""Everything under /clienten/; the name of a URL is the name of its act where it is that act's one page."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clients.web import urls_notices, views_assignments, views_clients

urlpatterns: list[URLPattern | URLResolver] = [
    *urls_notices.urlpatterns,
    path("", views_clients.client_list, name="client.list"),
    path("zoeken/", views_clients.client_search, name="client.search"),
    path("toewijzen/", views_assignments.give_many, name="assignment.give_many"),
    path("toewijzingen/<uuid:assignment>/beeindigen/", views_assignments.end, name="assignment.end"),
    path("<uuid:involvement>/", views_clients.registration_view, name="registration.view"),
    path("<uuid:involvement>/wijzigen/", views_clients.registration_edit, name="registration.edit"),
    path("<uuid:involvement>/adres/", views_clients.address_show, name="address.show"),
    path("<uuid:involvement>/bsn/", views_clients.bsn_reveal, name="bsn.reveal"),
    path("<uuid:involvement>/toewijzen/", views_assignments.give, name="assignment.give"),
]
