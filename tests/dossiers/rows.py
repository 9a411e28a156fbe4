"""A dossier with something in it, as rows: the walls are tested below the acts that would make them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from clients.models import Client, DeliveryLayout, Involvement, Principal
from dossiers import models as d
from werkcontact.rulebook.models import Rulebook
from werkcontact.staff.models import SYSTEM_ID, Staff
from werkcontact.vault.models import StoredFile

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
ON = date(2026, 11, 24)
HASH = b"\x01" * 32


@dataclass
class World:
    dossier: d.Dossier
    document: d.Document
    version: d.DocumentVersion
    form: d.ConsentForm
    recipient: d.Recipient
    disclosure: d.Disclosure
    by: Staff
    second: Staff


def stored_file() -> StoredFile:
    return StoredFile.objects.create(
        key_kind="version", key_owner=uuid.uuid4(), size=1, sha256=HASH, media_type="application/pdf"
    )


def named_actor() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.actor', %s, true)", [str(SYSTEM_ID)])


def make_world() -> World:
    """One dossier with a document, a signed form, and a disclosure of that document on that form."""
    named_actor()
    by = Staff.objects.create_user(email="a@example.nl", display_name="N. Visser")
    second = Staff.objects.create_user(email="b@example.nl", display_name="M. Postma")
    layout = DeliveryLayout.objects.create(name="Layout", columns={})
    principal = Principal.objects.create(name="A principal", kind="uwv", layout=layout)
    person = Client.objects.create(surname="Jager", sort_name="jager", search_name="jager")
    involvement = Involvement.objects.create(client=person, principal=principal, opened_on=date(2026, 4, 13))
    rulebook = Rulebook.objects.in_force(ON)
    dossier = d.Dossier.objects.create(
        number="D-2026-000118", involvement=involvement, rulebook=rulebook, opened_on=date(2026, 4, 13)
    )
    document = d.Document.objects.create(
        dossier=dossier,
        kind="file",
        category="work",
        title_cipher=b"t",
        why_cipher=b"w",
        author=by,
        happened_on=ON,
        recorded_at=AT,
    )
    version = d.DocumentVersion.objects.create(
        document=document, number=1, text_cipher=b"x", sha256=HASH, made_by=by, made_at=AT
    )
    recipient = d.Recipient.objects.create(name="Kwekerij Zuidhoek", kind="employer")
    form = d.ConsentForm.objects.create(
        number="M-2026-0031",
        dossier=dossier,
        purpose="placement",
        words_cipher=b"p",
        categories=["work"],
        avg_basis="6_1_f",
        from_on=date(2026, 9, 2),
        until_on=date(2026, 12, 31),
        made_on=date(2026, 9, 2),
        made_by=by,
    )
    d.ConsentRecipient.objects.create(form=form, recipient=recipient)
    form.signed_on, form.scan = date(2026, 9, 2), version
    form.save()
    disclosure = d.Disclosure.objects.create(
        dossier=dossier,
        recipient=recipient,
        act="disclosure.give",
        purpose="placement",
        words_cipher=b"p",
        ground="consent",
        avg_basis="6_1_f",
        form=form,
        given_by=by,
        given_on=ON,
        given_at=AT,
    )
    d.DisclosedItem.objects.create(
        disclosure=disclosure, position=1, category="work", version=version, stored_file=stored_file(), sha256=HASH
    )
    d.DeliveryEvent.objects.create(disclosure=disclosure, event="posted", on=ON, recorded_by=by, recorded_at=AT)
    return World(dossier, document, version, form, recipient, disclosure, by, second)


def refused(work: Callable[[], object], error: type[Exception] = DatabaseError) -> None:
    """Fail unless the database refuses this work."""
    with pytest.raises(error), transaction.atomic():
        work()


def sql(statement: str, *params: uuid.UUID) -> Callable[[], object]:
    """Return what runs this statement below Django."""

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)

    return run
