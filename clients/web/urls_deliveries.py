"""Everything under /aanleveringen/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clients.web import views_deliveries as views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.delivery_list, name="delivery.list"),
    path("nieuw/", views.delivery_add, name="delivery.add"),
    path("<uuid:delivery>/", views.delivery_view, name="delivery.view"),
    path("<uuid:delivery>/regels/<slug:section>/", views.delivery_rows, name="delivery.rows"),
    path("<uuid:delivery>/regels/<int:number>/verbeteren/", views.delivery_mend, name="delivery.mend"),
    path("<uuid:delivery>/regels/<int:number>/keuze/", views.delivery_decide, name="delivery.decide"),
    path("<uuid:delivery>/toepassen/", views.delivery_apply, name="delivery.apply"),
    path("<uuid:delivery>/weggooien/", views.delivery_drop, name="delivery.drop"),
    path("<uuid:delivery>/voortgang/", views.delivery_progress, name="delivery.progress"),
    path("<uuid:delivery>/afgewezen/", views.delivery_rejects, name="delivery.rejects"),
]
