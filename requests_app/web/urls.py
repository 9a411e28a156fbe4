"""Everything under /verzoeken/; the name of a URL is the name of its act where it is that act's one page."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from requests_app.web import views_deciding, views_handling, views_registering

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views_registering.index, name="request.list"),
    path("nieuw/", views_registering.register, name="request.register"),
    path("tweede/<uuid:ask>/", views_deciding.decide_second, name="request.decide_second"),
    path("werkaantekeningen/<uuid:item>/", views_deciding.own_note, name="request.decide_own_note"),
    path("<uuid:subject_request>/", views_handling.view, name="request.view"),
    path("<uuid:subject_request>/ontvangst/", views_registering.receipt, name="request.receipt"),
    path("<uuid:subject_request>/toewijzen/", views_registering.assign, name="request.assign"),
    path("<uuid:subject_request>/nemen/", views_registering.take, name="request.take"),
    path("<uuid:subject_request>/legitimatie/", views_handling.identity, name="request.identity"),
    path("<uuid:subject_request>/legitimatie/vragen/", views_handling.ask_identity, name="request.ask_identity"),
    path(
        "<uuid:subject_request>/legitimatie/weigeren/", views_handling.refuse_identity, name="request.refuse_identity"
    ),
    path("<uuid:subject_request>/persoon/", views_handling.link, name="request.link"),
    path("<uuid:subject_request>/niemand/", views_handling.nobody, name="request.nobody"),
    path("<uuid:subject_request>/verzamelen/", views_handling.collect, name="request.collect"),
    path("<uuid:subject_request>/dossiers/<uuid:part>/", views_handling.open_part, name="request.open_part"),
    path("<uuid:subject_request>/dossiers/<uuid:part>/los/", views_handling.unlink, name="request.unlink"),
    path("<uuid:subject_request>/groep/", views_deciding.give_group, name="request.give_group"),
    path("<uuid:subject_request>/onderdelen/<uuid:item>/", views_deciding.decide, name="request.decide"),
    path("<uuid:subject_request>/onderdelen/<uuid:item>/stuk/", views_deciding.open_item, name="request.open_item"),
    path("<uuid:subject_request>/onderdelen/<uuid:item>/kopie/", views_deciding.redacted, name="request.redacted"),
    path("<uuid:subject_request>/beslist/", views_deciding.finish, name="request.finish"),
    path("<uuid:subject_request>/heropenen/", views_deciding.reopen, name="request.reopen"),
    path("<uuid:subject_request>/weigeren/", views_handling.refuse, name="request.refuse"),
    path("<uuid:subject_request>/brief/", views_deciding.make_letter, name="request.make_letter"),
    path("<uuid:subject_request>/brieven/<uuid:letter>/", views_deciding.letter, name="request.letter"),
    path("<uuid:subject_request>/brieven/<uuid:letter>/verstuurd/", views_deciding.sent, name="request.sent"),
    path("<uuid:subject_request>/pakket/<uuid:part>/", views_deciding.package, name="request.package"),
    path("<uuid:subject_request>/verlengen/", views_handling.extend, name="request.extend"),
    path("<uuid:subject_request>/bedoeld/vragen/", views_handling.specify, name="request.specify"),
    path("<uuid:subject_request>/bedoeld/", views_handling.specified, name="request.specified"),
    path("<uuid:subject_request>/ontvangen/", views_handling.received, name="request.received"),
    path("<uuid:subject_request>/ingetrokken/", views_handling.withdrawn, name="request.withdrawn"),
]
