"""Art. 6.1 and 16: data keys: one per owner, committed before the row, bound to their owner, gone for good."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import psycopg2
import pytest
from django.db import IntegrityError, connections, transaction
from django.test.utils import CaptureQueriesContext

from werkcontact.vault import keys
from werkcontact.vault.errors import KeyGone, Tampered
from werkcontact.vault.keys.kinds import KeyKind
from werkcontact.vault.keys.models import DataKey
from werkcontact.vault.models import StoredFile
from werkcontact.vault.router import Router

pytestmark = pytest.mark.django_db(databases="__all__")


def test_each_owner_has_a_key_of_its_own_and_making_again_keeps_it() -> None:
    owners = [uuid4(), uuid4()]
    keys.make(KeyKind.DOSSIER, owners)
    made = keys.fetch(KeyKind.DOSSIER, owners)
    assert {len(key) for key in made.values()} == {32}
    assert len(set(made.values())) == 2
    keys.make(KeyKind.DOSSIER, [*owners, owners[0], third := uuid4()])
    assert keys.fetch(KeyKind.DOSSIER, owners) == made
    assert keys.get(KeyKind.DOSSIER, third) not in made.values()


def test_the_same_owner_has_another_key_for_another_kind() -> None:
    owner = uuid4()
    keys.make(KeyKind.INVOLVEMENT, [owner])
    with pytest.raises(KeyGone):
        keys.get(KeyKind.DOSSIER, owner)
    keys.make(KeyKind.DOSSIER, [owner])
    assert keys.get(KeyKind.DOSSIER, owner) != keys.get(KeyKind.INVOLVEMENT, owner)


def test_ten_thousand_keys_are_made_fetched_and_shredded_in_one_statement_each() -> None:
    owners = [uuid4() for _ in range(10_000)]
    with CaptureQueriesContext(connections["keys"]) as queries:
        keys.make(KeyKind.INVOLVEMENT, owners)
        assert len(keys.fetch(KeyKind.INVOLVEMENT, owners)) == 10_000
        assert keys.shred(KeyKind.INVOLVEMENT, owners) == 10_000
    assert len([query for query in queries if "keys_datakey" in query["sql"]]) == 3
    keys.make(KeyKind.INVOLVEMENT, [])
    assert keys.fetch(KeyKind.INVOLVEMENT, []) == {}


def test_a_shredded_key_is_gone_and_its_neighbour_is_not() -> None:
    gone, kept = uuid4(), uuid4()
    keys.make(KeyKind.VERSION, [gone, kept])
    assert keys.shred(KeyKind.VERSION, [gone]) == 1
    assert keys.shred(KeyKind.VERSION, [gone]) == 0
    assert list(keys.fetch(KeyKind.VERSION, [gone, kept])) == [kept]
    with pytest.raises(KeyGone, match="version"):
        keys.get(KeyKind.VERSION, gone)


def test_a_key_survives_the_rollback_of_the_act_that_made_it() -> None:
    owner = uuid4()
    with transaction.atomic(durable=True):
        keys.make(KeyKind.DOSSIER, [owner])
        StoredFile.objects.create(
            key_kind=KeyKind.DOSSIER, key_owner=owner, size=0, sha256=b"", media_type="text/plain"
        )
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()
    assert keys.get(KeyKind.DOSSIER, owner)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_key_is_committed_while_the_act_is_still_open() -> None:
    owner = uuid4()
    with transaction.atomic():
        keys.make(KeyKind.DOSSIER, [owner])
        other = psycopg2.connect(**connections["keys"].get_connection_params())
        try:
            with other.cursor() as cursor:
                cursor.execute("select count(*) from keys_datakey where owner = %s", [str(owner)])
                assert cursor.fetchone() == (1,)
        finally:
            other.close()


def test_making_or_shredding_inside_a_transaction_on_keys_is_refused() -> None:
    with transaction.atomic(using="keys"):
        with pytest.raises(RuntimeError, match="durable"):
            keys.make(KeyKind.DOSSIER, [uuid4()])
        with pytest.raises(RuntimeError, match="durable"):
            keys.shred(KeyKind.DOSSIER, [uuid4()])


def test_a_key_moved_to_another_owners_row_does_not_open() -> None:
    victim, thief = uuid4(), uuid4()
    keys.make(KeyKind.DOSSIER, [victim, thief])
    DataKey.objects.filter(owner=thief).update(wrapped=_wrapped(victim))
    with pytest.raises(Tampered):
        keys.get(KeyKind.DOSSIER, thief)
    assert keys.get(KeyKind.DOSSIER, victim)


def test_a_key_moved_to_another_kind_or_version_does_not_open(key_file: Path) -> None:
    owner = uuid4()
    keys.make(KeyKind.DOSSIER, [owner])
    DataKey.objects.update(kind=KeyKind.REQUEST)
    with pytest.raises(Tampered):
        keys.get(KeyKind.REQUEST, owner)
    key_file.write_text(key_file.read_text() * 2)  # both versions even hold the same secret
    DataKey.objects.update(kind=KeyKind.DOSSIER, master_version=2)
    with pytest.raises(Tampered):
        keys.get(KeyKind.DOSSIER, owner)


@pytest.mark.parametrize("damaged", [b"", b"short", bytes(60)])
def test_a_damaged_key_does_not_open(damaged: bytes) -> None:
    owner = uuid4()
    keys.make(KeyKind.DOSSIER, [owner])
    DataKey.objects.update(wrapped=damaged)
    with pytest.raises(Tampered):
        keys.get(KeyKind.DOSSIER, owner)


def test_keys_of_two_master_versions_open_side_by_side(key_file: Path) -> None:
    old, new = uuid4(), uuid4()
    keys.make(KeyKind.DOSSIER, [old])
    before = keys.get(KeyKind.DOSSIER, old)
    key_file.write_text(key_file.read_text() + "ab" * 32 + "\n")
    keys.make(KeyKind.DOSSIER, [new])
    assert keys.fetch(KeyKind.DOSSIER, [old, new])[old] == before
    assert dict(DataKey.objects.values_list("owner", "master_version")) == {old: 1, new: 2}


def test_the_database_itself_refuses_a_second_key_and_an_unknown_kind() -> None:
    owner = uuid4()
    keys.make(KeyKind.DOSSIER, [owner])
    for kind in (KeyKind.DOSSIER, "passport"):
        with pytest.raises(IntegrityError), transaction.atomic(using="keys"):
            DataKey.objects.create(kind=kind, owner=owner, wrapped=b"", master_version=1)


def test_keys_live_in_their_own_database_and_nothing_else_does() -> None:
    with connections["keys"].cursor() as cursor:
        assert set(connections["keys"].introspection.table_names(cursor)) == {"keys_datakey", "django_migrations"}
    with connections["default"].cursor() as cursor:
        assert "keys_datakey" not in connections["default"].introspection.table_names(cursor)
    assert not Router().allow_relation(DataKey(), StoredFile())
    assert Router().db_for_read(StoredFile) is None


def _wrapped(owner: UUID) -> bytes:
    return bytes(DataKey.objects.get(owner=owner).wrapped)
