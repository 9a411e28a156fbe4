"""Art. 6.1 and 16: a free text ends with the key of its record, and its hash then tells nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from werkcontact.vault import keys, texts
from werkcontact.vault.errors import KeyGone, Tampered
from werkcontact.vault.keys.kinds import KeyKind
from werkcontact.vault.models import ErasableText

pytestmark = pytest.mark.django_db(databases="__all__")
REASON = "Opened for a colleague who is ill: réden 1"


def test_a_text_comes_back_until_its_key_is_shredded() -> None:
    owner = uuid4()
    keys.make(KeyKind.INVOLVEMENT, [owner])
    text = texts.write(KeyKind.INVOLVEMENT, owner, REASON)
    assert b"colleague" not in bytes(ErasableText.objects.get().cipher)
    assert texts.read(text.pk) == REASON
    keys.shred(KeyKind.INVOLVEMENT, [owner])
    assert texts.read(text.pk) is None
    with pytest.raises(KeyGone):
        texts.write(KeyKind.INVOLVEMENT, owner, REASON)
    text.delete()
    with pytest.raises(ErasableText.DoesNotExist):
        texts.read(text.pk)


def test_the_hash_of_the_same_text_is_never_the_same() -> None:
    owners = [uuid4(), uuid4()]
    keys.make(KeyKind.REQUEST, owners)
    written = [texts.write(KeyKind.REQUEST, owner, REASON) for owner in (*owners, owners[0])]
    assert len({text.hash for text in written}) == 3


def test_a_text_moved_to_another_row_or_with_another_hash_is_seen() -> None:
    owner = uuid4()
    keys.make(KeyKind.DOSSIER, [owner])
    one, two = (texts.write(KeyKind.DOSSIER, owner, text) for text in ("one", "two"))
    ErasableText.objects.filter(pk=one.pk).update(cipher=two.cipher)
    ErasableText.objects.filter(pk=two.pk).update(hash=one.hash)
    for text in (one, two):
        with pytest.raises(Tampered):
            texts.read(text.pk)


def test_the_database_refuses_an_unknown_kind() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasableText.objects.create(key_kind="passport", owner=uuid4(), cipher=b"", hash=b"")
