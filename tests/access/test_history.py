"""Art. 14: what people edit keeps its history, written below Django, by a named actor, and only by the trigger."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from clients.models import DeliveryLayout, Principal
from tests.people import as_actor, make_staff
from werkcontact.staff.models import SYSTEM_ID


def _principal(name: str = "UWV") -> Principal:
    layout, _made = DeliveryLayout.objects.get_or_create(name="proef", defaults={"columns": {}, "required": []})
    return Principal.objects.create(name=name, kind="uwv", layout=layout)


@pytest.mark.django_db
def test_update_and_bulk_leave_history_too() -> None:
    staff = make_staff("directie")
    as_actor(staff.pk)
    principal = _principal()
    Principal.objects.filter(pk=principal.pk).update(name="UWV Noord")
    Principal.objects.bulk_update([Principal(pk=principal.pk, name="UWV Zuid")], ["name"])
    found = list(principal.history.order_by("history_id").values_list("history_type", "name", "history_user_id"))
    assert found == [("+", "UWV", staff.pk), ("~", "UWV Noord", staff.pk), ("~", "UWV Zuid", staff.pk)]


@pytest.mark.django_db
def test_a_change_without_a_named_actor_is_refused() -> None:
    as_actor()
    principal = _principal()
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.actor', '', false)")
    with pytest.raises(DatabaseError, match="no actor"), transaction.atomic():
        Principal.objects.filter(pk=principal.pk).update(name="niemand")
    assert Principal.objects.filter(name="geen treffer").update(name="niets") == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attack", ["update clients_historicalprincipal set name = 'x'", "delete from clients_historicalprincipal"]
)
def test_history_cannot_be_forged(attack: str) -> None:
    as_actor()
    _principal()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


@pytest.mark.django_db
def test_history_ends_with_its_row() -> None:
    as_actor(SYSTEM_ID)
    principal = _principal()
    pk = principal.pk
    with connection.cursor() as cursor:
        cursor.execute("delete from clients_principal where id = %s", [pk])
    assert not Principal.history.filter(id=pk).exists()
