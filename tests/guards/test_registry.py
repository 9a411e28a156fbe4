"""Art. 5, 6.1, 13: every field is declared, so that nothing of a client escapes the overview or the destruction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from werkcontact.personal_data import nobody, of
from werkcontact.personal_data.registry import _problems_of, declarations, problems


@pytest.mark.django_db
def test_every_field_of_every_model_is_declared() -> None:
    assert problems() == []
    assert len(declarations()) > 40


@isolate_apps("clients")
def _example() -> type[models.Model]:
    class Example(models.Model):
        involvement = models.ForeignKey("clients.Involvement", models.PROTECT)
        surname = models.CharField(max_length=9)
        owner = models.UUIDField()

        class Meta:
            app_label = "clients"

    return Example


@pytest.mark.parametrize(
    ("declaration", "problem"),
    [
        (of("involvement", ends="closure", ref="owner"), "field surname is not declared"),
        (of("involvement", ends="closure", name="surname gone", ref="owner"), "field gone is declared, but"),
        (of("involvement", ends="closure", name="surname", plain="owner"), "looks like a reference"),
        (of("principal", ends="closure", name="surname", ref="owner"), "owner principal"),
        (nobody(name="surname", ref="owner"), "belongs to nobody, and has a foreign key"),
    ],
)
def test_what_is_declared_wrongly_is_named(declaration: object, problem: str) -> None:
    from clients.models import Involvement

    model = _example()
    to: Any = model._meta.get_field("involvement").remote_field
    to.model = Involvement  # the isolated registry cannot resolve it
    found = list(_problems_of(model, declaration))  # type: ignore[arg-type]
    assert any(problem in line for line in found), found


def test_what_is_declared_rightly_is_no_problem() -> None:
    from clients.models import Involvement

    model = _example()
    to: Any = model._meta.get_field("involvement").remote_field
    to.model = Involvement
    assert list(_problems_of(model, of("involvement", ends="closure", name="surname", ref="owner"))) == []


def _select(query: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        yield from cursor.fetchall()


@pytest.mark.django_db
def test_every_foreign_key_has_an_index() -> None:
    """Or destroying one dossier would read whole tables."""
    missing = _select("""
        select con.conrelid::regclass::text, att.attname
          from pg_constraint con
          join pg_attribute att on att.attrelid = con.conrelid and att.attnum = con.conkey[1]
          join pg_class rel on rel.oid = con.conrelid
         where con.contype = 'f' and not rel.relispartition
           and not exists (select from pg_index i where i.indrelid = con.conrelid and i.indkey[0] = con.conkey[1])
    """)
    assert list(missing) == []


@pytest.mark.django_db
def test_every_tracked_table_has_its_three_triggers_enabled() -> None:
    from django.apps import apps

    tracked = {m.instance_type._meta.db_table for m in apps.get_models() if hasattr(m, "instance_type")}
    found: dict[str, int] = dict(
        _select("""
            select tgrelid::regclass::text, count(*) from pg_trigger
             where tgname in ('history_ins', 'history_upd', 'history_del') and tgenabled = 'O' group by 1
        """)
    )
    assert found == dict.fromkeys(tracked, 3)
    assert len(tracked) > 15


@pytest.mark.django_db
def test_history_has_no_column_that_its_model_lacks() -> None:
    from django.apps import apps

    own = {"history_id", "history_date", "history_change_reason", "history_type", "history_user_id"}
    for model in apps.get_models():
        if hasattr(model, "instance_type"):
            columns = {f.column for f in model._meta.concrete_fields} - own
            assert columns <= {f.column for f in model.instance_type._meta.concrete_fields}, model


@pytest.mark.django_db
@pytest.mark.parametrize("alias", ["default", "keys"])
def test_the_application_owns_nothing(alias: str) -> None:
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute("select current_user::text, usesuper from pg_user where usename = current_user")
        assert cursor.fetchone() == ("wc_app", False)
        cursor.execute("select relname from pg_class where relowner = current_user::regrole")
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_guardians_own_tables_stay_empty() -> None:
    from guardian.models import GroupObjectPermission, UserObjectPermission

    assert not UserObjectPermission.objects.exists()
    assert not GroupObjectPermission.objects.exists()


BOOKKEEPING = {
    "default": [
        "django_migrations",
        "django_content_type",
        "django_admin_log",
        "auth_permission",
        "auth_group",
        "auth_group_permissions",
        "staff_staff_groups",
        "staff_staff_user_permissions",
        "guardian_userobjectpermission",
        "guardian_groupobjectpermission",
    ],
    "keys": ["django_migrations"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("alias", BOOKKEEPING)
def test_djangos_bookkeeping_is_written_by_the_owner_alone(alias: str) -> None:
    from django.db import connections

    with connections[alias].cursor() as cursor:
        for table in BOOKKEEPING[alias]:
            rights = (
                "select has_table_privilege(%s, 'insert, update, delete, truncate'), has_table_privilege(%s, 'select')"
            )
            cursor.execute(rights, [table, table])
            assert cursor.fetchone() == (False, True), table


@isolate_apps("clients")
def test_a_row_of_nobodys_holds_on_to_nothing_of_a_dossiers() -> None:
    from dossiers.models import Document

    class Example(models.Model):
        document = models.ForeignKey("dossiers.Document", models.PROTECT)

        class Meta:
            app_label = "clients"

    to: Any = Example._meta.get_field("document").remote_field
    to.model = Document
    assert [line for line in _problems_of(Example, nobody()) if "dossiers.document" in line]
    to.on_delete = models.SET_NULL
    assert list(_problems_of(Example, nobody())) == []
