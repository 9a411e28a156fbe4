"""Art. 16: sweeps remove what broken-off work left, and never what somebody still has."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connections
from django.utils import timezone

from clients.models import Client, DeliveryLayout, Involvement, Principal
from tests.people import NOW, TODAY, as_actor, system
from werkcontact.desk import sweeps
from werkcontact.vault import files, keys
from werkcontact.vault.keys import KeyKind
from werkcontact.vault.models import ErasableText

pytestmark = pytest.mark.django_db
NEW, OLD = NOW - timedelta(hours=23), NOW - timedelta(hours=25)


def make_owners(number: int) -> list[UUID]:
    """Involvements, as rows."""
    as_actor()
    layout = DeliveryLayout.objects.create(name="Layout", columns={})
    principal = Principal.objects.create(name="A principal", kind="uwv", layout=layout)
    made = []
    for _number in range(number):
        person = Client.objects.create(surname="Jager", sort_name="jager", search_name="jager")
        made.append(Involvement.objects.create(client=person, principal=principal, opened_on=date(2026, 4, 13)).pk)
    return made


def make_keys(kind: KeyKind, owners: list[UUID], at: datetime = OLD) -> None:
    keys.make(kind, owners)
    with connections["keys"].cursor() as cursor:
        cursor.execute("update keys_datakey set created_at = %s where owner = any(%s::uuid[])", [at, owners])


def left(kind: KeyKind, owners: list[UUID]) -> list[bool]:
    found = keys.fetch(kind, owners)
    return [owner in found for owner in owners]


def shred() -> dict[str, int]:
    return dict(sweeps.shred_ownerless_keys(system("ownerless_keys"), TODAY))


def test_sessions_that_have_run_out_are_removed_with_what_waited_in_them() -> None:
    kept = {}
    for name, hours in (("old", -1), ("new", 1)):
        session = SessionStore()
        session["kept_form"] = "sealed"
        session.create()
        Session.objects.filter(pk=session.session_key).update(expire_date=timezone.now() + timedelta(hours=hours))
        kept[name] = session.session_key
    assert sweeps.remove_old_sessions(system("old_sessions", at=timezone.now()), TODAY) == {"removed": 1}
    assert list(Session.objects.values_list("pk", flat=True)) == [kept["new"]]


def test_only_an_old_key_without_an_owner_is_destroyed() -> None:
    owners = make_owners(3)
    old, new = uuid4(), uuid4()
    make_keys(KeyKind.INVOLVEMENT, [*owners, old])
    make_keys(KeyKind.INVOLVEMENT, [new], at=NEW)
    assert shred() == {"looked": 4, "removed": 1, "kept": 0}
    assert left(KeyKind.INVOLVEMENT, [*owners, new, old]) == [True, True, True, True, False]
    assert shred()["removed"] == 0


def test_a_key_under_which_anything_lies_stays_whoever_the_owner_was() -> None:
    owners, gone = make_owners(3), uuid4()
    make_keys(KeyKind.INVOLVEMENT, [*owners, gone])
    ErasableText.objects.create(key_kind="involvement", owner=gone, cipher=b"c", hash=b"h" * 32)
    assert shred()["removed"] == 0
    assert left(KeyKind.INVOLVEMENT, [gone]) == [True]


def test_with_the_wrong_database_beside_the_keys_nothing_is_destroyed() -> None:
    owners = [uuid4() for _number in range(50)]
    make_keys(KeyKind.INVOLVEMENT, [*make_owners(1), *owners])
    assert shred() == {"looked": 51, "removed": 0, "kept": 50}
    assert all(left(KeyKind.INVOLVEMENT, owners))


def test_every_kind_of_key_has_a_place_to_look_or_is_left_alone() -> None:
    assert set(KeyKind) - set(sweeps.OWNERS) == {KeyKind.BACKUP}
    for kind in sweeps.OWNERS:
        assert sweeps._without_row(kind, [uuid4()]), "the columns exist, and a stranger stands in none of them"


def test_an_old_file_without_a_row_is_removed_and_one_with_a_row_stays() -> None:
    (owner,) = make_owners(1)
    keys.make(KeyKind.INVOLVEMENT, [owner])
    kept = files.store([b"x"], kind=KeyKind.INVOLVEMENT, owner=owner, media_type="application/pdf")
    stray = Path(settings.VAULT_DIR) / "ab" / f"{uuid4()}.bin"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"rubbish")
    everything = [*Path(settings.VAULT_DIR).glob("??/*")]
    for path in everything:
        os.utime(path, (OLD.timestamp(), OLD.timestamp()))
    assert sweeps.remove_stray_files(system("vault_orphans"), TODAY)["removed"] >= 1
    assert not stray.exists()
    assert files.read_bytes(kept) == b"x"


def test_the_months_of_the_log_are_made_ahead() -> None:
    far = date(2031, 1, 15)
    assert sweeps.make_months(system("log_partitions"), far) == {"made": 4, "ahead": 4}
    assert sweeps.make_months(system("log_partitions"), far) == {"made": 0, "ahead": 4}
