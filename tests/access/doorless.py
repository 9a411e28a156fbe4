"""Views that forget the gate, beside the house's own URLs."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

from clients.models import Involvement
from werkcontact.access import StaffRequest, act, enter, enter_list, find, saw, screen
from werkcontact.refused import Refused
from werkcontact.urls import urlpatterns as house

BODY = b"Jansen"


@screen("registration.view")
def silent(_request: StaffRequest) -> HttpResponse:
    return HttpResponse(BODY)


@screen("registration.view")
def form_again(_request: StaffRequest) -> HttpResponse:
    return HttpResponse(BODY, status=422)


@screen("registration.view")
def only_saw(request: StaffRequest) -> HttpResponse:
    saw(request.actor, list(Involvement.objects.all()))
    return HttpResponse(BODY)


@screen("registration.view")
def caught(request: StaffRequest) -> HttpResponse:
    try:
        enter(request.actor, "registration.create")
    except Refused:
        return HttpResponse(BODY)
    return HttpResponse(status=204)


@screen("registration.view")
def stream(_request: StaffRequest) -> StreamingHttpResponse:
    def chunks() -> Iterator[bytes]:
        yield BODY

    return StreamingHttpResponse(chunks())


@screen("client.list")
def a_list(request: StaffRequest) -> HttpResponse:
    enter_list(request.actor)
    return HttpResponse(b"fine")


@screen("home.view")
def fails(_request: StaffRequest) -> HttpResponse:
    raise LookupError("Jansen")


@screen("home.view")
def loses_its_connection(_request: StaffRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pg_backend_pid())")
    return HttpResponse(BODY)


@screen("client.list")
def tries(request: StaffRequest) -> HttpResponse:
    record = find(request.actor, "registration.view", Involvement)
    with act(request.actor, "correction.apply", record):
        return HttpResponse(BODY)


FORGETFUL = ("silent", "form_again", "only_saw", "caught", "stream")
MORE = (a_list, fails, loses_its_connection, tries)
urlpatterns = [*house, *(path(f"proef/{name}/", globals()[name]) for name in FORGETFUL)]
urlpatterns += [path(f"proef/{view.__name__}/", view) for view in MORE]
